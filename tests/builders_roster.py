"""A realistic centre to roster: 40 persons, Sunday to Thursday 08:00-15:00, a peaked morning; and small problems."""

from __future__ import annotations

from random import Random
from typing import Any

from solvers.cover import CoverNeed
from solvers.rostering.problem import History, RosterProblem, roster_problem
from solvers.rostering.roster import Duty, Segment
from solvers.services import DayType
from solvers.staff import Availability, DayRequest, LabourRules, StaffMember

WEEK = ("sun", "mon", "tue", "wed", "thu")
SUNDAY = "2026-02-01"
# persons at the peak per skill
PEAK = {
    "reception": 4,
    "registration": 11,
    "eligibility": 8,
    "assessment": 4,
    "cashier": 4,
    "complaints": 2,
    "collection": 2,
}
# share of the peak, half-hour by half-hour from 08:00 to 15:00
BUSY = (0.55, 0.8, 0.95, 1.0, 1.0, 1.0, 0.95, 0.9, 0.8, 0.75, 0.65, 0.6, 0.5, 0.35)
QUIET = tuple(0.8 * share for share in BUSY)
# (skills, persons)
TEAMS = (
    (("reception",), 2),
    (("reception", "collection"), 3),
    (("registration",), 6),
    (("registration", "reception"), 4),
    (("registration", "eligibility"), 6),
    (("eligibility",), 4),
    (("eligibility", "assessment"), 3),
    (("assessment",), 3),
    (("cashier",), 3),
    (("cashier", "registration"), 3),
    (("complaints", "eligibility"), 2),
    (("complaints", "reception", "collection"), 1),
)
NAMES = (
    "Zainab Hadi", "Omar Salih", "Shilan Aziz", "Karwan Ali", "Noor Jabbar", "Dilan Hassan", "Rand Mahmood",
    "Ahmed Kareem", "Hevi Taha", "Sara Yousif", "Mustafa Amin", "Lana Rashid", "Yasir Nouri", "Avin Sabir",
    "Maryam Hamid", "Bahar Qadir", "Hiwa Ismail", "Rawan Fadhil", "Ali Sattar", "Nergiz Omar", "Huda Latif",
    "Sirwan Majid", "Tara Jamal", "Qasim Abbas", "Ruba Khalil", "Azad Mustafa", "Dalia Nasser", "Firas Adnan",
    "Chnar Bakir", "Iman Saad", "Jwan Hama", "Layth Munir", "Mina Basim", "Peshawa Nuri", "Rezan Tofiq",
    "Suha Amer", "Talib Hussein", "Vian Ahmad", "Wisam Raad", "Zana Sherko",
)  # fmt: skip


def forty_staff(seed: int = 7) -> tuple[StaffMember, ...]:
    """40 persons: three quarters full-time (32.5 h), part-timers of 16 to 24 h, some leave, requests, days off."""
    dice = Random(seed)
    skills = [team for team, persons in TEAMS for _ in range(persons)]
    return tuple(_person(number, team, dice) for number, team in enumerate(skills))


def _person(number: int, team: tuple[str, ...], dice: Random) -> StaffMember:
    part = number % 4 == 3
    days = dice.sample(WEEK, 4) if part and number % 8 == 3 else list(WEEK)
    dates = [f"2026-02-{day:02d}" for day in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12)]
    leave = tuple(dates[2:4]) if number in (5, 17) else (tuple(dates[5:]) if number == 26 else ())
    wishes = tuple(
        DayRequest(date=date, wish=dice.choice(("off", "early", "late", "on")), weight=dice.randint(1, 3))
        for date in (dice.sample(dates, 2) if number % 3 == 0 else [])
    )
    return StaffMember(
        id=f"P{number + 1:02d}",
        name=NAMES[number],
        skills=team,
        contract_hours_per_week=float(dice.choice((16, 20, 24))) if part else 32.5,
        availability=tuple(Availability(weekday=d, from_min=480, to_min=900) for d in WEEK if d in days)
        if part
        else (),
        leave=leave,
        requests=wishes,
        cost_per_hour=6.0 if len(team) > 1 else 5.0,
    )


def peaked_needs(day_type: str, shares: tuple[float, ...], open_min: int = 480) -> tuple[CoverNeed, ...]:
    """The peak's persons times the share of each half-hour, rounded up from .3 on."""
    return tuple(
        CoverNeed(day_type=day_type, skill=skill, start_min=open_min + 30 * t, length_min=30,
                  needed=int(peak * share + 0.7))
        for skill, peak in PEAK.items()
        for t, share in enumerate(shares)
    )  # fmt: skip


def forty_staff_centre(weeks: int = 2) -> RosterProblem:
    """Two weeks of the whole centre: Sunday and Monday are busy, the other days quieter."""
    kinds = (
        DayType(id="busy", name="Busy day", open_min=480, close_min=900, weekdays=("sun", "mon")),
        DayType(id="quiet", name="Quiet day", open_min=480, close_min=900, weekdays=("tue", "wed", "thu")),
    )
    return roster_problem(
        peaked_needs("busy", BUSY) + peaked_needs("quiet", QUIET),
        kinds,
        forty_staff(),
        LabourRules(min_shift_min=240, max_shift_min=420, max_hours_per_week=40),
        start_date=SUNDAY,
        weeks=weeks,
    )


def small_centre(
    *,
    staff: tuple[StaffMember, ...] = (),
    needs: tuple[CoverNeed, ...] = (),
    weeks: int = 1,
    open_min: int = 480,
    close_min: int = 960,
    closed: tuple[str, ...] = (),
    history: tuple[History, ...] = (),
    rules: LabourRules | None = None,
) -> RosterProblem:
    """Open every day 08:00-16:00 in whole hours from Sunday 1 February 2026; one desk and one cash skill."""
    kind = DayType(id="plain", name="Plain", open_min=open_min, close_min=close_min, weekdays=(*WEEK, "fri", "sat"))
    return roster_problem(
        needs or (desk_need(1),),
        (kind,),
        staff or (worker("A"), worker("B")),
        rules or LabourRules(start_step_min=60, break_min=60),
        start_date=SUNDAY,
        weeks=weeks,
        closed_dates=closed,
        interval_min=60,
        history=history,
    )


def desk_need(needed: int, *, skill: str = "desk", start_min: int = 540, length_min: int = 300) -> CoverNeed:
    """Persons needed from 09:00 to 14:00 on every plain day."""
    return CoverNeed(day_type="plain", skill=skill, start_min=start_min, length_min=length_min, needed=needed)


def worker(name: str, **changes: Any) -> StaffMember:
    """A full-time person of the small centre with the desk skill."""
    given: dict[str, Any] = {"skills": ("desk",), "contract_hours_per_week": 35.0, **changes}
    return StaffMember(id=name, name=f"Person {name}", **given)


def duty(person: str, day: int, start_min: int, end_min: int, pause: int | None = None, skill: str = "desk") -> Duty:
    """A duty on the day-th of February with an hour's break at `pause`."""
    ends = [(start_min, end_min)] if pause is None else [(start_min, pause), (pause + 60, end_min)]
    return Duty(
        person=person,
        date=f"2026-02-{day:02d}",
        start_min=start_min,
        end_min=end_min,
        break_start_min=pause,
        break_min=0 if pause is None else 60,
        segments=tuple(Segment(skill=skill, start_min=a, end_min=b) for a, b in ends),
    )
