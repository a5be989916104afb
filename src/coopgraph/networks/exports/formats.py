"""The formats of files: one table for the command line, for Python and for the documentation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from coopgraph.errors import InputError
from coopgraph.networks.exports.sheet import Sheet, sheet
from coopgraph.networks.network import Network

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Source:
    """What a writer is given: a network, or a graph of networkx, or a graph that knows its network.

    `evidence` says whether edges shall name the claims and events behind them.
    """

    network: Network | None
    graph: nx.Graph[Any] | None
    evidence: bool = True

    @classmethod
    def of(cls, network: Network | nx.Graph[Any], *, evidence: bool = True) -> Source:
        """Return the source for a network or a graph."""
        if isinstance(network, Network):
            return cls(network, None, evidence)
        return cls(getattr(network, "network", None), network, evidence)

    def sheet(self, *, evidence: bool = True, happenings: bool = False) -> Sheet:
        """Return the columns of all nodes and edges; see `coopgraph.networks.exports.sheet`.

        What stands on a graph counts, so that measures which were put on it are written.
        """
        given = self.network if self.graph is None else self.graph
        assert given is not None  # noqa: S101 - `of` gives one of them
        return sheet(given, evidence=evidence and self.evidence, happenings=happenings)

    def made(self) -> Network:
        """Return the network behind the source.

        Raises:
            InputError: If a graph is a copy, which knows its attributes and nothing else.
        """
        if self.network is None:
            raise InputError(
                "this format needs the events behind the ties, and a copy does not know them",
                "Write the network itself, or the graph that `network` gave you.",
            )
        return self.network


@dataclass(frozen=True)
class Format:
    """A format: its name, the end of its files' names, what it is for, and who writes it.

    `writer` is `module:function`, imported when it is needed; the function takes a `Source` and
    a binary file. `needs` is the extra to install, empty where nothing more is needed.
    """

    name: str
    suffix: str
    what: str
    writer: str
    needs: str = ""

    @property
    def write(self) -> Callable[[Source, BinaryIO], None]:
        """The function that writes a source to a binary file."""
        module, _, name = self.writer.partition(":")
        found: Callable[[Source, BinaryIO], None] = getattr(import_module(module), name)
        return found


_HERE: Final = "coopgraph.networks.exports"
_DRAWN: Final = "coopgraph.networks.drawing"

_ALL: Final = (
    # Whole networks, for programs that draw and measure.
    Format("gexf", ".gexf", "Gephi", f"{_HERE}.gexf:write_static"),
    Format("gexf-dynamic", ".dynamic.gexf", "Gephi, with a time line", f"{_HERE}.gexf:write_dynamic"),
    Format("graphml", ".graphml", "igraph, yEd, Gephi, Cytoscape", f"{_HERE}.graphml:write_graphml"),
    Format("dot", ".dot", "Graphviz", f"{_HERE}.dot:write_dot"),
    Format("cytoscape", ".cyjs", "Cytoscape and Cytoscape.js", f"{_HERE}.jsons:write_cyjs"),
    Format("node-link", ".json", "D3 and networkx", f"{_HERE}.jsons:write_node_link"),
    # Tables.
    Format("csv", ".csv", "a table of edges", f"{_HERE}.tables:write_csv"),
    Format("nodes-csv", ".nodes.csv", "a table of nodes", f"{_HERE}.tables:write_nodes_csv"),
    Format("parquet", ".parquet", "edges: pandas, polars, R", f"{_HERE}.parquet:write_parquet", "parquet"),
    Format("nodes-parquet", ".nodes.parquet", "nodes: pandas, polars, R", f"{_HERE}.parquet:write_nodes_parquet", "parquet"),
    Format("mtx", ".mtx", "a sparse matrix: scipy, Matlab, R", f"{_HERE}.mtx:write_mtx"),
    Format("hif", ".hif.json", "a hypergraph: XGI, HyperNetX", f"{_HERE}.hif:write_hif"),
    Format("events", ".events.csv", "relational event models in R", f"{_HERE}.events:write_events"),
    # Pages and pictures.
    Format("html", ".html", "any browser, offline: search, filters, years, evidence", f"{_DRAWN}.page:write_html"),
    Format("png", ".png", "a plot for slides and documents", f"{_DRAWN}.pictures:write_png", "plot"),
    Format("svg", ".svg", "a plot that can be edited: Inkscape", f"{_DRAWN}.pictures:write_svg", "plot"),
    Format("pdf", ".pdf", "a plot for print and LaTeX", f"{_DRAWN}.pictures:write_pdf", "plot"),
    Format("map-png", ".map.png", "a map for slides and documents", f"{_DRAWN}.pictures:write_map_png", "plot"),
    Format("map-svg", ".map.svg", "a map that can be edited: Inkscape", f"{_DRAWN}.pictures:write_map_svg", "plot"),
    Format("map-pdf", ".map.pdf", "a map for print and LaTeX", f"{_DRAWN}.pictures:write_map_pdf", "plot"),
)  # fmt: skip

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({known.name: known for known in _ALL})
"""The formats by name."""


def format_of(path: str) -> Format:
    """Return the format of a file by the end of its name; the longest end that fits counts.

    >>> format_of("out/regions.dynamic.gexf").name
    'gexf-dynamic'

    Raises:
        InputError: If no format has such an end.
    """
    fitting = [known for known in _ALL if path.lower().endswith(known.suffix)]
    if not fitting:
        raise InputError(
            f"no format of networks has files that end like '{path}'",
            f"Choose one of: {', '.join(known.suffix for known in _ALL)}.",
        )
    return max(fitting, key=lambda known: len(known.suffix))


def write(
    network: Network | nx.Graph[Any], format_: str, out: BinaryIO, *, evidence: bool = True
) -> None:
    """Write a network to a binary file.

    Args:
        network: The network, or a graph of networkx.
        format_: A name of `FORMATS`.
        out: The file.
        evidence: Whether edges name the claims, events and figures behind them.

    Raises:
        InputError: If there is no such format, or it needs an extra that is not installed.
    """
    known = FORMATS.get(format_)
    if known is None:
        raise InputError(
            f"there is no format '{format_}' for networks", f"Choose one of: {', '.join(FORMATS)}."
        )
    known.write(Source.of(network, evidence=evidence), out)
