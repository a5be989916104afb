"""Where the graph is: the flag, the environment, the configuration, the current folder.

A graph on a server is named by its address, or as `endpoint:NAME` by a table `[endpoint.NAME]` of
the nearest `coopgraph.toml`, which says more of it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from coopgraph.errors import InputError, StoreMissing
from coopgraph.stores import Location
from coopgraph.stores.endpoints import SCHEMES, Endpoint, at, endpoint
from coopgraph.stores.layout import MARKER

VARIABLE: Final = "COOPGRAPH_STORE"
CONFIGURATION: Final = "coopgraph.toml"
DEFAULT_FOLDER: Final = "coopgraph-store"
ENDPOINT: Final = "endpoint:"
USER: Final = "COOPGRAPH_USER"
PASSWORD: Final = "COOPGRAPH_PASSWORD"  # noqa: S105 - the name of a variable
TOKEN: Final = "COOPGRAPH_TOKEN"  # noqa: S105 - likewise


def configured(start: Path) -> str | None:
    """Return the store that the nearest `coopgraph.toml` names, from a folder upwards.

    A relative path is meant from the folder of the configuration.

    Raises:
        InputError: If a configuration cannot be read, or its `store` is no text.
    """
    for path, settings in _settings(start):
        store = settings.get("store")
        if store is None:
            return None
        if not isinstance(store, str):
            raise InputError(f"{path}: store is no text", 'Write store = "a/folder".')
        return store if _is_remote(store) else str(path.parent / store)
    return None


def _settings(start: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the nearest configuration, if there is one."""
    for folder in (start, *start.parents):
        path = folder / CONFIGURATION
        if not path.is_file():
            continue
        try:
            yield path, tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: {error}", "Mend the configuration.") from error
        return


def _is_remote(named: str) -> bool:
    return named.startswith(ENDPOINT) or named.partition("://")[0] in SCHEMES


def remote(named: str, start: Path) -> Endpoint:
    """Return the endpoint that an address or `endpoint:NAME` means, with credentials.

    These come from the environment, or from the file that the configuration names: one line,
    `user:password` or a token.

    Raises:
        InputError: If there is no such endpoint, or its settings cannot be used.
    """
    if not named.startswith(ENDPOINT):
        return _trusted(at(named))
    name = named.removeprefix(ENDPOINT)
    known: dict[str, Any] = {}
    for path, settings in _settings(start):
        known = settings.get("endpoint", {})
        if isinstance(known, dict) and isinstance(known.get(name), dict):
            return _trusted(_read(known[name], named, path))
    there = ", ".join(known) if isinstance(known, dict) else ""
    raise InputError(
        f"there is no endpoint '{name}'",
        f"There are: {there}." if there else f"Describe it in {CONFIGURATION}: [endpoint.{name}]",
    )


def _read(settings: dict[str, Any], named: str, path: Path) -> Endpoint:
    kept = {key: value for key, value in settings.items() if key != "credentials"}
    secret = settings.get("credentials")
    if secret is None:
        return endpoint(kept, named)
    file = path.parent / Path(str(secret)).expanduser()
    try:
        line = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}", "Mend `credentials`.") from error
    user, colon, password = line.partition(":")
    found = {"user": user, "password": password} if colon else {"token": line}
    return endpoint({**kept, **found}, named)


def _trusted(found: Endpoint) -> Endpoint:
    """Return an endpoint with what the environment says of who asks, which goes first."""
    token, user = os.environ.get(TOKEN, ""), os.environ.get(USER, "")
    if token:
        return replace(found, token=token)
    if user:
        return replace(found, user=user, password=os.environ.get(PASSWORD, ""), token="")
    return found


def store_location(flag: str | None, *, create: bool = False) -> Location:
    """Return where the graph is, or, to create, where it shall be.

    Raises:
        StoreMissing: If nothing names a store and the current folder neither is one nor has one.
        InputError: If an endpoint is named that is not described, or cannot be.
    """
    here = Path.cwd()
    named = flag or os.environ.get(VARIABLE) or configured(here)
    if named:
        return remote(named, here) if _is_remote(named) else named
    if (here / MARKER).is_file():
        return "."
    if create or (here / DEFAULT_FOLDER / MARKER).is_file():
        return DEFAULT_FOLDER
    raise StoreMissing(str(here))
