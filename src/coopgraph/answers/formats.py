"""Answers written as text: one writer a format, the same bytes for the same answer.

`WRITERS` is what the command line offers. CSV, TSV, JSON and XML are the formats of the SPARQL
1.1 recommendations. Names stand in place of IRIs only where the caller passes a `label`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse_query_results,
    serialize,
)

from coopgraph.answers.tables import Cell, Label, Table, labelled, to_python
from coopgraph.basics.terms import XSD

Writer = Callable[[Table, Label | None, int | None], bytes]


def write(
    table: Table, format_: str, label: Label | None = None, width: int | None = None
) -> bytes:
    """Return the table in a format of `WRITERS`; KeyError for another.

    `width` is the number of characters that a `table` may take in a line; without it no cell is
    broken. Where columns beside one another do not fit it, each row becomes lines of column and
    value, which may be longer. The other formats take no notice of it.
    """
    return WRITERS[format_](table, label, width)


_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


_GAP: Final = 3
"""The characters between two columns of a drawn table, and some to spare."""

_LONGEST_WORD: Final = 24
"""A longer word may be broken before a table is turned upright."""


def _shown(cell: Cell) -> str:
    """Return a cell for people: no marks of type or language, nothing that steers a terminal."""
    text = "" if cell is None else str(cell) if isinstance(cell, Triple | BlankNode) else cell.value
    return _CONTROL.sub(lambda m: m[0].encode("unicode_escape").decode(), text)


def _table(table: Table, label: Label | None, width: int | None) -> bytes:
    from io import StringIO

    from rich import box
    from rich.cells import cell_len
    from rich.console import Console, JustifyMethod
    from rich.table import Table as Drawn
    from rich.text import Text

    rows = [[_shown(cell) for cell in row] for row in _named(table, label).rows]
    if width is not None and _is_crowded(table.columns, rows, width):
        return _upright(table.columns, rows)
    numbers = _numbers(table)
    drawn = Drawn(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for place, name in enumerate(table.columns):
        justify: JustifyMethod = "right" if place in numbers else "left"
        drawn.add_column(Text(name), overflow="fold", justify=justify)
    for row in rows:
        drawn.add_row(*map(Text, row))
    if width is None:
        cells = zip(table.columns, *rows, strict=True)
        width = sum(max(map(cell_len, column)) + _GAP for column in cells) + _GAP
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
        _environ={},
    )
    console.print(drawn)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines()).encode()


def _is_crowded(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether columns beside one another would break words: each needs its longest, to a limit."""
    needed = 0
    for name, *cells in zip(columns, *rows, strict=True):
        longest = max(len(word) for cell in (name, *cells) for word in cell.split() or [""])
        needed += min(longest, _LONGEST_WORD) + _GAP
    return needed > width


def _upright(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return each row as lines `column  value`; empty cells are left out."""
    wide = max(map(len, columns))
    lines: list[str] = []
    for number, row in enumerate(rows, start=1):
        lines.append(f"── {number} " + "─" * 30)
        for name, cell in zip(columns, row, strict=True):
            parts = zip([name, *[""] * len(cell)], cell.splitlines(), strict=False)
            lines += [f"{head:<{wide}}  {part}".rstrip() for head, part in parts]
    return "".join(f"{line}\n" for line in lines).encode()


def _numbers(table: Table) -> set[int]:
    """Return the places of the columns that hold numbers only."""
    columns = [
        [value for value in map(to_python, c) if value is not None]
        for c in zip(*table.rows, strict=True)
    ]
    return {
        place
        for place, values in enumerate(columns)
        if values and all(type(value) in (int, float, Decimal) for value in values)
    }


def _named(table: Table, label: Label | None) -> Table:
    return labelled(table, label) if label else table


def _term(cell: NamedNode | BlankNode | Literal | Triple) -> dict[str, object]:
    match cell:
        case NamedNode():
            return {"type": "uri", "value": cell.value}
        case BlankNode():
            return {"type": "bnode", "value": cell.value}
        case Triple():
            parts = {"subject": cell.subject, "predicate": cell.predicate, "object": cell.object}
            return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
        case Literal(language=str() as language):
            return {"type": "literal", "value": cell.value, "xml:lang": language}
        case _ if cell.datatype.value == XSD + "string":
            return {"type": "literal", "value": cell.value}
        case _:
            return {"type": "literal", "value": cell.value, "datatype": cell.datatype.value}


def _json(table: Table, label: Label | None, _: int | None) -> bytes:
    bindings = [
        {name: _term(cell) for name, cell in zip(table.columns, row, strict=True) if cell}
        for row in _named(table, label).rows
    ]
    head = json.dumps({"vars": table.columns}, ensure_ascii=False)
    lines = ",\n".join(json.dumps(binding, ensure_ascii=False) for binding in bindings)
    return f'{{"head": {head}, "results": {{"bindings": [\n{lines}\n]}}}}\n'.encode()


def _by_engine(table: Table, label: Label | None, format_: QueryResultsFormat) -> bytes:
    solutions = parse_query_results(_json(table, label, None), format=QueryResultsFormat.JSON)
    return solutions.serialize(format=format_) or b""


def _csv(table: Table, label: Label | None, _: int | None) -> bytes:
    return _by_engine(table, label, QueryResultsFormat.CSV)


def _tsv(table: Table, label: Label | None, _: int | None) -> bytes:
    return _by_engine(table, label, QueryResultsFormat.TSV)


def _jsonl(table: Table, label: Label | None, _: int | None) -> bytes:
    """Write one JSON object a line, keys in the order of the columns, null for what is missing."""
    import msgspec

    encoder = msgspec.json.Encoder(decimal_format="number")
    return b"".join(encoder.encode(row) + b"\n" for row in _named(table, label))


_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>|#])")


def _md(table: Table, label: Label | None, _: int | None) -> bytes:
    def written(cell: Cell) -> str:
        name = label(cell.value) if label and isinstance(cell, NamedNode) else None
        if isinstance(cell, NamedNode):
            address = f"<{cell.value.replace('|', '%7C')}>"
            return f"[{escaped(name)}]({address})" if name else address
        return escaped(_shown(cell))

    def escaped(text: str) -> str:
        return _MARKDOWN.sub(r"\\\1", text).replace("\n", "<br>")

    numbers = _numbers(table)
    rules = ["---:" if place in numbers else "---" for place in range(len(table.columns))]
    rows = [list(map(escaped, table.columns)), rules, *(list(map(written, r)) for r in table.rows)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows).encode()


_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(table: Table, label: Label | None, _: int | None) -> bytes:
    """Write the XML format; a character that XML cannot hold becomes U+FFFD."""

    def content(text: str) -> str:
        return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})

    def element(cell: NamedNode | BlankNode | Literal | Triple) -> str:
        match cell:
            case NamedNode():
                return f"<uri>{content(cell.value)}</uri>"
            case BlankNode():
                return f"<bnode>{content(cell.value)}</bnode>"
            case Triple():
                parts = zip(("subject", "predicate", "object"), cell, strict=True)
                inner = "".join(f"<{name}>{element(part)}</{name}>" for name, part in parts)
                return f"<triple>{inner}</triple>"
            case Literal(language=str() as language):
                mark = f" xml:lang={quoteattr(language)}"
            case _ if cell.datatype.value == XSD + "string":
                mark = ""
            case _:
                mark = f" datatype={quoteattr(cell.datatype.value)}"
        return f"<literal{mark}>{content(cell.value)}</literal>"

    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<sparql xmlns="http://www.w3.org/2005/sparql-results#">')
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in table.columns)
    lines += [f"<head>{variables}</head>", "<results>"]
    for row in _named(table, label).rows:
        pairs = zip(table.columns, row, strict=True)
        bound = [f"<binding name={quoteattr(n)}>{element(c)}</binding>" for n, c in pairs if c]
        lines.append(f"<result>{''.join(bound)}</result>")
    return "\n".join([*lines, "</results>", "</sparql>", ""]).encode()


WRITERS: Final[dict[str, Writer]] = {
    "table": _table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "jsonl": _jsonl,
    "md": _md,
    "xml": _xml,
}
"""The formats of tables, each with its writer; `write` calls them."""


def write_boolean(value: bool, format_: str) -> bytes:
    """Return the answer to an ASK query: standard JSON or XML, else the plain word."""
    word = "true" if value else "false"
    if format_ in ("json", "jsonl"):
        return f'{{"head": {{}}, "boolean": {word}}}\n'.encode()
    if format_ == "xml":
        space = "http://www.w3.org/2005/sparql-results#"
        inner = f"<head/><boolean>{word}</boolean>"
        return f'<?xml version="1.0"?>\n<sparql xmlns="{space}">{inner}</sparql>\n'.encode()
    return f"{word}\n".encode()


def write_triples(triples: Iterable[Triple], prefixes: Mapping[str, str] | None = None) -> bytes:
    """Return the answer to a CONSTRUCT query as Turtle, sorted, each triple once."""
    ordered = sorted(set(triples), key=str)
    return serialize(ordered, format=RdfFormat.TURTLE, prefixes=dict(prefixes or {})) or b""
