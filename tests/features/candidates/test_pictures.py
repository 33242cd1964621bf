"""A candidate that is judged anew, as its file has changed, has the picture of its new pixels."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap

from ssim_viewer.features.candidates.table import CandidateTable, Row
from ssim_viewer.reports.candidates import CandidateScores


@pytest.mark.usefixtures("qapp")
def test_the_picture_is_of_the_pixels_that_were_judged_last() -> None:
    table = CandidateTable()
    for level in range(30):
        thumbnail = np.full((4, 4), 8 * level, np.uint8)
        scores = CandidateScores("a", thumbnail=thumbnail)
        table.show_rows([Row(Path("a"), "a", current=False, scores=scores)], ())
        del thumbnail, scores  # so that the next one may lie where they lay
        picture = table.data(table.index(0, 0), int(Qt.ItemDataRole.DecorationRole))
        assert isinstance(picture, QPixmap)
        assert picture.toImage().pixelColor(0, 0).red() == 8 * level
