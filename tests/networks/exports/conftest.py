"""Schemas of XML formats, from outside the project."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

Valid = Callable[[bytes], None]


@pytest.fixture(scope="session")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of schemas; tests that need one are skipped where there is none."""
    others = os.environ.get("COOPGRAPH_OTHERS")
    if not others:
        pytest.skip("the schemas are not part of the project: set COOPGRAPH_OTHERS")
    folder = tmp_path_factory.mktemp("xsd")
    with tarfile.open(Path(others) / "conformance" / "graph_xsd.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    return folder


def _valid(schema: Path) -> Valid:
    from lxml import etree

    known = etree.XMLSchema(etree.parse(str(schema)))
    return lambda content: known.assertValid(etree.fromstring(content, parser()))


def parser() -> object:
    """A parser for large files; without, libxml2 refuses long texts."""
    from lxml import etree

    return etree.XMLParser(huge_tree=True, resolve_entities=False)


@pytest.fixture(scope="session")
def valid_gexf(schemas: Path) -> Valid:
    """Fails for what is not valid GEXF 1.3."""
    return _valid(schemas / "gexf-1.3" / "gexf.xsd")


@pytest.fixture(scope="session")
def valid_graphml(schemas: Path) -> Valid:
    """Fails for what is not valid GraphML."""
    return _valid(schemas / "graphml" / "graphml.xsd")
