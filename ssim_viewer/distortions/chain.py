"""A stack of distortions, applied one after another. Each can be switched off or moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ssim_viewer.distortions.applying import apply, data_range_of, under
from ssim_viewer.distortions.protocol import as_image
from ssim_viewer.distortions.registry import get_distortion
from ssim_viewer.distortions.solving import solve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

Measure = Literal["mse", "ssim"]


@dataclass(frozen=True, slots=True)
class Link:
    """One distortion of a chain: the recipe, not the pixels.

    Attributes
    ----------
    parameters
        The other numbers of the type, as pairs of name and value; one that is missing has its
        default.
    on
        Whether it is applied.
    """

    name: str
    strength: float
    seed: int = 0
    parameters: tuple[tuple[str, float], ...] = ()
    on: bool = True

    def parameter(self, name: str) -> float:
        """Return a parameter, or its default."""
        defaults = {each.name: each.default for each in get_distortion(self.name).parameters}
        return dict(self.parameters).get(name, defaults[name])

    def with_parameter(self, name: str, value: float) -> Link:
        """Return the link with another value of a parameter."""
        return replace(self, parameters=tuple({**dict(self.parameters), name: value}.items()))


def apply_chain(
    links: Iterable[Link],
    image: ArrayLike,
    *,
    data_range: float | None = None,
    opacity: NDArray[np.floating] | None = None,
) -> NDArray[np.float64]:
    """Return the image after every link that is on, float64 within [0, data range].

    Where `opacity` is below 1, the image as it was shows through.
    """
    pixels = as_image(image)
    white = data_range_of(image, data_range)
    distorted = pixels
    for link in links:
        if link.on:
            distorted = apply(
                link.name,
                distorted,
                link.strength,
                link.seed,
                data_range=white,
                parameters=dict(link.parameters),
            )
    return distorted if opacity is None else under(pixels, distorted, opacity)


def solve_chain(
    links: tuple[Link, ...],
    free: int,
    image: ArrayLike,
    level: float,
    score: Callable[[NDArray[np.float64]], float],
    *,
    measure: str,
    data_range: float | None = None,
    opacity: NDArray[np.floating] | None = None,
) -> tuple[Link, ...]:
    """Return the links with the strength of one of them chosen so that a score has a level.

    Parameters
    ----------
    free
        The place of the link whose strength is chosen.
    score, level, measure
        As in `solve_for_level`.

    Raises
    ------
    LevelError
        The level cannot be reached by this link.
    """

    def with_strength(strength: float) -> tuple[Link, ...]:
        link = replace(links[free], strength=strength, on=True)
        return (*links[:free], link, *links[free + 1 :])

    def image_at(strength: float) -> NDArray[np.float64]:
        return apply_chain(with_strength(strength), image, data_range=data_range, opacity=opacity)

    kind = get_distortion(links[free].name)
    return with_strength(float(solve(kind, image_at, level, score, measure=measure)))
