"""The reference page of the ontology is what the Turtle files say.

Run as a script (`python tests/test_reference.py`), this file writes the page anew.
"""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from coopgraph.model.reference import ontology_page

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "ontology.md"
CORE = ("coopgraph", "entities", "claims", "figures", "statements", "sources", "derived")


def shipped() -> list[Quad]:
    files = [ROOT / "ontology" / f"{name}.ttl" for name in CORE]
    files += sorted((ROOT / "ontology" / "vocab").glob("*.ttl"))
    return [quad for file in files for quad in parse(file.read_bytes(), RdfFormat.TURTLE)]


def test_the_reference_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == ontology_page(shipped()), (
        "the ontology changed: run `python tests/test_reference.py` to write its page anew"
    )


def test_every_class_and_property_has_a_place_in_the_picture() -> None:
    page = ontology_page(shipped())
    picture = page.split("```mermaid")[1].split("```")[0]
    boxes = set(re.findall(r"^ +(\w+)\[", picture, re.MULTILINE))
    classes = {q.subject.value for q in shipped() if q.object.value.endswith("owl#Class")}
    named = {c.rpartition("#")[2] for c in classes if "coopgraph" in c}
    assert boxes == named | {"anything"}
    inside = set(re.findall(r"<br/>(\w+)", picture))
    properties = {q.subject.value for q in shipped() if q.object.value.endswith("typeProperty")}
    properties |= {q.subject.value for q in shipped() if q.object.value.endswith("tProperty")}
    ours = {p.rpartition("#")[2] for p in properties if p.startswith("https://w3id.org/coop")}
    assert ours <= inside
    for line in picture.splitlines():
        arrow = re.fullmatch(r'  (\w+) (?:-->|-\. "[^"]+" \.->) (\w+)', line)
        assert not arrow or {arrow[1], arrow[2]} <= boxes, line


SMALL = """
@prefix cg: <https://w3id.org/coopgraph/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/coopgraph/ns> a owl:Ontology ; owl:versionInfo "1" ;
    dcterms:title "T"@en ; dcterms:description "D"@en ; dcterms:license <urn:l> .
cg:Claim a owl:Class ; rdfs:label "claim"@en ; skos:definition "What is said."@en .
cg:Figure a owl:Class ; rdfs:subClassOf cg:Claim ; rdfs:label "figure"@en .
cg:refines a owl:ObjectProperty , owl:AsymmetricProperty ; rdfs:domain cg:Claim ;
    rdfs:range cg:Claim ; rdfs:label "refines"@en ; skos:definition "Says more."@en ;
    cg:derivedBy "70-relations.rq" .
"""


def test_a_property_is_shown_with_its_range_its_nature_and_its_rule() -> None:
    page = ontology_page(parse(SMALL, RdfFormat.TURTLE))
    assert "2 classes, 1 properties, 0 concepts in 0 schemes." in page
    assert "- `Claim`: What is said.\n  - `Figure`: " in page
    assert '  Figure --> Claim\n  Claim -. "refines" .-> Claim\n' in page
    assert "### Properties of cg:Claim\n" in page
    assert (
        "| `cg:refines`<br>→ cg:Claim<br>asymmetric<br>by `70-relations.rq` "
        "| **refines**<br>Says more. | ****<br> | ****<br> |"
    ) in page


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(ontology_page(shipped()), encoding="utf-8")
