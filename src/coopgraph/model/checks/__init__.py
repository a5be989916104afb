"""What must hold in records beyond their shape: known slugs, fitting classes, real dates.

Each rule has a name; `RULES` says in one sentence what it demands. Everything here is pure:
problems carry a path inside the file's data, and reading turns paths into lines and columns.
"""

from __future__ import annotations

RULES: dict[str, str] = {
    "unknown-slug": "Every slug is declared in the registry, in this record, or is a document.",
    "wrong-class": "A slug stands only where an entity of its class may stand.",
    "unknown-concept": "Every concept stands in its vocabulary.",
    "unknown-class": "An entity's class is one that records may use.",
    "unfit-key": "A key of an entity is one that entities of its class have.",
    "impossible-date": "A date is EDTF, and its days exist.",
    "wrong-value": "A figure's value is a number, a worded bound, or `several`.",
    "wrong-unit": "A figure's unit fits its measure.",
    "growth-without-base": "Growth without a base period cannot be compared.",
    "duplicate-fact": "A fact's id occurs once in its record.",
    "duplicate-claim": "Two claims of one fact have different keys.",
    "duplicate-id": "The id of a judgement, a search or a viewpoint's claim occurs once.",
    "no-claim": "A fact carries at least one claim, and no list in it is empty.",
    "missing-event": "A participation or occurrence names its event, or the document a default.",
    "missing-party": "An outcome has a party; a figure has somebody or something it is of.",
    "link-property": "A link's property is one of those that links may state.",
    "link-size": "A link is a subject, a property and at least one object.",
    "missing-name": "An entity has a name in English, Russian and Kazakh.",
    "declared-twice": "A slug is declared in exactly one place, whatever it names.",
    "shared-entity": "An entity that two files speak of belongs in the registry.",
    "cycle": "Nothing is a part of itself, and nothing repeats or replaces itself.",
    "contested-within": "A contested territory lies within no state; claims say who says what.",
    "unverified-id": "An external identifier says how it was verified.",
    "impossible-point": "A point lies on the globe: latitude within 90 degrees, longitude within 180.",
    "point-of-what": "The point of a territory wider than a town says what it is the point of.",
    "undated-document": "A document has a date or bounds.",
    "not-a-day": "A day of recording or retrieval is a full calendar day.",
    "which-post": "A person with two posts in a document says in which one they act.",
    "claim-reference": "A relation joins two claims that exist.",
    "empty-designation": "A territorial claim has a name or a state.",
    "self-relation": "A relation joins two different claims.",
    "withdrawn": "A withdrawn document stays out of the graph, though its record may stay.",
}
