"""The feature: a tick in the File menu, and the service that looks at files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssim_viewer.features.feature import Command, Feature, Port, Service
from ssim_viewer.features.watching.state import ID, Follow, Watching
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session


def _is_on(session: Session) -> bool:
    state = session.features.get(ID)
    return isinstance(state, Watching) and state.on


class WatchingFeature(Feature[Watching]):
    """Files of the document that change on disk are read again."""

    id = ID
    initial = Watching()
    actions = (Follow,)
    commands = (
        Command(
            "follow_changes",
            tr("Follow chan&ges on disk"),
            ("File",),
            lambda session: Follow(not _is_on(session)),
            tr(
                "Read the images again when their files change, and tell of new ones in the folder."
            ),
            icon="folder-sync-outline",
            checked=_is_on,
        ),
    )

    def reduce(self, state: Watching, session: Session, action: object) -> Watching:
        """Return the state after an action."""
        return Watching(action.on) if isinstance(action, Follow) else state

    def service(self, port: Port) -> Service:
        """Return what looks at files."""
        from ssim_viewer.features.watching.service import WatchingService  # noqa: PLC0415 - Qt

        return WatchingService(port)
