"""What was read, on the page: figures, how sure, doubts, the census, what a revision changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from planner.ui import kit
from planner.ui.words import Words

MOST_DOUBTS = 12
MOST_ROWS = 300
SURE, DOUBTFUL = 0.75, 0.4


def figures(answer: Mapping[str, Any], words: Words) -> Any:
    """Size, area and how many of each kind."""
    size = answer.get("size_m")
    shown = [kit.figure_of(words("page.bring.area"), f"{answer['outline_m2']:,.0f} m²")]
    if size:
        shown.append(kit.figure_of(words("page.bring.size"), f"{size[0]:g} × {size[1]:g} m"))
    for kind in ("walls", "doors", "windows", "columns"):
        shown.append(kit.figure_of(words(f"page.bring.count.{kind}"), words.number(answer[kind])))
    shown.append(kit.figure_of(words("page.bring.count.rooms"), words.number(len(answer["spaces"]))))
    return kit.row(*shown, gap="18px")


def confidence(answer: Mapping[str, Any], words: Words) -> Any:
    """How sure the reader is of each part, as chips; words and not colours alone say which need a look."""
    chips = []
    for part, sure in answer["confidence"].items():
        state = "sure" if sure >= SURE else "look" if sure >= DOUBTFUL else "doubt"
        colour = {"sure": "success", "look": "warning", "doubt": "error"}[state]
        label = f"{words(f'preview.sure_{part}')} {100 * sure:.0f} % · {words(f'page.bring.{state}')}"
        chips.append(kit.chip(label, colour, variant="outlined"))
    return kit.row(*chips, gap="6px")


def doubts(answer: Mapping[str, Any], words: Words, file: str) -> list[str]:
    """One line for each kind of doubt, with how often it is met."""
    told: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for warning in answer.get("warnings", ()):
        code = warning["code"]
        counts[code] += 1
        told.setdefault(code, words(code, **({"file": file, "place": ""} | dict(warning["values"]))))
    lines = [told[code] if counts[code] == 1 else f"{counts[code]} × {told[code]}" for code in told]
    return lines[:MOST_DOUBTS]


def question(answer: Mapping[str, Any], words: Words, choose: Callable[[Mapping[str, Any]], None]) -> Any:
    """The choices of the scale as buttons, the likeliest first."""
    buttons = []
    for choice in answer["question"]["choices"]:
        unit = choice["unit"] or words("page.bring.scale_of", scale=f"{choice['scale_to_mm']:g}")
        code = "page.bring.choice" if choice["door_m"] is None else "page.bring.choice_door"
        label = words(
            code, unit=unit, length=f"{choice['length_m']:.1f}", width=f"{choice['width_m']:.1f}",
            door=f"{choice['door_m'] or 0:.2f}",
        ) if code.endswith("door") else words(
            code, unit=unit, length=f"{choice['length_m']:.1f}", width=f"{choice['width_m']:.1f}"
        )  # fmt: skip
        buttons.append(kit.button(label, lambda c=choice: choose(c), kind="outlined", css_classes=["cl-bring-unit"]))
    return kit.row(*buttons, gap="8px")


def doors(answer: Mapping[str, Any], words: Words, take: Callable[[], None]) -> list[Any]:
    """The ways in and out that the drawing does not name, as a guess for each storey; one press takes them all."""
    few = [words("import.few_exits", **{k: f[k] for k in ("name", "doors", "persons", "exits")}) for f in answer["few_exits"]]
    lines = [_door(each, words) for each in answer["doors_offered"]]
    if not lines:
        return [kit.note(sentence, "warning") for sentence in few]
    return [
        kit.heading(words("page.bring.doors"), 3),
        kit.text(words("page.bring.doors_told"), kind="quiet"),
        *(kit.note(sentence, "warning") for sentence in few),
        kit.bullets(lines),
        kit.button(words("page.bring.take_doors"), take, kind="outlined", css_classes=["cl-bring-doors"]),
    ]


def _door(offered: Mapping[str, Any], words: Words) -> str:
    x, y = (f"{at / 1000:.1f}" for at in offered["at"])
    use = words(f"editor.use.{offered['use']}")
    told = words("page.bring.door_there" if offered["door"] else "page.bring.door_new", use=use, x=x, y=y)
    return f"{offered['storey']}: {told}" if offered["storey"] else told


def census(answer: Mapping[str, Any], words: Words) -> Any:
    """Every entity once: used as what, or skipped and why; most first."""
    rows = [
        {
            "what": words("page.bring.census.all"),
            "layer": "",
            "became": words.known(f"page.bring.class.{kind}", kind),
            "count": n,
        }
        for kind, n in sorted(answer["census"]["read"].items(), key=lambda item: -item[1])
        if n
    ]
    skipped = sorted(answer["census"]["skipped"], key=lambda s: -s["count"])
    for line in skipped[: MOST_ROWS - len(rows)]:
        why = words.known(f"page.bring.skipped.{line['reason']}", line["reason"])
        rows.append({"what": line["entity"], "layer": line["layer"], "became": why, "count": line["count"]})
    titles = {name: words(f"page.bring.census.{name}") for name in ("what", "layer", "became", "count")}
    return kit.table(titles, rows, height=300)


def revision(answer: Mapping[str, Any], words: Words) -> list[Any]:
    """What a newer drawing moved and which placed things that hits."""
    told = answer.get("revision")
    if not told:
        return []
    if not told.get("same_place"):
        return [kit.note(words("page.bring.other_place"), "warning")]
    parts: list[Any] = []
    if "moved_mm" in answer:
        parts.append(kit.note(words("import.moved", dx=answer["moved_mm"][0], dy=answer["moved_mm"][1])))
    lines = []
    for kind in ("walls", "columns", "doors"):
        counts = {change: len(told[kind][change]) for change in ("moved", "added", "removed")}
        if any(counts.values()):
            lines.append(words("page.bring.changed", kind=words(f"page.bring.count.{kind}"), **counts))
    if told["outline"]["changed_m2"]:
        lines.append(words("page.bring.floor_changed", area=told["outline"]["changed_m2"]))
    parts.append(kit.bullets(lines) if lines else kit.note(words("page.bring.unchanged"), "success"))
    if lapsed := told.get("lapsed"):
        parts.append(kit.note(words("import.lapsed", parts=", ".join(words(f"preview.sure_{p}") for p in lapsed)), "warning"))
    hits = [words(f"revision.{hit['cause']}", item=hit["item"], area_m2=hit["area_m2"]) for hit in told["hits"]]
    if hits:
        parts.append(kit.note(words("page.bring.hits", count=len(hits)), "error"))
        parts.append(kit.bullets(hits[:MOST_DOUBTS]))
    return parts
