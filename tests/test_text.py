"""Texts: English below the widgets, translated where they are shown."""

import copy
import json
import pickle
from enum import StrEnum
from pathlib import Path

import pytest

from ssim_viewer.distortions import DistortionError, get_distortion
from ssim_viewer.images import ImageError, read_image
from ssim_viewer.metrics import MetricError, Ssim
from ssim_viewer.text import SentenceError, Text, joined, tr


def german(source: str, _comment: str) -> str:
    """Return what a translation would have, or the source."""
    return {
        "The step is {size:.1f}.": "Der Schritt ist {size:.1f}.",
        "{what} failed.": "{what} ist gescheitert.",
        "The metric": "Die Metrik",
        "broken {size}": "kaputt {grösse}",
    }.get(source, source)


def test_a_text_is_its_english_sentence() -> None:
    text = tr("The step is {size:.1f}.", size=2.25)
    assert text == "The step is 2.2."
    assert (text.source, text.parameters) == ("The step is {size:.1f}.", {"size": 2.25})


def test_a_text_without_parameters_may_hold_braces() -> None:
    assert tr("a {set}") == "a {set}"


def test_a_text_is_translated_with_its_parameters() -> None:
    assert tr("The step is {size:.1f}.", size=2.25).translated(german) == "Der Schritt ist 2.2."


def test_parameters_that_are_texts_are_translated_too() -> None:
    text = tr("{what} failed.", what=tr("The metric"))
    assert text == "The metric failed."
    assert text.translated(german) == "Die Metrik ist gescheitert."


def test_a_translation_whose_braces_do_not_fit_gives_way_to_english() -> None:
    assert tr("broken {size}", size=3).translated(german) == "broken 3"


def test_joined_texts_are_translated_one_by_one() -> None:
    text = joined(" {·} ", ("a.png", tr("The metric")))
    assert text == "a.png {·} The metric"
    assert text.translated(german) == "a.png {·} Die Metrik"


def test_the_sentence_of_an_error_can_still_be_translated() -> None:
    sentence = str(ValueError(tr("{what} failed.", what=tr("The metric"))))
    assert isinstance(sentence, Text)
    assert sentence.translated(german) == "Die Metrik ist gescheitert."


def test_an_error_has_a_code_whatever_its_parameters_are() -> None:
    first, second = (SentenceError(tr("A window of {size} is too large.", size=n)) for n in (9, 11))
    assert str(second) == "A window of 11 is too large."
    assert first.code == second.code == "SentenceError.a-window-of-is-too-large"
    assert second.parameters == {"size": 11}


def test_the_code_of_an_error_around_a_text_is_of_that_text() -> None:
    trouble = tr("is a folder; choose a file in it")
    error = SentenceError(tr("“{name}” {trouble}.", name="photos", trouble=trouble))
    assert error.code == "SentenceError.is-a-folder-choose-a-file-in-it"


def test_errors_of_every_room_say_one_sentence_and_what_it_is_about(tmp_path: Path) -> None:
    with pytest.raises(ImageError) as image:
        read_image(tmp_path)
    assert image.value.parameters == {"name": tmp_path.name}
    with pytest.raises(MetricError) as metric:
        Ssim(k1=-1.0)
    assert (metric.value.code, metric.value.parameters["name"]) == (
        "MetricError.is-a-number-not",
        "k1",
    )
    with pytest.raises(DistortionError) as distortion:
        get_distortion("none")
    assert distortion.value.code.startswith("DistortionError.there-is-no-distortion")


def test_a_text_survives_another_process_and_a_copy() -> None:
    text = tr("The step is {size:.1f}.", size=2.25)
    for again in (pickle.loads(pickle.dumps(text)), copy.deepcopy(text)):  # noqa: S301
        assert again == text
        assert again.translated(german) == "Der Schritt ist 2.2."


def test_a_text_is_a_string_for_json_and_for_enums() -> None:
    class Kind(StrEnum):
        METRIC = tr("The metric")

    assert json.loads(json.dumps({"kind": Kind.METRIC.value})) == {"kind": "The metric"}
    assert Kind("The metric") is Kind.METRIC
