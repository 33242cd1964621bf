"""Which pairs ``ssim-viewer score`` takes from folders and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.cli.pairs import pairs_of_folders, pairs_of_table
from ssim_viewer.compute.lazy_compilation import Kernels
from ssim_viewer.metrics import backend as engine
from tests.cli.test_refusals import assert_refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Program, WriteImage


def touch(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


@pytest.mark.parametrize(
    ("references", "distorted", "partner"),
    [
        (["a.png"], "a.png", "a.png"),
        (["a.png"], "a.jpg", "a.png"),
        (["a.png", "a.jpg"], "a.jpg", "a.jpg"),
        (["b/a.png", "a.png"], "b/a.webp", "b/a.png"),
        (["b/a.png"], "a.png", None),
        (["a.png", "a.tif"], "a.jpg", None),
        (["a.v1.png", "a.png"], "a.v1.jpg", "a.v1.png"),
        (["A.png"], "a.png", None),
    ],
)
def test_a_distorted_image_finds_its_reference_by_name_or_else_by_stem(
    tmp_path: Path, references: list[str], distorted: str, partner: str | None
) -> None:
    x = touch(tmp_path / "x", *references, "same.png")
    y = touch(tmp_path / "y", distorted, "same.png")
    asked = pairs_of_folders(x, [y], None)
    found = {pair.distorted: pair.reference for pair in asked.pairs}
    assert found.pop(y / "same.png") == x / "same.png"
    if partner is None:
        assert not found
        assert [each.names[1] for each in asked.failed] == [str(y / distorted)]
    else:
        assert found == {y / distorted: x / partner}
        assert not asked.failed


def test_folders_give_images_in_order_and_nothing_else(tmp_path: Path) -> None:
    x = touch(tmp_path / "x", "a.png", "b.png", "c/d.png", "without a partner.png")
    y = touch(tmp_path / "y", "c/d.PNG", "b.png", "a.jpg", "a.bmp", ".b.png", "b.txt", "Thumbs.db")
    z = touch(tmp_path / "z", "b.png")
    asked = pairs_of_folders(x, [y, z], None)
    named = [pair.names[1] for pair in asked.pairs]
    assert named == [str(y / n) for n in ("a.bmp", "a.jpg", "b.png", "c/d.PNG")] + [
        str(z / "b.png")
    ]
    assert not asked.failed


def test_a_table_names_images_from_its_own_folder_on(tmp_path: Path) -> None:
    table = tmp_path / "pairs.csv"
    text = "note,distorted, reference\n1,d/ü.png,r.png\n\n2,/d.png, r.png\n3,d.png,\n4\n"
    table.write_text(text, encoding="utf-8-sig")
    asked = pairs_of_table(table, None)
    assert [pair.names for pair in asked.pairs] == [("r.png", "d/ü.png"), ("r.png", "/d.png")]
    assert asked.pairs[0].distorted == tmp_path / "d" / "ü.png"
    assert str(asked.pairs[1].distorted) == "/d.png"
    assert [each.names[1][:6] for each in asked.failed] == ["line 5", "line 6"]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "needs the columns reference and distorted"),
        (b"reference,other\na,b\n", "needs the columns"),
        (b"reference,distorted\n", "holds no pairs"),
        (b"reference,distorted\n,\n", "holds no pairs"),
        (b"reference,distorted\n\xff,a\n", "no CSV file in UTF-8"),
        (b'reference,distorted\n"' + b"a" * 200_000 + b'",b\n', "no CSV file"),
    ],
)
def test_what_is_no_table_of_pairs_is_refused(
    program: Program, tmp_path: Path, content: bytes, part: str
) -> None:
    table = tmp_path / "pairs.csv"
    table.write_bytes(content)
    assert_refused(program("score", "--pairs", table), "pairs.csv", part)


def test_what_gives_no_pairs_is_refused(program: Program, tmp_path: Path) -> None:
    x, y = touch(tmp_path / "x", "a.png"), touch(tmp_path / "y", "b.png")
    assert_refused(program("score", x, y), "No image in", "has the name of one in")
    assert_refused(program("score", "--pairs", tmp_path / "none.csv"), "cannot be read")
    assert_refused(program("score", "--pairs", tmp_path), "cannot be read")
    assert_refused(program("score", x, "--pairs", "p.csv"), "not both")
    assert_refused(program("score", x, y / "b.png"), "is a folder")


def test_folders_and_tables_are_scored_like_images_named_one_by_one(
    program: Program, write: WriteImage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # To the last digit: new processes have no kernels yet, which round otherwise.
    monkeypatch.setattr(engine, "made", Kernels("none", "", {}))
    rng = np.random.default_rng(2)
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        for name in ("a.png", "b.png"):
            write(f"{folder}/{name}", rng.integers(0, 256, (20, 20), dtype=np.uint8))
    table = tmp_path / "pairs.csv"
    table.write_text("reference,distorted\nx/a.png,y/a.png\nx/b.png,y/b.png\n")
    options = ("--border", "reflect", "--csv")
    alone = [
        program("score", tmp_path / "x" / name, tmp_path / "y" / name, *options)
        for name in ("a.png", "b.png")
    ]
    expected = [alone[0].output.splitlines()[0], *(each.output.splitlines()[1] for each in alone)]
    folders = program("score", tmp_path / "x", tmp_path / "y", *options)
    assert folders.output.splitlines() == expected
    assert (folders.status, folders.complaint) == (0, "")
    tabled = program("score", "--pairs", table, *options)
    assert tabled.output.splitlines() == [row.replace(f"{tmp_path}/", "") for row in expected]


def test_the_table_for_reading_has_a_column_of_references_when_there_are_several(
    program: Program, write: WriteImage, tmp_path: Path
) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        for name in ("a.png", "b.png"):
            write(f"{folder}/{name}", np.full((20, 20), 99, np.uint8))
    output = program("score", tmp_path / "x", tmp_path / "y", "--jobs", "1").output
    assert "reference" in output
    assert str(tmp_path / "x" / "b.png") in output
    assert "11×11 Gaussian" in output
