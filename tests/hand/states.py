"""The states that every control is touched in: each brings a window there, as a person would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ssim_viewer.jobs import measuring, requests
from ssim_viewer.session import intents
from ssim_viewer.session.playback import Playback
from stress import hand
from tests.hand import pictures
from tests.hand.desk import Desk, Prepare
from tests.hand.doing import drag_in_pane
from tests.hand.gate import Gate, Holding, Standstill


def at_rest(desk: Desk) -> None:
    """Wait until everything is measured."""
    desk.settle()


def with_region(desk: Desk) -> None:
    """Select a region by a drag."""
    desk.settle()
    desk.walk()
    drag_in_pane(desk)
    desk.settle()


def wiping(desk: Desk) -> None:
    """Zoom in, so that the navigator is seen, and wipe between the two images."""
    desk.settle()
    desk.window.actions_by_name["zoom_to_values"].trigger()
    desk.window.actions_by_name["wipe"].trigger()
    desk.settle()


def playing(desk: Desk) -> None:
    """Play slowly, and wait for the first step."""
    desk.settle()
    slowly = Playback(steps_per_second=1.0, stop_when_still=False)
    desk.window.intended.emit(intents.ChangePlayback(slowly))
    desk.play()


def paused(desk: Desk) -> None:
    """Make seven steps."""
    desk.settle()
    for _ in range(7):
        desk.window.intended.emit(intents.StepOnce())
        desk.settle()


def converged(desk: Desk) -> None:
    """Play until nothing visible changes any more."""
    desk.settle()
    desk.window.intended.emit(intents.Play())
    desk.settle()


def at_work(desk: Desk) -> None:
    """Wait until the window says that something is read or computed."""
    hand.wait(lambda: bool(desk.session.busy), "word of what is worked on")


def shown(desk: Desk) -> None:
    """Wait until the two images are on the screen, and said to be measured."""
    hand.wait(lambda: desk.session.document.pair is not None, "the pair")
    at_work(desk)


@dataclass(frozen=True)
class State:
    """A state of the program: what is opened, what is done with it, what is held back."""

    prepare: Prepare = at_rest
    files: Callable[[Path], tuple[Path, ...]] = pictures.grey_pair
    holds: Callable[[], Holding] | None = None

    def gate(self) -> Holding | None:
        """Return what holds back what the state needs to last."""
        return self.holds() if self.holds else None


STATES = {
    "sample": State(),
    "colour pair": State(files=pictures.rare_pair),
    "float pair": State(files=pictures.float_pair),
    "paused": State(paused),
    "wiping": State(wiping),
    "empty": State(files=pictures.no_pair),
    "reading": State(at_work, holds=partial(Gate, requests, "read_image")),
    "measuring": State(shown, holds=partial(Gate, measuring, "evaluate", report=3)),
    "region selected": State(with_region),
    "playing": State(playing, holds=Standstill),
    "converged": State(converged),
}
EFFECTS = "sample", "colour pair", "float pair", "paused", "wiping"
"""The states in which rows of the table are looked at."""


def desk_in(state: str, folder: Path) -> Desk:
    """Return a desk in a state, with files of its own below a folder."""
    place = folder / "images"
    place.mkdir()
    chosen = STATES[state]
    return Desk(place, chosen.files(place), chosen.prepare, chosen.gate())
