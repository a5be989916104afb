"""The words of a report: how a network was made, what it rests on, and what it cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final

from coopgraph.answers.lookup import labels
from coopgraph.basics import iris
from coopgraph.networks.communities import FEWEST
from coopgraph.networks.filters import Filters
from coopgraph.networks.measures import MEASURES
from coopgraph.networks.project import unique
from coopgraph.networks.reporting.words import filled, measure_name, say, term
from coopgraph.networks.trust.origins import Base, ties_of_documents

if TYPE_CHECKING:
    from coopgraph.networks.network import Network
    from coopgraph.networks.recipes import Recipe

SOURCES: Final[Mapping[str, str]] = {
    "events": "Breiger, Social Forces 53 (1974)",
    "share": "after Perianes-Rodriguez, Waltman and van Eck, Journal of Informetrics 10 (2016)",
    "newman": "Newman, Physical Review E 64 (2001) 016132",
    "decay": "Lerner and Lomi, Network Science 8 (2020)",
}
"""Where the formulas of weights come from; the others are plain counts."""

_SCHEMES: Final = {
    "event_kinds": ("event-kind",),
    "sectors": ("sector", "product"),
    "min_stage": ("stage",),
    "held": ("held",),
    "review": ("review",),
    "reported_by": ("reported-by",),
}
_KINDS: Final = {"publishers": "org", "viewpoint": "viewpoint"}
_ONE_SIDE: Final = ("guest", "host", "third")


def methods(network: Network, language: str) -> str:
    """Return how a network was made, as a paragraph for the methods of a paper."""
    recipe = network.recipe
    told = [
        say(language, "answers", question=recipe.wording(language).question),
        say(
            language, "built", version=_version(), recipe=recipe.name, data=network.data,
        ),
        say(language, "made-of", filters="; ".join(filter_words(network, language))),
        say(language, _tied(recipe)),
        *([say(language, "of-part")] if recipe.unit == "part" and recipe.kind == "projection" else []),
        say(language, "directed" if recipe.directed else "undirected"),
        say(language, "size", nodes=len(network.nodes), ties=len(network)),
        say(
            language, "weight", weight=term(language, "weights", recipe.weight),
            source=f" ({SOURCES[recipe.weight]})" if recipe.weight in SOURCES else "",
        ),
    ]  # fmt: skip
    if network.decay:
        told.append(
            say(
                language, "decay", years=f"{network.decay.years:g}", on=network.decay.on.isoformat()
            )
        )
    return " ".join(told)


def _tied(recipe: Recipe) -> str:
    """Return the key of the sentence that says what a tie is."""
    sides = {(source.side, target.side) for source, target in recipe.ends}
    if recipe.kind != "projection" or not sides <= {("visitor", "host"), ("any", "any")}:
        return recipe.kind
    if len(sides) > 1 or (("visitor", "host") in sides) != recipe.directed:
        return recipe.kind
    return "projection-guests" if recipe.directed else "projection-any"


def _version() -> str:
    try:
        return version("coopgraph-kg")
    except PackageNotFoundError:
        return "?"


def filter_words(network: Network, language: str) -> list[str]:
    """Return the filters of a network, with things by their names."""
    filters, found = network.filters, []
    for name in (field.name for field in fields(Filters)):
        value = getattr(filters, name)
        if name == "held" and not value:
            found.append(filled(language, "held-any", ""))
        elif value:
            found.append(filled(language, name, _shown(network, language, name, value)))
    return found


def _shown(network: Network, language: str, name: str, value: object) -> str:
    values = list(value) if isinstance(value, tuple) else [value]
    schemes, kind = _SCHEMES.get(name, ()), _KINDS.get(name)
    if not schemes and not kind:
        return ", ".join(map(str, values))
    called = {
        str(slug): [iris.concept(scheme, str(slug)) for scheme in schemes]
        + ([iris.thing(kind, str(slug))] if kind else [])
        for slug in values
    }
    names = labels(network.facts.reader, (i for some in called.values() for i in some), [language])
    return ", ".join(
        next((names[iri] for iri in some if iri in names), slug) for slug, some in called.items()
    )


def rests(network: Network, told: Base, language: str) -> str:
    """Return what a network rests on."""
    if not told.ties:
        return say(language, "no-ties")
    documents, ties = len(told.documents), ties_of_documents(network)[1]
    origins = network.facts.documents
    found = unique(ties)
    known = origins.origin_known[found]
    sure = len(unique(origins.origin[found][known]))
    perhaps, unknown = len(unique(origins.origin[found][~known])), documents - len(told.origins)
    sides = concepts(network, language, "reported-by", told.reported_by)
    out = [
        say(
            language, "documents", documents=documents, languages=_counted(told.languages, language),
            publishers=len([name for name in told.publishers if name]),
        ),
        say(
            language, "origins", known=len(told.origins), origins=sure, unknown=unknown,
        ),
    ]  # fmt: skip
    if perhaps < unknown:
        out.append(say(language, "copies", texts=perhaps))
    least = max(sure, min(perhaps, 1))
    out.append(say(language, "bounds", least=least, most=sure + perhaps))
    if sides:
        named = ", ".join(f"{sides[side]} {n}" for side, n in told.reported_by.items())
        out.append(say(language, "reported", sides=named))
    if told.open_lists:
        out.append(say(language, "open", open=told.open_lists, ties=told.ties))
    return " ".join(out)


def _counted(counts: Mapping[str, int], language: str) -> str:
    unknown = say(language, "unknown")
    return ", ".join(f"{name or unknown} {n}" for name, n in counts.items())


def concepts(network: Network, language: str, scheme: str, slugs: Iterable[str]) -> dict[str, str]:
    """Return the names of concepts of a vocabulary, by slug."""
    wanted = {slug: iris.concept(scheme, slug) for slug in slugs if slug}
    names = labels(network.facts.reader, wanted.values(), [language])
    return {slug: names.get(iri, slug) for slug, iri in wanted.items()}


def measured(names: Iterable[str], origins: int, of: int, language: str) -> str:
    """Return which measures were reckoned, with their sources, and without how many origins."""
    told = "; ".join(f"{measure_name(language, name)}: {MEASURES[name].source}" for name in names)
    out = [say(language, "measured", measures=told)]
    count = str(of) if origins == of else say(language, "of", a=origins, b=of)
    return " ".join([*out, say(language, "left-out", origins=count)] if origins else out)


def limits(network: Network, told: Base, undated: int, language: str) -> tuple[str, ...]:
    """Return what must be known before anything is concluded from a network."""
    documents, ties = len(told.documents), told.ties
    unknown = documents - len(told.origins)
    one = sum(told.reported_by.get(side, 0) for side in _ONE_SIDE)
    contested = sum(node.contested for node in network.nodes)
    viewpoint = network.filters.viewpoint
    reviews = network.facts.documents
    slugs = {
        iris.slug_of(iri): state for iri, state in zip(reviews.iris, reviews.review, strict=True)
    }
    raw = sum(slugs.get(document) != "reviewed" for document in told.documents)
    cases: list[tuple[Any, str, dict[str, Any]]] = [
        (True, "limit-silence", {}),
        (0 < len(network.nodes) < FEWEST, "limit-few", {"nodes": len(network.nodes)}),
        (told.open_lists, "limit-open", {"open": told.open_lists}),
        (unknown, "limit-origins", {"unknown": unknown, "documents": documents}),
        (one, "limit-one-sided", {"one": one, "ties": ties}),
        (
            told.reported_by.get("unknown"),
            "limit-unknown",
            {"n": told.reported_by.get("unknown"), "ties": ties},
        ),
        (undated, "limit-undated", {"n": undated}),
        (raw, "limit-review", {"n": raw, "documents": documents}),
    ]
    out = [say(language, key, **parts) for fits, key, parts in cases if fits]
    if contested:
        key = "limit-contested" if viewpoint else "limit-contested-none"
        named = _shown(network, language, "viewpoint", viewpoint) if viewpoint else ""
        out.append(say(language, key, n=contested, viewpoint=named))
    return tuple(out)
