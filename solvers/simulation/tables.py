"""The arrays that the compiled day reads (Tables) and writes (Tally)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Counts = NDArray[np.int32]


class Tables(NamedTuple):
    """A SimulationProblem as arrays. `x_at` are first places of rows in the flat arrays that follow them."""

    open_min: float
    close_min: float
    interval_min: float
    count_from_min: float
    sample_min: float
    ageing_min: float
    per_bin: float
    per_interval: float
    intervals: int
    samples: int
    services: int
    classes: int
    # banks
    within_min: Floats
    hidden: Ints
    walk_min: Floats
    # lines
    line_bank: Ints
    call_min: Floats
    patience_min: Floats
    balk_min: Floats
    mean_min: Floats
    # stops
    stop_line_at: Ints
    stop_line: Ints
    counts_served: Ints
    times: Floats
    onward_at: Ints
    onward_share: Floats
    onward_to: Ints
    # entries
    entry_service: Ints
    entry_class: Ints
    entry_first_at: Ints
    entry_first_share: Floats
    entry_first_to: Ints
    entry_edges: Floats
    entry_cumulated: Floats
    slot_at: Ints
    slot_min: Floats
    show_share: Floats
    early_min: Floats
    punctuality_min: Floats
    # visitor classes
    class_share: Floats
    queue_rank: Floats
    class_companions: Floats
    # servers
    servers: int
    pool: Ints
    change_min: Floats
    change_server: Ints
    change_duty: Ints
    duty_queues: Words
    duty_lines: Words
    normal: Floats


class Tally(NamedTuple):
    """What a stretch of days left behind.

    One row a day: `banks[day, bank, BANK]`, `services[day, service, SERVICE]`, `classes[day, class, CLASS]`,
    `servers[day, server]` busy minutes, `days[day, DAY]`. Counts over all days, so that any split of the days adds up to
    the same: waits by `bank_waits[batch, bank, bin]` and `service_waits`, `periods[bank, interval, PERIOD]`, people by
    `people[sample, bank (last: all inside), number]`.
    """

    banks: Floats
    services: Floats
    classes: Floats
    servers: Floats
    days: Floats
    bank_waits: Ints
    service_waits: Ints
    periods: Ints
    people: Counts


BATCHES = 20
"""Days are dealt out to this many batches for the intervals of percentiles."""
BIN_MIN = 0.1
BINS = 2400
"""Waits are counted in so many bins of BIN_MIN (240 minutes), in twice as many where somebody waits longer, and so on."""
LEVELS = 6
CELLS = 480
"""Size of a table of service times: see quantiles."""
MOST_PEOPLE = 512
"""People are counted up to so many, up to twice as many where more are inside, and so on."""

# columns
CALLED, WAIT, LATE, LEFT, BALKED, BUSY, DEAD, MOST, BUSY_OPEN, LEFT_WAIT, UNSERVED = range(11)
S_CAME, S_DONE, S_LEFT, S_WAIT, S_TIME, S_LATE, S_UNSERVED = range(7)
C_CAME, C_CALLED, C_WAIT, C_LATE = range(4)
D_CAME, D_LAST_EXIT, D_PEAK, D_INSIDE_AT_CLOSE, D_UNSERVED = range(5)
P_CALLED, P_LATE, P_CALLED_SQUARE, P_BOTH, P_LATE_SQUARE = range(5)
BANK, SERVICE, CLASS, DAY, PERIOD = 11, 7, 4, 5, 5


def flat(tally: Tally) -> Tally:
    """The same numbers as rows of rows, as the compiled day counts them."""
    return Tally(**{name: getattr(tally, name).reshape(-1) for name in Tally._fields})


def empty_tally(tables: Tables, days: int, *, people: int = MOST_PEOPLE, bins: int = BINS) -> Tally:
    """Zeros for `days` days. What finds no room is counted in the last place: see `overfull`."""
    banks, services, samples = tables.within_min.size, tables.services, tables.samples
    return Tally(
        banks=np.zeros((days, banks, BANK)),
        services=np.zeros((days, services, SERVICE)),
        classes=np.zeros((days, tables.classes, CLASS)),
        servers=np.zeros((days, tables.servers)),
        days=np.zeros((days, DAY)),
        bank_waits=np.zeros((BATCHES, banks, bins), dtype=np.int64),
        service_waits=np.zeros((BATCHES, services, bins), dtype=np.int64),
        periods=np.zeros((banks, tables.intervals, PERIOD), dtype=np.int64),
        people=np.zeros((samples, banks + 1, people), dtype=np.int32),
    )


def overfull(tally: Tally) -> tuple[bool, bool]:
    """Whether more people were inside, and whether somebody waited longer, than the tally has places for."""
    crowded = tally.days[:, D_PEAK].max(initial=0.0) >= tally.people.shape[-1] - 1
    return bool(crowded), bool(tally.bank_waits[..., -1].any() or tally.service_waits[..., -1].any())
