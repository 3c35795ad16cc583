"""Every code that is raised or found has a sentence, and every sentence names only values that it is given."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
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


def codes_in_source() -> dict[str, str]:
    """Code -> where it is used."""
    found: dict[str, str] = {}
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(file.read_text("utf-8"))
            named = constants(tree)
            for _, call, expression in calls_with_codes(tree):
                for code in texts(expression, named):
                    found.setdefault(code, f"{file.relative_to(ROOT)}:{call.lineno}")
            for code, line in pairs_with_codes(tree):
                found.setdefault(code, f"{file.relative_to(ROOT)}:{line}")
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


@pytest.mark.parametrize("code", sorted(set(codes_in_source()) & set(catalogue("en"))))
def test_what_is_said_of_a_code_is_a_sentence(code: str) -> None:
    text = catalogue("en")[code]
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    assert all(name.isidentifier() for name in names), "fill in plain names only"
    assert text.strip() == text
    assert text.endswith((".", "?"))
    assert "\n" not in text
    assert say(code, {name: "x" for name in names}).count("{") == 0


def test_a_code_without_words_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no.such_code", {})


def test_document_sentences_name_only_values_that_are_given() -> None:
    """Where values stand beside the code in the call itself, the sentence uses no other."""
    wrong: list[str] = []
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(file.read_text("utf-8"))
            named = constants(tree)
            for name, call, expression in calls_with_codes(tree):
                if name not in ("BadInput", "tell") or any(k.arg is None for k in call.keywords):
                    continue
                given = {k.arg for k in call.keywords} | ALWAYS_GIVEN
                for code in texts(expression, named):
                    text = catalogue("en").get(code, "")
                    asked = {field for _, field, _, _ in string.Formatter().parse(text) if field}
                    if not asked <= given:
                        wrong.append(f"{file.relative_to(ROOT)}:{call.lineno} {code} lacks {asked - given}")
    assert not wrong, wrong
