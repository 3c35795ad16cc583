"""What the page says names what can be done on the page: no command of the terminal, no file of a project's folder."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from exports.words import catalogue
from layouts.findings import BadInput
from planner.ui.words import LANGUAGES, Words, on_page

ROOT = Path(__file__).resolve().parents[2]
OF_THE_TERMINAL = re.compile(r"(?<!\.)centreline [a-z]|\.csv|\.toml|decisions\.json|(?<!-)--[a-z]")
# said at the command line alone, of a project's folder, or at the door of the page, which the terminal opens
ELSEWHERE = {
    "command.nothing_found", "command.usage", "document.layout_off_plan", "drawing.not_ours", "export.nothing_asked",
    "import.doors_offered", "import.doors_offered_on", "import.has_plan",
    "import.new_doors", "import.not_kept", "page.no_key", "placement.alternatives_count",
    "placement.one_choice", "roster.not_a_roster", "underlay.no_project", "underlay.no_scale",
}  # fmt: skip


def of_the_terminal(language: str) -> set[str]:
    return {code for code, sentence in catalogue(language).items() if OF_THE_TERMINAL.search(sentence)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_words_of_its_own_where_a_sentence_names_a_command_or_a_file(language: str) -> None:
    told = of_the_terminal(language) - ELSEWHERE
    assert {code for code in told if on_page(code) == code} == set()
    assert {on_page(code) for code in told} & of_the_terminal(language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_page_use_only_values_that_the_other_sentence_has(language: str) -> None:
    def names(code: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(catalogue(language)[code]) if name}

    instead = [code for code in catalogue(language) if on_page(code) != code]
    assert instead and [code for code in instead if names(on_page(code)) - names(code)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_of_work_that_is_named_in_the_source_has_a_word_on_the_page(language: str) -> None:
    rooms = (ROOT / room for room in ("layouts", "solvers", "exports", "planner"))
    sources = (file.read_text("utf-8") for room in rooms for file in room.rglob("*.py"))
    told = re.compile(r'(?:Progress\(stage=|\.tell\(|\.offer\(|\._report\()"([a-z_.]+)"')
    stages = {stage for source in sources for stage in told.findall(source)}
    assert {"place", "simulating", "bounds", "search", "roster.polish"} <= stages
    assert {stage for stage in stages if f"page.stage.{stage}" not in catalogue(language)} == set()


def test_a_project_without_a_plan_is_told_where_it_is_drawn() -> None:
    said = Words("en").of_input(BadInput("layout.no_plan", file="small"))
    assert said == "There is no floor plan yet. Draw one on the page Plan, or import a drawing there."
    assert Words("en")("roster.none_yet", file="small") == "There is no roster yet. Draw one up on the page Roster."
