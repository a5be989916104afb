"""The reference page of the ontology, written from its statements.

The page is a pure function of the parsed Turtle: classes as a tree, properties by the class they
belong to, concepts by scheme, each with its name and definition in three languages, and one
picture in which every class and property has a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from coopgraph.basics.terms import (
    CG,
    DCTERMS,
    LANGUAGES,
    OWL,
    RDF,
    RDF_TYPE,
    RDFS,
    SKOS,
    VOCAB,
    XSD,
)

LABEL = {"term": RDFS + "label", "concept": SKOS + "prefLabel"}
DEFINITION = SKOS + "definition"
HEADINGS = "English | русский | қазақша"
LEGEND = """\
Solid arrows lead to the class above, dotted ones are properties. Under a class stand its
properties; those that several classes share stand under *anything*.
"""


@dataclass(frozen=True)
class _Graph:
    """Statements by subject and predicate, in the order in which they were read."""

    facts: dict[str, dict[str, list[NamedNode | BlankNode | Literal]]]

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the objects as plain text: IRIs, node identifiers, literal forms."""
        return [term.value for term in self._objects(subject, predicate)]

    def text(self, subject: str, predicate: str, language: str) -> str:
        """Return the literal in the language, or an empty text."""
        for term in self._objects(subject, predicate):
            if isinstance(term, Literal) and term.language == language:
                return term.value
        return ""

    def of_type(self, *types: str) -> list[str]:
        """Return the subjects of any of the types, in the order of the files."""
        return [s for s in self.facts if set(types) & set(self.values(s, RDF_TYPE))]

    def members(self, node: str) -> Iterator[str]:
        """Yield the members of an RDF list."""
        while node != RDF + "nil":
            yield self.values(node, RDF + "first")[0]
            node = self.values(node, RDF + "rest")[0]

    def _objects(self, subject: str, predicate: str) -> list[NamedNode | BlankNode | Literal]:
        return self.facts.get(subject, {}).get(predicate, [])


def ontology_page(quads: Iterable[Quad]) -> str:
    """Return the reference page as Markdown.

    Args:
        quads: The statements of `ontology/*.ttl` (without alignments, shapes) and
            `ontology/vocab/*.ttl`; their order within a file is the order on the page.

    >>> from pyoxigraph import RdfFormat, parse
    >>> page = ontology_page(parse(path="ontology/coopgraph.ttl", format=RdfFormat.TURTLE))
    >>> page.splitlines()[0]
    '# coopgraph ontology'
    """
    graph = _read(quads)
    classes = [c for c in graph.of_type(OWL + "Class") if c.startswith(CG)]
    properties = sorted(
        p
        for p in graph.of_type(OWL + "ObjectProperty", OWL + "DatatypeProperty")
        if p.startswith(CG)
    )
    parts = [
        *_opening(graph, len(classes), len(properties)),
        "## Picture\n",
        LEGEND,
        *_picture(graph, classes, properties),
        "## Classes\n",
        *_tree(graph, classes),
        "## What excludes what\n",
        *_exclusions(graph),
        "## Properties\n",
        *_properties(graph, classes, properties),
        "## Concepts\n",
        *_schemes(graph),
    ]
    return "\n".join(parts).rstrip("\n") + "\n"


def _read(quads: Iterable[Quad]) -> _Graph:
    facts: dict[str, dict[str, list[NamedNode | BlankNode | Literal]]] = {}
    for quad in quads:
        subject, term = quad.subject, quad.object
        if isinstance(subject, NamedNode | BlankNode) and isinstance(
            term, NamedNode | BlankNode | Literal
        ):
            facts.setdefault(subject.value, {}).setdefault(quad.predicate.value, []).append(term)
    return _Graph(facts)


def _opening(graph: _Graph, classes: int, properties: int) -> list[str]:
    [ontology] = graph.of_type(OWL + "Ontology")
    concepts = len(graph.of_type(SKOS + "Concept"))
    schemes = len(graph.of_type(SKOS + "ConceptScheme"))
    lines = [f"# {graph.text(ontology, DCTERMS + 'title', 'en')}\n"]
    lines += [f"{graph.text(ontology, DCTERMS + 'description', lang)}\n" for lang in LANGUAGES]
    [version] = graph.values(ontology, OWL + "versionInfo")
    [licence] = graph.values(ontology, DCTERMS + "license")
    lines += [
        f"Version {version}. Namespace `{CG}`, prefix `cg:`. Licence <{licence}>.",
        f"{classes} classes, {properties} properties, {concepts} concepts in {schemes} schemes.",
        "This page is written from the Turtle files in `ontology/`; edit those.\n",
    ]
    return lines


def _picture(graph: _Graph, classes: list[str], properties: list[str]) -> list[str]:
    own: dict[str, list[str]] = {}
    anywhere: list[str] = []
    arrows: dict[tuple[str, str], list[str]] = {}
    for name in properties:
        domains = [d for d in graph.values(name, RDFS + "domain") if d.startswith(CG)]
        if not domains:
            anywhere.append(_local(name))
        for domain in domains:
            own.setdefault(domain, []).append(_local(name))
            for reached in graph.values(name, RDFS + "range"):
                if not reached.startswith(CG):
                    continue
                if _root(graph, domain) == domain and domain != CG + "Entity":
                    arrows.setdefault((domain, reached), []).append(_local(name))
    lines = ["```mermaid", "flowchart RL"]
    boxes: dict[str, list[str]] = {}
    for name in classes:
        boxes.setdefault(_box(graph, name, classes), []).append(name)
    for box, inside in boxes.items():
        nodes = [_node(name, own.get(name, [])) for name in inside]
        if len(nodes) == 1:
            lines += nodes
        else:
            title = graph.text(box, LABEL["term"], "en")
            lines += [f'  subgraph box{_local(box)}["{title}"]', *nodes, "  end"]
    lines.append(_node("anything", anywhere))
    for name in classes:
        lines += [f"  {_local(name)} --> {_local(above)}" for above in _above(graph, name)]
    for (domain, reached), names in arrows.items():
        lines.append(f'  {_local(domain)} -. "{", ".join(names)}" .-> {_local(reached)}')
    return [*lines, "```\n"]


def _node(name: str, properties: list[str]) -> str:
    text = "<br/>".join([f"<b>{_local(name)}</b>", *properties])
    return f'    {_local(name)}["{text}"]'


def _box(graph: _Graph, name: str, classes: list[str]) -> str:
    """Return the class whose box a class stands in: the broad one just below its root."""
    line = [name]
    while above := _above(graph, line[-1]):
        line.append(above[0])
    root, *below = reversed(line)
    has_parts = below and any(below[0] in _above(graph, other) for other in classes)
    return below[0] if has_parts else root


def _root(graph: _Graph, name: str) -> str:
    above = _above(graph, name)
    return _root(graph, above[0]) if above else name


def _above(graph: _Graph, name: str) -> list[str]:
    return [c for c in graph.values(name, RDFS + "subClassOf") if c.startswith(CG)]


def _tree(graph: _Graph, classes: list[str]) -> list[str]:
    lines: list[str] = []

    def visit(name: str, depth: int) -> None:
        definition = graph.text(name, DEFINITION, "en")
        lines.append(f"{'  ' * depth}- `{_local(name)}`: {definition}")
        for other in classes:
            if name in _above(graph, other):
                visit(other, depth + 1)

    for name in classes:
        if not _above(graph, name):
            visit(name, 0)
    rows = [_row(graph, name, f"`cg:{_local(name)}`{_rules(graph, name)}") for name in classes]
    return [*lines, "", f"| class | {HEADINGS} |", "| --- | --- | --- | --- |", *rows, ""]


def _exclusions(graph: _Graph) -> list[str]:
    lines = [
        "- " + ", ".join(f"`{_curie(m)}`" for m in graph.members(node))
        for axiom in graph.of_type(OWL + "AllDisjointClasses")
        for node in graph.values(axiom, OWL + "members")
    ]
    lines += [
        f"- `{_curie(name)}` and each of " + ", ".join(f"`{_curie(o)}`" for o in others)
        for name in graph.facts
        if (others := graph.values(name, OWL + "disjointWith"))
    ]
    return ["Nothing can belong to two classes of one line.\n", *lines, ""]


def _properties(graph: _Graph, classes: list[str], properties: list[str]) -> list[str]:
    groups: dict[str, list[str]] = {}
    for name in properties:
        for domain in graph.values(name, RDFS + "domain") or [""]:
            groups.setdefault(domain, []).append(name)
    order = [*classes, *sorted(g for g in groups if g and g not in classes), ""]
    lines: list[str] = []
    for domain in order:
        if domain not in groups:
            continue
        title = f"Properties of {_curie(domain)}" if domain else "Properties of several classes"
        lines += [f"### {title}\n", f"| property | {HEADINGS} |", "| --- | --- | --- | --- |"]
        for name in groups[domain]:
            lines.append(_row(graph, name, _property_head(graph, name)))
        lines.append("")
    return lines


def _property_head(graph: _Graph, name: str) -> str:
    types = graph.values(name, RDF_TYPE)
    free = "anything" if OWL + "ObjectProperty" in types else "text or date"
    reached = [_curie(r) for r in graph.values(name, RDFS + "range")] or [free]
    above = [f"below `{_local(p)}`" for p in graph.values(name, RDFS + "subPropertyOf")]
    kinds = [word for word, kind in _KINDS.items() if OWL + kind in types]
    lines = [f"`cg:{_local(name)}`", f"→ {', '.join(reached)}", *above, *kinds]
    return "<br>".join(lines) + _rules(graph, name)


_KINDS = {
    "transitive": "TransitiveProperty",
    "symmetric": "SymmetricProperty",
    "asymmetric": "AsymmetricProperty",
    "irreflexive": "IrreflexiveProperty",
}


def _schemes(graph: _Graph) -> list[str]:
    lines: list[str] = []
    for scheme in sorted(graph.of_type(SKOS + "ConceptScheme")):
        lines += [f"### {_curie(scheme)}\n"]
        lines += [
            f"{graph.text(scheme, LABEL['concept'], lang)}: {graph.text(scheme, DEFINITION, lang)}"
            + ("\n" if lang == LANGUAGES[-1] else "  ")
            for lang in LANGUAGES
        ]
        lines += [f"| concept | {HEADINGS} |", "| --- | --- | --- | --- |"]
        for name in graph.of_type(SKOS + "Concept"):
            if scheme in graph.values(name, SKOS + "inScheme"):
                notation = [f"notation {n}" for n in graph.values(name, SKOS + "notation")]
                broader = [f"under `{_curie(b)}`" for b in graph.values(name, SKOS + "broader")]
                present = [f"presence: {p}" for p in graph.values(name, CG + "impliesPresence")]
                head = "<br>".join([f"`{_curie(name)}`", *notation, *broader, *present])
                lines.append(_row(graph, name, head))
        lines.append("")
    return lines


def _row(graph: _Graph, name: str, head: str) -> str:
    label = LABEL["term" if name.startswith(CG) else "concept"]
    cells = [
        f"**{graph.text(name, label, lang)}**<br>{graph.text(name, DEFINITION, lang)}"
        for lang in LANGUAGES
    ]
    return f"| {head} | {' | '.join(cells)} |"


def _rules(graph: _Graph, name: str) -> str:
    rules = graph.values(name, CG + "derivedBy")
    return "".join(f"<br>by `{rule}`" for rule in rules)


def _local(name: str) -> str:
    return name.removeprefix(CG)


def _curie(name: str) -> str:
    for prefix, namespace in (("cg:", CG), ("skos:", SKOS), ("xsd:", XSD)):
        if name.startswith(namespace):
            return prefix + name.removeprefix(namespace)
    scheme, _, slug = name.removeprefix(VOCAB).partition("/")
    return f"{scheme}:{slug}" if slug else scheme
