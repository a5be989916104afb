"""Aggregates and projections of fact tables: each written once, for every engine of tables.

An expression is made with ibis from tables that are nowhere yet; `sql` writes it in the words of an
engine. Results have no order: sort them where it matters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from coopgraph.errors import InputError
from coopgraph.facts.schema import COLUMN_TYPES, TABLES
from coopgraph.networks.exports.extras import needed

if TYPE_CHECKING:
    from ibis import Table

Dialect = Literal["duckdb", "pyspark"]

_PLANS: Final = ("planned", "promised", "hoped", "offered")


def unbound(name: str) -> Table:
    """Return a fact table of which only the columns are known.

    Raises:
        InputError: If there is no such table, or ibis is not installed (extra `facts`).
    """
    if name not in TABLES:
        raise InputError(f"there is no fact table '{name}'", f"Tables: {', '.join(TABLES)}.")
    columns = {column: COLUMN_TYPES[type_] for column, type_ in TABLES[name].stored()}
    return needed("ibis", "facts").table(columns, name=name)


def sql(expression: Any, dialect: Dialect = "duckdb") -> str:
    """Return an expression of fact tables in the SQL of an engine.

    Raises:
        InputError: If ibis is not installed (extra `facts`), or pyspark for its dialect (`spark`).

    >>> print(sql(unbound("posts").count()))
    SELECT
      COUNT(*) AS "CountStar(posts)"
    FROM "posts" AS "t0"
    """
    ibis = needed("ibis", "facts")
    if dialect == "pyspark":
        # Its compiler asks for options that only the backend brings.
        needed("pyspark", "spark")
        _ = ibis.pyspark
    return str(ibis.to_sql(expression, dialect=dialect))


def encounters_by_year() -> Table:
    """Return how many encounters that were held each region had in each year.

    Columns are `year`, `region` (slug), `as_guest` and `as_host`. The year is empty where the days
    that sources allow lie in several years, or are not known.
    """
    ibis = needed("ibis", "facts")
    table = unbound("encounters").filter(lambda t: t.state == "held")
    first, last = table.earliest.year(), table.latest.year()
    table = table.mutate(year=ibis.ifelse(first == last, first, ibis.null("int32")))
    sides = [
        table.filter(table[f"{side}_level"] == "region").select(
            year=table.year.cast("int64"),
            region=table[f"{side}_slug"],
            as_guest=ibis.literal(int(side == "guest")),
            as_host=ibis.literal(int(side == "host")),
        )
        for side in ("guest", "host")
    ]
    both = ibis.union(*sides)
    return both.group_by("year", "region").aggregate(
        as_guest=both.as_guest.sum(), as_host=both.as_host.sum()
    )


def stages() -> Table:
    """Return how many outcomes came how far: the funnel from talks to what works.

    Columns are `rung`, `stage`, `outcomes` that sources assert, and the whole `events` and
    `documents` that they are of. An outcome of no event adds to no count of events.
    """
    table = unbound("outcomes").filter(_stands)
    return table.group_by("rung", "stage").aggregate(
        outcomes=table.count(), events=table.root.nunique(), documents=table.document.nunique()
    )


def projection(level: str = "region") -> Table:
    """Return who of a level was whose guest, over whole events that were held.

    Columns are `source` and `target` (slugs of guest and host), `events` (distinct whole events)
    and `share` (each event counts one, divided among the pairs that it brings together): the ties
    and weights of the network `regions`, without its filters.
    """
    table = unbound("ends").filter(
        lambda t: (t.level == level) & (t.state == "held") & t.modality.notin(_PLANS)
    )
    guests = table.filter(table.side == "visitor").select("root", source="party_slug").distinct()
    hosts = table.filter(table.side == "host").select("root", target="party_slug").distinct()
    met = guests.join(hosts, "root").filter(lambda t: t.source != t.target)
    met = met.select("root", "source", "target")
    sizes = met.group_by("root").aggregate(pairs=met.count())
    shares = met.join(sizes, "root").select("source", "target", "root", share=lambda t: 1 / t.pairs)
    return shares.group_by("source", "target").aggregate(
        events=shares.root.nunique(), share=shares.share.sum()
    )


def figures_by_indicator() -> Table:
    """Return what figures there are of each indicator, measure and unit.

    Columns are `indicator`, `measure`, `unit`, `figures` that sources assert, `exact` (with a
    number, not only bounds), `least`, `greatest` and `total` of those numbers, and `documents`.
    Several sources may give one number: `total` adds what is written, not what happened.
    """
    table = unbound("figures").filter(_stands)
    return table.group_by("indicator", "measure", "unit").aggregate(
        figures=table.count(), exact=table.value.count(), least=table.value.min(),
        greatest=table.value.max(), total=table.value.sum(), documents=table.document.nunique(),
    )  # fmt: skip


def posts_held() -> Table:
    """Return who is named in each post: people, documents, and the days between which they are.

    Columns are `post` (slug), `holders`, `documents`, `earliest` and `latest`. Former posts are left
    out.
    """
    table = unbound("posts").filter(_stands).filter(lambda t: t.capacity != "former")
    return table.group_by(post="post_slug").aggregate(
        holders=table.holder.nunique(), documents=table.document.nunique(),
        earliest=table.earliest.min(), latest=table.latest.max(),
    )  # fmt: skip


def _stands(table: Any) -> Any:
    """Return which claims sources assert and no other claim has taken the place of."""
    return (table.modality == "asserted") & table.superseded_on.isnull()


@dataclass(frozen=True)
class Sum:
    """A shipped aggregate: its name, what it tells, how it is made, and from which tables."""

    name: str
    what: str
    make: Callable[[], Any]
    tables: tuple[str, ...]


SUMS: Final[Mapping[str, Sum]] = {
    one.name: one
    for one in (
        Sum(
            "encounters-by-year", "Encounters of each region in each year", encounters_by_year,
            ("encounters",),
        ),
        Sum("stages", "Outcomes by how far they came", stages, ("outcomes",)),
        Sum("regions", "Which region was whose guest, with weights", projection, ("ends",)),
        Sum(
            "figures", "Figures by indicator, measure and unit", figures_by_indicator, ("figures",)
        ),
        Sum("posts", "Who is named in each post, and when", posts_held, ("posts",)),
    )
}  # fmt: skip
"""All shipped aggregates by name."""
