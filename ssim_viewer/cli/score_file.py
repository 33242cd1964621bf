"""Scores as a growing CSV file: whole lines as they come, and gone on with after an interruption.

A killed program loses at most the line that it was writing: it is dropped when the file is
gone on with.
"""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING, Self

from ssim_viewer.cli.errors import CommandError
from ssim_viewer.cli.terminal import display_path
from ssim_viewer.images import ImageError
from ssim_viewer.session.report import SCORE_COLUMNS, TEXT_COLUMNS, scores_as_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import BufferedWriter
    from pathlib import Path

    from ssim_viewer.cli.scorer import PairFiles, Scored


class ScoreFile:
    """A CSV file that scores are added to.

    Parameters
    ----------
    path
        The file; what was there is replaced, unless it is gone on with.
    resume
        Whether to go on with what is there.
    columns
        The names of the numbers of a pair, in order.

    Raises
    ------
    CommandError
        If the file to go on with holds something else than scores.
    ImageError
        If it cannot be read.
    """

    def __init__(self, path: Path, *, resume: bool, columns: Sequence[str] = SCORE_COLUMNS) -> None:
        self._path, self._columns = path, tuple(columns)
        whole = _whole_lines(path) if resume else b""
        self._kept = len(whole)
        self._there = _pairs_in(whole, display_path(path), self._columns)

    def __enter__(self) -> Self:
        self._file: BufferedWriter = self._path.open("ab")
        self._file.truncate(self._kept)
        if not self._kept:
            self._write(scores_as_csv([], columns=self._columns))
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def left(self, pairs: Sequence[PairFiles]) -> list[PairFiles]:
        """Return the pairs that the file to go on with does not hold, by the names of their images.

        A pair that is asked for twice stands there twice.
        """
        there = self._there.copy()
        left = []
        for pair in pairs:
            if there[pair.names]:
                there[pair.names] -= 1
            else:
                left.append(pair)
        return left

    def add(self, scored: Scored) -> None:
        """Write the scores of a pair at the end, at once."""
        self._write(scores_as_csv([scored.row], header=False))

    def finish(self) -> None:
        """Do no more: every row is there."""

    def _write(self, text: str) -> None:
        self._file.write(text.encode())
        self._file.flush()


def _whole_lines(path: Path) -> bytes:
    """Return what the file holds up to its last line break."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise ImageError(
            f"“{display_path(path)}” cannot be read: {error.strerror or error}."
        ) from None
    return content[: content.rfind(b"\n") + 1]


def _pairs_in(content: bytes, name: str, columns: tuple[str, ...]) -> Counter[tuple[str, str]]:
    rows = csv.reader(content.decode("utf-8-sig", "replace").split("\n"))
    if content and tuple(next(rows)) != columns:
        raise CommandError(f"“{name}” cannot be gone on with: its columns are not those of scores.")
    return Counter(_pair(row, columns, f"“{name}”, line {rows.line_num},") for row in rows if row)


def _pair(row: Sequence[str], columns: Sequence[str], where: str) -> tuple[str, str]:
    whole = len(row) == len(columns)
    try:
        for column, cell in zip(columns, row, strict=False):
            if column not in TEXT_COLUMNS:
                float(cell)
    except ValueError:
        whole = False
    if not whole:
        raise CommandError(f"{where} cannot be gone on with: it is no row of scores.")
    return row[0], row[1]
