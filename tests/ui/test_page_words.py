"""What the page says names what can be done on the page: no command of the terminal, no file of a project's folder."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from exports.words import catalogue
from layouts.findings import BadInput
from planner.ui.day.tables import with_interval
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


def test_among_arabic_words_paths_and_moments_keep_their_order_and_units_are_words() -> None:
    arabic, english = Words("ar"), Words("en")
    assert "\u2066/home/plans\u2069" in arabic("page.projects.none", folder="/home/plans")
    assert "\u2066C:\\plans\u2069" in arabic("page.projects.none", folder="C:\\plans")
    assert "\u2066/p/a.centreline\u2069" in arabic.of_input(BadInput("document.missing_project", file="/p/a.centreline"))
    assert arabic.moment("2026-11-30T12:01:00+00:00") == f"\u2066{english.moment('2026-11-30T12:01:00+00:00')}\u2069"
    assert (arabic.measure(1200, "mm"), arabic.measure(1_210_000, "mm2")) == ("1,200 ملم", "1.21 م²")
    assert (english.measure(1200, "mm"), english.measure(1_210_000, "mm2")) == ("1,200 mm", "1.21 m²")


def test_an_interval_of_many_minutes_has_no_parts_of_minutes_that_its_cell_would_cut() -> None:
    words = Words("en")
    assert with_interval({"value": 111.5, "low": 110.3, "high": 112.6}, words) == "112 (110\u00a0…\u00a0113)"
    assert with_interval({"value": 2.04, "low": 1.8, "high": 2.31}, words) == "2.0 (1.8\u00a0…\u00a02.3)"
    assert with_interval({"value": 1.0, "low": 0.999, "high": 1.0}, words, 1, 100) == "100.0 (99.9\u00a0…\u00a0100.0)"
