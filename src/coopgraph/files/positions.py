"""Where a value stands in a YAML or JSON text: line and column, both from 1.

The data themselves are read by another library, which keeps no positions. So the text is composed
a second time, only when somebody has to be shown a place, and never deeper than `DEPTH`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from coopgraph.basics.findings import Path

DEPTH: Final = 128
"""The deepest nesting that is followed; the reader of data refuses more than this too."""

Place = tuple[int, int]
UNKNOWN: Final[Place] = (0, 0)


@dataclass
class Node:
    """A scalar, sequence or mapping of a text, with the marks of its first and last character.

    `value` is the text of a scalar, the nodes of a sequence, the pairs of nodes of a mapping.
    """

    id: str
    value: Any
    start_mark: Any
    end_mark: Any
    flow_style: bool = True

    @cached_property
    def pairs(self) -> dict[str, tuple[Node, Node]]:
        """The pairs of a mapping by key; of two equal keys the first counts."""
        return {str(key.value): (key, value) for key, value in reversed(self.value)}


def position(text: str, path: Path, *, key: bool = False) -> Place:
    r"""Return line and column of the value at `path`, or of its key.

    A path that leads further than the text gives the place of its last part that exists, so that
    a missing key is shown at the thing which lacks it. A text that cannot be composed gives
    `(0, 0)`.

    >>> position("facts:\n- id: f1\n  quote: x", ("facts", 0, "quote"))
    (3, 10)
    >>> position("facts:\n- id: f1\n  quote: x", ("facts", 0, "quote"), key=True)
    (3, 3)
    """
    node = compose(text)
    if node is None:
        return UNKNOWN
    name = node
    for step in path:
        found = _child(node, step)
        if found is None:
            key = False
            break
        name, node = found
    mark = (name if key else node).start_mark
    return mark.line + 1, mark.column + 1


def _child(node: Node, step: str | int) -> tuple[Node, Node] | None:
    """Return the key and the value below a node; in a list both are the item."""
    if node.id == "sequence" and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    if node.id == "mapping":
        return node.pairs.get(str(step))
    return None


@lru_cache(maxsize=8)
def compose(text: str) -> Node | None:
    """Return the tree of nodes; None if the text has none, cannot be read or nests too deep."""
    import yaml

    found: list[Node] = []
    open_nodes: list[Node] = []
    events: Iterator[Any] = yaml.parse(text, loader())
    try:
        for event in events:
            name = type(event).__name__
            if name in {"ScalarEvent", "AliasEvent"}:
                value = event.value if name == "ScalarEvent" else f"*{event.anchor}"
                node = Node("scalar", value, event.start_mark, event.end_mark)
                _add(node, open_nodes, found)
            elif name in {"SequenceStartEvent", "MappingStartEvent"}:
                kind = "sequence" if name == "SequenceStartEvent" else "mapping"
                node = Node(kind, [], event.start_mark, event.end_mark, event.flow_style)
                _add(node, open_nodes, found)
                open_nodes.append(node)
                if len(open_nodes) > DEPTH:
                    return None
            elif name in {"SequenceEndEvent", "MappingEndEvent"}:
                node = open_nodes.pop()
                node.end_mark = event.end_mark
                if node.id == "mapping":
                    node.value = list(zip(node.value[::2], node.value[1::2], strict=True))
    except yaml.YAMLError:
        return None
    return found[0] if len(found) == 1 else None


def _add(node: Node, open_nodes: list[Node], found: list[Node]) -> None:
    (open_nodes[-1].value if open_nodes else found).append(node)


def loader() -> Any:
    """Return the parser of events and tokens; both kinds work without recursion."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def equal_keys(text: str) -> Iterator[tuple[Path, Place, Place]]:
    """Yield (path, first place, second place) for keys that stand twice in one mapping."""
    root = compose(text)
    todo: list[tuple[Path, Node]] = [((), root)] if root else []
    while todo:
        path, node = todo.pop()
        if node.id == "sequence":
            todo += [((*path, number), item) for number, item in enumerate(node.value)]
        elif node.id == "mapping":
            seen: dict[str, Node] = {}
            for name, value in node.value:
                here = (*path, str(name.value))
                todo.append((here, value))
                first = seen.setdefault(str(name.value), name)
                if first is not name:
                    yield here, _place(first), _place(name)


def hazard(text: str) -> tuple[str, Place] | None:
    """Return (rule, place) of the first alias (`*name`), or of what keeps us from looking for one.

    Aliases repeat what they name, so that a small file can fill any memory: nobody may read the
    data of a text before this has said None.
    """
    import yaml

    level = 0
    tokens: Iterator[Any] = yaml.scan(text, loader())
    try:
        for token in tokens:
            if token.id == "<alias>":
                return "alias", _place(token)
            level += (token.id in {"[", "{"}) - (token.id in {"]", "}"})
            if level > DEPTH:
                return "too-deep", _place(token)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return "yaml-syntax", (mark.line + 1, mark.column + 1) if mark else UNKNOWN
    except yaml.YAMLError:
        return "yaml-syntax", UNKNOWN
    return None


def _place(node: Any) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1
