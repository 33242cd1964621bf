"""``ssim-viewer score --dask``: the same scores from a running Dask cluster."""

from __future__ import annotations

import sys
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest

from ssim_viewer.cli import batch, scoring
from ssim_viewer.cli.cluster import Cluster
from ssim_viewer.cli.errors import CommandError
from tests.cli.test_batch import SETTINGS
from tests.cli.test_refusals import assert_refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ssim_viewer.cli.executors import Workers
    from ssim_viewer.cli.scorer import PairFiles, PairResult
    from tests.cli.conftest import Program


@contextmanager
def cluster(workers: int) -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=workers, threads_per_worker=2, dashboard_address="127.0.0.1:0", host="127.0.0.1"
    ) as running:
        yield running


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with cluster(1) as running:
        yield running.scheduler_address


def test_a_cluster_gives_the_same_rows_and_the_same_complaints(
    program: Program, many: tuple[Path, Path], address: str
) -> None:
    (many[1] / "04.png").write_bytes(b"no image")
    here = program("score", *many, "--csv", "--jobs", "1")
    there = program("score", *many, "--csv", "--dask", address)
    assert there == here
    assert there.status == 1


def test_relative_paths_are_the_person_s_not_the_workers(
    program: Program,
    many: tuple[Path, Path],
    address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(many[0].parent)
    words = ["references", "distorted", "--maps", "maps", "--output", "scores.csv"]
    outcome = program("score", *words, "--dask", address)
    assert (outcome.status, outcome.complaint) == (0, "")
    assert "references/00.png,distorted/00.png,24,20," in (many[0].parent / "scores.csv").read_text(
        encoding="utf-8"
    )
    assert len(list((many[0].parent / "maps").iterdir())) == 80


def submit_for_ever(workers: Cluster) -> None:
    while True:
        with suppress(CancelledError, TimeoutError):  # a future of a lost client may never end
            workers.submit([]).result(timeout=1)


def test_a_cluster_takes_on_no_more_once_it_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssim_viewer.cli.cluster._PATIENCE", 1)
    with cluster(1) as running, Cluster(SETTINGS, running.scheduler_address) as workers:
        future = workers.submit([])
        assert future.result().outcomes == []
        running.close()
        with pytest.raises(CommandError, match="was lost"):
            submit_for_ever(workers)


def test_a_cluster_without_workers_is_refused(program: Program, grey: tuple[Path, Path]) -> None:
    with cluster(0) as running:
        outcome = program("score", *grey, "--dask", running.scheduler_address)
    assert_refused(outcome, "has no workers")


def test_a_lost_connection_is_told_and_the_rows_that_came_are_kept(
    program: Program,
    many: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ssim_viewer.cli.cluster._PATIENCE", 1)
    path = tmp_path / "scores.csv"
    with cluster(1) as running:

        def bereaved(
            workers: Workers, pairs: Sequence[PairFiles], stopped: Callable[[], bool]
        ) -> Iterator[PairResult]:
            for outcome in batch.outcomes(workers, pairs, stopped):
                yield outcome
                running.close()

        monkeypatch.setattr(scoring, "outcomes", bereaved)
        words = ("--output", path, "--dask", running.scheduler_address)
        assert_refused(program("score", *many, *words), "connection", "was lost")
    assert path.read_bytes().count(b"\n") >= 2


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "foo://x", "localhost", ""])
def test_an_address_where_no_cluster_answers_is_refused(
    program: Program,
    grey: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("ssim_viewer.cli.cluster._PATIENCE", 0.1)
    path = tmp_path / "scores.csv"
    path.write_text("mine\n")
    words = ("--output", path, "--force", "--dask", address)
    assert_refused(program("score", *grey, *words), "No Dask cluster answers")
    assert path.read_text() == "mine\n"


def test_without_the_package_the_extra_is_named(
    program: Program, grey: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert_refused(program("score", *grey, "--dask", "localhost:1"), "ssim-viewer[dask]")
