"""A gate that holds back what workers do."""

from __future__ import annotations

from threading import Event
from types import ModuleType
from typing import Any


class Gate:
    """Holds back one function of a module while it is shut; workers wait before it.

    Parameters
    ----------
    module, name
        Where the function is looked up when it is called.
    """

    def __init__(self, module: ModuleType, name: str) -> None:
        self._module, self._name = module, name
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
        self._way.wait()
        return self._original(*arguments, **named)
