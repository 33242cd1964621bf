"""A run as a file: settings, weights, curves and the images that are shown; read without jax.

The file is NumPy's NPZ. Its entry ``header`` is JSON with the version. It is written whole or not
at all, so that a run survives the end of its process at any time.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.images import ImageError, write_bytes
from ssim_viewer.text import tr
from ssim_viewer.training.errors import TrainingError
from ssim_viewer.training.settings import TrainingSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

KIND = "ssim-viewer training run"
VERSION = 1
SUFFIX = ".run"
"""The usual end of the name of a run."""


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Scores of the held-out images, measured at so many steps.

    Attributes
    ----------
    steps
        (n,)
    seconds
        (n, losses): how long each network had learnt by then.
    scores
        (n, losses, scores), in the order of `scoring.SCORES`; not a number where a network stopped.
    """

    steps: NDArray[np.int64]
    seconds: NDArray[np.float64]
    scores: NDArray[np.float64]

    @classmethod
    def empty(cls, losses: int, scores: int = 5) -> Curves:
        """Return curves without a point."""
        return cls(np.empty(0, np.int64), np.empty((0, losses)), np.empty((0, losses, scores)))

    def with_point(self, step: int, seconds: list[float], scores: list[list[float]]) -> Curves:
        """Return the curves with one point more."""
        return Curves(
            np.append(self.steps, step),
            np.concatenate([self.seconds, [seconds]]),
            np.concatenate([self.scores, [scores]]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Held-out images that are shown, as uint8.

    Attributes
    ----------
    inputs, targets
        (n, H, W)
    outputs
        (losses, n, H, W)
    """

    inputs: NDArray[np.uint8]
    targets: NDArray[np.uint8]
    outputs: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """All that is kept of a run.

    Attributes
    ----------
    step
        How many steps were done.
    baseline
        Scores of the inputs themselves: of cubic interpolation; not a number for the autoencoder.
    stopped
        Why a loss was given up, in a sentence, by its name.
    weights
        Of each network, by name.
    states
        Of each optimiser, its arrays in order.
    """

    settings: TrainingSettings
    step: int
    curves: Curves
    shown: Shown
    baseline: NDArray[np.float64]
    stopped: Mapping[str, str] = field(default_factory=dict)
    weights: tuple[Mapping[str, NDArray[Any]], ...] = ()
    states: tuple[tuple[NDArray[Any], ...], ...] = ()

    @property
    def done(self) -> bool:
        """Whether every step was done, or every loss given up."""
        return self.step >= self.settings.steps or len(self.stopped) == len(self.settings.losses)


def write_run(path: Path, run: Run) -> None:
    """Write a run, whole or not at all; raise a TrainingError when it cannot be written."""
    header = {
        "kind": KIND,
        "version": VERSION,
        "settings": run.settings.as_json(),
        "step": run.step,
        "stopped": dict(run.stopped),
        "states": [len(state) for state in run.states],
    }
    arrays: dict[str, NDArray[Any]] = {
        "header": np.frombuffer(json.dumps(header).encode(), np.uint8),
        "steps": run.curves.steps,
        "seconds": run.curves.seconds,
        "scores": run.curves.scores,
        "inputs": run.shown.inputs,
        "targets": run.shown.targets,
        "outputs": run.shown.outputs,
        "baseline": run.baseline,
    }
    for place, weights in enumerate(run.weights):
        arrays |= {f"weights/{place}/{name}": value for name, value in weights.items()}
    for place, state in enumerate(run.states):
        arrays |= {f"state/{place}/{index}": value for index, value in enumerate(state)}
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]  # its last parameter is a flag, not an array
    try:
        write_bytes(path, buffer.getvalue())
    except ImageError as error:
        raise TrainingError(tr("The run was not saved: {error}", error=error)) from None


def read_run(path: Path) -> Run:
    """Return the run of a file.

    Raises
    ------
    TrainingError
        There is no such file, it is no run, or it is of another version.
    """
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as found:
            header = json.loads(found["header"].tobytes())
            _require_version(path, header)
            return _run(header, found)
    except FileNotFoundError:
        raise TrainingError(
            tr("There is no run “{name}”; check the name.", name=path.name)
        ) from None
    except TrainingError:
        raise
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        raise TrainingError(
            tr("“{name}” is no run of training, or it is damaged.", name=path.name)
        ) from None


def _require_version(path: Path, header: Any) -> None:
    if header["kind"] != KIND:
        raise TrainingError(tr("“{name}” is no run of training.", name=path.name))
    if header["version"] != VERSION:
        raise TrainingError(
            tr(
                "“{name}” is a run of version {header}; this program reads version "
                "{version}. Train again, or use the program that made it.",
                name=path.name,
                header=header["version"],
                version=VERSION,
            )
        )


def _run(header: Any, found: Any) -> Run:
    settings = TrainingSettings.from_json(header["settings"])
    weights: list[dict[str, NDArray[Any]]] = [{} for _ in settings.losses]
    for key in found.files:
        if key.startswith("weights/"):
            _, place, name = key.split("/")
            weights[int(place)][name] = found[key]
    states = tuple(
        tuple(found[f"state/{place}/{index}"] for index in range(count))
        for place, count in enumerate(header["states"])
    )
    curves = Curves(found["steps"], found["seconds"], found["scores"])
    points = len(curves.steps), len(settings.losses)
    if not points[0] or curves.seconds.shape != points or curves.scores.shape[:2] != points:
        raise ValueError(points)
    return Run(
        settings,
        int(header["step"]),
        curves,
        Shown(found["inputs"], found["targets"], found["outputs"]),
        found["baseline"],
        dict(header["stopped"]),
        tuple(weights),
        states,
    )
