"""The rows of the menu View."""

from __future__ import annotations

from functools import partial

from ssim_viewer.metrics import Quantity
from ssim_viewer.metrics.maps.builtin_maps import IMAGES
from ssim_viewer.session.command import Command, has_pair
from ssim_viewer.session.intents import BlinkPane, SetWipe, ShowPixelValues
from ssim_viewer.ui.shell.rows import view_actions as view
from ssim_viewer.ui.shell.rows.row import Line, Listing, Row, Submenu, Toggle, by_window, no_action

_MENU = ("View",)
_ZOOM = ("View", "Zoom")
_PANES = ("View", "Panes")
_COLORS = ("View", "Colours")
_COMPARE = ("View", "Compare")
_REGION = ("View", "Region")
_DOCKS = ("View", "Docks")

ZOOM: tuple[Row, ...] = (
    Submenu(_MENU, "&Zoom"),
    Command(
        "fit",
        "&Fit",
        _ZOOM,
        by_window(lambda window: window.panes.fit()),
        "Show the whole image in every pane.",
        ("F", "Ctrl+0"),
        "fit-to-page-outline",
        tool=40,
    ),
    Command(
        "actual_pixels",
        "&Actual pixels",
        _ZOOM,
        by_window(lambda window: window.panes.actual_pixels()),
        "Show one image pixel as one pixel of the screen.",
        ("Ctrl+1",),
        "numeric-1-box-outline",
        tool=41,
    ),
    Command(
        "zoom_in",
        "Zoom &in",
        _ZOOM,
        by_window(lambda window: window.panes.zoom_in()),
        "Zoom in on the cursor, or on the middle while it is over no pane.",
        ("+", "="),
        "magnify-plus-outline",
        tool=42,
    ),
    Command(
        "zoom_out",
        "Zoom &out",
        _ZOOM,
        by_window(lambda window: window.panes.zoom_out()),
        "Zoom out from the cursor, or from the middle while it is over no pane.",
        ("-",),
        "magnify-minus-outline",
        tool=43,
    ),
    Command(
        "zoom_to_values",
        "Zoom to the &values",
        _ZOOM,
        by_window(view.zoom_to_values),
        "Zoom in so far that the values have room on the pixels, and draw them.",
        ("Ctrl+I",),
    ),
)

PANES: tuple[Row, ...] = (
    Listing(_MENU, "quantities"),
    Submenu(_MENU, "Pa&nes"),
    Listing(_PANES, "panes"),
    Command(
        "next_pane",
        "&Next pane",
        _PANES,
        by_window(partial(view.activate_next, step=1)),
        "Make the next pane the active one.",
        ("F6",),
    ),
    Command(
        "previous_pane",
        "&Previous pane",
        _PANES,
        by_window(partial(view.activate_next, step=-1)),
        "Make the pane before the active one.",
        ("Shift+F6",),
    ),
    Listing(_MENU, "layouts"),
    Listing(_MENU, "candidates"),
    Submenu(_MENU, "&Colours"),
    Listing(_COLORS, "display"),
    Listing(_COLORS, "backgrounds"),
    Listing(_COLORS, "profiles"),
    Command(
        "automatic_range",
        "&Automatic colour range",
        _COLORS,
        view.turn_range,
        "Stretch the colours of the active pane's map over 1 to 99 % of its values, and back.",
        ("L",),
        enabled=lambda session: session.look.panes[session.look.active] not in IMAGES,
    ),
)

COMPARE: tuple[Row, ...] = (
    Submenu(_MENU, "Co&mpare"),
    Command(
        "toggle_reference",
        "&Blink reference and distorted",
        _COMPARE,
        lambda session: BlinkPane(session.look.active),
        "Switch the active pane to the reference, or from it to the distorted image; once more "
        "brings back what it showed.",
        ("T",),
        "eye-refresh-outline",
        tool=50,
    ),
    Command(
        "show_reference",
        "Show re&ference",
        _COMPARE,
        partial(view.show, quantity=Quantity.REFERENCE),
        "Show the reference in the active pane.",
        ("A",),
    ),
    Command(
        "show_distorted",
        "Show &distorted",
        _COMPARE,
        partial(view.show, quantity=Quantity.DISTORTED),
        "Show the distorted image in the active pane.",
        ("B",),
    ),
    Line(_COMPARE),
    Command(
        "wipe",
        "&Wipe",
        _COMPARE,
        lambda session: SetWipe(0.5 if session.look.wipe is None else None),
        "Split every pane: the reference left of the divider, the pane's own picture right of it.",
        ("W",),
        "arrow-split-vertical",
        checked=lambda session: session.look.wipe is not None,
        tool=51,
    ),
    Command(
        "wipe_left",
        "Divider to the left",
        _COMPARE,
        partial(view.move_wipe, step=-view.WIPE_STEP),
        "Move the divider of the wipe to the left.",
        ("Alt+Left",),
        enabled=lambda session: session.look.wipe is not None,
    ),
    Command(
        "wipe_right",
        "Divider to the right",
        _COMPARE,
        partial(view.move_wipe, step=view.WIPE_STEP),
        "Move the divider of the wipe to the right.",
        ("Alt+Right",),
        enabled=lambda session: session.look.wipe is not None,
    ),
    Command(
        "pixel_values",
        "Pixel &values",
        _MENU,
        lambda session: ShowPixelValues(not session.look.pixel_values),
        "Draw the values on the pixels when they are large enough to hold them.",
        ("I",),
        "dots-grid",
        checked=lambda session: session.look.pixel_values,
        tool=53,
    ),
    Submenu(_MENU, "Re&gion"),
    Toggle(
        "select_region",
        "&Select a region",
        _REGION,
        no_action,
        "Drag a rectangle in any pane: the status line then tells the mean of SSIM, l, c and s "
        "and the MSE within it.",
        ("M",),
        "selection-drag",
        enabled=has_pair,
        tool=54,
        turn=view.ready_selection,
    ),
    Command(
        "clear_region",
        "Clea&r region",
        _REGION,
        by_window(lambda window: window.commands.escape()),
        "Take the region away, and a notice too.",
        ("Esc",),
    ),
)

WINDOW: tuple[Row, ...] = (
    Submenu(_MENU, "&Docks"),
    Toggle(
        "show_plots",
        "&Plots",
        _DOCKS,
        no_action,
        "Show or hide the plots below the panes.",
        turn=lambda window, on: window.plots.setVisible(on),
        on=True,
    ),
    Toggle(
        "show_settings",
        "&Settings column",
        _DOCKS,
        no_action,
        "Show or hide the experiment and metric settings at the right.",
        ("F9",),
        "page-layout-sidebar-right",
        tool=91,
        turn=lambda window, on: window.show_column(on),
        on=True,
    ),
    Toggle(
        "full_screen",
        "F&ull screen",
        _MENU,
        no_action,
        "Fill the whole screen.",
        ("F11",),
        turn=lambda window, on: window.showFullScreen() if on else window.showNormal(),
    ),
    Listing(_MENU, "themes"),
    Command(
        "reset_window",
        "&Reset the window",
        _MENU,
        by_window(view.reset_window),
        "Bring back the panes and sizes of the first start.",
    ),
)

VIEW: tuple[Row, ...] = (*ZOOM, Line(_MENU), *PANES, Line(_MENU), *COMPARE, Line(_MENU), *WINDOW)
