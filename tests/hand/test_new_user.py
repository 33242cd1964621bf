"""A new user on a laptop of 1280×720: one sitting, by menus, keys and the mouse alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint

from stress import hand
from stress.alarm import Alarm
from tests.hand import pictures
from tests.hand.desk import Desk
from tests.hand.doing import name_file
from tests.hand.seen import changed_areas
from tests.hand.states import at_rest

pytestmark = pytest.mark.hand


def test_a_new_user_opens_two_photographs_plays_scrubs_and_exports(
    tmp_path: Path, qapp: object
) -> None:
    folder = tmp_path / "photographs"
    folder.mkdir()
    pictures.grey_pair(folder)
    with Alarm() as alarm, Desk(folder, (), at_rest) as desk:
        assert desk.look().words["main_window title"].startswith("Sample: camera")
        open_two_photographs(desk)
        choose_panes_layout_and_theme(desk)
        play_and_watch(desk)
        scrub_through_the_first_ten_steps(desk)
        undo_and_redo(desk)
        export(desk)
        assert alarm.taken() == []


def open_two_photographs(desk: Desk) -> None:
    """Open a reference by the menu and a distorted image by its key."""
    desk.use("menu open_reference")
    name_file(desk, "reference.png")
    assert "mismatch" not in notice(desk)
    desk.use("key open_distorted Ctrl+Shift+O")
    name_file(desk, "distorted.png")
    wait(desk, "main_window title", r"^reference\.png — distorted\.png")
    wait(desk, "score_ssim", r"0\.\d{4}")
    assert notice(desk) == ""


def choose_panes_layout_and_theme(desk: Desk) -> None:
    """Choose by menu, then by key, and see each choice."""
    desk.use("menu activate_pane_3")
    hand.press("8")
    wait(desk, "pane_3_menu", "^Structure")
    desk.use("menu quantity_gradient_of_mssim")
    wait(desk, "pane_3_menu", "^Gradient")
    desk.use("menu layout_1x3")
    assert visible_panes(desk) == ["pane_1", "pane_2", "pane_3"]
    desk.use("menu theme_dark")
    assert desk.rest().brightness() < 110
    desk.use("menu theme_light")
    assert desk.rest().brightness() > 150


def play_and_watch(desk: Desk) -> None:
    """Play by Space, see the picture change, and pause by Space."""
    before = desk.rest()
    hand.press("Space")
    hand.wait(lambda: steps(desk)[1] >= 12, "twelve steps", 30)
    if desk.session.playing:
        hand.press("Space")
    hand.wait(lambda: not desk.session.playing, "the climb to pause")
    after = desk.rest()
    assert {"pane_2_canvas", "score_strip", "plot_ssim"} <= changed_areas(before, after)
    assert after.words["transport_play"] == "Play"


def scrub_through_the_first_ten_steps(desk: Desk) -> None:
    """Go to the start by Home and step by step to the tenth by Right; each is seen."""
    hand.press("Home")
    hand.wait(lambda: steps(desk)[0] == 0, "step 0")
    last = desk.rest()
    for step in range(1, 11):
        hand.press("Right")
        hand.wait(lambda step=step: steps(desk)[0] == step, f"step {step}")  # type: ignore[misc]
        seen = desk.rest()
        moved = {"plot_ssim", "plot_mse"} | ({"pane_2_canvas"} if step <= 3 else set())
        assert moved <= changed_areas(last, seen)  # later ones move pixels by less than a level
        last = seen
    hand.press("Left")
    hand.wait(lambda: steps(desk)[0] == 9, "step 9")
    slider = desk.widget("transport_history")
    assert slider is not None
    hand.drag(slider, QPoint(8, slider.height() // 2), QPoint(slider.width() - 8, 8))


def undo_and_redo(desk: Desk) -> None:
    """Take back until the photographs are as they were opened, and make the last again."""
    shown = desk.rest()
    desk.use("key undo Ctrl+Z")
    assert "pane_2_canvas" in changed_areas(shown, desk.rest())
    desk.use("key redo Ctrl+Y")
    wait_for_picture(desk, shown.picture("pane_2_canvas").tobytes())


def export(desk: Desk) -> None:
    """Write the picture, the map, the scores and the run."""
    for control, file in (
        ("key save_distorted Ctrl+S", "climbed.png"),
        ("key export_as_shown Ctrl+Shift+S", "shown.png"),
        ("menu export_scores", "scores.csv"),
        ("menu export_trace", "run.csv"),
    ):
        desk.use(control)
        name_file(desk, file)
        path = desk.folder / file
        hand.wait(lambda path=path: path.is_file() and path.stat().st_size > 0, file)  # type: ignore[misc]
        wait(desk, "notice_text", re.escape(file))
    rows = (desk.folder / "run.csv").read_text(encoding="utf-8").splitlines()
    assert len([row for row in rows if row[:1].isdigit()]) == steps(desk)[1] + 1


def steps(desk: Desk) -> tuple[int, int]:
    """Return the step on the screen and the latest one, as they are written."""
    hand.pump()
    found = re.search(r"(\d+) of (\d+)", desk.look().words["transport_place"])
    return (int(found[1]), int(found[2])) if found else (0, 0)


def notice(desk: Desk) -> str:
    seen = desk.look()
    return seen.words["notice_text"] if "notice_bar" in seen.places else ""


def visible_panes(desk: Desk) -> list[str]:
    return sorted(name for name in desk.look().places if re.fullmatch(r"pane_\d", name))


def wait(desk: Desk, widget: str, pattern: str) -> None:
    """Wait until a widget says something."""
    hand.wait(
        lambda: re.search(pattern, desk.look().words.get(widget, "")) is not None,
        f"“{pattern}” in {widget}, which says {desk.look().words.get(widget)}",
    )


def wait_for_picture(desk: Desk, pixels: bytes) -> None:
    hand.wait(lambda: desk.look().picture("pane_2_canvas").tobytes() == pixels, "the picture")
