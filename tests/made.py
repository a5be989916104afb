"""Small data folders made in tests: entities and one report, to be changed a line at a time."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from coopgraph.files import reading, shipped
from coopgraph.graph import assembling

REGISTRY = """\
ambassador: {class: Post, name: {en: Ambassador, ru: Посол, kk: Елші}, body: embassy}
anna: {class: Person, name: {en: Anna, ru: Анна, kk: Анна}}
beta: {class: State, name: {en: Beta, ru: Бета, kk: Бета}}
boris: {class: Person, name: {en: Boris, ru: Борис, kk: Борис}}
capital: {class: Region, name: {en: Capital, ru: Столица, kk: Астана}, within: homeland}
daily: {class: Organisation, name: {en: Daily, ru: Вести, kk: Хабар}, based_in: capital}
delegation: {class: Group, name: {en: Delegation, ru: Делегация, kk: Делегация}, of: capital}
embassy: {class: PublicBody, name: {en: Embassy, ru: Посольство, kk: Елшілік}, authority_of: beta}
forum-2025: {class: Forum, name: {en: Forum, ru: Форум, kk: Форум}}
government: {class: PublicBody, name: {en: Government, ru: Правительство, kk: Үкімет}, authority_of: capital}
governor: {class: Post, name: {en: Governor, ru: Губернатор, kk: Губернатор}, body: government}
homeland: {class: State, name: {en: Homeland, ru: Родина, kk: Отан}}
mission-2025: {class: Mission, name: {en: Mission, ru: Миссия, kk: Миссия}}
omega: {class: Region, name: {en: Omega, ru: Омега, kk: Омега}, contested: true}
port: {class: Locality, name: {en: Port, ru: Порт, kk: Айлақ}, within: beta}
release: {class: Origin, name: {en: Release, ru: Релиз, kk: Релиз}, by: government}
talks-2025: {class: Meeting, name: {en: Talks, ru: Переговоры, kk: Келіссөздер}, part_of: mission-2025}
works: {class: Company, name: {en: Works, ru: Завод, kk: Зауыт}, based_in: capital}
"""
RECORD = """\
document:
  id: a-report
  title: A mission
  language: ru
  date: 2025-09-17
  publisher: daily
  curator: the-authors
  recorded: 2026-11-22
  defaults: {event: mission-2025, for: {visitor: capital, host: beta}}
facts:
- id: f1
  quote: делегация посетила порт
  visitor: delegation
  host: port
  occurrence: {date: 2025-09-08/2025-09-10, place: port}
"""
FILES = {"registry/things.yaml": REGISTRY, "records/a-report.yaml": RECORD}


@cache
def ontology() -> dict[str, list[str]]:
    """The graphs of the ontology, read once."""
    return shipped.ontology_graphs()


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder; a text without a value takes its file away."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


def assembled(folder: Path) -> assembling.Assembled:
    """A folder put together, with all its findings."""
    return assembling.assemble(reading.read(folder), ontology())


def graphs(folder: Path, files: dict[str, str]) -> dict[str, list[str]]:
    """The graphs of files that have no errors."""
    whole = assembling.graphs_of(reading.read(write(folder, files)), ontology())
    return dict(whole.graphs)


def fact(claims: str, number: int = 2) -> str:
    """One more fact for the end of a record, its claims on a line each."""
    return f"- id: f{number}\n  quote: слова\n" + "".join(
        f"  {line}\n" for line in claims.splitlines()
    )
