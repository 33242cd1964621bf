"""A film: the steps of an experiment as pages, pictures beside their plots, drawn with Pillow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PIL import Image as PillowImage
from PIL import ImageDraw

from ssim_viewer.reports.film_plot import GAP, INK, PAPER, QUIET, Plot, draw_plot
from ssim_viewer.reports.fonts import font, readable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

PLOT_WIDTH, PLOT_HEIGHT = 400, 200
LINE = 22
SIDE = 360
"""Pixels of a picture's larger side, unless another size is asked for."""

LEAST_TEXT = 480
"""Pixels across that a caption has at the least."""


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """What one page shows.

    Attributes
    ----------
    pictures
        The title of each, and its pixels, (H, W) or (H, W, 3) uint8; all are drawn
        in the size of the first.
    caption
        One line above.
    drawn
        For each plot, how many points of each of its curves are drawn by now.
    """

    pictures: tuple[tuple[str, NDArray[np.uint8]], ...]
    caption: str
    drawn: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """What can be recorded.

    Attributes
    ----------
    title
        What it is, such as ``Climb by MSSIM``.
    of
        What it is made of: two films of the same thing with as many shots are the same.
    shots
        Each makes its page's content when it is called, on a worker; they are in order.
    plots
        Beside the pictures of every page, one below the other.
    seconds
        How long a page stays; 0 leaves it to the rate.
    columns
        Pictures in a row.
    enlarge
        How much larger pictures are than usual.
    """

    title: str
    of: object
    shots: tuple[Callable[[], Shot], ...]
    plots: tuple[Plot, ...] = ()
    seconds: float = 0.0
    columns: int = 2
    enlarge: float = 1.0

    def thinned(self, most: int) -> Film:
        """Return the film with no more shots than that, both ends among them."""
        count = len(self.shots)
        if count <= most:
            return self
        places = sorted({round(i * (count - 1) / max(most - 1, 1)) for i in range(most)})
        shots = tuple(self.shots[place] for place in places)
        return replace(self, shots=shots)


def page(film: Film, shot: Shot, side: int = SIDE) -> PillowImage.Image:
    """Return a page, RGB; all pages of a film have one size, which is even.

    Parameters
    ----------
    side
        Pixels of a picture's larger side.
    """
    height, width = shot.pictures[0][1].shape[:2]
    scale = film.enlarge * side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    columns = min(film.columns, len(shot.pictures))
    rows = -(-len(shot.pictures) // columns)
    left = columns * (size[0] + GAP) + GAP
    plots = PLOT_WIDTH + GAP if film.plots else 0
    top = GAP + LINE + 8
    across = max(left + plots, LEAST_TEXT)
    down = top + max(rows * (size[1] + LINE + GAP), len(film.plots) * (PLOT_HEIGHT + GAP))
    each = (down - top) // len(film.plots) if film.plots else 0
    paper = PillowImage.new("RGB", (across + across % 2, down + down % 2), PAPER)
    pen = ImageDraw.Draw(paper)
    pen.text((GAP, GAP - 4), readable(shot.caption), fill=INK, font=font(17))
    for place, (title, pixels) in enumerate(shot.pictures):
        row, column = divmod(place, columns)
        at = GAP + column * (size[0] + GAP), top + row * (size[1] + LINE + GAP)
        pen.text(at, _cut(readable(title), size[0]), fill=QUIET, font=font(13))
        paper.paste(_fitted(pixels, size), (at[0], at[1] + LINE))
    for place, plot in enumerate(film.plots):
        box = left, top + place * each, left + PLOT_WIDTH
        drawn: Sequence[int] = shot.drawn[place] if place < len(shot.drawn) else ()
        draw_plot(pen, plot, drawn, (*box, box[1] + each - GAP))
    return paper


def _cut(words: str, width: int) -> str:
    """Return words that are no wider than a picture, cut in the middle."""
    if font(13).getlength(words) <= width:
        return words
    half = len(words) // 2
    while half > 1 and font(13).getlength(f"{words[:half]}…{words[-half:]}") > width:
        half -= 1
    return f"{words[:half]}…{words[-half:]}"


def _fitted(pixels: NDArray[np.uint8], size: tuple[int, int]) -> PillowImage.Image:
    """Return a picture in a size; enlarged by repetition, so that pixels stay what they are."""
    picture = PillowImage.fromarray(pixels).convert("RGB")
    smaller = size[0] < picture.width
    how = PillowImage.Resampling.LANCZOS if smaller else PillowImage.Resampling.NEAREST
    return picture.resize(size, how)
