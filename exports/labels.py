"""One placer for all labels: of each label's candidate places the first that touches nothing, else the least bad.

Labels are settled in the order given (what is bound to one place first); a settled label is in the way of the next.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely.geometry.base import BaseGeometry

from exports.drawing import Line, Shape, Text, Xy, turned

# Mean width of a letter as a share of the capitals' height.
LETTER, BOLD_LETTER = 0.74, 0.83
# How many of those a letter is wide in the widest of the fonts we name (DejaVu Sans), so that words fit in all of them.
WIDTHS = {
    0.55: "ijlIJ,.' ·", 0.68: "f-/:;\\|", 0.78: "rt!()[]²", 0.96: "\"*_`–sz", 1.07: "cL?", 1.16: "aekovxyFPTY",
    1.23: "bdghnpquEKS${}0123456789", 1.36: "ABCRVX", 1.46: "DGHNUZ", 1.55: "wOQ&", 1.64: "M#+<=>^~×", 1.86: "mW@%",
}  # fmt: skip
WIDTH_OF = {letter: width for width, them in WIDTHS.items() for letter in them}
LINE_STEP = 1.75  # from line to line, as the writers set them (1.25 of the font's size, capitals are 0.716 of it)
CLEAR_MM = 40.0
LEADER_FROM_MM = 350.0
LABEL_COUNTS = 3.0  # a label over a label is worse than one over a line of furniture
LYING_COUNTS = 0.01  # and one over a mat on the floor hardly matters: less than what makes another place better
BATCH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text in every place it may take, best first; `about` is what it names: a label set far off gets a leader to it.

    Candidates are drawn as far as needed: most labels find room among their first few places.
    """

    candidates: Iterable[Text]
    about: BaseGeometry | None = None


def wrapped(text: str, count: int) -> tuple[str, ...]:
    """The words on at most so many lines, the longest of them as short as can be."""
    words = text.split()
    ways = itertools.combinations(range(1, len(words)), min(count, len(words)) - 1)
    parted = [tuple(" ".join(words[a:b]) for a, b in itertools.pairwise((0, *cuts, len(words)))) for cuts in ways]
    return min(parted, key=lambda lines: (max(map(len, lines)), lines), default=(text,))


@lru_cache(maxsize=4096)
def letters(line: str) -> float:
    """A line's length in letters of mean width."""
    return sum(WIDTH_OF.get(c, 1.0) for c in line)


def cut(line: str, most: float) -> str:
    """As much of a line as goes into the width of so many letters."""
    if letters(line) <= most:
        return line
    return next(f"{line[:n].rstrip()}…" for n in range(len(line) - 1, -1, -1) if n == 0 or letters(line[:n]) + 1 <= most)


def text_box(text: Text, clear_mm: float = 0.0) -> shapely.Polygon:
    """The rectangle the text covers, grown by `clear_mm` all round."""
    letter = BOLD_LETTER if text.bold else LETTER
    width = text.height * letter * max(map(letters, text.lines))
    half = text.height * (1 + LINE_STEP * (len(text.lines) - 1)) / 2
    x0 = {"left": 0.0, "center": -width / 2, "right": -width}[text.anchor]
    x0, x1, half = x0 - clear_mm, x0 + width + clear_mm, half + clear_mm
    return shapely.Polygon([turned(p, text.at, text.rotation_deg) for p in ((x0, -half), (x1, -half), (x1, half), (x0, half))])


def settle(
    labels: Sequence[Label], in_the_way: Sequence[BaseGeometry], lying: Sequence[BaseGeometry] = ()
) -> list[list[Shape]]:
    """For each label its text in the best place, and its leader where it stands away from what it names. `lying`: what is
    written over rather than anything else."""
    tree, flat = shapely.STRtree(list(in_the_way)), shapely.STRtree(list(lying))
    taken: list[shapely.Polygon] = []
    found: list[list[Shape]] = []
    for label in labels:
        text = _best(label, tree, flat, taken)
        taken.append(text_box(text))
        found.append([text, *_leader(label, text)])
    return found


def _best(label: Label, tree: shapely.STRtree, flat: shapely.STRtree, taken: Sequence[shapely.Polygon]) -> Text:
    """The first candidate with nothing under it; where there is none, the one with the least under it."""
    least, choice = math.inf, None
    candidates = iter(label.candidates)
    while batch := list(itertools.islice(candidates, BATCH)):
        boxes = [text_box(text, CLEAR_MM) for text in batch]
        things = _overlaps(tree, boxes)
        for i, area in _overlaps(flat, boxes).items():
            things[i] = things.get(i, 0.0) + LYING_COUNTS * area
        labels = _overlaps(shapely.STRtree(taken), boxes)
        for i, text in enumerate(batch):
            if i not in things and i not in labels:
                return text
        for i, (text, box) in enumerate(zip(batch, boxes)):
            share = (LABEL_COUNTS * labels.get(i, 0.0) + things.get(i, 0.0)) / box.area
            if share < least - 0.01:
                least, choice = share, text
    if choice is None:
        raise ValueError("a label needs a place to stand at")
    return choice


def _overlaps(tree: shapely.STRtree, boxes: Sequence[shapely.Polygon]) -> dict[int, float]:
    """For each box that touches something, by its number, the area it shares with all it touches."""
    of_box, of_thing = tree.query(boxes, predicate="intersects")
    areas = shapely.area(shapely.intersection([boxes[i] for i in of_box], tree.geometries[of_thing]))
    found: dict[int, float] = {}
    for i, area in zip(of_box.tolist(), areas.tolist()):
        found[i] = found.get(i, 0.0) + area
    return found


def _leader(label: Label, text: Text) -> Iterator[Shape]:
    box = text_box(text)
    if label.about is None or box.distance(label.about) < LEADER_FROM_MM:
        return
    near, far = shapely.shortest_line(box, label.about).coords
    yield Line(layer=text.layer, kind="leader", id=text.id, a=_xy(near), b=_xy(far))


def _xy(point: Sequence[float]) -> Xy:
    return round(point[0], 1), round(point[1], 1)
