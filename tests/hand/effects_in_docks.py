"""The table of effects in the docks of features."""

from __future__ import annotations

from tests.hand.doing import drag, drag_in_pane
from tests.hand.expected import (
    asks_for,
    changes,
    copies,
    hides,
    moves,
    nothing,
    opens,
    opens_view,
    says,
    tells_other,
    turns,
    writes,
)
from tests.hand.row import Row

NAMES = "main_window title"
SECOND = says(NAMES, "— colour.png"), changes("pane_2_canvas")

CANDIDATES = (
    Row("candidates_add", asks_for("mask.png", tells_other("candidates_state"))),
    Row("candidates_folder", opens_view("file_dialog")),
    Row("candidates_pattern", opens("candidates_pattern_dialog")),
    Row("candidates_clear", off="nothing was added: tests/features/candidates"),
    Row("candidates_export", writes("written.csv")),
    Row("choice candidates_plot 1", moves(), changes("candidates_score")),
    Row("choice candidates_score *", moves(areas=("candidates_rate",))),
    Row("surface candidates_table wheel", nothing("there are two rows")),
    Row("surface candidates_table click", *SECOND),
    Row("surface candidates_table drag", changes("candidates_table")),
    Row("press candidates_table Down", *SECOND, first=("press candidates_table 1",)),
    Row("press candidates_table 1", changes("candidates_table")),
    Row("press candidates_table 9", nothing("there are two candidates")),
    Row("press candidates_table Up", nothing("the first row is chosen already")),
    Row("handle candidates.QSplitter *", changes("candidates_table")),
)

CHANNELS = (
    Row("channel_errors_copy", copies("MSE")),
    Row("channel_errors_table drag", nothing("it begins and ends in one cell")),
)

CONVENTIONS = (
    Row("line conventions_number", tells_other("conventions_answer")),
    Row("conventions_use_*", tells_other("score_convention")),
    Row("conventions_copy", copies("convention")),
    Row("conventions_export", writes("written.csv")),
)

PLACES = (
    Row("button distortion_everywhere", turns(),
        first=(drag_in_pane, "button distortion_in_region")),
    Row("button distortion_in_region", turns(), first=(drag_in_pane,)),
    Row("button distortion_paint", turns(), says("region_readout", "^Paint the distortion")),
    Row("button distortion_brush_clear", off="nothing is painted: tests/features/distortion_lab"),
    Row("spin distortion_brush_*", moves()),
)  # fmt: skip

NO_LINK = (
    Row("drop-down distortion_add_*", changes("pane_2_canvas", "distortion_chain")),
    Row("distortion_[udr][poe]*", off="the chain is empty"),
    Row("distortion_chain *", nothing("the chain is empty")),
    Row("choice distortion_hold *", moves()),
    Row("spin distortion_level *", off="no level is held"),
    Row("button distortion_of_reference", turns(), other="button distortion_of_distorted"),
    *PLACES,
)

DRAWN = "button region_rectangle", drag

DISTRIBUTIONS = (
    Row("choice distribution_content *", moves("distribution_shares"),
        changes("distribution_histogram")),
    Row("distribution_histogram drag", changes("pane_3_canvas", "distribution_histogram"),
        tells_other("range_low", "range_high")),
    Row("distribution_histogram *", nothing("a range is dragged")),
    Row("spin range_low *", moves()),
    Row("spin range_high *", moves()),
    Row("light_worst_button", turns(), changes("pane_3_canvas")),
    Row("spin worst_percent *", moves("distribution_poolings")),
    Row("range_clear", changes("pane_3_canvas"), first=("button light_worst_button",)),
    Row("worst_list wheel", nothing("all are seen")),
    Row("*worst_list *", changes("pane_2_canvas")),
    Row("worst_*s", changes("pane_2_canvas"), tells_other("distribution_place")),
    Row("worst_next", changes("pane_2_canvas"), tells_other("distribution_place")),
    Row("button section_*", turns()),
    Row("button region_clear", changes("pane_2_canvas"), first=DRAWN),
    Row("button region_restrict", tells_other("score_ssim"), first=DRAWN),
    Row("button region_*", turns(), says("region_readout", "^(Drag|Paint)")),
    Row("spin region_radius *", moves()),
    Row("spin region_*", moves(areas=("pane_2_canvas",)), first=DRAWN),
    Row("spin pooling_exponent *", moves("distribution_poolings")),
    Row("button profile_line", turns(), says("region_readout", "^Drag a line")),
    Row("button profile_*", off="no line is drawn: tests/features/distributions"),
    Row("surface profile_* *", nothing("no line is drawn")),
)  # fmt: skip

FOLDERS = (
    Row("folder_pairs_open", opens_view("file_dialog")),
    Row("*folder_pairs_list *", nothing("no folders are open: tests/features/folder_pairs")),
)

LESSONS = (
    Row("lesson_list *click", changes("lesson_panel")),
    Row("lesson_list drag", changes("lesson_list")),
    Row("press lesson_list *", changes("lesson_list")),
    Row("lesson_open", opens_view("file_dialog")),
)

INSPECTOR = (
    Row("press window_inspector Ctrl+Right", changes("pane_2_canvas")),
    Row("press window_inspector *", changes("window_inspector")),
    Row("button window_pin", turns(), says("region_readout", "^Click in any pane to pin")),
    Row("button window_*", off="nothing is pinned"),
    Row("surface window_scatter *", nothing("no window is held")),
)
PINNED = (
    Row("press window_inspector Ctrl+Right", changes("pane_2_canvas")),
    Row("press window_inspector Ctrl+*", changes("window_inspector")),
    Row("press window_inspector *", changes("window_scatter", "pane_2_canvas")),
    Row("button window_pin", turns(), says("region_readout", "^Click in any pane to pin")),
    Row("button window_remove", changes("pane_2_canvas", "window_place")),
    Row("button window_follow", changes("pane_2_canvas")),
    Row("button window_*", changes("pane_2_canvas", "window_scatter")),
    Row("surface window_scatter *", nothing("it is for looking")),
)

SCENES = (
    Row("surface scene_table wheel", nothing("all rows are seen")),
    Row("surface scene_table click", changes("pane_2_canvas"), tells_other(NAMES)),
    Row("surface scene_table *", changes("scene_table")),
    Row("press scene_table Down", changes("pane_2_canvas"), tells_other(NAMES)),
    Row("press scene_table Up", nothing("the first row is chosen already")),
)

TWO_LINKS = "drop-down distortion_add_gaussian_noise", "drop-down distortion_add_gaussian_blur"
LINKS = (
    Row("drop-down distortion_add_*", changes("pane_2_canvas", "distortion_chain")),
    Row("distortion_up", changes("pane_2_canvas", "distortion_chain")),
    Row("distortion_down", changes("pane_2_canvas", "distortion_chain"),
        first=("press distortion_chain Up",)),
    Row("distortion_remove", changes("pane_2_canvas", "distortion_chain")),
    Row("distortion_chain wheel", nothing("all links are seen")),
    Row("surface distortion_chain *", changes("distortion_chain")),
    Row("press distortion_chain Down", nothing("the last link is chosen already")),
    Row("press distortion_chain End", nothing("the last link is chosen already")),
    Row("press distortion_chain *", tells_other("distortion_title"), changes("distortion_chain")),
    Row("slider distortion_strength_slider *", moves(NAMES, areas=("pane_2_canvas",))),
    Row("spin distortion_strength_value *", moves(NAMES, areas=("pane_2_canvas",))),
    Row("choice distortion_hold *", moves()),
    Row("spin distortion_level up", moves(areas=("distortion_strength",)),
        first=("choice distortion_hold 1",)),
    Row("spin distortion_level *", moves("distortion_problem"),  # blur lowers it no further
        first=("choice distortion_hold 1",)),
    Row("button distortion_of_reference", turns(), other="button distortion_of_distorted"),
    Row("button distortion_of_distorted", turns(), changes("distortion_chain")),
    *PLACES,
)  # fmt: skip

LESSON = (
    Row("lesson_text *", nothing("it is for reading")),
    Row("lesson_back", tells_other("lesson_where"), first=("button lesson_next",)),
    Row("lesson_again", changes("pane_2_canvas"), first=("key swap S",)),
    Row("lesson_next", tells_other("lesson_where"), changes("lesson_text")),
    Row("lesson_leave", hides("lesson_text")),
    Row("lesson_handout", writes("written.html")),
    *SCENES,
)
