"""A history that was made up: what the five shipped reports cannot show of the questions 11 to 18.

Facts give way to others, a report is copied, a second and a third bear it out, a fourth is
withdrawn; an event is called off, a document has only bounds, goods go from company to company.
"""

from __future__ import annotations

from pathlib import Path

NAMES = "{{en: {0}, ru: {0}, kk: {0}}}"
ENTITIES: dict[str, dict[str, str]] = {
    "places": {
        "north": "class: State",
        "alpha": "class: Region, within: north",
        "beta": "class: Region, within: north",
        "gamma": "class: Region, within: north",
        "hall": "class: Site, within: beta",
    },
    "organisations": {
        "nord": "class: Company, based_in: alpha",
        "sud": "class: Company, based_in: beta",
        "bank": "class: Organisation",
        "herald": "class: Organisation",
        "mirror": "class: Organisation",
    },
    "persons": {"ann": "class: Person", "bob": "class: Person"},
    "posts": {"head-of-nord": "class: Post, body: nord"},
    "origins": {"release": "class: Origin, by: nord", "speech": "class: Origin, by: ann"},
    "programmes": {"trade": "class: Programme"},
    "series": {"fair": "class: EventSeries"},
    "events": {
        "fair-2020": "class: Exhibition, edition_of: fair",
        "fair-2021": "class: Exhibition, edition_of: fair",
        "fair-hall-2021": "class: Event, part_of: fair-2021",
        "fair-talks-2021": "class: Meeting, part_of: fair-hall-2021",
        "fair-2022": "class: Exhibition, edition_of: fair",
        "mission-2020": "class: Mission",
        "mission-talks-2020": "class: Meeting, part_of: mission-2020",
    },
}

DOCUMENT = """\
document:
  id: {0}
  title: {0}
  language: en
{1}
  curator: coopgraph-authors
  review: reviewed
  profile: full
  defaults: {{event: {2}, for: {{visitor: alpha, host: beta}}}}
facts:
"""
RECORDS = {
    (
        "first",
        "  date: 2020-05-01\n  publisher: herald\n  recorded: 2024-01-10",
        "mission-talks-2020",
    ): """\
- id: f1
  quote: nord met sud in beta and gamma
  visitor: nord
  host: [sud, beta, gamma]
- id: f2
  quote: on 20 April
  occurrence: {of: mission-2020, date: 2020-04-20}
  superseded: {on: 2024-02-01, by: an-editor, reason: The day was misread.}
- id: f3
  quote: on 21 April
  occurrence: {of: mission-2020, date: 2020-04-21}
  recorded: 2024-02-01
- id: f4
  quote: organised by the bank
  third: {who: bank, role: organiser, event: mission-2020}
  superseded: {on: 2024-02-01, by: an-editor, reason: The bank only lent the money.}
- id: f5
  quote: proposed by bob
  third: {who: bob, role: initiator, event: mission-2020}
  recorded: 2024-02-01
- id: f6
  quote: under the programme, which the bank supports
  link:
  - [mission-2020, alignedWith, trade]
  - [bank, supports, trade]
- id: f7
  quote: ann, head of nord
  post: {holder: ann, post: head-of-nord}
""",
    (
        "copy",
        "  date: 2020-05-02\n  publisher: mirror\n  origin: release\n  repeats: first\n  recorded: 2024-01-15",
        "mission-talks-2020",
    ): """\
- id: f1
  quote: nord came
  occurrence: {of: mission-2020}
""",
    (
        "second",
        "  date: 2020-06-01\n  origin: speech\n  recorded: 2024-03-01",
        "mission-talks-2020",
    ): """\
- id: f1
  quote: we met sud
  speaker: ann
  visitor: nord
- id: f2
  quote: we sold lamps to sud, and hope to sell cables
  supply:
  - {key: lamps, from: nord, to: sud, on: industrial-lighting}
  - {key: cables, from: nord, to: sud, on: optical-cable, modality: hoped}
  - {key: food, from: nord, to: sud, on: caviar, modality: denied}
- id: f3
  quote: beta needs machines
  speaker: nord
  statement: {about: beta, on: machine-building, kind: interest, gist: Beta needs machines.}
- id: f4
  quote: beta and gamma share roads
  speaker: bob
  statement: {about: [beta, gamma], on: road-infrastructure, kind: account, gist: They share roads.}
- id: f5
  quote: the Garden showed canned goods
  host: {who: beta, on: canned-goods}
  designation: {territory: beta, name: the Garden}
""",
    ("third", "  date: 2020-07-01\n  recorded: 2024-03-05", "mission-talks-2020"): """\
- id: f1
  quote: nord was there
  visitor: nord
- id: f2
  quote: nord and sud talked of cosmetics
  outcome: {stage: talked, party: [nord, sud], on: cosmetics}
""",
    (
        "reprint",
        "  date: 2020-07-02\n  repeats: third\n  recorded: 2024-03-05",
        "mission-talks-2020",
    ): """\
- id: f1
  quote: with thanks to the mirror
  statement: {about: mirror, gist: The mirror is thanked.}
""",
    ("fourth", "  date: 2020-08-01\n  recorded: 2024-03-06", "mission-talks-2020"): """\
- id: f1
  quote: nord stayed at home
  visitor: {who: nord, modality: denied}
""",
    (
        "fifth",
        '  date: "[2021-01-01..2021-12-31]"\n  recorded: 2024-03-07',
        "fair-2021",
    ): """\
- id: f1
  quote: last year
  occurrence: {of: fair-2020, date: 2020, place: [beta, hall]}
- id: f2
  quote: in June fewer than 9 companies
  occurrence: {date: 2021-06}
  figure: {of: fair-2021, event: fair-2021, indicator: companies, measure: count, value: less than 9}
- id: f3
  quote: the next fair is called off
  modality: denied
  occurrence: {of: fair-2022, date: 2022-06}
- id: f4
  quote: the fair after that is on 1 July 2023
  visitor: nord
  outcome: {stage: talked, party: nord, date: 2023-07-01}
- id: f5
  quote: we shall open a stand
  speaker: ann
  modality: promised
  visitor: {who: nord, role: exhibitor}
- id: f6
  quote: bob was in the hall
  third: {who: bob, event: fair-talks-2021}
""",
}

CURATION = """\
relations:
- {id: second-first, claim: second/f1/participation-nord, relation: corroborates, with: first/f1/participation-nord, note: The same meeting., by: an-editor, recorded: 2024-03-01}
- {id: third-second, claim: third/f1/participation-nord, relation: corroborates, with: second/f1/participation-nord, note: The same meeting., by: an-editor, recorded: 2024-03-05}
- {id: host, claim: second/f1/participation-nord, relation: refines, with: first/f1/participation-sud, note: A slip of the pen., by: an-editor, recorded: 2024-03-05, superseded: {on: 2024-03-06, by: an-editor, reason: Another company.}}
withdrawals:
- {document: fourth, on: 2024-04-01, by: an-editor, reason: The outlet took it back.}
"""


def write_data(folder: Path) -> Path:
    """Write the data folder and return it."""
    for kind, entities in ENTITIES.items():
        lines = (
            f"{slug}: {{{rest}, name: {NAMES.format(slug)}}}\n" for slug, rest in entities.items()
        )
        _write(folder / "registry" / f"{kind}.yaml", "".join(lines))
    for (name, head, event), facts in RECORDS.items():
        _write(folder / "records" / f"{name}.yaml", DOCUMENT.format(name, head, event) + facts)
    _write(folder / "curation" / "judgements.yaml", CURATION)
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
