"""A running Dask cluster as the workers that score; needs the optional extra ``dask``."""

from __future__ import annotations

import logging
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Self

from ssim_viewer import __version__
from ssim_viewer.cli.errors import CommandError
from ssim_viewer.cli.scorer import score_once
from ssim_viewer.cli.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor, Future

    from ssim_viewer.cli.scorer import Done, PairFiles, Settings

_PATIENCE = 10  # seconds for the connection


class Cluster:
    """The workers of a cluster; they must see the files by the same paths.

    Raises
    ------
    CommandError
        On entering, if there is no cluster at the address, or none that can score; on renewal, if
        the connection is gone.
    """

    def __init__(self, settings: Settings, address: str) -> None:
        self.width = 0
        self._settings = settings
        self._address = one_line(address)

    def submit(self, pairs: Sequence[PairFiles]) -> Future[Done]:
        """Hand the pairs to the scheduler."""
        try:
            return self._executor.submit(score_once, self._settings, [_absolute(p) for p in pairs])
        except Exception:  # the client has closed itself
            self.require()
            raise

    def renew(self) -> None:
        """Leave new workers to the cluster, if it is still there."""
        self.require()

    def require(self) -> None:
        """Raise if the connection is gone: the client's futures then may never end."""
        if self._client.status != "running":
            raise CommandError(f"The connection to the Dask cluster at {self._address} was lost.")

    def __enter__(self) -> Self:
        try:
            distributed = import_module("distributed")  # an optional extra
        except ImportError:
            raise CommandError(
                "--dask needs the package distributed: pip install 'ssim-viewer[dask]'."
            ) from None
        # What it logs of a lost connection ends in a traceback; here it ends in a sentence.
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
        try:
            distributed.comm.get_address_host(self._address)  # a client half made is hard to close
            self._client = distributed.Client(
                self._address, timeout=_PATIENCE, set_as_default=False
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise CommandError(
                f"No Dask cluster answers at {self._address} ({one_line(str(error))})."
            ) from None
        try:
            self._require_workers()
        except BaseException:
            self._client.close()
            raise
        self._executor: Executor = self._client.get_executor(pure=False)
        return self

    def __exit__(self, *_: object) -> None:
        if self._client.status == "running":
            self._executor.shutdown(wait=False)
        self._client.close()

    def _require_workers(self) -> None:
        self.width = sum(self._client.ncores().values())
        if not self.width:
            raise CommandError(f"The Dask cluster at {self._address} has no workers; start some.")
        try:
            versions = set(self._client.run(installed_version).values())
        except Exception as error:  # whatever the workers' environment raises
            raise CommandError(
                f"The workers of the Dask cluster cannot use ssim-viewer ({one_line(str(error))}); "
                "install it there."
            ) from None
        if versions != {__version__}:
            raise CommandError(
                f"The workers of the Dask cluster have ssim-viewer {', '.join(sorted(versions))}, "
                f"not {__version__}; install the same version there."
            )


def installed_version() -> str:
    """Return the version of this package where the function is run."""
    return __version__


def _absolute(pair: PairFiles) -> PairFiles:
    """Return the pair by paths that do not depend on where a worker was started."""
    return replace(
        pair,
        reference=pair.reference.absolute(),
        distorted=pair.distorted.absolute(),
        maps={quantity: file.absolute() for quantity, file in pair.maps.items()},
    )
