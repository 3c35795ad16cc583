"""What helps when nothing fits, as changes of the project."""

from __future__ import annotations

from dataclasses import replace

from planner.project import Pin
from planner.remedies import pages_to_see, remedies, unpinned
from solvers.placement.wish import Wish
from tests.planner.small_centre import a_small_centre


def reason(code, **values):
    return {"code": code, "values": values}


def asked():
    wish = Wish(id="by-the-door", kind="near_entrance", module="notary", within_m=3)
    return a_small_centre(wishes=(wish,), pins=(Pin(id="notary"),))


def test_each_thing_of_a_clash_can_be_left_out():
    project = asked()
    found = remedies(project, [reason("placement.clash", wishes="by-the-door, notary")])
    assert [r.code for r in found] == ["remedy.wish", "remedy.pin"]
    assert found[0].make(project).wishes == () and found[0].make(project).pins == project.pins
    assert found[1].make(project).pins == () and found[1].make(project).wishes == project.wishes


def test_one_change_named_by_two_reasons_is_offered_once():
    told = [reason("placement.relax_pin", module="notary"), reason("pin.does_not_fit", given="notary")]
    assert len(remedies(asked(), told)) == 1


def test_a_staff_door_is_added_to_the_plan_at_the_wall():
    project = asked()
    (remedy,) = remedies(project, [reason("placement.relax_staff_door", x_m=4.0, y_m=0.1)])
    before, after = project.plan.levels[0].doors, remedy.make(project).plan.levels[0].doors
    (door,) = [d for d in after if d.id not in {b.id for b in before}]
    assert door.use == "staff" and door.p[1] == door.q[1] == 0


def test_fewer_seats_are_asked_for():
    project = asked()
    (remedy,) = remedies(project, [reason("placement.relax_seats", percent=20)])
    assert remedy.make(project).planning == replace(project.planning, seated_share=0.72)


def test_what_no_single_change_settles_names_the_page_for_it():
    told = [reason("placement.relax_split", bank="notary"), reason("placement.no_staff_door", level="L0")]
    assert remedies(asked(), told) == () and pages_to_see(told) == ("demand", "plan")


def test_unpinning_a_module_leaves_the_other_pins():
    project = replace(asked(), pins=(Pin(id="notary"), Pin(id="registry")))
    assert [p.id for p in unpinned(project, "notary").pins] == ["registry"]
