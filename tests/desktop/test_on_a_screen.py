"""A person at a real X display: keys and mouse, a window manager, and what is on the screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.desktop.screen import Screen, Viewer, pixels_of, until

Start = Callable[..., Viewer]
Area = tuple[int, int, int, int]

PICTURES: Area = (0, 110, 940, 640)
"""Panes and plots, without the numbers above and the settings at the right."""

GAP = 10
"""Pixels between two buttons of the tool bar at least; letters and words stand closer."""

SECOND_PANE: Area = (318, 130, 630, 290)


def differs(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> float:
    """Return the share of pixels that are not as they were."""
    return float(np.mean(np.any(before != after, axis=2)))


def close(viewer: Viewer) -> None:
    """Close the program and see that it ends well and has complained of nothing."""
    viewer.take_the_keys()
    viewer.screen.press("ctrl+q")
    assert viewer.ended() == 0
    assert viewer.errors == ""


def save_as(viewer: Viewer, path: Path) -> None:
    """Type a path into the dialog that is open."""
    screen = viewer.screen
    until(partial(screen.sees, "Save"), "the dialog to save")
    screen.rest()
    screen.press("ctrl+a")
    screen.write(str(path))
    screen.press("Return")


def test_space_plays_and_pauses_from_the_start(start: Start, screen: Screen) -> None:
    viewer = start()
    before = screen.rest(PICTURES)
    screen.press("space")
    until(lambda: differs(before, screen.picture(PICTURES)) > 0.01, "a climb on the screen")
    screen.press("space")
    screen.rest(PICTURES)
    close(viewer)


def test_number_keys_choose_what_the_active_pane_shows(start: Start, screen: Screen) -> None:
    viewer = start()
    seen: list[NDArray[np.uint8]] = []

    def is_new() -> bool:
        picture = screen.picture(SECOND_PANE)
        return all(differs(picture, other) > 0 for other in seen)

    for key in "123456789":
        screen.press(key)
        until(is_new, f"what key {key} shows")
        seen.append(screen.rest(SECOND_PANE))
    close(viewer)


def test_layouts_are_chosen_with_the_mouse(start: Start, screen: Screen) -> None:
    viewer = start()
    six = screen.rest(PICTURES)
    button = _layout_button(screen)
    screen.click(_opened(screen, lambda: screen.click(button), last=False))
    until(lambda: differs(six, screen.picture(PICTURES)) > 0.1, "one pane")
    one = screen.rest(PICTURES)
    screen.click(_opened(screen, lambda: screen.click(button), last=True))
    until(lambda: differs(one, screen.picture(PICTURES)) > 0.1, "many panes")
    close(viewer)


def test_the_dark_theme_is_chosen_by_its_name(start: Start, screen: Screen) -> None:
    viewer = start()
    light = float(screen.rest().mean())
    screen.press("ctrl+shift+p")
    screen.write("theme dark")
    screen.rest()
    screen.press("Return")
    until(lambda: float(screen.picture().mean()) < 0.7 * light, "a dark window")
    close(viewer)


def _layout_button(screen: Screen) -> tuple[int, int]:
    """Return the place of “Layout”: the words before the last ones, “Compare”, of the tool bar."""
    row = screen.rest((0, 26, 1180, 48))
    ink = np.flatnonzero((row.min(axis=2) < 100).any(axis=0))
    begins = ink[np.flatnonzero(np.diff(ink, prepend=-GAP) >= GAP)]
    return int(begins[-2]) + 20, 37


def _opened(screen: Screen, opening: Callable[[], object], *, last: bool) -> tuple[int, int]:
    """Open a menu, and return the place of its first or its last entry."""
    before = screen.rest()
    opening()
    until(lambda: differs(before, screen.picture()) > 0.005, "a menu")
    changed = np.any(before != screen.rest(), axis=2)
    columns = np.flatnonzero(changed.sum(axis=0) > 20)
    column = int(columns[len(columns) // 2])
    rows = np.flatnonzero(changed[:, column - 5 : column + 5].any(axis=1))
    menu = rows[rows > 48]  # below the tool bar, whose button changes too
    return column, int(menu[-1]) - 14 if last else int(menu[0]) + 14


def test_escape_closes_the_palette_and_what_is_typed_next_does_not_land_in_it(
    start: Start, screen: Screen
) -> None:
    viewer = start()
    before = screen.rest(SECOND_PANE)
    screen.press("ctrl+shift+p")
    screen.write("swap")
    until(lambda: differs(before, screen.picture(SECOND_PANE)) > 0.3, "the palette")
    screen.press("Escape")
    until(lambda: differs(before, screen.picture(SECOND_PANE)) < 0.01, "no palette")
    screen.press("5")  # the key of a quantity, not a letter of a command
    until(lambda: differs(before, screen.picture(SECOND_PANE)) > 0.01, "another quantity")
    close(viewer)


def test_the_divider_of_the_wipe_is_dragged(start: Start, screen: Screen) -> None:
    viewer = start()
    plain = screen.rest(SECOND_PANE)
    screen.press("w")
    until(lambda: differs(plain, screen.picture(SECOND_PANE)) > 0, "the divider")
    middle = screen.rest(SECOND_PANE)
    screen.drag((474, 215), (520, 215))
    until(lambda: differs(middle, screen.picture(SECOND_PANE)) > 0.005, "the divider to move")
    close(viewer)


def test_a_region_is_dragged_and_its_numbers_appear(start: Start, screen: Screen) -> None:
    viewer = start()
    status: Area = (300, 655, 1000, 690)
    screen.press("m")
    before = screen.rest(status)
    screen.drag((430, 180), (520, 250))
    until(lambda: differs(before, screen.picture(status)) > 0, "the numbers of the region")
    close(viewer)


def test_two_files_are_opened_from_the_command_line(
    start: Start, screen: Screen, photographs: tuple[Path, Path]
) -> None:
    viewer = start(*photographs)
    assert screen.sees("reference.png — distorted.png")
    close(viewer)


def test_two_files_are_opened_by_the_dialog(
    start: Start, screen: Screen, photographs: tuple[Path, Path]
) -> None:
    viewer = start()
    for keys, title, path in (
        ("ctrl+o", "Open reference", photographs[0]),
        ("ctrl+shift+o", "Open distorted", photographs[1]),
    ):
        viewer.take_the_keys()
        screen.press(keys)
        until(partial(screen.sees, title), title)
        screen.rest()
        screen.write(str(path))
        screen.press("Return")
        until(partial(screen.misses, title), f"{title} to close")
    until(lambda: screen.sees("reference.png — distorted.png"), "both names in the title")
    close(viewer)


def test_saving_asks_before_it_overwrites(
    start: Start, screen: Screen, photographs: tuple[Path, Path]
) -> None:
    viewer = start(*photographs)
    path = photographs[0].with_name("saved.png")
    path.write_bytes(b"mine")
    screen.press("ctrl+s")
    save_as(viewer, path)
    until(lambda: screen.count("Save") == 2, "the question")
    screen.press("Escape")  # No: leave it
    until(lambda: screen.count("Save") == 1, "the question to close")
    screen.press("Escape")
    until(partial(screen.misses, "Save"), "the dialog to close")
    assert path.read_bytes() == b"mine"
    viewer.take_the_keys()
    screen.press("ctrl+s")
    save_as(viewer, path)
    until(lambda: screen.count("Save") == 2, "the question")
    screen.press("alt+y")
    until(lambda: path.read_bytes() != b"mine", "the file to be overwritten")
    until(partial(screen.misses, "Save"), "the dialog to close")
    assert np.array_equal(pixels_of(path), pixels_of(photographs[1]))
    close(viewer)


def test_undo_brings_the_pair_back(
    start: Start, screen: Screen, photographs: tuple[Path, Path]
) -> None:
    viewer = start(*photographs)
    screen.press("s")
    until(lambda: screen.sees("distorted.png — reference.png"), "the names swapped")
    screen.press("ctrl+z")
    until(lambda: screen.sees("reference.png — distorted.png"), "the names as they were")
    close(viewer)


def test_scores_are_exported(start: Start, screen: Screen, photographs: tuple[Path, Path]) -> None:
    viewer = start(*photographs)
    path = photographs[0].with_name("scores.json")
    screen.press("ctrl+shift+p")
    screen.write("export scores")
    screen.rest()
    screen.press("Return")
    save_as(viewer, path)
    until(path.exists, "the file")
    assert "ssim" in json.dumps(json.loads(path.read_text(encoding="utf-8")))
    close(viewer)


def test_closing_in_the_middle_of_a_run_ends_the_process(start: Start, screen: Screen) -> None:
    viewer = start()
    before = screen.rest(PICTURES)
    screen.press("space")
    until(lambda: differs(before, screen.picture(PICTURES)) > 0.01, "a climb on the screen")
    close(viewer)
