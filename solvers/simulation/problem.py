"""The question put to the simulation: lines, journeys, arrivals and servers of one kind of day. Minutes after midnight.

Everything stands by position: a Stop names its lines by their place in `lines`, an entry its first stop by its place in
`stops`. A visitor joins one line; a server calls from all the lines its present span names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from solvers.services import ServiceTime, VisitorClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangular:
    """Time between `low` and `high`, likeliest at `mode`."""

    low_min: float
    mode_min: float
    high_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Uniform:
    """Time anywhere between `low` and `high`."""

    low_min: float
    high_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """Times from a time study or a ticket log, used as they were measured."""

    minutes: tuple[float, ...]


TimeLaw: TypeAlias = ServiceTime | Triangular | Uniform | Observed


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of visitors waiting at `bank` (its place in `banks`) for one skill.

    `call_min`: walk from seat to position after the call, dead time of the server. `patience_min`: mean of the
    exponential time after which a waiting visitor leaves; `balk_min`: mean of the exponential wait that a visitor accepts
    to hear of on arrival. 0 switches either off.
    """

    bank: int
    skill: str = ""
    call_min: float = 0.0
    patience_min: float = 0.0
    balk_min: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One service of a journey. With several `lines` the visitor joins the shortest, the first of equals; `counts_served` says
    whether those in service count too, as people who look at a counter do.

    `onward` are (stop, probability); what is left of 1 leaves the centre.
    """

    lines: tuple[int, ...]
    time: TimeLaw
    onward: tuple[tuple[int, float], ...] = ()
    counts_served: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Where a service's visitors come from and where they begin.

    `persons` per interval arrive as a Poisson process; `slots_min` are booked times: a visitor comes with chance
    `show_share`, normally `early_min` before the slot with deviation `punctuality_min`, never before opening.
    `first` are (stop, probability). `visitor_class` -1 draws the class by its share.
    """

    service: int
    first: tuple[tuple[int, float], ...]
    persons: tuple[float, ...] = ()
    slots_min: tuple[float, ...] = ()
    show_share: float = 1.0
    early_min: float = 0.0
    punctuality_min: float = 0.0
    visitor_class: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A server on duty from `start_min` to `end_min`, calling from `lines`. Who is served at its end is finished with."""

    start_min: float
    end_min: float
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A person or a machine; the spans do not overlap.

    Servers of one `pool` are positions that stand in for one another: where one's span ends while it serves, one of the
    pool that is free closes in its stead, and it goes on through that one's spans. People have no pool: they go by their
    own clock, once the visitor in hand is served.
    """

    id: str
    spans: tuple[Span, ...]
    pool: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedBank:
    """A bank as the simulation counts it: who waits longer than `within_min` is late. `behind_the_scenes`: work that
    goes on when the visitor has left."""

    id: str
    within_min: float = 10.0
    share_within: float = 0.8
    behind_the_scenes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationProblem:
    """One kind of day. Doors are open from `open_min` to `close_min`.

    Servers decide how long those inside are served after closing. `walk_min[a][b]` is the walk from bank a - 1 (0: the
    entrance) to bank b. `ageing_min`: a visitor of priority p waits like one of priority 0 who came p x `ageing_min`
    later; the default is strict priority. Arrivals before `open_min + warm_up_min` are lived through, not counted.
    """

    day_type: str
    open_min: float
    close_min: float
    interval_min: float
    banks: tuple[SimulatedBank, ...]
    services: tuple[str, ...]
    lines: tuple[Line, ...]
    stops: tuple[Stop, ...]
    entries: tuple[Entry, ...]
    servers: tuple[Server, ...]
    classes: tuple[VisitorClass, ...] = ()
    walk_min: tuple[tuple[float, ...], ...] = field(default=())
    ageing_min: float = 1e6
    warm_up_min: float = 0.0
    sample_min: float = 5.0
    grace_min: float = 240.0

    @property
    def intervals(self) -> int:
        return max(1, round((self.close_min - self.open_min) / self.interval_min))
