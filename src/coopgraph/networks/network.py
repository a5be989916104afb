"""A network: ties, nodes, and for each tie the answer to why it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from coopgraph.answers.lookup import reference_of, resolve
from coopgraph.basics import iris
from coopgraph.basics.terms import LANGUAGES
from coopgraph.errors import InputError
from coopgraph.networks import weights
from coopgraph.networks.about import About
from coopgraph.networks.facts import Facts
from coopgraph.networks.figures import Figure, figures
from coopgraph.networks.filters import Filters
from coopgraph.networks.making import Made
from coopgraph.networks.nodes import Node
from coopgraph.networks.project import unique_pairs
from coopgraph.networks.recipes import Recipe
from coopgraph.networks.streams import Ints
from coopgraph.networks.ties import Ties
from coopgraph.networks.trust.doors import Doors
from coopgraph.networks.why import Why, why

if TYPE_CHECKING:
    import igraph
    import networkx as nx
    import scipy.sparse as sp

    from coopgraph.networks.participations import Participations


@dataclass(frozen=True)
class Network(Doors):
    """Ties made by a recipe from what filters leave, and what each of them rests on.

    `data` is the version of the graph: the hash of its manifest. `command` builds the same
    network again. `details` says whether ties know what is behind them; `asked` is the weight
    taken in place of the recipe's own. The graph must be open while ties are explained.
    """

    recipe: Recipe
    filters: Filters
    decay: weights.Decay | None
    data: str
    command: str
    ties: Ties
    nodes: tuple[Node, ...]
    made: Made = field(repr=False, compare=False)
    facts: Facts = field(repr=False, compare=False)
    details: bool = True
    asked: str = ""

    def __len__(self) -> int:
        return len(self.ties)

    @property
    def title(self) -> str:
        """The recipe's title."""
        return self.recipe.wording().title

    def node(self, name: str) -> Node:
        """Return a node by IRI, slug, or name in any language.

        Raises:
            QuestionError: If nothing has the name.
            InputError: If several things have it, or the one that has is no node of the network.
        """
        slugs = [node for node in self.nodes if name in (node.iri, node.slug)]
        iri = slugs[0].iri if len(slugs) == 1 else resolve(self.facts.reader, name)
        found = [node for node in self.nodes if node.iri == iri]
        if not found:
            raise InputError(
                f"'{name}' has no tie in the network '{self.recipe.name}'",
                f"The network is made of: {self.filters.words()}.",
            )
        return found[0]

    def tie(self, source: str, target: str) -> int | None:
        """Return the place of the tie between two nodes, None if there is none.

        In a network without direction it does not matter which comes first.
        """
        ends = [self.ties.nodes.index(self.node(name).iri) for name in (source, target)]
        at = self.ties.place(ends[0], ends[1])
        if at is None and not self.recipe.directed:
            at = self.ties.place(ends[1], ends[0])
        return at

    def claims(self, at: int) -> list[str]:
        """Return the IRIs of the claims that a tie rests on: of both ends, and what they led to."""
        made = self.made
        here = slice(*np.searchsorted(made.met.tie, [at, at + 1]).tolist())
        cells = np.unique(np.concatenate([made.met.left[here], made.met.right[here]]))
        start = made.found.start
        found = {
            made.claims[claim]
            for cell in cells[cells >= 0].tolist()
            for claim in made.found.claims[start[cell] : start[cell + 1]].tolist()
        }
        outcomes = made.outcome[slice(*np.searchsorted(made.outcome_tie, [at, at + 1]).tolist())]
        return sorted(found | {self._outcome(n) for n in outcomes.tolist()})

    def events(self, at: int) -> list[str]:
        """Return the IRIs of the whole events that a tie rests on."""
        made = self.made
        here = slice(*np.searchsorted(made.met.tie, [at, at + 1]).tolist())
        roots = np.unique(made.met.root[here])
        return sorted(self.facts.events.iris[root] for root in roots[roots >= 0].tolist())

    def _outcome(self, number: int) -> str:
        return self.facts.outcomes.iris[number]

    def why(self, source: str, target: str, languages: Sequence[str] = LANGUAGES) -> Why:
        """Return why two nodes are tied: claims with their quotes, documents, origins, stages.

        Raises:
            QuestionError: If nothing has such a name.
            InputError: If a name belongs to no node of the network.
        """
        at = self.tie(source, target)
        ends = (self.node(source), self.node(target))
        row = {} if at is None else self.ties.row(at)
        claims = [] if at is None else self.claims(at)
        events = [] if at is None else self.events(at)
        pair = frozenset(end.iri for end in ends)
        told = [figure for figure in self.figures if figure.pair == pair]
        return why(
            self.facts.reader, self.recipe, ends, tie=row, claims=claims, events=events,
            figures=told, languages=languages,
        )  # fmt: skip

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that sources give of pairs of nodes: attributes of pairs, never ties."""
        if not len(self.ties):
            return ()
        found = figures(self.facts.reader, {node.iri for node in self.nodes})
        return tuple(f for f in found if self._told(f))

    def _told(self, figure: Figure) -> bool:
        """Whether the filters on documents leave a figure."""
        documents, wanted = self.facts.documents, self.filters
        at = documents.index.get(figure.document)
        if at is None or (wanted.without and documents.left_out(wanted.without)[at]):
            return False
        return all(
            not values or value in values
            for values, value in (
                (wanted.review, documents.review[at]),
                (wanted.languages, documents.language[at]),
                (wanted.publishers, documents.publisher[at]),
            )
        )

    def evidence(self) -> Iterator[tuple[list[str], list[str]]]:
        """Yield for each tie the references of its claims and the slugs of its events."""
        made, met = self.made, self.made.met
        tie, claim = unique_pairs(*made.claims_of_ties())
        claims = [reference_of(iri) for iri in made.claims]
        outcomes = {n: reference_of(self._outcome(n)) for n in set(made.outcome.tolist())}
        roots = met.root >= 0
        at, root = unique_pairs(met.tie[roots], met.root[roots])
        slugs = {n: iris.slug_of(self.facts.events.iris[n]) for n in set(root.tolist())}
        parts = (
            _by_tie(tie, claim, len(self)),
            _by_tie(made.outcome_tie, made.outcome, len(self)),
            _by_tie(at, root, len(self)),
        )
        for stated, followed, events in zip(*parts, strict=True):
            found = {*(claims[n] for n in stated), *(outcomes[n] for n in followed)}
            yield sorted(found), sorted(slugs[n] for n in events)

    def attributes(self, *, evidence: bool = True) -> Iterator[dict[str, Any]]:
        """Yield the attributes of each tie: its columns and, unless left out, its evidence.

        That is `claims` and `event_slugs` as tuples of references and slugs, and `figures`, what
        is counted between the two, as a tuple of texts.
        """
        names = list(self.ties.columns)
        rows = zip(*(self.ties[name].tolist() for name in names), strict=True)
        if not evidence:
            yield from (dict(zip(names, row, strict=True)) for row in rows)
            return
        told: dict[frozenset[str], list[str]] = {}
        for figure in self.figures:
            told.setdefault(figure.pair, []).append(str(figure))
        nodes = self.ties.nodes
        ends = zip(self.ties.source.tolist(), self.ties.target.tolist(), strict=True)
        for row, end, (claims, events) in zip(rows, ends, self.evidence(), strict=True):
            pair = frozenset(nodes[number] for number in end) if told else frozenset()
            yield {
                **dict(zip(names, row, strict=True)),
                "claims": tuple(claims),
                "event_slugs": tuple(events),
                "figures": tuple(sorted(told.get(pair, ()))),
            }

    def graph(self, *, evidence: bool = True) -> nx.Graph[str] | nx.DiGraph[str]:
        """Return the network as a networkx graph; nodes are IRIs.

        Nodes have `slug`, `level`, `name_en`, `name_ru`, `name_kk`, `contested` and `state`,
        places `latitude` and `longitude` where the registry has a point; nodes of a network with
        two sorts of nodes also `bipartite`. Edges have the columns of `ties` (see
        `coopgraph.networks.ties.MEANING`) and, unless `evidence` is false, `claims`,
        `event_slugs` and `figures`. The graph itself says how it was made: `title`, `recipe`,
        `filters`, `data`, `command`, `licence`. It has `why`, as this has.
        """
        from coopgraph.networks.graphs import graph_of

        return graph_of(self, evidence=evidence)

    def igraph(self, *, evidence: bool = True) -> igraph.Graph:
        """Return the network as a graph of igraph (extra `igraph`); nodes have their IRI as `name`.

        Attributes have the names that they have in `graph`.
        """
        from coopgraph.networks.exports.igraphs import igraph_of

        return igraph_of(self, evidence=evidence)

    def matrix(self, weight: str = "weight") -> sp.csr_array:
        """Return one weight as a sparse matrix; rows and columns are `nodes` in order.

        A network without direction gives a symmetric matrix.
        """
        import scipy.sparse as sp

        size = (len(self.nodes), len(self.nodes))
        found = sp.csr_array((self.ties[weight], (self.ties.source, self.ties.target)), shape=size)
        return found if self.recipe.directed else (found + found.T).tocsr()

    def participations(self) -> Participations:
        """Return who took part in what: the participations that ties rest on, as columns.

        Iterating gives each with `who`, `event`, `side`, `first`, `last`, `held`, `claims`; see
        `coopgraph.networks.participations`.
        """
        from coopgraph.networks.participations import participations

        return participations(self)

    @property
    def two_sorts(self) -> bool:
        """Whether no tie runs between nodes of the same sort."""
        return not self.recipe.directed and all(
            not source.levels & target.levels for source, target in self.recipe.ends
        )

    @property
    def about(self) -> About:
        """What travels inside each file made of the network."""
        return About(self.title, self.recipe.name, self.filters.words(), self.data, self.command)


def _by_tie(tie: Ints, value: Ints, ties: int) -> Iterator[list[int]]:
    """Yield the values of each tie; the pairs are in the order of ties."""
    bounds = np.searchsorted(tie, np.arange(ties + 1)).tolist()
    values = value.tolist()
    for begin, end in pairwise(bounds):
        yield values[begin:end]
