"""The feature: a row for each workspace, and those that name, reset and remove one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.feature import Command, Feature, Port, Service
from ssim_viewer.features.workspaces import actions
from ssim_viewer.features.workspaces.state import (
    BUILT_IN,
    EXPERIMENT,
    ID,
    Workspace,
    Workspaces,
    as_plain,
    from_plain,
    workspaces_of,
)
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.state import Session

MENU = ("View", tr("Workspace"))


def _is_current(session: Session, name: str) -> bool:
    return workspaces_of(session).current == name


def _choose(_session: Session, name: str) -> actions.ChooseWorkspace:
    return actions.ChooseWorkspace(name)


def _command(workspace: Workspace) -> Command:
    return Command(
        f"workspace_{workspace.id}",
        {"compare": tr("&Compare"), "explain": tr("&Explain"), "experiment": tr("E&xperiment")}[
            workspace.id
        ],
        MENU,
        partial(_choose, name=workspace.id),
        workspace.tip,
        (workspace.keys,),
        checked=partial(_is_current, name=workspace.id),
    )


class WorkspacesFeature(Feature[Workspaces]):
    """Arrangements of the window that follow the work; file, zoom and region stay."""

    id = ID
    initial = Workspaces()
    actions = actions.ACTIONS
    commands = (
        *map(_command, BUILT_IN.values()),
        Command(
            "save_workspace",
            tr("&Save as…"),
            MENU,
            lambda _session: actions.AskWorkspaceName(),
            tr(
                "Keep docks, panes and what they show, as they are now, as a workspace of your own."
            ),
        ),
        Command(
            "reset_workspace",
            tr("&Reset"),
            MENU,
            lambda _session: actions.ResetWorkspace(),
            tr("Bring docks and panes of this workspace, and what they show, back to the first."),
            enabled=lambda session: workspaces_of(session).current in BUILT_IN,
        ),
        Command(
            "remove_workspace",
            tr("Re&move"),
            MENU,
            lambda _session: actions.RemoveWorkspace(),
            tr("Take this workspace of your own away."),
            enabled=lambda session: workspaces_of(session).current not in BUILT_IN,
        ),
    )

    def reduce(self, state: Workspaces, session: Session, action: object) -> Workspaces:  # noqa: PLR0911 - an action a case
        """Return the state after an action."""
        match action:
            case actions.EnterWorkspace(name) if name in BUILT_IN or name in state.arrangements:
                return replace(state, current=name, wanted=object())
            case actions.KeepArrangement(arrangement, view):
                return replace(state.with_arrangement(state.current, arrangement), view=view)
            case actions.AddWorkspace(name):
                added = state.with_arrangement(name, state.arrangement)
                return replace(added, current=name)
            case actions.ResetWorkspace():
                return state.without(state.current)
            case actions.RemoveWorkspace() if state.current not in BUILT_IN:
                return state.without(state.current)
            case actions.ResetAllWorkspaces():
                own = {name: state.arrangements[name] for name in state.own}
                return Workspaces(EXPERIMENT.id, MappingProxyType(own), wanted=object())
            case actions.KnowWorkspaces(known):
                return known
        return state

    def saved(self, state: Workspaces) -> object:
        """Return how the window is arranged, and where the panes look."""
        return as_plain(state)

    def restored(self, state: Workspaces, saved: Any) -> Workspaces:
        """Return the arrangement of a session file; own workspaces that are not in it stay."""
        found = from_plain(saved)
        kept = {name: state.arrangements[name] for name in state.own} | dict(found.arrangements)
        return replace(found, arrangements=MappingProxyType(kept))

    def service(self, port: Port) -> Service:
        """Return what arranges the window."""
        from ssim_viewer.features.workspaces.service import WorkspacesService  # noqa: PLC0415 - Qt

        return WorkspacesService(port)
