"""Where the graph is: the flag, the environment, the configuration, the current folder."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Final

from coopgraph.errors import InputError, StoreMissing
from coopgraph.stores.layout import MARKER

VARIABLE: Final = "COOPGRAPH_STORE"
CONFIGURATION: Final = "coopgraph.toml"
DEFAULT_FOLDER: Final = "coopgraph-store"


def configured(start: Path) -> str | None:
    """Return the store that the nearest `coopgraph.toml` names, from a folder upwards.

    A relative path is meant from the folder of the configuration.

    Raises:
        InputError: If a configuration cannot be read, or its `store` is no text.
    """
    for folder in (start, *start.parents):
        path = folder / CONFIGURATION
        if not path.is_file():
            continue
        try:
            settings = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: {error}", "Mend the configuration.") from error
        store = settings.get("store")
        if store is None:
            return None
        if not isinstance(store, str):
            raise InputError(f"{path}: store is no text", 'Write store = "a/folder".')
        return str(folder / store)
    return None


def store_location(flag: str | None, *, create: bool = False) -> str:
    """Return where the graph is, or, to create, where it shall be.

    Raises:
        StoreMissing: If nothing names a store and the current folder neither is one nor has one.
    """
    here = Path.cwd()
    named = flag or os.environ.get(VARIABLE) or configured(here)
    if named:
        return named
    if (here / MARKER).is_file():
        return "."
    if create or (here / DEFAULT_FOLDER / MARKER).is_file():
        return DEFAULT_FOLDER
    raise StoreMissing(str(here))
