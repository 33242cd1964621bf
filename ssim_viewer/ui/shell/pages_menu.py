"""The pages, frames, layers or arrays of the two files on screen, to open another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ssim_viewer.images import Image, split_path
from ssim_viewer.session.intents import OpenFile
from ssim_viewer.session.state import Role
from ssim_viewer.ui.shell.choice_menu import ChoiceMenu
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session

MOST_ENTRIES = 200
"""A longer animation is opened further on by ``FILE#number``."""


class PagesMenu(QMenu):
    """One submenu for each image whose file holds several pictures; disabled without any.

    Signals
    -------
    intended
        Carries `OpenFile` with the path of the picture, ``FILE#2``.
    """

    intended = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Page or &frame"), parent)
        self.setObjectName("pages_menu")
        self._images: dict[Role, Image | None] = {}
        self._menus = {
            Role.REFERENCE: self._submenu(
                tr("Of the &reference"), "reference_page", Role.REFERENCE
            ),
            Role.DISTORTED: self._submenu(
                tr("Of the &distorted"), "distorted_page", Role.DISTORTED
            ),
        }
        self.menuAction().setEnabled(False)

    def show_session(self, session: Session) -> None:
        """List the pictures in the files of a session."""
        opened = session.document.opened
        images = {
            Role.REFERENCE: opened.reference if opened else None,
            Role.DISTORTED: opened.distorted if opened else None,
        }
        for role, image in images.items():
            if image is not self._images.get(role):
                self._fill(self._menus[role], image)
        self._images = images
        self.menuAction().setEnabled(
            any(menu.menuAction().isEnabled() for menu in self._menus.values())
        )

    def _submenu(self, title: str, prefix: str, role: Role) -> ChoiceMenu[int]:
        menu: ChoiceMenu[int] = ChoiceMenu(title, prefix, self, numbered=True)
        menu.on_choice(lambda page: self._open(role, page))
        menu.menuAction().setEnabled(False)
        self.addMenu(menu)
        return menu

    def _fill(self, menu: ChoiceMenu[int], image: Image | None) -> None:
        several = image is not None and image.path is not None and image.page_count > 1
        names = image.page_names[:MOST_ENTRIES] if image is not None and several else ()
        menu.fill((name, page) for page, name in enumerate(names, 1))
        menu.menuAction().setEnabled(several)
        if image is not None:
            menu.tick(image.page)

    def _open(self, role: Role, page: int) -> None:
        image = self._images[role]
        if image is None or image.path is None:
            return
        self._menus[role].tick(image.page)  # until the other one is there
        if page != image.page:
            file, _ = split_path(image.path)
            self.intended.emit(OpenFile(role, file.with_name(f"{file.name}#{page}")))
