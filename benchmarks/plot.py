"""Plots of cost and speed, drawn as SVG by hand: no library, and legible in any browser."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 20, 50
COLORS = ("#555555", "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00")


def cost_against_size(curves: Mapping[str, Mapping[int, float]]) -> str:
    """Return an SVG of nanoseconds a pixel against the side of the image, both logarithmic."""
    shown = {name: curve for name, curve in curves.items() if curve}
    sides = sorted({side for curve in shown.values() for side in curve})
    costs = [cost for curve in shown.values() for cost in curve.values()]
    decades = range(math.floor(math.log10(min(costs))), math.ceil(math.log10(max(costs))) + 1)

    def across(side: float) -> float:
        share = math.log(side / sides[0]) / max(math.log(sides[-1] / sides[0]), 1e-9)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def down(cost: float) -> float:
        share = (math.log10(cost) - decades[0]) / (decades[-1] - decades[0])
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    parts = [_text(WIDTH / 2 - 40, HEIGHT - 10, "side of the image, pixels", "middle")]
    parts.append(_text(LEFT - 50, TOP - 6, "ns a pixel"))
    for side in sides:
        parts.append(_line([(across(side), TOP), (across(side), HEIGHT - BOTTOM)], "#dddddd"))
        parts.append(_text(across(side), HEIGHT - BOTTOM + 18, str(side), "middle"))
    for decade in decades:
        level = down(10.0**decade)
        parts.append(_line([(LEFT, level), (WIDTH - RIGHT, level)], "#dddddd"))
        parts.append(_text(LEFT - 8, level + 4, f"{10.0**decade:g}", "end"))
    for (name, curve), color in zip(shown.items(), COLORS, strict=False):
        points = [(across(side), down(cost)) for side, cost in sorted(curve.items())]
        parts.append(_line(points, color, 2))
        parts.append(_text(points[-1][0] + 8, points[-1][1] + 4, name, color=color))
    return _page(parts)


def speed_against_threads(
    measured: Mapping[str, Mapping[int, float]], principle: Mapping[str, Mapping[int, float]]
) -> str:
    """Return an SVG of how many times as fast: lines are measured, dashes in principle."""
    counts = sorted({count for curve in principle.values() for count in curve})
    doublings = math.log2(counts[-1])

    def across(count: float) -> float:
        return LEFT + math.log2(count) / doublings * (WIDTH - LEFT - RIGHT)

    def down(speed: float) -> float:
        return HEIGHT - BOTTOM - math.log2(speed) / doublings * (HEIGHT - TOP - BOTTOM)

    parts = [_text(WIDTH / 2 - 40, HEIGHT - 10, "threads", "middle")]
    parts.append(_text(LEFT - 50, TOP - 6, "times as fast as one"))
    for count in counts:
        parts.append(_line([(across(count), TOP), (across(count), HEIGHT - BOTTOM)], "#dddddd"))
        parts.append(_line([(LEFT, down(count)), (WIDTH - RIGHT, down(count))], "#dddddd"))
        parts.append(_text(across(count), HEIGHT - BOTTOM + 18, str(count), "middle"))
        parts.append(_text(LEFT - 8, down(count) + 4, str(count), "end"))
    for (name, curve), color in zip(principle.items(), COLORS, strict=False):
        points = [(across(count), down(speed)) for count, speed in sorted(curve.items())]
        parts.append(_line(points, color, 1, "3 4"))
        parts.append(_text(points[-1][0] + 8, points[-1][1] + 4, name, color=color))
        seen = [(across(count), down(speed)) for count, speed in sorted(measured[name].items())]
        parts.append(_line(seen, color, 3))
    return _page(parts)


def _page(parts: list[str]) -> str:
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    style = 'font-family="sans-serif" font-size="12"'
    background = '<rect width="100%" height="100%" fill="white"/>'
    body = "\n".join([background, *parts])
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n{body}\n</svg>\n'


def _line(
    points: list[tuple[float, float]], color: str, width: int = 1, dashes: str = "none"
) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    stroke = f'stroke="{color}" stroke-width="{width}" stroke-dasharray="{dashes}"'
    return f'<polyline points="{path}" fill="none" {stroke}/>'


def _text(x: float, y: float, words: str, anchor: str = "start", color: str = "#222222") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}">{words}</text>'
