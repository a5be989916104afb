"""Four years that were made up: what the five shipped reports cannot show, counted by hand.

A post changes hands twice, promises are kept or not, one person and one post link two places that
are otherwise apart, a town lies in a contested region, and two figures compare.
"""

from __future__ import annotations

from pathlib import Path

NAMES = "{{en: {0}, ru: {0}, kk: {0}}}"
ENTITIES: dict[str, dict[str, str]] = {
    "places": {
        "north": "class: State",
        "south": "class: State",
        "east": "class: State",
        "alpha": "class: Region, within: north",
        "beta": "class: Region, within: south",
        "gamma": "class: Region, within: east",
        "omega": "class: Region, contested: true",
        "port": "class: Locality, within: omega",
    },
    "organisations": {
        "alpha-government": "class: PublicBody, authority_of: alpha",
        "nord": "class: Company",
        "nordik": "class: Company",
        "sud": "class: Company",
    },
    "persons": {"ann": "class: Person", "bob": "class: Person", "cleo": "class: Person"},
    "posts": {"head-alpha": "class: Post, body: alpha-government"},
    "events": {
        "beta-mission-2020": "class: Mission",
        "beta-talks-2020": "class: Meeting, part_of: beta-mission-2020",
        "beta-mission-2021": "class: Mission",
        "gamma-mission-2022": "class: Mission",
        "gamma-talks-2022": "class: Meeting, part_of: gamma-mission-2022",
        "port-mission-2023": "class: Mission",
    },
}

DOCUMENT = """\
document:
  id: {0}
  title: {0}
  language: en
  date: {1}
  curator: coopgraph-authors
  recorded: 2026-11-22
  review: reviewed
  profile: full
  defaults: {{event: {2}, for: {{visitor: alpha, host: {3}}}}}
facts:
"""
RECORDS = {
    ("first", "2020-05-01", "beta-talks-2020", "beta"): """\
- id: f1
  quote: nord and nordik met sud
  occurrence: {date: 2020-04-20}
  visitor: [nord, nordik]
  host: sud
  outcome: {stage: talks-to-continue, party: [nord, nordik, sud]}
- id: f2
  quote: nord may train the staff of sud
  modality: offered
  outcome:
  - {key: training, stage: offered, form: training, grantor: nord, beneficiary: sud}
  - {key: goods, stage: offered, form: solutions, grantor: nord, beneficiary: sud}
- id: f3
  quote: ann, head of alpha, met bob
  visitor: ann
  post: {holder: ann, post: head-alpha}
  host: bob
- id: f4
  quote: bob invited ann, and ann invited bob
  invitation:
  - {key: to-beta, inviter: bob, invitee: ann, to: beta}
  - {key: to-alpha, inviter: ann, invitee: bob, to: alpha}
- id: f5
  quote: exports of alpha to beta were 10 million, up by a third
  figure:
  - {of: alpha, with: beta, indicator: exports, measure: level, value: 10000000, unit: usd, period: 2019}
  - {of: alpha, with: beta, indicator: exports, measure: growth, value: 33, unit: percent, period: 2019}
""",
    ("second", "2021-06-01", "beta-mission-2021", "beta"): """\
- id: f1
  quote: nord signed with sud
  occurrence: {date: 2021-05-20}
  visitor: nord
  host: sud
  outcome: {stage: signed, form: solutions, party: [nord, sud], signatory: ann, date: 2021-05-21}
- id: f2
  quote: ann, acting head
  visitor: ann
  post: {holder: ann, post: head-alpha, capacity: acting}
- id: f3
  quote: exports in 2019 were about 11 million, up by a third
  figure:
  - {of: alpha, with: beta, indicator: exports, measure: level, value: about 11000000, unit: usd, period: 2019}
  - {of: alpha, with: beta, indicator: exports, measure: growth, value: 33, unit: percent, period: 2019}
""",
    ("third", '"[2022-03-01..2022-03-31]"', "gamma-talks-2022", "gamma"): """\
- id: f1
  quote: ann and cleo, head of alpha
  occurrence: {date: 2022-02-10}
  visitor: [ann, cleo]
  post: {holder: cleo, post: head-alpha}
  host: gamma
- id: f2
  quote: the former head, ann
  post: {holder: ann, post: head-alpha, capacity: former}
""",
    ("fourth", "2023-09-01", "port-mission-2023", "port"): """\
- id: f1
  quote: bob, head of alpha, will go to the port
  modality: planned
  occurrence: {date: 2023-10}
  visitor: bob
  host: port
- id: f2
  quote: bob, head of alpha
  post: {holder: bob, post: head-alpha}
""",
}

VIEWPOINT = """\
id: {0}
name: {{en: {0}, ru: {0}, kk: {0}}}
authority: south
recorded: 2026-11-22
claims:
- {{id: omega, territory: omega, state: south, kind: {1}, citation: {{title: An act, date: 2000}}}}
"""
VIEWPOINTS = {"southern": "recognises", "atlas": "names"}


def write_data(folder: Path) -> Path:
    """Write the data folder and return it."""
    for kind, entities in ENTITIES.items():
        _write(
            folder / "registry" / f"{kind}.yaml",
            "".join(
                f"{slug}: {{{rest}, name: {NAMES.format(slug)}}}\n"
                for slug, rest in entities.items()
            ),
        )
    for (name, *rest), facts in RECORDS.items():
        _write(folder / "records" / f"{name}.yaml", DOCUMENT.format(name, *rest) + facts)
    for name, kind in VIEWPOINTS.items():
        _write(folder / "viewpoints" / f"{name}.yaml", VIEWPOINT.format(name, kind))
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
