"""Films of what can be recorded: a climb, a sweep, and pages that are pictures already."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image as PillowImage

from ssim_viewer.distortions import apply, get_distortion
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.reports.contact_sheet import NOT_COUNTED, similarity_colors
from ssim_viewer.reports.film import Film, Shot
from ssim_viewer.reports.film_plot import Plot, curve
from ssim_viewer.text import joined, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.metrics import BoundMetric, MetricEntry
    from ssim_viewer.session.run import Frame, Run

    Bind = Callable[[], BoundMetric]

MAP = tr("SSIM: white 1, black 0, magenta below")
SURROUND = 225
"""The grey around a map, where no window fits."""

MSE_AXIS = "MSE / levels²"
PAGE_SECONDS = 4.0
"""A page of a lesson stays so long: it is read."""

PAGE_LARGER = 2.5
"""Than a picture of an experiment: it is a picture of the window."""


def climb_film(
    run: Run,
    bound: Bind,
    data_range: float,
    *,
    symbol: str = "MSSIM",
    better: str = "higher",
    held: str = "MSE",
) -> Film:
    """Return the film of a climb, from the steps whose images are kept.

    Parameters
    ----------
    bound
        Returns SSIM with the reference, of the pixels that count, for the maps; called when a page
        is drawn.
    symbol, better
        The metric that the climb follows: its symbol, and which way is better.
    held
        The symbol of what is held.
    """
    steps, kept, values = run.trace[:, :3].T
    axis = MSE_AXIS if held == "MSE" else held
    title = (
        tr("{symbol}, higher is better", symbol=symbol)
        if better == "higher"
        else tr("{symbol}, lower is better", symbol=symbol)
    )
    plots = (
        Plot(title, tr("step"), (curve(symbol, steps, values),)),
        Plot(tr("{symbol}, held", symbol=axis), tr("step"), (curve(held, steps, kept),)),
    )

    def shot(frame: Frame) -> Shot:
        row = run.trace[int(np.searchsorted(steps, frame.index))]
        count = int(np.count_nonzero(steps <= frame.index))
        caption = tr(
            "step {step}   {symbol} {value}   {held} {kept:.6g}",
            step=frame.index,
            symbol=symbol,
            value=signed(row[2]),
            held=held,
            kept=float(row[1]),
        )
        return Shot(_with_map(frame.image, bound(), data_range), caption, ((count,), (count,)))

    name = tr("Climb by {symbol}", symbol=symbol)
    return Film(name, run, tuple(partial(shot, frame) for frame in run.frames), plots)


def sweep_film(
    reference: Image,
    bound: Bind,
    curves: Mapping[str, Sequence[tuple[float, Mapping[str, float]]]],
    *,
    seed: int = 0,
    x: str = "",
    y: str = "ssim",
    labels: tuple[str, str] = ("", ""),
    of: object = None,
) -> Film:
    """Return the film of a sweep: type after type of distortion, weak to strong.

    Parameters
    ----------
    curves
        Of each type, by name, the strengths and the scores there, by name.
    x, y
        The scores of the plot; without `x` it is the strength that lies across.
    labels
        Of the axes, across and up.
    of
        What the curves belong to.
    """
    kinds = {name: get_distortion(name) for name in curves}

    def point(strength: float, values: Mapping[str, float], score: str) -> float:
        return values.get(score, np.nan) if score else strength

    drawn = tuple(
        curve(
            kinds[name].title, *np.reshape([[point(*p, x), point(*p, y)] for p in each], (-1, 2)).T
        )
        for name, each in curves.items()
    )
    plot = Plot(labels[1] or y, labels[0] or tr("strength"), drawn, logarithmic=x in ("mse", "mae"))
    white = reference.data_range

    def shot(place: int, name: str, number: int) -> Shot:
        strength, values = curves[name][number]
        image = apply(name, reference.pixels, strength, seed, data_range=white)
        amount = f"{strength:.3g} {kinds[name].unit}".rstrip()
        words: list[str] = [tr("{kind}, {amount}", kind=kinds[name].title, amount=amount)]
        words += [f"MSSIM {signed(values['ssim'])}"] if "ssim" in values else []
        words += [f"MSE {values['mse']:.5g}"] if "mse" in values else []
        counts = [len(each.x) if other < place else 0 for other, each in enumerate(drawn)]
        counts[place] = number + 1
        caption = joined("   ", words)
        return Shot(_with_map(image, bound(), white), caption, (tuple(counts),))

    shots = tuple(
        partial(shot, place, name, number)
        for place, (name, each) in enumerate(curves.items())
        for number in range(len(each))
    )
    only = kinds[next(iter(curves))].title if len(curves) == 1 else tr("distortions")
    title = tr("Sweep of {what}", what=only)
    return Film(title, of, shots, (plot,))


def pages_film(title: str, pages: Sequence[tuple[str, bytes]], of: object = None) -> Film:
    """Return a film of pictures: the caption of each, and its file, such as PNG."""

    def shot(caption: str, data: bytes) -> Shot:
        with PillowImage.open(io.BytesIO(data)) as picture:
            pixels = np.asarray(picture.convert("RGB"))
        return Shot((("", pixels),), caption)

    shots = tuple(partial(shot, *each) for each in pages)
    return Film(title, of, shots, seconds=PAGE_SECONDS, columns=1, enlarge=PAGE_LARGER)


def which_is_better(entry: MetricEntry) -> str:
    """Return what stands over a plot of a metric: its symbol, and which way is better."""
    better = "higher" if entry.higher_is_better else "lower"
    return f"{entry.symbol}, {better} is better"


def signed(value: float) -> str:
    """Return a score with four decimals and a true minus sign."""
    return f"{value:.4f}".replace("-", "−")


def _with_map(
    image: NDArray[Any], bound: BoundMetric, data_range: float
) -> tuple[tuple[str, NDArray[np.uint8]], ...]:
    """Return the image and its SSIM map where it lies on it, both of one size."""
    colors = map_colors(bound, image)
    counts = not (colors == NOT_COUNTED).all(axis=2).any()
    title = MAP if counts else tr("{map}, pale blue not counted", map=MAP)
    return ((tr("Distorted"), displayed(image, data_range)), (title, colors))


def map_colors(bound: BoundMetric, image: NDArray[Any]) -> NDArray[np.uint8]:
    """Return the SSIM map of an image in colours, where it lies on it: (H, W, 3) uint8."""
    layer = next(iter(bound.layers(image).values()))
    colors, geometry = similarity_colors(np.asarray(layer.values, np.float32)), layer.geometry
    framed = np.full((*image.shape[:2], 3), SURROUND, np.uint8)
    inside = []
    for side, samples in zip(image.shape[:2], colors.shape[:2], strict=True):
        place = np.floor((np.arange(side) + 0.5 - geometry.offset) / geometry.scale).astype(np.intp)
        inside.append((np.flatnonzero((place >= 0) & (place < samples)), place))
    (rows, row_of), (columns, column_of) = inside
    framed[np.ix_(rows, columns)] = colors[np.ix_(row_of[rows], column_of[columns])]
    return framed
