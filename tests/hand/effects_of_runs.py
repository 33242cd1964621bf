"""The table of effects in the windows of several runs, and of what they are compared in."""

from __future__ import annotations

from tests.hand.expected import (
    changes,
    hides,
    moves,
    nothing,
    opens,
    opens_view,
    refuses,
    says,
    tells_other,
    turns,
    writes,
    writes_some,
)
from tests.hand.row import Row

NAMES = "main_window title"
NEXT = "press mistakes_table Down"


def several_runs(name: str) -> tuple[Row, ...]:
    """Return the rows of a window of several runs, whose parts are called after its name."""
    tile, words = f"{name}_image_1_canvas", f"{name}_words"
    ended = says(f"{name}_image_1_state", "after 3 steps")
    stepped = says(words, "step 2")
    zoomed, large = (f"key {name}_window +",), (f"key {name}_window Ctrl+1",)
    rests = nothing("the focus is on a tile, and a click on its button shows it")
    return (
        Row(f"key {name}_window Ctrl+Space", ended, changes(tile), anew=True),
        Row(f"*{name}_menu_play", ended, changes(tile), anew=True),
        Row(f"{name}_play", ended, changes(tile), anew=True),
        Row(f"key {name}_window Ctrl+Right", stepped, anew=True),
        Row(f"*{name}_menu_step", stepped, anew=True),
        Row(f"{name}_step", stepped, anew=True),
        Row(f"*{name}_menu_reset", says(words, "^Play begins from the start"), changes(tile)),
        Row(f"{name}_reset", says(words, "^Play begins from the start"), changes(tile)),
        Row(f"{name}_cancel", says(words, "^Play begins anew"), anew=True),
        Row(f"*{name}_menu_close", hides(f"{name}_play")),
        Row(f"*{name}_menu_help", opens("help_window")),
        Row(f"*{name}_menu_fit", changes(tile), first=zoomed),
        Row(f"*{name}_menu_*", changes(tile)),
        Row(f"key {name}_window F", changes(tile), first=zoomed),
        Row(f"key {name}_window Ctrl+0", changes(tile), first=zoomed),
        Row(f"key {name}_window [!F]", changes(tile)),
        Row(f"key {name}_window Ctrl+1", changes(tile)),
        Row(f"{name}_fit", changes(tile), first=zoomed),
        Row(f"{name}_actual_pixels", changes(tile)),
        Row(f"{name}_zoom_*", changes(f"{name}_image_start_canvas")),
        Row(f"{name}_export_images", writes_some("written.png")),
        Row(f"{name}_export_picture", writes("written.png")),
        Row(f"{name}_export_film", opens_view("recording_window")),
        Row(f"{name}_export_traces", writes("written.csv")),
        Row(f"{name}_image_*_show", changes("pane_2_canvas"), tells_other(NAMES)),
        Row(f"{name}_image_*_canvas wheel", changes("{target}")),
        Row(f"press {name}_image_*_canvas Return", rests),
        Row(f"press {name}_image_*_canvas *", changes("{target}"), first=zoomed),
        Row(f"{name}_image_*_canvas drag", changes("{target}"), first=large),
        Row(f"{name}_image_*_canvas *click", tells_other(f"{name}_readout"), first=large),
        Row(f"button {name}_images", turns(), changes(tile), other=f"button {name}_difference"),
        Row(f"button {name}_difference", turns(), changes(tile)),
        Row(f"button {name}_ssim_map", turns(), changes(tile)),
        Row(f"handle {name}_rows *", changes(tile)),
        Row(f"button {name}_settings", hides(f"{name}_steps")),
        Row(f"choice {name}_speed *", moves()),
        Row(f"spin {name}_steps typed", nothing("that number was typed before")),
        Row(f"spin {name}_*", moves(words)),
    )


PLATE = (
    Row("button plate_log_steps", turns(), changes("plate_plot_a_held", "plate_plot_b_held")),
    Row("choice plate_metric_? *", moves("plate_words")),
    Row("button plate_start_noise", turns(), other="button plate_start_shown"),
    Row("button plate_start_*", turns(), changes("plate_noise_mse")),
    Row("button plate_in_range", turns(), tells_other("plate_words")),
    *several_runs("plate"),
)

RACE = (
    Row("choice race_plot_metric *", moves(areas=("race_plot",))),
    Row("button race_against_*", turns(), changes("race_plot")),
    Row("button race_log_steps", turns(), changes("race_plot")),
    Row("button race_racer_*", turns(), tells_other("race_words")),
    Row("spin race_noise_mse *", moves(), first=("choice race_start 1",)),
    Row("button race_lbfgsb", turns(), other="button race_adam"),
    Row("button race_adam", turns(), tells_other("race_words")),
    Row("button race_gradient", turns(), tells_other("race_words")),
    *several_runs("race"),
)

TWO_RUNS = (
    Row("button two_runs_of_starts", turns(), changes("two_runs_mssim")),
    Row("button two_runs_of_*", turns()),
    Row("spin two_runs_*", moves(), first=("button two_runs_of_noise",)),
    Row("two_runs_run", off="all steps are made"),
    Row("two_runs_show_*", changes("pane_2_canvas"), tells_other(NAMES)),
)

PARTS = (
    Row("button gradient_parts_up", turns(), other="button gradient_parts_down"),
    Row("button gradient_parts_down", turns(), tells_other("gradient_parts_climbs")),
    Row("gradient_parts_run", off="all steps are made"),
    Row("button gradient_parts_plot_*", turns(), changes("gradient_parts_plot")),
    Row("gradient_parts_show_*", changes("pane_2_canvas"), tells_other(NAMES)),
)

FAULTS = (
    Row("faults_all", tells_other("fault_unit_radius_line"), first=("button faults_none",)),
    Row("faults_none", tells_other("fault_unit_radius_line"), changes("faults_mse")),
    Row("button fault_*", turns(), tells_other("{target}_line")),
    Row("faults_run", off="all steps are made"),
)

MISTAKES = (
    Row("mistakes_use", tells_other("score_convention"), first=(NEXT,)),
    Row("mistakes_right", tells_other("score_convention"), first=(NEXT, "button mistakes_use")),
    Row("press mistakes_table Up", nothing("the first row is chosen already")),
    Row("surface mistakes_table drag", nothing("it ends in the row that is chosen already")),
    Row("mistakes_table *click", tells_other("mistakes_line")),
)

GALLERY = (
    Row("gallery_pictures wheel", nothing("all pictures are seen")),
    Row("gallery_pictures click", changes("pane_2_canvas"), tells_other(NAMES)),
    Row("*gallery_pictures *", changes("gallery_pictures")),
    Row("choice gallery_measure 1", moves("gallery_level", areas=("gallery_pictures",))),
    Row("choice gallery_order *", moves(areas=("gallery_pictures",))),
    Row("spin gallery_level *", moves("gallery_title", areas=("gallery_pictures",))),
    Row("spin gallery_seed *", moves(areas=("gallery_pictures",))),
    Row("button gallery_maps", turns(), changes("gallery_pictures")),
    Row("gallery_types_few", tells_other("gallery_state"), first=("button gallery_types_none",)),
    Row("gallery_types_*", tells_other("gallery_state"), changes("gallery_pictures")),
    Row("gallery_types wheel", nothing("all families are seen")),
    Row("*gallery_types *", changes("gallery_types")),
    Row("gallery_run", off="all pictures are made"),
    Row("gallery_export_*", writes("written.{suffix}")),
)

ROBUSTNESS = (
    Row("button robustness_settings", hides("robustness_kind")),
    Row("button robustness_of_*", turns(), changes("robustness_similarities")),
    Row("choice robustness_kind *", moves(areas=("robustness_similarities",))),
    Row("slider robustness_strength_slider *", moves("robustness_strength_value")),
    Row("spin robustness_strength_value *", moves("robustness_strength_slider")),
    Row("spin robustness_seed *", moves(), first=("choice robustness_kind 4",)),
    Row("robustness_show", changes("pane_2_canvas"), tells_other(NAMES)),
    Row("robustness_run", off="all is measured"),
    Row("robustness_export_*", writes("written.{suffix}")),
    Row("handle robustness_rows *", changes("robustness_similarities")),
)

SWEEP = (
    Row("button sweep_against_strength", turns(), other="button sweep_in_plane"),
    Row("button sweep_in_plane", turns(), changes("sweep_window")),
    Row("spin sweep_seed *", moves()),
    Row("choice sweep_type *", moves(areas=("sweep_similarities",))),
    Row("slider sweep_strength_slider *", moves("sweep_strength_value")),
    Row("spin sweep_strength_value *", moves("sweep_strength_slider")),
    Row("sweep_run", off="all is measured"),
    Row("sweep_export_*", writes("written.{suffix}")),
    Row("handle sweep_rows *", changes("sweep_similarities")),
)

STUDY = (
    Row("preference_browse", opens_view("preference_folder_dialog")),
    Row("line preference_participant", tells_other("{target}")),
    Row("preference_start", says("preference_notice_text", ".")),
    Row("*preference_ranks *", nothing("there are no answers yet")),
    Row("*preference_metrics *", nothing("there are no answers yet")),
)

RECORDING = (
    Row("surface recording_films wheel", nothing("all films are seen")),
    Row("surface recording_films *", nothing("there is one film, and it is chosen")),
    Row("press recording_films *", nothing("there is one film, and it is chosen")),
    Row("recording_record", writes("written.gif")),
)

TRAINING = (
    Row("button training_settings", hides("training_network")),
    Row("tab training_tabs 0", nothing("it is the one that is shown")),
    Row("tab training_tabs *", tells_other("training_tabs")),
    Row("training_rows *", nothing("nothing is trained yet: tests/features/training_lab")),
    Row("button training_against_steps", turns(), other="button training_against_seconds"),
    Row("button training_against_seconds", turns(), changes("training_plot_mse")),
    Row("choice training_data 2", opens_view("training_folder_dialog")),
    Row("choice training_side 1", says("training_notice_text", ".")),
    Row("training_reset", off="nothing is trained yet"),
    Row("training_cancel", off="nothing is trained yet"),
    Row("training_play", tells_other("training_words")),
    Row("training_step", tells_other("training_words")),
    Row("spin training_code typed", refuses("from 4 to ")),
    Row("spin training_weight typed", refuses("from 0.01 to 0.99")),
    Row("training_open", opens_view("training_open_dialog")),
    Row("training_export_*", off="nothing is trained yet"),
    Row("handle training_window.* *", changes("training_rows")),
)
