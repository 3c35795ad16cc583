"""No number of a profile lies idle: each is read by a rule of the checks or shapes the programme's modules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from layouts.access import check_access
from layouts.access_rooms import check_rooms
from layouts.egress import EgressQuestion, check_egress
from layouts.standards import Profile, Rule, profile, profile_ids
from solvers.programme import layout_rules
from tests.layouts.centre import a_centre
from tests.layouts.halls import block, box, door, kiosk, zone
from tests.layouts.test_access_rooms import interview_room


class Watched(Mapping[str, Rule]):
    """A profile's rules that remember which were read."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> Rule:
        self.read.add(key)
        return self.rules[key]

    def __contains__(self, key: object) -> bool:
        return key in self.rules

    def __iter__(self) -> Iterator[str]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)


def watched(profile_id: str) -> tuple[Profile, Watched]:
    rules = Watched(profile(profile_id).rules)
    return replace(profile(profile_id), rules=rules), rules  # type: ignore[arg-type]


def read_by_checks(profile_id: str) -> set[str]:
    """The numbers read while a centre is checked that has a machine, a doorway without leaf, and a way that is narrow."""
    level, layout, programme = a_centre()
    machine = replace(kiosk("k", 12_500, 10_200), clear_zones=(zone("front", box(12_000, 8700, 13_000, 10_200)),))
    leafless = door("gap", "internal", (18_000, 2000), (18_000, 3000), swing="none")
    narrow = (block("low", box(4900, 0, 5000, 7000)), block("high", box(4900, 7850, 5000, 12_000)))
    pulled = replace(level.doors[0], swing="in")
    level = replace(level, doors=(pulled, *level.doors[1:], leafless))
    found: set[str] = set()
    for more in ((machine,), (machine, *narrow)):
        placed = replace(layout, items=(*layout.items, *more))
        access, rules = watched(profile_id)
        check_access(level, placed, programme, access)
        check_rooms([interview_room()], access)
        check_egress(
            EgressQuestion(
                level=level, layout=placed, programme=programme, profile=watched("ibc-2021")[0], access_profile=access
            )
        )
        found |= rules.read
    return found


def read_by_egress(profile_id: str) -> set[str]:
    level, layout, programme = a_centre()
    crowd = tuple(replace(i, id=f"{i.id}{k}") for k in range(60) for i in layout.items if i.kind == "seat")
    egress, rules = watched(profile_id)
    for placed in (layout, replace(layout, items=(*layout.items, *crowd))):
        check_egress(EgressQuestion(level=level, layout=placed, programme=programme, profile=egress))
    return rules.read


def read_by_programme(profile_id: str) -> set[str]:
    shaped, rules = watched(profile_id)
    layout_rules(shaped)
    return rules.read


@pytest.mark.parametrize("profile_id", [p for p in profile_ids() if p != "ibc-2021"])
def test_every_number_of_an_access_profile_is_used(profile_id: str) -> None:
    used = read_by_checks(profile_id)
    if "staff_zone_mm" in profile(profile_id).rules:
        used |= read_by_programme(profile_id)
    assert set(profile(profile_id).rules) - used == set()


def test_every_number_of_the_egress_profile_is_used() -> None:
    assert set(profile("ibc-2021").rules) - read_by_egress("ibc-2021") == set()
