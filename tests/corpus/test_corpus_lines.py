"""The lines of a corpus: the same bytes, one a prefix of the other, nothing named before it is known."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from itertools import islice
from pathlib import Path

import msgspec
import pytest
from benchmarks.corpus.stream import Profile, items, lines
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET, Struct, UnsetType

from coopgraph.basics.iris import is_slug
from coopgraph.files import shipped
from coopgraph.model import claims
from coopgraph.model.checks import entities, judgements, records
from coopgraph.model.index import Index, Known, vocabulary
from coopgraph.model.records import Document, Entity, Fact, Record, Slug, Viewpoint

ROOT = Path(__file__).parents[2]
PROFILES: list[Profile] = ["full", "core"]


class Declared(Entity, forbid_unknown_fields=True, frozen=True, omit_defaults=True, kw_only=True):
    slug: Slug


class Line(Struct, forbid_unknown_fields=True):
    registry: Slug | UnsetType = UNSET
    entity: Declared | UnsetType = UNSET
    viewpoint: Viewpoint | UnsetType = UNSET
    document: Document | UnsetType = UNSET
    entities: dict[Slug, Entity] = {}
    facts: list[Fact] = []


@pytest.mark.parametrize(
    ("profile", "first"),
    [("full", "e3ca9e8b0e8b154d"), ("core", "af328857e8e02e44")],
)
def test_the_first_ten_documents_are_these_bytes(profile: Profile, first: str) -> None:
    # Taken from a run on Python 3.11 and from one on Python 3.13 with another seed of hashes.
    assert sha256(b"".join(lines(10, profile))).hexdigest()[:16] == first


def test_the_order_of_hashes_does_not_matter() -> None:
    command = [sys.executable, "-m", "benchmarks.corpus", "--documents", "40"]
    for hashes in ("1", "2"):
        run = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": hashes}, capture_output=True, check=True
        )  # fmt: skip
        assert run.stdout == b"".join(lines(40))


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 99), st.sampled_from(PROFILES))
@settings(max_examples=20)
def test_a_corpus_is_a_prefix_of_every_longer_one(
    a: int, b: int, seed: int, profile: Profile
) -> None:
    short, long = (b"".join(lines(n, profile, seed)) for n in sorted((a, b)))
    assert long.startswith(short)


def test_another_seed_is_another_corpus() -> None:
    assert b"".join(lines(3, seed=1)) != b"".join(lines(3, seed=2))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("documents", [0, 1, 2, 25])
def test_as_many_documents_as_are_asked_for(documents: int, profile: Profile) -> None:
    made = list(items(documents, profile))
    assert sum("document" in item for item in made) == documents
    if documents:
        assert "document" in made[-1]


@pytest.mark.parametrize("profile", PROFILES)
def test_both_profiles_tell_of_the_same_documents_and_entities(profile: Profile) -> None:
    def told(which: Profile) -> list[object]:
        found: list[object] = []
        for item in items(60, which):
            if "document" in item:
                head = dict(item["document"])
                assert head.pop("profile") == which
                head.pop("length")
                found.append(head)
            else:
                found.append(item)
        return found

    assert told(profile) == told("full")


@pytest.mark.parametrize("profile", PROFILES)
def test_one_decoder_reads_every_line(profile: Profile) -> None:
    decoder = msgspec.json.Decoder(Line)
    for line in lines(60, profile):
        assert line.endswith(b"\n")
        read = decoder.decode(line)
        assert len([p for p in (read.entity, read.viewpoint, read.document) if p is not UNSET]) == 1
        assert (read.registry is UNSET) == (read.entity is UNSET)


@pytest.mark.parametrize("profile", PROFILES)
def test_whatever_a_line_names_stands_before_it(profile: Profile) -> None:
    words = vocabulary(t for triples in shipped.ontology_graphs().values() for t in triples)
    known: dict[str, Known] = {}
    documents: set[str] = set()
    for item in items(150, profile, seed=3):
        index = Index(words, known, frozenset(documents))
        if "entity" in item:
            entity = msgspec.convert(item["entity"], Declared)
            assert entity.slug not in known
            found = entities.problems(Known(entity.slug, entity, ""), (), index)
            known[entity.slug] = Known(entity.slug, entity, item["registry"])
        elif "viewpoint" in item:
            found = judgements.viewpoint_problems(
                msgspec.convert(item["viewpoint"], Viewpoint), index
            )
        else:
            record = msgspec.convert(item, Record)
            name = record.document.id
            assert name not in documents
            documents.add(name)
            assert not known.keys() & record.entities.keys()
            own = {slug: Known(slug, e, name, name) for slug, e in record.entities.items()}
            index = Index(words, known | own, frozenset(documents))
            found = records.problems(record, index)
        assert list(found) == []


def test_every_slug_is_one_and_every_name_is_unlike_the_others_of_its_class() -> None:
    names: dict[tuple[str, str], str] = {}
    for item in items(300, "core"):
        if "entity" in item:
            slug, name = item["entity"]["slug"], item["entity"]["name"]["en"]
            assert is_slug(slug)
            assert names.setdefault((item["entity"]["class"], name), slug) == slug


def test_nothing_of_the_world_is_meant() -> None:
    text = b"".join(lines(60)).decode()
    assert '"ids"' not in text
    assert text.count("https://") == text.count(".example/") == 60


def test_a_copy_has_the_facts_of_its_original() -> None:
    found: dict[str, dict] = {}
    copies = 0
    for item in items(200):
        if "document" in item:
            head = item["document"]
            found[head["id"]] = item
            if "repeats" in head:
                copies += 1
                original = found[head["repeats"]]
                assert item["facts"] == original["facts"]
                assert head.get("origin") == original["document"].get("origin")
                assert head["date"] >= original["document"]["date"][:10].strip("[.")
    # Half of all documents are not the first of their story, and 35 in 100 of these are copies: 35.
    assert 20 <= copies <= 60


def test_lines_are_made_while_they_are_asked_for() -> None:
    # A million documents are named; a thousand lines are made.
    assert len(list(islice(lines(1_000_000, "core"), 1000))) == 1000


def test_no_claim_is_made_twice_in_a_fact() -> None:
    words = vocabulary(t for triples in shipped.ontology_graphs().values() for t in triples)
    made = list(items(60, seed=7))
    known = {
        e["slug"]: Known(e["slug"], msgspec.convert(e, Declared), "")
        for e in (item["entity"] for item in made if "entity" in item)
    }
    for item in made:
        if "document" in item:
            record = msgspec.convert(item, Record)
            keys = [(f.fact.id, f.key) for f in claims.forms(record, Index(words, known))]
            assert len(keys) == len(set(keys))
