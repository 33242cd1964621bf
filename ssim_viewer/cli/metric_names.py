"""Metrics by name on the command line, made for the images and the convention of SSIM in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from ssim_viewer.cli.terminal import result_console, say
from ssim_viewer.metrics import MetricContext, broken_plugins, catalogue, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.metrics import Metric, MetricEntry, Ssim


@dataclass(frozen=True, slots=True)
class Named:
    """A metric as it was asked for."""

    entry: MetricEntry
    metric: Metric

    @property
    def name(self) -> str:
        """Return the name as it is typed and stands over a column."""
        return self.entry.name

    @property
    def symbol(self) -> str:
        """Return what stands before a number."""
        return self.entry.symbol

    def in_words(self, value: float) -> str:
        """Return a value with its symbol."""
        return f"{self.symbol} {value:.6g}"


def named_metric(name: str, ssim: Ssim) -> Named:
    """Return the metric of a name; those akin to SSIM take its convention.

    Raises
    ------
    MetricError
        Naming the metrics there are, if there is none of this name.
    """
    entry = find(name)
    context = MetricContext(data_range=ssim.data_range, color=ssim.color, ssim=ssim)
    return Named(entry, entry.make(context))


def metric_names(words: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the metrics that were asked for, each once; `all` is every one there is.

    Raises
    ------
    MetricError
        If there is no metric of a name.
    """
    if "all" in words:
        return tuple(catalogue())
    return tuple(dict.fromkeys(find(word).name for word in words))


def list_metrics() -> int:
    """Print every metric there is, and say which plug-ins were left out."""
    table = Table()
    for heading in ("name", "stands for", "better", "best", "source"):
        table.add_column(heading, overflow="fold")
    for entry in catalogue().values():
        better = "higher" if entry.higher_is_better else "lower"
        best = "" if entry.best is None else f"{entry.best:g}"
        table.add_row(*map(Text, (entry.name, entry.title, better, best, entry.source)))
    result_console().print(table)
    for sentence in broken_plugins().values():
        say(sentence)
    return 0
