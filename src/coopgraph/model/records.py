"""The shape of records, registry entities, viewpoints, curation and searches, as files hold them.

These structures are the one description of the format: reading checks files against them, and
the JSON Schema for editors is written from them. What the words mean is in `docs/codebook.md`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Words = Annotated[str, Meta(min_length=1, max_length=4000)]
# msgspec 0.22 crashes at interpreter exit when a pattern and a list meet in one union; the pattern
# of the single slug is kept for editors only, and checks report what is no slug.
_One = Annotated[str, Meta(extra_json_schema={"pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$"})]
Many = _One | list[Slug]
"""One slug, or a list of slugs."""

Modality = Literal["asserted", "planned", "hoped", "promised", "offered", "denied"]
Basis = Literal["stated", "inferred"]
Voice = Literal["article", "reported", "direct"]
Review = Literal["candidate", "reviewed", "published"]


class Names(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A name in the three languages."""

    en: Words | None = None
    ru: Words | None = None
    kk: Words | None = None


class Spellings(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """Other names by language."""

    en: Words | list[Words] = []
    ru: Words | list[Words] = []
    kk: Words | list[Words] = []


class Identifiers(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """Identifiers given by others; each must have been verified."""

    wikidata: Annotated[str, Meta(pattern=r"^Q[1-9]\d*$")] | None = None
    iso3166: Annotated[str, Meta(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")] | None = None
    inn: Annotated[str, Meta(pattern=r"^(\d{10}|\d{12})$")] | None = None
    ogrn: Annotated[str, Meta(pattern=r"^(\d{13}|\d{15})$")] | None = None
    geonames: Annotated[str, Meta(pattern=r"^[1-9]\d*$")] | None = None


class Point(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True, kw_only=True):
    """A position in degrees of WGS 84 that stands for a place; not a word on whom it belongs to."""

    # What is out of range is told by a check, in plainer words than a bound would be.
    lat: Annotated[float, Meta(extra_json_schema={"minimum": -90, "maximum": 90})]
    lon: Annotated[float, Meta(extra_json_schema={"minimum": -180, "maximum": 180})]
    of: Words | None = None
    how: Words


class Entity(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True, kw_only=True):
    """A thing with one identifier across all documents, declared in exactly one file."""

    class_: str = field(name="class")
    name: Names
    also: Spellings | None = None
    described: bool = False
    within: Many | None = None
    contested: bool = False
    based_in: Many | None = None
    authority_of: Many | None = None
    part_of: Many | None = None
    legal_form: Slug | None = None
    body: Slug | None = None
    territory: Slug | None = None
    of: Many | None = None
    complete: bool | None = None
    edition_of: Slug | None = None
    kind: Slug | None = None
    from_: str | None = field(name="from", default=None)
    until: str | None = None
    replaces: Slug | None = None
    by: Slug | None = None
    apart: Many | None = None
    point: Point | None = None
    ids: Identifiers | None = None
    ids_checked: Words | None = None
    note: Words | None = None


class Superseded(Struct, forbid_unknown_fields=True, frozen=True):
    """When, by whom and why a fact gave way; the fact itself stays in its record."""

    on: str
    by: str
    reason: Words


class Claim(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True, kw_only=True):
    """What every claim may say for itself instead of taking it from its fact."""

    key: Slug | None = None
    modality: Modality | None = None
    basis: Basis | None = None
    note: Words | None = None


class Participation(Claim, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """Parties that took part in an event on the side that the fact's key names."""

    who: Many
    role: Slug | None = None
    event: Slug | None = None
    for_: Many | None = field(name="for", default=None)
    as_: Slug | None = field(name="as", default=None)
    on: Many | None = None
    open: bool = False


class Occurrence(Claim, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """An event (programme, practice, strategy) came about or will, when and where."""

    of: Slug | None = None
    date: str | int | None = None
    place: Many | None = None


class PostHolding(Claim, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A person held a post at the time of the document."""

    holder: Slug
    post: Many
    capacity: Slug | None = None
    date: str | int | None = None


class Outcome(Claim, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """An event led to an agreement, a talk or a result at some stage."""

    stage: Slug
    event: Slug | None = None
    party: Many | None = None
    grantor: Many | None = None
    beneficiary: Many | None = None
    form: Slug | None = None
    agreement: Slug | None = None
    signatory: Many | None = None
    date: str | int | None = None
    on: Many | None = None
    gist: Words | None = None


class Figure(Claim, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A number about a party or a pair of parties, as the source words it."""

    indicator: Slug
    measure: Slug
    value: str | int | float
    of: Slug | None = None
    with_: Slug | None = field(name="with", default=None)
    event: Slug | None = None
    unit: Slug | None = None
    period: str | int | None = None
    base: str | int | None = None
    whole: Slug | None = None
    on: Many | None = None
    said: Words | None = None


class Statement(Claim, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """Somebody, or the article itself, said something."""

    gist: Words
    about: Many | None = None
    kind: Slug | None = None
    event: Slug | None = None
    as_: Slug | None = field(name="as", default=None)
    on: Many | None = None


class Invitation(Claim, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A party invited another."""

    inviter: Many
    invitee: Many
    to: Many | None = None
    gist: Words | None = None
    date: str | int | None = None


class Designation(Claim, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """What somebody calls a territory, or which state they say it belongs to."""

    territory: Many
    name: Words | None = None
    state: Slug | None = None
    kind: Slug | None = None
    by: Slug | None = None


class Supply(Claim, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """Goods or services of one party are sold, wanted or shipped in another."""

    from_: Slug = field(name="from")
    to: Slug
    on: Many | None = None
    open: bool = False
    date: str | int | None = None


Participations = Participation | str | list[Participation | str]
Link = list[str | list[str]]
"""`[subject, property, object, ...]`, or a list of such lists."""


class Fact(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True, kw_only=True):
    """A quote, who says it, how sure it is, and the claims that rest on it."""

    id: Slug
    quote: Annotated[str, Meta(min_length=1)]
    at: int | None = None
    event: Slug | None = None
    speaker: Slug | None = None
    voice: Voice | None = None
    modality: Modality = "asserted"
    basis: Basis = "stated"
    note: Words | None = None
    recorded: str | None = None
    superseded: Superseded | None = None
    visitor: Participations = []
    host: Participations = []
    third: Participations = []
    occurrence: Occurrence | list[Occurrence] = []
    post: PostHolding | list[PostHolding] = []
    outcome: Outcome | list[Outcome] = []
    figure: Figure | list[Figure] = []
    statement: Statement | list[Statement] = []
    invitation: Invitation | list[Invitation] = []
    designation: Designation | list[Designation] = []
    link: Link = []
    supply: Supply | list[Supply] = []


class ForSides(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """For which territories the parties of each side act, unless a fact says otherwise."""

    visitor: Many | None = None
    host: Many | None = None
    third: Many | None = None


class Defaults(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """What facts of the document may leave out."""

    event: Slug | None = None
    for_: ForSides | None = field(name="for", default=None)


class Document(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True, kw_only=True):
    """A source text: where it stands, when it was written, how it was checked."""

    id: Slug
    title: Words
    language: Literal["en", "ru", "kk"]
    date: str | int | None = None
    publisher: Slug | None = None
    address: Annotated[str, Meta(pattern=r"^https?://[^\s<>\"{}|\\^`]+$")] | None = None
    address_basis: Literal["stated", "matched"] | None = None
    archived: Annotated[str, Meta(pattern=r"^https?://[^\s<>\"{}|\\^`]+$")] | None = None
    retrieved: str | None = None
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")] | None = None
    length: Annotated[int, Meta(ge=1)] | None = None
    origin: Slug | None = None
    repeats: Slug | None = None
    curator: Slug
    recorded: str
    review: Review = "candidate"
    profile: Literal["core", "full"] = "core"
    note: Words | None = None
    defaults: Defaults = Defaults()


class Record(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """One source document with the entities it introduces and the facts it states."""

    document: Document
    entities: dict[Slug, Entity] = {}
    facts: list[Fact] = []


class Citation(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A public act that a viewpoint's claim rests on."""

    title: Words
    date: str | int
    address: Annotated[str, Meta(pattern=r"^https?://[^\s<>\"{}|\\^`]+$")] | None = None


class ViewpointClaim(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """What an authority says of territories, by a citable act."""

    id: Slug
    territory: Many
    kind: Slug
    citation: Citation
    state: Slug | None = None
    name: Names | None = None
    note: Words | None = None


class Viewpoint(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A view of who belongs to whom, to be chosen by the reader and never by default."""

    id: Slug
    name: Names
    authority: Slug
    recorded: str
    claims: list[ViewpointClaim]
    note: Words | None = None


class Relation(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True, kw_only=True):
    """A curated relation between two claims, each given as `document/fact/key`."""

    id: Slug
    claim: str
    relation: Literal["corroborates", "refines", "differs"]
    with_: str = field(name="with")
    note: Words
    by: Slug
    recorded: str
    superseded: Superseded | None = None


class Identity(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A judgement that names belong to one entity, or that two entities stay apart."""

    id: Slug
    reason: Words
    by: Slug
    recorded: str
    same: list[str] | UnsetType = UNSET
    apart: list[Slug] | UnsetType = UNSET
    entity: Slug | None = None
    superseded: Superseded | None = None


class Withdrawal(Struct, forbid_unknown_fields=True, frozen=True):
    """A document taken out of the graph, with day and reason; its file may stay or go."""

    document: Slug
    on: str
    by: Slug
    reason: Words


class Curation(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A file of curated judgements."""

    relations: list[Relation] = []
    identities: list[Identity] = []
    withdrawals: list[Withdrawal] = []


class Excluded(Struct, forbid_unknown_fields=True, frozen=True):
    """What a search found and left out, and why."""

    what: Words
    why: Words


class Search(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True, kw_only=True):
    """What was looked for, where and when, so that silence can be told from not looking."""

    id: Slug
    on: str
    query: Words
    outlets: list[Words] = []
    from_: str | None = field(name="from", default=None)
    until: str | None = None
    territories: list[Slug] = []
    hits: Annotated[int, Meta(ge=0)] | None = None
    excluded: list[Excluded] = []
    note: Words | None = None


class Searches(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A file of searches."""

    searches: list[Search]
