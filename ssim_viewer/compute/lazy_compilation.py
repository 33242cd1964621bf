"""Kernels that are compiled in the background, and array code until then.

Compiling takes seconds the first time and part of one when the kernels are on disk already, so
nobody waits for it but who asks to. What is compiled is compiled for the whole process.
"""

from __future__ import annotations

import logging
import threading
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

logger = logging.getLogger(__name__)


class Kernels:
    """Modules of compiled kernels, made ready one after the other.

    Parameters
    ----------
    thread
        The name of the thread that makes them ready in the background.
    otherwise
        What happens without them, as the beginning of a sentence.
    compilers
        For each module's short name a call that imports it and compiles all that is in it.
    """

    def __init__(
        self,
        thread: str,
        otherwise: str,
        compilers: Mapping[str, Callable[[], ModuleType]] = MappingProxyType({}),
    ) -> None:
        self._thread = thread
        self._otherwise = otherwise
        self._compilers = dict(compilers)
        self._lock = threading.Lock()
        self._begun = False
        self._ready: dict[str, ModuleType] | None = None

    def add(self, name: str, compile_: Callable[[], ModuleType], *, first: bool = False) -> None:
        """Take one more module, before they are made ready; as the first one, if so."""
        added = {name: compile_}
        self._compilers = added | self._compilers if first else self._compilers | added

    def ready(self, name: str) -> ModuleType | None:
        """Return a module if it is ready; never waits."""
        return self._ready.get(name) if self._ready else None

    def warm_up_in_background(self) -> None:
        """Make the modules ready on a thread of their own, once; returns at once."""
        begun, self._begun = self._begun, True
        if not (begun or self._ready is not None):
            # A daemon: a program that ends meanwhile does not wait for the compiler.
            threading.Thread(target=self.warm_up, name=self._thread, daemon=True).start()

    def warm_up(self) -> bool:
        """Make the modules ready, and return whether they are.

        Blocks until they are compiled or read from disk. Calls from other threads go on with array
        code meanwhile. Where numba is missing or fails they go on with it for good.
        """
        with self._lock:
            if self._ready is None:
                self._ready = {}
                try:
                    for name, compile_ in self._compilers.items():
                        self._ready[name] = compile_()
                except Exception as error:  # whatever it is, there is array code
                    logger.warning("%s without compiled kernels: %s", self._otherwise, error)
                except BaseException:  # interrupted: the next call begins anew
                    self._ready = None
                    raise
        return len(self._ready) == len(self._compilers)
