"""What a graph holds: counts, coverage and versions."""

from __future__ import annotations

from dataclasses import dataclass

from coopgraph.iris import slug_of
from coopgraph.stores import Reader
from coopgraph.terms import CG, GRAPH, OWL


@dataclass(frozen=True)
class Info:
    """Counts and coverage.

    `classes` and `claims` are (class, number of things); `documents` are (id, language, date,
    publisher, review state, number of claims, whether it was copied from another).
    """

    triples: int
    graphs: int
    classes: tuple[tuple[str, int], ...]
    claims: tuple[tuple[str, int], ...]
    documents: tuple[tuple[str, str, str, str, str, int], ...]
    ontology_version: str
    latest_recorded: str


_CLAIMS = (
    "Occurrence", "Participation", "PostHolding", "Outcome", "Figure", "Statement",
    "Invitation", "TerritorialClaim", "Link", "Supply",
)  # fmt: skip
_THINGS = (
    "Person", "Official", "Company", "PublicBody", "Organisation", "Group", "State", "Region",
    "Locality", "Site", "Post", "Event", "Mission", "Forum", "Exhibition", "Meeting", "Visit",
    "Programme", "Agreement", "Document", "Origin", "Viewpoint", "Search", "Judgement",
    "Encounter",
)  # fmt: skip


def info(reader: Reader) -> Info:
    """Return counts, coverage and versions of a graph."""
    rows = reader.select(
        "SELECT ?class (COUNT(DISTINCT ?thing) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class"
    )
    counts = {slug_of(row["class"].value): int(row["n"].value) for row in rows}
    total = next(iter(reader.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")))
    version = list(
        reader.select(f"SELECT ?v WHERE {{ <{CG[:-1]}> <{OWL}versionInfo> ?v }} ORDER BY ?v")
    )
    recorded = list(
        reader.select(
            f"SELECT (MAX(?day) AS ?last) WHERE {{ ?d a <{CG}Document> ; <{CG}recorded> ?day }}"
        )
    )
    last = recorded[0]["last"] if recorded else None
    return Info(
        triples=int(total["n"].value),
        graphs=len([g for g in reader.graph_names() if g.startswith(GRAPH)]),
        classes=tuple((name, counts.get(name, 0)) for name in _THINGS),
        claims=tuple((name, counts.get(name, 0)) for name in _CLAIMS),
        documents=tuple(_documents(reader)),
        ontology_version=version[0]["v"].value if version else "",
        latest_recorded=last.value if last is not None else "",
    )


def _documents(reader: Reader) -> list[tuple[str, str, str, str, str, int]]:
    rows = reader.select(
        f"""PREFIX cg: <{CG}> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?document ?language ?date ?publisher ?review (COUNT(?claim) AS ?claims) WHERE {{
          ?document a cg:Document ; dcterms:language ?language ; cg:reviewState ?review .
          OPTIONAL {{ ?document cg:dateText ?date }}
          OPTIONAL {{ ?document dcterms:publisher ?publisher }}
          OPTIONAL {{ ?claim cg:inDocument ?document }}
        }} GROUP BY ?document ?language ?date ?publisher ?review ORDER BY ?document"""
    )

    def last(term: object) -> str:
        return slug_of(str(getattr(term, "value", ""))) if term is not None else ""

    return [
        (
            last(row["document"]), row["language"].value,
            row["date"].value if row["date"] else "", last(row["publisher"]),
            last(row["review"]), int(row["claims"].value),
        )
        for row in rows
    ]  # fmt: skip
