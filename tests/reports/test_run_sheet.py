"""The images of several runs on one page."""

from __future__ import annotations

import numpy as np

from ssim_viewer.reports.run_sheet import SheetTile, run_sheet


def test_words_stand_below_each_image_in_rows_of_so_many_columns() -> None:
    tiles = [
        SheetTile(np.full((40, 300), value, np.uint8), ("one", "two")) for value in (0, 90, 255)
    ]
    sheet = run_sheet(tiles, 2, 255)
    height, width = sheet.shape[:2]
    assert width == 12 + 2 * (300 + 12)
    assert (height - 12) % 2 == 0
    assert sheet[12 + 20, 12 + 150].tolist() == [0, 0, 0]
    assert sheet[12 + 20, 12 + 300 + 12 + 150].tolist() == [90, 90, 90]
    row = (height - 12) // 2
    below = sheet[12 + 40 : 12 + row, 12 : 12 + 300]
    assert below.min() < 100


def test_a_line_of_greek_that_is_too_long_is_written_smaller_and_not_cut_off() -> None:
    words = "MSSIM 0.987654  σ = 1.5 → GMSD 0.0123  MS-SSIM 0.9912"
    sheet = run_sheet([SheetTile(np.zeros((40, 300)), (words,))], 1, 1.0)
    right = sheet[12 + 40 :, 12 + 300 - 1]
    assert right.min() == 255
    assert not np.array_equal(sheet, run_sheet([SheetTile(np.zeros((40, 300)), ("?",))], 1, 1.0))
