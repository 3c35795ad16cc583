"""What goes to the screen: one JSON object, or short tables for people; sentences on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from exports.one_line import JOINERS, one_line
from exports.words import say
from layouts.findings import BadInput, Value
from planner.cli.codes import CANCELLED, CHECK_FAILED, NO_PLAN, NOTHING_FOUND, failures

ENDINGS = {NO_PLAN: "command.no_plan", NOTHING_FOUND: "command.nothing_found", CANCELLED: "command.cancelled"}


def print_json(answer: Mapping[str, Any]) -> None:
    """One JSON object on stdout; what would steer the terminal is written as an escape."""
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
    _write(sys.stdout, "".join(c if c.isprintable() or c in JOINERS else json.dumps(c)[1:-1] for c in text))


def tell(code: str, **values: Value | None) -> None:
    """One sentence on stderr."""
    _write(sys.stderr, one_line(say(code, values)))


def say_bad_input(error: BadInput) -> str:
    """The sentence for what could not be read, on one line whatever names it quotes."""
    return one_line(say(error.code, {"file": error.file, "place": error.place, **error.values}))


def print_sentence(sentence: str) -> None:
    _write(sys.stderr, one_line(sentence))


def print_bad_input(error: BadInput, *, as_json: bool) -> None:
    """The sentence on stderr; with --json its parts on stdout too."""
    sentence = say_bad_input(error)
    if as_json:
        parts = {"code": error.code, "file": error.file, "place": error.place, "values": error.values}
        print_json({"error": parts | {"sentence": sentence}})
    print_sentence(sentence)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on stdout, columns as wide as their widest cell."""
    cells = [[*columns], *[[_cell(value) for value in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    for row in cells:
        _write(sys.stdout, "  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())


def print_facts(facts: Mapping[str, object]) -> None:
    """Names and values on stdout, one a line."""
    width = max((len(name) for name in facts), default=0)
    for name, value in facts.items():
        _write(sys.stdout, f"{name.ljust(width)}  {_cell(value)}")


def print_findings(findings: Sequence[Mapping[str, Any]]) -> None:
    """The findings that did not pass, as sentences on stderr."""
    for finding in findings:
        if finding["status"] == "fail":
            told = {name: value for name, value in finding.items() if name not in ("values", "witness")}
            values = told | {"where": ", ".join(finding["where"])} | dict(finding["values"])
            print_sentence(f"{finding['severity']}: {say(finding['code'], values)}")


def print_ending(answer: Mapping[str, Any], code: int) -> None:
    """Why a command did not simply end well, on stderr: the answer's own explanation, then what the exit code means.

    `explanation` is a list of {code, values}: the rules that cannot hold together, and what would relax them.
    """
    for part in answer.get("explanation") or ():
        tell(part["code"], **part["values"])
    if code == CHECK_FAILED:
        shortages = len(answer.get("shortages") or ())
        tell("command.check_failed", failures=len(failures(answer)), shortages=shortages)
    elif code in ENDINGS:
        tell(ENDINGS[code])


def with_interval(each: Mapping[str, float | None]) -> str:
    """An estimate as value ± half its interval."""
    value, high = each["value"], each["high"]
    return f"{value:.3f}" if value is None or high is None else f"{value:.3f} ±{high - value:.3f}"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    text = ", ".join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)
    return one_line(text)


def _write(stream: TextIO, line: str) -> None:
    """A line of Unicode even where the console's code page knows no Arabic."""
    encoding = stream.encoding or "utf-8"
    print(line.encode(encoding, "replace").decode(encoding), file=stream, flush=True)
