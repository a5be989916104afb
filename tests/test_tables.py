"""Answers keep their terms, compare without regard to order, and are written in every format."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopgraph.answers import formats, tables

XSD = "http://www.w3.org/2001/XMLSchema#"
MOSCOW = "https://w3id.org/coopgraph/id/place/moscow"
CLAIM = "https://w3id.org/coopgraph/id/claim/"
ANSWER = f"""
SELECT ?place ?name ?value ?day ?claims WHERE {{
  VALUES (?place ?name ?value ?day ?claims) {{
    (<{MOSCOW}> "Мәскеу, «қала»"@kk 536.4 "2025-09-08"^^<{XSD}date> "{CLAIM}b {CLAIM}a {CLAIM}b")
    (<{MOSCOW}> "a \\"b\\"|*c*" 10 UNDEF "")
    (UNDEF "two\\nlines" UNDEF UNDEF UNDEF)
  }}
}}
"""


def ask(text: str, evidence=()) -> tables.Table:
    return tables.from_solutions(ox.Store().query(text), evidence)


def typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))


@pytest.fixture(scope="module")
def table() -> tables.Table:
    return ask(ANSWER, ["claims"])


def test_a_table_keeps_columns_rows_and_terms(table):
    assert table.columns == ("place", "name", "value", "day", "claims")
    assert len(table) == 3
    assert table.rows[0][1] == ox.Literal("Мәскеу, «қала»", language="kk")
    assert table.rows[2][0] is None


def test_claims_of_a_row_are_sorted_and_each_is_there_once(table):
    assert table.rows[0][4] == ox.Literal(f"{CLAIM}a {CLAIM}b")
    assert table.claims(0) == (f"{CLAIM}a", f"{CLAIM}b")
    assert table.claims(1) == table.claims(2) == ()


def test_a_column_of_single_claims_is_evidence_too():
    table = ask(f"SELECT ?claim WHERE {{ VALUES ?claim {{ <{CLAIM}a> }} }}", ["claim"])
    assert table.claims(0) == (f"{CLAIM}a",)


def test_rows_become_mappings_of_python_values(table):
    assert next(iter(table)) == {
        "place": MOSCOW,
        "name": "Мәскеу, «қала»",
        "value": Decimal("536.4"),
        "day": date(2025, 9, 8),
        "claims": f"{CLAIM}a {CLAIM}b",
    }
    assert table.column("value") == [Decimal("536.4"), 10, None]
    with pytest.raises(KeyError):
        table.column("nothing")


PYTHON = [
    (typed("-07", "integer"), -7),
    (typed("1.50", "decimal"), Decimal("1.50")),
    (typed("1e3", "double"), 1000.0),
    (typed("true", "boolean"), True),
    (typed("0", "boolean"), False),
    (typed("2025-09-08", "date"), date(2025, 9, 8)),
    (typed("2025-09-08T01:02:03Z", "dateTime"), datetime(2025, 9, 8, 1, 2, 3, tzinfo=UTC)),
    (ox.Literal("x", language="ru"), "x"),
    (ox.BlankNode("b"), "_:b"),
]

STAY_TEXT = [
    ("1_000", "integer"),
    ("٣", "integer"),
    ("0x10", "integer"),
    (" 1", "integer"),
    ("1e3", "decimal"),
    ("NaN", "decimal"),
    ("yes", "boolean"),
    ("20250908", "date"),
    ("2025-W37-1", "date"),
    ("2025-02-30", "date"),
    ("2025-09-08Z", "date"),
    ("2025", "gYear"),
    ("9" * 5000, "integer"),
]


@pytest.mark.parametrize(("cell", "value"), PYTHON)
def test_a_literal_becomes_the_python_value_of_its_type(cell, value):
    found = tables.to_python(cell)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("text", "datatype"), STAY_TEXT)
def test_what_its_type_does_not_allow_stays_text(text, datatype):
    assert tables.to_python(typed(text, datatype)) == text


def row_table(*cells) -> tables.Table:
    return tables.Table(("x",), tuple((cell,) for cell in cells))


def test_sorting_puts_nothing_first_then_iris_numbers_days_and_texts():
    cells = (
        ox.Literal("b"),
        typed("2025-01-02", "date"),
        ox.NamedNode("http://b"),
        typed("10", "integer"),
        typed("9.5", "decimal"),
        None,
        ox.NamedNode("http://a"),
        ox.Literal("a", language="ru"),
        typed("true", "boolean"),
        typed("2025-01-01T00:00:00", "dateTime"),
        typed("NaN", "double"),
    )
    shown = [tables.to_python(row[0]) for row in tables.sort(row_table(*cells)).rows]
    assert str(shown) == str(
        [None, "http://a", "http://b", True, float("nan"), Decimal("9.5"), 10, date(2025, 1, 2),
         datetime(2025, 1, 1), "a", "b"]  # noqa: DTZ001
    )  # fmt: skip


def test_sorting_by_a_column_keeps_the_order_of_rows_that_tie():
    one, two = ox.Literal("1"), ox.Literal("2")
    table = tables.Table(("x", "y"), ((one, two), (one, one), (None, two)))
    assert tables.sort(table, ["x"]).rows == ((None, two), (one, two), (one, one))
    assert tables.sort(table).rows == ((None, two), (one, one), (one, two))


def test_tables_are_the_same_whatever_the_order_and_the_spelling_of_numbers():
    one = row_table(typed("2", "integer"), typed("1.50", "decimal"), None)
    other = row_table(None, typed("1.5", "decimal"), typed("02", "integer"))
    assert tables.same(one, other)


DIFFERENT = [
    (row_table(None, None), row_table(None)),
    (row_table(ox.Literal("a")), row_table(ox.Literal("a", language="ru"))),
    (row_table(ox.Literal("http://a")), row_table(ox.NamedNode("http://a"))),
    (row_table(ox.Literal("1")), row_table(typed("1", "integer"))),
    (row_table(typed("true", "boolean")), row_table(typed("1", "integer"))),
    (row_table(), tables.Table(("y",), ())),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_tables_that_differ_in_a_term_or_in_how_often_it_occurs_are_not_the_same(one, other):
    assert not tables.same(one, other)


def test_names_take_the_place_of_iris_only_where_there_is_one():
    table = tables.labelled(
        row_table(ox.NamedNode(MOSCOW), ox.NamedNode("http://a"), ox.Literal(MOSCOW)),
        {MOSCOW: "Москва"}.get,
    )
    assert [tables.to_python(row[0]) for row in table.rows] == ["Москва", "http://a", MOSCOW]


def written(table, format_, **options) -> str:
    return formats.write(table, format_, **options).decode()


def test_csv_is_the_standard_one_with_plain_values(table):
    assert written(table, "csv") == (
        "place,name,value,day,claims\r\n"
        f'{MOSCOW},"Мәскеу, «қала»",536.4,2025-09-08,{CLAIM}a {CLAIM}b\r\n'
        f'{MOSCOW},"a ""b""|*c*",10,,\r\n'
        ',"two\nlines",,,\r\n'
    )


def test_csv_has_names_only_where_the_caller_asks(table):
    lines = written(table, "csv", label={MOSCOW: "Moscow"}.get).split("\r\n")
    assert lines[2] == 'Moscow,"a ""b""|*c*",10,,'


def test_tsv_writes_terms_as_in_queries(table):
    assert written(table, "tsv") == (
        "?place\t?name\t?value\t?day\t?claims\n"
        f'<{MOSCOW}>\t"Мәскеу, «қала»"@kk\t536.4\t"2025-09-08"^^<{XSD}date>\t"{CLAIM}a {CLAIM}b"\n'
        f'<{MOSCOW}>\t"a \\"b\\"|*c*"\t10\t\t""\n'
        '\t"two\\nlines"\t\t\t\n'
    )


def test_json_lines_have_python_values_and_null_for_what_is_missing(table):
    assert written(table, "jsonl").splitlines()[0] == (
        f'{{"place":"{MOSCOW}","name":"Мәскеу, «қала»","value":536.4,"day":"2025-09-08",'
        f'"claims":"{CLAIM}a {CLAIM}b"}}'
    )
    assert json.loads(written(table, "jsonl").splitlines()[2])["value"] is None


def test_markdown_escapes_what_would_format_and_links_names(table):
    assert written(table, "md", label={MOSCOW: "Mos|cow"}.get) == (
        "| place | name | value | day | claims |\n"
        "| --- | --- | ---: | --- | --- |\n"
        f"| [Mos\\|cow](<{MOSCOW}>) | Мәскеу, «қала» | 536.4 | 2025-09-08 | {CLAIM}a {CLAIM}b |\n"
        f'| [Mos\\|cow](<{MOSCOW}>) | a "b"\\|\\*c\\* | 10 |  |  |\n'
        "|  | two<br>lines |  |  |  |\n"
    )


def test_a_drawn_table_never_breaks_a_cell_unless_a_width_is_given(table):
    lines = written(table, "table").splitlines()
    assert lines[0].split() == ["place", "name", "value", "day", "claims"]
    assert lines[2] == (f"{MOSCOW}   Мәскеу, «қала»   536.4   2025-09-08   {CLAIM}a {CLAIM}b")
    assert len(lines) == 6
    narrow = tables.Table(("x", "y"), ((ox.Literal("one two three four"), ox.Literal("a" * 30)),))
    assert max(map(len, written(narrow, "table", width=35).splitlines())) <= 35


def test_a_table_too_wide_for_its_columns_is_turned_upright(table):
    lines = written(table, "table", width=40).splitlines()
    assert lines[:4] == [
        "── 1 ──────────────────────────────",
        f"place   {MOSCOW}",
        "name    Мәскеу, «қала»",
        "value   536.4",
    ]
    assert lines[-3:] == ["── 3 ──────────────────────────────", "name    two", "        lines"]


def test_a_drawn_table_shows_markup_and_control_characters_as_they_are():
    table = row_table(ox.Literal("[red]x[/red]\x1b[31m\r\u202e:smile:"))
    assert "[red]x[/red]\\x1b[31m\\r\\u202e:smile:" in written(table, "table")


@pytest.mark.parametrize("format_", formats.WRITERS)
def test_an_empty_answer_can_be_written(format_):
    assert isinstance(formats.write(tables.Table(("x",), ()), format_), bytes)
    assert isinstance(formats.write(tables.Table((), ((),)), format_), bytes)


def test_an_unknown_format_is_a_key_error(table):
    with pytest.raises(KeyError):
        formats.write(table, "xls")


STANDARD = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "tsv": ox.QueryResultsFormat.TSV,
}


@pytest.mark.parametrize("format_", STANDARD)
def test_standard_formats_are_read_back_with_every_type_and_language(format_, table):
    read = ox.parse_query_results(formats.write(table, format_), format=STANDARD[format_])
    assert tables.from_solutions(read, ["claims"]) == table


TERMS = st.one_of(
    st.none(),
    st.text().map(ox.Literal),
    st.text().map(lambda text: ox.Literal(text, language="kk")),
    st.integers().map(lambda n: typed(str(n), "integer")),
    st.integers().map(lambda n: ox.NamedNode(f"http://example.org/{n}")),
)


@given(st.lists(st.tuples(TERMS, TERMS)))
def test_any_table_survives_json_and_is_well_formed_in_xml(rows):
    table = tables.Table(("x", "y"), tuple(rows))
    read = ox.parse_query_results(formats.write(table, "json"), format=ox.QueryResultsFormat.JSON)
    assert tables.from_solutions(read) == table
    ET.fromstring(formats.write(table, "xml"))


@given(st.lists(st.tuples(TERMS, TERMS)))
def test_sorting_changes_the_order_and_nothing_else(rows):
    table = tables.Table(("x", "y"), tuple(rows))
    assert tables.same(table, tables.sort(table))
    assert tables.sort(tables.sort(table)) == tables.sort(table)


@given(st.lists(st.tuples(TERMS, TERMS), max_size=5), st.sampled_from(sorted(formats.WRITERS)))
def test_the_same_answer_gives_the_same_bytes(rows, format_):
    table = tables.Table(("x", "y"), tuple(rows))
    assert formats.write(table, format_) == formats.write(table, format_)


def test_xml_keeps_carriage_returns_and_replaces_what_it_cannot_hold():
    text = written(row_table(ox.Literal("a\r\x01<&")), "xml")
    assert "<literal>a&#13;\ufffd&lt;&amp;</literal>" in text


def test_a_notebook_shows_escaped_cells_and_links_only_to_the_web():
    table = row_table(
        ox.Literal("<script>"), ox.NamedNode("javascript:alert(1)"), ox.NamedNode("http://a/?b&c")
    )
    assert table._repr_html_() == (
        "<table><thead><tr><th>x</th></tr></thead><tbody>"
        "<tr><td>&lt;script&gt;</td></tr><tr><td>javascript:alert(1)</td></tr>"
        '<tr><td><a href="http://a/?b&amp;c">http://a/?b&amp;c</a></td></tr>'
        "</tbody></table>"
    )


def test_pandas_gets_typed_columns_with_missing_values(table):
    pandas = pytest.importorskip("pandas")
    frame = table.to_pandas()
    assert list(frame.columns) == list(table.columns)
    assert frame["value"].tolist()[:2] == [Decimal("536.4"), Decimal(10)]
    assert frame["day"].iloc[0] == date(2025, 9, 8)
    assert pandas.isna(frame["place"].iloc[2])
    whole = row_table(typed("1", "integer"), None).to_pandas()
    assert str(whole["x"].dtype) == "Int64"


def test_polars_gets_typed_columns_with_missing_values(table):
    polars = pytest.importorskip("polars")
    frame = table.to_polars()
    assert frame.columns == list(table.columns)
    assert frame["value"].to_list() == [Decimal("536.4"), Decimal(10), None]
    assert frame["day"].dtype == polars.Date
    assert row_table(typed("1", "integer"), None).to_polars()["x"].dtype == polars.Int64


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_of_empty_and_of_mixed_columns(library):
    pytest.importorskip(library)
    empty = getattr(tables.Table(("x",), ()), f"to_{library}")()
    assert (list(empty.columns), len(empty)) == (["x"], 0)
    mixed = row_table(typed("1", "integer"), ox.Literal("a"), typed("2025-01-01", "date"))
    assert list(getattr(mixed, f"to_{library}")()["x"]) == ["1", "a", "2025-01-01"]
    numbers = row_table(typed("1", "integer"), typed("2.5", "double"))
    assert list(getattr(numbers, f"to_{library}")()["x"]) == [1.0, 2.5]


BOOLEANS = [
    ("json", '{"head": {}, "boolean": true}\n'),
    ("csv", "true\n"),
    ("table", "true\n"),
]


@pytest.mark.parametrize(("format_", "text"), BOOLEANS)
def test_a_yes_or_no_is_written_in_every_format(format_, text):
    assert formats.write_boolean(True, format_).decode() == text


@pytest.mark.parametrize("format_", ["json", "xml"])
@pytest.mark.parametrize("value", [True, False])
def test_a_yes_or_no_is_read_back(format_, value):
    text = formats.write_boolean(value, format_)
    assert bool(ox.parse_query_results(text, format=STANDARD[format_])) is value


def test_triples_are_written_once_and_in_order():
    a, b = ox.NamedNode("http://example.org/a"), ox.NamedNode("http://example.org/b")
    triples = [ox.Triple(b, a, ox.Literal("2")), ox.Triple(a, a, b), ox.Triple(a, a, b)]
    assert formats.write_triples(triples, {"ex": "http://example.org/"}).decode() == (
        '@prefix ex: <http://example.org/> .\nex:a ex:a ex:b .\nex:b ex:a "2" .\n'
    )
