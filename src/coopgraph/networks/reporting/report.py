"""A report on a network: how it was made, what it rests on, what it shows, and what it cannot say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from coopgraph.answers.asking import named
from coopgraph.answers.lookup import labels
from coopgraph.answers.tables import Table, labelled
from coopgraph.basics import dates, iris
from coopgraph.basics.terms import CG, THING
from coopgraph.errors import InputError
from coopgraph.networks import reading
from coopgraph.networks.build import Prepared
from coopgraph.networks.communities import FEWEST
from coopgraph.networks.listing import groups, table
from coopgraph.networks.reporting import sentences
from coopgraph.networks.reporting.bars import bars
from coopgraph.networks.reporting.page import (
    Captioned,
    Code,
    Listed,
    Part,
    Picture,
    Report,
    Section,
)
from coopgraph.networks.reporting.words import known, measure_name, note_in, say, term
from coopgraph.networks.rows import surviving
from coopgraph.networks.time.changes import turnover
from coopgraph.networks.time.windows import Windows, windows_of
from coopgraph.networks.trust.leaving_out import MOST
from coopgraph.networks.trust.measuring import measured
from coopgraph.networks.trust.origins import Base, base, weight_of_origins

if TYPE_CHECKING:
    from coopgraph.networks.network import Network

SHOWN: Final = 20
"""The most rows of a table of ties or of a measure."""

_DOCUMENTS: Final = 100
_MEMBERS: Final = 8


def report(
    network: Network,
    language: str = "en",
    *,
    measures: Sequence[str] = (),
    left_out: int = MOST,
    pictures: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Return a report on a network.

    Args:
        network: The network, with its details.
        language: Of headings, sentences and names: en, ru or kk.
        measures: Names of measures; by default those that most ask for.
        left_out: How many origins are left out in turn for each measure.
        pictures: Whether to draw the network, which needs the extra `plot`; without it there is
            no drawing.
        progress: Is told how many origins are left out, and of how many.

    Raises:
        InputError: If reports are not written in the language, or a measure does not apply.
    """
    known(language)
    told, years = base(network), _years(network)
    write = _Writing(network, language)
    chosen = tuple(measures) or default_measures(network)
    drawn = _drawn(network, language) if pictures and len(network) else ()
    parts: list[tuple[str, list[Part]]] = [
        ("how", [sentences.methods(network, language), *drawn]),
        ("rests", [sentences.rests(network, told, language), *write.documents(told)]),
        ("ties", write.ties()),
        ("measures", write.measures(chosen, left_out, progress)),
        ("time", write.years(years)),
        ("communities", write.communities()),
        ("limits", [Listed(sentences.limits(network, told, len(years.undated), language))]),
        ("again", write.again()),
    ]
    if not len(network):
        parts = [part for part in parts if part[0] in ("how", "rests", "limits", "again")]
    title = network.recipe.wording(language).title
    found = (Section(say(language, key), tuple(some)) for key, some in parts if some)
    return Report(language, title, tuple(found))


def default_measures(network: Network) -> tuple[str, ...]:
    """Return the measures that a report has unless others are asked for."""
    if network.two_sorts:
        return ("bipartite-degree",)
    if network.recipe.directed:
        return ("in-degree", "out-degree", "betweenness", "pagerank")
    return ("degree", "betweenness", "pagerank")


def _years(network: Network) -> Windows:
    """Return the windows of the rows that the network was made of."""
    rows, facts, filters = network.made.rows, network.facts, network.filters
    timeless = replace(filters, since=None, until=None, certain=False, dated=False)
    kept = surviving(facts, rows, timeless)
    prepared = Prepared(network.recipe, filters, network.data, facts, rows, kept, network.asked)
    return windows_of(prepared, half_life=network.decay.years if network.decay else None)


def _drawn(network: Network, language: str) -> tuple[Picture, ...]:
    """Return the network as drawings, as far as they can be made."""
    if find_spec("matplotlib") is None:
        return ()
    from coopgraph.networks.drawing.looks import Look
    from coopgraph.networks.drawing.pictures import picture

    found = []
    for name, format_ in (("plot", "svg"), ("map", "map-svg")):
        out = BytesIO()
        try:
            picture(network, format_, out, Look(language))
        except InputError:
            # No node has a point.
            continue
        found.append(Picture(name, say(language, name), out.getvalue()))
    return tuple(found)


class _Writing:
    """Makes the parts of a report in one language."""

    def __init__(self, network: Network, language: str) -> None:
        self.network = network
        self.language = language

    def say(self, key: str, **parts: object) -> str:
        return say(self.language, key, **parts)

    def table(self, found: Table) -> Table:
        """Return a table with names, under headings in the language."""
        label = named(self.network.facts.reader, found, [self.language])
        columns = tuple(term(self.language, "columns", name) for name in found.columns)
        return replace(labelled(found, label), columns=columns)

    def documents(self, told: Base) -> list[Part]:
        """Return the documents behind the network, by date."""
        reader = self.network.facts.reader
        things = {slug: iris.thing("doc", slug) for slug in told.documents}
        titles = labels(reader, things.values(), [self.language])
        documents = self.network.facts.documents
        at = [documents.index[iri] for iri in things.values()]
        publishers = {
            n: iris.thing("org", documents.publisher[n]) for n in at if documents.publisher[n]
        }
        origins = {
            n: iris.thing("origin", documents.goes_back_to[n])
            for n in at
            if documents.origin_known[n]
        }
        called = labels(reader, [*publishers.values(), *origins.values()], [self.language])
        dated = {
            row["d"].value: row["t"].value
            for row in reader.select(
                f"SELECT ?d ?t WHERE {{ ?d a <{CG}Document> ; <{CG}dateText> ?t }}"
            )
        }
        bounds = {iri: _bounds(dated.get(iri, "")) for iri in things.values()}
        rows = [
            {
                "document": titles.get(iri, slug),
                "date": reading.days(*bounds[iri]),
                "publisher": called.get(publishers.get(n, ""), documents.publisher[n]),
                "language": documents.language[n],
                "origin": called.get(
                    origins.get(n, ""), documents.goes_back_to[n] if n in origins else ""
                ),
            }
            for (slug, iri), n in zip(things.items(), at, strict=True)
        ]
        by_day = zip(bounds.values(), rows, strict=True)
        rows = [row for _, row in sorted(by_day, key=lambda one: (one[0], one[1]["document"]))]
        shown = self.table(table(tuple(rows[0]) if rows else (), rows[:_DOCUMENTS], read=True))
        if len(rows) > _DOCUMENTS:
            return [Captioned(self.say("first", shown=_DOCUMENTS, of=len(rows)), shown)]
        return [shown] if rows else []

    def ties(self) -> list[Part]:
        """Return the strongest ties."""
        found = reading.strongest(self.network, SHOWN)
        slugs = (
            {str(v) for v in found.column("told_by") if v} if "told_by" in found.columns else set()
        )
        sides = sentences.concepts(self.network, self.language, "reported-by", slugs)
        stages = {str(v) for v in found.column("stage") if v} if "stage" in found.columns else set()
        steps = sentences.concepts(self.network, self.language, "stage", stages)
        found = _renamed(found, {"told_by": sides, "stage": steps})
        if not self.network.recipe.directed:
            heads = {"source": "one", "target": "other"}
            found = replace(found, columns=tuple(heads.get(c, c) for c in found.columns))
        shown = self.table(found)
        if len(self.network) > SHOWN:
            return [Captioned(self.say("strongest", shown=SHOWN, of=len(self.network)), shown)]
        return [shown]

    def measures(
        self, names: Sequence[str], left_out: int, progress: Callable[[int, int], None] | None
    ) -> list[Part]:
        """Return measures with what any one origin changes of them."""
        found = measured(self.network, names, left_out=left_out, progress=progress)
        all_of = len(weight_of_origins(self.network))
        origins = min(left_out, all_of)
        out: list[Part] = [sentences.measured(names, origins, all_of, self.language)]
        for one in found:
            caption = measure_name(self.language, one.measure)
            if len(one.rows) > SHOWN:
                first = self.say("first", shown=SHOWN, of=len(one.rows))
                caption += f". {first}"
            shown = _renamed(reading.ranking(one, SHOWN), {"least": {"none": self.say("none")}})
            out.append(Captioned(caption, self.table(shown)))
            out += [note_in(self.language, one.note)] if one.note else []
        return out

    def years(self, found: Windows) -> list[Part]:
        """Return what came and went from year to year."""
        told = turnover(found)
        out: list[Part] = []
        if told:
            series = [(one.window, one.ties, one.documents) for one in told]
            out = [
                self.table(reading.turnover(told)),
                Picture("years", self.say("bars"), bars(series)),
            ]
            if any(one.certain < one.events for one in told):
                out.insert(1, self.say("maybe"))
        return [*out, self.say("undated", n=len(found.undated))] if found.undated else out

    def communities(self) -> list[Part]:
        """Return groups, or why there are none."""
        if self.network.two_sorts:
            return [self.say("two-sorts")]
        if len(self.network.nodes) < FEWEST:
            return [self.say("few", nodes=len(self.network.nodes), fewest=FEWEST)]
        found = self.network.communities()
        said = self.say(
            "groups", method=found.method, groups=len(found.groups),
            modularity=f"{found.modularity or 0:.3f}", runs=found.runs, rand=f"{found.rand or 0:.2f}",
        )  # fmt: skip
        return [said, self.table(self._members(groups(found)))]

    def _members(self, found: Table) -> Table:
        """Return a row for each group, with the names of its first members."""
        label = named(self.network.facts.reader, found, [self.language])
        members: dict[tuple[Any, Any], list[str]] = {}
        for row in found:
            node = str(row["node"])
            members.setdefault((row["group"], row["size"]), []).append(
                label(node) or iris.slug_of(node.removeprefix(THING))
            )
        rows = [
            {"group": group, "size": size, "nodes": self._listed(sorted(names))}
            for (group, size), names in members.items()
        ]
        return table(("group", "size", "nodes"), rows[:SHOWN])

    def _listed(self, names: list[str]) -> str:
        shown, more = ", ".join(names[:_MEMBERS]), len(names) - _MEMBERS
        return self.say("and-others", names=shown, n=more) if more > 0 else shown

    def again(self) -> list[Part]:
        """Return the command, and what it is made of."""
        about = self.network.about
        return [
            self.say("same"), Code(about.command),
            self.say("data", data=about.data, licence=about.licence),
        ]  # fmt: skip


def _bounds(text: str) -> tuple[str, str]:
    """Return the first and the last day that a date may mean, empty where none is known."""
    found = dates.parse(text) if text else None
    first, last = (found.earliest, found.latest) if found else (None, None)
    return (first.isoformat() if first else "", last.isoformat() if last else "")


def _renamed(found: Table, names: dict[str, dict[str, str]]) -> Table:
    """Return a table with other words in some columns."""
    rows = [
        {name: names.get(name, {}).get(str(value), value) for name, value in row.items()}
        for row in found
    ]
    return table(found.columns, rows)
