"""THE document: what people know and decide. Nothing computed stands in it; view state neither."""

from __future__ import annotations

from dataclasses import dataclass, field

from layouts.layout import Layout
from layouts.plan import FloorPlan
from layouts.programme import Nearness
from layouts.readers.imported import OpeningEdit, RoomEdit
from solvers.placement.wish import Wish
from solvers.scenarios import Scenario
from solvers.services import (
    Appointments,
    Arrivals,
    Bank,
    DayType,
    JointVisit,
    Process,
    Season,
    Service,
    ServiceStandard,
    VisitorClass,
)
from solvers.staff import LabourRules, StaffMember

FORMAT_VERSION = 1
BY_HAND = "0" * 64  # the candidate of a layout that no optimiser proposed: the digest of no question


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the centre stands and when it works. `closed_dates` are the project's own closures beside public holidays;
    latitude and longitude, where both are told, give prayer rooms their direction."""

    name: str
    ministry: str
    country: str = "IQ"
    time_zone: str = "Asia/Baghdad"
    language: str = "en"
    closed_dates: tuple[str, ...] = ()
    latitude_deg: float | None = None
    longitude_deg: float | None = None

    def place(self) -> tuple[float, float] | None:
        """Degrees north and east, where both are known."""
        if self.latitude_deg is None or self.longitude_deg is None:
            return None
        return self.latitude_deg, self.longitude_deg


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomWish:
    """A room the programme must hold beside what capacity asks for. `kind` is a catalogue id; 0 means: from the standards."""

    id: str
    name: str
    kind: str
    area_m2: float = 0.0
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A level of the building that the centre uses, from the lowest up, and what people put there: ids of banks and rooms.

    What no floor names is dealt out by the flows. Without floors the first level of the plan holds everything.
    """

    level: str
    banks: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """How many of all who come take an entrance of the lowest level: shares of one whole, whatever they add up to.

    Entrances that are not named then bring nobody; without any of these all share by the widths of their doors.
    """

    door: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Demand grows by `per_year` (0.03 = 3 %) for `years` until the year planned for."""

    per_year: float = 0.0
    years: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WallKept:
    """A standing wall that people said of whether it has to stay or may go; `level` may be left out where one has the wall."""

    id: str
    structural: bool
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A step of opening: what is needed `year` years from now, at the project's growth; the last year opens everything."""

    year: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Money, in `currency`; each figure is the project's own and has its source in `source`, or under its name in `sources`.

    Capital: floor, counters, kiosks (0: as a counter), seats, furniture per staffed position, IT per position and for the
    whole centre, generator, contingency on all of it. Per year: staff (hours on post), rent, energy, maintenance as a share
    of capital, consumables per visit. `life_years` spreads capital; `re_engineering` is the one-off price of new processes.
    """

    currency: str = "USD"
    fit_out_per_m2: float = 0.0
    counter_each: float = 0.0
    seat_each: float = 0.0
    staff_per_hour: float = 0.0
    contingency_share: float = 0.15
    source: str = ""
    kiosk_each: float = 0.0
    furniture_per_position: float = 0.0
    it_per_position: float = 0.0
    it_fixed: float = 0.0
    generator: float = 0.0
    rent_per_m2_year: float = 0.0
    energy_per_m2_year: float = 0.0
    maintenance_share: float = 0.0
    consumables_per_visit: float = 0.0
    life_years: float = 10.0
    re_engineering: float = 0.0
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingSource:
    """An imported drawing, stored once by content, and the import recipe: what people decided about reading it.

    `layers` maps a class (wall, door, …) to layer names. `scale_to_mm`: calibrated millimetres in a drawing unit.
    `crop`: left, low, right, high in drawing units. `origin_mm`: where our origin lies in the scaled drawing, kept
    over revisions so that what stands on the plan stays where it is. `boundary`: the floor to plan as people drew it,
    drawing units. `openings` and `rooms`: doors and rooms as people told them. `confirmed`: parts of the reading that
    people looked at and found right. `storeys`: `all`, or empty for one. `page`: of a PDF, from 1.
    `turn_deg`: by how much the drawing is turned, counter-clockwise, to stand square to its walls; kept over revisions.
    0 and empty (no `turn_deg`): the reader decides.
    """

    name: str
    sha256: str
    unit: str = ""
    layers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    scale_to_mm: float = 0.0
    crop: tuple[float, ...] = ()
    hall: str = ""
    gap_mm: int = 0
    encoding: str = ""
    hidden: bool = False
    storey: str = ""
    origin_mm: tuple[int, ...] = ()
    boundary: tuple[tuple[float, float], ...] = ()
    openings: tuple[OpeningEdit, ...] = ()
    rooms: tuple[RoomEdit, ...] = ()
    confirmed: tuple[str, ...] = ()
    storeys: str = ""
    page: int = 0
    turn_deg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderlaySource:
    """A scan or a printed page under the plan, stored once by content.

    Pixels count from the upper left; of a PDF page (`page`, from 1) they are its points. `origin_mm` is where the lower
    left corner lies in the project's frame, about which it is turned. `locked`: the editor does not move it.
    """

    id: str
    name: str
    sha256: str
    width_px: int
    height_px: int
    mm_per_px: float
    page: int = 0
    origin_mm: tuple[float, float] = (0.0, 0.0)
    rotation_deg: float = 0.0
    opacity: float = 0.5
    locked: bool = True
    level: str = "level-0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A decision: module or item `id` stays where the accepted layout has it."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The layout people decided for, with the digest of the answer it came from."""

    candidate: str
    layout: Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A layout that people keep under a name of their own, with the digest of the answer it came from."""

    id: str
    name: str
    candidate: str
    layout: Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """Choices of the planner: standards in force, comfort, where the roster starts, seeds.

    `season` and `process` (as_is, to_be) say under which of the project's seasons and processes demand is planned; ""
    means the usual time of year and services as they stand. Of those whom a holiday turns away, `carry_over_share` come
    on the next open day.
    `staffing`: positions by formula | transient (the exact line through the day) | refined (by simulation from there).
    `standard_holds`: what refined positions keep the standard over: the whole day, or every interval of it.
    `main_aisle_mm`: how wide the main aisle shall be (0: the widest for which there is a way, none below the access profile's).
    `staff_zone_mm`: how deep the floor behind counters shall be (0: as the access profile has it).
    """

    access_profile: str = "iraq-default"
    egress_profile: str = "ibc-2021"
    seat_percentile: float = 0.95
    seated_share: float = 0.9
    shrinkage: float = 0.0
    interval_min: int = 30
    design_day_type: str = ""
    roster_start: str = ""
    roster_weeks: int = 2
    solves_first: str = "time"
    season: str = ""
    process: str = ""
    carry_over_share: float = 0.0
    staffing: str = "formula"
    standard_holds: str = "day"
    main_aisle_mm: int = 0
    staff_zone_mm: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Everything people know and decide about one centre."""

    id: str
    site: Site
    plan: FloorPlan | None
    banks: tuple[Bank, ...]
    services: tuple[Service, ...]
    day_types: tuple[DayType, ...]
    arrivals: tuple[Arrivals, ...]
    visitor_classes: tuple[VisitorClass, ...] = ()
    appointments: tuple[Appointments, ...] = ()
    joint_visits: tuple[JointVisit, ...] = ()
    seasons: tuple[Season, ...] = ()
    processes: tuple[Process, ...] = ()
    standards: tuple[ServiceStandard, ...] = (ServiceStandard(),)
    growth: Growth = field(default_factory=Growth)
    rooms: tuple[RoomWish, ...] = ()
    floors: tuple[Floor, ...] = ()
    entrances: tuple[Entrance, ...] = ()
    phases: tuple[Phase, ...] = ()
    walls: tuple[WallKept, ...] = ()
    nearness: tuple[Nearness, ...] = ()
    wishes: tuple[Wish, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    labour: LabourRules = field(default_factory=LabourRules)
    costs: Costs = field(default_factory=Costs)
    scenarios: tuple[Scenario, ...] = ()
    planning: Planning = field(default_factory=Planning)
    drawing: DrawingSource | None = None
    underlays: tuple[UnderlaySource, ...] = ()
    pins: tuple[Pin, ...] = ()
    accepted: Accepted | None = None
    variants: tuple[Variant, ...] = ()
    format_version: int = FORMAT_VERSION
