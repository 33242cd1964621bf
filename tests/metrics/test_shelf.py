"""Memory of results comes back only when nobody holds the result or a view of it."""

from __future__ import annotations

import numpy as np

from ssim_viewer.metrics.shelf import Shelf


def test_what_is_held_is_never_given_out_again() -> None:
    shelf = Shelf()
    shape, dtype = (30, 40), np.dtype(np.float32)
    held = shelf.array(shape, dtype)
    view = shelf.array(shape, dtype)[2:, ::2]
    others = [shelf.array(shape, dtype) for _ in range(20)]
    for other in others:
        assert not np.shares_memory(other, held)
        assert not np.shares_memory(other, view)


def test_what_nobody_holds_is_given_out_again_to_who_wants_its_shape_and_type() -> None:
    shelf = Shelf()
    shape, dtype = (30, 40), np.dtype(np.float32)
    place = shelf.array(shape, dtype).ctypes.data
    assert shelf.array((40, 30), dtype).ctypes.data != place
    assert shelf.array(shape, np.dtype(np.float64)).ctypes.data != place
    assert shelf.array(shape, dtype).ctypes.data == place
