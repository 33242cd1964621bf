"""``python -m ssim_viewer.training.probes RUN``: what the codes of autoencoders know.

The codes of faces that no step has seen are given to linear probes: a linear support-vector machine
for the identity, or logistic regression, and ridge regression for azimuth and elevation of the
light. Each is cross-validated over five folds, for several seeds of the folds; the error of the
identity is in per cent, those of the light are mean squared errors in square degrees.

Snell et al. (ICIP 2017) probed Yale B so; these are other faces, and other numbers.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ssim_viewer.text import tr
from ssim_viewer.training.datasets import probe_images
from ssim_viewer.training.errors import TrainingError, require_extra
from ssim_viewer.training.run_file import read_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from ssim_viewer.training.faces import Labels
    from ssim_viewer.training.run_file import Run

    Codes = NDArray[np.float32]

FOLDS = 5
SEEDS = (0, 1, 2)
TARGETS = ("identity", "azimuth", "elevation")
KINDS = ("svm", "logistic")


@dataclass(frozen=True, slots=True)
class Probe:
    """The error of a probe: mean and standard deviation over folds and seeds.

    Attributes
    ----------
    target
        "identity" in per cent, "azimuth" or "elevation" in square degrees.
    """

    loss: str
    target: str
    mean: float
    spread: float


def probe_run(run: Run, kind: str = "svm") -> list[Probe]:
    """Return the errors of all probes on the codes of every network, and on the pixels themselves.

    Raises
    ------
    TrainingError
        The run has no codes, or nothing is known of its images.
    """
    from ssim_viewer.training.inference import RunNetwork  # noqa: PLC0415 - it imports jax

    images, labels = probe_images(run.settings)
    found = []
    for name in run.settings.losses:
        codes = RunNetwork(run, name).codes(images)
        found.extend(probes_of(name, codes, labels, kind))
    pixels = images.reshape(len(images), -1)
    return [*found, *probes_of("pixels", pixels, labels, kind)]


def probes_of(loss: str, codes: Codes, labels: Labels, kind: str = "svm") -> list[Probe]:
    """Return the errors of all probes on codes (N, code) whose labels are known."""
    errors: Mapping[str, list[float]] = {target: [] for target in TARGETS}
    for seed in SEEDS:
        errors["identity"].extend(_identity_errors(codes, labels.identity, kind, seed))
        for target in ("azimuth", "elevation"):
            errors[target].extend(_light_errors(codes, getattr(labels, target), seed))
    return [
        Probe(loss, target, float(np.mean(each)), float(np.std(each)))
        for target, each in errors.items()
    ]


def _identity_errors(
    codes: Codes, identity: NDArray[np.int64], kind: str, seed: int
) -> Iterable[float]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - wanted only here
    from sklearn.model_selection import StratifiedKFold, cross_val_score  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415
    from sklearn.svm import SVC  # noqa: PLC0415

    made: Any = SVC(kernel="linear") if kind == "svm" else LogisticRegression(max_iter=2000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    right = cross_val_score(make_pipeline(StandardScaler(), made), codes, identity, cv=folds)
    return [100.0 * (1.0 - float(each)) for each in right]


def _light_errors(codes: Codes, degrees: NDArray[np.float64], seed: int) -> Iterable[float]:
    from sklearn.linear_model import Ridge  # noqa: PLC0415 - wanted only here
    from sklearn.model_selection import KFold, cross_val_score  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    probe = make_pipeline(StandardScaler(), Ridge(1.0))
    folds = KFold(FOLDS, shuffle=True, random_state=seed)
    scores = cross_val_score(probe, codes, degrees, cv=folds, scoring="neg_mean_squared_error")
    return [-float(each) for each in scores]


def main(path: Path, kind: str) -> None:
    """Probe a run and print the errors as JSON, or the problem."""
    try:
        require_extra()
        found = probe_run(read_run(path), kind)
        answer: object = [[each.loss, each.target, each.mean, each.spread] for each in found]
    except TrainingError as error:
        answer = {"problem": str(error)}
    sys.stdout.write(json.dumps(answer) + "\n")


def start_probes(path: Path, kind: str) -> subprocess.Popen[str]:
    """Return a process that probes a run."""
    return subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", "ssim_viewer.training.probes", str(path), kind],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def found_probes(process: subprocess.Popen[str]) -> tuple[Probe, ...]:
    """Return what a process that has ended found, or raise its problem as a TrainingError."""
    text = process.stdout.read() if process.stdout is not None else ""
    if not text.strip():
        raise TrainingError(tr("The probes ended without a result; try again."))
    answer = json.loads(text)
    if isinstance(answer, dict):
        raise TrainingError(answer["problem"])
    return tuple(Probe(*each) for each in answer)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
