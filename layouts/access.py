"""The access check: a planning check against one profile. The list is the specification."""

from __future__ import annotations

from layouts.access_counters import (
    clear_floor_is_free,
    enough_counters_are_accessible,
    every_bank_has_its_accessible_counters,
    every_service_has_an_accessible_counter,
    everything_has_clear_floor,
    machines_have_clear_floor,
    turning_circles_fit,
)
from layouts.access_doors import doors_leave_room_to_manoeuvre
from layouts.access_heights import (
    accessible_counters_are_low,
    accessible_counters_are_wide,
    accessible_counters_take_knees,
    controls_are_in_reach,
    headroom_is_clear,
    things_on_walls_stay_flat,
)
from layouts.access_passing import dead_ends_leave_room_to_turn, turns_round_narrow_things_are_wide, wheelchairs_can_pass
from layouts.access_question import AccessQuestion, AccessRule, not_checked
from layouts.access_routes import (
    doors_are_wide_enough,
    enough_entrances_are_accessible,
    entrances_are_wide_enough,
    everything_public_is_reached,
    main_aisle_is_wide_enough,
    routes_are_wide_enough,
)
from layouts.access_screening import SCREENING_RULES, every_entrance_is_screened
from layouts.access_seating import (
    enough_wheelchair_bays,
    seat_rows_have_a_gangway,
    wheelchair_bays_are_free,
    wheelchair_bays_are_large_enough,
    wheelchair_bays_are_reached,
)
from layouts.access_series import doors_in_series_stand_apart
from layouts.access_staff import staff_and_public_share_no_floor, staff_reach_their_positions, staff_zones_are_free
from layouts.access_toilets import (
    accessible_toilet_is_near,
    accessible_toilet_is_there,
    accessible_toilets_are_large_enough,
)
from layouts.findings import Finding
from layouts.layout import LevelLayout
from layouts.plan import Level
from layouts.programme import Programme
from layouts.standards import Profile

ACCESS_RULES: tuple[AccessRule, ...] = (
    entrances_are_wide_enough,
    doors_are_wide_enough,
    doors_leave_room_to_manoeuvre,
    everything_public_is_reached,
    routes_are_wide_enough,
    main_aisle_is_wide_enough,
    wheelchairs_can_pass,
    turns_round_narrow_things_are_wide,
    dead_ends_leave_room_to_turn,
    clear_floor_is_free,
    everything_has_clear_floor,
    turning_circles_fit,
    machines_have_clear_floor,
    every_service_has_an_accessible_counter,
    every_bank_has_its_accessible_counters,
    enough_counters_are_accessible,
    enough_wheelchair_bays,
    wheelchair_bays_are_large_enough,
    wheelchair_bays_are_free,
    wheelchair_bays_are_reached,
    seat_rows_have_a_gangway,
    accessible_toilet_is_there,
    accessible_toilet_is_near,
    staff_and_public_share_no_floor,
    staff_zones_are_free,
    staff_reach_their_positions,
    doors_in_series_stand_apart,
    enough_entrances_are_accessible,
    accessible_toilets_are_large_enough,
    accessible_counters_are_wide,
    accessible_counters_are_low,
    accessible_counters_take_knees,
    controls_are_in_reach,
    things_on_walls_stay_flat,
    headroom_is_clear,
)

# What a plan of walls and fittings does not show. Said in every check, so that nobody takes silence for a pass.
OUT_OF_SIGHT = (
    "access.floor_slope",
    "access.threshold",
    "access.door_force",
    "access.toilet_fixtures",
    "access.objects_of_the_building",
    "access.ramps_and_lifts",
    "access.signage_and_hearing",
)


def check_access(level: Level, layout: LevelLayout, programme: Programme, profile: Profile) -> tuple[Finding, ...]:
    """Findings of every rule in the order of ACCESS_RULES and SCREENING_RULES, then what could not be checked."""
    return access_findings(AccessQuestion(level=level, layout=layout, programme=programme, profile=profile))


def access_findings(question: AccessQuestion) -> tuple[Finding, ...]:
    """The access check of a question whose ground may be ready."""
    rules = (*ACCESS_RULES, *SCREENING_RULES, every_entrance_is_screened)
    found = tuple(finding for rule in rules for finding in rule(question))
    return (*found, *(not_checked(question.profile, code) for code in OUT_OF_SIGHT))
