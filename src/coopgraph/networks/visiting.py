"""The network of visits out of a graph, and the files that show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from coopgraph.answers.evidence import citations
from coopgraph.answers.lookup import reference_of
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG, LANGUAGES, SKOS, THING, VOCAB
from coopgraph.networks.gexf import gexf
from coopgraph.networks.page import Words, page
from coopgraph.networks.regions import Visit, visits_network
from coopgraph.stores import Reader

if TYPE_CHECKING:
    import networkx as nx

TITLE = "Who visits whom: territories as guests and hosts"
NOTE = (
    "An arrow for each pair of territories of which one was the guest of the other, made from "
    "encounters: one for each event, guest and host. Two hosts of one mission are not linked. "
    "Weight counts distinct events; stages are compared, never averaged. Contested territories "
    "stand on their own. Data: coopgraph, CC BY 4.0."
)


def visits(reader: Reader) -> list[Visit]:
    """Return all encounters of two territories, planned ones included."""
    rows = reader.select(
        f"""PREFIX cg: <{CG}> PREFIX skos: <{SKOS}>
        SELECT ?event ?guest ?host ?earliest ?latest ?held ?stage ?rung ?documents ?fewest
          ?by ?open (GROUP_CONCAT(DISTINCT STR(?claim); separator=" ") AS ?claims) WHERE {{
          ?encounter a cg:Encounter ; cg:event ?event ; cg:guest ?guest ; cg:host ?host ;
            cg:encounterHeld ?held ; cg:documentCount ?documents ; cg:originCountMin ?fewest ;
            cg:reportedBy ?by ; cg:openList ?open ; cg:basedOn ?claim .
          ?guest a cg:Territory .
          ?host a cg:Territory .
          OPTIONAL {{ ?encounter cg:earliest ?earliest }}
          OPTIONAL {{ ?encounter cg:latest ?latest }}
          OPTIONAL {{ ?encounter cg:bestStage ?stage . ?stage skos:notation ?rung }}
        }} GROUP BY ?event ?guest ?host ?earliest ?latest ?held ?stage ?rung ?documents ?fewest
          ?by ?open ORDER BY ?event ?guest ?host"""
    )
    return [
        Visit(
            event=slug_of(row["event"].value),
            guest=row["guest"].value,
            host=row["host"].value,
            earliest=row["earliest"].value if row["earliest"] else "",
            latest=row["latest"].value if row["latest"] else "",
            held=slug_of(row["held"].value),
            stage=int(row["rung"].value) if row["rung"] else 0,
            stage_name=slug_of(row["stage"].value) if row["stage"] else "",
            documents=int(row["documents"].value),
            fewest_origins=int(row["fewest"].value),
            reported_by=slug_of(row["by"].value),
            open_list=row["open"].value == "true",
            claims=tuple(sorted(map(reference_of, row["claims"].value.split()))),
        )
        for row in rows
    ]


def territory_names(reader: Reader) -> dict[str, dict[str, str]]:
    """Return the names of territories: IRI → language → name."""
    found: dict[str, dict[str, str]] = {}
    for row in reader.select(
        f"SELECT ?t ?n WHERE {{ ?t a <{CG}Territory> ; <{SKOS}prefLabel> ?n }} ORDER BY ?t ?n"
    ):
        if row["n"].language in LANGUAGES:
            found.setdefault(row["t"].value, {})[row["n"].language] = row["n"].value
    return found


def concept_names(reader: Reader) -> dict[str, dict[str, str]]:
    """Return the names of stages and of the sides that report: slug → language → name."""
    found: dict[str, dict[str, str]] = {}
    for scheme in ("stage", "reported-by"):
        for row in reader.select(
            f"SELECT ?c ?n WHERE {{ ?c <{SKOS}inScheme> <{VOCAB}{scheme}> ; <{SKOS}prefLabel> ?n }} "
            "ORDER BY ?c ?n"
        ):
            found.setdefault(slug_of(row["c"].value), {})[row["n"].language or ""] = row["n"].value
    return found


def network(reader: Reader) -> nx.DiGraph[str]:
    """Return the network of visits between territories."""
    return visits_network(visits(reader), territory_names(reader))


def files(reader: Reader) -> Mapping[str, bytes]:
    """Return the network as files: GEXF for Gephi, one HTML page for a browser."""
    made = network(reader)
    claims = {c for _, _, data in made.edges(data=True) for c in data["claims"]}
    cited = citations(reader, [f"{THING}claim/{c.replace('/', '_')}" for c in claims])
    evidence = {
        reference_of(iri): Words(
            found.quote,
            f"{found.source.title}, {found.source.dated or 'undated'}" if found.source else "",
            found.link,
        )
        for iri, found in cited.items()
    }
    return {
        "visits.gexf": gexf(made, TITLE, NOTE),
        "visits.html": page(made, TITLE, NOTE, evidence, concept_names(reader)).encode(),
    }
