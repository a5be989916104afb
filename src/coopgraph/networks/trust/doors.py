"""The doors of a network to what can be trusted about it: each a line, so that it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coopgraph.networks.backbones import Backbone
    from coopgraph.networks.communities import Communities
    from coopgraph.networks.network import Network
    from coopgraph.networks.sensitivity import Table
    from coopgraph.networks.trust.chance import Chance

Progress = Callable[[int, int], None]
"""Is told how many steps are done, and of how many."""


class Doors:
    """What a network can be asked beyond its ties; a part of `Network`."""

    def without(self: Any, *names: str) -> Network:
        """Return the network without the claims of origins, or of documents; by slug or name.

        It is made of the rows in memory; the store is not read. What is known of an event itself,
        such as its days, stays. By the name of a document this one is left out, by that of an
        origin all that go back to it.

        Raises:
            QuestionError: If there is no such origin or document.
        """
        from coopgraph.networks.trust import leaving_out

        return leaving_out.without(self, names)

    def measure(
        self: Any,
        name: str,
        *,
        weight: str | None = "weight",
        group: str = "",
        samples: int | None = None,
        seed: int = 0,
        left_out: bool | int | Iterable[str] = True,
        progress: Progress | None = None,
    ) -> Table:
        """Return a measure of each node with its sources, and what it is without any one origin.

        Args:
            name: One of `coopgraph.networks.measures.MEASURES`.
            weight: The weight for measures that use one; None counts ties.
            group: The attribute with groups, such as `state`, for measures between groups.
            samples: Starts of measures of paths; by default all up to 5000 nodes.
            seed: Of their draw.
            left_out: What to leave out in turn. True: every origin, and every document of no
                known origin; above a hundred, the hundred that most ties rest on, and a note says
                so. A number: so many. False: nothing. Or names.
            progress: Is told how many are done, and of how many.

        The network is made and measured once more for each that is left out.

        Raises:
            InputError: If there is no such measure, or it does not apply to this network.
        """
        from coopgraph.networks.trust.measuring import measured

        return measured(
            self, [name], weight=weight, group=group, samples=samples, seed=seed,
            left_out=left_out, progress=progress,
        )[0]  # fmt: skip

    def communities(self: Any, **options: Any) -> Communities:
        """Return groups of nodes and how far runs agree, or a warning for small networks.

        Options are those of `coopgraph.networks.communities.communities`.
        """
        from coopgraph.networks.communities import communities

        return communities(self.graph(evidence=False), **options)

    def backbone(self: Any, model: str = "", **options: Any) -> Backbone:
        """Return the ties that are more than chance would make, with the p of each.

        For ties of shared events `sdsm` or `fdsm` (stochastic or fixed degree sequence model), for
        others `disparity`; by default the first that fits. Options are those of
        `coopgraph.networks.trust.backbone.backbone`: alpha, holm, draws, seed, progress.

        Raises:
            InputError: If the model does not fit the network.
        """
        from coopgraph.networks.trust.backbone import backbone

        return backbone(self, model, **options)

    def null(self: Any, measure: str, model: str = "", **options: Any) -> Chance:
        """Return where a measure stands among networks made by chance.

        Of shared events, attendance is drawn anew (`attendance`); of others, ties (`partners`).
        Options are those of `coopgraph.networks.trust.chance.chance`: group, draws, seed, progress.

        Raises:
            InputError: If the model does not fit the network, or the measure does not apply.
        """
        from coopgraph.networks.trust.chance import chance

        return chance(self, measure, model, **options)
