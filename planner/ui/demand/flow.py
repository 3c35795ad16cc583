"""A service's journey as a flow: one box a step, arrows with the share that goes on, dashed where only some take the step."""

from __future__ import annotations

import textwrap
from xml.sax.saxutils import escape

from exports.one_line import drawn
from planner.project import Project
from planner.ui.words import Words
from solvers.services import Service, Step

BOX_W, BOX_H, GAP, DOT, EDGE = 168, 76, 54, 10, 14
TEXT_WIDE, TEXT_LINES = 20, 2
COLOUR = {"reception": "#b8860b", "cashier": "#2e8b57", "collection": "#8e5bb5", "self_service_kiosk": "#17a2a2"}
USUAL = "#1f77b4"


def flow_svg(project: Project, service: Service, words: Words) -> str:
    """Door, steps, door; in Arabic from right to left. Drawn for a light page; `kit.image` turns it for a dark one."""
    steps = service.journey
    width = 2 * (EDGE + 2 * DOT) + len(steps) * BOX_W + (len(steps) + 1) * GAP
    height = BOX_H + 2 * EDGE + 22
    rtl = words.direction == "rtl"
    middle = EDGE + BOX_H / 2
    start = EDGE + 2 * DOT
    parts = [_door(start - DOT, middle, width, rtl)]
    x = start
    for step in steps:
        parts += [_arrow(x, x + GAP, middle, step.probability, width, rtl), _box(project, step, x + GAP, words, width, rtl)]
        x += GAP + BOX_W
    parts += [_arrow(x, x + GAP, middle, 1.0, width, rtl), _door(x + GAP + DOT, middle, width, rtl)]
    if service.completion < 1.0:
        parts.append(_again(x + GAP + DOT, start - DOT, height, middle, 1.0 - service.completion, words, width, rtl))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'font-family="Roboto, Helvetica, Arial, sans-serif" font-size="12">'
        '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#7d8a97"/></marker></defs>'
        f"{''.join(parts)}</svg>"
    )


def flow_text(project: Project, service: Service, words: Words) -> str:
    """The same in words, for those who do not see the picture."""
    names = {b.id: b.name for b in project.banks}
    arrow = "←" if words.direction == "rtl" else "→"
    told = [
        words(
            "page.demand.flow.step",
            bank=names.get(s.bank, s.bank),
            minutes=_g(s.time.mean_min),
            share=words.share(s.probability),
        )
        for s in service.journey
    ]
    return f"{service.name}: {f' {arrow} '.join(told)}"


def _at(x: float, width: float, rtl: bool) -> float:
    return width - x if rtl else x


def _door(x: float, y: float, width: float, rtl: bool) -> str:
    return f'<circle cx="{_at(x, width, rtl):g}" cy="{y:g}" r="{DOT}" fill="#7d8a97"/>'


def _arrow(x0: float, x1: float, y: float, share: float, width: float, rtl: bool) -> str:
    a, b = _at(x0 + 3, width, rtl), _at(x1 - 3, width, rtl)
    line = f'<path d="M{a:g} {y:g} H{b:g}" stroke="#7d8a97" stroke-width="2" fill="none" marker-end="url(#a)"/>'
    label = f'<text x="{(a + b) / 2:g}" y="{y - 8:g}" text-anchor="middle" fill="#56616c">{100 * share:.0f} %</text>'
    return line + (label if share < 1.0 else "")


def _box(project: Project, step: Step, x: float, words: Words, width: float, rtl: bool) -> str:
    bank = next((b for b in project.banks if b.id == step.bank), None)
    colour = COLOUR.get(bank.kind if bank else "", USUAL)
    left = _at(x + BOX_W, width, rtl) if rtl else x
    lines = textwrap.wrap(drawn(bank.name if bank else step.bank), TEXT_WIDE, max_lines=TEXT_LINES, placeholder="…")
    dashes = ' stroke-dasharray="6 4"' if step.probability < 1.0 else ""
    middle = left + BOX_W / 2
    direction = ' direction="rtl"' if rtl else ""
    said = [
        f'<rect x="{left:g}" y="{EDGE}" width="{BOX_W}" height="{BOX_H}" rx="8" fill="#ffffff" stroke="{colour}" '
        f'stroke-width="2"{dashes}/>',
        f'<rect x="{left:g}" y="{EDGE}" width="{BOX_W}" height="6" rx="3" fill="{colour}"/>',
    ]
    for n, line in enumerate(lines):
        said.append(
            f'<text x="{middle:g}" y="{EDGE + 26 + 15 * n}" text-anchor="middle" font-weight="600" fill="#1d2733"{direction}>'
            f"{escape(line)}</text>"
        )
    time = words("page.unit.minutes", value=_g(step.time.mean_min))
    said.append(
        f'<text x="{middle:g}" y="{EDGE + BOX_H - 10}" text-anchor="middle" fill="#4a5763"{direction}>{escape(time)}</text>'
    )
    return "".join(said)


def _again(
    x1: float, x0: float, height: float, middle: float, share: float, words: Words, width: float, rtl: bool
) -> str:  # fmt: skip
    """Those who must come again go round."""
    a, b, low = _at(x1, width, rtl), _at(x0, width, rtl), height - 8
    told = escape(words("page.demand.flow.again", share=words.share(share)))
    return (
        f'<path d="M{a:g} {middle + DOT:g} V{low:g} H{b:g} V{middle + DOT + 2:g}" stroke="#c0392b" stroke-width="1.5" '
        f'stroke-dasharray="4 4" fill="none" marker-end="url(#a)"/>'
        f'<text x="{(a + b) / 2:g}" y="{low - 4:g}" text-anchor="middle" fill="#c0392b">{told}</text>'
    )


def _g(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
