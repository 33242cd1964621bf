"""The panel of the distortion lab: the chain, the settings of one link, and what is held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ssim_viewer.features.distortion_lab.actions import AddDistortion, ChooseLink, Follow
from ssim_viewer.features.distortion_lab.brush_row import BrushRow
from ssim_viewer.features.distortion_lab.chain_list import ChainList
from ssim_viewer.features.distortion_lab.link_form import LinkForm
from ssim_viewer.features.distortion_lab.recipe import DistortionRecipe, Hold
from ssim_viewer.features.distortion_lab.state import lab_of, recipe_of
from ssim_viewer.ui.controls.fields import Form, muted_label, name_control, set_text_color
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin
from ssim_viewer.ui.controls.segments import Segments
from ssim_viewer.ui.text import QT_TR_NOOP, tr

if TYPE_CHECKING:
    from ssim_viewer.distortions import Link
    from ssim_viewer.session.state import Session
    from ssim_viewer.ui.theme.colors import Colors

WIDTH = 300


class LabPanel(QScrollArea):
    """Shows the recipe of the distorted image and changes it.

    Signals
    -------
    intended
        Carries an action of the feature.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("distortion_lab")
        self.setAccessibleName(tr("Distortion lab"))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.verticalScrollBar().setAccessibleName(tr("Scroll the distortion lab"))
        self.horizontalScrollBar().setAccessibleName(tr("Scroll the distortion lab sideways"))
        self.setMinimumWidth(WIDTH)
        self._session: Session | None = None
        self._gesture = 0
        self._chain = ChainList()
        self._form = LinkForm()
        self._base = _segments(
            (tr("Reference"), False, "distortion_of_reference", tr("Distort the reference.")),
            (
                tr("Distorted"),
                True,
                "distortion_of_distorted",
                tr("Distort the image on screen further."),
            ),
        )
        self._area = _segments(
            (tr("Everywhere"), False, "distortion_everywhere", tr("The whole image is distorted.")),
            (
                tr("In the region"),
                True,
                "distortion_in_region",
                tr("Only the selected region (M) is."),
            ),
        )
        self._hold = Choice(((QT_TR_NOOP("nothing"), None), ("MSE", "mse"), ("MSSIM", "ssim")))
        name_control(
            self._hold,
            "distortion_hold",
            tr("What is held"),
            tr(
                "Hold a level: the strength of the chosen distortion is found, whatever else"
                " changes."
            ),
        )
        self._level = NumberSpin(0.0, 1e9)
        name_control(self._level, "distortion_level", tr("Level"), tr("The level that is held."))
        self._brush = BrushRow()
        self._problem = muted_label(wrap=True)
        self._problem.setObjectName("distortion_problem")
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show the recipe of a session."""
        before, self._session = self._session, session
        self._brush.show_session(session)
        if before is not None and _same(before, session):
            return
        recipe = recipe_of(session)
        self._chain.show_recipe(recipe)
        self._form.show_link(recipe.link, held=recipe.hold is not None)
        self._base.show_value(recipe.base is not None)
        self._area.show_value(recipe.region is not None)
        self._hold.show_value(recipe.hold.measure if recipe.hold else None)
        self._level.setEnabled(recipe.hold is not None)
        if recipe.hold is not None:
            self._level.show_value(recipe.hold.level)
        self._problem.setText(tr(lab_of(session).problem))
        self._problem.setVisible(bool(self._problem.text()))

    def restyle(self, colors: Colors) -> None:
        """Paint everything in the colours of a theme."""
        self._chain.restyle(colors)
        for segments in (self._base, self._area):
            segments.restyle(colors)
        set_text_color(self._problem, colors.on_error)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._chain)
        column.addWidget(self._form)
        settings = QWidget()
        form = Form(settings)
        form.add_field(tr("Hold"), self._hold)
        form.add_field(tr("Level"), self._level)
        form.add_wide(self._problem)
        form.add_wide(self._base)
        form.add_wide(self._area)
        form.add_wide(self._brush)
        column.addWidget(settings)
        column.addStretch(1)
        self.setWidget(body)

    def _connect(self) -> None:
        self._chain.chosen.connect(lambda place: self.intended.emit(ChooseLink(place)))
        self._chain.added.connect(self._add)
        self._chain.switched.connect(self._switch)
        self._chain.moved.connect(lambda by: self._follow(self._recipe.moved(by)))
        self._chain.removed.connect(lambda: self._follow(self._recipe.removed()))
        self._form.changed.connect(self._change_link)
        self._form.settled.connect(self._end_gesture)
        self._hold.chosen.connect(self._choose_hold)
        self._level.valueChanged.connect(self._choose_level)
        self._base.chosen.connect(self._choose_base)
        self._area.chosen.connect(self._choose_area)
        self._brush.intended.connect(self.intended)
        self._brush.cleared.connect(lambda: self._follow(replace(self._recipe, strokes=())))

    @property
    def _recipe(self) -> DistortionRecipe:
        return recipe_of(self._session) if self._session is not None else DistortionRecipe()

    def _follow(self, recipe: DistortionRecipe) -> None:
        self._end_gesture()
        self.intended.emit(Follow(recipe, self._gesture))
        self._end_gesture()

    def _add(self, name: str) -> None:
        self._end_gesture()
        self.intended.emit(AddDistortion(name, self._gesture))
        self._end_gesture()

    def _end_gesture(self) -> None:
        self._gesture += 1

    def _switch(self, place: int, on: bool) -> None:  # noqa: FBT001 - the signal's own
        link = replace(self._recipe.links[place], on=on)
        self._follow(self._recipe.with_link_at(place, link))

    def _change_link(self, link: Link) -> None:
        self.intended.emit(Follow(self._recipe.with_link(link), self._gesture))

    def _choose_hold(self, measure: Any) -> None:
        hold = None
        if measure is not None:
            hold = Hold(measure, self._present(measure))
        self._follow(replace(self._recipe, hold=hold))

    def _present(self, measure: str) -> float:
        """Return the level that the image on screen has: holding begins where it stands."""
        measured = self._session.measured if self._session is not None else None
        if measured is None:
            return 100.0 if measure == "mse" else 0.8
        return float(f"{measured.values['mse' if measure == 'mse' else 'ssim']:.6g}")

    def _choose_level(self, level: float) -> None:
        hold = self._recipe.hold
        if hold is not None:
            self._follow(replace(self._recipe, hold=replace(hold, level=level)))

    def _choose_base(self, further: bool) -> None:  # noqa: FBT001 - the value of the segment
        base = None
        if further and self._session is not None and self._session.document.pair is not None:
            base = self._session.document.pair.distorted
        links = () if further else self._recipe.links
        self._follow(replace(self._recipe, base=base, links=links, current=0))

    def _choose_area(self, within: bool) -> None:  # noqa: FBT001 - the value of the segment
        region = self._session.look.region if within and self._session is not None else None
        if within and region is None:
            self._area.show_value(False)
            self._problem.setText(tr("Select a region first: press M and drag in any pane."))
            self._problem.setVisible(True)
            return
        self._follow(replace(self._recipe, region=region))


def _segments(*options: tuple[str, Any, str, str]) -> Segments:
    return Segments(options)


def _same(before: Session, session: Session) -> bool:
    """Whether nothing has changed that the panel shows."""
    return lab_of(before) is lab_of(session) and before.document.pair is session.document.pair
