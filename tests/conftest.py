"""What every test stands on: no display, settings of its own, and no thread left behind."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from ssim_viewer.jobs.runner import Runner
from ssim_viewer.metrics import warm_up
from ssim_viewer.metrics.adapters import entries as adapters

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
adapters.ADAPTERS = ()  # what other programs a machine has must not matter to what is tested


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the kernels once, before processes beside each other would all do it."""
    if getattr(session.config.option, "numprocesses", None):
        warm_up()


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the person's own settings out of the tests."""
    folder = tmp_path_factory.mktemp("settings")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_worker_left_behind() -> Iterator[None]:
    """Fail a test that leaves a worker running."""
    yield
    left = [runner.objectName() for runner in Runner.running()]
    for runner in Runner.running():
        runner.close()
    assert not left, f"workers left running: {left}"
