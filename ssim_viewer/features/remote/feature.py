"""The feature: a tick in the File menu, and the service that listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.features.feature import Command, Feature, Port, Service
from ssim_viewer.features.remote.state import ID, Listen, Listening, Remote
from ssim_viewer.remote.protocol import DEFAULT_NAME
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session


def _listens(session: Session) -> bool:
    state = session.features.get(ID)
    return isinstance(state, Remote) and bool(state.name)


class RemoteFeature(Feature[Remote]):
    """Other programs show images in the window."""

    id = ID
    initial = Remote()
    actions = (Listen, Listening)
    commands = (
        Command(
            "listen",
            tr("Let other programs sho&w images"),
            ("File",),
            lambda session: Listen("" if _listens(session) else DEFAULT_NAME),
            tr(
                "Listen on a local socket, so that ssim_viewer.show(reference, distorted) in "
                "Python shows a pair here."
            ),
            icon="lan-connect",
            checked=_listens,
        ),
    )

    def reduce(self, state: Remote, session: Session, action: object) -> Remote:
        """Return the state after an action; whether it listens is known from the service."""
        return Remote(action.name) if isinstance(action, Listening) else state

    def service(self, port: Port) -> Service:
        """Return what listens."""
        from ssim_viewer.features.remote.service import RemoteService  # noqa: PLC0415 - Qt

        return RemoteService(port)
