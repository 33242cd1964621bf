"""The settings of the metrics beside SSIM: what a person has changed of each, and in words.

Those that nobody has changed follow the convention of SSIM.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ssim_viewer.metrics import (
    MetricContext,
    MetricError,
    catalogue,
    find,
    settings_of,
    with_settings,
)
from ssim_viewer.session.family import SSIM, symbol_of, usual_metric
from ssim_viewer.session.state import Notice, Severity
from ssim_viewer.text import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ssim_viewer.session.state import Document, Session


def adjustable_metrics() -> tuple[str, ...]:
    """Return the names of the metrics that have settings, SSIM first."""
    others = (name for name in catalogue() if name != SSIM and _has_settings(name))
    return (SSIM, *others)


def changed_settings(session: Session, name: str, values: Mapping[str, Any]) -> Session:
    """Return the session with these settings of a metric, all others as usual.

    A value out of its range is told and changes nothing.
    """
    document = session.document
    try:
        usual = usual_metric(document, name)
        metric = with_settings(usual, values, symbol_of(name))
    except (MetricError, TypeError, ValueError) as error:
        return replace(session, notice=Notice(str(error), Severity.ERROR))
    kept = {
        key: getattr(metric, key) for key in values if getattr(metric, key) != getattr(usual, key)
    }
    others = {key: each for key, each in document.settings.items() if key != name}
    settings = {**others, name: MappingProxyType(kept)} if kept else others
    return replace(session, document=replace(document, settings=MappingProxyType(settings)))


def settings_words(document: Document, names: Iterable[str]) -> str:
    """Return what was changed of some metrics, such as ``CW-SSIM: level 3, K 0.01``, or ""."""
    return joined("; ", filter(None, (_words(document, name) for name in dict.fromkeys(names))))


def known_settings(saved: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    """Return those of some settings that metrics of this program still take."""
    found = {}
    for name, values in saved.items():
        try:
            metric = with_settings(find(name).make(MetricContext()), values)
        except (MetricError, TypeError, ValueError):
            continue
        found[name] = MappingProxyType({key: getattr(metric, key) for key in values})
    return MappingProxyType(found)


def _words(document: Document, name: str) -> str:
    changed = document.settings.get(name)
    if not changed:
        return ""
    rows = {each.name: each for each in settings_of(usual_metric(document, name))}
    words = (
        joined(" ", (rows[key].title.lower(), rows[key].words_of(value).lower()))
        for key, value in changed.items()
        if key in rows
    )
    return joined(": ", (symbol_of(name), joined(", ", words)))


def _has_settings(name: str) -> bool:
    try:
        return bool(settings_of(find(name).make(MetricContext())))
    except Exception:
        return False
