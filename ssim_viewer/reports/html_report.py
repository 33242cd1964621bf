"""One self-contained HTML page: candidates with pictures, maps, scores and convention."""

from __future__ import annotations

import base64
import html
import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as PillowImage

from ssim_viewer import __version__
from ssim_viewer.metrics.display_images import displayed
from ssim_viewer.reports.candidates import TITLES
from ssim_viewer.reports.contact_sheet import similarity_colors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ssim_viewer.images import Image
    from ssim_viewer.reports.candidates import CandidateScores

WIDEST = 640
"""Pixels of a picture's larger side in the page at most."""

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 1400px; padding: 0 1em;
       color: #1c1c1c; background: #fafafa; }
table { border-collapse: collapse; } td, th { padding: .3em .8em; text-align: right; }
td:first-child, th:first-child { text-align: left; } tr:nth-child(even) { background: #f0f0f0; }
figure { display: inline-block; margin: .5em; vertical-align: top; } figcaption { color: #555; }
img { max-width: 100%; image-rendering: auto; } .note { color: #555; } h2 { margin-top: 2em; }
@media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #1e1e1e; }
  tr:nth-child(even) { background: #292929; } figcaption, .note { color: #aaa; } }
"""


@dataclass(frozen=True, slots=True, eq=False)
class MapColors:
    """How maps of SSIM become colours, one way for all candidates, and what that is in words.

    Attributes
    ----------
    missing
        The colour of windows that do not count, in words.
    """

    colored: Callable[[NDArray[np.float32]], NDArray[np.uint8]]
    words: str
    missing: str


USUAL_COLORS = MapColors(
    similarity_colors, "white is 1, black is 0, magenta is below 0", "pale blue"
)


@dataclass(frozen=True, slots=True, eq=False)
class ReportEntry:
    """One candidate of the page.

    Attributes
    ----------
    figures
        Its picture and its map as HTML: small already, so that many large images have room.
    """

    scores: CandidateScores
    figures: str = ""


def report_entry(
    scores: CandidateScores,
    pixels: NDArray[np.generic],
    white: float,
    ssim_map: NDArray[np.float32] | None = None,
    colors: MapColors = USUAL_COLORS,
) -> ReportEntry:
    """Return a candidate of the page, with its pixels in the unit of the reference."""
    figures = [_figure(displayed(pixels, white), _caption(scores))]
    if ssim_map is not None:
        left_out = f", {colors.missing} does not count" if np.isnan(ssim_map).any() else ""
        words = f"SSIM map: {colors.words}{left_out}"
        figures.append(_figure(colors.colored(ssim_map), words))
    return ReportEntry(scores, "\n".join(figures))


def html_report(
    reference: Image, entries: Sequence[ReportEntry], names: Sequence[str], convention: str
) -> str:
    """Return the page.

    Parameters
    ----------
    names
        The scores that the table shows, in order.
    convention
        Of SSIM, in words; candidates whose own is another say so.
    """
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8>",
        f"<title>{_safe(reference.name)} and its candidates</title><style>{_STYLE}</style>",
        f"<h1>{_safe(reference.name)}</h1>",
        f"<p class=note>{reference.size_text}, {_safe(reference.kind_text)}. SSIM: "
        f"{_safe(convention)}. MSE over all samples of all channels. A higher MSSIM and PSNR are "
        f"better, a lower MSE is. Made by ssim_viewer {__version__}.</p>",
        _table(entries, names),
        "<h2>Pictures</h2>",
        _figure(displayed(reference.pixels, reference.data_range), "reference"),
    ]
    for entry in entries:
        parts.append(f"<h3>{_safe(entry.scores.name)}</h3>")
        if entry.scores.problem:
            parts.append(f"<p class=note>{_safe(entry.scores.problem)}</p>")
        other = entry.scores.convention if entry.scores.convention != convention else ""
        if said := " ".join((*([f"SSIM: {other}."] if other else []), *entry.scores.notes)):
            parts.append(f"<p class=note>{_safe(said)}</p>")
        parts.append(entry.figures)
    return "\n".join(parts) + "\n"


def _table(entries: Sequence[ReportEntry], names: Sequence[str]) -> str:
    heads = ["candidate", "bytes", "bits per pixel", *(TITLES.get(name, name) for name in names)]
    head = "".join(f"<th>{_safe(each)}" for each in heads)
    rows = "".join(f"<tr>{_row(entry.scores, names)}" for entry in entries)
    return f"<table><tr>{head}{rows}</table>"


def _row(scores: CandidateScores, names: Sequence[str]) -> str:
    size = "" if scores.size_bytes is None else f"{scores.size_bytes:,}"
    rate = "" if math.isnan(scores.bits_per_pixel) else f"{scores.bits_per_pixel:.3f}"
    values = (f"{scores.values[name]:.5g}" if name in scores.values else "" for name in names)
    return "".join(f"<td>{_safe(cell)}" for cell in (scores.name, size, rate, *values))


def _caption(scores: CandidateScores) -> str:
    words = [f"{TITLES.get(name, name)} {value:.5g}" for name, value in scores.values.items()]
    return ", ".join(words)


def _figure(picture: NDArray[np.uint8], caption: str) -> str:
    image = PillowImage.fromarray(picture)
    image.thumbnail((WIDEST, WIDEST), PillowImage.Resampling.LANCZOS)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    data = base64.b64encode(stream.getvalue()).decode("ascii")
    text = _safe(caption)
    return (
        f'<figure><img alt="{text}" src="data:image/png;base64,{data}">'
        f"<figcaption>{text}</figcaption></figure>"
    )


def _safe(text: str) -> str:
    return html.escape(text, quote=True)
