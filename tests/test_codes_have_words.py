"""Every code that is raised or found has a sentence, and every sentence names only values that it is given."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from exports.words import catalogue, say

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("layouts", "solvers", "exports", "planner")
# what a code is handed to, and the name or place of the argument that is the code
CODE_CALLS = {"BadInput": 0, "WrongType": 0, "tell": 0, "Finding": None, "Fault": None, "Doubt": None}
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")
ALWAYS_GIVEN = {"file", "place"}


def calls_with_codes(tree: ast.AST) -> Iterator[tuple[str, ast.Call, ast.expr]]:
    """Every call that is handed a code, and the expression of the code."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        plain = isinstance(node.func, ast.Name)
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in CODE_CALLS or (name == "tell" and not plain):  # others' methods tell of other things
            continue
        position = CODE_CALLS[name]
        named = [k.value for k in node.keywords if k.arg == "code"]
        if named:
            yield name, node, named[0]
        elif position is not None and node.args:
            yield name, node, node.args[position]


def constants(tree: ast.Module) -> dict[str, str]:
    """The module's own names for texts."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def texts(expression: ast.expr, named: Mapping[str, str]) -> Iterator[str]:
    """The texts an expression may stand for: itself, a name of the module, or either arm of a choice."""
    if isinstance(expression, ast.Name) and expression.id in named:
        yield named[expression.id]
    elif isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.IfExp):
        yield from texts(expression.body, named)
        yield from texts(expression.orelse, named)


@dataclass(frozen=True, slots=True)
class Told:
    """A place in the source that tells a code. `given`: the values beside it, None where the call does not show them all."""

    code: str
    where: str
    given: frozenset[str] | None = None


@cache
def told_in_source() -> tuple[Told, ...]:
    """All places that tell a code; the whole source is read once for all tests."""
    return tuple(told for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")) for told in told_in(file))


def told_in(file: Path) -> Iterator[Told]:
    tree, name_of_file = ast.parse(file.read_text("utf-8")), file.relative_to(ROOT)
    named = constants(tree)
    for name, call, expression in calls_with_codes(tree):
        shown = name in ("BadInput", "tell") and all(k.arg is not None for k in call.keywords)
        given = frozenset(k.arg for k in call.keywords if k.arg is not None) if shown else None
        for code in texts(expression, named):
            yield Told(code, f"{name_of_file}:{call.lineno}", given)
    for code, line in pairs_with_codes(tree):
        yield Told(code, f"{name_of_file}:{line}")


def codes_in_source() -> dict[str, str]:
    """Code -> where it is used first."""
    found: dict[str, str] = {}
    for told in told_in_source():
        found.setdefault(told.code, told.where)
    return found


def pairs_with_codes(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Reasons told as a pair of code and values, such as ("placement.no_spine", {"least_width_mm": 1500})."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[1], ast.Dict):
            for code in texts(node.elts[0], {}):
                if CODE.fullmatch(code):
                    yield code, node.lineno


def test_every_code_has_a_sentence() -> None:
    without = {code: where for code, where in codes_in_source().items() if code not in catalogue("en")}
    assert not without, f"codes without a sentence in exports/words: {without}"


def test_codes_are_found_at_all() -> None:
    found = codes_in_source()
    assert {"arrivals.gap", "document.newer_format", "answers.ambiguous", "document.not_whole"} <= set(found)


def test_no_code_has_two_sentences() -> None:
    files = sorted((ROOT / "exports" / "words").glob("*.en.toml"))
    counted = Counter(code for file in files for code in tomllib.loads(file.read_text("utf-8")))
    assert [code for code, times in counted.items() if times > 1] == []


def faults_of_a_sentence(code: str) -> Iterator[str]:
    """What is wrong with the words of a code."""
    text = catalogue("en")[code]
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    if not all(name.isidentifier() for name in names):
        yield f"{code}: fill in plain names only"
        return
    if text.strip() != text or "\n" in text:
        yield f"{code}: blanks at its ends or a line break"
    if not text.endswith((".", "?")):
        yield f"{code}: no end of a sentence"
    if "{" in say(code, {name: "x" for name in names}):
        yield f"{code}: a name is not filled in"


def test_what_is_said_of_a_code_is_a_sentence() -> None:
    codes = set(codes_in_source()) & set(catalogue("en"))
    assert [fault for code in sorted(codes) for fault in faults_of_a_sentence(code)] == []


def test_a_code_without_words_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no.such_code", {})


def test_document_sentences_name_only_values_that_are_given() -> None:
    """Where values stand beside the code in the call itself, the sentence uses no other."""
    wrong: list[str] = []
    for told in told_in_source():
        if told.given is not None:
            fields = {field for _, field, _, _ in string.Formatter().parse(catalogue("en").get(told.code, "")) if field}
            if lacking := fields - told.given - ALWAYS_GIVEN:
                wrong.append(f"{told.where} {told.code} lacks {lacking}")
    assert not wrong, wrong


def test_a_bank_is_called_a_group_in_arabic_and_never_a_row():
    rows = [code for code, words in catalogue("ar").items() if re.search(r"صف \{bank\}", words)]
    assert not rows
    assert "المجموعة {bank}" in catalogue("ar")["services.unknown_bank"]
