"""What hangs in the gallery: the level, the types, the order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssim_viewer.features.equal_mse_gallery.actions import HangPictures
from ssim_viewer.features.equal_mse_gallery.state import GallerySettings, gallery_of, subject_of
from ssim_viewer.reports.gallery import CLASSIC
from ssim_viewer.ui.controls.fields import Form, name_control
from ssim_viewer.ui.controls.inputs import Choice, NumberSpin, Switch
from ssim_viewer.ui.controls.type_tree import TypeTree
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session


class GalleryForm(QWidget):
    """Shows the settings and changes them.

    Signals
    -------
    intended
        Carries `HangPictures`.
    """

    intended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._settings = GallerySettings()
        self._measure = Choice((("MSE", "mse"), ("MSSIM", "ssim")))
        name_control(
            self._measure,
            "gallery_measure",
            tr("What is equal"),
            tr("What all pictures have in common."),
        )
        self._level = NumberSpin(-1.0, 1e9)
        name_control(
            self._level,
            "gallery_level",
            tr("Level"),
            tr("The strength of every type is found so that its picture has this level."),
        )
        self._seed = NumberSpin(0, 2**31 - 1, decimals=0)
        name_control(
            self._seed, "gallery_seed", tr("Seed"), tr("The same seed, the same random patterns.")
        )
        self._order = Choice(
            (
                (tr("MSSIM, best first"), "ssim"),
                (tr("MSE, lowest first"), "mse"),
                (tr("type"), "catalogue"),
            )
        )
        name_control(
            self._order, "gallery_order", tr("Sorted by"), tr("In which order pictures hang.")
        )
        self._maps = Switch(tr("SSIM maps below the pictures"))
        name_control(
            self._maps,
            "gallery_maps",
            tr("SSIM maps"),
            tr("White is 1, alike; black 0; magenta below 0."),
        )
        self._types = TypeTree("gallery_types", CLASSIC)
        self._lay_out()
        self._connect()

    def show_session(self, session: Session) -> None:
        """Show the settings of a session."""
        self._settings = settings = gallery_of(session).settings
        subject = subject_of(session)
        self._measure.show_value(settings.measure)
        self._level.show_value(subject.level if subject else settings.level_for(255.0))
        self._seed.show_value(settings.seed)
        self._order.show_value(settings.order)
        self._maps.show_value(settings.maps)
        self._types.show_names(settings.names)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        fields = QWidget()
        form = Form(fields)
        form.add_field(tr("Equal"), self._measure)
        form.add_field(tr("Level"), self._level)
        form.add_field(tr("Sorted by"), self._order)
        form.add_field(tr("Seed"), self._seed)
        form.add_wide(self._maps)
        column.addWidget(fields)
        column.addWidget(self._types, 1)

    def _connect(self) -> None:
        self._measure.chosen.connect(
            lambda measure: self._change(replace(self._settings, measure=measure, level=None))
        )
        self._level.valueChanged.connect(
            lambda level: self._change(replace(self._settings, level=level))
        )
        self._seed.valueChanged.connect(
            lambda seed: self._change(replace(self._settings, seed=round(seed)))
        )
        self._order.chosen.connect(lambda order: self._change(replace(self._settings, order=order)))
        self._maps.toggled.connect(lambda on: self._change(replace(self._settings, maps=on)))
        self._types.chosen.connect(lambda names: self._change(replace(self._settings, names=names)))

    def _change(self, settings: GallerySettings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.intended.emit(HangPictures(settings))
