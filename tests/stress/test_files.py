"""A small part of what ``python -m stress files`` does at length."""

import pytest

from stress.__main__ import main


def test_mutated_files_give_images_or_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["files", "--count", "300", "--seed", "1"])
    printed = capsys.readouterr().out
    assert status == 0, printed
    assert "300 mutated files" in printed
    assert "0 failed" in printed


def test_an_unknown_stress_test_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    assert "files" in capsys.readouterr().out
