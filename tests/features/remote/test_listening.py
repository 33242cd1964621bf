"""Other programs show images in the window through a local socket."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ssim_viewer
from ssim_viewer.remote import client
from ssim_viewer.remote.protocol import LONGEST_LINE, MessageError, address
from tests.app.conftest import Driver

NAME = "tests"


@pytest.fixture(autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    monkeypatch.setattr("ssim_viewer.features.remote.feature.DEFAULT_NAME", NAME)


@pytest.fixture
def listening(driver: Driver) -> Driver:
    driver.trigger("listen")
    driver.until(driver.window.actions_by_name["listen"].isChecked)
    return driver


class Program:
    """Another program, which talks to the window from a thread."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver

    def call(self, function: Callable[[], Any]) -> Any:
        """Return what a function of the other program returns, or raises."""
        found: list[Any] = []

        def run() -> None:
            try:
                found.append(function())
            except Exception as error:
                found.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        self.driver.until(lambda: not thread.is_alive())
        thread.join()
        self.driver.settle()
        if isinstance(found[0], Exception):
            raise found[0]
        return found[0]

    def say(self, line: bytes) -> dict[str, Any]:
        """Return the answer to a line."""

        def exchange() -> Any:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(address(NAME))
                connection.sendall(line)
                with connection.makefile("rb") as answers:
                    return json.loads(answers.readline())

        answer: dict[str, Any] = self.call(exchange)
        return answer

    def send(self, **message: Any) -> dict[str, Any]:
        return self.say(json.dumps(message).encode() + b"\n")


@pytest.fixture
def program(listening: Driver) -> Program:
    return Program(listening)


def images(driver: Driver) -> tuple[np.ndarray, np.ndarray]:
    pair = driver.session.document.pair
    assert pair is not None
    return pair.reference.pixels, pair.distorted.pixels


GREY = np.full((30, 40), 90, np.uint8)


def test_one_line_of_python_shows_a_pair(program: Program) -> None:
    program.call(lambda: ssim_viewer.show(GREY, GREY // 2, name="half", window=NAME))
    reference, distorted = images(program.driver)
    assert np.array_equal(reference, GREY)
    assert np.array_equal(distorted, GREY // 2)
    opened = program.driver.session.document.opened
    assert opened is not None
    assert opened.distorted.name == "half"
    assert not opened.candidates


def test_one_name_takes_its_own_place_and_another_stands_beside_it(program: Program) -> None:
    for name, value in (("a", 10), ("b", 20), ("a", 30)):
        image = np.full_like(GREY, value)
        program.call(lambda: ssim_viewer.show(GREY, image, name=name, window=NAME))  # noqa: B023
    opened = program.driver.session.document.opened
    assert opened is not None
    assert [each.name for each in opened.candidates] == ["b", "a"]
    assert opened.distorted.pixels[0, 0] == 30


def test_files_are_shown_by_their_paths(program: Program, photographs: tuple[Path, Path]) -> None:
    program.call(lambda: ssim_viewer.show(photographs[1], photographs[0], window=NAME))
    opened = program.driver.session.document.opened
    assert opened is not None
    assert opened.reference.path == photographs[1]


def test_an_update_through_shared_memory_keeps_the_reference(program: Program) -> None:
    before, _ = images(program.driver)
    memory = SharedMemory(create=True, size=before.size)
    try:
        np.ndarray(before.shape, np.uint8, buffer=memory.buf)[:] = 7
        told = {"shared_memory": memory.name, "shape": list(before.shape), "dtype": "uint8"}
        assert program.send(command="update", distorted=told, name="sevens") == {"ok": True}
    finally:
        memory.close()
        memory.unlink()
    reference, distorted = images(program.driver)
    assert reference is before
    assert (distorted == 7).all()


def test_an_update_can_be_undone(program: Program) -> None:
    before = program.driver.session.document
    program.call(lambda: ssim_viewer.show(GREY, GREY // 2, window=NAME))
    program.driver.trigger("undo")
    program.driver.settle()
    assert program.driver.session.document is before


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"nonsense\n", "A message is one JSON object a line; this is none."),
        (b"\xff\x00\xfe\n", "A message is one JSON object a line; this is none."),
        (b"[" * 100_000 + b"\n", "A message is one JSON object a line; this is none."),
        (b'{"command": "format"}\n', "is unknown; send one of open, update, close."),
        (b'{"command": ["open"]}\n', "is unknown; send one of open, update, close."),
        (b'{"command": "open"}\n', "“open” needs a reference."),
        (b'{"command": "update"}\n', "“update” needs a reference or a distorted image."),
        (b'{"command": "open", "reference": 5}\n', "An image is a path"),
        (b'{"command": "open", "reference": {"npy": 5}}\n', "“npy” is a text."),
        (b'{"command": "open", "reference": "/no/where.png"}\n', "“where.png” does not exist"),
        (b'{"command": "open", "reference": {"npy": "/no/a.npy"}}\n', "is no array"),
        (
            b'{"command": "open", "reference": {"shared_memory": "none", "shape": [4, 4]}}\n',
            "The shared memory “none” cannot be read",
        ),
        (
            b'{"command": "open", "reference": {"shared_memory": "x", "shape": [-4, 4]}}\n',
            "needs a “shape” of whole numbers",
        ),
    ],
)
def test_nonsense_is_answered_in_a_sentence_and_the_pair_stays(
    program: Program, line: bytes, sentence: str
) -> None:
    before = program.driver.session.document
    answer = program.say(line)
    assert answer["ok"] is False
    assert sentence in answer["error"]
    assert program.driver.session.document is before
    assert program.send(command="update", distorted={"npy": "/no/b.npy"})["ok"] is False


def test_a_message_without_end_is_refused(program: Program) -> None:
    answer = program.say(b"x" * LONGEST_LINE)
    assert "The message is too long" in answer["error"]
    assert program.send(command="nothing")["ok"] is False  # others are still answered


def test_two_clients_at_once_are_both_answered(program: Program) -> None:
    with socket.socket(socket.AF_UNIX) as idle:
        idle.connect(address(NAME))
        idle.sendall(b'{"command": "up')  # and goes on later
        program.call(lambda: ssim_viewer.show(GREY, GREY // 3, window=NAME))
        assert (images(program.driver)[1] == 30).all()
        idle.sendall(b'date", "distorted": "/no/c.png"}\n')

        def last() -> Any:
            with idle.makefile("rb") as answers:
                return json.loads(answers.readline())

        assert "“c.png” does not exist" in program.call(last)["error"]


def test_a_client_that_leaves_in_the_middle_changes_nothing(program: Program) -> None:
    before = program.driver.session.document
    with socket.socket(socket.AF_UNIX) as leaving:
        leaving.connect(address(NAME))
        leaving.sendall(b'{"command": "open", "refer')
    assert program.send(command="nothing")["ok"] is False
    assert program.driver.session.document is before


def test_the_window_does_not_listen_until_it_is_asked_to(driver: Driver) -> None:
    with pytest.raises(FileNotFoundError), socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address(NAME))
    driver.trigger("listen")
    assert Path(address(NAME)).exists()
    driver.trigger("listen")
    assert not Path(address(NAME)).exists()
    assert not driver.window.actions_by_name["listen"].isChecked()


def test_a_close_closes_the_window(program: Program) -> None:
    assert program.send(command="close") == {"ok": True}
    program.driver.until(lambda: not program.driver.window.isVisible())


def test_a_name_that_is_taken_gives_a_sentence(listening: Driver) -> None:
    from ssim_viewer.features.remote.service import RemoteService  # noqa: PLC0415
    from ssim_viewer.features.remote.state import Listen  # noqa: PLC0415

    service = listening.program.features["remote"].service
    assert isinstance(service, RemoteService)
    service._listen(NAME)
    assert "Another window listens as “tests” already" in listening.notice
    listening.program.features.answer(Listen("a b"))
    assert "“a b” is no name to listen by" in listening.notice


def test_where_no_window_can_be_started_the_line_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "START_SECONDS", 0.0)
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: None)
    with pytest.raises(ConnectionError, match="No window listens as “tests”"):
        ssim_viewer.show(GREY, window=NAME)


def test_a_refused_image_raises_its_sentence(program: Program) -> None:
    with pytest.raises(MessageError, match="has 4 dimensions"):
        program.call(lambda: ssim_viewer.show(np.zeros((2, 2, 2, 2), np.uint8), window=NAME))
