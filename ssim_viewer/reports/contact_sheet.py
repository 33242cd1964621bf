"""A contact sheet: pictures with their maps and captions on one page, drawn with Pillow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageDraw

from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.reports.fonts import font, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ssim_viewer.reports.gallery import Panel

GAP = 16
LINE = 20
WIDEST = 360
"""Pixels of a picture's larger side on the sheet at most."""

Color = tuple[int, int, int]
PAPER, INK, QUIET = (250, 250, 250), (20, 20, 20), (110, 110, 110)
NOT_COUNTED = (150, 180, 215)
"""Pale blue, no colour of a similarity: windows that do not count."""


def contact_sheet(
    panels: Sequence[Panel],
    data_range: float,
    *,
    title: str,
    subtitle: str = "",
    columns: int = 0,
    maps: bool = True,
) -> PillowImage.Image:
    """Return the sheet.

    Parameters
    ----------
    panels
        At least one with pixels; those without are told of below the pictures.
    data_range
        The value of white.
    columns
        Of pictures; 0 chooses.
    maps
        Whether each SSIM map stands below its picture: white is 1, black 0, magenta below 0.
    """
    shown = [panel for panel in panels if panel.pixels is not None]
    missing = [panel.problem for panel in panels if panel.pixels is None]
    columns = columns or min(len(shown), 4 if len(shown) > 6 else 3)
    first = shown[0].pixels
    assert first is not None  # noqa: S101 - that is what `shown` is made of
    height, width = first.shape[:2]
    scale = min(1.0, WIDEST / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    cell_height = size[1] * (2 if maps else 1) + (4 if maps else 0) + 2 * LINE + GAP
    rows = -(-len(shown) // columns)
    top = GAP + 2 * LINE + (LINE if subtitle else 0)
    cell_width = max(size[0], *map(_words_width, shown))
    page_width = max(columns * (cell_width + GAP) + GAP, 480)
    lines = [line for text in missing for line in _wrapped(text, page_width - 2 * GAP)]
    page_height = top + rows * cell_height + LINE * len(lines) + GAP
    page = PillowImage.new("RGB", (page_width, page_height), PAPER)
    sheet = _Sheet(page, ImageDraw.Draw(page), size, data_range, maps)
    sheet.write((GAP, GAP), title, INK, 20)
    sheet.write((GAP, GAP + LINE + 8), subtitle, QUIET, 13)
    for place, panel in enumerate(shown):
        row, column = divmod(place, columns)
        sheet.draw_panel(panel, GAP + column * (cell_width + GAP), top + row * cell_height)
    for number, line in enumerate(lines):
        sheet.write((GAP, top + rows * cell_height + LINE * number), line, QUIET, 13)
    return page


@dataclass(frozen=True, slots=True)
class _Sheet:
    page: PillowImage.Image
    pen: ImageDraw.ImageDraw
    size: tuple[int, int]
    data_range: float
    maps: bool

    def write(self, place: tuple[int, int], words: str, color: Color, points: int) -> None:
        """Write a line."""
        self.pen.text(place, readable(words), fill=color, font=font(points))

    def draw_panel(self, panel: Panel, left: int, top: int) -> None:
        """Draw a picture, its map and its captions."""
        assert panel.pixels is not None  # noqa: S101 - only panels with pixels are drawn
        height = self.size[1]
        picture = PillowImage.fromarray(displayed(panel.pixels, self.data_range)).convert("RGB")
        self.page.paste(picture.resize(self.size, PillowImage.Resampling.LANCZOS), (left, top))
        below = top + height + 4
        if self.maps and panel.ssim_map is not None:
            colored = PillowImage.fromarray(similarity_colors(panel.ssim_map))
            self.page.paste(colored.resize(self.size, PillowImage.Resampling.BOX), (left, below))
            below += height + 4
        self.write((left, below), caption(panel), INK, 14)
        self.write((left, below + LINE), scores(panel), QUIET, 13)


def caption(panel: Panel) -> str:
    """Return what the panel is, such as ``Gaussian blur, 2.31 pixels``."""
    if not panel.title:
        return "Reference"
    strength = f"{panel.strength:.3g} {panel.unit}".rstrip()
    return f"{panel.title}, {strength}"


def scores(panel: Panel) -> str:
    """Return the scores of a panel in words; a level that was not met exactly says so."""
    about = "" if panel.reached else " (nearest)"
    ratio = f"{panel.psnr:.2f} dB" if math.isfinite(panel.psnr) else "identical"
    return f"MSE {panel.mse:.4g}{about}   {ratio}   MSSIM {panel.ssim:.4f}"


def _words_width(panel: Panel) -> int:
    """Return the pixels that the words below a picture take: those of a small one are wider."""
    lines = ((14, caption(panel)), (13, scores(panel)))
    return math.ceil(max(font(points).getlength(readable(words)) for points, words in lines))


def similarity_colors(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return a similarity map as (H, W, 3): grey from 0 to 1, magenta below 0, pale blue at NaN."""
    missing = np.isnan(values)
    values = np.nan_to_num(values)
    grey = np.clip(values, 0, 1) * 255
    below = np.clip(-values, 0, 1)
    colors = np.stack([grey, grey, grey], axis=-1)
    colors[values < 0] = 0
    colors[..., 0] += 255 * below
    colors[..., 2] += 230 * below
    colors[missing] = NOT_COUNTED
    return np.rint(np.clip(colors, 0, 255)).astype(np.uint8)


def _wrapped(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font(13).getlength(longer) > width and line:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]
