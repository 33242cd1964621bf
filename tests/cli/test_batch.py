"""``ssim-viewer score`` over many pairs: every core, bad pairs, dying workers, Ctrl+C."""

from __future__ import annotations

import json
import multiprocessing
import signal
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssim_viewer.cli import batch, scoring
from ssim_viewer.cli.executors import InProcess, Processes
from ssim_viewer.cli.pairs import named_pairs
from ssim_viewer.cli.scorer import Done, Failed, Scored, Settings
from ssim_viewer.images import AS_THEY_ARE, read_image
from ssim_viewer.metrics import Ssim, ssim
from tests.cli.conftest import MISFITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import ArrayLike

    from ssim_viewer.cli.executors import Workers
    from ssim_viewer.cli.scorer import PairFiles, PairResult
    from ssim_viewer.metrics import BoundSsim
    from tests.cli.conftest import Program

SETTINGS = Settings(Ssim(), AS_THEY_ARE)


def never() -> bool:
    return False


def asked_for(folders: tuple[Path, Path], count: int) -> list[PairFiles]:
    reference = min(folders[0].iterdir())
    return named_pairs(reference, sorted(folders[1].iterdir())[:count], None).pairs


@pytest.mark.parametrize("jobs", [1, 3])
def test_scores_come_in_order_and_are_those_of_the_metrics_room(
    program: Program, many: tuple[Path, Path], jobs: int
) -> None:
    outcome = program("score", *many, "--json", "--jobs", str(jobs))
    rows = json.loads(outcome.output)
    assert [Path(row["distorted"]) for row in rows] == sorted(many[1].iterdir())
    for row in rows:
        x, y = (read_image(row[key]).pixels for key in ("reference", "distorted"))
        assert row["ssim"] == pytest.approx(ssim(x, y), abs=1e-12)
    assert (outcome.status, outcome.complaint) == (0, "")


@pytest.mark.parametrize("form", ["--csv", "--json"])
def test_bad_pairs_are_told_at_the_end_one_line_each_and_cost_no_other(
    program: Program, many: tuple[Path, Path], form: str
) -> None:
    bad = sorted(many[1].iterdir())[3:5]
    for path in bad:
        path.write_bytes(b"no image")
    (many[1] / "alone.png").write_bytes(b"no matter")
    outcome = program("score", *many, form)
    assert outcome.status == 1
    assert outcome.output.count(str(many[1])) == len(list(many[0].iterdir())) - 2
    complaints = outcome.complaint.splitlines()
    assert len(complaints) == 3
    assert (
        complaints[0] == f"ssim-viewer: {many[1] / 'alone.png'}: It has no reference of its name."
    )
    for path, complaint in zip(bad, complaints[1:], strict=True):
        assert complaint.startswith(f"ssim-viewer: {path}: ")


def test_when_every_pair_fails_the_table_is_left_out(
    program: Program, many: tuple[Path, Path]
) -> None:
    outcome = program("score", *many, "--window-size", "33")
    assert outcome.status == 1
    assert not outcome.output
    assert outcome.complaint.count("33×33") == len(list(many[1].iterdir()))


def test_images_named_one_by_one_are_all_or_nothing_however_many(
    program: Program, many: tuple[Path, Path]
) -> None:
    images = sorted(many[1].iterdir())
    whole = program("score", *images, "--csv")
    assert len(whole.output.splitlines()) == len(images)
    images[-1].write_bytes(b"no image")
    outcome = program("score", *images, "--csv")
    assert (outcome.status, outcome.output) == (2, "")
    assert outcome.complaint.count("\n") == 1


def test_notes_of_many_images_are_said_once(program: Program, many: tuple[Path, Path]) -> None:
    for path in many[0].iterdir():
        path.write_bytes(MISFITS["16-bit"])
    outcome = program("score", *many)
    more = len(list(many[1].iterdir())) - 1
    assert f"00.png and {more} more: The distorted image was rescaled" in outcome.complaint
    assert outcome.complaint.count("\n") == 1


def test_maps_and_alignment_are_as_for_one_pair(
    program: Program, many: tuple[Path, Path], tmp_path: Path
) -> None:
    maps = tmp_path / "maps"
    next(many[1].iterdir()).write_bytes(MISFITS["small"])
    outcome = program("score", *many, "--json", "--align", "crop", "--maps", maps)
    sizes = {(row["width"], row["height"]) for row in json.loads(outcome.output)}
    assert sizes == {(24, 20), (16, 14)}
    assert len(list(maps.iterdir())) == 4 * len(list(many[1].iterdir()))


def test_consecutive_pairs_bind_their_reference_once(
    many: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bound: list[object] = []
    bind = Ssim.bind

    def counted(metric: Ssim, reference: ArrayLike) -> BoundSsim:
        bound.append(reference)
        return bind(metric, reference)

    monkeypatch.setattr(Ssim, "bind", counted)
    pairs = asked_for(many, 12)
    with InProcess(SETTINGS) as workers:
        assert len(list(batch.outcomes(workers, pairs, never))) == 12
    assert len(bound) == 1


class Fragile:
    """A workers that dies of certain pairs, together with all that is in flight."""

    width = 2

    def __init__(self, deadly: Callable[[PairFiles], bool]) -> None:
        self._deadly = deadly
        self._dead = False
        self.renewed = 0
        self.in_flight: list[int] = []

    def submit(self, pairs: Sequence[PairFiles]) -> Future[Done]:
        self._dead = self._dead or any(map(self._deadly, pairs))
        self.in_flight.append(len(pairs))
        future: Future[Done] = Future()
        if self._dead:
            future.set_exception(RuntimeError("dead"))
        else:
            future.set_result(Done([Failed(pair.names, "alive") for pair in pairs], 0.001))
        return future

    def require(self) -> None:
        pass

    def renew(self) -> None:
        self._dead = False
        self.renewed += 1

    def __enter__(self) -> Fragile:
        return self

    def __exit__(self, *_: object) -> None: ...


@pytest.mark.parametrize("deadly", [[], [0], [99], [3, 4], [40, 41, 70]])
def test_a_pair_that_kills_its_worker_fails_alone(deadly: list[int]) -> None:
    pairs = named_pairs(Path("r.png"), [Path(f"{i}.png") for i in range(100)], None).pairs
    killers = {f"{i}.png" for i in deadly}
    workers = Fragile(lambda pair: pair.names[1] in killers)
    found = list(batch.outcomes(workers, pairs, never))
    assert [each.names for each in found if isinstance(each, Failed)] == [p.names for p in pairs]
    dead = [each for each in found if isinstance(each, Failed) and "died" in each.sentence]
    assert {each.names[1] for each in dead} == killers
    assert bool(workers.renewed) == bool(deadly)


def test_only_a_few_pairs_are_ever_in_flight() -> None:
    pairs = named_pairs(Path("r.png"), [Path(f"{i}.png") for i in range(5000)], None).pairs
    workers = Fragile(lambda _: False)
    found = batch.outcomes(workers, pairs, never)
    for done, _ in enumerate(found, 1):
        assert sum(workers.in_flight) - done <= 64 * 2 * workers.width
    assert sum(workers.in_flight) == 5000
    assert workers.in_flight[0] == workers.in_flight[-1] == 1


def test_processes_that_are_killed_are_started_anew(many: tuple[Path, Path]) -> None:
    pairs = asked_for(many, 12)
    before = multiprocessing.active_children()
    with Processes(SETTINGS, 1) as workers:
        found = batch.outcomes(workers, pairs, never)
        first = next(found)
        for child in multiprocessing.active_children():
            if child not in before:
                child.kill()
        everything = [first, *found]
    assert all(isinstance(each, Scored) for each in everything)
    assert len(everything) == 12


def test_processes_end_with_a_parent_that_is_killed() -> None:
    code = (
        "import sys; from tests.cli.test_batch import Processes, SETTINGS\n"
        "if __name__ == '__main__':\n"
        "    with Processes(SETTINGS, 1) as workers:\n"
        "        workers.submit([]).result(); print('started', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"started\n"
        parent.kill()
        # Its worker holds the same pipe: it ends only with both.
        assert parent.stdout.read() == b""


@pytest.mark.parametrize("form", ["--csv", "--json"])
def test_ctrl_c_keeps_what_was_done(
    program: Program, many: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def interrupted(
        workers: Workers, pairs: Sequence[PairFiles], stopped: Callable[[], bool]
    ) -> Iterator[PairResult]:
        for index, outcome in enumerate(batch.outcomes(workers, pairs, stopped)):
            if index == 2:
                signal.raise_signal(signal.SIGINT)
            yield outcome

    monkeypatch.setattr(scoring, "outcomes", interrupted)
    outcome = program("score", *many, form, "--jobs", "1")
    done = outcome.output.count(str(many[1]))
    everything = len(list(many[1].iterdir()))
    assert 3 <= done < everything
    assert outcome.status == 130
    assert f"Stopped by Ctrl+C after {done} of {everything} pairs" in outcome.complaint
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_the_bar_goes_to_standard_error_and_only_to_a_terminal(
    program: Program, many: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = program("score", *many, "--csv", "--jobs", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")  # what makes a terminal of a pipe
    next(many[0].iterdir()).write_bytes(b"no image")
    shown = program("score", *many, "--csv", "--jobs", "1")
    assert not plain.complaint
    assert "pairs/s" in shown.complaint
    assert "1 failed" in shown.complaint
    assert "\x1b" not in shown.output
