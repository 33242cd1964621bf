"""The samples: there, documented, and as their provenance says."""

import hashlib

import numpy as np
import pytest

from ssim_viewer.images import DEFAULT_SAMPLE, ImageError, Sample, read_sample, resources, samples

every_sample = pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.name)


@every_sample
def test_every_sample_can_be_read(sample: Sample) -> None:
    image = read_sample(sample.name)
    assert image.name == f"Sample: {sample.name}"
    assert image.notes == ()
    assert min(image.width, image.height) >= 256


@every_sample
def test_every_sample_has_its_provenance(sample: Sample) -> None:
    written = resources().joinpath("PROVENANCE.md").read_text(encoding="utf-8")
    assert f"`samples/{sample.file}`" in written
    assert "CC0" in sample.provenance or "public domain" in sample.provenance


def test_there_are_four_references_and_four_versions_of_one() -> None:
    references = [sample.name for sample in samples() if sample.kind == "reference"]
    distorted = [sample for sample in samples() if sample.kind == "distorted"]
    assert len(references) >= 4
    assert len(distorted) >= 4
    assert {sample.reference for sample in distorted} == {"camera"}
    assert DEFAULT_SAMPLE[0] in references
    assert DEFAULT_SAMPLE[1] in {sample.name for sample in distorted}


def test_camera_is_the_image_that_published_values_refer_to() -> None:
    data = pytest.importorskip("skimage.data")
    np.testing.assert_array_equal(read_sample("camera").pixels, data.camera())


def test_the_distorted_cameras_have_exactly_one_mse() -> None:
    camera = read_sample("camera").pixels.astype(np.float64)
    errors = [
        np.mean((read_sample(sample.name).pixels - camera) ** 2)
        for sample in samples()
        if sample.reference == "camera"
    ]
    assert len(errors) == 5
    assert len(set(errors)) == 1
    assert errors[0] == pytest.approx(234.0551, abs=1e-4)


def test_no_two_samples_are_the_same_file() -> None:
    files = [resources().joinpath("samples", sample.file).read_bytes() for sample in samples()]
    assert len({hashlib.sha256(data).hexdigest() for data in files}) == len(files)
    assert sum(map(len, files)) < 4e6


def test_an_unknown_sample_is_told_with_those_there_are() -> None:
    with pytest.raises(ImageError, match="camera, astronaut"):
        read_sample("lena")
