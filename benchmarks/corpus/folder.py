"""A small corpus as a data folder of YAML files, the same content as its lines."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
from benchmarks.corpus.stream import Profile, items

from coopgraph.files.decoding import LARGEST
from coopgraph.files.writing import canonical


def write(folder: Path, documents: int, profile: Profile = "full", seed: int = 1) -> None:
    """Write the files of a corpus into a folder.

    Raises:
        ValueError: If a registry would be larger than coopgraph reads.
    """
    registries: dict[str, dict[str, Any]] = defaultdict(dict)
    for item in items(documents, profile, seed):
        if "entity" in item:
            entity = dict(item["entity"])
            registries[item["registry"]][entity.pop("slug")] = entity
        elif "viewpoint" in item:
            _write(folder / "viewpoints" / f"{item['viewpoint']['id']}.yaml", item["viewpoint"])
        else:
            _write(folder / "records" / f"{item['document']['id']}.yaml", item)
    for name, entities in registries.items():
        _write(folder / "registry" / f"{name}.yaml", entities)


def _write(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # JSON is YAML, which is laid out as all data files are.
    text = canonical(msgspec.json.encode(data).decode())
    if len(text.encode()) > LARGEST:
        raise ValueError(f"{path} would have more than {LARGEST} bytes: write JSON Lines with -o")
    path.write_text(text, encoding="utf-8")
