"""Edits of services and demand without a browser: nothing is left dangling, and what is drawn of them is sound."""

from __future__ import annotations

from dataclasses import replace

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from layouts.findings import BadInput
from planner.editing import apply
from planner.editing.commands import Delete, RetypeDoor
from planner.references import first_fault
from planner.ui.demand import edits
from planner.ui.demand.entrances import door_cell, entrances_matter, with_all_entrances
from planner.ui.demand.flow import flow_svg
from planner.ui.words import Words
from solvers.services import Appointments
from tests.planner.small_centre import a_small_centre

SMALL = a_small_centre()


def test_a_removed_service_takes_its_arrivals_and_appointments_along():
    booked = Appointments(service="deed", booked_share=0.5, no_show_share=0.1)
    left = edits.without_row(replace(SMALL, appointments=(booked,)), "services", 0)
    assert [s.id for s in left.services] == ["enquiry"]
    assert {a.service for a in left.arrivals} == {"enquiry"} and left.appointments == ()
    assert first_fault(left) is None


@given(opens=st.integers(0, 40), intervals=st.integers(1, 7))
def test_arrivals_follow_the_opening_hours_so_that_the_project_stays_sound(opens, intervals):
    start = 30 * opens
    changed = edits.with_row(SMALL, "day_types", 0, open_min=start, close_min=start + 30 * intervals)
    assert first_fault(changed) is None
    kept = {(a.service, a.start_min): a.persons for a in changed.arrivals if a.persons}
    assert kept == {
        (a.service, a.start_min): a.persons for a in SMALL.arrivals if start <= a.start_min < start + 30 * intervals
    }


def test_the_flow_of_a_service_is_a_picture_whatever_its_banks_are_called():
    banks = tuple(replace(b, name=f"{b.name}\x07\x1b[31m<b>\n{'W' * 400}") for b in SMALL.banks)
    svg = flow_svg(replace(SMALL, banks=banks), SMALL.services[0], Words("en"))
    root = ElementTree.fromstring(svg)  # else a browser shows a broken picture
    assert max(len(text.text or "") for text in root.iter("{http://www.w3.org/2000/svg}text")) <= 30


def test_a_new_service_a_new_bank_and_a_new_kind_of_day_are_sound_at_once():
    project = edits.new_day_type(edits.new_bank(edits.new_service(SMALL, "Deed"), "Deed"), "Friday")
    assert first_fault(project) is None
    assert project.services[-1].id == "deed_2" and project.banks[-1].id == "deed"
    moved = edits.with_step_moved(SMALL, 0, 1, -1)
    assert [s.bank for s in moved.services[0].journey] == ["cashier", "registration"]


def two_entrances():
    """The small centre with its exit an entrance too."""
    level = SMALL.plan.levels[0]
    doors = tuple(replace(d, use="entrance_exit") if d.use in ("entrance", "exit") else d for d in level.doors)
    return replace(SMALL, plan=replace(SMALL.plan, levels=(replace(level, doors=doors),)))


def test_shares_of_entrances_are_told_for_every_door_at_once_and_go_with_their_door():
    assert not entrances_matter(SMALL)
    both = two_entrances()
    assert entrances_matter(both) and both.entrances == ()
    told = with_all_entrances(both, "")
    assert [e.door for e in told.entrances] == [d.id for d in told.plan.levels[0].doors if d.use == "entrance_exit"]
    assert sum(e.share for e in told.entrances) == pytest.approx(1.0) and first_fault(told) is None
    with pytest.raises(BadInput, match="all_told"):
        with_all_entrances(told, "")
    english, arabic = (door_cell(told, language).show(told.entrances[0].door) for language in ("en", "ar"))
    assert "ntrance" in english and arabic != english
    kept, gone = told.entrances
    level = told.plan.levels[0].id
    assert apply(told, RetypeDoor(level=level, key=f"door:{gone.door}", use="exit")).entrances == (kept,)
    assert apply(told, Delete(level=level, keys=(f"door:{gone.door}",))).entrances == (kept,)
    assert first_fault(replace(told, entrances=(kept, kept))).code == "document.double_id"


def test_where_rates_come_from_is_said_in_the_reader_s_language_where_the_sentence_is_ours() -> None:
    from planner.templates import names, worked_out

    ours = worked_out(names()[0], "small").costs.source
    assert Words("en").source(ours) == ours != Words("ar").source(ours)
    assert Words("ar").source("our own tender") == "our own tender"


def test_a_flow_is_sound_xml_whatever_the_banks_are_called():
    from defusedxml.ElementTree import fromstring

    evil = '<img src=x onerror="alert(1)"> & "quotes"'
    project = edits.with_row(SMALL, "banks", 1, name=evil)
    for language in ("en", "ar"):
        svg = fromstring(flow_svg(project, project.services[0], Words(language)))
        assert not [e for e in svg.iter() if e.tag.endswith(("img", "script"))]
