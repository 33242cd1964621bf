"""Memory of results comes back only when nobody holds the result or a view of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ssim_viewer.compute.buffer_pool import VIEWS_HOLD, BufferPool


def test_what_is_held_is_never_given_out_again() -> None:
    buffers = BufferPool()
    shape, dtype = (30, 40), np.dtype(np.float32)
    held = buffers.array(shape, dtype)
    view = buffers.array(shape, dtype)[2:, ::2]
    others = [buffers.array(shape, dtype) for _ in range(20)]
    for other in others:
        assert not np.shares_memory(other, held)
        assert not np.shares_memory(other, view)


def test_what_nobody_holds_is_given_out_again_to_who_wants_its_shape_and_type() -> None:
    buffers = BufferPool()
    shape, dtype = (30, 40), np.dtype(np.float32)
    place = buffers.array(shape, dtype).ctypes.data
    assert buffers.array((41, 30), dtype).ctypes.data != place
    assert buffers.array(shape, np.dtype(np.float64)).ctypes.data != place
    assert buffers.array(shape, dtype).ctypes.data == place


def test_memory_comes_back_whatever_thread_or_order_it_was_let_go_in() -> None:
    buffers = BufferPool()
    shape, dtype = (30, 40), np.dtype(np.float64)

    def use(seed: int) -> bool:
        held = [buffers.array(shape, dtype) for _ in range(3)]
        for i, array in enumerate(held):
            array[:] = 3 * seed + i
        return all((array == 3 * seed + i).all() for i, array in enumerate(held))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(use, range(400)))


def test_nothing_is_given_out_again_where_numpy_does_not_keep_arrays_alive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ssim_viewer.compute.buffer_pool.VIEWS_HOLD", False)
    buffers = BufferPool()
    held = buffers.array((3, 4), np.dtype(np.float32))
    assert held.base is None


def test_this_numpy_keeps_arrays_alive() -> None:
    assert VIEWS_HOLD
