"""The verbs that users import: open a graph, load, ask, query, show, find, explain.

>>> with shipped_graph() as kg:
...     answer = kg.ask("partners-of-a-region", region="Москва")
...     "Morocco" in answer.named().column("partner")
True
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pyoxigraph as ox

from coopgraph import proving, stores
from coopgraph.answers import asking, tables
from coopgraph.answers.answering import Answer
from coopgraph.answers.explaining import Explanation, explain, party
from coopgraph.answers.finding import Hit, find, find_words
from coopgraph.answers.lookup import resolve
from coopgraph.answers.questions import Question, bind
from coopgraph.answers.questions import library as question_library
from coopgraph.answers.questions import named as question_named
from coopgraph.answers.reciting import ClaimLine
from coopgraph.answers.showing import Page, show
from coopgraph.basics.findings import Finding
from coopgraph.basics.terms import LANGUAGES
from coopgraph.errors import CheckNotRun
from coopgraph.files import shipped
from coopgraph.files.whereabouts import Whereabouts
from coopgraph.graph import loading
from coopgraph.graph.updating import Folder, Loaded, assembled, load, rebuild
from coopgraph.stores.memory import MemoryStore

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from coopgraph.networks.time.panel import Panel
    from coopgraph.networks.time.periods import Every
    from coopgraph.networks.time.windows import Windows
    from coopgraph.networks.weights import Decay

__all__ = [
    "Folder",
    "Graph",
    "Loaded",
    "assembled",
    "by_name",
    "graph_of",
    "load",
    "open_graph",
    "prove",
    "rebuild",
    "shipped_graph",
]


def prove(
    folder: Folder = None,
    which: Collection[str] = proving.CHECKS,
    begin: Callable[[str], None] = lambda _: None,
) -> proving.Report:
    """Prove that the ontology and the records of a folder fit together.

    Args:
        folder: The data folder; without one, the shipped records.
        which: The checks to run, of `coopgraph.proving.CHECKS`.
        begin: Called with the name of each check when it begins.

    Raises:
        RecordError: If a record has an error: what cannot be read cannot be proved.
    """
    whole = assembled(folder)
    data, content = whole.data, loading.whole(whole.graphs, shipped.rules())
    ontology = shipped.root() / "ontology"
    locate = Whereabouts(data, ontology, str(data.folder), str(ontology))
    findings: list[Finding] = []
    not_run: list[CheckNotRun] = []
    for name in proving.CHECKS:
        if name in which:
            begin(name)
            report = proving.prove(content, locate, [name])
            findings += report.findings
            not_run += report.not_run
    return proving.Report(tuple(sorted(findings)), tuple(not_run))


def by_name(questions: Mapping[str, Question], name: str) -> Question:
    """Return a question by name, number, or the part of its name after the number.

    Raises:
        QuestionError: If there is none; with suggestions.
    """
    by_word = {stem.split("-", 1)[-1]: stem for stem in questions}
    return question_named(questions, by_word.get(name, name))


class Graph:
    """A graph of cooperation that can be asked; close it, or use it in a `with` statement."""

    def __init__(self, reader: stores.Reader, languages: Sequence[str] = LANGUAGES) -> None:
        self.reader = reader
        self.languages = tuple(languages)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The shipped questions by name."""
        return question_library(shipped.question_files())

    def question(self, name: str) -> Question:
        """Return a question by name, number, or the part of its name after the number."""
        return by_name(self.questions, name)

    def ask(
        self, name: str, values: Mapping[str, str | None] | None = None, **more: str | None
    ) -> Answer:
        """Answer a shipped question; values are slugs, names in any language, or IRIs.

        A value of None leaves a parameter open that has a default.

        Raises:
            QuestionError: If question, parameter or value does not exist; with suggestions.
            InputError: If a value means several things, or one that the parameter cannot be.
        """
        question = self.question(name)
        terms, table = asking.ask(self.reader, question, {**(values or {}), **more})
        return Answer(question, terms, table, self.languages, self.reader)

    def sparql(self, name: str, values: Mapping[str, str | None] | None = None) -> str:
        """Return the query of a question with values in its slots; it is not run."""
        question = self.question(name)
        return bind(question, asking.terms(self.reader, question, values or {}))

    def query(self, sparql: str) -> tables.Table | bool | list[ox.Triple]:
        """Answer SPARQL over the union of graphs: a table, a truth value, or triples."""
        with self.reader.guard():
            answer = self.reader.query(sparql)
            if isinstance(answer, ox.QueryBoolean):
                return bool(answer)
            if isinstance(answer, ox.QueryTriples):
                return list(answer)
            return tables.from_solutions(answer)

    def iri(self, text: str) -> str:
        """Return the IRI that a slug or a name in any language means."""
        return resolve(self.reader, text)

    def show(self, thing: str) -> Page:
        """Return everything about one thing."""
        return show(self.reader, self.iri(thing), self.languages)

    def find(self, text: str, limit: int = 10) -> list[Hit]:
        """Return things whose names are near a text."""
        return find(self.reader, text, self.languages, limit)

    def find_words(self, words: str) -> list[ClaimLine]:
        """Return claims whose quote or gist contains words, in any form."""
        return find_words(self.reader, words, self.languages)

    def explain(self, first: str, second: str) -> Explanation:
        """Return what stands behind a pair of parties."""
        ends = party(self.reader, first), party(self.reader, second)
        return explain(self.reader, *ends, self.languages)

    def network(
        self,
        recipe: str,
        *,
        decay: Decay | None = None,
        weight: str = "",
        evidence: bool = True,
        **filters: Any,
    ) -> nx.Graph[str] | nx.DiGraph[str]:
        """Return a network as a networkx graph with documented attributes.

        Args:
            recipe: The name of a shipped recipe, or the path of one of your own.
            decay: Half-life and day, for the weight `decay`.
            weight: The weight that becomes `weight`, in place of the one that the recipe chose.
            evidence: Whether edges name the claims and events behind them.
            filters: What it is made of, as `coopgraph.networks.filters.Filters` tells them:
                `since=2022`, `min_stage="signed"`, `viewpoint="ukraine"`, ...

        The graph has `why(a, b)`, and `network` with the edge table and more.

        Raises:
            QuestionError: If there is no such recipe, filter or value; with suggestions.
            InputError: If a value cannot be used, or the recipe needs a viewpoint.
        """
        from coopgraph.networks import build, recipes

        chosen = recipes.find(recipe)
        made = build.build(self.reader, chosen, filters, decay=decay, weight=weight)
        return made.graph(evidence=evidence)

    def windows(
        self,
        recipe: str,
        *,
        every: Every = "year",
        cumulative: bool = False,
        weight: str = "",
        half_life: float | None = None,
        **filters: Any,
    ) -> Windows:
        """Return the network of each year, quarter or month; see `docs/time.md`.

        Arguments and errors are those of `coopgraph.networks.time.windows.windows`; filters are
        as for `network`, and `since` and `until` say where windows begin and end.
        """
        from coopgraph.networks import recipes
        from coopgraph.networks.time.windows import windows

        return windows(
            self.reader, recipes.find(recipe), filters, every=every, cumulative=cumulative,
            weight=weight, half_life=half_life,
        )  # fmt: skip

    def panel(
        self,
        recipe: str,
        *,
        every: Every = "year",
        measure: str = "",
        pairs: str = "tied",
        nodes: Collection[str] = (),
        ends: str = "both",
        outlets: Collection[str] = (),
        group: str = "",
        weight: str = "",
        half_life: float | None = None,
        **filters: Any,
    ) -> Panel:
        """Return each pair in each window, with zeros only where something was searched.

        Arguments and errors are those of `coopgraph.networks.time.panels.panel`; with a measure,
        the panel is one of nodes, as `node_panel` there makes it.
        """
        from coopgraph.networks import recipes
        from coopgraph.networks.time import panels

        given = self.reader, recipes.find(recipe), filters
        common: dict[str, Any] = {
            "every": every, "nodes": nodes, "outlets": outlets, "weight": weight,
            "half_life": half_life,
        }  # fmt: skip
        if measure:
            return panels.node_panel(*given, **common, measure=measure, group=group)
        return panels.panel(*given, **common, pairs=pairs, ends=ends)

    def to_rdflib(self) -> rdflib.Dataset:
        """Return a copy for rdflib: named graphs, of which queries see the union."""
        from coopgraph.graph.bridging import to_rdflib

        return to_rdflib(self.reader)

    def close(self) -> None:
        """Give the store free."""
        self.reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_graph(location: stores.Location, languages: Sequence[str] = LANGUAGES) -> Graph:
    """Open the graph in a store's folder.

    Raises:
        StoreError: If there is no store, or it cannot be read.
    """
    return Graph(stores.open_store(location), languages)


def shipped_graph(languages: Sequence[str] = LANGUAGES) -> Graph:
    """Return a graph of the shipped records, built in memory."""
    return graph_of(shipped.data_folder(), languages)


def graph_of(folder: str | os.PathLike[str], languages: Sequence[str] = LANGUAGES) -> Graph:
    """Return a graph of a data folder, built in memory.

    Raises:
        RecordError: If any record has an error.
    """
    store = MemoryStore()
    store.replace_all(loading.whole(assembled(folder).graphs, shipped.rules()))
    return Graph(store, languages)
