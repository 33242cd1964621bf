"""What a feature is: a state, the actions that change it, the jobs it is missing, and a view.

A feature is a tenant of the program. The host (``app.host``) runs any feature and names none:

- a person's action goes through `Feature.reduce`, which returns the next state;
- `Feature.jobs` derives from the session what is missing; the host runs each job on a worker;
- `Feature.runs` derives what shall be making steps; the host drives each run on a worker;
- `Feature.receive` and `progress` store what comes of them; the view shows the session again;
- `Feature.change` answers an action or a result by another document, under a name for undo, and
  `Feature.follow` adapts to what anybody else changes.

This module imports neither Qt nor widgets. A view is built lazily, when it is first shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from ssim_viewer.session.command import Command, always

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence
    from pathlib import Path

    from ssim_viewer.jobs.generators import GeneratorSet
    from ssim_viewer.reports.film import Film
    from ssim_viewer.session.overlays import Overlay
    from ssim_viewer.session.state import Session

__all__ = [
    "Answer",
    "Area",
    "Change",
    "Command",
    "Feature",
    "FrameArea",
    "InTurn",
    "Job",
    "OpenView",
    "Port",
    "Progressed",
    "Received",
    "Run",
    "Saving",
    "Service",
    "Trigger",
    "ViewClosed",
    "ViewOpened",
    "ViewSpec",
    "Working",
    "always",
]

S = TypeVar("S")


class Job(Protocol):
    """Work that has captured all of its inputs.

    It is also a request of ``jobs.runner``: it has either ``__call__()`` or ``run(report)``.
    """

    def is_same_job(self, other: object) -> bool:
        """Whether another job would bring the same result."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Work of many steps that is shown while it goes on, paused, and gone on with.

    Its generators live on one worker for as long as `Feature.runs` returns a run with their token.

    Attributes
    ----------
    token
        Stands for the generators: another one, or none, ends them.
    make
        Makes them at the first order, on the GUI thread and so in no time; see
        ``jobs.generators.GeneratorSet``. What it raises is the problem of the answer.
    go
        The order to make steps, a new object for each, or None while the run is paused. When it was
        carried out, `Feature.receive` is given a run with this very order.
    count
        Steps of each generator after which the order is carried out; None goes on until paused.
    pace
        Rounds of steps a second, each of which is shown; None is as many as possible.
    """

    token: object
    make: Callable[[], GeneratorSet]
    go: object | None
    count: int | None = None
    pace: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What became of a job or of a run.

    Attributes
    ----------
    job
        The `Job`, or the `Run`.
    result
        What the job returned, or a part of it while `fraction` is below 1; None after a problem.
        The progress of a run is a ``jobs.batches.Batch``, which also tells what has ended.
    problem
        One sentence about what went wrong, or "".
    fraction
        How much of the job is done, from 0 to 1.
    """

    job: Any
    result: Any = None
    problem: str = ""
    fraction: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Received:
    """A job was answered, or an order of a run was carried out; `Feature.change` is given this."""

    key: Hashable
    answer: Answer


@dataclass(frozen=True, slots=True, eq=False)
class Progressed:
    """A part of a job's result, or more steps of a run; `Feature.change` is given this."""

    key: Hashable
    answer: Answer


@dataclass(frozen=True, slots=True)
class Working:
    """How far a long step of a run is, or None where it is not known; for `Feature.change`."""

    key: Hashable
    fraction: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What a feature makes of the whole session.

    Attributes
    ----------
    undo
        What undo calls it, where it changes the document, or "". Changes of one name that come
        one after another are taken back together.
    alone
        Whether it does not belong to the changes of the same name before it.
    """

    session: Session
    undo: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class OpenView:
    """Show the view of a feature."""

    feature: str


@dataclass(frozen=True, slots=True)
class FrameArea:
    """Zoom all panes so that a rectangle of the image, in pixel edges, fills them."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """Do what a row of the menus does, by the object name of its action, if it can be chosen."""

    command: str


@dataclass(frozen=True, slots=True, eq=False)
class InTurn:
    """Carry out several actions and intents, one after another."""

    actions: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ViewOpened:
    """The view of the feature was opened; every feature's `reduce` may be given this."""


@dataclass(frozen=True, slots=True)
class ViewClosed:
    """The view of the feature was closed."""


@dataclass(frozen=True, slots=True)
class Saving:
    """A session is about to be saved, or the window to close: `Service.acted` is given this.

    A service puts into the state of its feature what is kept nowhere else.
    """


class Port(Protocol):
    """What the program lends to a service: the session, and a place to want things."""

    @property
    def session(self) -> Session:
        """The present session."""

    @property
    def changed(self) -> Any:
        """The Qt signal that carries each new session."""

    @property
    def window(self) -> Any:
        """The main window."""

    def want(self, action: object) -> None:
        """Carry out an action of any feature, or an intent."""

    def add_menu(self, menu: Any, path: tuple[str, ...], before: str = "") -> None:
        """Put a menu of its own where titles lead to, before an action by its object name."""

    def films(self) -> tuple[Film, ...]:
        """Return what can be recorded of all features."""

    def saved_features(self) -> dict[str, Any]:
        """Return what all features keep in a session file, by their ids."""

    def restore_features(self, saved: Mapping[str, Any]) -> None:
        """Give all features what they kept."""


class Service(Protocol):
    """Connects a feature to the world outside the window: files, other programs, the clock.

    It lives on the GUI thread for as long as the window, and never blocks it.
    """

    @property
    def idle(self) -> bool:
        """Whether everything that was asked of it is done."""

    def acted(self, action: object) -> None:
        """Take an action of the feature, after `Feature.reduce`."""

    def close(self) -> None:
        """End everything; the window closes."""


class Area(Enum):
    """Where a view stands."""

    WINDOW = "window"
    RIGHT_DOCK = "right dock"
    LEFT_DOCK = "left dock"
    BOTTOM_DOCK = "bottom dock"


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """How the view of a feature is made.

    Attributes
    ----------
    build
        Returns a new widget that follows `FeatureView`. It imports its widgets itself, so that
        nothing is imported before the view is shown.
    accompanies
        Whether the dock is read beside others: those of its area stand below it, not over it.
    """

    area: Area
    title: str
    build: Callable[[], Any]
    accompanies: bool = False


class Feature(Generic[S]):
    """One feature. Override what it has; the rest stands for a feature without it.

    Attributes
    ----------
    id
        Prefix of its object names and its key in `Session.features`.
    initial
        The state of the first start: frozen, and shared by all sessions that have not changed it.
    actions
        The types of its own actions, which go through `reduce` wherever they come from.
    view_actions
        The types of other actions that go through `reduce` when its own view emits them, such as
        the intents `Play` and `Pause` in the window of an experiment.
    commands
        Its rows in the menus.
    follows_cursor
        Whether its view is shown again when nothing but `Session.cursor` has changed.
    in_main_window
        Whether its work is told of in the main window, and cancelled there: then `change` is given
        the intent `Cancel`.
    opens
        Suffixes of files that are no images, in lower case, and the action that opens one.
    """

    id: str
    initial: S
    actions: tuple[type, ...] = ()
    view_actions: tuple[type, ...] = ()
    commands: tuple[Command, ...] = ()
    follows_cursor: bool = False
    in_main_window: bool = False
    opens: Mapping[str, Callable[[Path], object]] = MappingProxyType({})

    def state(self, session: Session) -> S:
        """Return the state of this feature in a session."""
        return cast("S", session.features.get(self.id, self.initial))

    def reduce(self, state: S, session: Session, action: object) -> S:
        """Return the state after an action of its own, `ViewOpened` or `ViewClosed`.

        While a `session.tools.Tool` of this feature is on, every `Pointer` comes here too.
        """
        return state

    def change(self, session: Session, event: object) -> Change | None:
        """Return what an event makes of the whole session, the document too.

        Events are what `reduce` is given, `Received`, `Progressed` and `Working`. With None, the
        event changes nothing but the state, through `reduce`, `receive` or `progress`.
        """
        return None

    def follow(self, before: Session, after: Session) -> Session:
        """Return a session after any change of it, before it is shown.

        It is asked after every change, the cursor's too, and so costs next to nothing.
        """
        return after

    def with_state(self, session: Session, state: S) -> Session:
        """Return a session with another state of this feature."""
        if state is self.state(session):
            return session
        features = MappingProxyType({**session.features, self.id: state})
        return replace(session, features=features)

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the jobs whose results the session is missing, by key.

        One job runs for each key. A job that is no longer returned is cancelled.
        """
        return MappingProxyType({})

    def runs(self, session: Session) -> Mapping[Hashable, Run]:
        """Return the runs whose generators shall live, by key, each with its order if it has one.

        Batches of steps go to `progress`, as often as the screen can show them; the end of an order
        goes to `receive`.
        """
        return MappingProxyType({})

    def receive(self, state: S, session: Session, key: Hashable, answer: Answer) -> S:
        """Return the state with the answer to a job, or after an order of a run."""
        return state

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Return the intent or action that the answer to a job leads to, after `receive`."""
        return None

    def progress(self, state: S, key: Hashable, answer: Answer) -> S:
        """Return the state with a part of a job's result, or with more steps of a run."""
        return state

    def overlays(self, session: Session) -> Sequence[Overlay]:
        """Return what is drawn over all panes.

        It is asked after every change of the session, the cursor's too, and so costs next to
        nothing: what takes longer is made by a job.
        """
        return ()

    def film(self, state: S, session: Session) -> Film | None:
        """Return what can be recorded of it now as a moving picture.

        It is asked on the GUI thread and costs next to nothing: pages are made by a worker later.
        """
        return None

    def saved(self, state: S) -> object | None:
        """Return what a session file keeps of the state, as JSON can hold it; None for nothing."""
        return None

    def restored(self, state: S, saved: Any) -> S:
        """Return the state with what was kept. Any error in it leaves the state as it is."""
        return state

    def service(self, port: Port) -> Service | None:
        """Return the service of the feature, or None for a feature without one."""
        return None

    def view(self) -> ViewSpec | None:
        """Return how the view is made, or None for a feature without one."""
        return None
