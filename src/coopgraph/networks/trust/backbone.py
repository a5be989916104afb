"""The backbone of a network, by a model that fits how its ties were made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from coopgraph.errors import InputError
from coopgraph.networks import backbones
from coopgraph.networks.backbones import Backbone
from coopgraph.networks.trust.attendance import ENDS, attendance

if TYPE_CHECKING:
    from coopgraph.networks.network import Network

MODELS: Final = {
    "sdsm": "stochastic degree sequence model, for ties of shared events; p is reckoned",
    "fdsm": "fixed degree sequence model, for ties of shared events; p is drawn",
    "disparity": "disparity filter, for weighted ties that are told one by one",
}
"""The models and what they are for."""


def fitting(network: Network) -> tuple[str, ...]:
    """Return the models that fit a network: those for shared events, or the one for other ties."""
    shared = network.recipe.kind == "projection" or network.two_sorts
    return ("sdsm", "fdsm") if shared else ("disparity",)


def backbone(
    network: Network,
    model: str = "",
    *,
    alpha: float = 0.05,
    holm: bool = False,
    draws: int = 1000,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Backbone:
    """Return the ties that are more than chance would make; see `Network.backbone`."""
    fit = fitting(network)
    model = model or fit[0]
    if model not in fit:
        known = f"'{model}' does not fit" if model in MODELS else f"no model '{model}'"
        raise InputError(
            f"{known}: the network '{network.recipe.name}' is made of "
            + ("shared events" if "sdsm" in fit else "ties that are told one by one"),
            f"Choose {' or '.join(fit)}.",
        )
    if model == "disparity":
        return backbones.disparity(network.graph(evidence=False), alpha=alpha)

    def found(graph: Any, sides: tuple[str, str] | None) -> Backbone:
        if model == "sdsm":
            return backbones.stochastic(graph, sides=sides, alpha=alpha, holm=holm)
        return backbones.fixed(
            graph, sides=sides, alpha=alpha, holm=holm, draws=draws, seed=seed, progress=progress
        )

    if network.two_sorts and network.recipe.kind != "projection":
        return found(network.graph(evidence=False), None)
    parts = [(at, found(at.graph(), ENDS if at.one_way else None)) for at in attendance(network)]
    p = {pair: value for _, part in parts for pair, value in part.p.items()}
    first = parts[0][1]
    name = first.model.partition(", corrected for")[0]
    could = sum(at.could for at, _ in parts)
    return backbones.chosen(name, p, alpha, could, holm=holm, resolution=first.resolution)
