"""Figures of pairs: what sources count between two parties. They are attributes, never ties."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from coopgraph.answers.lookup import reference_of
from coopgraph.basics.iris import slug_of
from coopgraph.basics.terms import CG
from coopgraph.networks.facts import document_of
from coopgraph.stores import Reader


@dataclass(frozen=True)
class Figure:
    """A figure of a pair: what is measured, the words of the source, period, and the claim.

    `words` is the value as the source writes it, which is never made more exact than it is.
    """

    reporter: str
    counterpart: str
    indicator: str
    measure: str
    precision: str
    value: str
    unit: str
    period: str
    modality: str
    claim: str

    @property
    def pair(self) -> frozenset[str]:
        """The two parties."""
        return frozenset((self.reporter, self.counterpart))

    @property
    def document(self) -> str:
        """The document that gives it."""
        return document_of(self.claim)

    def __str__(self) -> str:
        value = f"{self.precision} {self.value}" if self.precision != "exact" else self.value
        parts = [self.indicator, self.measure, value, self.unit, self.period]
        if self.modality != "asserted":
            parts.append(self.modality)
        return " ".join(filter(None, parts)) + f" [{reference_of(self.claim)}]"


def figures(reader: Reader, parties: Collection[str]) -> list[Figure]:
    """Return the figures of which both sides are among the parties, by claim."""
    rows = reader.select(
        f"""PREFIX cg: <{CG}>
        SELECT ?of ?with ?indicator ?measure ?precision ?value ?unit ?period ?modality ?claim
        WHERE {{
          ?claim a cg:Figure ; cg:reporter ?of ; cg:counterpart ?with ; cg:indicator ?indicator ;
            cg:measure ?measure ; cg:modality ?modality .
          OPTIONAL {{ ?claim cg:precision ?precision }}
          OPTIONAL {{ ?claim cg:value ?exact }}
          OPTIONAL {{ ?claim cg:lowerBound ?lower }}
          OPTIONAL {{ ?claim cg:upperBound ?upper }}
          OPTIONAL {{ ?claim cg:unit ?unit }}
          OPTIONAL {{ ?claim cg:periodText ?period }}
          BIND(COALESCE(?exact, ?lower, ?upper) AS ?value)
          FILTER NOT EXISTS {{ ?claim cg:supersededOn ?day }}
        }} ORDER BY ?claim"""
    )
    found = []
    for row in rows:
        if row["of"].value in parties and row["with"].value in parties:
            told = [row[name].value if row[name] else "" for name in _TEXTS]
            words = [slug_of(row[name].value) if row[name] else "" for name in _CONCEPTS]
            found.append(
                Figure(
                    row["of"].value, row["with"].value, words[0], words[1], words[2], told[0],
                    words[3], told[1], words[4], row["claim"].value,
                )
            )  # fmt: skip
    return found


_TEXTS = ("value", "period")
_CONCEPTS = ("indicator", "measure", "precision", "unit", "modality")
