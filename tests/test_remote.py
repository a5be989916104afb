"""What a graph on a server promises beyond the contract of stores: limits, retries, credentials."""

from __future__ import annotations

import gzip
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

import servers
from coopgraph.basics import ntriples
from coopgraph.basics.terms import BASE, MANIFEST_GRAPH
from coopgraph.errors import InputError, StoreRefused, StoreUnreachable
from coopgraph.files import shipped
from coopgraph.files.locating import store_location
from coopgraph.graph import loading
from coopgraph.library import Graph, assembled, load, shipped_graph
from coopgraph.stores import Changes, web
from coopgraph.stores.endpoints import Endpoint, at, endpoint
from coopgraph.stores.remote import RemoteStore

ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"one"}}]}}'
JSON = {"Content-Type": "application/sparql-results+json"}

Reply = tuple[int, dict[str, str], bytes]


class Fake(http.server.BaseHTTPRequestHandler):
    """A server that gives the replies of its script in turn, the last one for ever."""

    replies: list[Reply]
    asked: list[tuple[str, dict[str, str], dict[str, list[str]]]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.asked.append((self.path, headers, parse_qs(body)))
        status, more, content = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        self.send_response_only(status)
        for name, value in {"Content-Length": str(len(content)), **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        if int(more.get("Content-Length", len(content))) > len(content):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class Script:
    """A fake server with its address and what it was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.asked: list[tuple[str, dict[str, str], dict[str, list[str]]]] = []
        handler = type("Handler", (Fake,), {"replies": list(replies), "asked": self.asked})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/sparql"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def store(self, **settings: object) -> RemoteStore:
        told = {"query": self.address, "update": self.address, "union": "server", **settings}
        return RemoteStore(Endpoint(**told))  # type: ignore[arg-type]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Script]]:
    monkeypatch.setattr(web, "_SECONDS", 0.001)
    begun: list[Script] = []

    def begin(*replies: Reply) -> Script:
        begun.append(Script(*replies))
        return begun[-1]

    yield begin
    for one in begun:
        one.server.shutdown()
        one.server.server_close()


def words(store: RemoteStore) -> list[str]:
    return [row["x"].value for row in store.select("SELECT ?x { ?s ?p ?x }")]


def test_a_packed_answer_is_unpacked(script):
    packed = gzip.compress(ROWS)
    there = script((200, {**JSON, "Content-Encoding": "gzip"}, packed))
    assert words(there.store()) == ["one"]
    assert there.asked[0][1]["accept-encoding"] == "gzip"


def test_a_server_that_is_busy_is_asked_again(script):
    there = script((503, {}, b"later"), (429, {"Retry-After": "0"}, b""), (200, JSON, ROWS))
    assert words(there.store()) == ["one"]
    assert len(there.asked) == 3


def test_after_some_attempts_the_refusal_is_told(script):
    there = script((503, {}, b"later"))
    with pytest.raises(StoreRefused) as caught:
        words(there.store(attempts=2))
    assert (caught.value.status, caught.value.detail) == (503, "later")
    assert len(there.asked) == 2


def test_nobody_listening_is_told(script):
    address = f"http://127.0.0.1:{servers.free_port()}/sparql"
    with pytest.raises(StoreUnreachable, match="refused"):
        words(RemoteStore(Endpoint(query=address, union="server", attempts=1)))


def test_a_silent_server_is_given_up_after_the_timeout(script):
    there = script((200, {**JSON, "Content-Length": "999"}, b""))
    with pytest.raises(StoreUnreachable):
        words(there.store(timeout=0.2, attempts=1))


def test_an_answer_that_breaks_off_is_no_shorter_answer(script):
    there = script((200, {**JSON, "Content-Length": "999"}, ROWS[:-30]))
    with pytest.raises(StoreUnreachable):
        words(there.store(attempts=1, timeout=2))


def test_an_answer_beyond_the_limit_is_refused_and_not_cut(script):
    there = script((200, JSON, ROWS))
    with pytest.raises(StoreRefused, match="more than 40 bytes"):
        words(there.store(largest=40))


def test_a_small_packed_answer_that_is_large_unpacked_is_refused(script):
    bomb = gzip.compress(b" " * 5_000_000)
    there = script((200, {**JSON, "Content-Encoding": "gzip"}, bomb))
    assert len(bomb) < 10_000
    with pytest.raises(StoreRefused, match="more than 1000000 bytes"):
        words(there.store(largest=1_000_000))


def test_a_redirect_on_the_same_host_is_followed_and_to_another_is_not(script):
    there = script((307, {"Location": "/other"}, b""), (200, JSON, ROWS))
    assert words(there.store()) == ["one"]
    assert [path for path, _, _ in there.asked] == ["/sparql", "/other"]
    away = script((307, {"Location": "http://localhost:1/sparql"}, b""))
    with pytest.raises(StoreRefused, match="another host, localhost:1"):
        words(away.store(user="ann", password="secret"))
    assert len(away.asked) == 1


def test_a_ring_of_redirects_ends(script):
    there = script((307, {"Location": "/sparql"}, b""))
    with pytest.raises(StoreRefused):
        words(there.store())
    assert len(there.asked) == 3


def test_credentials_go_as_headers_and_never_into_texts(script):
    there = script((200, JSON, ROWS))
    words(there.store(user="ann", password="secret"))
    words(there.store(token="abc"))
    # base64 of "ann:secret"
    assert [h["authorization"] for _, h, _ in there.asked] == [
        "Basic YW5uOnNlY3JldA==",
        "Bearer abc",
    ]
    shown = repr(Endpoint(query=there.address, user="ann", password="secret", token="abc"))
    assert "secret" not in shown
    assert "abc" not in shown


def test_virtuoso_is_asked_for_xml_and_its_answers_come_with_a_remark(script):
    xml = (
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>'
        b'<results><result><binding name="x"><literal>one</literal></binding></result></results>'
        b"</sparql>"
    )
    own = {"Server": "Virtuoso/07.20.3229 (Linux)"}
    there = script((200, {**JSON, **own}, ROWS), (200, own, xml))
    store = there.store()
    assert words(store) == ["one"]
    assert [headers["accept"].rpartition("+")[2] for _, headers, _ in there.asked] == [
        "json",
        "xml",
    ]
    assert "This server is Virtuoso" in store.remark
    assert not script((200, JSON, ROWS)).store().remark


@pytest.mark.skipif(not servers.VIRTUOSO, reason="Virtuoso is not installed")
def test_virtuoso_holds_the_same_bytes_and_networks():
    there = replace(servers.virtuoso(), scope=BASE)
    load(there)
    here, kept = shipped_graph(), Graph(RemoteStore(there))
    assert kept.reader.nquads() == here.reader.nquads()
    for name in ("regions", "companies", "exports"):
        assert sorted(kept.network(name).edges()) == sorted(here.network(name).edges())


def test_the_union_is_asked_for_as_each_server_wants_it(script):
    there = script((200, JSON, ROWS))
    for union in ("server", "oxigraph", "jena"):
        words(there.store(union=union))
    sent = [{k: v for k, v in form.items() if k != "query"} for _, _, form in there.asked]
    assert sent == [
        {},
        {"union-default-graph": ["true"]},
        {"default-graph-uri": ["urn:x-arq:UnionGraph"]},
    ]


def test_how_to_see_the_union_is_found_out_by_asking():
    # Oxigraph's default graph is empty unless it is told otherwise.
    store = RemoteStore(servers.oxigraph())
    store.apply(
        Changes(added={"http://a.example/g": ['<http://a.example/s> <http://a.example/p> "v"']})
    )
    assert [row["o"].value for row in store.select("SELECT ?o { ?s ?p ?o }")] == ["v"]


def test_a_server_that_cannot_show_the_union_is_named(script):
    def truth(said: bool) -> Reply:
        return 200, JSON, json.dumps({"head": {}, "boolean": said}).encode()

    there = script(truth(False), truth(False), truth(False), truth(True))
    with pytest.raises(InputError, match="does not answer from all of its graphs"):
        words(there.store(union=""))


def test_a_large_change_goes_in_parts_with_the_manifest_last():
    graph = "http://a.example/g"
    triples = [f'<http://a.example/s> <http://a.example/p> "{n}"' for n in range(5)]
    entry = f'<{graph}> <http://a.example/hash> "h"'
    sent: list[str] = []

    class Watched(RemoteStore):
        def _update(self, text: str) -> None:
            sent.append(text)
            super()._update(text)

    store = Watched(servers.oxigraph(batch=2))
    store.apply(Changes(added={MANIFEST_GRAPH: [entry], graph: triples}))
    assert [text.count(" .\n") for text in sent] == [2, 2, 2]
    assert [MANIFEST_GRAPH in text for text in sent] == [False, False, True]
    assert store.graph(graph) == triples


def test_a_graph_that_takes_no_updates_says_so(script):
    store = RemoteStore(Endpoint(query="http://127.0.0.1:1/query", union="server"))
    with pytest.raises(InputError, match="no address takes updates"):
        store.apply(Changes(added={"http://a.example/g": ['<a:s> <a:p> "v"']}))


def test_triples_of_a_server_are_the_engines_own(script):
    store = RemoteStore(servers.oxigraph())
    store.apply(Changes(added={"http://a.example/g": ["<a:s> <a:p> <a:o>"]}))
    built = store.query("# a remark\nPREFIX a: <a:>\nCONSTRUCT { ?o a:q ?s } { ?s a:p ?o }")
    assert isinstance(built, ox.QueryTriples)
    assert [str(triple) for triple in built] == ["<a:o> <a:q> <a:s>"]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"query": "nowhere"}, "work: query 'nowhere' is no address"),
        ({}, "work: query '' is no address"),
        ({"query": "http://a.example/", "colour": "red"}, "there is no setting 'colour'"),
        ({"query": "http://a.example/", "timeout": -1}, "timeout is not a number above 0"),
        ({"query": "http://a.example/", "batch": True}, "batch is not a number above 0"),
        ({"query": "http://a.example/", "union": "fuseki"}, "union 'fuseki' is unknown"),
        ({"query": "http://ann:secret@a.example/"}, "credentials stand in the address"),
        ({"query": 7}, "query is not a text"),
    ],
)
def test_bad_settings_are_refused(settings: dict[str, object], message: str):
    with pytest.raises(InputError, match=message.replace("(", r"\(")):
        endpoint(settings, "work")


def test_an_endpoint_is_described_in_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for name in ("COOPGRAPH_STORE", "COOPGRAPH_USER", "COOPGRAPH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "secret").write_text("ann:se:cret\n", encoding="utf-8")
    (tmp_path / "coopgraph.toml").write_text(
        'store = "endpoint:work"\n[endpoint.work]\nquery = "http://a.example/query"\n'
        'update = "http://a.example/update"\nunion = "oxigraph"\ncredentials = "secret"\nbatch = 5\n',
        encoding="utf-8",
    )
    wanted = Endpoint(
        query="http://a.example/query", update="http://a.example/update", union="oxigraph",
        name="endpoint:work", user="ann", password="se:cret", batch=5,
    )  # fmt: skip
    assert store_location(None) == store_location("endpoint:work") == wanted
    with pytest.raises(InputError) as caught:
        store_location("endpoint:home")
    assert caught.value.fix == "There are: work."
    monkeypatch.setenv("COOPGRAPH_TOKEN", "abc")
    found = store_location("http://b.example/sparql")
    assert found == at("http://b.example/sparql", token="abc")


@pytest.fixture(scope="module")
def both() -> tuple[Graph, Graph]:
    """The shipped records in memory and on a server, loaded by one command each."""
    there = servers.oxigraph("shipped")
    load(there)
    return shipped_graph(), Graph(RemoteStore(there))


@pytest.mark.parametrize("name", sorted(shipped.question_files()))
def test_a_server_gives_the_same_answers(both: tuple[Graph, Graph], name: str):
    open_slots = {param.name: None for param in both[0].question(name).params}
    tables = [kg.ask(name, open_slots).table for kg in both]
    assert list(tables[0]) == list(tables[1])


def test_a_server_holds_the_same_bytes_and_a_second_load_changes_nothing(
    both: tuple[Graph, Graph],
):
    here, there = both
    assert there.reader.nquads() == here.reader.nquads()
    again = load(there.reader.endpoint)
    assert (again.added, again.removed) == (0, 0)


def test_networks_of_a_server_are_the_same(both: tuple[Graph, Graph]):
    graphs = [kg.network("regions", since=2022) for kg in both]
    edges = [sorted((a, b, data["claims"]) for a, b, data in g.edges(data=True)) for g in graphs]
    assert len(edges[0]) == 6
    assert edges[0] == edges[1]


def test_a_load_that_broke_off_is_ended_by_loading_again():
    there = servers.oxigraph(batch=2_000)

    class Broken(RemoteStore):
        left = 3

        def _update(self, text: str) -> None:
            Broken.left -= 1
            if not Broken.left:
                raise StoreUnreachable(self.location, "gone")
            super()._update(text)

    content = loading.whole(assembled().graphs, shipped.rules())
    with pytest.raises(StoreUnreachable):
        Broken(there).apply(Changes(added=content))
    with RemoteStore(there) as store:
        assert 0 < len(store.nquads().splitlines()) < sum(map(len, content.values()))
        assert not store.graph(MANIFEST_GRAPH)
    load(there)
    with RemoteStore(there) as store:
        assert store.nquads() == ntriples.nquads(content).encode()
