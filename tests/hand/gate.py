"""Gates: they hold back what workers do, so that a state lasts while controls are touched."""

from __future__ import annotations

from threading import Event
from types import ModuleType
from typing import Any, Protocol

from ssim_viewer.jobs import generator_runner, runner

LOOK_EVERY = 0.25
"""Seconds between two looks at whether what is held back is still wanted."""
LONG = 1000.0
"""Seconds between two steps of a run that stands still."""


class Holding(Protocol):
    """What holds something back while it is shut.

    Attributes
    ----------
    keeps_busy
        Whether the program does not come to rest because of it.
    """

    keeps_busy: bool

    def shut(self) -> None:
        """Hold back from now on."""

    def open(self) -> None:
        """Let everything through."""


class Gate:
    """Holds back one function of a module while it is shut; workers wait before it.

    Parameters
    ----------
    module, name
        Where the function is looked up when it is called.
    report
        The place of the argument that raises `Cancelled` once the work is not wanted any more;
        None for a function that cannot be ended.
    """

    keeps_busy = True

    def __init__(self, module: ModuleType, name: str, report: int | None = None) -> None:
        self._module, self._name, self._report = module, name, report
        self._original = getattr(module, name)
        self._way = Event()

    def shut(self) -> None:
        """Hold back from now on."""
        self._way.clear()
        setattr(self._module, self._name, self._held)

    def open(self) -> None:
        """Let everything through."""
        setattr(self._module, self._name, self._original)
        self._way.set()

    def _held(self, *arguments: Any, **named: Any) -> Any:
        while not self._way.wait(LOOK_EVERY):
            if self._report is not None:
                arguments[self._report](0.0)
        return self._original(*arguments, **named)


class FeatureGate(Gate):
    """Holds back the jobs of features, and lets those of the main window through."""

    def __init__(self) -> None:
        super().__init__(runner, "outcome_of", report=1)

    def _held(self, *arguments: Any, **named: Any) -> Any:
        request = arguments[0]
        if not type(request).__module__.startswith("ssim_viewer.features."):
            return self._original(*arguments, **named)
        try:
            return super()._held(*arguments, **named)
        except runner.Cancelled:
            return runner.JobResult(request, cancelled=True)


class Standstill:
    """Lets each go of a run make its start and a step, and hardly ever another one.

    Parameters
    ----------
    free
        After how many steps it stands, the start being one of them: of several runs, those of all.
    lasts
        Whether the program is not waited for: a run of the main window may stand, others may not.
    """

    def __init__(self, *, free: int = 1, lasts: bool = False) -> None:
        self.keeps_busy, self._free = lasts, free
        self._kind: Any = generator_runner._Pace
        self._own = {name: getattr(self._kind, name) for name in ("set", "begin", "wait")}

    def shut(self) -> None:
        """Stand still after the first step."""

        def sets(pace: Any, steps_per_second: float | None) -> None:
            self._own["set"](pace, steps_per_second and 1 / LONG)

        def begins(pace: Any) -> None:
            pace.rounds = 0
            self._own["begin"](pace)

        def waits(pace: Any, order: Any) -> None:
            pace.rounds += 1
            if pace.rounds > self._free:
                self._own["wait"](pace, order)

        self._kind.set, self._kind.begin, self._kind.wait = sets, begins, waits

    def open(self) -> None:
        """Let runs go at their own pace."""
        for name, method in self._own.items():
            setattr(self._kind, name, method)
