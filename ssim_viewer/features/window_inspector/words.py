"""A window in words: its statistics, and the formulas with the numbers put in, as HTML."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ssim_viewer.metrics.borders import BORDER_WORDS
from ssim_viewer.ui.text import tr

if TYPE_CHECKING:
    from ssim_viewer.features.window_inspector.inspection import Inspection
    from ssim_viewer.metrics.ms_ssim.scale_inspection import InspectedScale
    from ssim_viewer.metrics.ssim.window_inspection import InspectedWindow

MU_X, MU_Y = "μ<sub>x</sub>", "μ<sub>y</sub>"
SIGMA_X, SIGMA_Y, SIGMA_XY = "σ<sub>x</sub>", "σ<sub>y</sub>", "σ<sub>xy</sub>"

_CELL = '<td align="right" style="padding-left: 8px">{}</td>'


def statistics_html(inspection: Inspection) -> str:
    """Return a table with one row a plane: means, deviations, covariance."""
    digits = _digits(inspection)
    rows = [
        _row(
            window.plane,
            *(
                number(each, digits)
                for each in (window.mu_x, window.mu_y, window.sigma_x, window.sigma_y, window.s_xy)
            ),
        )
        for window in inspection.windows
    ]
    return _table(_row("", MU_X, MU_Y, SIGMA_X, SIGMA_Y, SIGMA_XY), *rows)


def factors_html(inspection: Inspection) -> str:
    """Return a table of l, c, s and SSIM, one row a plane, and their mean where there are more."""
    names = ("luminance", "contrast", "structure", "ssim")
    rows = [
        _row(window.plane, *(number(getattr(window, name), 6) for name in names))
        for window in inspection.windows
    ]
    if len(rows) > 1:
        rows.append(
            _row("<b>" + tr("mean") + "</b>", *(number(inspection.mean(name), 6) for name in names))
        )
    return _table(_row("", "l", "c", "s", "SSIM"), *rows)


def formulas_html(inspection: Inspection) -> str:
    """Return the formulas of l, c, s and SSIM with the numbers of the shown plane put in."""
    w, n = inspection.window, _digits(inspection)
    of = w.similarity
    mu_x, mu_y, s_xx, s_yy, s_xy = (
        number(each, n) for each in (w.mu_x, w.mu_y, w.s_xx, w.s_yy, w.s_xy)
    )
    s_x, s_y = number(w.sigma_x, n), number(w.sigma_y, n)
    C1, C2, C3 = (number(each, n) for each in (of.C1, of.C2, of.C2 / 2))
    lines = [
        (
            f"l = (2 {MU_X} {MU_Y} + C<sub>1</sub>) / ({MU_X}² + {MU_Y}² + C<sub>1</sub>)",
            f"(2 · {mu_x} · {mu_y} + {C1}) / ({mu_x}² + {mu_y}² + {C1})",
            w.luminance,
        ),
        (
            f"c = (2 {SIGMA_X} {SIGMA_Y} + C<sub>2</sub>) / "
            f"({SIGMA_X}² + {SIGMA_Y}² + C<sub>2</sub>)",
            f"(2 · {s_x} · {s_y} + {C2}) / ({s_xx} + {s_yy} + {C2})",
            w.contrast,
        ),
        (
            f"s = ({SIGMA_XY} + C<sub>3</sub>) / ({SIGMA_X} {SIGMA_Y} + C<sub>3</sub>)",
            f"({s_xy} + {C3}) / ({s_x} · {s_y} + {C3})",
            w.structure,
        ),
        (_product("l", "c", "s", of_exponents=(of.alpha, of.beta, of.gamma)), _values(w), w.ssim),
    ]
    parts = [
        f"<p>{symbols}<br>= {numbers}<br>= <b>{number(v, 6)}</b></p>"
        for symbols, numbers, v in lines
    ]
    return "".join(parts)


def scales_html(scales: tuple[InspectedScale, ...]) -> str:
    """Return a table of MS-SSIM with one row a scale."""
    rows = []
    for each in scales:
        last = each is scales[-1]
        symbol = "SSIM" if last else "c s"
        value = "–" if each.value is None else number(each.value, 6)
        mean = [
            number(sum(getattr(w, name) for w in each.windows) / len(each.windows), 4)
            if each.windows
            else "–"
            for name in ("luminance", "contrast", "structure")
        ]
        rows.append(_row(str(each.scale), *mean, f"{symbol} {value}", number(each.weight, 4)))
    head = _row(tr("scale"), "l", "c", "s", tr("in the map"), tr("weight"))
    return _table(head, *rows) if rows else ""


def place_text(inspection: Inspection) -> str:
    """Return where the window is and what it is, in one line."""
    x, y = inspection.pixel
    metric = inspection.metric
    shape = (
        tr("Gaussian σ {sigma:g}", sigma=metric.sigma)
        if metric.window == "gaussian"
        else tr("uniform")
    )
    border = tr(BORDER_WORDS[metric.border])
    place = f"({x}, {y})  {metric.window_size}×{metric.window_size} {shape}, {border}"
    if inspection.counts:
        return place
    return place + "<br>" + tr("Outside the mask: this window is not in the score.")


def number(value: float, decimals: int) -> str:
    """Return a number with so many decimals and a true minus."""
    return f"{value:.{decimals}f}".replace("-", "−") if math.isfinite(value) else "–"


def _digits(inspection: Inspection) -> int:
    """Return the decimals of means and deviations: about 5 digits of the data range."""
    return max(0, 4 - math.floor(math.log10(inspection.metric.data_range)))


def _product(*symbols: str, of_exponents: tuple[float, float, float]) -> str:
    powers = [
        symbol if exponent == 1 else f"{symbol}<sup>{exponent:g}</sup>"
        for symbol, exponent in zip(symbols, of_exponents, strict=True)
    ]
    return tr("SSIM = {names}", names=" · ".join(powers))


def _values(w: InspectedWindow) -> str:
    found = (w.luminance, w.contrast, w.structure)
    of = w.similarity
    powers = [
        number(value, 6) if exponent == 1 else f"{number(value, 6)}<sup>{exponent:g}</sup>"
        for value, exponent in zip(found, (of.alpha, of.beta, of.gamma), strict=True)
    ]
    return " · ".join(powers)


def _row(first: str, *cells: str) -> str:
    return f"<tr><td>{first}</td>{''.join(_CELL.format(cell) for cell in cells)}</tr>"


def _table(*rows: str) -> str:
    return f'<table cellspacing="0" cellpadding="1">{"".join(rows)}</table>'
