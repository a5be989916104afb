"""Brokers: structural holes around a node, and the roles it has between groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from coopgraph.errors import InputError
from coopgraph.networks.adjacency import adjacency, nodes_of, row_sums, through

if TYPE_CHECKING:
    import networkx as nx
    import scipy.sparse as sp

ROLES: Final = {
    "coordinator": "all three are of one group",
    "itinerant": "the ends are of one group, the broker is of another",
    "gatekeeper": "the broker and the end are of one group, the start is of another",
    "representative": "the start and the broker are of one group, the end is of another",
    "liaison": "the three are of three groups",
}
"""Each role of a broker on a way start → broker → end, and who is in which group."""


def constraint(graph: nx.Graph[Any], *, weight: str | None = "weight") -> dict[Any, float]:
    """Return how far the partners of each node lead back to one another.

    Burt, Structural Holes (1992), equation 2.4: the sum over partners j of
    (p_ij + sum over q of p_iq p_qj)^2, where p_ij is the part of i's ties, both directions
    added, that goes to j. High values: few or closely knit partners, few holes to bridge. Nodes
    without ties have no value.
    """
    both = _mutual(graph, weight)
    part = divided(both, row_sums(both))
    support = both.astype(bool).astype(np.float64)
    found = part + through(part, part, support)
    return _where_tied(graph, both, row_sums(found.multiply(found).tocsr()))


def effective_size(graph: nx.Graph[Any], *, weight: str | None = "weight") -> dict[Any, float]:
    """Return the number of a node's partners less their mean ties to one another.

    Burt, Structural Holes (1992), equation 2.2: the sum over partners j of
    1 - sum over q of p_iq m_jq, where m_jq is the tie of j and q by j's strongest tie. Without
    weights this is n - 2t/n with t ties among n partners (Borgatti, "Structural holes: unpacking
    Burt's redundancy measures", Connections 20 (1997)). Nodes without ties have no value.
    """
    both = _mutual(graph, weight)
    part = divided(both, row_sums(both))
    strongest = np.asarray(both.max(axis=1).todense(), dtype=np.float64).ravel()
    support = both.astype(bool).astype(np.float64)
    redundant = through(part, divided(both, strongest).T.tocsr(), support)
    return _where_tied(graph, both, row_sums(support) - row_sums(redundant))


def role(graph: nx.Graph[Any], name: str, *, group: str) -> dict[Any, float]:
    """Return how many pairs each node brokers in one of the five roles.

    Gould and Fernandez, "Structures of mediation", Sociological Methodology 19 (1989): a node v
    brokers where i → v and v → j but not i → j; the role is told by the groups of the three
    (`ROLES`). In a network without direction each such pair counts from both its ends, so that
    gatekeeper and representative are equal. Nodes whose attribute `group` is empty have no value,
    and ways that touch them are not counted.
    """
    ties, groups = adjacency(graph), [graph.nodes[node].get(group) for node in nodes_of(graph)]
    known = np.array([value not in (None, "") for value in groups], dtype=bool)
    if not known.any():
        raise InputError(
            f"no node has the attribute '{group}'",
            "Name a node attribute that says which group each node is of.",
        )
    names = {value: number for number, value in enumerate(sorted({*groups} - {None, ""}, key=str))}
    number = np.array([names.get(value, -1) for value in groups])
    near, far = _split(ties, number)
    count = _count(name, near, far, _members(number, len(names)))
    return {
        node: float(value)
        for node, value, grouped in zip(nodes_of(graph), count.tolist(), known, strict=True)
        if grouped
    }


def _mutual(graph: nx.Graph[Any], weight: str | None) -> sp.csr_array:
    """Return the two directions of each tie added; a tie in both is twice one in either."""
    one = adjacency(graph, weight)
    return (one + one.T).tocsr() if graph.is_directed() else one


def _split(ties: sp.csr_array, number: Any) -> tuple[sp.csr_array, sp.csr_array]:
    """Return ties within groups and ties between groups; none of nodes without a group."""
    import scipy.sparse as sp

    at = ties.tocoo()
    start, end = at.coords
    grouped = (number[start] >= 0) & (number[end] >= 0)
    same = number[start] == number[end]

    def chosen(keep: Any) -> sp.csr_array:
        return sp.csr_array((np.ones(keep.sum()), (start[keep], end[keep])), shape=ties.shape)

    return chosen(grouped & same), chosen(grouped & ~same)


def _count(name: str, near: sp.csr_array, far: sp.csr_array, members: sp.csr_array) -> Any:
    """Return the open ways of a role by broker, from ties within groups and between groups."""
    if name == "coordinator":
        return _open(near, near, near, _both(near, near))
    if name == "gatekeeper":
        return _open(far, near, far, _both(far, near))
    if name == "representative":
        return _open(near, far, far, _both(near, far))
    ways = _itinerant_ways(far, members)
    if name == "itinerant":
        return _open(far, far, near, ways)
    return _open(far, far, far, _both(far, far) - ways)


def _members(number: Any, groups: int) -> sp.csr_array:
    import scipy.sparse as sp

    at = np.flatnonzero(number >= 0)
    return sp.csr_array((np.ones(len(at)), (at, number[at])), shape=(len(number), groups))


def _open(into: sp.csr_array, out: sp.csr_array, closing: sp.csr_array, ways: Any) -> Any:
    """Return ways i → v → j by v, less those that a tie i → j closes."""
    # The sum over i and j of into[i, v] out[v, j] closing[i, j].
    return ways - np.asarray(through(closing, out.T.tocsr(), into).sum(axis=0)).ravel()


def _both(into: sp.csr_array, out: sp.csr_array) -> Any:
    """Return ways by v from i to j, without those from i back to i."""
    ways = np.asarray(into.sum(axis=0)).ravel() * row_sums(out)
    return ways - np.asarray(into.multiply(out.T).sum(axis=0)).ravel()


def _itinerant_ways(far: sp.csr_array, members: sp.csr_array) -> Any:
    into, out = (far.T @ members).tocsr(), (far @ members).tocsr()
    back = np.asarray(far.multiply(far.T).sum(axis=0)).ravel()
    return row_sums(into.multiply(out).tocsr()) - back


def divided(matrix: sp.csr_array, by: Any) -> sp.csr_array:
    """Return a matrix with each row divided by a number; empty rows stay empty."""
    import scipy.sparse as sp

    factor = np.divide(1.0, by, out=np.zeros(len(by)), where=by > 0)
    return (sp.diags_array(factor) @ matrix).tocsr()


def _where_tied(graph: nx.Graph[Any], both: sp.csr_array, value: Any) -> dict[Any, float]:
    tied = np.diff(both.indptr) > 0
    found = zip(nodes_of(graph), value.tolist(), tied.tolist(), strict=True)
    return {node: number for node, number, has in found if has}
