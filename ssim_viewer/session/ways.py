"""The settings of looking and playing that undo brings back, and which intents change them.

What is passing is left alone: the active pane, a blinked pane, how images are compared, zoom,
values on pixels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssim_viewer.images.recipe import FileRecipe
from ssim_viewer.session import intents
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from ssim_viewer.session.playback import Playback
    from ssim_viewer.session.state import Document, Look, Session

UNDO_NAMES: dict[type, str] = {
    intents.ChangeMetric: tr("metric"),
    intents.ChangeMetricSettings: tr("settings of a metric"),
    intents.ReplaceDistorted: tr("distortion"),
    intents.ReplaceSession: tr("opening of a session"),
    intents.ChooseCandidate: tr("choice of image"),
    intents.ChooseQuantity: tr("choice of map"),
    intents.ChooseLayout: tr("layout"),
    intents.ShowBeside: tr("layout"),
    intents.ScaleMap: tr("colours"),
    intents.SelectRegion: tr("region"),
    intents.ShowMetrics: tr("choice of scores"),
    intents.ChangeDisplay: tr("display"),
    intents.ChangePlayback: tr("playback"),
    intents.ResetLook: tr("reset of the window"),
}
"""What stands behind Undo, by the type of the intent."""

ALONE = (
    intents.ChooseCandidate,
    intents.ChooseQuantity,
    intents.ChooseLayout,
    intents.ShowBeside,
    intents.SelectRegion,
    intents.ShowMetrics,
    intents.ResetLook,
)
"""Intents that are whole gestures: each is undone by itself."""


def gesture_of(intent: object) -> str:
    """Return what changes of one gesture have in common, where that is not their name."""
    match intent:
        case intents.ReplaceDistorted():
            return intent.gesture
        case intents.ScaleMap(content):
            return f"colours of {content}"
    return ""


@dataclass(frozen=True, slots=True)
class Way:
    """How a session is looked at and played."""

    look: Look
    playback: Playback

    @classmethod
    def of(cls, session: Session) -> Way:
        """Return that of a session."""
        return cls(session.look, session.playback)

    def same_settings(self, other: Way) -> bool:
        """Whether nothing differs that undo would bring back."""
        return self.playback == other.playback and self.over(other.look) == other.look

    def over(self, look: Look) -> Look:
        """Return a look with the settings of this one, and what is passing as it was."""
        own = self.look
        after = replace(
            look,
            layout=own.layout,
            before_focus=own.before_focus,
            metrics=own.metrics,
            region=own.region,
            display=own.display,
            scales=own.scales,
        )
        if own.kept_panes == look.kept_panes:
            return after
        return replace(after, panes=own.kept_panes, blinked=(None,) * len(own.panes))


def of_document(look: Look, document: Document) -> Look:
    """Return a look that says how the images of a document became a pair."""
    opened = document.opened
    if opened is None:
        return look
    recipes = (opened.reference.recipe, opened.distorted.recipe)
    profile = next((r.profile for r in recipes if isinstance(r, FileRecipe)), look.profile)
    return replace(look, background=opened.background, profile=profile, channel=opened.channel)
