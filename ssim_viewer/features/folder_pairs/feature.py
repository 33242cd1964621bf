"""The feature: its rows, what its actions do, and which pair is opened."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.feature import (
    Answer,
    Area,
    Command,
    Feature,
    InTurn,
    Job,
    OpenView,
    Port,
    Service,
    ViewSpec,
)
from ssim_viewer.features.folder_pairs import actions
from ssim_viewer.features.folder_pairs.jobs import PairJob
from ssim_viewer.features.folder_pairs.opening import pair_after, pair_at
from ssim_viewer.features.folder_pairs.state import ID, FolderPairs, folder_pairs_of
from ssim_viewer.session.intents import Tell
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.session.state import Session

MENU = ("View", tr("Folder pairs"))


def _has_pairs(session: Session) -> bool:
    return folder_pairs_of(session).found is not None


class FolderPairsFeature(Feature[FolderPairs]):
    """The pairs of two folders, in a dock at the left."""

    id = ID
    initial = FolderPairs()
    actions = actions.ACTIONS
    commands = (
        Command(
            "open_folder_pairs",
            tr("Open &two folders…"),
            MENU,
            lambda _session: actions.AskFolders(),
            tr("Pair the images of two folders by name, and open the first pair."),
            ("Ctrl+Shift+F",),
            "folder-multiple-outline",
        ),
        Command(
            "next_pair",
            tr("&Next pair"),
            MENU,
            partial(pair_after, by=1),
            tr("Open the next pair of the two folders; zoom stays where sizes are the same."),
            ("Ctrl+PgDown",),
            enabled=_has_pairs,
        ),
        Command(
            "previous_pair",
            tr("&Previous pair"),
            MENU,
            partial(pair_after, by=-1),
            tr("Open the pair before."),
            ("Ctrl+PgUp",),
            enabled=_has_pairs,
        ),
        Command(
            "show_folder_pairs",
            tr("&Folder pairs"),
            ("View", tr("Docks")),
            lambda _session: OpenView(ID),
            tr("List the pairs of two folders, and the images without a partner."),
        ),
    )

    def reduce(self, state: FolderPairs, session: Session, action: object) -> FolderPairs:
        """Return the state after an action."""
        match action:
            case actions.PairFolders(reference, distorted):
                return FolderPairs((reference, distorted))
            case actions.GoToPair(index):
                return replace(state, current=index)
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the pairing of folders that were not looked through yet."""
        state = folder_pairs_of(session)
        if state.folders is None or state.found is not None or state.problem:
            return MappingProxyType({})
        return {"pairs": PairJob(*state.folders)}

    def receive(
        self, state: FolderPairs, session: Session, key: Hashable, answer: Answer
    ) -> FolderPairs:
        """Return the state with the pairs."""
        return replace(state, found=answer.result, problem=answer.problem)

    def intent_after(self, session: Session, key: Hashable, answer: Answer) -> object | None:
        """Open the first pair beside the list, or say why there is none."""
        if answer.problem:
            return Tell(answer.problem)
        return InTurn((OpenView(ID), pair_at(session, 0)))

    def service(self, port: Port) -> Service:
        """Return what asks for folders."""
        from ssim_viewer.features.folder_pairs.service import FolderPairsService  # noqa: PLC0415

        return FolderPairsService(port)

    def view(self) -> ViewSpec:
        """Return how the dock is made."""
        return ViewSpec(Area.LEFT_DOCK, tr("Folder pairs"), _panel)


def _panel() -> Any:
    from ssim_viewer.features.folder_pairs.view import FolderPairsPanel  # noqa: PLC0415

    return FolderPairsPanel()
