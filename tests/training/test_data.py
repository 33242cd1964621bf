"""Data: patches of the samples, generated faces, folders, and the layouts of known sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from ssim_viewer.images import ImageError, write_image
from ssim_viewer.training import TrainingError
from ssim_viewer.training.datasets import load_dataset
from ssim_viewer.training.faces import IDENTITIES, generate_faces
from ssim_viewer.training.layouts import picture_files, read_stl, yale_shot
from ssim_viewer.training.pictures import enlarged_again, read_picture
from ssim_viewer.training.settings import TrainingSettings

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def texture(seed: int, shape: tuple[int, ...] = (64, 72)) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, shape, np.uint8)


def write(path: Path, pixels: NDArray[np.uint8]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), pixels)


def test_a_batch_depends_on_seed_and_step_alone() -> None:
    settings = TrainingSettings()
    data, again = load_dataset(settings), load_dataset(settings)
    inputs, targets = data.batch(settings, 7)
    assert inputs.shape == (32, 48, 48)
    np.testing.assert_array_equal(inputs, targets)
    np.testing.assert_array_equal(inputs, again.batch(settings, 7)[0])
    assert not np.array_equal(inputs, data.batch(settings, 8)[0])
    assert not np.array_equal(inputs, data.batch(TrainingSettings(seed=1), 7)[0])


def test_patches_are_cut_at_one_place_from_input_and_target() -> None:
    settings = TrainingSettings(network="sr", factor=2)
    data = load_dataset(settings)
    inputs, targets = data.batch(settings, 1)
    assert inputs.shape == (4, 33, 33)
    differences = np.abs(inputs - targets).mean(axis=(1, 2))
    assert (differences > 0).all()
    assert differences.max() < 0.1
    for small, large in zip(data.held_inputs, data.held_targets, strict=True):
        np.testing.assert_array_equal(small, enlarged_again(large, 2))


def test_generated_faces_are_lit_from_where_their_labels_say() -> None:
    faces, labels = generate_faces(200, 48, 0)
    assert faces.shape == (200, 48, 48)
    assert set(labels.identity) == set(range(IDENTITIES))
    right_minus_left = faces[:, :, 24:].mean((1, 2)) - faces[:, :, :24].mean((1, 2))
    assert np.corrcoef(right_minus_left, labels.azimuth)[0, 1] > 0.85
    top_minus_bottom = faces[:, :24].mean((1, 2)) - faces[:, 24:].mean((1, 2))
    assert np.corrcoef(top_minus_bottom, labels.elevation)[0, 1] > 0.7


def test_the_seed_decides_the_faces() -> None:
    first, _ = generate_faces(20, 48, 0)
    again, _ = generate_faces(20, 48, 0)
    other, _ = generate_faces(20, 48, 1)
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).mean() > 0.01


def test_held_out_faces_are_no_part_of_the_others() -> None:
    data = load_dataset(TrainingSettings(data="faces"))
    assert data.labels is not None
    assert data.held_labels is not None
    assert len(data.labels.identity) == len(data.inputs)
    assert len(data.held_labels.identity) == len(data.held_inputs)
    trained = {each.tobytes() for each in data.inputs}
    assert not any(each.tobytes() in trained for each in data.held_inputs)


def test_a_folder_holds_out_whole_images(tmp_path: Path) -> None:
    for place in range(6):
        write(tmp_path / f"{place}.png", texture(place))
    data = load_dataset(TrainingSettings(data=str(tmp_path), side=48))
    assert len(data.inputs) == 4
    held = texture(0).astype(np.float32) / 255
    patch = data.held_inputs[0]
    windows = np.lib.stride_tricks.sliding_window_view(held, patch.shape)
    assert (np.abs(windows - patch).max((2, 3)) < 1e-6).any()


@pytest.mark.parametrize("names", [(), ("a.png",)])
def test_too_few_images_are_told_in_a_sentence(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        write(tmp_path / name, texture(0))
    with pytest.raises(TrainingError, match="at least two"):
        load_dataset(TrainingSettings(data=str(tmp_path)))


def test_an_image_that_is_too_small_is_named(tmp_path: Path) -> None:
    write(tmp_path / "large.png", texture(0))
    write(tmp_path / "small.png", texture(1, (20, 70)))
    with pytest.raises(TrainingError, match=r"small.png.* too small for patches of 48×48"):
        load_dataset(TrainingSettings(data=str(tmp_path)))


def test_a_folder_that_is_not_there_and_a_file_that_is_no_image_are_told(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="There is no folder"):
        load_dataset(TrainingSettings(data=str(tmp_path / "nowhere")))
    write(tmp_path / "a.png", texture(0))
    (tmp_path / "b.png").write_bytes(b"nothing")
    with pytest.raises(TrainingError, match="Take it out of the folder"):
        load_dataset(TrainingSettings(data=str(tmp_path)))


def test_stl_10_files_hold_channels_columns_rows(tmp_path: Path) -> None:
    pixels = texture(3, (12, 96, 96, 3))
    path = tmp_path / "unlabeled_X.bin"
    path.write_bytes(pixels.transpose(0, 3, 2, 1).tobytes())
    np.testing.assert_array_equal(read_stl(path, 5), pixels[:5])
    data = load_dataset(TrainingSettings(data=str(tmp_path), side=96))
    assert data.inputs[0].shape == (96, 96)
    assert len(data.inputs) + len(data.held_inputs) == 12
    path.write_bytes(b"123")
    with pytest.raises(TrainingError, match="no STL-10 file"):
        load_dataset(TrainingSettings(data=str(path)))


def test_names_of_yale_b_hold_person_and_light(tmp_path: Path) -> None:
    shot = yale_shot("yaleB07_P00A-035E+15.pgm")
    assert shot is not None
    assert (shot.person, shot.azimuth, shot.elevation) == (7, -35.0, 15.0)
    assert yale_shot("yaleB07_P00_Ambient.pgm") is None
    for person in (1, 2):
        for azimuth in (-60, 0, 60):
            name = f"yaleB{person:02}/yaleB{person:02}_P00A{azimuth:+04}E+20.pgm"
            write(tmp_path / name, texture(person * 100 + azimuth, (192, 168)))
        write(tmp_path / f"yaleB{person:02}/yaleB{person:02}_P00_Ambient.pgm", texture(person))
    data = load_dataset(TrainingSettings(data=str(tmp_path)))
    assert data.labels is not None
    assert data.held_labels is not None
    azimuths = [*data.labels.azimuth, *data.held_labels.azimuth]
    assert sorted(azimuths) == [-60, -60, 0, 0, 60, 60]
    assert data.inputs[0].shape == (48, 48)


def test_of_set5_as_it_is_packed_only_the_full_images_are_read(tmp_path: Path) -> None:
    for name in ("img_001_SRF_4_HR", "img_001_SRF_4_LR", "img_001_SRF_4_bicubic"):
        write(tmp_path / f"{name}.png", texture(0))
    assert [path.stem for path in picture_files(tmp_path)] == ["img_001_SRF_4_HR"]


@pytest.mark.parametrize(
    ("files", "read"),
    [
        (
            (
                "Set5/image_SRF_2/img_001_SRF_2_HR",
                "Set5/image_SRF_4/img_001_SRF_4_HR",
                "Set5/image_SRF_4/img_001_SRF_4_LR",
                "Set5/image_SRF_4/img_002_SRF_4_HR",
            ),
            ["img_001_SRF_2_HR", "img_002_SRF_4_HR"],
        ),
        (("Set5/HR/baby", "Set5/LR_bicubic/X4/babyx4"), ["baby"]),
        (("Set5/GTmod12/baby", "Set5/LRbicx4/baby", "Set5/original/baby"), ["baby"]),
        (("mine/original/a", "mine/others/a"), ["a", "a"]),
    ],
)
def test_each_image_of_a_set_is_read_once_however_it_is_packed(
    tmp_path: Path, files: tuple[str, ...], read: list[str]
) -> None:
    """SelfExSR's archive, EDSR's benchmark folder, BasicSR's; and a folder of one's own."""
    for name in files:
        write(tmp_path / f"{name}.png", texture(0))
    assert [path.stem for path in picture_files(tmp_path)] == read


def test_of_bsd_the_test_folder_is_held_out(tmp_path: Path) -> None:
    for place in range(3):
        write(tmp_path / "images" / "train" / f"{place}.png", texture(place))
    write(tmp_path / "images" / "test" / "9.png", texture(9))
    data = load_dataset(TrainingSettings(data=str(tmp_path)))
    assert len(data.inputs) == 3
    write(tmp_path / "images" / "test" / "8.png", texture(8))
    with pytest.raises(TrainingError, match="the folder above"):
        load_dataset(TrainingSettings(data=str(tmp_path / "images" / "test")))


def test_settings_out_of_range_are_told_in_a_sentence() -> None:
    for bad in (
        {"network": "resnet"},
        {"losses": ()},
        {"losses": ("mse", "MSE")},
        {"side": 20},
        {"side": 8},
        {"network": "sr", "factor": 5},
        {"rate": 2.0},
        {"steps": 0},
    ):
        with pytest.raises(TrainingError):
            TrainingSettings(**bad)


def test_settings_are_read_again() -> None:
    settings = TrainingSettings(network="sr", losses=("ssim", "gmsd"), steps=7, factor=2)
    assert TrainingSettings.from_json(settings.as_json()) == settings
    with pytest.raises(TrainingError, match="cannot be read"):
        TrainingSettings.from_json({"losses": ["mse"], "colour": 3})


def test_pixels_that_are_not_a_number_are_refused(tmp_path: Path) -> None:
    image = np.full((40, 48), 0.5, np.float32)
    image[3, 4] = np.nan
    write_image(tmp_path / "a.tif", image, 1, depth="float32")
    with pytest.raises(ImageError, match=r"1 pixels that are not a number \(NaN\)"):
        read_picture(tmp_path / "a.tif", TrainingSettings())
