"""Every action of the menus: its name, words, keys and icon, in one table.

What an action does is wired by the main window. Object names are stable: they are
listed in ARCHITECTURE.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from ssim_viewer.ui.theme.icons import themed_icon

if TYPE_CHECKING:
    from ssim_viewer.ui.theme.colors import Colors

Keys = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes
    ----------
    keys
        Shortcuts: standard keys of the platform, or key sequences as text.
    """

    name: str
    text: str
    tip: str
    keys: tuple[Keys | str, ...] = ()
    icon: str = ""
    checkable: bool = field(default=False)


SPECS = (
    ActionSpec(
        "open_reference",
        "Open &reference…",
        "Open the undistorted image that the other one is compared with.",
        (Keys.Open,),
        "image-outline",
    ),
    ActionSpec(
        "open_distorted",
        "Open &distorted…",
        "Open the image whose quality is measured.",
        ("Ctrl+Shift+O",),
        "blur",
    ),
    ActionSpec(
        "paste",
        "&Paste image",
        "Take an image, or an image file, from the clipboard into the active pane's role.",
        (Keys.Paste,),
        "content-paste",
    ),
    ActionSpec(
        "reload",
        "Re&load from disk",
        "Read both files again.",
        ("Ctrl+R", "F5"),
        "reload",
    ),
    ActionSpec(
        "save_distorted",
        "&Save distorted image…",
        "Write the distorted image on screen: 8-bit PNG, or float32 TIFF. "
        "The MSE and MSSIM of the file as written are reported.",
        (Keys.Save,),
        "content-save-outline",
    ),
    ActionSpec(
        "export_native",
        "Active pane, &native resolution…",
        "Write the active pane's picture or map in its colours, a file pixel for each sample.",
    ),
    ActionSpec(
        "export_as_shown",
        "Active pane, &as shown…",
        "Write the active pane as it stands on screen, with its colour bar.",
        ("Ctrl+Shift+S",),
    ),
    ActionSpec(
        "export_values",
        "Active pane, &values…",
        "Write the values of the active pane as float32 TIFF or NPY.",
    ),
    ActionSpec("export_scores", "S&cores…", "Write the scores as CSV or JSON."),
    ActionSpec(
        "export_trace",
        "Export &run as CSV…",
        "Write the run as CSV: iteration, MSE, MSSIM, step size and gradient norm.",
    ),
    ActionSpec("quit", "&Quit", "Close the program.", ("Ctrl+Q",), "exit-to-app"),
    ActionSpec("undo", "&Undo", "Take the last change back.", (Keys.Undo,), "undo"),
    ActionSpec(
        "redo",
        "&Redo",
        "Make the change again that was taken back.",
        (Keys.Redo, "Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
    ),
    ActionSpec(
        "copy_view",
        "&Copy active pane",
        "Copy the active pane as shown, with its colour bar, as a picture.",
        (Keys.Copy,),
        "content-copy",
    ),
    ActionSpec(
        "copy_scores",
        "Copy &scores",
        "Copy the scores, those of the selected region too, and the convention as text.",
        ("Ctrl+Shift+C",),
    ),
    ActionSpec(
        "copy_region",
        "Copy re&gion scores",
        "Copy the scores of the selected region, with their convention, as text.",
        ("Ctrl+Alt+C",),
    ),
    ActionSpec(
        "swap",
        "S&wap the two images",
        "Make the distorted image the reference and the reference the distorted one.",
        ("S",),
        "swap-horizontal",
    ),
    ActionSpec(
        "fit",
        "&Fit",
        "Show the whole image in every pane.",
        ("F", "Ctrl+0"),
        "fit-to-page-outline",
    ),
    ActionSpec(
        "actual_pixels",
        "&Actual pixels",
        "Show one image pixel as one pixel of the screen.",
        ("Ctrl+1",),
        "numeric-1-box-outline",
    ),
    ActionSpec(
        "zoom_in",
        "Zoom &in",
        "Zoom in on the cursor, or on the middle while it is over no pane.",
        ("+", "="),
        "magnify-plus-outline",
    ),
    ActionSpec(
        "zoom_out",
        "Zoom &out",
        "Zoom out from the cursor, or from the middle while it is over no pane.",
        ("-",),
        "magnify-minus-outline",
    ),
    ActionSpec(
        "zoom_to_values",
        "Zoom to the &values",
        "Zoom in so far that the values have room on the pixels, and draw them.",
        ("Ctrl+I",),
    ),
    ActionSpec("next_pane", "&Next pane", "Make the next pane the active one.", ("F6",)),
    ActionSpec(
        "previous_pane",
        "&Previous pane",
        "Make the pane before the active one.",
        ("Shift+F6",),
    ),
    ActionSpec(
        "automatic_range",
        "&Automatic colour range",
        "Stretch the colours of the active pane's map over 1 to 99 % of its values, and back.",
        ("L",),
    ),
    ActionSpec(
        "toggle_reference",
        "&Blink reference and distorted",
        "Switch the active pane to the reference, or from it to the distorted image; once more "
        "brings back what it showed.",
        ("T",),
        "eye-refresh-outline",
    ),
    ActionSpec(
        "show_reference", "Show re&ference", "Show the reference in the active pane.", ("A",)
    ),
    ActionSpec(
        "show_distorted", "Show &distorted", "Show the distorted image in the active pane.", ("B",)
    ),
    ActionSpec(
        "wipe",
        "&Wipe",
        "Split every pane: the reference left of the divider, the pane's own picture right of it.",
        ("W",),
        "arrow-split-vertical",
        checkable=True,
    ),
    ActionSpec(
        "wipe_left",
        "Divider to the left",
        "Move the divider of the wipe to the left.",
        ("Alt+Left",),
    ),
    ActionSpec(
        "wipe_right",
        "Divider to the right",
        "Move the divider of the wipe to the right.",
        ("Alt+Right",),
    ),
    ActionSpec(
        "pixel_values",
        "Pixel &values",
        "Draw the values on the pixels when they are large enough to hold them.",
        ("I",),
        "dots-grid",
        checkable=True,
    ),
    ActionSpec(
        "select_region",
        "Select re&gion",
        "Drag a rectangle in any pane: the status line then tells the mean of SSIM, l, c and s "
        "and the MSE within it.",
        ("M",),
        "selection-drag",
        checkable=True,
    ),
    ActionSpec(
        "clear_region",
        "Clea&r region",
        "Take the region away, and a notice too.",
        ("Esc",),
    ),
    ActionSpec("show_plots", "&Plots", "Show or hide the plots below the panes.", checkable=True),
    ActionSpec(
        "show_settings",
        "&Settings column",
        "Show or hide the experiment and metric settings at the right.",
        ("F9",),
        "page-layout-sidebar-right",
        checkable=True,
    ),
    ActionSpec("full_screen", "F&ull screen", "Fill the whole screen.", ("F11",), checkable=True),
    ActionSpec(
        "reset_window", "&Reset the window", "Bring back the panes and sizes of the first start."
    ),
    ActionSpec(
        "reset_metric", "&Reset to Wang 2004", "Measure by the settings of Wang et al. 2004."
    ),
    ActionSpec(
        "play",
        "&Play or pause",
        "Climb until paused; Space does the same wherever the key is not taken.",
        ("Ctrl+Space",),
        "play",
    ),
    ActionSpec("step", "&One step", "Make one step of the climb.", ("Ctrl+Right",), "skip-next"),
    ActionSpec("reset_run", "&Reset", "Go back to the start of the climb.", (), "skip-backward"),
    ActionSpec("help", "&Help on SSIM", "What SSIM measures, and what the climb does.", ("F1",)),
    ActionSpec("shortcuts", "&Keys", "List every key.", ("?",)),
    ActionSpec(
        "palette",
        "&Find a command…",
        "Type a few letters of any command and run it.",
        ("Ctrl+Shift+P",),
        "magnify",
    ),
    ActionSpec("about", "&About", "Version, licence and where the samples come from."),
)


class Actions(QObject):
    """The actions by name, as attributes of a mapping."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parent = parent
        self._specs = list(SPECS)
        self._actions = {spec.name: _action(spec, parent) for spec in SPECS}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def add(self, spec: ActionSpec) -> QAction:
        """Return a new action beside those of the table."""
        self._specs.append(spec)
        self._actions[spec.name] = action = _action(spec, self._parent)
        return action

    def all(self) -> list[QAction]:
        """Return every action, in the order of the table."""
        return list(self._actions.values())

    def restyle(self, colors: Colors) -> None:
        """Draw the icons in the colours of a theme."""
        for spec in self._specs:
            if spec.icon:
                self._actions[spec.name].setIcon(themed_icon(spec.icon, colors))


def _action(spec: ActionSpec, parent: QObject) -> QAction:
    action = QAction(spec.text, parent)
    action.setObjectName(spec.name)
    action.setCheckable(spec.checkable)
    action.setShortcuts(list(dict.fromkeys(QKeySequence(key) for key in spec.keys)))
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{spec.tip} ({keys})" if keys else spec.tip)
    return action
