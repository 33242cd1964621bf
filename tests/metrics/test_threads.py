"""One bound metric serves several threads at once, with the same numbers every time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ssim_viewer.metrics import Quantity, Ssim, evaluate
from ssim_viewer.metrics.protocol import BoundMetric, Metric
from tests.metrics.scenes import noisy_pair

pytestmark = pytest.mark.usefixtures("either_engine")


def test_threads_that_share_a_metric_get_the_numbers_of_one() -> None:
    x, y = noisy_pair(300, 310)
    images = [y + 5 * i for i in range(12)]
    bound = Ssim(border="reflect").bind(x)
    alone = [bound.value_and_gradient(image) for image in images]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(bound.value_and_gradient, images))
        evaluations = list(pool.map(lambda image: evaluate(bound, image, list(Quantity)), images))
    for (value, gradient), (again, gradient_again), shown in zip(
        alone, together, evaluations, strict=True
    ):
        assert value == again
        assert abs(shown.scores.ssim - value) < 1e-12
        np.testing.assert_array_equal(gradient, gradient_again)


def test_results_are_not_memory_that_the_next_call_writes_to() -> None:
    x, y = noisy_pair(40, 40)
    bound = Ssim().bind(x)
    first = bound.components(y)
    value, gradient = bound.value_and_gradient(y)
    kept = first.ssim.copy(), gradient.copy()
    bound.value_and_gradient(x)
    bound.components(x)
    np.testing.assert_array_equal(first.ssim, kept[0])
    np.testing.assert_array_equal(gradient, kept[1])
    assert value == bound.value(y)


def test_ssim_is_a_metric() -> None:
    metric: Metric = Ssim()
    bound: BoundMetric = metric.bind(np.zeros((20, 20)))
    assert bound.value(np.zeros((20, 20))) == 1
