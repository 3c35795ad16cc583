"""The answer: who works when, at what, with which break; what is short and why; how fair it is."""

from __future__ import annotations

from dataclasses import dataclass

from solvers.effort import SolutionRecord

SPARE = ""  # the skill of a segment in which a person is on duty without a need: back-office work


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Part of a duty spent on one skill (SPARE: none needed)."""

    skill: str
    start_min: int
    end_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One person's day, minutes after midnight. `break_start_min` is None when `break_min` is 0."""

    person: str
    date: str
    start_min: int
    end_min: int
    break_start_min: int | None
    break_min: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLine:
    """Needed against rostered in one interval for one skill."""

    date: str
    start_min: int
    skill: str
    needed: int
    rostered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """`missing` persons of `skill` in one interval. `reason` is one of REASONS in shortages.py, `available` the number
    of persons with the skill who could have a duty then."""

    date: str
    start_min: int
    skill: str
    missing: int
    reason: str
    available: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSum:
    """One person over the horizon; `contract_min` is the contract less its share of leave and closed days."""

    person: str
    contract_min: int
    worked_min: int
    duties: int
    weekends: int
    early: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """Sums per person, and the lowest, highest and mean share of contract hours that people work."""

    persons: tuple[PersonSum, ...]
    lowest_share: float
    highest_share: float
    mean_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetRequest:
    """A wish that the roster does not grant."""

    person: str
    date: str
    wish: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The answer to a RosterProblem."""

    record: SolutionRecord
    assignments: tuple[Duty, ...]
    shortages: tuple[Shortage, ...]
    cover: tuple[CoverLine, ...]
    fairness: Fairness
    unmet_requests: tuple[UnmetRequest, ...]
