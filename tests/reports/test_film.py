"""Recordings: pages of pictures beside plots, as GIF, animated WebP and MP4."""

from __future__ import annotations

import importlib.util
import io
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as PillowImage
from PIL import ImageSequence

from ssim_viewer.distortions import apply
from ssim_viewer.images import Image, ImageError
from ssim_viewer.metrics import Mse, Ssim
from ssim_viewer.reports import animation
from ssim_viewer.reports.animation import NO_VIDEO, record
from ssim_viewer.reports.film import Film, Shot, page
from ssim_viewer.reports.film_plot import curve, ticks
from ssim_viewer.reports.films import climb_film, pages_film, sweep_film
from ssim_viewer.reports.sweep import sweep
from ssim_viewer.session.film_steps import PER_OCTAVE, FilmStep, is_filmed, thinned
from ssim_viewer.session.run import run_from
from ssim_viewer.synthesis import descend, white_noise

X = np.random.default_rng(1).uniform(40, 200, (48, 64))


def film_of_climb(steps: int = 6) -> Film:
    walk = list(descend(Ssim(), X, white_noise(X, 400, seed=0), iterations=steps))
    bound = Ssim().bind(X)
    return climb_film(run_from(walk), lambda: bound, 255.0)


def frames(path: Path) -> list[tuple[Any, float]]:
    """Return every frame as pixels, and the milliseconds that it stays."""
    with PillowImage.open(path) as opened:
        return [
            (np.asarray(frame.convert("RGB")), frame.info["duration"])
            for frame in ImageSequence.Iterator(opened)
        ]


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_a_climb_is_a_page_a_step_and_the_last_page_stays(tmp_path: Path, suffix: str) -> None:
    film, path = film_of_climb(), tmp_path / f"climb{suffix}"
    fractions: list[float] = []
    sentence = record(path, film, rate=5, side=160, report=fractions.append)
    found = frames(path)
    assert len(found) == len(film.shots) == 7
    assert [time for _, time in found] == [200] * 6 + [1500]
    assert "7 pages" in sentence
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    drawn = np.asarray(page(film, film.shots[3](), 160), float)
    assert np.abs(found[3][0] - drawn).mean() < 4


def test_an_mp4_shows_the_pages_at_their_pace(tmp_path: Path) -> None:
    av: Any = pytest.importorskip("av")
    path = tmp_path / "climb.mp4"
    record(path, film_of_climb(), rate=10, side=160)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert sum(1 for _ in container.decode(stream)) == 6 * 3 + 45


def test_without_pyav_one_sentence_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ImageError, match=r"pip install 'ssim-viewer\[video\]'"):
        record(tmp_path / "climb.mp4", film_of_climb(1))
    assert NO_VIDEO.count(". ") == 1


def test_another_suffix_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match=r"\.gif, \.webp, \.mp4"):
        record(tmp_path / "climb.avi", film_of_climb(1))


def test_what_the_report_raises_leaves_no_file(tmp_path: Path) -> None:
    def stop(fraction: float) -> None:
        if fraction > 0.3:
            raise InterruptedError

    for suffix in (".gif", ".webp"):
        with pytest.raises(InterruptedError):
            record(tmp_path / f"climb{suffix}", film_of_climb(), report=stop)
    assert not [*tmp_path.iterdir()]


def test_each_page_of_a_webp_is_encoded_before_the_next_is_drawn(tmp_path: Path) -> None:
    """So that cancel is asked for between any two of them."""
    events: list[float] = []

    def shot(number: int) -> Shot:
        events.append(number)
        return Shot((("a", np.full((16, 16), 20 * number, np.uint8)),), "")

    film = Film("Five", None, tuple(partial(shot, number) for number in range(5)))
    record(tmp_path / "five.webp", film, side=16, report=lambda _fraction: events.append(-1))
    assert events == [0, 0, -1, 1, -1, 2, -1, 3, -1, 4, -1, -1]
    assert len(frames(tmp_path / "five.webp")) == 5


def test_steps_of_a_film_thin_out_by_their_logarithm_and_keep_a_budget() -> None:
    filmed = [number for number in range(100_000) if is_filmed(number)]
    assert filmed[:14] == list(range(14))
    assert len(filmed) <= 14 * PER_OCTAVE
    tiny = np.zeros((4, 4), np.uint8)
    steps = tuple(FilmStep(number, tiny, np.stack([tiny] * 3, axis=2)) for number in filmed)
    kept = thinned(steps, 20 * steps[0].nbytes)
    assert len(kept) == 20
    assert (kept[0], kept[-1]) == (steps[0], steps[-1])
    marks = np.diff(np.log2([each.step + 1 for each in kept]))
    assert marks.max() < 4 * np.median(marks)


def test_a_long_film_keeps_both_ends_and_is_bound_in_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = film_of_climb(20)
    thinned = film.thinned(5)
    assert len(thinned.shots) == 5
    assert (thinned.shots[0], thinned.shots[-1]) == (film.shots[0], film.shots[-1])
    monkeypatch.setattr(animation, "MOST_BYTES", 1)
    record(tmp_path / "climb.gif", film, side=80)
    assert len(frames(tmp_path / "climb.gif")) == 2


def test_a_sweep_shows_its_images_and_where_they_lie_in_the_plane() -> None:
    image = Image(X, 255.0, "noise")
    bound = Ssim().bind(X)
    metrics: dict[str, Any] = {"ssim": bound, "mse": Mse().bind(X)}
    curves = {
        name: [(p.strength, p.values) for p in sweep(image, name, [0.0, 1.0, 2.0], metrics)]
        for name in ("gaussian_blur", "mean_shift")
    }
    film = sweep_film(image, lambda: bound, curves, x="mse")
    assert len(film.shots) == 6
    shot = film.shots[4]()
    assert shot.drawn == ((3, 2),)
    assert shot.caption.startswith("Mean shift, 1")
    shown = np.clip(np.rint(apply("mean_shift", X, 1.0, 0)), 0, 255)
    np.testing.assert_allclose(shot.pictures[0][1], shown, atol=1)
    assert shot.pictures[1][1].shape == (*X.shape, 3)


def test_pages_of_a_lesson_stay_to_be_read() -> None:
    buffer = io.BytesIO()
    PillowImage.new("RGB", (128, 72), (9, 99, 9)).save(buffer, "PNG")
    film = pages_film("Lesson", [("1. First", buffer.getvalue())])
    drawn = page(film, film.shots[0]())
    assert film.seconds >= 3
    assert drawn.width > 800
    assert drawn.getpixel((drawn.width // 2, drawn.height // 2)) == (9, 99, 9)


def test_pages_of_any_shape_have_even_sides_and_no_plot_is_empty() -> None:
    pixels = np.zeros((31, 33), np.uint8)
    film = Film("One", None, (lambda: Shot((("a", pixels),), "caption"),))
    drawn = page(film, film.shots[0](), 37)
    assert drawn.width % 2 == drawn.height % 2 == 0


def test_ticks_are_round_and_points_that_are_not_finite_are_left_out() -> None:
    assert ticks(0.0, 1.0) == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1.0])
    assert ticks(-37.0, 120.0) == [0.0, 50.0, 100.0]
    assert curve("psnr", [0, 1, 2], [np.inf, 40, 30]).points(2) == [(1.0, 40.0)]
