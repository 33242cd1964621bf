"""Reconstruction: every optimiser gets there, stops where it is told to, and can be left."""

from __future__ import annotations

import math
import threading
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ssim_viewer.metrics import Mae, Mse, MsSsim, Psnr, Ssim
from ssim_viewer.synthesis import Beginning, Optimizer, SphereError, beginning, reconstruct
from tests.synthesis.metrics import counting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ssim_viewer.metrics import Metric

    Pixels = NDArray[np.float64]


@pytest.fixture
def noise(table_reference: Pixels) -> Pixels:
    return beginning(Beginning.NOISE, table_reference)


@pytest.mark.parametrize(("optimizer", "steps"), [("adam", 100), ("l-bfgs-b", 300)])
def test_ssim_from_noise_reaches_0_999(
    table_reference: Pixels, noise: Pixels, optimizer: Any, steps: int
) -> None:
    every = list(reconstruct(Ssim(), table_reference, noise, optimizer=optimizer, until=0.999))
    assert every[0].value < 0.02
    assert every[-1].value >= 0.999
    assert all(step.value < 0.999 for step in every[:-1])
    assert len(every) < steps
    assert [step.index for step in every] == list(range(len(every)))


@pytest.mark.parametrize("kind", list(Beginning))
@pytest.mark.parametrize("optimizer", list(Optimizer))
@pytest.mark.parametrize(
    "metric", [Ssim(), MsSsim(), Mse(), Mae(), Psnr()], ids=lambda metric: type(metric).__name__
)
def test_the_default_rate_suits_any_metric_and_start(
    table_reference: Pixels, metric: Metric, optimizer: Optimizer, kind: Beginning
) -> None:
    start = beginning(kind, table_reference)
    steps = list(reconstruct(metric, table_reference, start, optimizer=optimizer, iterations=20))
    worth = [step.value if metric.higher_is_better else -step.value for step in steps]
    assert max(worth[1:6]) > worth[0]
    assert worth[-1] > worth[0] + 0.1 * abs(worth[0])
    assert min(step.image.min() for step in steps) >= 0
    assert max(step.image.max() for step in steps) <= 255


@pytest.mark.parametrize("optimizer", list(Optimizer))
def test_the_rate_is_the_length_of_the_first_step_whatever_the_data_range(
    table_reference: Pixels, optimizer: Optimizer
) -> None:
    start = beginning(Beginning.BLUR, table_reference)
    whole, unit = (
        list(
            reconstruct(
                Ssim(data_range=white),
                table_reference * white / 255,
                start * white / 255,
                optimizer=optimizer,
                learning_rate=0.01 * white,
                pixel_range=(0, white),
                iterations=5,
            )
        )
        for white in (255.0, 1.0)
    )
    assert unit[1].step_size == pytest.approx(0.01, rel=0.05)
    assert [step.value for step in unit] == pytest.approx([s.value for s in whole], rel=1e-5)


def test_the_numbers_of_a_step_are_those_of_its_image(
    table_reference: Pixels, noise: Pixels
) -> None:
    steps = list(reconstruct(Ssim(), table_reference, noise, iterations=3))
    last, before = steps[-1], steps[-2]
    assert last.value == Ssim().bind(table_reference).value(last.image)
    assert last.mse == pytest.approx(np.mean((last.image - table_reference) ** 2), rel=1e-12)
    moved = np.sqrt(np.mean((last.image - before.image) ** 2))
    assert last.step_size == pytest.approx(moved, rel=1e-12)
    assert not last.image.flags.writeable
    np.testing.assert_array_equal(steps[0].image, noise)


def test_a_metric_of_errors_stops_when_it_is_low_enough(
    table_reference: Pixels, noise: Pixels
) -> None:
    *_, before, last = reconstruct(Mse(), table_reference, noise, until=100.0)
    assert last.value <= 100 < before.value


def test_l_bfgs_b_never_gets_worse_and_ends_by_itself(
    table_reference: Pixels, noise: Pixels
) -> None:
    steps = list(reconstruct(Mse(), table_reference, noise, optimizer="l-bfgs-b"))
    assert len(steps) < 20
    assert steps[-1].mse < 1e-12
    ssim = reconstruct(Ssim(), table_reference, noise, optimizer="l-bfgs-b", iterations=40)
    assert all(new.value > old.value for old, new in pairwise(list(ssim)))


def test_l_bfgs_b_measures_no_image_twice(table_reference: Pixels, noise: Pixels) -> None:
    metric = counting(Ssim())
    steps = list(reconstruct(metric, table_reference, noise, optimizer="l-bfgs-b", iterations=30))
    assert metric.calls <= 1.4 * len(steps)


@pytest.mark.parametrize("optimizer", list(Optimizer))
def test_a_run_can_be_left_at_any_step_and_leaves_no_thread(
    table_reference: Pixels, noise: Pixels, optimizer: Optimizer
) -> None:
    threads = threading.active_count()
    for taken in (0, 1, 2, 5):
        run = reconstruct(Ssim(), table_reference, noise, optimizer=optimizer)
        assert len(list(islice(run, taken))) == taken
        run.close()
        assert threading.active_count() == threads


@pytest.mark.parametrize("optimizer", list(Optimizer))
def test_a_pause_changes_nothing_and_is_not_counted(
    table_reference: Pixels, noise: Pixels, optimizer: Optimizer
) -> None:
    arguments: dict[str, Any] = {"optimizer": optimizer, "iterations": 8}
    through = [s.value for s in reconstruct(Ssim(), table_reference, noise, **arguments)]
    halting = reconstruct(Ssim(), table_reference, noise, seconds=600.0, **arguments)
    values = [next(halting).value for _ in range(3)]
    list(reconstruct(Mse(), table_reference, noise, iterations=3))
    assert values + [step.value for step in halting] == through


def test_no_seconds_leave_only_the_start(table_reference: Pixels, noise: Pixels) -> None:
    assert len(list(reconstruct(Ssim(), table_reference, noise, seconds=0.0))) == 1
    assert len(list(reconstruct(Ssim(), table_reference, noise, iterations=0))) == 1


def test_pixels_go_free_where_no_range_is_given(table_reference: Pixels, noise: Pixels) -> None:
    for optimizer in Optimizer:
        steps = list(
            reconstruct(
                Ssim(),
                table_reference,
                noise,
                optimizer=optimizer,
                pixel_range=None,
                iterations=20,
            )
        )
        assert steps[-1].value > steps[0].value
        assert steps[-1].image.max() > 255


def test_noise_knows_nothing_of_the_reference_and_grey_and_blur_are_what_they_say(
    table_reference: Pixels,
) -> None:
    noise, grey, blur = (beginning(kind, table_reference) for kind in Beginning)
    assert abs(np.corrcoef(noise.ravel(), table_reference.ravel())[0, 1]) < 0.03
    assert not np.array_equal(noise, beginning(Beginning.NOISE, table_reference, seed=1))
    assert (grey == 127.5).all()
    assert blur.std() < table_reference.std()
    assert blur.mean() == pytest.approx(table_reference.mean(), rel=0.02)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"optimizer": "newton"}, "Unknown optimizer 'newton': choose gradient or adam or l-bfgs"),
        ({"learning_rate": 0.0}, "learning rate must be finite and above zero"),
        ({"until": math.nan}, "must be a number"),
        ({"iterations": -1}, "not negative"),
        ({"seconds": math.inf}, "finite"),
        ({"pixel_range": (100, 200)}, "outside 100 to 200"),
    ],
)
def test_settings_are_refused_at_once(
    table_reference: Pixels, noise: Pixels, change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(SphereError, match=sentence):
        reconstruct(Ssim(), table_reference, noise, **change)


def test_a_start_equal_to_the_reference_is_refused(table_reference: Pixels) -> None:
    with pytest.raises(SphereError, match="equals the reference"):
        reconstruct(Ssim(), table_reference, table_reference)
