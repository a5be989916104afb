"""What a graph holds: counts, coverage and versions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from coopgraph.answers.reciting import KINDS
from coopgraph.answers.tables import Table, from_values
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, DCTERMS, GRAPH, OWL
from coopgraph.stores import Reader

_THINGS: Final = (
    "Person", "Official", "Company", "PublicBody", "Organisation", "Group", "State", "Region",
    "Locality", "Site", "Post", "Event", "Mission", "Forum", "Exhibition", "Meeting", "Visit",
    "EventSeries", "Programme", "Agreement", "Instrument", "Initiative", "Document", "Origin",
    "Viewpoint", "Search", "Judgement", "Withdrawal", "Encounter",
)  # fmt: skip


@dataclass(frozen=True)
class DocumentLine:
    """One document; texts are empty where a thing is not known."""

    document: str
    language: str
    date: str
    publisher: str
    review: str
    profile: str
    claims: int


@dataclass(frozen=True)
class Info:
    """Counts and coverage; a thing counts for each of its classes.

    `things` and `claims` are (class, number). `single` is the number of encounters that rest on
    one document.
    """

    ontology: str
    recorded: str
    triples: int
    graphs: int
    things: tuple[tuple[str, int], ...]
    claims: tuple[tuple[str, int], ...]
    documents: tuple[DocumentLine, ...]
    encounters: int
    single: int


def info(reader: Reader) -> Info:
    """Return counts, coverage and versions of a graph."""
    rows = reader.select(
        "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class"
    )
    counts = {slug_of(row["class"].value): int(row["n"].value) for row in rows}
    encounter = f"?e a <{CG}Encounter>"
    return Info(
        ontology=_one(
            reader, f"SELECT (MAX(?v) AS ?o) WHERE {{ <{CG[:-1]}> <{OWL}versionInfo> ?v }}"
        ),
        recorded=_one(
            reader,
            f"SELECT (MAX(?day) AS ?o) WHERE {{ ?d a <{CG}Document> ; <{CG}recorded> ?day }}",
        ),
        triples=int(_one(reader, "SELECT (COUNT(*) AS ?o) WHERE { ?s ?p ?x }")),
        graphs=len([g for g in reader.graph_names() if g.startswith(GRAPH)]),
        things=tuple((name, counts[name]) for name in _THINGS if name in counts),
        claims=tuple((name, counts[name]) for name in KINDS if name in counts),
        documents=tuple(_documents(reader)),
        encounters=int(_one(reader, f"SELECT (COUNT(*) AS ?o) WHERE {{ {encounter} }}")),
        single=int(
            _one(
                reader,
                f"SELECT (COUNT(*) AS ?o) WHERE {{ {encounter} ; <{CG}documentCount> ?n "
                "FILTER(?n = 1) }",
            )
        ),
    )


def _one(reader: Reader, query: str) -> str:
    """Return the single value `?o` of a query, empty if there is none."""
    return next((row["o"].value for row in reader.select(query) if row["o"] is not None), "")


def _documents(reader: Reader) -> list[DocumentLine]:
    rows = reader.select(
        f"""PREFIX cg: <{CG}> PREFIX dcterms: <{DCTERMS}>
        SELECT ?document ?language ?date ?publisher ?review ?profile (COUNT(?claim) AS ?claims)
        WHERE {{
          ?document a cg:Document .
          OPTIONAL {{ ?document dcterms:language ?language }}
          OPTIONAL {{ ?document cg:dateText ?date }}
          OPTIONAL {{ ?document dcterms:publisher ?publisher }}
          OPTIONAL {{ ?document cg:reviewState ?review }}
          OPTIONAL {{ ?document cg:profile ?profile }}
          OPTIONAL {{ ?claim cg:inDocument ?document }}
        }} GROUP BY ?document ?language ?date ?publisher ?review ?profile ORDER BY ?document"""
    )

    def last(term: object) -> str:
        return slug_of(str(getattr(term, "value", ""))) if term is not None else ""

    return [
        DocumentLine(
            last(row["document"]),
            last(row["language"]),
            row["date"].value if row["date"] else "",
            last(row["publisher"]),
            last(row["review"]),
            last(row["profile"]),
            int(row["claims"].value),
        )
        for row in rows
    ]


def info_table(known: Info) -> Table:
    """Return the counts as rows: what is counted, of which kind, how many."""
    rows = [("things", name, n) for name, n in known.things]
    rows += [("claims", name, n) for name, n in known.claims]
    rows += [("claims by document", d.document, d.claims) for d in known.documents]
    rows += [("documents by language", *pair) for pair in _languages(known)]
    rows += [("encounters", "on one document", known.single)]
    return from_values(("what", "of", "count"), rows)


def _languages(known: Info) -> list[tuple[str, int]]:
    return sorted(Counter(d.language or "unknown" for d in known.documents).items())


def info_text(known: Info) -> str:
    """Return counts and coverage as plain text for a terminal."""
    languages = ", ".join(f"{n} in {language}" for language, n in _languages(known))
    out = [
        f"ontology  {known.ontology}",
        f"data      recorded until {known.recorded or 'never'}",
        f"triples   {known.triples} in {known.graphs} graphs",
    ]
    for heading, counts in (("things", known.things), ("claims", known.claims)):
        out += ["", heading, *(f"  {n:6}  {name}" for name, n in counts)]
    out += ["", f"documents ({languages or 'none'})"]
    out += [
        f"  {d.document}: {d.language or 'language unknown'}, {d.date or 'undated'}, "
        f"{d.publisher or 'publisher unknown'}, {d.review}, profile {d.profile}, {d.claims} claims"
        for d in known.documents
    ]
    out += [
        "",
        "coverage",
        f"  {known.single} of {known.encounters} encounters rest on one document",
        f"  {sum(not d.date for d in known.documents)} documents without a date",
        f"  {sum(not d.publisher for d in known.documents)} documents without a publisher",
    ]
    return "\n".join(out) + "\n"
