"""The settings of a metric as its dataclass declares them: what a panel shows and a person changes.

A field may say more in its metadata, under these keys, all of them optional:

    title      what stands beside it, "Scales"
    meaning    a sentence or two
    low, high  the numbers that can be chosen; step, or logarithmic=True, of its slider
    choices    pairs of the words and the value
    needs      pairs of another setting and the value that it must have for this one to count
    follows    whether the window, constants and border of SSIM give it until it is changed
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, is_dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from ssim_viewer.metrics.errors import MetricError
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ssim_viewer.metrics.protocol import Metric

GIVEN = frozenset({"data_range", "precision"})
"""Settings that images and program decide, and not a person."""

Made = TypeVar("Made", bound="Metric")


class SettingKind(StrEnum):
    """What is chosen by a setting."""

    CHOICE = "choice"
    SWITCH = "switch"
    WHOLE = tr("whole number")
    NUMBER = "number"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a metric.

    Attributes
    ----------
    choices
        Pairs of the words and the value, of a choice.
    low, high
        The smallest and the largest number, None where there is none.
    step
        Between two positions of a slider; 0 for none.
    logarithmic
        Whether a slider has a hundred positions a decade.
    needs
        Pairs of another setting and the value that it must have for this one to count.
    follows
        Whether SSIM's own setting gives it until it is changed.
    """

    name: str
    kind: SettingKind
    title: str
    meaning: str = ""
    choices: tuple[tuple[str, Any], ...] = ()
    low: float | None = None
    high: float | None = None
    step: float = 0.0
    logarithmic: bool = False
    needs: tuple[tuple[str, Any], ...] = ()
    follows: bool = False

    def value_of(self, value: Any) -> Any:
        """Return a value, which a file may have made of another type, as the metric takes it."""
        if self.kind is SettingKind.NUMBERS and isinstance(value, list):
            return tuple(value)
        whole = self.kind is SettingKind.WHOLE and isinstance(value, float)
        return int(value) if whole and value.is_integer() else value

    def words_of(self, value: Any) -> str:
        """Return a value in words."""
        if self.kind is SettingKind.SWITCH:
            return tr("on") if value else tr("off")
        if self.kind is SettingKind.NUMBERS:
            return ", ".join(f"{number:g}" for number in value)
        return next((text for text, own in self.choices if own == value), f"{value}")


def settings_of(metric: Metric) -> tuple[Setting, ...]:
    """Return the settings of a metric that a person can change.

    They come in the order of its fields, those that follow SSIM last.
    """
    hints = _hints(type(metric))
    found = (_setting(each, hints.get(each.name), metric) for each in _fields(metric))
    return tuple(
        sorted((each for each in found if each is not None), key=lambda each: each.follows)
    )


def with_settings(metric: Made, changes: Mapping[str, Any], name: str = tr("the metric")) -> Made:
    """Return a metric with some settings changed; `name` is what it is called.

    Raises
    ------
    MetricError
        It has no setting of a name, or a value is out of its range.
    """
    if not changes:
        return metric
    own = [each.name for each in _fields(metric)]
    for setting in changes:
        if setting not in own:
            has = tr("its settings are {names}", names=", ".join(own)) if own else tr("it has none")
            raise MetricError(
                tr("{name} has no setting {setting!r}; {has}.", name=name, setting=setting, has=has)
            )
    known = {each.name: each for each in settings_of(metric)}
    values = {
        setting: known[setting].value_of(value) if setting in known else value
        for setting, value in changes.items()
    }
    return cast("Made", replace(cast("Any", metric), **values))


def _fields(metric: object) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(metric) if is_dataclass(metric) else ()


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    """Return the types of a dataclass; none where a name is known to a type checker alone."""
    try:
        return get_type_hints(kind)
    except (NameError, TypeError):
        return {}


def _setting(each: dataclasses.Field[Any], hint: Any, metric: Metric) -> Setting | None:
    told = dict(each.metadata)
    value = getattr(metric, each.name)
    choices = tuple(told.get("choices", ())) or _choices(hint)
    kind = SettingKind.CHOICE if choices else _kind(value)
    if each.name in GIVEN or not each.init or kind is None:
        return None
    return Setting(
        name=each.name,
        kind=kind,
        title=told.get("title", _words(each.name)),
        meaning=told.get("meaning", ""),
        choices=choices,
        low=told.get("low"),
        high=told.get("high"),
        step=told.get("step", 0.0),
        logarithmic=told.get("logarithmic", False),
        needs=tuple(told.get("needs", ())),
        follows=told.get("follows", False),
    )


def _choices(hint: Any) -> tuple[tuple[str, Any], ...]:
    values: Iterable[Any] = get_args(hint) if get_origin(hint) is Literal else ()
    return tuple((_words(str(value)), value) for value in values)


def _kind(value: Any) -> SettingKind | None:
    if isinstance(value, bool):
        return SettingKind.SWITCH
    if isinstance(value, int):
        return SettingKind.WHOLE
    if isinstance(value, float):
        return SettingKind.NUMBER
    if isinstance(value, tuple) and value and all(isinstance(each, int | float) for each in value):
        return SettingKind.NUMBERS
    return None


def _words(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]
