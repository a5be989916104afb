"""The tables and their columns: type, meaning, and the property that a column holds.

Building, documentation and queries are all written from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Type = Literal["thing", "things", "text", "texts", "slug", "day", "integer", "decimal", "boolean"]
Grain = Literal["event", "document"]

FORMAT: Final = 1
SLUG: Final = "_slug"
DIGITS: Final = (38, 9)
"""Digits of a decimal in all, and after the point."""


@dataclass(frozen=True)
class Column:
    """One column.

    A `thing` is an IRI, and has a second column with its slug, `<name>_slug`; `things` are a list
    of IRIs. A `slug` is that of a concept or class. `property` is that of the subject of a row,
    after the namespace of the ontology; without one the column is worked out.
    """

    name: str
    type: Type
    meaning: str
    property: str = ""

    def stored(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the type of each column of a file, types as `COLUMN_TYPES` has them.

        >>> list(Column("guest", "thing", "who came").stored())
        [('guest', 'text'), ('guest_slug', 'text')]
        """
        if self.type == "thing":
            yield from ((self.name, "text"), (self.name + SLUG, "text"))
        else:
            yield self.name, {"slug": "text", "things": "texts"}.get(self.type, self.type)


@dataclass(frozen=True)
class Table:
    """A table: what a row is, its columns, and what its rows are gathered by into files.

    `key` are the columns that no two rows share; rows are in their order. `alone` says that a row
    may belong to no event, and is gathered by its document then.
    """

    name: str
    what: str
    grain: Grain
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    alone: bool = False

    def stored(self) -> list[tuple[str, str]]:
        """Return the name and the type of each column of a file."""
        return [pair for column in self.columns for pair in column.stored()]


COLUMN_TYPES: Final = {
    "text": "string",
    "texts": "array<string>",
    "day": "date",
    "integer": "int64",
    "decimal": f"decimal({DIGITS[0]},{DIGITS[1]})",
    "boolean": "boolean",
}
"""The types of columns in files, by the names that engines have for them."""

_CLAIM: Final = (
    Column("claim", "text", "the claim, as document/fact/key"),
    Column("document", "thing", "the document that says so", "inDocument"),
)
_HOW: Final = (
    Column("modality", "slug", "how the source puts it: asserted, planned, ...", "modality"),
    Column("basis", "slug", "stated in words, or inferred by the curator", "basis"),
    Column("superseded_on", "day", "when another claim took its place", "supersededOn"),
)
_EVENT: Final = (
    Column("event", "thing", "the event, which may be a part of a whole", "participationIn"),
    Column("root", "thing", "the whole event; itself where it is no part"),
)
_DAYS: Final = (
    Column("earliest", "day", "the first day that sources allow for the whole event"),
    Column("latest", "day", "the last such day"),
)
_STATE: Final = Column(
    "state", "slug", "held, planned, cancelled or unknown: the event's, else that of the whole"
)

ENCOUNTERS: Final = Table(
    "encounters", "A guest met a host at a whole event.", "event", ("encounter",),
    (
        Column("encounter", "text", "IRI of the encounter"),
        Column("root", "thing", "the whole event", "event"),
        Column("guest", "thing", "who came", "guest"),
        Column("guest_level", "slug", "state, region, locality, company, ...", "guestLevel"),
        Column("host", "thing", "who received", "host"),
        Column("host_level", "slug", "the same of the host", "hostLevel"),
        Column("earliest", "day", "the first day that sources allow for the event", "earliest"),
        Column("latest", "day", "the last such day", "latest"),
        Column("state", "slug", "held, planned, cancelled or unknown", "encounterHeld"),
        Column("stage", "slug", "the highest stage among its outcomes", "bestStage"),
        Column("rung", "integer", "place of that stage on the ladder"),
        Column("open_list", "boolean", "a source leaves its list of those present open", "openList"),
        Column("documents", "integer", "documents that tell of it", "documentCount"),
        Column("origins_min", "integer", "independent origins of these, at least", "originCountMin"),
        Column("origins_max", "integer", "and at most", "originCountMax"),
        Column("reported_by", "slug", "whose side tells: guest, host, both, third", "reportedBy"),
        Column("claims", "texts", "the claims it is based on", "basedOn"),
    ),
)  # fmt: skip

PARTICIPATIONS: Final = Table(
    "participations", "A source says that a party takes part in an event.", "event", ("claim",),
    (
        *_CLAIM, *_EVENT,
        Column("party", "thing", "who takes part", "participant"),
        Column("level", "slug", "its level"),
        Column("side", "slug", "visitor, host or third", "side"),
        Column("role", "slug", "in which role", "role"),
        Column("post", "thing", "in which post, as far as the document tells", "asPost"),
        Column("on_behalf_of", "things", "the territories it acts for", "onBehalfOf"),
        Column("counts_for", "things", "who thereby is an end of encounters", "countsFor"),
        Column("open_list", "boolean", "the source leaves the list open", "openList"),
        Column("concerns", "things", "products and sectors named", "concerns"),
        _STATE, *_DAYS, *_HOW,
    ),
)  # fmt: skip

ENDS: Final = Table(
    "ends", "A participation counts for a party as an end of encounters and ties.", "event",
    ("claim", "party"),
    (
        *_CLAIM, *_EVENT,
        Column("party", "thing", "the party it counts for", "countsFor"),
        Column("level", "slug", "its level"),
        Column("side", "slug", "visitor, host or third", "side"),
        Column("role", "slug", "the role of who took part", "role"),
        _STATE, *_DAYS,
        Column("modality", "slug", "asserted or planned", "modality"),
    ),
)  # fmt: skip

OUTCOMES: Final = Table(
    "outcomes", "A source says what an event led to, and how far.", "event", ("claim",),
    (
        *_CLAIM,
        Column("event", "thing", "the event that led to it", "fromEvent"),
        Column("root", "thing", "the whole event"),
        Column("stage", "slug", "how far it came", "stage"),
        Column("rung", "integer", "place of that stage on the ladder"),
        Column("form", "slug", "in which form", "form"),
        Column("parties", "things", "between whom", "outcomeParty"),
        Column("grantors", "things", "who grants", "grantor"),
        Column("beneficiaries", "things", "who gains", "beneficiary"),
        Column("agreement", "thing", "the agreement, where it has a name", "agreement"),
        Column("signatories", "things", "who signed", "signatory"),
        Column("counts_for", "things", "the parties, and the territories they act for", "countsFor"),
        Column("collective", "boolean", "belongs to a delegation, not to each member", "collective"),
        Column("concerns", "things", "products and sectors named", "concerns"),
        Column("gist", "text", "what it is, in a few words", "gist"),
        Column("date", "text", "its own date as worded in EDTF", "dateText"),
        Column("earliest", "day", "first day of that date", "earliest"),
        Column("latest", "day", "last day of that date", "latest"),
        _STATE, *_HOW,
    ),
    alone=True,
)  # fmt: skip

FIGURES: Final = Table(
    "figures", "A source gives a number.", "document", ("claim",),
    (
        *_CLAIM,
        Column("event", "thing", "the event it belongs to, if any", "figureEvent"),
        Column("reporter", "thing", "what the number is of", "reporter"),
        Column("counterpart", "thing", "with whom", "counterpart"),
        Column("indicator", "slug", "what is measured", "indicator"),
        Column("measure", "slug", "level, growth, share, ratio or count", "measure"),
        Column("value", "decimal", "the number, where it is one", "value"),
        Column("lower", "decimal", "it is more than this, or this at least", "lowerBound"),
        Column("upper", "decimal", "it is less than this, or this at most", "upperBound"),
        Column("precision", "slug", "exact, about, more than, ...", "precision"),
        Column("unit", "slug", "percent, times, item, a currency, ...", "unit"),
        Column("said", "text", "the number as worded", "valueText"),
        Column("period", "text", "the period in EDTF", "periodText"),
        Column("period_start", "day", "its first day", "periodStart"),
        Column("period_end", "day", "its last day", "periodEnd"),
        Column("base_start", "day", "first day of the period it is compared with", "baseStart"),
        Column("base_end", "day", "last day of that period", "baseEnd"),
        Column("whole", "thing", "of a share: the party whose whole it is", "shareOfParty"),
        Column("speaker", "thing", "who is quoted or reported", "speaker"),
        Column("concerns", "things", "products and sectors named", "concerns"),
        *_HOW,
    ),
)  # fmt: skip

POSTS: Final = Table(
    "posts", "A source names a person in a post.", "document", ("claim",),
    (
        *_CLAIM,
        Column("holder", "thing", "the person", "holder"),
        Column("post", "thing", "the post", "post"),
        Column("body", "thing", "the body that the post belongs to"),
        Column("territories", "things", "the territories of that body"),
        Column("capacity", "slug", "substantive, acting, former, ...", "capacity"),
        Column("date", "text", "when the words hold, in EDTF", "dateText"),
        Column("earliest", "day", "first such day", "earliest"),
        Column("latest", "day", "last such day", "latest"),
        *_HOW,
    ),
)  # fmt: skip

TABLES: Final[Mapping[str, Table]] = {
    table.name: table for table in (ENCOUNTERS, PARTICIPATIONS, ENDS, OUTCOMES, FIGURES, POSTS)
}
"""All tables by name."""
