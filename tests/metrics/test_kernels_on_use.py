"""Kernels of one metric are compiled behind the first measurements of that metric alone."""

from __future__ import annotations

import threading
from types import ModuleType

import numpy as np
import pytest

from ssim_viewer.metrics import backend, kernels_on_use
from ssim_viewer.metrics.family.formula import Compiled, FormulaPlane, Terms
from ssim_viewer.metrics.family.tape import Node, total
from ssim_viewer.metrics.kernels_on_use import KernelsOnUse, warm_up_every


@pytest.fixture(autouse=True)
def none_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels_on_use, "made", {})


def test_the_formula_answers_until_its_own_kernels_are_ready_and_others_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, finish, other = threading.Event(), threading.Event(), threading.Event()

    def compile_() -> ModuleType:
        begun.set()
        assert finish.wait(20)
        return ModuleType("kernels")

    def compile_other() -> ModuleType:
        other.set()
        return ModuleType("others")

    kernels = KernelsOnUse("one", compile_)
    KernelsOnUse("other", compile_other)
    plane = FormulaPlane(
        lambda y: Terms(total(y * y), {}),
        Compiled(kernels, lambda _, y, gradient: (-1.0, y if gradient else y[:0])),
    )
    y = np.arange(6.0).reshape(2, 3)
    assert plane.value(y) == 55
    assert not begun.is_set()  # so short a time is not worth a compiler
    monkeypatch.setattr(backend, "START_AFTER", 0.0)
    assert plane.value(y) == 55
    assert begun.wait(20)
    value, gradient = plane.value_and_gradient(y)  # nobody waits for the compiler
    assert value == 55
    np.testing.assert_array_equal(gradient, 2 * y)
    finish.set()
    assert kernels_on_use.made["one"].warm_up()
    assert plane.value(y) == -1
    assert plane.value_and_gradient(y)[0] == -1
    assert not other.is_set()
    assert warm_up_every()
    assert other.is_set()


def test_what_raises_in_a_measurement_is_not_lost_and_no_compiler_is_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(backend, "START_AFTER", 0.0)
    begun = threading.Event()

    def compile_() -> ModuleType:
        begun.set()
        return ModuleType("kernels")

    def fails(y: Node) -> Terms:
        raise ZeroDivisionError(str(y.value.shape))

    kernels = KernelsOnUse("one", compile_)
    plane = FormulaPlane(fails, Compiled(kernels, lambda _, y, gradient: (float(gradient), y)))
    with pytest.raises(ZeroDivisionError, match=r"\(2, 2\)"):
        plane.value(np.zeros((2, 2)))
    assert not begun.is_set()
