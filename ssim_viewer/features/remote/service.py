"""The socket: lines come in, images are read on a worker, and every line is answered."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ssim_viewer.features.remote.jobs import ReadImages
from ssim_viewer.features.remote.state import Listen, Listening
from ssim_viewer.jobs import Runner
from ssim_viewer.remote.protocol import (
    LONGEST_LINE,
    Message,
    MessageError,
    address,
    answer,
    parse_message,
)
from ssim_viewer.session.intents import ShowPair, Tell
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.features.feature import Port
    from ssim_viewer.images import Image
    from ssim_viewer.jobs.runner import JobResult
    from ssim_viewer.session.state import Session

MOST_CLIENTS = 16

ALIVE_WAIT = 200
"""Milliseconds in which another window that listens by a name takes a connection."""


class RemoteService(QObject):
    """Listens while it is asked to."""

    def __init__(self, port: Port) -> None:
        super().__init__(port.window)
        self._port = port
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connect)
        self._clients: dict[int, QLocalSocket] = {}
        self._count = 0
        self._waiting: deque[ReadImages] = deque()
        self._runner = Runner("remote", latest_wins=False, parent=self)
        self._runner.finished.connect(self._read)
        port.changed.connect(self._go_on)
        if port.window.preferences.listens:
            self._listen(port.window.preferences.listens)

    @property
    def idle(self) -> bool:
        """Whether every message is answered."""
        return not self._waiting and not self._runner.busy

    def acted(self, action: object) -> None:
        """Listen, or do so no more."""
        if isinstance(action, Listen):
            self._stop()
            self._listen(action.name) if action.name else self._port.want(Listening(""))

    def close(self) -> None:
        """Listen no more."""
        self._port.changed.disconnect(self._go_on)
        self._stop()
        self._runner.close()

    def _listen(self, name: str) -> None:
        try:
            where = address(name)
        except MessageError as error:
            self._refused(str(error))
            return
        if _somebody_listens(where):
            self._refused(
                tr("Another window listens as “{name}” already; choose another name.", name=name)
            )
            return
        QLocalServer.removeServer(where)  # a window that ended unexpectedly has left it
        if not self._server.listen(where):
            self._refused(
                tr(
                    "No socket could be made ({errorstring}).",
                    errorstring=self._server.errorString(),
                )
            )
            return
        self._port.want(Listening(name))
        text = tr(
            "Other programs can show images here: ssim_viewer.show(…), window “{name}”.", name=name
        )
        self._port.want(Tell(text))

    def _refused(self, text: str) -> None:
        self._port.want(Listening(""))
        self._port.want(Tell(text, is_error=True))

    def _stop(self) -> None:
        self._server.close()
        for client in list(self._clients.values()):
            client.disconnectFromServer()
        self._clients.clear()
        self._waiting.clear()

    @Slot()
    def _connect(self) -> None:
        while (client := self._server.nextPendingConnection()) is not None:
            self._count += 1
            number = self._count
            if len(self._clients) >= MOST_CLIENTS:
                client.write(answer(tr("Too many programs are connected; close one of them.")))
                client.disconnectFromServer()
                continue
            self._clients[number] = client
            client.readyRead.connect(lambda number=number: self._take(number))
            client.disconnected.connect(lambda number=number: self._leave(number))
            self._take(number)  # what has come with the connection

    def _leave(self, number: int) -> None:
        client = self._clients.pop(number, None)
        if client is not None:
            client.deleteLater()

    def _take(self, number: int) -> None:
        """Read the lines that are there; answer at once what makes no sense."""
        while (client := self._clients.get(number)) is not None and client.canReadLine():
            line = bytes(client.readLine(LONGEST_LINE).data())
            try:
                message = parse_message(line)
            except MessageError as error:
                self._answer(number, str(error))
            else:
                self._follow(message, number)
        if client is not None and client.bytesAvailable() >= LONGEST_LINE:
            self._answer(
                number, tr("The message is too long; send pixels through memory or a file.")
            )
            client.disconnectFromServer()

    def _follow(self, message: Message, number: int) -> None:
        if message.command == "close":
            self._answer(number)
            self._port.window.close()
            return
        self._waiting.append(ReadImages(message, number, self._port.session.look.profile))
        self._go_on(self._port.session)

    @Slot(object)
    def _go_on(self, session: Session) -> None:
        """Read the next images once those before them are on screen."""
        at_rest = not session.reading and session.opening is None
        if self._waiting and at_rest and not self._runner.busy:
            self._runner.submit(self._waiting.popleft())

    @Slot(object)
    def _read(self, outcome: JobResult) -> None:
        job = cast("ReadImages", outcome.request)
        if not outcome.problem and not outcome.cancelled:
            reference, images = cast("tuple[Image | None, tuple[Image, ...]]", outcome.result)
            self._port.want(ShowPair(reference, images))
        self._answer(job.number, outcome.problem)
        QTimer.singleShot(0, self, lambda: self._go_on(self._port.session))

    def _answer(self, number: int, problem: str = "") -> None:
        client = self._clients.get(number)
        if client is not None:
            client.write(answer(problem))
            client.flush()


def _somebody_listens(where: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(where)
    there = socket.waitForConnected(ALIVE_WAIT)
    socket.abort()
    return there
