"""The shape of the shipped records beside that of made-up ones.

`python -m benchmarks.corpus.shape` prints the table and writes it into `shape.md`.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import mean

import msgspec
from benchmarks.corpus.stream import Profile, lines

from coopgraph.basics import iris
from coopgraph.basics.terms import CG, RDF_TYPE
from coopgraph.files import reading, shipped
from coopgraph.files.reading import Data
from coopgraph.graph.assembling import index_of
from coopgraph.model import claims, quads
from coopgraph.model.claims import Form
from coopgraph.model.fields import FIELDS
from coopgraph.model.index import Index, vocabulary
from coopgraph.model.records import Record

HERE = Path(__file__).parent
CORE = HERE.parents[1] / "tests" / "core"
DOCUMENTS = 1000

HEAD = f"""# The shape of records, real and made up

Means over the five shipped records (in the core profile those of `tests/core/`, of the same texts) and
over the first {DOCUMENTS} of a made-up corpus with the seed 1. Quads are those of the document's two
graphs, without derived facts, and without the offsets of quotes, which made-up records lack for want of
a text. Written by `python -m benchmarks.corpus.shape`; `tests/corpus/` holds the two columns of each
profile together.

"""

Shape = Mapping[str, float]
"""What was measured: means and shares by name, in the order of the table."""


@dataclass(frozen=True)
class Corpus:
    """Records with what their slugs mean."""

    data: Data
    index: Index

    @property
    def records(self) -> list[Record]:
        """The records of all documents."""
        return [source.value for source in self.data.documents]


def _corpus(data: Data) -> Corpus:
    words = vocabulary(t for triples in shipped.ontology_graphs().values() for t in triples)
    return Corpus(data, index_of(data, words))


def real(profile: Profile) -> Corpus:
    """Return the shipped records, or those that tell of the same texts in the core profile."""
    data = reading.read(shipped.data_folder())
    if profile == "core":
        read = [reading.read_file(p, "record", p.name)[0] for p in sorted(CORE.glob("*.yaml"))]
        data = replace(data, documents=tuple(source for source in read if source))
    return _corpus(data)


def made_up(profile: Profile, documents: int = DOCUMENTS, seed: int = 1) -> Corpus:
    """Return a made-up corpus, read back from its lines."""
    stream = io.BytesIO(b"".join(lines(documents, profile, seed)))
    found = [source for source, _ in reading.lines(stream, "corpus.jsonl") if source]
    kinds = {kind: tuple(s for s in found if s.kind == kind) for kind in ("record", "registry")}
    return _corpus(Data(Path(), documents=kinds["record"], registries=kinds["registry"]))


def measure(corpus: Corpus) -> Shape:
    """Return the shape of a corpus."""
    records = corpus.records
    count = len(records)
    found = [form for record in records for form in claims.forms(record, corpus.index)]
    graphs = [quads.record_graphs(record, corpus.index) for record in records]
    facts = [fact for record in records for fact in record.facts]
    kinds = Counter(form.kind for form in found)
    sizes = _quads_by_kind(t for g in graphs for triples in g.values() for t in triples)
    shape = {
        "facts a record": len(facts) / count,
        "claims a record": len(found) / count,
        "quads a record": sum(len(t) for g in graphs for t in g.values()) / count,
        "bytes of JSON a record": mean(len(msgspec.json.encode(record)) for record in records),
    }
    for kind in FIELDS:
        shape[f"{kind}: claims a record"] = kinds[kind] / count
        shape[f"{kind}: quads a claim"] = sizes.get(kind, 0.0)
    gists = [f.first("gist") for f in found if f.first("gist")]
    notes = [fact.note for fact in facts if fact.note] + [f.note for f in found if f.note]
    lengths = {
        "characters of a quote": [len(fact.quote) for fact in facts],
        "characters of a gist": list(map(len, gists)),
        "characters of a note": list(map(len, notes)),
        "characters of a title": [len(record.document.title) for record in records],
    }
    shape |= {name: mean(held or [0]) for name, held in lengths.items()}
    return shape | dict(_shares(records, found))


def _quads_by_kind(triples: Iterable[str]) -> dict[str, float]:
    """Return how many triples a claim of each kind has."""
    sizes: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    claim, is_a = f"<{iris.thing('claim', '')}", f"<{RDF_TYPE}> <{CG}"
    for triple in triples:
        subject, rest = triple.split(" ", 1)
        if subject.startswith(claim):
            sizes[subject] += 1
            if rest.startswith(is_a):
                kinds[subject] = rest[len(is_a) : -1]
    by_kind: dict[str, list[int]] = {}
    for subject, kind in kinds.items():
        by_kind.setdefault(kind, []).append(sizes[subject])
    return {kind: mean(held) for kind, held in by_kind.items()}


def _shares(records: list[Record], found: list[Form]) -> Iterator[tuple[str, float]]:
    facts = [fact for record in records for fact in record.facts]
    figures = [form for form in found if form.kind == "Figure"]
    yield "share of facts with a speaker", mean(bool(fact.speaker) for fact in facts)
    yield "share of claims inferred", mean(form.basis == "inferred" for form in found)
    yield "share of claims not asserted", mean(form.modality != "asserted" for form in found)
    yield (
        "share of figures worded or bounded",
        mean(isinstance(form.first("value"), str) for form in figures),
    )


@cache
def shapes(profile: Profile) -> tuple[Shape, Shape]:
    """Return the shape of the real records of a profile, and that of made-up ones."""
    return measure(real(profile)), measure(made_up(profile))


def table() -> str:
    """Return the table of both profiles in Markdown."""
    measured = (*shapes("full"), *shapes("core"))
    head = ("", "full, real", "full, made up", "core, real", "core, made up")
    rows = [head, ("---", *["--:"] * 4)]
    rows += [(name, *(_shown(shape[name]) for shape in measured)) for name in measured[0]]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _shown(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"


if __name__ == "__main__":
    written = table()
    print(written, end="")
    (HERE / "shape.md").write_text(HEAD + written, encoding="utf-8")
