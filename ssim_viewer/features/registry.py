"""All features: the built-in ones, and those that other packages bring.

A package brings a feature through an entry point of the group "ssim_viewer.features":

    [project.entry-points."ssim_viewer.features"]
    my-feature = "my_package:MyFeature"

It names a `Feature`, or a class or function that makes one. A feature that fails to load is left
out and named in `broken_features`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from ssim_viewer.features.candidates import CandidatesFeature
from ssim_viewer.features.channel_errors import ChannelErrorsFeature
from ssim_viewer.features.climb import ClimbFeature
from ssim_viewer.features.conventions import ConventionsFeature
from ssim_viewer.features.descent_faults import DescentFaults
from ssim_viewer.features.distortion_lab import DistortionLab
from ssim_viewer.features.distributions import Distributions
from ssim_viewer.features.equal_mse_gallery import GalleryFeature
from ssim_viewer.features.feature import Feature
from ssim_viewer.features.folder_pairs import FolderPairsFeature
from ssim_viewer.features.gradient_parts import GradientParts
from ssim_viewer.features.implementation_mistakes import ImplementationMistakes
from ssim_viewer.features.lessons import LessonsFeature
from ssim_viewer.features.maximum_differentiation import MaximumDifferentiation
from ssim_viewer.features.preference_study import PreferenceStudy
from ssim_viewer.features.reconstruction_race import ReconstructionRace
from ssim_viewer.features.recording import RecordingFeature
from ssim_viewer.features.registration import Registration
from ssim_viewer.features.remote import RemoteFeature
from ssim_viewer.features.robustness import RobustnessFeature
from ssim_viewer.features.scenes import ScenesFeature
from ssim_viewer.features.sessions import SessionsFeature
from ssim_viewer.features.sweep import SweepFeature
from ssim_viewer.features.training_lab import TrainingLab
from ssim_viewer.features.two_runs import TwoRuns
from ssim_viewer.features.watching import WatchingFeature
from ssim_viewer.features.window_inspector import WindowInspector
from ssim_viewer.features.workspaces import WorkspacesFeature
from ssim_viewer.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.metadata import EntryPoint

GROUP = "ssim_viewer.features"

BUILT_IN: tuple[type[Feature[Any]], ...] = (
    ClimbFeature,
    MaximumDifferentiation,
    ReconstructionRace,
    CandidatesFeature,
    ChannelErrorsFeature,
    ConventionsFeature,
    DescentFaults,
    DistortionLab,
    Distributions,
    FolderPairsFeature,
    GalleryFeature,
    GradientParts,
    ImplementationMistakes,
    LessonsFeature,
    RecordingFeature,
    Registration,
    RemoteFeature,
    PreferenceStudy,
    RobustnessFeature,
    ScenesFeature,
    SessionsFeature,
    TrainingLab,
    TwoRuns,
    WatchingFeature,
    SweepFeature,
    WindowInspector,
    WorkspacesFeature,
)


@dataclass(frozen=True, slots=True)
class _Found:
    features: tuple[Feature[Any], ...]
    broken: Mapping[str, str]


def features() -> tuple[Feature[Any], ...]:
    """Return every feature, the built-in ones first."""
    return find_features().features


def broken_features() -> Mapping[str, str]:
    """Return a sentence for every feature that was left out, by the name of its entry point."""
    return find_features().broken


@cache
def find_features() -> _Found:
    """Return what is installed; the answer is kept."""
    found: dict[str, Feature[Any]] = {feature.id: feature() for feature in BUILT_IN}
    broken: dict[str, str] = {}
    for point in entry_points(group=GROUP):
        try:
            feature = _loaded(point)
            if feature.id in found:
                raise ValueError(tr("there is a feature “{id}” already", id=feature.id))  # noqa: TRY301
        except Exception as error:  # a package of somebody else may raise anything
            broken[point.name] = tr(
                "The feature “{name}” could not be loaded: {error}.", name=point.name, error=error
            )
        else:
            found[feature.id] = feature
    return _Found(tuple(found.values()), broken)


def _loaded(point: EntryPoint) -> Feature[Any]:
    made = point.load()
    feature = made if isinstance(made, Feature) else made()
    if not isinstance(feature, Feature):
        raise TypeError(tr("it is a {name}, not a Feature", name=type(feature).__name__))
    return feature
