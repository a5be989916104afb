"""A small graph that was made up: one mission, told by two reports, and one contested place.

Everything in it can be counted by hand. `FOLDER` is written by `write_data`, with the two texts
beside it, so that quotes have offsets.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from coopgraph.graph import checking

ENGLISH = (
    "From 3 to 5 June 2024 a delegation of Alpha visited Beta. Delta Works signed a contract "
    "there worth more than 2 million dollars. The Beta Chamber hopes for a second one. "
    "\u201cWe will come again,\u201d said Anna Berg, governor of Alpha. "
    + "The weather was fair and the sea was calm on all three days. "
    * 3
)
RUSSIAN = (
    "В июне 2024 года делегация Альфы посетила Бету. «Дельта-завод» провёл переговоры. "
    "Товарооборот вырос в 1,5 раза. Губернатор Анна Берг назвала Омегу «нашим берегом». "
    + "Погода была ясной, и море оставалось спокойным. "
    * 4
)

REGISTRY = {
    "places": """
alpha:
  class: Region
  name: {en: Alpha, ru: Альфа, kk: Альфа}
  also: {en: Alpha Province}
  within: homeland
beta:
  class: State
  name: {en: Beta, ru: Бета, kk: Бета елі}
homeland:
  class: State
  name: {en: Homeland, ru: Родина, kk: Отан}
omega:
  class: Region
  name: {en: Omega, ru: Омега, kk: Омега}
  contested: true
""",
    "organisations": """
alpha-government:
  class: PublicBody
  name: {en: Government of Alpha, ru: Правительство Альфы, kk: Альфа үкіметі}
  authority_of: alpha
beta-chamber:
  class: Organisation
  name: {en: Beta Chamber, ru: Палата Беты, kk: Бета палатасы}
daily:
  class: Organisation
  name: {en: The Daily, ru: Ежедневная, kk: Күнделікті}
delta-works:
  class: Company
  name: {en: Delta Works, ru: Дельта-завод, kk: Дельта зауыты}
""",
    "persons": """
anna-berg:
  class: Person
  name: {en: Anna Berg, ru: Анна Берг, kk: Анна Берг}
""",
    "posts": """
governor-alpha:
  class: Post
  name: {en: Governor of Alpha, ru: губернатор Альфы, kk: Альфа губернаторы}
  body: alpha-government
  territory: alpha
""",
    "events": """
alpha-mission-2024:
  class: Mission
  name: {en: Mission of Alpha to Beta, ru: Миссия Альфы в Бету, kk: Альфаның Бетаға миссиясы}
  kind: business-mission
""",
    "groups": """
alpha-delegation:
  class: Group
  name: {en: delegation of Alpha, ru: делегация Альфы, kk: Альфа делегациясы}
  also: {en: delegation}
  of: alpha
  complete: false
""",
}

RECORDS = {
    "mission-en": """
document:
  id: mission-en
  title: A mission to Beta
  language: en
  date: 2024-06-06
  publisher: daily
  address: https://daily.example/mission
  address_basis: stated
  sha256: {english}
  length: {english_length}
  curator: curators
  recorded: 2024-07-01
  review: reviewed
  profile: full
  defaults: {{event: alpha-mission-2024, for: {{visitor: alpha, host: beta}}}}
facts:
- id: f1
  quote: From 3 to 5 June 2024 a delegation of Alpha visited Beta
  visitor: alpha-delegation
  host: beta
  occurrence: {{date: 2024-06-03/2024-06-05, place: beta}}
- id: f2
  quote: Delta Works signed a contract … more than 2 million dollars
  visitor: {{who: delta-works, open: true}}
  outcome: {{stage: signed, party: delta-works, form: contract}}
- id: f3
  quote: hopes for a second one
  speaker: beta-chamber
  modality: hoped
  outcome: {{stage: signed, party: [beta-chamber, delta-works], form: contract}}
- id: f4
  quote: said Anna Berg, governor of Alpha
  speaker: anna-berg
  voice: direct
  post: {{holder: anna-berg, post: governor-alpha}}
  statement: {{about: beta, kind: interest, gist: Alpha will come to Beta again.}}
""",
    "mission-ru": """
document:
  id: mission-ru
  title: Alpha in Beta
  language: ru
  date: '[2024-06-06..2024-06-30]'
  sha256: {russian}
  length: {russian_length}
  curator: curators
  recorded: 2024-07-02
  review: candidate
  profile: core
  defaults: {{event: alpha-mission-2024, for: {{visitor: alpha, host: beta}}}}
facts:
- id: f1
  quote: В июне 2024 года делегация Альфы посетила Бету
  visitor: alpha-delegation
  host: beta
  occurrence: {{date: 2024-06, place: beta}}
- id: f2
  quote: «Дельта-завод» провёл переговоры
  visitor: delta-works
  outcome: {{stage: talked, party: delta-works}}
- id: f3
  quote: Товарооборот вырос в 1,5 раза
  basis: inferred
  note: Whose turnover is meant is not said.
  figure: {{of: alpha, with: beta, indicator: turnover, measure: ratio, value: '1.5', unit: times}}
- id: f4
  quote: Анна Берг назвала Омегу «нашим берегом»
  speaker: anna-berg
  designation: {{territory: omega, name: наш берег, state: homeland, kind: claims}}
""",
}

CURATION = """
relations:
- id: when
  claim: mission-en/f1/occurrence-alpha-mission-2024
  relation: refines
  with: mission-ru/f1/occurrence-alpha-mission-2024
  note: The English report names the days, the Russian one the month.
  by: curators
  recorded: 2024-07-03
"""


def write_data(folder: Path) -> Path:
    """Write the data and the texts into a folder, and return the folder of the data."""
    data, texts = folder / "data", folder / "texts"
    texts.mkdir(parents=True)
    facts: dict[str, str | int] = {}
    for name, text in (("english", ENGLISH), ("russian", RUSSIAN)):
        content = text.encode()
        (texts / f"{name}.txt").write_bytes(content)
        facts |= {name: hashlib.sha256(content).hexdigest(), f"{name}_length": len(text)}
    for kind, files in (("registry", REGISTRY), ("records", RECORDS)):
        (data / kind).mkdir(parents=True)
        for stem, text in files.items():
            filled = text.format(**facts) if kind == "records" else text
            (data / kind / f"{stem}.yaml").write_text(filled.lstrip("\n"), encoding="utf-8")
    (data / "curation").mkdir()
    (data / "curation" / "relations.yaml").write_text(CURATION.lstrip("\n"), encoding="utf-8")
    report = checking.check(data, texts, write=True)
    errors = [str(finding) for finding in report.findings if finding.severity == "error"]
    assert not errors, errors
    return data
