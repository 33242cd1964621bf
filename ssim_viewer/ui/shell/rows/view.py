"""The rows of the menu View."""

from __future__ import annotations

from functools import partial

from ssim_viewer.session.command import Command, has_pair
from ssim_viewer.session.intents import FocusPane, ShowPixelGrid, ShowPixelValues
from ssim_viewer.text import tr
from ssim_viewer.ui.shell.rows import view_actions as view
from ssim_viewer.ui.shell.rows.compare import COMPARE
from ssim_viewer.ui.shell.rows.row import Line, Listing, Row, Submenu, Toggle, by_window, no_action

_MENU = ("View",)
_ZOOM = ("View", "Zoom")
_PANES = ("View", "Panes")
_COLORS = ("View", "Colours")
_REGION = ("View", "Region")
_DOCKS = ("View", "Docks")

ZOOM: tuple[Row, ...] = (
    Submenu(_MENU, tr("&Zoom")),
    Command(
        "fit",
        tr("&Fit"),
        _ZOOM,
        by_window(lambda window: window.panes.fit()),
        tr("Show the whole image in every pane."),
        ("F", "Ctrl+0"),
        "fit-to-page-outline",
        enabled=has_pair,
        tool=40,
    ),
    Command(
        "actual_pixels",
        tr("&Actual pixels"),
        _ZOOM,
        by_window(lambda window: window.panes.actual_pixels()),
        tr("Show one image pixel as one pixel of the screen."),
        ("Ctrl+1",),
        "numeric-1-box-outline",
        enabled=has_pair,
        tool=41,
    ),
    Command(
        "zoom_in",
        tr("Zoom &in"),
        _ZOOM,
        by_window(lambda window: window.panes.zoom_in()),
        tr("Zoom in on the cursor, or on the middle while it is over no pane."),
        ("+", "="),
        "magnify-plus-outline",
        enabled=has_pair,
        tool=42,
    ),
    Command(
        "zoom_out",
        tr("Zoom &out"),
        _ZOOM,
        by_window(lambda window: window.panes.zoom_out()),
        tr("Zoom out from the cursor, or from the middle while it is over no pane."),
        ("-",),
        "magnify-minus-outline",
        enabled=has_pair,
        tool=43,
    ),
    Command(
        "zoom_to_values",
        tr("Zoom to the &values"),
        _ZOOM,
        by_window(view.zoom_to_values),
        tr("Zoom in so far that the values have room on the pixels, and draw them."),
        ("Ctrl+I",),
        enabled=has_pair,
    ),
)

NAVIGATOR = Toggle(
    "show_navigator",
    tr("&Navigator"),
    _ZOOM,
    no_action,
    tr("Show the whole image, small, in the active pane while not all of it is seen."),
    turn=view.show_navigator,
    on=True,
)

PANES: tuple[Row, ...] = (
    Listing(_MENU, "quantities"),
    Submenu(_MENU, tr("Pa&nes")),
    Listing(_PANES, "panes"),
    Command(
        "next_pane",
        tr("&Next pane"),
        _PANES,
        by_window(partial(view.activate_next, step=1)),
        tr("Make the next pane the active one."),
        ("F6",),
    ),
    Command(
        "previous_pane",
        tr("&Previous pane"),
        _PANES,
        by_window(partial(view.activate_next, step=-1)),
        tr("Make the pane before the active one."),
        ("Shift+F6",),
    ),
    Command(
        "focus_pane",
        tr("Active pane al&one"),
        _PANES,
        lambda session: FocusPane(session.look.active),
        tr(
            "Show the active pane alone, and then all of the layout again; Enter in a pane, or a "
            "double click, does the same."
        ),
        ("Ctrl+Return",),
        checked=lambda session: session.look.before_focus is not None,
    ),
    Listing(_MENU, "layouts"),
    Listing(_MENU, "candidates"),
    Submenu(_MENU, tr("&Colours")),
    Listing(_COLORS, "display"),
    Listing(_COLORS, "backgrounds"),
    Listing(_COLORS, "profiles"),
    Command(
        "automatic_range",
        tr("&Automatic colour range"),
        _COLORS,
        view.turn_range,
        tr("Stretch the colours of the active pane's map over 1 to 99 % of its values, and back."),
        ("L",),
        enabled=view.shows_map,
    ),
    Command(
        "lock_colors",
        tr("&Lock the colour range"),
        _COLORS,
        partial(view.turn_flag, name="locked"),
        tr("Share range, reading and table of the active pane's map with all in the same unit."),
        ("Ctrl+Alt+L",),
        enabled=view.shows_map,
        checked=partial(view.has_flag, name="locked"),
    ),
    Command(
        "mark_clipped",
        tr("&Mark clipped values"),
        _COLORS,
        partial(view.turn_flag, name="marked"),
        tr("Show values below the range of the active pane's map in cyan, those above in green."),
        ("Ctrl+Alt+M",),
        enabled=view.shows_map,
        checked=partial(view.has_flag, name="marked"),
    ),
)

PIXELS: tuple[Row, ...] = (
    Command(
        "pixel_values",
        tr("Pixel &values"),
        _MENU,
        lambda session: ShowPixelValues(not session.look.pixel_values),
        tr("Draw the values on the pixels when they are large enough to hold them."),
        ("I",),
        "dots-grid",
        checked=lambda session: session.look.pixel_values,
        tool=53,
    ),
    Command(
        "pixel_grid",
        tr("Pixel gr&id"),
        _MENU,
        lambda session: ShowPixelGrid(not session.look.pixel_grid),
        tr("Draw lines between the pixels when they are large enough."),
        ("G",),
        checked=lambda session: session.look.pixel_grid,
    ),
    Submenu(_MENU, tr("Re&gion")),
    Toggle(
        "select_region",
        tr("&Select a region"),
        _REGION,
        no_action,
        tr(
            "Drag a rectangle in any pane: the status line then tells the mean of SSIM, l, c and s "
            "and the MSE within it."
        ),
        ("M",),
        "selection-drag",
        enabled=has_pair,
        tool=54,
        turn=view.ready_selection,
    ),
    Command(
        "clear_region",
        tr("Clea&r region"),
        _REGION,
        by_window(lambda window: window.commands.escape()),
        tr("Take the region away, and a notice too."),
        ("Esc",),
    ),
)

WINDOW: tuple[Row, ...] = (
    Submenu(_MENU, tr("&Docks")),
    Toggle(
        "show_plots",
        tr("&Plots"),
        _DOCKS,
        no_action,
        tr("Show or hide the plots below the panes; they come by themselves with the first run."),
        turn=lambda window, on: view.show_dock(window.docks.plots, on),
    ),
    Toggle(
        "show_settings",
        tr("&Settings column"),
        _DOCKS,
        no_action,
        tr("Show or hide the experiment and metric settings at the right."),
        ("F9",),
        "page-layout-sidebar-right",
        tool=91,
        turn=lambda window, on: view.show_dock(window.docks.settings, on),
        on=True,
    ),
    Toggle(
        "full_screen",
        tr("F&ull screen"),
        _MENU,
        no_action,
        tr("Fill the whole screen."),
        ("F11",),
        turn=lambda window, on: window.showFullScreen() if on else window.showNormal(),
    ),
    Toggle(
        "pictures_only",
        tr("&Only the pictures"),
        _MENU,
        no_action,
        tr("Hide everything but the panes; the same key, or Esc, brings it back."),
        ("H",),
        turn=lambda window, on: window.pictures_only.turn(on),
    ),
    Toggle(
        "present",
        tr("&Present"),
        _MENU,
        no_action,
        tr(
            "Fill the screen with pictures, numbers and plots in large type, with a ring around "
            "the pointer; a second screen keeps the controls. Esc leaves."
        ),
        ("Shift+F11",),
        turn=lambda window, on: window.presentation.turn(on),
    ),
    Command(
        "present_larger",
        tr("Present in l&arger type"),
        _MENU,
        by_window(lambda window: window.presentation.enlarge(1)),
        tr("Take larger words when presenting."),
        ("Ctrl+Alt++", "Ctrl+Alt+="),
    ),
    Command(
        "present_smaller",
        tr("Present in smaller t&ype"),
        _MENU,
        by_window(lambda window: window.presentation.enlarge(-1)),
        tr("Take smaller words when presenting."),
        ("Ctrl+Alt+-",),
    ),
    Listing(_MENU, "themes"),
    Command(
        "reset_window",
        tr("&Reset the window"),
        _MENU,
        by_window(view.reset_window),
        tr("Bring back the panes and sizes of the first start."),
    ),
)

VIEW: tuple[Row, ...] = (
    Submenu(_MENU, tr("Wor&kspace")),
    *ZOOM,
    NAVIGATOR,
    Line(_MENU),
    *PANES,
    Line(_MENU),
    *COMPARE,
    *PIXELS,
    Line(_MENU),
    *WINDOW,
)
