"""Losses by name: one term, or a weighted sum of terms such as ``0.84*ms-ssim+0.16*mae``.

``mse``, ``mae``, ``ssim`` and ``ms-ssim`` are computed by the training library itself. Any other
metric of the registry, and these four as ``exact-ssim`` and so on, are computed by
`ssim_viewer.metrics`, whose exact gradient is then the cotangent of the network's output.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from ssim_viewer.metrics import MetricError, MsSsim, find
from ssim_viewer.text import tr
from ssim_viewer.training.errors import TrainingError

TRACED = ("mse", "mae", "ssim", "ms-ssim")
EXACT = "exact-"
MIX = "0.84*ms-ssim+0.16*mae"
"""Zhao, Gallo, Frosio, Kautz, IEEE Transactions on Computational Imaging 3(1), 2017."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a loss.

    Attributes
    ----------
    metric
        Its name in the registry of metrics.
    weight
        Above 0.
    exact
        Whether `ssim_viewer.metrics` computes it, value and gradient.
    """

    metric: str
    weight: float = 1.0
    exact: bool = False

    @property
    def symbol(self) -> str:
        """The metric as it stands beside a number."""
        symbol = "SSIM" if self.metric == "ssim" else find(self.metric).symbol
        return (
            tr("{symbol} (exact gradient)", symbol=symbol)
            if self.exact and self.metric in TRACED
            else symbol
        )


@dataclass(frozen=True)
class Loss:
    """A weighted sum of terms, each 0 or least when the images are identical."""

    terms: tuple[Term, ...]

    @cached_property
    def name(self) -> str:
        """The name as it is typed; `parse_loss` reads it again."""
        return "+".join(
            (f"{term.weight:g}*" if len(self.terms) > 1 or term.weight != 1 else "")
            + (EXACT if term.exact and term.metric in TRACED else "")
            + term.metric
            for term in self.terms
        )

    @property
    def title(self) -> str:
        """The name as it is read."""
        if len(self.terms) == 1 and self.terms[0].weight == 1:
            return self.terms[0].symbol
        return " + ".join(f"{term.weight:g} {term.symbol}" for term in self.terms)

    def notes(self, side: int) -> tuple[str, ...]:
        """Return what a person must know about this loss on patches of a size."""
        wanted = MsSsim()
        scales = wanted.scales((side, side))
        if scales < len(wanted.weights) and any(term.metric == "ms-ssim" for term in self.terms):
            numbers = {"scales": scales, "all": len(wanted.weights), "side": side}
            if scales == 1:
                return (
                    tr(
                        "MS-SSIM has 1 scale of {all} in patches of {side}×{side}, their weights "
                        "divided by their sum.",
                        **numbers,
                    ),
                )
            return (
                tr(
                    "MS-SSIM has {scales} scales of {all} in patches of {side}×{side}, their "
                    "weights divided by their sum.",
                    **numbers,
                ),
            )
        return ()


def parse_loss(text: str) -> Loss:
    """Return the loss that a text names; "mix" is the sum of `MIX`.

    Raises
    ------
    TrainingError
        A weight is no number above 0, or there is no such metric.
    """
    text = MIX if text.strip().lower() == "mix" else text
    terms = tuple(_term(part.strip()) for part in text.split("+"))
    return Loss(terms)


def _term(text: str) -> Term:
    weight_text, _, name = text.rpartition("*")
    try:
        weight = float(weight_text) if weight_text else 1.0
    except ValueError:
        weight = math.nan
    if not (math.isfinite(weight) and weight > 0):
        raise TrainingError(
            tr(
                "The weight of a loss is a number above 0, not “{weight_text}”.",
                weight_text=weight_text,
            )
        )
    exact = name.startswith(EXACT)
    try:
        entry = find(name.removeprefix(EXACT))
    except MetricError as error:
        raise TrainingError(
            tr("{error} A loss is one of them, or a sum such as {mix}.", error=error, mix=MIX)
        ) from None
    return Term(entry.name, weight, exact or entry.name not in TRACED)
