"""The table of commands that have a file of their own."""

from __future__ import annotations

from ssim_viewer.cli.commands import distort, evaluate, gallery, sweep, train

COMMANDS = {
    each.name: each
    for each in (distort.COMMAND, gallery.COMMAND, sweep.COMMAND, train.COMMAND, evaluate.COMMAND)
}
