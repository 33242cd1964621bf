"""What a person can want, as frozen data: views emit intents, they do not act.

Intents of `StateIntent` change the session by a pure transition, those of `ClimbIntent` go to a
feature. The others need a file or a worker, and the application carries them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from ssim_viewer.images import Alignment, Channel, GivenRange, Image, Mask, Profile
    from ssim_viewer.metrics import Quantity, Ssim
    from ssim_viewer.session.color_scale import ColorScale
    from ssim_viewer.session.comparison import Comparison, Mode
    from ssim_viewer.session.display import Display
    from ssim_viewer.session.family import MetricLayer
    from ssim_viewer.session.map_scale import MapScale
    from ssim_viewer.session.playback import Playback
    from ssim_viewer.session.pyramid import Pyramid
    from ssim_viewer.session.region import Region
    from ssim_viewer.session.state import Choice, Document, Experiment, Layout, Look, Role
    from ssim_viewer.session.tools import Tool


@dataclass(frozen=True, slots=True)
class ChooseQuantity:
    """Show a quantity, or a map of another metric, in a pane."""

    pane: int
    quantity: Quantity | MetricLayer


@dataclass(frozen=True, slots=True)
class ActivatePane:
    """Make a pane the one that number keys speak to."""

    pane: int


@dataclass(frozen=True, slots=True)
class BlinkPane:
    """Switch a pane between what it shows and the reference (the distorted image, if it is that).

    The second one brings back what was there.
    """

    pane: int


@dataclass(frozen=True, slots=True)
class ScaleMap:
    """Give a quantity other colours, in every pane that shows it."""

    content: Quantity | MetricLayer
    scale: MapScale


@dataclass(frozen=True, slots=True)
class ChooseLayout:
    """Show another number of panes."""

    layout: Layout


@dataclass(frozen=True, slots=True)
class ArrangePanes:
    """Show as many panes as a workspace has, and in them what it has; undo leaves that alone.

    Attributes
    ----------
    panes
        What all nine show, row by row; () leaves them as they are.
    """

    layout: Layout
    panes: tuple[Quantity | MetricLayer, ...] = ()


@dataclass(frozen=True, slots=True)
class FocusPane:
    """Show one pane alone; once more brings the layout back."""

    pane: int


@dataclass(frozen=True, slots=True)
class ShowBeside:
    """Show the reference and the distorted image in the first two panes of a layout, alone."""

    layout: Layout


@dataclass(frozen=True, slots=True)
class SetWipe:
    """Put the divider at a fraction of the width, or of the height, or take it away."""

    position: float | None


@dataclass(frozen=True, slots=True)
class Compare:
    """See the reference in all panes in another way, or with other settings."""

    comparison: Comparison


@dataclass(frozen=True, slots=True)
class CompareInPane:
    """Give a pane a mode of its own; None makes it follow that of all panes again."""

    pane: int
    mode: Mode | None


@dataclass(frozen=True, slots=True)
class PutAnchor:
    """Put a pin at a position of what a pane shows: the reference or the distorted image."""

    pane: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ClearAnchors:
    """Take the pins away: both images are shown where they are."""


@dataclass(frozen=True, slots=True)
class ShowPixelValues:
    """Draw numbers on pixels at high zoom, or do not."""

    shown: bool


@dataclass(frozen=True, slots=True)
class ShowPixelGrid:
    """Draw lines between pixels at high zoom, or do not."""

    shown: bool


@dataclass(frozen=True, slots=True)
class SelectRegion:
    """Select a region of interest, or take it away."""

    region: Region | None


@dataclass(frozen=True, slots=True)
class PointAt:
    """The mouse is over a pixel (x, y), or over none."""

    pixel: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class TakeTool:
    """Let a tool of a feature take the left drag in panes; None lets it pan again."""

    tool: Tool | None


@dataclass(frozen=True, slots=True)
class ResetLook:
    """Bring back the panes and the layout of the first start."""


@dataclass(frozen=True, slots=True)
class ChangeMetric:
    """Measure by other settings."""

    metric: Ssim


@dataclass(frozen=True, slots=True)
class ChangeMetricSettings:
    """Measure by these settings of a metric beside SSIM, all others of it as usual."""

    name: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChooseDriver:
    """Climb by another metric, and show its map and gradient where those of the old one stand."""

    name: str


@dataclass(frozen=True, slots=True)
class ShowMetrics:
    """Show the scores of these metrics beside those of SSIM."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeExperiment:
    """Climb by other settings."""

    experiment: Experiment


@dataclass(frozen=True, slots=True)
class ChangePlayback:
    """Play a climb at another speed, up to another step, or on when nothing visible changes."""

    playback: Playback


@dataclass(frozen=True, slots=True)
class ChooseBranch:
    """Go back to a branch that was left, by its place among them."""

    place: int


@dataclass(frozen=True, slots=True)
class ScrubTo:
    """Show a step of the history."""

    index: int


@dataclass(frozen=True, slots=True)
class ResetRun:
    """Go back to the start of the climb."""


@dataclass(frozen=True, slots=True)
class SwapImages:
    """Make the distorted image the reference and the reference the distorted one."""


@dataclass(frozen=True, slots=True, eq=False)
class ShowImage:
    """Make pixels the distorted image: (H, W) or (H, W, 3), in the units of the reference."""

    pixels: NDArray[np.generic]
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class ReplaceDistorted:
    """Put an image of the size and the unit of the pair in place of the distorted one.

    Attributes
    ----------
    picture
        The image in 8 bits, so that it is shown before anything is measured.
    reference
        The pixels of the reference that it was made for; with another one it comes too late.
    gesture
        Images of one gesture are taken back together.
    """

    image: Image
    picture: Pyramid
    reference: NDArray[np.generic]
    gesture: str = ""


@dataclass(frozen=True, slots=True)
class ChooseAlignment:
    """Bring two images of different sizes, or of one that is moved, to one; None does nothing."""

    alignment: Alignment | None


@dataclass(frozen=True, slots=True)
class ChooseCandidate:
    """Show another one of the distorted images that were opened with the reference."""

    index: int


@dataclass(frozen=True, slots=True)
class ChangeDisplay:
    """Show the images brighter, darker or in another range; the metric's stays."""

    display: Display


@dataclass(frozen=True, slots=True)
class ChooseBackground:
    """Lay transparent images over a grey, a fraction of white, or choose automatically."""

    background: float | None


@dataclass(frozen=True, slots=True)
class ChooseProfile:
    """From the next reading on, convert colours with an ICC profile to sRGB, or keep them."""

    profile: Profile


@dataclass(frozen=True, slots=True)
class ChooseMask:
    """Restrict every score to the pixels that a mask names; None counts all."""

    mask: Mask | None


@dataclass(frozen=True, slots=True)
class ChooseChannel:
    """Measure one channel of colour images, a luma, or all channels."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class OpenMask:
    """Read a mask from an image file."""

    path: Path


@dataclass(frozen=True, slots=True)
class ChooseRange:
    """Say what the data range of the images is: nothing is guessed any more."""

    given: GivenRange


@dataclass(frozen=True, slots=True, eq=False)
class ReplaceSession:
    """Put a whole document on screen, as it was looked at.

    Attributes
    ----------
    notes
        What a person should know of it, or "".
    """

    document: Document
    look: Look
    playback: Playback
    notes: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RefreshImages:
    """Put images that were read again in the places of those before; each pair is old and new."""

    images: tuple[tuple[Image, Image], ...]


@dataclass(frozen=True, slots=True, eq=False)
class ShowPair:
    """Show images that another program sent.

    Attributes
    ----------
    reference
        None keeps the one that is there.
    distorted
        Each takes the place of the one of the same name, else it stands beside the others.
    """

    reference: Image | None
    distorted: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class DismissNotice:
    """Take the notice away."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Show a sentence, such as why something cannot be done now, and what can be done instead."""

    text: str
    choices: tuple[Choice, ...] = ()
    is_error: bool = False


StateIntent = (
    ChooseQuantity
    | ActivatePane
    | BlinkPane
    | ScaleMap
    | ChooseLayout
    | FocusPane
    | ShowBeside
    | ArrangePanes
    | SetWipe
    | Compare
    | CompareInPane
    | PutAnchor
    | ClearAnchors
    | ShowPixelValues
    | ShowPixelGrid
    | SelectRegion
    | PointAt
    | TakeTool
    | ResetLook
    | ChangeMetric
    | ChangeMetricSettings
    | ShowMetrics
    | ChangePlayback
    | SwapImages
    | ShowImage
    | ReplaceDistorted
    | ChooseAlignment
    | ChooseCandidate
    | ChooseRange
    | ChooseMask
    | ChooseChannel
    | ChooseProfile
    | ChooseBackground
    | ChangeDisplay
    | ReplaceSession
    | RefreshImages
    | ShowPair
    | DismissNotice
    | Tell
)


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Read an image file into the pair; a damaged one as far as it goes, if asked for."""

    role: Role
    path: Path
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class OpenFiles:
    """Read several image files: the reference first, then the images that it is compared with."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True, eq=False)
class OpenImages:
    """Open images that are there already: the reference, and those that it is compared with."""

    reference: Image
    distorted: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class OpenSample:
    """Open a sample by name: a reference alone, or a distorted one with its reference."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class PasteImage:
    """Take an image from the clipboard: (H, W, 3 or 4) uint8 RGB(A), or None if there is none."""

    role: Role
    pixels: NDArray[np.uint8] | None


@dataclass(frozen=True, slots=True)
class Reload:
    """Read both files again."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last change of the document back."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Make the change again that was taken back."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop what is being read or computed; what is on screen stays."""


@dataclass(frozen=True, slots=True)
class Play:
    """Climb until paused or converged, or so many steps."""

    count: int | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the climb where it is."""


@dataclass(frozen=True, slots=True)
class StepOnce:
    """Make one step of the climb."""


@dataclass(frozen=True, slots=True)
class SaveDistorted:
    """Write the distorted image on screen: 8-bit PNG or float32 TIFF, by suffix."""

    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class ExportPane:
    """Write what a pane shows at native resolution, as PNG in its colours.

    Attributes
    ----------
    scale
        How values become colours; None for the two pictures, which have their own.
    """

    quantity: Quantity | MetricLayer
    path: Path
    scale: ColorScale | None = None


@dataclass(frozen=True, slots=True)
class ExportPicture:
    """Write an encoded picture, such as a pane as shown with its colour bar."""

    data: bytes
    path: Path


@dataclass(frozen=True, slots=True)
class ExportMap:
    """Write the values of a quantity as float32 TIFF or NPY, by suffix."""

    quantity: Quantity | MetricLayer
    path: Path


@dataclass(frozen=True, slots=True)
class ExportScores:
    """Write the scores as CSV or JSON, by suffix."""

    path: Path


@dataclass(frozen=True, slots=True)
class ExportTrace:
    """Write the run as CSV, a row a step."""

    path: Path


OpeningIntent = OpenFile | OpenFiles | OpenImages | OpenSample | PasteImage | Reload | OpenMask
"""What takes an image from elsewhere."""

WritingIntent = SaveDistorted | ExportPane | ExportPicture | ExportMap | ExportScores | ExportTrace
"""What writes a file."""

HistoryIntent = Undo | Redo | Cancel
"""What takes a change back, or stops work."""

ProgramIntent = StateIntent | OpeningIntent | WritingIntent | HistoryIntent
"""What the program carries out by itself."""

ClimbIntent = (
    Play | Pause | StepOnce | ScrubTo | ResetRun | ChooseBranch | ChangeExperiment | ChooseDriver
)
"""What a feature carries out: the climb, or the window of an experiment that emits it."""

Intent = ProgramIntent | ClimbIntent
"""What a person can want in the main window."""
