"""Metrics by name on the command line, made for the images and the convention of SSIM in use."""

from __future__ import annotations

from ast import literal_eval
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from ssim_viewer.cli.terminal import result_console, say
from ssim_viewer.metrics import (
    MetricContext,
    MetricError,
    broken_maps,
    broken_plugins,
    catalogue,
    cropped_metric,
    find,
    lacking_adapters,
    with_settings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssim_viewer.metrics import Metric, MetricEntry, Ssim

SEPARATOR = ":"


@dataclass(frozen=True, slots=True)
class Named:
    """A metric as it was asked for."""

    entry: MetricEntry
    metric: Metric
    settings: str = ""

    @property
    def name(self) -> str:
        """Return the name as it is typed and stands over a column, with settings given to it."""
        return self.entry.name + self.settings

    @property
    def symbol(self) -> str:
        """Return what stands before a number."""
        return self.entry.symbol

    def in_words(self, value: float) -> str:
        """Return a value with its symbol."""
        return f"{self.symbol} {value:.6g}"


def named_metric(name: str, ssim: Ssim) -> Named:
    """Return the metric of a name; those akin to SSIM take its convention.

    Settings may follow the name, as in ``ms-ssim:negative=signed:window-size=7``.

    Raises
    ------
    MetricError
        Naming the metrics there are, if there is none of this name.
    """
    word, *settings = name.split(SEPARATOR)
    entry = find(word)
    context = MetricContext(data_range=ssim.data_range, color=ssim.color, ssim=ssim)
    metric = entry.make(context)
    if settings:
        metric = with_settings(metric, dict(map(_setting, settings)), entry.name)
    metric = cropped_metric(metric, ssim.crop)
    return Named(entry, metric, SEPARATOR.join(["", *settings]))


def _setting(words: str) -> tuple[str, Any]:
    """Return the name and the value of ``name=value``: a number, a tuple, or a word."""
    name, equals, value = words.partition("=")
    if not equals:
        raise MetricError(f"A setting of a metric is NAME=VALUE, not {words!r}.")
    try:
        return name.strip().replace("-", "_"), literal_eval(value.strip())
    except (ValueError, SyntaxError):
        return name.strip().replace("-", "_"), value.strip()


def metric_names(words: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the metrics that were asked for, each once; `all` is every one there is.

    Raises
    ------
    MetricError
        If there is no metric of a name.
    """
    if "all" in words:
        return tuple(catalogue())
    return tuple(dict.fromkeys(_plain(word) for word in words))


def symbol_of(name: str) -> str:
    """Return what stands before the numbers of a metric, with the settings given to it."""
    word, *settings = name.split(SEPARATOR)
    return SEPARATOR.join([find(word).symbol, *settings])


def _plain(name: str) -> str:
    word, *settings = name.split(SEPARATOR)
    return SEPARATOR.join([find(word).name, *settings])


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
    left_out = (lacking_adapters(), broken_plugins(), broken_maps())
    for sentence in (sentence for each in left_out for sentence in each.values()):
        say(sentence)
    return 0
