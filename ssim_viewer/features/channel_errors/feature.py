"""The feature: its row in the menus, and the errors that its window is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.channel_errors.jobs import missing_errors
from ssim_viewer.features.channel_errors.state import ID, ChannelErrors
from ssim_viewer.features.feature import (
    Answer,
    Area,
    Command,
    Feature,
    Job,
    OpenView,
    ViewClosed,
    ViewOpened,
    ViewSpec,
)
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from ssim_viewer.session.state import Session


class ChannelErrorsFeature(Feature[ChannelErrors]):
    """A table of MSE, PSNR and MAE of luma and of each channel, in a small window."""

    id = ID
    initial = ChannelErrors()
    commands = (
        Command(
            "open_channel_errors",
            tr("&Errors of each channel…"),
            ("Metric",),
            lambda _session: OpenView(ID),
            tr("MSE, PSNR and MAE of luma, red, green and blue beside those over all channels."),
            ("Ctrl+E",),
            enabled=lambda session: session.document.pair is not None,
        ),
    )

    def reduce(self, state: ChannelErrors, session: Session, action: object) -> ChannelErrors:
        """Return the state after the window was opened or closed."""
        match action:
            case ViewOpened():
                return replace(state, open=True, problem="")
            case ViewClosed():
                return replace(state, open=False)
        return state

    def jobs(self, session: Session) -> Mapping[Hashable, Job]:
        """Return the job for the images on screen."""
        job = None if self.state(session).problem else missing_errors(self.state(session), session)
        return {} if job is None else {"errors": job}

    def receive(
        self, state: ChannelErrors, session: Session, key: Hashable, answer: Answer
    ) -> ChannelErrors:
        """Return the state with the errors, or with why there are none."""
        if answer.problem:
            return replace(state, problem=answer.problem)
        return replace(state, found=answer.result, problem="")

    def view(self) -> ViewSpec:
        """Return how the window is made."""
        return ViewSpec(Area.WINDOW, tr("Errors of each channel"), _window)


def _window() -> Any:
    from ssim_viewer.features.channel_errors.view import ChannelErrorsWindow  # noqa: PLC0415

    return ChannelErrorsWindow()
