"""What every walk has in common: its first step, its pauses, its end, and what it refuses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ssim_viewer.metrics import Ssim
from ssim_viewer.synthesis import Direction, Rule, SphereError, ascend, climb, descend

if TYPE_CHECKING:
    from numpy.typing import NDArray


@pytest.fixture
def pair(rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    reference = rng.uniform(0, 255, (24, 28))
    return reference, np.clip(reference + rng.normal(0, 25, reference.shape), 0, 255)


Pair = tuple["NDArray[np.float64]", "NDArray[np.float64]"]


@pytest.mark.parametrize("rule", list(Rule))
def test_the_first_step_is_the_start_itself(pair: Pair, rule: Rule) -> None:
    reference, start = pair
    first = next(ascend(Ssim(), reference, start, rule=rule))
    np.testing.assert_array_equal(first.image, start)
    assert first.index == 0
    assert first.step_size == 0
    assert first.value == Ssim().bind(reference).value(start)
    assert first.mse == pytest.approx(np.mean((reference - start) ** 2), rel=1e-14)
    assert first.gradient_norm > 0


def test_a_start_outside_the_range_is_clipped_first_and_its_mse_then_is_held(pair: Pair) -> None:
    reference, start = pair
    outside = start + 40
    steps = list(descend(Ssim(), reference, outside, iterations=3))
    clipped = np.clip(outside, 0, 255)
    np.testing.assert_array_equal(steps[0].image, clipped)
    held = np.mean((clipped - reference) ** 2)
    assert [step.mse for step in steps] == pytest.approx([held] * 4, rel=1e-12)
    free = next(descend(Ssim(), reference, outside, pixel_range=None))
    np.testing.assert_array_equal(free.image, outside)


@pytest.mark.parametrize("rule", ["fixed", "adaptive"])
@pytest.mark.parametrize("iterations", [0, 1, 5])
def test_indices_count_the_moves_up_to_the_number_asked_for(
    pair: Pair, rule: Any, iterations: int
) -> None:
    steps = list(descend(Ssim(), *pair, rule=rule, iterations=iterations))
    assert [step.index for step in steps] == list(range(iterations + 1))


def test_a_walk_can_be_paused_and_goes_on_as_if_nothing_had_happened(pair: Pair) -> None:
    through = [step.value for step in ascend(Ssim(), *pair, iterations=8)]
    walk = ascend(Ssim(), *pair)
    halting = [next(walk).value for _ in range(4)]
    list(descend(Ssim(), *pair, iterations=2))
    halting += [next(walk).value for _ in range(5)]
    walk.close()
    assert halting == through


def test_images_of_steps_are_their_own_and_cannot_be_written_to(pair: Pair) -> None:
    steps = list(ascend(Ssim(), *pair, iterations=3))
    assert not any(step.image.flags.writeable for step in steps)
    assert len({step.image.ctypes.data for step in steps}) == 4
    assert pair[1].flags.writeable


def test_ascent_and_descent_are_climbs_in_a_direction(pair: Pair) -> None:
    for function, direction in ((ascend, Direction.ASCENT), (descend, Direction.DESCENT)):
        values = [step.value for step in function(Ssim(), *pair, iterations=2)]
        assert values == [s.value for s in climb(Ssim(), *pair, direction, iterations=2)]
    assert Direction("descent") is Direction.DESCENT


def test_integer_pixels_and_other_ranges_are_taken(pair: Pair) -> None:
    reference, start = (image.round().astype(np.uint8) for image in pair)
    *_, whole = descend(Ssim(), reference, start, iterations=3)
    *_, unit = descend(
        Ssim(data_range=1), reference / 255, start / 255, pixel_range=(0, 1), iterations=3
    )
    assert unit.value == pytest.approx(whole.value, rel=1e-6)
    np.testing.assert_allclose(unit.image * 255, whole.image, atol=1e-4)


def test_a_start_equal_to_the_reference_is_refused_with_a_way_out(pair: Pair) -> None:
    with pytest.raises(SphereError, match=r"no direction.*start from noise"):
        ascend(Ssim(), pair[0], pair[0])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rule": "newton"}, "Unknown rule 'newton': choose fixed or adaptive"),
        ({"step_size": 0.0}, "above zero"),
        ({"step_size": math.nan}, "finite"),
        ({"iterations": -1}, "not negative"),
        ({"pixel_range": (10, 20)}, "outside 10 to 20"),
        ({"pixel_range": (20, 10)}, "lower first"),
        ({"start": np.zeros((3, 3))}, r"\(3, 3\).*\(24, 28\)"),
        ({"start": np.full((24, 28), np.inf)}, "start holds values that are not finite"),
        ({"start": np.full((24, 28), np.nan)}, "leaves no pixel to change"),
        ({"direction": "sideways"}, "Unknown direction 'sideways': choose ascent or descent"),
    ],
)
def test_settings_are_refused_at_once_and_not_at_the_first_step(
    pair: Pair, change: dict[str, Any], sentence: str
) -> None:
    arguments: dict[str, Any] = {"start": pair[1], "direction": "ascent", **change}
    with pytest.raises(SphereError, match=sentence):
        climb(Ssim(), pair[0], **arguments)
