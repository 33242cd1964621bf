"""The states of the view of a feature: without images, at work, paused, at its end, with data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from ssim_viewer.features.feature import Feature
from ssim_viewer.features.folder_pairs.actions import PairFolders
from ssim_viewer.features.preference_study.actions import ChooseCandidates
from ssim_viewer.features.registry import features
from ssim_viewer.features.training_lab.actions import OpenRun
from ssim_viewer.training.run_file import Curves, Run, Shown, write_run
from ssim_viewer.training.settings import TrainingSettings
from stress import hand
from tests.features.preference_study.test_design import make_folder
from tests.hand import pictures
from tests.hand.desk import Desk
from tests.hand.gate import FeatureGate, Standstill
from tests.hand.rooms import Room, RoomDesk
from tests.hand.row import First
from tests.hand.states import State, at_rest


@dataclass(frozen=True)
class RoomState:
    """A state of a view.

    Attributes
    ----------
    is_of
        Whether the feature of an id can be in it.
    state
        Of the main window.
    enter
        What is done in the view once it is open.
    """

    is_of: Callable[[str], bool]
    state: State
    enter: First | None = None


def plays(feature: str) -> bool:
    """Whether a feature has runs that are played."""
    return any(each.id == feature and type(each).runs is not Feature.runs for each in features())


def works(feature: str) -> bool:
    """Whether a feature has jobs, and no runs."""
    return not plays(feature) and any(
        each.id == feature and type(each).jobs is not Feature.jobs for each in features()
    )


def main_window_at_rest(desk: Desk) -> None:
    """Wait until the main window has measured its pair, whatever is held of features."""
    hand.wait(lambda: desk.session.pictured is not None, "the measurement")
    hand.wait(lambda: not any(r.busy for r in desk.program._runners), "the window to rest")


def touch(*patterns: str) -> Callable[[Desk], None]:
    """Return what touches, one after the other, the first control that ends with each name."""

    def touches(desk: Desk) -> None:
        for pattern in patterns:
            desk.walk()
            desk.use(next(name for name in desk.found if name.endswith(pattern)))

    return touches


def played(desk: Desk) -> None:
    """Play slowly, until a step is made."""
    touch("_speed 1", "_play")(desk)
    hand.wait(lambda: "step 1" in _words(desk), "a step")


def _words(desk: Desk) -> str:
    return " ".join(desk.look().words.values())


def open_data(desk: Desk) -> None:
    """Open what the feature is about, from files."""
    assert isinstance(desk, RoomDesk)
    folder = desk.folder.parent / "data"
    window: Any = desk.program.features[desk.feature].window
    window.intended.emit(DATA[desk.feature](folder))
    desk.settle()


def two_folders(folder: Path) -> object:
    """Return the action that opens two folders."""
    made = make_folder(folder)
    return PairFolders(made / "a", made / "b")


def candidates(folder: Path) -> object:
    """Return the action that opens the candidates of a study."""
    return ChooseCandidates(make_folder(folder))


def training_run(folder: Path) -> object:
    """Return the action that opens a run of training."""
    folder.mkdir(exist_ok=True)
    settings = TrainingSettings(
        losses=("mse", "ssim"), data="faces", steps=4, side=16, batch=2, code=8, every=2
    )
    noise = np.random.default_rng(1).integers(0, 256, (4, 3, 16, 16), np.uint8)
    curves = Curves.empty(2)
    for step in (0, 2, 4):
        curves = curves.with_point(step, [step / 2, step / 3], [[0.1 + step / 10] * 5] * 2)
    path = folder / "a.run"
    write_run(path, Run(settings, 4, curves, Shown(noise[0], noise[1], noise[2:]), np.zeros(5)))
    return OpenRun(path)


DATA: Mapping[str, Callable[[Path], object]] = {
    "folder_pairs": two_folders,
    "preference_study": candidates,
    "training_lab": training_run,
}

STANDSTILL = partial(Standstill, free=12, lasts=True)

ROOM_STATES: Mapping[str, RoomState] = {
    "empty": RoomState(lambda _: True, State(files=pictures.no_pair)),
    "at work": RoomState(works, State(main_window_at_rest, holds=FeatureGate)),
    "playing": RoomState(plays, State(at_rest, holds=STANDSTILL), played),
    "paused": RoomState(plays, State(at_rest), touch("_step")),
    "finished": RoomState(plays, State(at_rest), touch("_steps typed", "_play")),
    "with data": RoomState(DATA.__contains__, State(at_rest), open_data),
}


def desk_of(room: Room, state: str, folder: Path) -> RoomDesk:
    """Return a desk with a view open in one of its states, with files below a folder."""
    place = folder / "images"
    place.mkdir()
    chosen = ROOM_STATES[state]
    return RoomDesk(place, room, chosen.state, chosen.enter)
