"""The table of commands that have a file of their own."""

from __future__ import annotations

from ssim_viewer.cli.commands import distort, evaluate, gallery, lesson, report, sweep, train

COMMANDS = {
    each.name: each
    for each in (
        distort.COMMAND,
        gallery.COMMAND,
        lesson.COMMAND,
        sweep.COMMAND,
        report.COMMAND,
        train.COMMAND,
        evaluate.COMMAND,
    )
}
