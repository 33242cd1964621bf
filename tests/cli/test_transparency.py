"""Transparency that differs is measured over the worse background, unless one is chosen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from tests.cli.conftest import Program, WriteImage

ROWS, COLUMNS = np.mgrid[:40, :48]
DISC = (ROWS - 20) ** 2 + (COLUMNS - 24) ** 2 < 150


@pytest.fixture
def discs(write: WriteImage) -> tuple[Path, Path]:
    """An opaque mid-grey disc, and nothing."""

    def image(alpha: NDArray[np.bool_]) -> NDArray[np.uint8]:
        grey = np.full((*DISC.shape, 3), 128)
        return np.dstack([grey, alpha * 255]).astype(np.uint8)

    return write("disc.png", image(DISC)), write("nothing.png", image(DISC & False))


@pytest.mark.parametrize(
    ("words", "step", "said"),
    [
        ([], 128, "the worse of both, over black"),
        (["--background", "black"], 128, "over black alone"),
        (["--background", "white"], 127, "over white alone"),
        (["--background", "grey"], 0, "over mid-grey alone"),
        (["--background", "0.2"], 77, "over 20% grey alone"),
    ],
)
def test_a_disc_against_nothing(
    program: Program, discs: tuple[Path, Path], words: list[str], step: float, said: str
) -> None:
    outcome = program("score", *discs, "--json", *words)
    (row,) = json.loads(outcome.output)
    assert row["mse"] == pytest.approx(step**2 * DISC.mean())
    assert (row["ssim"] == 1) == (step == 0)
    assert "Their transparency differs" in outcome.complaint
    assert said in outcome.complaint


def test_a_background_that_is_none_is_refused(program: Program, discs: tuple[Path, Path]) -> None:
    outcome = program("score", *discs, "--background", "plaid")
    assert outcome.status == 2
    assert "plaid" in outcome.complaint
