"""Scores and traces as text: every digit kept where a program reads, few where a person does."""

from __future__ import annotations

import csv
import io
import json
import math

import pytest

from ssim_viewer.metrics import Scores
from ssim_viewer.session.report import (
    ScoreRow,
    TraceRow,
    scores_as_csv,
    scores_as_json,
    scores_as_text,
    trace_as_csv,
)

ROW = ScoreRow(
    "réf, 1.png", 'di"st.png', 512, 384, Scores(1 / 3, 52.9, 0.1, 0.1 + 0.2, 1.0, 0.9, -0.4)
)
SAME = ScoreRow("a", "a", 20, 20, Scores(0.0, math.inf, 0.0, 1.0, 1.0, 1.0, 1.0))


def test_json_gives_back_every_digit_and_null_for_an_infinite_psnr() -> None:
    first, second = json.loads(scores_as_json([ROW, SAME]))
    assert first == ROW.as_dict()
    assert second == {**SAME.as_dict(), "psnr": None}
    assert "Infinity" not in scores_as_json([SAME])
    assert json.loads(scores_as_json([])) == []


def test_csv_quotes_names_and_gives_back_every_digit() -> None:
    (row,) = csv.DictReader(io.StringIO(scores_as_csv([ROW])))
    assert row["reference"] == ROW.reference
    assert row["distorted"] == ROW.distorted
    assert float(row["ssim"]) == 0.1 + 0.2
    assert float(row["mse"]) == 1 / 3


def test_text_is_for_reading() -> None:
    text = scores_as_text([ROW, SAME])
    for line in ("Size       512×384", "MSSIM      0.3", "mean s     -0.4", "PSNR       52.90 dB"):
        assert line in text.splitlines()
    assert "PSNR       ∞ dB" in text
    assert text.count("\n\n") == 1


def test_a_trace_has_its_five_columns() -> None:
    text = trace_as_csv([TraceRow(0, 2500.0, 0.25, 0.0, 1e-4), TraceRow(1, 2500.0, 0.2, 1.5, 2e-5)])
    assert text.splitlines() == [
        "iteration,mse,ssim,step_size,gradient_norm",
        "0,2500.0,0.25,0.0,0.0001",
        "1,2500.0,0.2,1.5,2e-05",
    ]


@pytest.mark.parametrize("write", [scores_as_csv, scores_as_json, scores_as_text])
def test_every_form_ends_with_a_line_break(write: object) -> None:
    assert callable(write)
    assert str(write([ROW])).endswith("\n")
