"""All metrics by name: the built-in ones, and those that other packages bring.

A package brings a metric through an entry point of the group "ssim_viewer.metrics", in its
pyproject.toml:

    [project.entry-points."ssim_viewer.metrics"]
    my-metric = "my_package:entry"

It names a `MetricEntry`, or a function that makes the metric from a `MetricContext`. One that fails
is left out and named in `broken_plugins`. The built-in entries stand in `builtin_metrics` and
`family.entries`; those of other programs, in `adapters.entries`, are listed where they can run, and
`lacking_adapters` says of the others how to get them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from inspect import getdoc
from types import MappingProxyType
from typing import TYPE_CHECKING

from ssim_viewer.metrics.adapters import entries as adapters
from ssim_viewer.metrics.builtin_metrics import BUILT_IN, MetricContext, MetricEntry
from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.metrics.family.entries import FAMILY
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.metadata import EntryPoint

GROUP = "ssim_viewer.metrics"


@dataclass(frozen=True, slots=True)
class _Found:
    """The entries by name, and sentences on plug-ins that failed and on what adapters lack.

    Attributes
    ----------
    called
        The entries by all that people call them, as `_plain` writes it.
    """

    entries: Mapping[str, MetricEntry]
    called: Mapping[str, MetricEntry]
    broken: Mapping[str, str]
    lacking: Mapping[str, str]


def catalogue() -> Mapping[str, MetricEntry]:
    """Return every metric by its name, the built-in ones first."""
    return _found().entries


def broken_plugins() -> Mapping[str, str]:
    """Return a sentence for every plug-in that was left out, by the name of its entry point."""
    return _found().broken


def lacking_adapters() -> Mapping[str, str]:
    """Return a sentence on how to get it for every adapter that cannot run here, by its name."""
    return _found().lacking


def find(name: str) -> MetricEntry:
    """Return the metric that people call so: case, spaces, "-" and "_" make no difference.

    Raises
    ------
    MetricError
        No metric has this name, and the sentence names those there are; or it is one of another
        program, and the sentence says how to get that.
    """
    found = _found()
    wanted = _plain(name)
    if wanted in found.called:
        return found.called[wanted]
    for missing, sentence in lacking_adapters().items():
        if wanted == _plain(missing):
            raise MetricError(sentence)
    known = ", ".join(catalogue())
    raise MetricError(tr("There is no metric {name!r}; there are {known}.", name=name, known=known))


@cache
def _found() -> _Found:
    entries = {entry.name: entry for entry in (*BUILT_IN, *FAMILY)} | adapters.offered()
    broken = {}
    for point in entry_points(group=GROUP):
        try:
            entry = _load(point)
            if entry.name in entries:
                raise MetricError(tr("the name {name!r} is taken", name=entry.name))  # noqa: TRY301
            entries[entry.name] = entry
        except Exception as error:
            broken[point.name] = tr(
                "The metric {name!r} ({value}) was left out: {kind}: {error}.",
                name=point.name,
                value=point.value,
                kind=type(error).__name__,
                error=error,
            )
    return _Found(
        MappingProxyType(entries),
        MappingProxyType(_called(entries.values())),
        MappingProxyType(broken),
        adapters.lacking(),
    )


def _called(entries: Iterable[MetricEntry]) -> dict[str, MetricEntry]:
    """Return entries by their names, titles and other names; the first one has a name of two."""
    called: dict[str, MetricEntry] = {}
    for entry in entries:
        for known in (entry.name, entry.title, *entry.aliases):
            called.setdefault(_plain(known), entry)
    return called


def _load(point: EntryPoint) -> MetricEntry:
    loaded = point.load()
    if isinstance(loaded, MetricEntry):
        return loaded
    if not callable(loaded):
        raise TypeError(
            tr("it is neither a MetricEntry nor a function but {loaded!r}", loaded=loaded)
        )
    metric = loaded(MetricContext())
    return MetricEntry(
        name=point.name,
        title=point.name,
        symbol=point.name,
        make=loaded,
        summary=getdoc(loaded) or "",
        source=point.value,
        higher_is_better=bool(metric.higher_is_better),
    )


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()
