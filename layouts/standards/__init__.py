"""Numbers of law and standards as data: one TOML per profile, every value with unit, clause, edition, source, certainty."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from layouts.findings import BadInput, Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One number: `value` in `unit`, where it stands and how sure we are (read | from_memory | default)."""

    key: str
    value: float
    unit: str
    clause: str
    source: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A named set of rules of one edition. A result is a "planning check against profile X", never compliance."""

    id: str
    title: str
    edition: str
    rules: dict[str, Rule]

    def value(self, key: str) -> float:
        """The number of rule `key`; KeyError names profile and key when it has none."""
        return self.rule(key).value

    def mm(self, key: str) -> int:
        """The number of rule `key` as whole millimetres; the rule must be in mm."""
        rule = self.rule(key)
        if rule.unit != "mm":
            raise ValueError(f"{self.id}.{key} is in {rule.unit}, not mm")
        return int(rule.value)

    def rule(self, key: str) -> Rule:
        if key not in self.rules:
            raise KeyError(f"profile {self.id} has no rule {key}")
        return self.rules[key]


def profile_ids() -> tuple[str, ...]:
    """Ids of all profiles that ship with the product."""
    files = resources.files(__package__).iterdir()
    return tuple(sorted(f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")))


ACCESS_RULE, EGRESS_RULE = "clear_route_mm", "one_exit_max_load"  # every profile of access has the one, of egress the other
PLANNING_DEFAULT = "iraq-default"
AT_LEAST = ("accessible_counter_width_mm", "turning_circle_mm")
"""Where the default is larger it is planned by: standards say how long the low part of a counter is, not how wide a place;
and a circle of 1500 mm in ways of 1500 mm leaves nothing for drawing on whole decimetres."""


@cache
def access_profiles() -> tuple[str, ...]:
    """Ids of the profiles of access."""
    return tuple(name for name in profile_ids() if ACCESS_RULE in profile(name).rules)


@cache
def egress_profiles() -> tuple[str, ...]:
    """Ids of the profiles of egress."""
    return tuple(name for name in profile_ids() if EGRESS_RULE in profile(name).rules)


def for_planning(access: Profile) -> Profile:
    """What a layout is drawn by: the profile's own numbers, and those of the planning default where it has none. A standard
    says how wide a route is, and not how wide a counter. For checks the profile is taken as it is: what it does not say is
    told as not checked."""
    default = profile(PLANNING_DEFAULT)
    own = {key: access.rules[key] for key in default.rules if key in access.rules}
    own |= {key: max(own[key], default.rules[key], key=lambda rule: rule.value) for key in AT_LEAST if key in own}
    return replace(access, rules=default.rules | own)


@cache
def profile(profile_id: str) -> Profile:
    """Read the profile `profile_id`. BadInput `standards.unknown_profile` when there is none."""
    if profile_id not in profile_ids():
        raise BadInput("standards.unknown_profile", profile=profile_id, known=", ".join(profile_ids()))
    data = tomllib.loads(resources.files(__package__).joinpath(f"{profile_id}.toml").read_text("utf-8"))
    rules = {key: Rule(key=key, **entry) for key, entry in data["rules"].items()}
    return Profile(id=profile_id, title=data["title"], edition=data["edition"], rules=rules)
