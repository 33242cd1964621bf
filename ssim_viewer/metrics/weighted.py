"""W-SSIM: the SSIM map averaged with weights that grow with local variance.

Wang, Simoncelli: Maximum differentiation (MAD) competition: a methodology for comparing
computational models of perceptual quantities. Journal of Vision 8(12):8, 2008; the weights are
those of its code, as in plenoptic's `ssim(weighted=True)`:

    S = A1 A2 / (B1 B2)                                              as in `similarity`
    w = log((1 + s_x² / C2) (1 + s_y² / C2))
    W-SSIM = V = sum w S / sum w

Weights depend on the distorted image too, so with s = sum w the derivatives are

    dV/dmu_y  = (w / s) 2 (mu_x A2/B2 - mu_y S) / B1
    dV/ds_xy  = (w / s) 2 l / B2
    dV/ds_y²  = -(w / s) S / B2 + ((S - V) / s) / (C2 + s_y²)

Where every window of both images is flat, all weights are 0: V is the plain mean of S, and its
derivative is that of the mean.
"""

from __future__ import annotations

import dataclasses
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np

from ssim_viewer.metrics.counting import some, windows_that_count
from ssim_viewer.metrics.data_range import ASSUMED
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.per_plane import BoundPlanes
from ssim_viewer.metrics.planes import centre_of, size_text
from ssim_viewer.metrics.protocol import Layer
from ssim_viewer.metrics.ssim.metric import Ssim
from ssim_viewer.metrics.ssim.settings import (
    Border,
    Covariance,
    WindowShape,
    check_stable,
    stabilised,
)
from ssim_viewer.metrics.ssim.shared_settings import SHARED
from ssim_viewer.metrics.weighted_compiled import KERNELS, CompiledWeighted, Constants
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import ArrayLike, NDArray

    from ssim_viewer.metrics.luma import Color

    Plane = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WeightedSsim:
    """Settings of SSIM weighted by local variance.

    Parameters
    ----------
    data_range, k1, k2, window, window_size, sigma, border, covariance, color, taps
        As for `Ssim`; the published procedure has a uniform window of 8 × 8.

    Raises
    ------
    MetricError
        A setting is out of its range.
    """

    higher_is_better: ClassVar[bool] = True

    data_range: float = ASSUMED
    k1: float = field(default=0.01, metadata=SHARED["k1"])
    k2: float = field(default=0.03, metadata=SHARED["k2"])
    window: WindowShape = field(default="gaussian", metadata=SHARED["window"])
    window_size: int = field(default=11, metadata=SHARED["window_size"])
    sigma: float = field(default=1.5, metadata=SHARED["sigma"])
    border: Border = field(default="valid", metadata=SHARED["border"])
    covariance: Covariance = field(default="population", metadata=SHARED["covariance"])
    color: Color = field(default="mean", metadata=SHARED["color"])
    taps: tuple[float, ...] = field(default=(), metadata=SHARED["taps"])

    def __post_init__(self) -> None:
        for name, value in _shared(self.ssim()).items():
            object.__setattr__(self, name, value)
        check_stable(self.ssim(), "W-SSIM")

    @classmethod
    def of(cls, ssim: Ssim) -> WeightedSsim:
        """Return weighted SSIM with the window, constants and border of a convention of SSIM.

        Constants of 0 are left behind: weights are logarithms of variances relative to C2.
        """
        return cls(**_shared(stabilised(ssim)))

    def bind(self, reference: ArrayLike, *, channel_axis: int | None = None) -> BoundPlanes:
        """Return the metric with the statistics of its reference, (H, W) or (H, W, C), computed.

        Raises
        ------
        MetricError
            The reference is no image of real finite numbers or is smaller than the window.
        """
        return BoundPlanes(self, reference, channel_axis=channel_axis)

    def plane(self, x: NDArray[Any], /) -> _Weighted:
        """Return one plane of the reference."""
        return _Weighted(self.ssim(), x)

    def ssim(self) -> Ssim:
        """Return SSIM with the same settings."""
        return Ssim(**{name: getattr(self, name) for name in _NAMES})

    def describe(self) -> str:
        """Return the convention in words, as it stands beside a score."""
        return tr("{ssim}, weighted by variance", ssim=self.ssim().describe())


_NAMES = tuple(each.name for each in dataclasses.fields(WeightedSsim))


class _Statistics(NamedTuple):
    """Local statistics of y beside x; mu_y is centred."""

    y: Plane
    mu_y: Plane
    s_yy: Plane
    s_xy: Plane


class _Terms(NamedTuple):
    """What V is made of."""

    B1: Plane
    B2: Plane
    lum: Plane
    cs: Plane
    S: Plane
    w: Plane
    value: float


class _Weighted:
    """One plane of the reference with its local statistics."""

    notes: tuple[str, ...] = ()

    def __init__(self, settings: Ssim, x: NDArray[Any]) -> None:
        if min(x.shape) < settings.window_size:
            raise MetricError(
                tr(
                    "The image, {size_text}, is smaller than the window, "
                    "{window_size}×{window_size}.",
                    size_text=size_text(x.shape),
                    window_size=settings.window_size,
                )
            )
        constants = settings.similarity()
        self._settings = settings
        self._window = settings.kernel()
        self._C1, self._C2, self._k = constants.C1, constants.C2, constants.k
        self._shift = centre_of(x)
        self._x = self._centred(x)
        self._mu_x = self._mean(self._x)
        self._s_xx = np.maximum(self._covariance(self._x, self._x, self._mu_x, self._mu_x), 0)
        self._compiled = CompiledWeighted(
            self._x,
            self._mu_x,
            self._s_xx,
            self._window,
            Constants(self._C1, self._C2, self._k, self._shift),
        )
        self._kept: NDArray[np.bool_] | None = None

    def restricted(self, counts: NDArray[np.bool_], bad: NDArray[np.bool_], /) -> _Weighted:
        """Return the plane whose mean is over the windows that count."""
        other = copy(self)
        other._kept = some(windows_that_count(self._settings, bad, counts))  # noqa: SLF001  a copy
        return other

    def value(self, y: NDArray[Any], /) -> float:
        with KERNELS.computing() as kernels:
            found = self._measured(kernels, y, gradient=False)
            return self._terms(self._statistics(y)).value if found is None else found[0]

    def value_and_gradient(self, y: NDArray[Any], /) -> tuple[float, Plane]:
        with KERNELS.computing() as kernels:
            found = self._measured(kernels, y, gradient=True)
            return self._by_arrays(y) if found is None else found

    def _measured(
        self, kernels: ModuleType | None, y: NDArray[Any], *, gradient: bool
    ) -> tuple[float, Plane] | None:
        if kernels is None:
            return None
        return self._compiled.measure(kernels, y, self._kept, gradient=gradient)

    def _by_arrays(self, y: NDArray[Any]) -> tuple[float, Plane]:
        of = self._statistics(y)
        B1, B2, lum, cs, S, w, value = self._terms(of)
        total = w.sum()
        share = w / total if total > 0 else self._equal_share(w)
        mu_x, mu_y = self._mu_x + self._shift, of.mu_y + self._shift
        by_mu_y = 2 * share * (mu_x * cs - mu_y * S) / B1
        by_s_xy = self._k * 2 * share * lum / B2
        by_s_yy = -share * S / B2
        if total > 0:
            by_weight = (S - value) / total / (self._C2 + of.s_yy)
            by_s_yy += by_weight if self._kept is None else by_weight * self._kept
        by_s_yy *= 2 * self._k
        by_mu_y -= by_s_yy * of.mu_y + by_s_xy * self._mu_x
        gradient = self._adjoint(by_mu_y)
        gradient += self._adjoint(by_s_yy) * of.y
        gradient += self._adjoint(by_s_xy) * self._x
        return value, self._window.fold(gradient, y.shape)

    def layers(self, y: NDArray[Any], /) -> dict[str, Layer]:
        terms = self._terms(self._statistics(y))
        place = self._settings.geometry(y.shape)
        maps = {"SSIM": terms.S, tr("weight"): terms.w}
        kept = self._kept
        return {
            name: Layer(each if kept is None else np.where(kept, each, np.nan), place)
            for name, each in maps.items()
        }

    def _equal_share(self, w: Plane) -> Plane:
        """Return weights of which all that count are the same, and sum to 1."""
        equal = np.ones_like(w) if self._kept is None else self._kept.astype(np.float64)
        equal /= equal.sum()
        return equal

    def _statistics(self, y: NDArray[Any]) -> _Statistics:
        centred = self._centred(y)
        mu_y = self._mean(centred)
        s_yy = np.maximum(self._covariance(centred, centred, mu_y, mu_y), 0)
        return _Statistics(
            centred, mu_y, s_yy, self._covariance(self._x, centred, self._mu_x, mu_y)
        )

    def _terms(self, of: _Statistics) -> _Terms:
        mu_x, mu_y = self._mu_x + self._shift, of.mu_y + self._shift
        B1 = mu_x**2 + mu_y**2 + self._C1
        B2 = self._s_xx + of.s_yy + self._C2
        lum = (2 * mu_x * mu_y + self._C1) / B1
        cs = (2 * of.s_xy + self._C2) / B2
        S = lum * cs
        w = np.log1p(self._s_xx / self._C2) + np.log1p(of.s_yy / self._C2)
        if self._kept is not None:
            w *= self._kept
        total = w.sum()
        value = (w * S).sum() / total if total != 0 else (self._equal_share(w) * S).sum()
        return _Terms(B1, B2, lum, cs, S, w, float(value))

    def _centred(self, plane: NDArray[Any]) -> Plane:
        centred: Plane = np.subtract(
            self._window.pad(plane), self._shift, dtype=np.float64, order="C"
        )
        return centred

    def _mean(self, padded: Plane) -> Plane:
        return self._window.mean(padded, np.empty_like(padded))

    def _covariance(self, a: Plane, b: Plane, mu_a: Plane, mu_b: Plane) -> Plane:
        return self._k * (self._mean(a * b) - mu_a * mu_b)

    def _adjoint(self, slope: Plane) -> Plane:
        framed, out = np.empty_like(self._x), np.empty_like(self._x)
        self._window.inside(framed)[:] = slope
        self._window.adjoint(framed, out)
        return out


def _shared(ssim: Ssim) -> dict[str, Any]:
    """Return the settings of SSIM that hold for its weighted mean too."""
    return {name: getattr(ssim, name) for name in _NAMES}
