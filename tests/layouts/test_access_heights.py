"""Heights, reach and what juts out: every rule allows what the catalogue holds and refuses the same under a stricter number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from layouts import access_heights as heights
from layouts import catalogue
from layouts.access_question import AccessQuestion, AccessRule
from layouts.catalogue import Fitting, fittings
from layouts.findings import Finding
from layouts.layout import Item
from layouts.standards import Profile, profile
from tests.layouts.centre import a_centre
from tests.layouts.halls import box, kiosk

RULES: tuple[AccessRule, ...] = (
    heights.accessible_counters_are_wide,
    heights.accessible_counters_are_low,
    heights.accessible_counters_take_knees,
    heights.controls_are_in_reach,
    heights.things_on_walls_stay_flat,
    heights.headroom_is_clear,
)


def a_display(depth: int = 100) -> Item:
    ring = box(8000, 11_800 - depth, 9200, 11_800)
    return Item(id="d", kind="call_display", polygon=ring, insert_mm=(8600, 11_800 - depth), rotation_deg=0, solid=False)


def asked(rule: AccessRule, *things: Item, of: Profile | None = None, **numbers: float) -> tuple[Finding, ...]:
    """The rule's findings in the small centre with things added, some of the profile's numbers exchanged."""
    level, layout, programme = a_centre()
    chosen = of or profile("iraq-default")
    rules = {**chosen.rules, **{k: replace(chosen.rules[k], value=v) for k, v in numbers.items()}}
    layout = replace(layout, items=(*layout.items, *things))
    return rule(AccessQuestion(level=level, layout=layout, programme=programme, profile=replace(chosen, rules=rules)))


def refused(found: tuple[Finding, ...]) -> Mapping[str, tuple[str, ...]]:
    failed: dict[str, tuple[str, ...]] = {}
    for finding in found:
        if finding.status == "fail":
            failed[finding.code] = (*failed.get(finding.code, ()), *finding.where)
    return failed


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.__name__)
def test_the_catalogue_s_own_sizes_are_allowed(rule: AccessRule) -> None:
    found = asked(rule, kiosk("k", 12_500, 10_200), a_display())
    assert {f.status for f in found} <= {"pass", "not_applicable"}
    assert rule is heights.things_on_walls_stay_flat or "pass" in {f.status for f in found}


@pytest.mark.parametrize(
    ("rule", "numbers", "code", "where"),
    [
        (heights.accessible_counters_are_wide, {"accessible_counter_width_mm": 1900}, "access.counter_width", "n3"),
        (heights.accessible_counters_are_low, {"counter_top_max_mm": 740}, "access.counter_height", "n3"),
        (heights.accessible_counters_are_low, {"counter_top_min_mm": 780}, "access.counter_height_least", "n3"),
        (heights.accessible_counters_take_knees, {"knee_high_mm": 720}, "access.knee_height", "n3"),
        (heights.accessible_counters_take_knees, {"knee_deep_mm": 650}, "access.knee_depth", "n3"),
        (heights.accessible_counters_take_knees, {"knee_wide_mm": 1000}, "access.knee_width", "n3"),
        (heights.controls_are_in_reach, {"reach_high_mm": 1100}, "access.reach_range", "k"),
        (heights.controls_are_in_reach, {"reach_low_mm": 900}, "access.reach_range_least", "k"),
        (heights.headroom_is_clear, {"headroom_mm": 2200}, "access.headroom", "d"),
    ],
)
def test_a_stricter_number_is_not_met(rule: AccessRule, numbers: dict[str, float], code: str, where: str) -> None:
    found = asked(rule, kiosk("k", 12_500, 10_200), a_display(depth=300), **numbers)
    assert where in refused(found)[code]
    (finding,) = (f for f in found if f.status == "fail" and f.where == (where,))
    assert finding.clause and finding.measured is not None and finding.witness


def test_a_counter_said_to_be_accessible_that_is_not_built_so_is_refused() -> None:
    level, layout, programme = a_centre()
    items = tuple(replace(i, accessible=True) if i.id == "n1" else i for i in layout.items)
    q = AccessQuestion(level=level, layout=replace(layout, items=items), programme=programme, profile=profile("iraq-default"))
    assert refused(heights.accessible_counters_are_low(q)) == {"access.counter_height": ("n1",)}
    assert refused(heights.accessible_counters_take_knees(q))["access.knee_height"] == ("n1",)


def hung_lower(kind: str, underside: int) -> dict[str, Fitting]:
    return {**fittings(), kind: replace(fittings()[kind], underside_mm=underside)}


def test_a_display_at_chest_height_may_jut_out_by_100_mm(monkeypatch: pytest.MonkeyPatch) -> None:
    lower = hung_lower("call_display", 1500)
    monkeypatch.setattr(heights, "fittings", lambda: lower)
    assert refused(asked(heights.things_on_walls_stay_flat, a_display(depth=100))) == {}
    found = asked(heights.things_on_walls_stay_flat, a_display(depth=160))
    assert refused(found) == {"access.protruding_objects": ("d",)}
    assert [f.measured for f in found] == [160]
    assert refused(asked(heights.headroom_is_clear, a_display(depth=160))) == {"access.headroom": ("d",)}
    assert refused(asked(heights.headroom_is_clear, a_display(depth=100))) == {}, "flat on the wall"


def test_a_profile_without_the_number_says_that_it_was_not_checked() -> None:
    for rule in RULES:
        found = asked(rule, kiosk("k", 12_500, 10_200), a_display(), of=replace(profile("iraq-default"), rules={}))
        assert {f.status for f in found} == {"not_checked"}, rule.__name__


def test_knees_fit_under_every_accessible_place_of_the_catalogue_in_every_profile_that_asks() -> None:
    low = [f for f in catalogue.fittings().values() if f.accessible and f.category in ("counter", "island") and f.knee_high_mm]
    assert {f.id for f in low} >= {"counter_accessible", "cashier_accessible", "collection_accessible", "reception"}
    for name in ("ada-2010", "iraq-default", "iso-21542", "uk-adm"):
        rules = profile(name).rules
        for fitting in low:
            assert fitting.surface_mm <= rules["counter_top_max_mm"].value, (name, fitting.id)
            assert fitting.knee_high_mm >= rules["knee_high_mm"].value, (name, fitting.id)
            assert fitting.knee_deep_mm >= rules["knee_deep_mm"].value, (name, fitting.id)
            assert fitting.knee_high_mm < fitting.surface_mm
