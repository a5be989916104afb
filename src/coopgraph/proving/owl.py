"""What the two checks by Java share: where Java is, and triples as OWL tools want them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from coopgraph.basics.terms import GRAPH
from coopgraph.errors import CheckNotRun

_LIST_NODE = re.compile(rf"<{re.escape(GRAPH)}ontology/node/([0-9a-f]+)>")


def java(check: str) -> str:
    """Return the path of Java.

    Raises:
        CheckNotRun: If there is none.
    """
    found = shutil.which("java")
    if found is None:
        raise CheckNotRun(check, "Java was not found on the PATH")
    return found


def tools(check: str) -> Path:
    """Return the folder of owlready2, in which HermiT and the OWL API are.

    Raises:
        CheckNotRun: If owlready2 is not installed.
    """
    try:
        import owlready2
    except ImportError as error:
        raise CheckNotRun(check, "owlready2 is not installed") from error
    return Path(owlready2.__file__).parent


def ntriples(triples: Iterable[str]) -> str:
    """Return triples as N-Triples in which the nodes of lists are blank, as OWL demands."""
    text = "".join(f"{triple} .\n" for triple in triples)
    return _LIST_NODE.sub(r"_:n\1", text)
