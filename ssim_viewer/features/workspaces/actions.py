"""What a person can want of workspaces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssim_viewer.features.workspaces.state import Arrangement, View, Workspaces


@dataclass(frozen=True, slots=True)
class ChooseWorkspace:
    """Keep how the window looks, and arrange it as another workspace has it."""

    name: str


@dataclass(frozen=True, slots=True)
class EnterWorkspace:
    """Arrange the window as a workspace has it."""

    name: str


@dataclass(frozen=True, slots=True)
class KeepArrangement:
    """Keep how the window looks in the workspace in use, and where the panes look."""

    arrangement: Arrangement
    view: View | None


@dataclass(frozen=True, slots=True)
class AskWorkspaceName:
    """Ask for the name of a new workspace."""


@dataclass(frozen=True, slots=True)
class AddWorkspace:
    """Keep how the window looks as a workspace of its own."""

    name: str


@dataclass(frozen=True, slots=True)
class ResetWorkspace:
    """Arrange the workspace in use as at first."""


@dataclass(frozen=True, slots=True)
class RemoveWorkspace:
    """Take away the workspace in use, which a person has made."""


@dataclass(frozen=True, slots=True)
class ResetAllWorkspaces:
    """Arrange all as at first; own ones stay."""


@dataclass(frozen=True, slots=True)
class KnowWorkspaces:
    """Take what was kept from the last start."""

    state: Workspaces


ACTIONS = (
    ChooseWorkspace,
    EnterWorkspace,
    KeepArrangement,
    AskWorkspaceName,
    AddWorkspace,
    ResetWorkspace,
    RemoveWorkspace,
    ResetAllWorkspaces,
    KnowWorkspaces,
)
