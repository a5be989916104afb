"""Whether the ontology stays inside the profiles OWL 2 RL and OWL 2 DL, by the OWL API."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from coopgraph.basics.findings import Finding
from coopgraph.basics.terms import BASE, ONTOLOGY_GRAPH
from coopgraph.errors import CheckNotRun
from coopgraph.proving import owl
from coopgraph.proving.places import Locate

NAME = "profile"
_IRI = re.compile(rf"<({re.escape(BASE)}[^>]+)>")


def findings(triples: Iterable[str], locate: Locate) -> list[Finding]:
    """Return what is outside a profile, one finding for each violation.

    Args:
        triples: The ontology and the vocabularies; data are outside RL because of their dates.
        locate: Where a term is defined.

    Raises:
        CheckNotRun: If Java, its compiler or the OWL API is missing.
    """
    return sorted({_finding(profile, text, locate) for profile, text in violations(triples)})


def violations(triples: Iterable[str]) -> list[tuple[str, str]]:
    """Return profile and wording of each violation, as the OWL API tells them."""
    program = owl.java(NAME)
    found = sorted((owl.tools(NAME) / "pellet").glob("owlapi-distribution-*.jar"))
    if not found:
        raise CheckNotRun(NAME, "the OWL API that comes with owlready2 was not found")
    with tempfile.TemporaryDirectory(prefix="coopgraph-") as folder:
        ontology = Path(folder) / "ontology.rdf"
        ontology.write_bytes(_rdf_xml(triples))
        source = Path(__file__).with_name("ProfileCheck.java")
        answer = subprocess.run(
            [program, "-cp", str(found[0]), str(source), str(ontology)],
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
    if answer.returncode:
        reason = next(iter(answer.stderr.strip().splitlines()), "Java ended without a word")
        raise CheckNotRun(NAME, reason)
    return [(p, text) for p, _, text in (x.partition("\t") for x in answer.stdout.splitlines())]


def _rdf_xml(triples: Iterable[str]) -> bytes:
    import pyoxigraph as ox

    text = owl.ntriples(triples)
    statements = (q.triple for q in ox.parse(text, format=ox.RdfFormat.N_TRIPLES))
    return ox.serialize(statements, format=ox.RdfFormat.RDF_XML) or b""


def _finding(profile: str, text: str, locate: Locate) -> Finding:
    term = next(iter(_IRI.findall(text)), ONTOLOGY_GRAPH)
    fix = "Take the axiom out, or say it in a shape."
    return Finding(*locate(term), NAME, f"outside {profile}: {text}.", value=term, fix=fix)
