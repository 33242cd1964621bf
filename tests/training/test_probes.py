"""Probes find what codes hold, and nothing where they hold nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssim_viewer.training import TrainingError
from ssim_viewer.training.datasets import probe_images
from ssim_viewer.training.faces import IDENTITIES, generate_faces
from ssim_viewer.training.probes import probes_of
from ssim_viewer.training.settings import TrainingSettings
from tests.training.test_data import texture, write

pytest.importorskip("sklearn")

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", ["svm", "logistic"])
def test_codes_that_hold_the_labels_have_small_errors_and_noise_has_those_of_chance(
    kind: str,
) -> None:
    _, labels = generate_faces(380, 16, 0)
    people = np.eye(IDENTITIES)[labels.identity]
    columns = [people, labels.azimuth[:, None], labels.elevation[:, None]]
    told = np.concatenate(columns, axis=1).astype(np.float32)
    noise = np.random.default_rng(0).standard_normal(told.shape).astype(np.float32)
    good = {each.target: each for each in probes_of("told", told, labels, kind)}
    bad = {each.target: each for each in probes_of("noise", noise, labels, kind)}
    assert good["identity"].mean == 0
    assert good["azimuth"].mean < 5
    assert bad["identity"].mean > 75
    assert bad["azimuth"].mean > 0.8 * labels.azimuth.var()
    assert bad["elevation"].spread > 0


def test_probed_faces_are_of_the_same_people_under_other_lights() -> None:
    settings = TrainingSettings(data="faces", side=16)
    faces, labels = probe_images(settings)
    trained, _ = generate_faces(len(faces), 16, 0)
    assert len(faces) == 600
    assert not any(np.array_equal(a, b) for a, b in zip(faces, trained, strict=True))
    assert len(np.unique(labels.identity)) == IDENTITIES


def test_too_few_photographs_are_told_in_a_sentence(tmp_path: Path) -> None:
    for azimuth in range(0, 60, 5):
        write(tmp_path / f"yaleB01_P00A{azimuth:+04}E+00.pgm", texture(azimuth))
    with pytest.raises(TrainingError, match="too few photographs to probe"):
        probe_images(TrainingSettings(data=str(tmp_path)))
