"""The metrics of the catalogue in words: which way each goes, its formula and where it is from."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ssim_viewer.metrics import broken_maps, broken_plugins, catalogue, lacking_adapters
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.metrics import MetricEntry


def direction_of(entry: MetricEntry) -> str:
    """Return which way quality goes, such as ``higher is better``."""
    return tr("higher is better") if entry.higher_is_better else tr("lower is better")


def tip_of(entry: MetricEntry) -> str:
    """Return what to know of a metric as a tooltip: rich text, which wraps."""
    paragraphs = (
        f"<b>{escape(tr(entry.title))}</b> · {_behaviour(entry)}",
        escape(tr(entry.summary)),
        f"<i>{escape(entry.source)}</i>",
    )
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def help_on_metrics() -> str:
    """Return the section of the help page on the metrics of the catalogue, as HTML."""
    broken = (*lacking_adapters().values(), *broken_plugins().values(), *broken_maps().values())
    left_out = (f'<p class="quiet">{escape(tr(text))}</p>' for text in broken)
    paragraphs = (_paragraph(entry) for entry in catalogue().values())
    heading = tr("The metrics, one by one")
    return "\n".join((f"<h2>{heading}</h2>", *paragraphs, *left_out))


def _paragraph(entry: MetricEntry) -> str:
    return (
        f"<p><b>{escape(tr(entry.title))}</b>, {escape(entry.symbol)} — {_behaviour(entry)}. "
        f'{escape(tr(entry.summary))}<br><span class="quiet">{escape(entry.source)}</span></p>'
    )


def _behaviour(entry: MetricEntry) -> str:
    if entry.best is None:
        return direction_of(entry)
    best = f"{entry.best:g}".replace("inf", "∞")
    return tr("{direction}, {best} for identical images", direction=direction_of(entry), best=best)
