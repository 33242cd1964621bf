"""Transitions are pure: a session goes in, the next one comes out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ssim_viewer.features.climb import changes
from ssim_viewer.images import Image, align_pair, image_from_array
from ssim_viewer.metrics import Quantity, Ssim, evaluate
from ssim_viewer.session import intents, transitions
from ssim_viewer.session import opening as opening_images
from ssim_viewer.session.measurement import SsimMeasurement, ssim_measurement
from ssim_viewer.session.state import (
    Experiment,
    Layout,
    Look,
    Opened,
    Role,
    Session,
    Start,
)
from ssim_viewer.synthesis import Direction, Step


def image(value: int, size: int = 16, dtype: type[np.generic] = np.uint8) -> Image:
    return image_from_array(np.full((size, size), value, dtype), f"image {value}")


def experimenting(experiment: Experiment) -> Session:
    session = session_with_pair()
    return transitions.with_document(session, replace(session.document, experiment=experiment))


def session_with_pair(reference: Image | None = None, distorted: Image | None = None) -> Session:
    opening = Opened(reference or image(10), distorted or image(20))
    return opening_images.paired(
        Session(), opening, align_pair(opening.reference, opening.distorted)
    )


def step(index: int) -> Step:
    return Step(index, np.full((16, 16), 30.0 + index), 0.5, 100.0, 1.0, 1.0)


def with_run(session: Session, last: int = 5) -> Session:
    return changes.advanced(session, [step(index) for index in range(last + 1)])


def test_an_opened_image_waits_beside_the_pair_on_screen() -> None:
    before = session_with_pair()
    after = opening_images.opened(before, Role.DISTORTED, image(30))
    assert after.document is before.document
    assert after.opening is not None
    assert after.opening.distorted.name == "image 30"
    assert after.opening.reference.name == "image 10"


def test_two_images_opened_one_after_the_other_become_one_pair() -> None:
    waiting = opening_images.opened(session_with_pair(), Role.REFERENCE, image(1, size=32))
    waiting = opening_images.mismatched(waiting, "Sizes differ.")
    waiting = opening_images.opened(waiting, Role.DISTORTED, image(2, size=32))
    assert waiting.opening is not None
    assert [waiting.opening.reference.width, waiting.opening.distorted.width] == [32, 32]


def test_a_single_image_is_compared_with_itself() -> None:
    after = opening_images.opened(Session(), Role.DISTORTED, only := image(7))
    assert after.opening == Opened(only, only, lacking=Role.REFERENCE)


def test_dismissing_the_question_of_sizes_keeps_the_pair_and_forgets_the_newcomer() -> None:
    waiting = opening_images.opened(session_with_pair(), Role.DISTORTED, image(3, size=32))
    asked = opening_images.mismatched(waiting, "Sizes differ.")
    after = transitions.reduce(asked, intents.DismissNotice())
    assert (after.notice, after.opening) == (None, None)


def test_choosing_an_alignment_keeps_the_images_that_wait() -> None:
    waiting = opening_images.opened(session_with_pair(), Role.DISTORTED, image(3, size=32))
    asked = opening_images.mismatched(waiting, "Sizes differ.")
    after = transitions.reduce(asked, intents.ChooseAlignment("crop"))
    assert after.opening is not None
    assert after.opening.alignment == "crop"
    assert after.notice is None


def test_the_data_range_and_what_is_in_its_units_follow_the_image() -> None:
    experiment = Experiment(noise_mse=2500.0, step_size=2.0)
    before = experimenting(experiment)
    opening = Opened(image(1000, dtype=np.uint16), image(2000, dtype=np.uint16))
    pair = align_pair(opening.reference, opening.distorted)
    document = opening_images.paired(before, opening, pair).document
    assert document.metric.data_range == 65535
    assert document.experiment.noise_mse == pytest.approx(2500.0 * 257**2)
    assert document.experiment.step_size == pytest.approx(2.0 * 257)


def test_a_new_pair_ends_the_run() -> None:
    before = with_run(session_with_pair())
    opening = Opened(image(1), image(2))
    after = opening_images.paired(before, opening, align_pair(opening.reference, opening.distorted))
    assert after.document.run is None


def test_the_run_is_on_screen_while_there_is_one() -> None:
    session = with_run(session_with_pair())
    shown = session.document.shown
    assert shown is not None
    assert shown[0, 0] == 35
    reset = changes.reset(session)
    assert reset.document.pair is not None
    assert reset.document.shown is reset.document.pair.distorted.pixels


def test_resetting_a_climb_from_noise_goes_back_to_the_noise() -> None:
    session = experimenting(Experiment(start=Start.NOISE))
    reset = changes.reset(with_run(session))
    assert reset.document.run is not None
    assert reset.document.run.last == 0


def test_going_on_from_an_earlier_step_keeps_the_run_that_was_left() -> None:
    scrubbed = changes.scrubbed_to(with_run(session_with_pair()), 2)
    after = changes.branched(scrubbed)
    assert after.document.run is not None
    assert after.document.run.last == 2
    assert [run.last for run in after.document.branches] == [5]


def test_going_on_from_the_latest_step_is_no_new_branch() -> None:
    session = with_run(session_with_pair())
    assert changes.branched(session) is session


@pytest.mark.parametrize(
    ("change", "keeps"),
    [
        ({"direction": Direction.ASCENT}, True),
        ({"step_size": 3.0}, True),
        ({"seed": 9}, True),  # of a noise that is not in use
        ({"start": Start.NOISE}, False),
    ],
)
def test_only_another_start_takes_the_run_away(change: dict[str, object], keeps: bool) -> None:
    session = with_run(session_with_pair())
    experiment = replace(session.document.experiment, **change)  # type: ignore[arg-type]
    after = changes.experimenting(session, experiment)
    assert (after.document.run is not None) is keeps


def test_another_seed_takes_a_run_from_noise_away() -> None:
    noise = Experiment(start=Start.NOISE)
    session = with_run(experimenting(noise))
    after = changes.experimenting(session, replace(noise, seed=1))
    assert after.document.run is None


def test_swapping_exchanges_the_roles() -> None:
    after = transitions.reduce(session_with_pair(), intents.SwapImages())
    assert after.opening is not None
    assert [after.opening.reference.name, after.opening.distorted.name] == ["image 20", "image 10"]


def test_a_smaller_layout_keeps_the_active_pane_among_the_visible_ones() -> None:
    session = Session(look=Look(active=5))
    look = transitions.reduce(session, intents.ChooseLayout(Layout.TWO)).look
    assert look.active == 1
    assert look.visible == (Quantity.REFERENCE, Quantity.DISTORTED)


def test_a_start_that_had_to_be_clipped_is_told_with_both_errors() -> None:
    reference, distorted = np.full((16, 16), 10.0), np.full((16, 16), -10.0)
    scores = evaluate(Ssim().bind(reference), distorted)
    session = transitions.measured(
        session_with_pair(), ssim_measurement(reference, distorted, scores)
    )
    after = changes.advanced(session, [step(0)])
    assert after.notice is not None
    assert "from 400 to 100" in after.notice.text


def measured(session: Session) -> SsimMeasurement:
    """Return the measurement of the pair of a session."""
    pair = session.document.pair
    assert pair is not None
    arrays = pair.reference.pixels, pair.distorted.pixels
    return ssim_measurement(*arrays, evaluate(Ssim().bind(arrays[0]), arrays[1], list(Quantity)))


def test_what_is_there_of_a_first_result_is_seen_until_the_whole_one_comes() -> None:
    session = session_with_pair()
    part, whole = measured(session), measured(session)
    growing = transitions.grown(session, part)
    assert growing.pictured is part
    assert growing.measured is None
    done = transitions.measured(growing, whole)
    assert done.growing is None
    assert done.pictured is whole
    assert transitions.grown(done, part) is done


def test_a_new_pair_takes_the_maps_of_the_one_before_from_the_screen() -> None:
    before = session_with_pair()
    before = transitions.measured(before, measured(before))
    opening = Opened(image(1), image(2))
    after = opening_images.paired(before, opening, align_pair(opening.reference, opening.distorted))
    assert after.measured is None


def test_an_image_that_was_made_becomes_the_distorted_one_beside_the_reference_on_screen() -> None:
    before = session_with_pair()
    pixels = np.full((16, 16), 80.5)
    after = transitions.reduce(before, intents.ShowImage(pixels, "camera, 1 px to the right"))
    assert before.document.pair is not None
    assert after.opening is not None
    assert after.opening.reference is before.document.pair.reference
    assert after.opening.distorted.name == "camera, 1 px to the right"
    assert after.opening.distorted.data_range == before.document.pair.reference.data_range
