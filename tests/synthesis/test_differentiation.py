"""Maximum differentiation: published levels, the held metric at its level, few gradients."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ssim_viewer.metrics import CwSsim, Gmsd, Mae, Mse, MsSsim, Psnr, Ssim, WeightedSsim
from ssim_viewer.synthesis import (
    BrokenMetricError,
    HeldStep,
    SphereError,
    climb,
    differentiate,
    plate,
    reconstruct,
    wang_simoncelli_2008,
)
from tests.synthesis.metrics import Failing, counting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Metric

    Pixels = NDArray[np.float64]
    Pair = tuple[Pixels, Pixels]


@dataclass(frozen=True)
class Travelled:
    steps: list[HeldStep]
    gradients: float


def travel(held: Metric, varied: Metric, pair: Pair, direction: Any, **settings: Any) -> Travelled:
    a, b = counting(held), counting(varied)
    steps = list(differentiate(a, b, *pair, direction, **settings))
    return Travelled(steps, (a.calls + b.calls) / max(1, len(steps) - 1))


@pytest.fixture(scope="module")
def best(table_reference: Pixels, table_start: Pixels) -> Travelled:
    return travel(Ssim(), Mse(), (table_reference, table_start), "ascent", iterations=200)


@pytest.fixture(scope="module")
def worst(table_reference: Pixels, table_start: Pixels) -> Travelled:
    return travel(Ssim(), Mse(), (table_reference, table_start), "descent", iterations=200)


@pytest.fixture
def pair(rng: np.random.Generator) -> Pair:
    reference = rng.uniform(0, 255, (24, 28))
    return reference, np.clip(reference + rng.normal(0, 25, reference.shape), 0, 255)


def test_with_mssim_held_the_published_levels_of_mse_are_reached(
    best: Travelled, worst: Travelled
) -> None:
    """Prototype: MSE 342.9 and 20,087.7, both converged by 200 steps, at MSSIM 0.22606."""
    assert best.steps[0].held == pytest.approx(0.22606, abs=5e-6)
    assert best.steps[-1].value <= 342.95
    assert worst.steps[-1].value >= 20_087.7


def test_every_step_holds_the_level_and_the_range_and_improves(
    best: Travelled, worst: Travelled
) -> None:
    for travelled, sign in ((best, -1), (worst, 1)):
        steps = travelled.steps
        assert all(sign * (new.value - old.value) > 0 for old, new in pairwise(steps))
        assert max(abs(step.deviation) for step in steps) <= 1e-9
        ratio = steps[-1].held / steps[0].held
        assert steps[-1].deviation == pytest.approx(ratio - 1, abs=1e-15)
        assert min(step.image.min() for step in steps) >= 0
        assert max(step.image.max() for step in steps) <= 255


def test_the_numbers_of_a_step_are_those_of_its_image(
    worst: Travelled, table_reference: Pixels
) -> None:
    last = worst.steps[-1]
    assert Ssim().bind(table_reference).value(last.image) == pytest.approx(last.held, rel=1e-12)
    assert np.mean((last.image - table_reference) ** 2) == pytest.approx(last.value, rel=1e-12)
    assert not last.image.flags.writeable


def test_a_step_takes_at_most_five_gradients_on_average(best: Travelled, worst: Travelled) -> None:
    assert best.gradients <= 5
    assert worst.gradients <= 5


def test_mse_held_is_the_climb_on_the_sphere(pair: Pair) -> None:
    held = list(differentiate(Mse(), Ssim(), *pair, "descent", iterations=10))
    climbed = list(climb(Ssim(), *pair, "descent", iterations=10))
    assert [step.value for step in held] == [step.value for step in climbed]
    assert [step.held for step in held] == [step.mse for step in climbed]
    assert max(abs(step.deviation) for step in held) < 1e-12


@pytest.mark.parametrize("direction", ["ascent", "descent"])
@pytest.mark.parametrize(
    ("held", "varied"),
    [
        (Ssim(), Mae()),
        (Mae(), Ssim()),
        (Psnr(), Ssim()),
        (Ssim(), MsSsim()),
        (MsSsim(), Ssim()),
        (Ssim(), CwSsim()),
        (CwSsim(), Ssim()),
        (Gmsd(), Mse()),
        (WeightedSsim(), Gmsd()),
    ],
    ids=lambda metric: type(metric).__name__,
)
def test_any_metric_holds_and_any_metric_varies(
    held: Metric, varied: Metric, direction: Any, table_reference: Pixels, table_start: Pixels
) -> None:
    pair = table_reference, table_start
    travelled = travel(held, varied, pair, direction, iterations=15)
    steps = travelled.steps
    assert travelled.gradients <= 5.5  # the first steps are the dearest
    gain = steps[-1].value - steps[0].value
    better = gain > 0 if varied.higher_is_better else gain < 0
    assert better == (direction == "ascent")
    assert abs(gain) > 0.01 * abs(steps[0].value)
    assert max(abs(step.deviation) for step in steps) <= 1e-9


def test_a_metric_held_and_varied_by_itself_leads_nowhere(pair: Pair) -> None:
    assert len(list(differentiate(Ssim(), Ssim(), *pair, "ascent"))) == 1


def test_pixels_go_free_where_no_range_is_given(pair: Pair) -> None:
    free = travel(Ssim(), Mse(), pair, "descent", pixel_range=None, iterations=30).steps
    assert free[-1].image.min() < 0
    assert max(abs(step.deviation) for step in free) <= 1e-9


def test_colour_and_other_data_ranges_are_taken(rng: np.random.Generator) -> None:
    reference = rng.uniform(0, 1, (24, 24, 3))
    start = np.clip(reference + rng.normal(0, 0.1, reference.shape), 0, 1)
    held = Ssim(data_range=1, color="luma")
    steps = travel(held, Mse(), (reference, start), "descent", pixel_range=(0, 1), iterations=20)
    assert steps.steps[-1].value > 2 * steps.steps[0].value
    assert max(abs(step.deviation) for step in steps.steps) <= 1e-9


def test_the_tolerance_can_be_chosen(pair: Pair) -> None:
    loose, tight = (
        travel(Ssim(), Mse(), pair, "descent", iterations=30, tolerance=tolerance)
        for tolerance in (1e-4, 1e-13)
    )
    assert max(abs(step.deviation) for step in tight.steps) <= 1e-13
    assert 1e-9 < max(abs(step.deviation) for step in loose.steps) <= 1e-4
    assert loose.gradients < tight.gradients


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"direction": "sideways"}, "Unknown direction 'sideways'"),
        ({"tolerance": 0.0}, "tolerance must be finite and above zero"),
        ({"iterations": -1}, "not negative"),
        ({"start": np.zeros((3, 3))}, r"\(3, 3\).*\(24, 28\)"),
        ({"held": Failing("level")}, "Failing does not change at the start.*cannot be kept"),
        ({"held": Failing("raise")}, "The metric Failing failed with ZeroDivisionError: oh"),
        ({"held": Failing("nan")}, "The metric Failing gave the value nan"),
        ({"held": Failing("shape")}, r"Failing gave a gradient of shape \(2, 2\)"),
        ({"held": Failing("bind")}, "The metric Failing failed with KeyError"),
    ],
)
def test_what_cannot_be_walked_is_refused_at_once(
    pair: Pair, change: dict[str, Any], sentence: str
) -> None:
    arguments: dict[str, Any] = {"held": Ssim(), "start": pair[1], "direction": "ascent", **change}
    held, start, direction = (arguments.pop(name) for name in ("held", "start", "direction"))
    with pytest.raises(SphereError, match=sentence):
        differentiate(held, Mse(), pair[0], start, direction, **arguments)


def test_a_start_equal_to_the_reference_is_refused_with_a_way_out(pair: Pair) -> None:
    for held in (Ssim(), Mse()):
        with pytest.raises(SphereError, match=r"no direction.*start from noise"):
            differentiate(held, Mse(), pair[0], pair[0], "ascent")


@pytest.mark.parametrize("what", ["raise", "nan", "gradient"])
def test_a_metric_that_breaks_on_the_way_is_named_and_leaves_the_steps_before(
    pair: Pair, what: str
) -> None:
    for walk in (
        differentiate(Ssim(), Failing(what, after=4), *pair, "ascent"),
        climb(Failing(what, after=4), *pair, "descent"),
        reconstruct(Failing(what, after=4), *pair, optimizer="l-bfgs-b"),
    ):
        steps: list[int] = []
        with pytest.raises(BrokenMetricError, match="The metric Failing") as caught:
            steps.extend(step.index for step in walk)
        assert caught.value.metric == "Failing"
        assert not list(walk)


def test_a_plate_is_four_runs_that_can_take_turns(pair: Pair) -> None:
    runs = plate(Mse(), Ssim(), *pair, iterations=3)
    assert [run.name for run in runs] == ["best-b", "worst-b", "best-a", "worst-a"]
    turns = [[next(run.steps) for run in runs] for _ in range(3)]
    assert all(len({step.index for step in turn}) == 1 for turn in turns)
    best_ssim, worst_ssim, best_mse, worst_mse = turns[-1]
    assert worst_ssim.value < turns[0][0].value < best_ssim.value
    assert best_mse.value < turns[0][2].value < worst_mse.value
    runs[0].steps.close()
    assert len(list(runs[1].steps)) == 1


def test_the_scene_of_2008_has_the_papers_metrics_and_noise(table_reference: Pixels) -> None:
    scene = wang_simoncelli_2008(table_reference)
    assert np.mean((scene.start - table_reference) ** 2) == pytest.approx(1024, rel=1e-12)
    runs = plate(
        scene.a, scene.b, table_reference, scene.start, pixel_range=scene.pixel_range, iterations=10
    )
    ends = {run.name: list(run.steps)[-1].value for run in runs}
    assert ends["best-b"] > 0.7
    assert ends["worst-b"] < 0.1
    assert ends["best-a"] < 500
    assert ends["worst-a"] > 3000
    unit = wang_simoncelli_2008(table_reference / 255, data_range=1)
    np.testing.assert_allclose(unit.start * 255, scene.start, atol=1e-9)
