"""Findings and reasons speak of parts by the names that people gave, never by ids."""

from __future__ import annotations

from dataclasses import replace

from planner.ui import kit
from planner.ui.names import Names, known_of_layout, known_of_level, known_of_project
from planner.ui.pins import modules_of
from planner.ui.roster.tables import broken_rules
from planner.ui.trouble import plain_units
from planner.ui.words import Words
from tests.planner.builders import a_project
from tests.planner.small_centre import a_small_centre
from tests.planner.test_editing import a_hall, done


def names(language: str = "en") -> Names:
    project = done(a_project(plan=a_hall()), "add_item", kind="children_corner", at=[9_000, 3_000])
    assert project.accepted is not None
    return Names(language, known_of_layout(project, project.accepted.layout, language))


def test_doors_fittings_ways_and_points_are_said_as_people_say_them() -> None:
    said = names()
    assert said.of("children_corner-1") == "Children 1"
    assert said.of("inner") == "Inner door inner"
    assert said.of("children_corner-1>in") == "Children 1 → Entrance and exit in"
    assert said.of("23625,-16125") == "(23.625 m, -16.125 m)"
    assert said.of("nobody-knows-it") == "nobody-knows-it"


def test_banks_and_services_are_said_by_the_names_people_gave() -> None:
    project = a_small_centre()
    bank = replace(project.banks[0], name="<b>Tills</b>")
    said = Names("en", known_of_project(replace(project, banks=(bank, *project.banks[1:]))))
    given = {"module": bank.id, "kind": bank.id, "by_mm": 4}
    assert said.values(given) == given | {"module": "<b>Tills</b>"}
    assert said.values({"wishes": f"{bank.id}, free-1"}) == {"wishes": "<b>Tills</b>, free-1"}


def test_a_finding_names_its_places_in_arabic_too_and_keeps_their_order() -> None:
    project = a_project(plan=a_hall())
    assert project.plan is not None
    said = Names("ar", known_of_level(project.plan.levels[0], (), "ar"))
    finding = {"code": "access.door_clear_width", "where": ["inner"], "measured": 710, "required": 850, "unit": "mm"}
    sentence = Words("ar").of_finding(finding, said)
    assert "\u2068" in sentence and "باب" in sentence


def test_a_journey_runs_the_way_people_read() -> None:
    assert Names("en", {"a": "Desk"}).way(("a", "b")) == "Desk → b"
    assert Names("ar", {"a": "Desk"}).way(("a", "b")) == "\u2068Desk\u2069 ← \u2068b\u2069"


def test_the_unit_of_a_reason_is_written_as_people_write_it() -> None:
    assert plain_units({"measured": 43.6, "unit": "m2"}) == {"measured": 43.6, "unit": "m²"}


def test_modules_of_one_name_are_numbered_so_that_each_can_be_chosen() -> None:
    small = a_small_centre()
    twice = replace(small, banks=tuple(replace(b, name="Tills") for b in small.banks[:2]))
    placed = (*(b.id for b in twice.banks), "toilets")
    assert [name for _, name in modules_of(twice, placed)] == ["Tills 1", "Tills 2", "Toilets"]


def test_a_rule_that_a_roster_breaks_names_the_person() -> None:
    project = a_small_centre()
    person = replace(project.staff[0], name="<i>Rojin</i>")
    finding = {"code": "roster.rest_between_duties", "status": "fail", "where": [person.id]}
    said = broken_rules(replace(project, staff=(person, *project.staff[1:])), {"findings": [finding]}, Words("en"))
    assert len(said) == 1 and said[0].endswith("<i>Rojin</i>") and person.id not in said[0]


def test_a_list_on_a_page_may_lose_and_get_all_its_choices() -> None:
    """As the variants of a project that has none yet: each change of the project fills the list again."""
    box = kit.select("What", {}, None)
    box.get_root()
    for _ in range(2):
        kit.refill(box, {}, None)
        assert box.value is None
    kit.refill(box, {"Old": "a"}, "a")
    kit.refill(box, {"New": "a"}, "a")
    assert (box.value, box.options) == ("a", {"New": "a"})
    kit.refill(box, {}, None)
    assert box.value is None
