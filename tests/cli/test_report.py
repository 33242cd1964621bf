"""`report`: one page with pictures and scores, from the best candidate to the worst."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, WriteImage


def test_a_page_and_a_table_are_written(
    program: Program, write: WriteImage, tmp_path: Path
) -> None:
    random = np.random.default_rng(0)
    scene = random.integers(0, 256, (40, 50), dtype=np.uint8)
    reference = write("reference.png", scene)
    candidates = tmp_path / "candidates"
    candidates.mkdir()
    for noise in (5, 40):
        noisy = np.clip(scene + random.normal(0, noise, scene.shape), 0, 255).astype(np.uint8)
        write(f"candidates/noise {noise}.png", noisy)
    (candidates / "broken.png").write_bytes(b"no image")
    page, table = tmp_path / "page.html", tmp_path / "table.csv"
    outcome = program("report", reference, candidates, "--output", page, "--table", table)
    assert outcome.status == 1
    assert "broken.png" in outcome.complaint
    text = page.read_text(encoding="utf-8")
    assert text.count("data:image/png") == 1 + 2 * 2
    assert text.index("noise 5.png") < text.index("noise 40.png")
    rows = [*csv.DictReader(table.read_text(encoding="utf-8").splitlines())]
    assert [row["name"] for row in rows] == ["noise 5.png", "noise 40.png", "broken.png"]


def test_a_folder_without_images_is_refused(
    program: Program, write: WriteImage, tmp_path: Path
) -> None:
    reference = write("reference.png", np.zeros((20, 20), np.uint8))
    empty = tmp_path / "empty"
    empty.mkdir()
    outcome = program("report", reference, empty, "--output", tmp_path / "page.html")
    assert outcome.status == 2
    assert "no image among the candidates" in outcome.complaint
