"""Recording a climb, a sweep, a lesson or any other film of a feature as a moving picture."""

from ssim_viewer.features.recording.feature import RecordingFeature

__all__ = ["RecordingFeature"]
