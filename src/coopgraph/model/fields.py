"""The contract between records and graph: which key of a claim becomes which property.

Checks read it, quads read it, the documentation is written from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Holds = Literal["entity", "concept", "text", "gist", "flag", "dated", "number"]


@dataclass(frozen=True)
class Field:
    """One key of a claim: its property, what it holds, and which classes or schemes may stand.

    `text` is in the language of the document, `gist` in English. A `dated` field yields three
    properties: the EDTF text, the earliest and the latest day.
    """

    name: str
    property: str
    holds: Holds
    allowed: tuple[str, ...] = ()
    dates: tuple[str, str] = ("earliest", "latest")


CONCERNS = Field("on", "concerns", "concept", ("product", "sector"))
DATE = Field("date", "dateText", "dated")

FIELDS: dict[str, tuple[Field, ...]] = {
    "Participation": (
        Field("who", "participant", "entity", ("Party",)),
        Field("event", "participationIn", "entity", ("Event",)),
        Field("role", "role", "concept", ("role",)),
        Field("side", "side", "concept", ("side",)),
        Field("for", "onBehalfOf", "entity", ("Territory",)),
        Field("as", "asPost", "entity", ("Post",)),
        CONCERNS,
        Field("open", "openList", "flag"),
    ),
    "Occurrence": (
        Field("of", "occurrenceOf", "entity", ("Event", "Programme", "Initiative", "Instrument")),
        DATE,
        Field("place", "atPlace", "entity", ("Place",)),
    ),
    "PostHolding": (
        Field("holder", "holder", "entity", ("Person",)),
        Field("post", "post", "entity", ("Post",)),
        Field("capacity", "capacity", "concept", ("capacity",)),
        DATE,
    ),
    "Outcome": (
        Field("event", "fromEvent", "entity", ("Event",)),
        Field("stage", "stage", "concept", ("stage",)),
        Field("party", "outcomeParty", "entity", ("Party",)),
        Field("grantor", "grantor", "entity", ("Party",)),
        Field("beneficiary", "beneficiary", "entity", ("Party",)),
        Field("form", "form", "concept", ("form",)),
        Field("agreement", "agreement", "entity", ("Agreement", "Instrument")),
        Field("signatory", "signatory", "entity", ("Person",)),
        DATE,
        CONCERNS,
        Field("gist", "gist", "gist"),
    ),
    "Figure": (
        Field("of", "reporter", "entity", ("Party", "Event", "Initiative", "Site")),
        Field("with", "counterpart", "entity", ("Party",)),
        Field("event", "figureEvent", "entity", ("Event",)),
        Field("indicator", "indicator", "concept", ("indicator",)),
        Field("measure", "measure", "concept", ("measure",)),
        Field("value", "value", "number"),
        Field("said", "valueText", "text"),
        Field("unit", "unit", "concept", ("unit",)),
        Field("period", "periodText", "dated", dates=("periodStart", "periodEnd")),
        Field("base", "baseText", "dated", dates=("baseStart", "baseEnd")),
        Field("whole", "shareOfParty", "entity", ("Party",)),
        CONCERNS,
    ),
    "Statement": (
        Field("speaker", "statementOf", "entity", ("Party",)),
        Field("about", "topic", "entity", ("Entity",)),
        Field("gist", "gist", "gist"),
        Field("kind", "statementKind", "concept", ("statement-kind",)),
        Field("event", "statementEvent", "entity", ("Event",)),
        Field("as", "asPost", "entity", ("Post",)),
        CONCERNS,
    ),
    "Invitation": (
        Field("inviter", "inviter", "entity", ("Party",)),
        Field("invitee", "invitee", "entity", ("Party",)),
        Field("to", "invitedTo", "entity", ("Place", "Event")),
        Field("gist", "gist", "gist"),
        DATE,
    ),
    "TerritorialClaim": (
        Field("territory", "territory", "entity", ("Territory",)),
        Field("name", "designation", "text"),
        Field("state", "claimedState", "entity", ("State",)),
        Field("kind", "claimKind", "concept", ("claim-kind",)),
        Field("by", "accordingTo", "entity", ("Party", "Document")),
    ),
    "Link": (
        Field("subject", "linkSubject", "entity", ("Entity",)),
        Field("property", "linkPredicate", "entity"),
        Field("object", "linkObject", "entity", ("Entity",)),
    ),
    "Supply": (
        Field("from", "supplier", "entity", ("Party",)),
        Field("to", "market", "entity", ("Party", "Place")),
        CONCERNS,
        Field("open", "openList", "flag"),
        DATE,
    ),
}

LINKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "produces": (("Party",), ("product", "sector")),
    "inSector": (("Entity",), ("sector", "product")),
    "shownAt": (("product", "sector"), ("Event",)),
    "alignedWith": (("Event",), ("Programme",)),
    "aheadOf": (("Event",), ("Event",)),
    "groupMember": (("Group",), ("Party",)),
    "basedIn": (("Party",), ("Territory",)),
    "locatedIn": (("Place",), ("Place",)),
    "usesInitiative": (("Event",), ("Initiative",)),
    "decidedBy": (("Programme", "Event", "Initiative"), ("Party", "Post")),
    "supports": (("Entity",), ("Entity",)),
    "recognisedBy": (("Initiative",), ("Party",)),
    "representedBy": (("Party",), ("Person",)),
    "editionOf": (("Event",), ("EventSeries",)),
    "similarTo": (("Territory",), ("Territory",)),
    "cooperatesWith": (("Party",), ("Party",)),
    "appliesTo": (("Entity",), ("Entity",)),
}
"""Properties that a `link` may state: classes or schemes of the subject and of the object."""
