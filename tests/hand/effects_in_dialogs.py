"""The table of effects in dialogs, and in windows that are for reading."""

from __future__ import annotations

from tests.hand.expected import changes, closes, goes_to_row, hides, moves, nothing, opens_view
from tests.hand.row import Row

DISPLAY = (
    Row("spin display_*", moves(areas=("pane_2_canvas",))),
    Row("*Close", closes("display_dialog")),
    Row("press display_dialog Return", closes("display_dialog")),
    Row("press display_dialog Escape", closes("display_dialog")),
)

WORKSPACE = (
    Row("choice workspace_name.*", nothing("there is no other name")),
    Row("*OK", closes("workspace_name")),
    Row("*Cancel", closes("workspace_name")),
    Row("press workspace_name *", closes("workspace_name")),
)

HELP = (
    Row("press help_window Return", nothing("there is nothing to accept")),
    Row("key help_window Ctrl+F", nothing("the focus goes to the search")),
    Row("line help_search", changes("help_contents")),
    Row("surface help_page wheel", nothing("it is at its top")),
    Row("surface help_page *", nothing("it is for reading")),
    Row("surface help_contents wheel", nothing("it is at its top")),
    Row("help_contents *", changes("help_contents")),
    Row("handle help_window.QSplitter *", changes("help_page")),
)

READING = (
    Row("press shortcuts_window Return", nothing("there is nothing to accept")),
    Row("surface shortcuts_page wheel", nothing("it is at its top")),
    Row("surface shortcuts_page *", nothing("it is for reading")),
)

ABOUT = (
    Row("press about_box *", closes("about_box")),
    Row("*OK", closes("about_box")),
)

PALETTE = (
    Row("line command_line", changes("command_list")),
    Row("press command_palette Return", hides("command_palette"), opens_view("file_dialog")),
    Row("press command_palette Down", goes_to_row("command_list", 1)),
    Row(
        "press command_palette Up",
        goes_to_row("command_list", -1),
        first=("press command_palette Down",),
    ),
    Row("press command_palette PgDown", goes_to_row("command_list", 2, 1000)),
    Row(
        "press command_palette PgUp",
        goes_to_row("command_list", -2, -1000),
        first=("press command_palette PgDown",),
    ),
)

PATTERN = (
    Row("line candidates_pattern_dialog.*", changes("candidates_pattern_dialog")),
    Row("button candidates_pattern_dialog.*", closes("candidates_pattern_dialog")),
    Row("press candidates_pattern_dialog *", closes("candidates_pattern_dialog")),
)
