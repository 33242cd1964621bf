"""The distortion lab in the real window: adding, moving sliders, holding an MSE, undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDockWidget, QLabel, QListWidget, QToolButton, QWidget

from ssim_viewer.distortions import apply, mse_between
from ssim_viewer.features.distortion_lab.recipe import DistortionRecipe
from ssim_viewer.images.resolving import Resolver
from ssim_viewer.images.shapes import Strokes
from ssim_viewer.session.intents import SelectRegion
from ssim_viewer.session.region import Region
from ssim_viewer.ui.controls.fields import NumberField
from ssim_viewer.ui.controls.inputs import NumberSpin

if TYPE_CHECKING:
    from ssim_viewer.images import Image
    from tests.app.conftest import Driver

Found = TypeVar("Found", bound=QWidget)


class Lab:
    """The panel, opened by its key, and what a hand does to it."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        driver.qtbot.keyClick(driver.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        driver.settle()

    def find(self, kind: type[Found], name: str) -> Found:
        found = self.driver.window.findChild(kind, name)
        assert found is not None, name
        return found

    def add(self, name: str) -> None:
        button = self.find(QToolButton, "distortion_add")
        action = next(a for a in button.findChildren(QAction) if a.objectName() == name)
        action.trigger()
        self.driver.settle()

    def type_into(self, name: str, text: str) -> None:
        spin = self.find(NumberSpin, name)
        spin.setFocus()
        spin.selectAll()
        self.driver.qtbot.keyClicks(spin, text)
        self.driver.qtbot.keyClick(spin, Qt.Key.Key_Return)
        self.driver.settle()

    def click(self, name: str) -> None:
        button = self.find(QWidget, name)
        self.driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.driver.settle()

    @property
    def reference(self) -> Image:
        pair = self.driver.session.document.pair
        assert pair is not None
        return pair.reference

    @property
    def distorted(self) -> Image:
        pair = self.driver.session.document.pair
        assert pair is not None
        return pair.distorted


@pytest.fixture
def lab(driver: Driver) -> Lab:
    return Lab(driver)


def test_adding_a_distortion_puts_its_image_on_screen_measured(lab: Lab) -> None:
    lab.add("distortion_add_gaussian_blur")
    expected = apply("gaussian_blur", lab.reference.pixels, 2.0)
    assert np.array_equal(lab.distorted.pixels, expected)
    assert "Gaussian blur 2 pixels" in lab.distorted.name
    measured = lab.driver.session.measured
    assert measured is not None
    assert measured.distorted is lab.distorted.pixels
    assert measured.values["mse"] == pytest.approx(mse_between(expected, lab.reference.pixels))


def test_the_image_follows_the_slider_and_one_gesture_is_one_undo(lab: Lab) -> None:
    lab.add("distortion_add_gaussian_noise")
    first = lab.distorted
    field = lab.find(NumberField, "distortion_strength")
    for position in (50, 90, 140):
        field.slider.setValue(position)
        lab.driver.settle()
    field.slider.sliderReleased.emit()
    strength = field.spin.value()
    assert np.array_equal(
        lab.distorted.pixels, apply("gaussian_noise", lab.reference.pixels, strength)
    )
    lab.driver.trigger("undo")
    lab.driver.settle()
    assert lab.distorted is first
    assert field.spin.value() == 20.0


def test_a_held_mse_is_met_and_its_strength_is_shown(lab: Lab) -> None:
    lab.add("distortion_add_jpeg")
    lab.add("distortion_add_gaussian_noise")
    lab.find(QComboBox, "distortion_hold").setCurrentText("MSE")
    lab.driver.settle()
    lab.type_into("distortion_level", "900")
    assert mse_between(lab.distorted.pixels, lab.reference.pixels) == pytest.approx(900, rel=1e-3)
    field = lab.find(NumberField, "distortion_strength")
    assert not field.isEnabled()
    assert isinstance(lab.distorted.recipe, DistortionRecipe)
    assert field.spin.value() == pytest.approx(lab.distorted.recipe.links[1].strength, abs=0.1)


def test_an_mse_that_cannot_be_reached_is_said_and_the_image_stays(lab: Lab) -> None:
    lab.add("distortion_add_gaussian_blur")
    before = lab.distorted.pixels.copy()
    lab.find(QComboBox, "distortion_hold").setCurrentText("MSE")
    lab.driver.settle()
    lab.type_into("distortion_level", "60000")
    problem = lab.find(QLabel, "distortion_problem")
    assert problem.isVisibleTo(lab.driver.window)
    assert "“Gaussian blur” reaches an MSE of" in problem.text()
    np.testing.assert_allclose(lab.distorted.pixels, before, atol=0.5)


def test_links_are_switched_off_moved_and_removed(lab: Lab) -> None:
    lab.add("distortion_add_gaussian_blur")
    lab.add("distortion_add_quantization")
    both = lab.distorted.pixels
    lab.click("distortion_up")
    assert not np.array_equal(lab.distorted.pixels, both)
    chain = lab.find(QListWidget, "distortion_chain")
    assert chain.item(0).text().startswith("Quantisation")
    chain.item(0).setCheckState(Qt.CheckState.Unchecked)
    lab.driver.settle()
    blurred = apply("gaussian_blur", lab.reference.pixels, 2.0)
    assert np.array_equal(lab.distorted.pixels, blurred)
    lab.click("distortion_remove")
    assert chain.count() == 1
    assert np.array_equal(lab.distorted.pixels, blurred)


def test_choosing_a_link_shows_its_settings_and_changes_nothing(lab: Lab) -> None:
    lab.add("distortion_add_gaussian_blur")
    lab.add("distortion_add_motion_blur")
    image = lab.distorted
    chain = lab.find(QListWidget, "distortion_chain")
    place = chain.visualItemRect(chain.item(0)).center() + QPoint(40, 0)
    lab.driver.qtbot.mouseClick(chain.viewport(), Qt.MouseButton.LeftButton, pos=place)
    lab.driver.settle()
    assert lab.find(QLabel, "distortion_title").text() == "Gaussian blur"
    assert lab.distorted is image


def test_a_region_is_distorted_alone(lab: Lab) -> None:
    lab.driver.want(SelectRegion(Region(8, 8, 40, 40)))
    lab.add("distortion_add_mean_shift")
    lab.click("distortion_in_region")
    difference = lab.distorted.pixels - lab.reference.pixels
    assert np.all(difference[8:40, 8:40] > 0)
    assert not difference[:8].any()


def test_without_a_region_the_panel_says_how_to_select_one(lab: Lab) -> None:
    lab.add("distortion_add_mean_shift")
    lab.click("distortion_in_region")
    assert "Select a region first" in lab.find(QLabel, "distortion_problem").text()


def paint(
    lab: Lab,
    *points: tuple[float, float],
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    canvas = lab.driver.window.panes.panes[1].canvas
    first, *rest = (canvas.view.to_widget(*point).toPoint() for point in points)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, modifiers, first)
    for place in rest:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, modifiers, (rest or [first])[-1])
    lab.driver.settle()


def test_a_distortion_is_painted_under_a_soft_brush_and_a_stroke_is_one_undo(lab: Lab) -> None:
    lab.add("distortion_add_mean_shift")
    everywhere = lab.distorted.pixels
    lab.type_into("distortion_brush_radius", "10")
    lab.click("distortion_paint")
    paint(lab, (20, 20), (30, 20), (44, 20))
    recipe = lab.distorted.recipe
    assert isinstance(recipe, DistortionRecipe)
    opacity = Strokes(recipe.strokes).opacity((64, 64))
    reference = lab.reference.pixels.astype(float)
    expected = reference + opacity * (everywhere - reference)
    np.testing.assert_allclose(lab.distorted.pixels, expected, atol=1e-9)
    assert opacity[20, 32] == 1
    assert 0 < opacity[28, 32] < 1
    measured = lab.driver.session.measured
    assert measured is not None
    assert measured.distorted is lab.distorted.pixels
    paint(lab, (20, 50), (30, 50))
    lab.driver.trigger("undo")
    lab.driver.settle()
    undone = lab.distorted.recipe
    assert isinstance(undone, DistortionRecipe)
    assert undone.strokes == recipe.strokes


def test_control_erases_and_clear_distorts_everywhere_again(lab: Lab) -> None:
    lab.add("distortion_add_mean_shift")
    everywhere = lab.distorted.pixels
    lab.click("distortion_paint")
    paint(lab, (20, 20), (44, 20))
    paint(lab, (44, 20), modifiers=Qt.KeyboardModifier.ControlModifier)
    assert lab.distorted.pixels[20, 44] == lab.reference.pixels[20, 44]
    lab.click("distortion_brush_clear")
    np.testing.assert_array_equal(lab.distorted.pixels, everywhere)


def test_painting_with_an_empty_chain_says_what_to_do(lab: Lab) -> None:
    lab.click("distortion_paint")
    paint(lab, (20, 20), (44, 20))
    assert "Add a distortion first" in lab.find(QLabel, "distortion_problem").text()


def test_a_painted_image_is_made_again_from_its_recipe(lab: Lab) -> None:
    lab.add("distortion_add_gaussian_noise")
    lab.click("distortion_paint")
    paint(lab, (20, 20), (44, 30))
    recipe = lab.distorted.recipe
    assert isinstance(recipe, DistortionRecipe)
    again = Resolver().image(recipe.frozen())
    np.testing.assert_array_equal(again.pixels, lab.distorted.pixels)


def test_a_file_on_screen_is_kept_as_a_candidate(lab: Lab) -> None:
    file = lab.distorted
    lab.add("distortion_add_gaussian_blur")
    lab.add("distortion_add_gaussian_noise")
    opened = lab.driver.session.document.opened
    assert opened is not None
    assert opened.candidates == (file, lab.distorted)


def test_a_color_distortion_of_a_grey_image_is_refused_in_a_sentence(lab: Lab) -> None:
    before = lab.distorted
    lab.add("distortion_add_channel_swap")
    assert "this image is grey" in lab.find(QLabel, "distortion_problem").text()
    assert lab.distorted is before


def test_the_panel_can_be_closed_and_opened_again(lab: Lab) -> None:
    dock = lab.find(QDockWidget, "distortion_lab_dock")
    assert dock.isVisible()
    dock.close()
    assert not dock.isVisible()
    lab.driver.trigger("open_distortion_lab")
    assert dock.isVisible()
