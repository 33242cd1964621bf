"""``ssim-viewer score --output --resume``: a file of scores that survives any interruption."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssim_viewer.cli.pairs import named_pairs
from ssim_viewer.cli.score_file import ScoreFile
from ssim_viewer.cli.scorer import Scored
from ssim_viewer.metrics import Scores
from ssim_viewer.session.report import ScoreRow, score_columns, scores_as_csv
from tests.cli.test_refusals import assert_refused

if TYPE_CHECKING:
    from tests.cli.conftest import Program

PAIRS = named_pairs(Path("ü.png"), [Path(name) for name in ("a", 'b "c", d', "é", "a")], None).pairs
VALUES = (1 / 3, float("inf"), 2, 1e-9, 1, 1, 1)
COLUMNS = score_columns(())
SCORED = [
    Scored(ScoreRow(*pair.names, 9, 8, Scores(*VALUES), convention="L = 255"), "", ())
    for pair in PAIRS
]
WHOLE = scores_as_csv([each.row for each in SCORED], columns=COLUMNS).encode()


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_file_cut_anywhere_is_completed_without_loss_or_repetition(
    tmp_path: Path, line_end: bytes
) -> None:
    path = tmp_path / "scores.csv"
    whole = WHOLE.replace(b"\n", line_end)
    for length in range(len(whole) + 1):
        path.write_bytes(whole[:length])
        file = ScoreFile(path, resume=True, columns=COLUMNS)
        left = file.left(PAIRS)
        assert len(left) == 4 - max(0, whole[:length].count(b"\n") - 1)
        with file:
            for pair in left:
                file.add(next(each for each in SCORED if each.row.distorted == pair.names[1]))
        assert sorted(path.read_bytes().split()) == sorted(WHOLE.split())


def test_rows_are_in_the_file_as_soon_as_they_are_added(tmp_path: Path) -> None:
    path = tmp_path / "scores.csv"
    with ScoreFile(path, resume=False, columns=COLUMNS) as file:
        for count, scored in enumerate(SCORED):
            assert path.read_bytes().count(b"\n") == 1 + count
            file.add(scored)
    assert path.read_bytes() == WHOLE


def test_the_file_has_the_rows_that_are_printed_otherwise(
    program: Program, many: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "scores.csv"
    printed = program("score", *many, "--csv").output
    outcome = program("score", *many, "--output", path)
    assert path.read_text() == printed
    assert outcome.output == f"Wrote the scores of 20 pairs to “{path}”.\n"
    assert (outcome.status, outcome.complaint) == (0, "")


def test_what_failed_is_tried_again_and_what_is_there_is_not(
    program: Program, many: tuple[Path, Path], tmp_path: Path
) -> None:
    path, maps = tmp_path / "scores.csv", tmp_path / "maps"
    words = ("score", *many, "--output", path, "--maps", maps)
    whole = program("score", *many, "--csv").output.splitlines()
    bad = many[1] / "07.png"
    good = bad.read_bytes()
    bad.write_bytes(b"no image")
    outcome = program(*words)
    assert outcome.status == 1
    assert outcome.output.endswith("; 1 failed.\n")
    bad.write_bytes(good)
    (many[1] / "01.png").write_bytes(b"no image, but its scores are there")
    outcome = program(*words, "--resume")
    assert outcome.status == 0
    assert outcome.output.endswith("; 19 were there already.\n")
    assert sorted(path.read_text().splitlines()) == sorted(whole)
    before = path.read_bytes()
    assert program(*words, "--resume").status == 0
    assert path.read_bytes() == before


def test_a_file_is_replaced_only_by_force(
    program: Program, grey: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "scores.csv"
    words = ("score", *grey, "--output", path)
    path.write_text("mine\n")
    assert_refused(program(*words), "scores.csv", "--force")
    assert path.read_text() == "mine\n"
    assert program(*words, "--force").status == 0
    assert path.read_text().startswith("reference,distorted,width")


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("mine\n", "its columns are not those of scores"),
        ("\0\0\0\n", "its columns are not those of scores"),
        (WHOLE.decode() + "a,b,1\n", "line 6, cannot be gone on with"),
        (WHOLE.decode() + "a,b,1,2,x,4,5,6,7,8,9,c\n", "line 6, cannot be gone on with"),
    ],
)
def test_a_file_of_something_else_is_never_gone_on_with(
    program: Program, grey: tuple[Path, Path], tmp_path: Path, content: str, part: str
) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(content, encoding="utf-8")
    assert_refused(program("score", *grey, "--output", path, "--resume"), "scores.csv", part)
    assert path.read_text(encoding="utf-8") == content


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--resume"], "--output"),
        (["--json", "--output", "o.csv"], "writes CSV"),
        (["--output", "no such folder/o.csv"], "folder does not exist"),
        (["--output", "."], "is a folder"),
        (["--output", ".", "--resume"], "cannot be read"),
        (["--jobs", "0"], "whole number from 1"),
        (["--jobs", "2", "--dask", "localhost:1"], "not allowed with"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    program: Program, grey: tuple[Path, Path], words: list[str], part: str
) -> None:
    assert_refused(program("score", *grey, *words), part)
