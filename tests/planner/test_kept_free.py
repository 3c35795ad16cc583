"""Floor to be kept free as a check: what of it is taken and by what, on its own storey, for everything or one module."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exports.words import sentence_for
from layouts.findings import BadInput
from layouts.layout import Item
from planner.chain.asked import ask
from planner.chain.kept_free import areas_on, kept_free
from planner.chain.placement_question import placement_problem
from planner.editing.sheet import open_sheet
from planner.project import Accepted, Floor
from planner.ui.editor.rules import Rules
from solvers.placement.wish import Wish
from tests.planner.small_centre import a_small_centre
from tests.planner.test_floors import two_floors
from tests.ui.test_variants import a_layout, counter

AREA = Wish(id="free-1", kind="keep_out", area=((0, 0), (4_000, 0), (4_000, 2_000), (0, 2_000)))


def box(ident: str, bank: str, left: int, *, solid: bool = True) -> Item:
    ring = ((left, 500), (left + 1_000, 500), (left + 1_000, 1_500), (left, 1_500))
    return Item(id=ident, kind="counter", polygon=ring, insert_mm=ring[0], rotation_deg=0.0, bank=bank, solid=solid)


def found(wish: Wish, *items: Item):
    level = a_small_centre().plan.levels[0]
    (one,) = kept_free((wish,), level, items)
    return one.status, one.severity, one.measured, one.required, one.where[1:]


def test_what_stands_on_it_is_measured_and_named():
    assert found(AREA, box("r1", "registration", 4_000)) == ("pass", "info", 0.0, 0.0, ())
    assert found(AREA, box("r1", "registration", 3_500)) == ("fail", "warning", 0.5, 0.0, ("r1",))
    assert found(AREA, box("r1", "registration", 1_000, solid=False))[0] == "pass"
    both = box("r1", "registration", 0), box("c1", "cashier", 2_000)
    assert found(AREA, *both)[2:] == (2.0, 0.0, ("r1", "c1"))
    assert found(replace(AREA, module="cashier"), *both)[2:] == (1.0, 0.0, ("c1",))


def test_it_is_told_in_words_and_shown_on_the_plan():
    level = a_small_centre().plan.levels[0]
    (one,) = kept_free((replace(AREA, module="cashier"),), level, (box("c1", "cashier", 0),))
    assert one.witness[0].points == AREA.area
    assert sentence_for(one, "en") == "Of 8 m² to be kept free of cashier, 1 m² are taken."


def test_each_storey_has_its_own_areas():
    project = a_small_centre()
    above = replace(project.plan.levels[0], id="upper")
    other, none = replace(AREA, id="b", level="upper"), replace(AREA, id="c", area=AREA.area[:2])
    project = replace(project, plan=replace(project.plan, levels=(*project.plan.levels, above)), wishes=(AREA, other, none))
    assert areas_on(project, "L0") == (AREA,) and areas_on(project, "upper") == (other,)
    assert open_sheet(project, "upper").free == (other,)


def test_an_area_without_a_storey_lies_where_its_module_stands_or_is_put():
    project = a_small_centre()
    above = replace(project.plan.levels[0], id="upper")
    of_cashier = replace(AREA, id="b", module="cashier")
    floors = (Floor(level="L0"), Floor(level="upper", banks=("cashier",)))
    plan = replace(project.plan, levels=(*project.plan.levels, above))
    project = replace(project, plan=plan, floors=floors, wishes=(AREA, of_cashier))
    assert areas_on(project, "L0") == (AREA,) and areas_on(project, "upper") == (of_cashier,)
    assert open_sheet(project, "upper").free == (of_cashier,)


def test_an_area_that_names_a_module_of_another_storey_is_told():
    asked = ask(replace(two_floors(), wishes=(replace(AREA, module="cashier", level="L0"),)))
    with pytest.raises(BadInput) as told:
        placement_problem(asked, {})
    assert told.value.code == "wish.module_elsewhere" and told.value.values["other"] == "L1"


def test_the_rules_beside_the_drawing_tell_it_while_things_are_moved():
    project = a_small_centre()
    at = counter("r1", 4_000)
    xs, ys = zip(*at.polygon)
    ring = ((min(xs), min(ys)), (max(xs), min(ys)), (max(xs), max(ys)), (min(xs), max(ys)))
    placed = Accepted(candidate="a" * 64, layout=a_layout(at))
    project = replace(project, accepted=placed, wishes=(replace(AREA, area=ring),))
    rules = Rules("en")
    told = [i for i in rules.now(project, "L0").issues if "kept free" in i.text]
    assert [i.ids for i in told] == [("item:r1",)]
    moved = replace(project, accepted=replace(placed, layout=a_layout(counter("r1", 9_000))))
    assert [i for i in rules.preview(moved, "L0").issues if "kept free" in i.text] == []
