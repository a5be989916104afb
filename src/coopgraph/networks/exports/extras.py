"""Libraries that are not always installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from coopgraph.errors import InputError


def needed(module: str, extra: str) -> Any:
    """Return a module that an extra of the package brings.

    Raises:
        InputError: If it is not installed; names the command that installs it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        top = module.partition(".")[0]
        if error.name is None or error.name.partition(".")[0] != top:
            raise
        raise InputError(
            f"this needs {top}, which is not installed",
            f"In the checkout: pip install '.[{extra}]'",
        ) from None
