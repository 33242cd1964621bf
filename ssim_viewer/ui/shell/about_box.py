"""The box that says what the program is, and which version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from ssim_viewer import __version__
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def show_about(parent: QWidget) -> None:
    """Show the box."""
    box = QMessageBox(parent)
    box.setObjectName("about_box")
    box.setWindowTitle(tr("About ssim_viewer"))
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(
        tr(
            "<h3>ssim_viewer {version}</h3>"
            "<p>Structural similarity as something you can see, touch and push.</p>"
            "<p>Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli: Image quality assessment:"
            " from error visibility to structural similarity. IEEE Transactions on Image"
            " Processing 13(4), 2004.</p>"
            "<p>MIT licence. The samples are CC0 or in the public domain.</p>",
            version=__version__,
        )
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
