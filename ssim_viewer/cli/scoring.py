"""``ssim-viewer score``: which pairs, who scores them, and where the scores go."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ssim_viewer.cli.batch import outcomes
from ssim_viewer.cli.cluster import Cluster
from ssim_viewer.cli.convention_table import run_conventions
from ssim_viewer.cli.errors import DONE, INTERRUPTED, SOME_FAILED, CommandError
from ssim_viewer.cli.executors import InProcess, Processes, cores
from ssim_viewer.cli.files import make_folder, require_writable
from ssim_viewer.cli.interruption import Interruption
from ssim_viewer.cli.metric_names import metric_names
from ssim_viewer.cli.metric_options import given_range, metric_from
from ssim_viewer.cli.pairing_options import EACH
from ssim_viewer.cli.pairs import MapFiles, named_pairs, pairs_of_folders, pairs_of_table
from ssim_viewer.cli.progress import counted_pairs
from ssim_viewer.cli.score_file import ScoreFile
from ssim_viewer.cli.score_options import require_sense
from ssim_viewer.cli.score_printing import Form, Printed
from ssim_viewer.cli.scorer import Failed, Settings
from ssim_viewer.cli.terminal import display_path, say, write_result
from ssim_viewer.images import PRIMARIES, Pairing
from ssim_viewer.session.report import score_columns

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator

    from ssim_viewer.cli.executors import Workers
    from ssim_viewer.cli.pairs import Asked
    from ssim_viewer.cli.score_printing import Report
    from ssim_viewer.cli.scorer import Note, PairFiles
    from ssim_viewer.images import Channel

FLOAT_SUFFIXES = frozenset(
    {".tif", ".tiff", ".pfm", ".hdr", ".pic", ".exr", ".jxl", ".jxr", ".npy", ".npz"}
)
"""Kinds of files that may hold floats."""

_HANDFUL = 16
"""So many pairs are mostly done before other processes would have started."""


@dataclass(slots=True)
class Account:
    """What came of the pairs, beside their rows."""

    failed: list[Failed]
    scored: int = 0
    interrupted: bool = False
    notes: dict[Note, None] = field(default_factory=dict)


def run_score(options: Namespace) -> int:
    """Score every pair that was asked for and return the exit status."""
    require_sense(options)
    if options.conventions:
        return run_conventions(options)
    names = metric_names(options.metric)
    settings = Settings(
        metric=metric_from(options, 255.0),
        pairing=Pairing(
            options.align, given_range(options), options.background, channel=_channel(options)
        ),
        names=names,
        profile=options.profile,
        mask=options.mask,
        lenient="all" in options.metric,
        window_given=options.window_size is not None,
    )
    asked = _asked(options)
    if options.channel == EACH:
        asked = replace(asked, pairs=[*_one_by_one(asked.pairs)])
    settings = replace(
        settings, tells_range=bool(settings.pairing.given) or _any_floats(asked.pairs)
    )
    columns = score_columns(names, with_range=settings.tells_range)
    report, pairs = _report(options, asked.pairs, columns)
    _require_room(options, pairs)
    account = Account(asked.failed)
    with _crew(options, settings, len(pairs)) as workers, report:
        _score(options, workers, pairs, report, account)
        report.finish()
    _tell(account)
    if options.output is not None:
        _tell_of_file(options, account, there=len(asked.pairs) - len(pairs))
    if account.interrupted:
        say(f"Stopped by Ctrl+C after {account.scored} of {len(pairs)} pairs.")
        return INTERRUPTED
    return SOME_FAILED if account.failed else DONE


def _channel(options: Namespace) -> Channel:
    return "all" if options.channel == EACH else options.channel


def _one_by_one(pairs: Iterable[PairFiles]) -> Iterator[PairFiles]:
    """Yield each pair once for red, for green and for blue."""
    for pair in pairs:
        reference, distorted = pair.names
        for channel in PRIMARIES:
            yield replace(pair, channel=channel, names=(reference, f"{distorted} ({channel})"))


def _any_floats(pairs: Iterable[PairFiles]) -> bool:
    """Whether a file may hold floats, whose data range is a guess that a table has to tell."""
    return any(
        path.suffix.lower() in FLOAT_SUFFIXES
        for pair in pairs
        for path in (pair.reference, pair.distorted)
    )


def _asked(options: Namespace) -> Asked:
    maps = MapFiles.of(options.maps, options.map)
    if options.pairs is not None:
        return pairs_of_table(options.pairs, maps)
    if _folders(options):
        return pairs_of_folders(options.reference, options.distorted, maps)
    return named_pairs(options.reference, options.distorted, maps)


def _folders(options: Namespace) -> bool:
    # Unlike Path.is_dir it raises nothing: reading tells what is wrong with a path.
    paths = (options.reference, *options.distorted)
    return all(os.path.isdir(path) for path in paths)  # noqa: PTH112


def _all_or_nothing(options: Namespace) -> bool:
    """Whether images were named one by one, for a person to look at their scores."""
    return options.pairs is None and options.output is None and not _folders(options)


def _report(
    options: Namespace, pairs: list[PairFiles], columns: tuple[str, ...]
) -> tuple[Report, list[PairFiles]]:
    """Return where the scores go, and the pairs that are not there yet."""
    if options.output is None:
        form: Form = "json" if options.json else "csv" if options.csv else "table"
        return Printed(form, streamed=not _all_or_nothing(options), columns=columns), pairs
    file = ScoreFile(options.output, resume=options.resume, columns=columns)
    return file, file.left(pairs)


def _require_room(options: Namespace, pairs: Iterable[PairFiles]) -> None:
    if options.maps is not None:
        make_folder(options.maps)
    targets = [file for pair in pairs for file in pair.maps.values()]
    if options.output is not None:
        targets.append(options.output)
    # The maps of a pair are written before its row: an interruption may leave them behind.
    require_writable(targets, force=options.force or options.resume)


def _crew(options: Namespace, settings: Settings, pairs: int) -> Workers:
    if options.dask is not None:
        return Cluster(settings, options.dask)
    jobs = min(options.jobs or cores(), pairs)
    if not pairs or (_all_or_nothing(options) and (jobs == 1 or pairs <= _HANDFUL)):
        return InProcess(settings)
    return Processes(settings, jobs)


def _score(
    options: Namespace,
    workers: Workers,
    pairs: list[PairFiles],
    report: Report,
    account: Account,
) -> None:
    """Bring every outcome to the report or into the account."""
    strict = _all_or_nothing(options)
    interruption = Interruption()
    with ExitStack() as stack:
        if not strict:
            stack.enter_context(interruption)
        count = stack.enter_context(counted_pairs(len(pairs), rows_shown=options.csv))
        for outcome in outcomes(workers, pairs, lambda: interruption.asked):
            if not isinstance(outcome, Failed):
                report.add(outcome)
                account.scored += 1
                account.notes.update(dict.fromkeys(outcome.notes))
            elif strict:
                raise CommandError(outcome.sentence)
            else:
                account.failed.append(outcome)
            count(len(account.failed))
    account.interrupted = interruption.asked


def _tell(account: Account) -> None:
    """Say what was done to images, each thing once, and which pairs failed."""
    names: dict[str, list[str]] = {}
    for note in account.notes:
        names.setdefault(note.sentence, []).append(note.name)
    for sentence, (first, *others) in names.items():
        who = f"{first} and {len(others)} more" if others else first
        say(f"{who}: {sentence}")
    for failed in account.failed:
        say(f"{failed.names[1]}: {failed.sentence}")


def _tell_of_file(options: Namespace, account: Account, *, there: int) -> None:
    parts = [f"Wrote the scores of {account.scored} pairs to “{display_path(options.output)}”"]
    if there:
        parts.append(f"{there} were there already")
    if account.failed:
        parts.append(f"{len(account.failed)} failed")
    write_result("; ".join(parts) + ".\n")
