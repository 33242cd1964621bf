"""The settings of a metric as its dataclass declares them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import pytest

from ssim_viewer.metrics import (
    CwSsim,
    MetricError,
    Mse,
    MsSsim,
    SettingKind,
    settings_of,
    with_settings,
)


@dataclass(frozen=True)
class Own:
    """A metric of somebody else, with a setting of each kind and nothing said of them."""

    higher_is_better: ClassVar[bool] = True

    data_range: float = 255.0
    norm_order: float = 2.0
    count: int = 3
    squared: bool = False
    pooling: Literal["mean", "worst-case"] = "mean"
    weights: tuple[float, ...] = (1.0, 2.0)
    label: str = "no choices, so no setting"
    hidden: Any = field(default=None)

    def bind(self, reference: Any, /) -> Any:
        raise NotImplementedError


def test_types_of_fields_decide_how_they_are_chosen_where_nothing_is_said() -> None:
    kinds = {each.name: (each.kind, each.title) for each in settings_of(Own())}
    assert kinds == {
        "norm_order": (SettingKind.NUMBER, "Norm order"),
        "count": (SettingKind.WHOLE, "Count"),
        "squared": (SettingKind.SWITCH, "Squared"),
        "pooling": (SettingKind.CHOICE, "Pooling"),
        "weights": (SettingKind.NUMBERS, "Weights"),
    }
    (pooling,) = (each for each in settings_of(Own()) if each.name == "pooling")
    assert pooling.choices == (("Mean", "mean"), ("Worst case", "worst-case"))


def test_metadata_say_more() -> None:
    settings = {each.name: each for each in settings_of(MsSsim())}
    assert settings["sigma"].needs == (("window", "gaussian"),)
    assert settings["negative"].words_of("clamp") == "Count as 0"
    assert settings["weights"].words_of((0.5, 0.25)) == "0.5, 0.25"
    assert not {"data_range", "precision"} & settings.keys()
    assert settings_of(Mse()) == ()


def test_values_that_a_file_made_of_other_types_are_taken() -> None:
    assert with_settings(MsSsim(), {"weights": [0.5, 0.5]}).weights == (0.5, 0.5)
    assert with_settings(CwSsim(), {"levels": 3.0}).levels == 3
    assert with_settings(Own(), {"weights": [3.0]}).weights == (3.0,)


def test_a_name_that_is_none_and_a_value_out_of_range_are_refused_in_a_sentence() -> None:
    with pytest.raises(MetricError, match=r"CW-SSIM has no setting 'level'; its settings are "):
        with_settings(CwSsim(), {"level": 3}, "CW-SSIM")
    with pytest.raises(MetricError, match=r"MSE has no setting 'level'; it has none\."):
        with_settings(Mse(), {"level": 3}, "MSE")
    with pytest.raises(MetricError, match="window is an odd number, not 4"):
        with_settings(CwSsim(), {"window": 4})
