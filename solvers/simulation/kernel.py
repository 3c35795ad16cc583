"""The compiled day: one event heap, lines as linked lists, servers and skills as bits, no objects at all.

All compiled code stands in this one file, since its cache on disk looks only at this file's age.

Random numbers: each visitor has a key of its own, made of seed, day, entry and number; each of its numbers is the hash of
that key, the visit and the purpose (SplitMix64, Steele, Lea & Flood 2014). So the n-th visitor of a service stays the
same person whatever is staffed, added elsewhere, or scaled. Arrivals: unit-rate Poisson times S_n through the inverse of
the cumulated rate (time transformation; Cinlar 1975).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from solvers.compiled import compiled
from solvers.simulation.tables import (
    BALKED,
    BATCHES,
    BINS,
    BUSY,
    BUSY_OPEN,
    C_CALLED,
    C_CAME,
    C_LATE,
    C_WAIT,
    CALLED,
    D_CAME,
    D_INSIDE_AT_CLOSE,
    D_LAST_EXIT,
    D_PEAK,
    D_UNSERVED,
    DEAD,
    LATE,
    LEFT,
    LEFT_WAIT,
    MOST,
    MOST_PEOPLE,
    P_BOTH,
    P_CALLED,
    P_CALLED_SQUARE,
    P_LATE,
    P_LATE_SQUARE,
    S_CAME,
    S_DONE,
    S_LATE,
    S_LEFT,
    S_TIME,
    S_UNSERVED,
    S_WAIT,
    UNSERVED,
    WAIT,
    Floats,
    Ints,
    Tables,
    Tally,
    Words,
)

U1, U6, U11, U27, U30, U31, U58, U64 = (np.uint64(n) for n in (1, 6, 11, 27, 30, 31, 58, 64))
ZERO, ONES = np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF)
GAMMA = np.uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
BIT_OF = np.zeros(64, dtype=np.int64)
for _n in range(64):
    BIT_OF[(int(DE_BRUIJN) << _n & 0xFFFFFFFFFFFFFFFF) >> 58] = _n
UNIT = 2.0**-53

# purposes of a visitor's random numbers; those of visit v stand at VISIT + 4 v
GAP, CLASS_DRAW, COMPANION, FIRST, SHOW, EARLY = (np.uint64(n) for n in range(1, 7))
VISIT, PER_VISIT = np.uint64(16), np.uint64(4)
TIME, PATIENCE, BALK, ONWARD = (np.uint64(n) for n in range(4))

# kinds of event
END, WALKED, ARRIVE, BOOKED, PATIENCE_OVER = range(5)
KIND_SHIFT, SERIAL_SHIFT = 58, 26
ID_MASK, SERIAL_MASK = (1 << 26) - 1, (1 << 32) - 1

# whole-number registers
SIZE, TAKEN, FULL, INSIDE, VISITORS, PEAK, REGISTERS = range(7)
NOBODY = -1
MOST_TOGETHER = 20

# columns of a visitor, of a line, a bank, a server and a queue
FOLLOWS, BEFORE, OF_SERVICE, STOP, LINE, KIND, PERSONS, VISITS, SERIAL, WAS_LATE, COUNTED, VISITOR = range(12)
SERVICE_TIME, CAME, JOINED, WAITED, VISITOR_TIMES = range(5)
IN_LINE, ON_LINE, ON_DUTY, BANK_OF, LINE_STATE = range(5)
PEOPLE_WAITING, LENGTH, BANK_STATE = range(3)
DUTY, SERVES, SERVER_STATE = range(3)
HEAD, TAIL, QUEUE_STATE = range(3)


class State(NamedTuple):
    """What changes during a day. A queue is the visitors of one class in one line, in order of joining."""

    key: Words
    visitor: Ints
    minutes: Floats
    line: Ints
    bank: Ints
    server: Ints
    queue: Ints
    waiting: Words
    idle: Words
    serves: Words
    event_min: Floats
    event: Ints
    register: Ints
    entry_key: Words
    entry_number: Ints
    entry_reached: Floats
    entry_piece: Ints
    period: Ints


@compiled
def mixed(z: np.uint64) -> np.uint64:
    z = (z ^ (z >> U30)) * MIX_1
    z = (z ^ (z >> U27)) * MIX_2
    return z ^ (z >> U31)


@compiled
def uniform(key: np.uint64, purpose: np.uint64) -> float:
    """In (0, 1), both ends left out."""
    return (np.float64(mixed(key + purpose * GAMMA) >> U11) + 0.5) * UNIT


@compiled
def from_table(table: Floats, row: int, chance: float) -> float:
    """The table's minutes at a cumulated chance."""
    level = 0
    while chance >= 0.9375:
        if level == table.shape[1] - 1:
            return float(table[row, level, table.shape[2] - 1])
        chance = (chance - 0.9375) * 16.0
        level += 1
    place = chance * ((table.shape[2] - 1) / 0.9375)
    cell = int(place)
    low = table[row, level, cell]
    return float(low + (table[row, level, cell + 1] - low) * (place - cell))


@compiled
def first_bit(word: np.uint64) -> int:
    """Place of the lowest bit that is set."""
    return int(BIT_OF[int(((word & (~word + U1)) * DE_BRUIJN) >> U58)])


@compiled
def sink(times: Floats, events: Ints, size: int, at: float, event: int) -> None:
    """Sets the heap's top to the event and lets it sink to its place."""
    i, down = 0, 1
    while down + 1 < size:
        down += int(times[down + 1] < times[down])
        if at <= times[down]:
            times[i], events[i] = at, event
            return
        times[i], events[i] = times[down], events[down]
        i = down
        down = 2 * i + 1
    if down < size and times[down] < at:
        times[i], events[i] = times[down], events[down]
        i = down
    times[i], events[i] = at, event


@compiled
def schedule(times: Floats, events: Ints, r: Ints, at: float, event: int) -> None:
    """Puts an event on the heap; takes the place of the event in hand where that still stands on top."""
    if r[TAKEN]:
        r[TAKEN] = 0
        sink(times, events, r[SIZE], at, event)
        return
    i = r[SIZE]
    if i >= events.size:
        r[FULL] = 1
        return
    r[SIZE] = i + 1
    while i > 0:
        up = (i - 1) >> 1
        if times[up] <= at:
            break
        times[i], events[i] = times[up], events[up]
        i = up
    times[i], events[i] = at, event


@compiled
def chosen(shares: Floats, to: Ints, first: int, last: int, key: np.uint64, purpose: np.uint64) -> int:
    """One of the rows by its cumulated share; NOBODY when the number lies beyond the last."""
    if first == last:
        return NOBODY
    if last == first + 1 and shares[first] >= 1.0:
        return int(to[first])
    draw = uniform(key, purpose)
    for i in range(first, last):
        if draw < shares[i]:
            return int(to[i])
    return NOBODY


@compiled
def next_arrival_min(
    edges: Floats, cumulated: Floats, reached: Floats, piece_of: Ints, number_of: Ints, keys: Words, entry: int
) -> float:
    """When the next walk-in of an entry comes; infinity when the doors close first."""
    number_of[entry] += 1
    key = mixed(keys[entry] + np.uint64(number_of[entry]) * GAMMA)
    reached[entry] -= np.log(uniform(key, GAP))
    piece, last = piece_of[entry], cumulated.shape[1] - 1
    while piece < last and cumulated[entry, piece + 1] <= reached[entry]:
        piece += 1
    piece_of[entry] = piece
    if piece >= last:
        return np.inf
    low, high = cumulated[entry, piece], cumulated[entry, piece + 1]
    part = (reached[entry] - low) / (high - low)
    return float(edges[piece] + part * (edges[piece + 1] - edges[piece]))


@compiled
def booked_min(normal: Floats, key: np.uint64, slot: float, early: float, spread: float) -> float:
    """When somebody who keeps an appointment really comes."""
    chance = uniform(key, EARLY)
    upper = from_table(normal, 0, max(chance, 1.0 - chance))
    return float(slot - early + spread * (upper if chance >= 0.5 else -upper))


@compiled
def unhook(visitor: Ints, queue: Ints, waiting: Words, line: Ints, bank: Ints, v: int, classes: int) -> None:
    """Takes a waiting visitor out of its queue."""
    at = visitor[v, LINE]
    q = at * classes + visitor[v, KIND]
    ahead, behind = visitor[v, BEFORE], visitor[v, FOLLOWS]
    if ahead == NOBODY:
        queue[q, HEAD] = behind
    else:
        visitor[ahead, FOLLOWS] = behind
    if behind == NOBODY:
        queue[q, TAIL] = ahead
        if ahead == NOBODY:
            waiting[q >> 6] &= ~(U1 << np.uint64(q & 63))
    else:
        visitor[behind, BEFORE] = ahead
    line[at, IN_LINE] -= 1
    bank[line[at, BANK_OF], LENGTH] -= 1
    bank[line[at, BANK_OF], PEOPLE_WAITING] -= visitor[v, PERSONS]


@compiled
def leave(
    services: Floats,
    classes: Floats,
    days: Floats,
    waits: Ints,
    visitor: Ints,
    minutes: Floats,
    r: Ints,
    day: int,
    batch: int,
    v: int,
    how: int,
    now: float,
    width: float,
) -> None:
    """The visitor leaves the centre; work on the file may go on."""
    r[INSIDE] -= visitor[v, PERSONS]
    r[VISITORS] -= 1
    visitor[v, PERSONS] = 0
    days[day, D_LAST_EXIT] = max(now, days[day, D_LAST_EXIT])
    if visitor[v, COUNTED] == 0:
        return
    service, waited = visitor[v, OF_SERVICE], minutes[v, WAITED]
    services[day, service, how] += 1.0
    if how == S_DONE:
        services[day, service, S_WAIT] += waited
        services[day, service, S_TIME] += now - minutes[v, CAME]
        waits[batch, service, min(BINS - 1, int(waited / width))] += 1
    else:
        visitor[v, WAS_LATE] = 1
    services[day, service, S_LATE] += visitor[v, WAS_LATE]
    classes[day, visitor[v, KIND], C_LATE] += visitor[v, WAS_LATE]


@compiled
def sample(people: Ints, bank: Ints, r: Ints, place: int) -> None:
    """How many people wait at each bank and are inside at this moment."""
    banks = bank.shape[0]
    for b in range(banks):
        people[place, b, min(MOST_PEOPLE - 1, bank[b, PEOPLE_WAITING])] += 1
    people[place, banks, min(MOST_PEOPLE - 1, r[INSIDE])] += 1


@compiled
def begin_day(t: Tables, s: State, seed: np.uint64, number: int) -> int:
    """Everything empty, everyone off duty, first arrivals on the heap. Returns the first free place for a visitor."""
    room, r = s.key.size, s.register
    for v in range(room):
        s.visitor[v, FOLLOWS] = v + 1
        s.visitor[v, SERIAL] = 0
    s.visitor[room - 1, FOLLOWS] = NOBODY
    r[:] = 0
    s.queue[:] = NOBODY
    s.waiting[:] = ZERO
    s.line[:] = 0
    s.bank[:] = 0
    s.server[:, DUTY] = 0
    s.server[:, SERVES] = NOBODY
    s.idle[:] = ZERO
    s.serves[:] = ZERO
    s.entry_number[:] = 0
    s.entry_piece[:] = 0
    s.entry_reached[:] = 0.0
    s.period[:] = 0
    for each in range(s.line.shape[0]):
        s.line[each, BANK_OF] = t.line_bank[each]
    day_key = mixed(mixed(seed + GAMMA) + np.uint64(number + 1) * GAMMA)
    for entry in range(s.entry_key.size):
        s.entry_key[entry] = mixed(day_key + np.uint64(entry + 1) * MIX_1)
        at = next_arrival_min(
            t.entry_edges, t.entry_cumulated, s.entry_reached, s.entry_piece, s.entry_number, s.entry_key, entry
        )
        if at < np.inf:
            schedule(s.event_min, s.event, r, at, (ARRIVE << KIND_SHIFT) | entry)
        for slot in range(t.slot_at[entry], t.slot_at[entry + 1]):
            key = mixed(mixed(s.entry_key[entry] ^ ONES) + np.uint64(slot + 1) * GAMMA)
            if uniform(key, SHOW) < t.show_share[entry]:
                at = booked_min(t.normal, key, t.slot_min[slot], t.early_min[entry], t.punctuality_min[entry])
                event = (BOOKED << KIND_SHIFT) | (entry << SERIAL_SHIFT) | slot
                schedule(s.event_min, s.event, r, max(t.open_min, min(at, t.close_min)), event)
    return 0


@compiled
def change_duty(t: Tables, s: State, who: int, duty: int) -> None:
    """A span begins (duty > 0) or ends (0). Who is being served is finished with."""
    word, bit = who >> 6, U1 << np.uint64(who & 63)
    for at in range(s.serves.shape[0]):
        had = s.serves[at, word] & bit != ZERO
        has = (t.duty_lines[duty, at >> 6] >> np.uint64(at & 63)) & U1 != ZERO
        if has:
            s.serves[at, word] |= bit
        else:
            s.serves[at, word] &= ~bit
        s.line[at, ON_DUTY] += int(has) - int(had)
    s.server[who, DUTY] = duty
    s.idle[word] &= ~bit


@compiled
def end_day(t: Tables, s: State, o: Tally, day: int, batch: int) -> None:
    """Those still waiting when nobody serves any more are unserved; the day's intervals are added to the sums."""
    for q in range(s.queue.shape[0]):
        v = s.queue[q, HEAD]
        while v != NOBODY:
            bank = t.line_bank[s.visitor[v, LINE]]
            if s.visitor[v, COUNTED]:
                o.banks[day, bank, UNSERVED] += 1.0
                o.banks[day, bank, LATE] += 1.0
                i = int((s.minutes[v, JOINED] - t.open_min) / t.interval_min)
                i = max(0, min(t.intervals - 1, i))
                s.period[bank, i, 0] += 1
                s.period[bank, i, 1] += 1
                if s.visitor[v, PERSONS] > 0:
                    o.days[day, D_UNSERVED] += 1.0
            if s.visitor[v, PERSONS] > 0:
                leave(
                    o.services,
                    o.classes,
                    o.days,
                    o.service_waits,
                    s.visitor,
                    s.minutes,
                    s.register,
                    day,
                    batch,
                    v,
                    S_UNSERVED,
                    t.close_min,
                    t.bin_min,
                )
            v = s.visitor[v, FOLLOWS]
    o.days[day, D_PEAK] = s.register[PEAK]
    for b in range(s.period.shape[0]):
        for i in range(s.period.shape[1]):
            called, late = s.period[b, i, 0], s.period[b, i, 1]
            if called:
                o.periods[b, i, P_CALLED] += called
                o.periods[b, i, P_LATE] += late
                o.periods[b, i, P_CALLED_SQUARE] += called * called
                o.periods[b, i, P_BOTH] += called * late
                o.periods[b, i, P_LATE_SQUARE] += late * late


@compiled
def simulate_days(t: Tables, s: State, o: Tally, seed: np.uint64, first: int, count: int) -> int:
    """Days `first` … `first + count - 1` into the tally's rows. Returns how many days found enough room.

    One long function, so that the machine code keeps its arrays in hand. Each event may free a server, move a visitor
    on, bring one to a line or send one away; these four follow in this order, then the services that so begin.
    """
    key_of, visitor, minutes, line, bank, server = s.key, s.visitor, s.minutes, s.line, s.bank, s.server
    queue, waiting, idle, serves = s.queue, s.waiting, s.idle, s.serves
    times, events, r, period = s.event_min, s.event, s.register, s.period
    entry_key, entry_number, reached, piece = s.entry_key, s.entry_number, s.entry_reached, s.entry_piece
    banks, services, classes_out, busy_out, days = o.banks, o.services, o.classes, o.servers, o.days
    bank_waits, service_waits, people = o.bank_waits, o.service_waits, o.people
    open_min, close_min, interval_min, sample_min = t.open_min, t.close_min, t.interval_min, t.sample_min
    count_from_min, ageing, width, intervals = t.count_from_min, t.ageing_min, t.bin_min, t.intervals
    classes, priority, class_share, class_companions = t.classes, t.class_priority, t.class_share, t.class_companions
    table, stop_line, stop_line_at, mean_min = t.times, t.stop_line, t.stop_line_at, t.mean_min
    onward_at, onward_share, onward_to = t.onward_at, t.onward_share, t.onward_to
    counts_served, within, hidden, walk_min = t.counts_served, t.within_min, t.hidden, t.walk_min
    call_min, patience_min, balk_min = t.call_min, t.patience_min, t.balk_min
    entry_service, entry_class, entry_edges, entry_cumulated = (
        t.entry_service,
        t.entry_class,
        t.entry_edges,
        t.entry_cumulated,
    )
    first_at, first_share, first_to = t.entry_first_at, t.entry_first_share, t.entry_first_to
    change_min, change_server, change_to, duty_queues = t.change_min, t.change_server, t.change_duty, t.duty_queues
    per_interval, per_width = 1.0 / interval_min, 1.0 / width
    changes, samples, words = t.change_min.size, o.people.shape[0], s.idle.size

    for day in range(count):
        free = begin_day(t, s, seed, first + day)
        batch = (first + day) % BATCHES
        place, change, closed, next_sample = 0, 0, False, open_min
        while True:
            if r[TAKEN]:
                r[TAKEN] = 0
                r[SIZE] -= 1
                sink(times, events, r[SIZE], times[r[SIZE]], events[r[SIZE]])
            if r[FULL]:
                return day
            coming = times[0] if r[SIZE] > 0 else np.inf
            turn = change_min[change] if change < changes else np.inf
            now = min(coming, turn)
            if now == np.inf or (r[SIZE] == 0 and r[VISITORS] == 0 and not np.any(waiting)):
                break
            while next_sample < now and place < samples:
                sample(people, bank, r, place)
                place += 1
                next_sample = open_min + place * sample_min
            if now > close_min and not closed:
                closed = True
                days[day, D_INSIDE_AT_CLOSE] = r[VISITORS]

            freed, mover, joiner, quitter, onward, from_bank = NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, NOBODY
            server_1, called_1, server_2, called_2 = NOBODY, NOBODY, NOBODY, NOBODY
            if turn <= coming:
                who = change_server[change]
                change_duty(t, s, who, change_to[change])
                change += 1
                if server[who, SERVES] == NOBODY:
                    freed = who
            else:
                r[TAKEN] = 1
                event = events[0]
                kind, who = event >> KIND_SHIFT, event & ID_MASK
                if kind == END:
                    freed, mover = who, server[who, SERVES]
                    server[who, SERVES] = NOBODY
                    at = visitor[mover, LINE]
                    line[at, ON_LINE] -= 1
                    from_bank, stop = line[at, BANK_OF], visitor[mover, STOP]
                    visit = VISIT + np.uint64(visitor[mover, VISITS] - 1) * PER_VISIT
                    a, b = onward_at[stop], onward_at[stop + 1]
                    onward = chosen(onward_share, onward_to, a, b, key_of[mover], visit + ONWARD)
                elif kind == WALKED:
                    joiner = who
                elif kind == PATIENCE_OVER:
                    if visitor[who, SERIAL] == (event >> SERIAL_SHIFT) & SERIAL_MASK:
                        quitter = who
                        unhook(visitor, queue, waiting, line, bank, who, classes)
                        if visitor[who, COUNTED]:
                            banks[day, line[visitor[who, LINE], BANK_OF], LEFT] += 1.0
                            banks[day, line[visitor[who, LINE], BANK_OF], LEFT_WAIT] += now - minutes[who, JOINED]
                else:
                    if kind == ARRIVE:
                        entry = who
                        key = mixed(entry_key[entry] + np.uint64(entry_number[entry]) * GAMMA)
                        then = next_arrival_min(entry_edges, entry_cumulated, reached, piece, entry_number, entry_key, entry)
                        if then < np.inf:
                            schedule(times, events, r, then, event)
                    else:
                        entry = (event >> SERIAL_SHIFT) & SERIAL_MASK
                        key = mixed(mixed(entry_key[entry] ^ ONES) + np.uint64(who + 1) * GAMMA)
                    if free == NOBODY:
                        return day
                    mover = free
                    free = visitor[mover, FOLLOWS]
                    key_of[mover] = key
                    minutes[mover, CAME], minutes[mover, WAITED] = now, 0.0
                    service = entry_service[entry]
                    counted = 1 if now >= count_from_min else 0
                    group = entry_class[entry]
                    if group < 0:
                        group = 0
                        if classes > 1:
                            draw = uniform(key, CLASS_DRAW)
                            while group < classes - 1 and draw >= class_share[group]:
                                group += 1
                    persons, with_them = 1, class_companions[group]
                    if with_them > 0.0:
                        draw, chance = uniform(key, COMPANION), np.exp(-with_them)
                        while draw >= chance and persons < MOST_TOGETHER:
                            draw -= chance
                            chance *= with_them / persons
                            persons += 1
                    visitor[mover, OF_SERVICE], visitor[mover, KIND], visitor[mover, PERSONS] = service, group, persons
                    visitor[mover, VISITS], visitor[mover, WAS_LATE], visitor[mover, COUNTED] = 0, 0, counted
                    r[VISITORS] += 1
                    r[INSIDE] += persons
                    r[PEAK] = max(r[PEAK], r[INSIDE])
                    if counted:
                        services[day, service, S_CAME] += 1.0
                        classes_out[day, group, C_CAME] += 1.0
                        days[day, D_CAME] += 1.0
                    a, b = first_at[entry], first_at[entry + 1]
                    onward = chosen(first_share, first_to, a, b, key, FIRST)

            # a free server takes, of all its lines, who joined first; each priority step counts as `ageing` later
            if freed != NOBODY and server[freed, DUTY] > 0:
                least = np.inf
                for w in range(waiting.size):
                    able = waiting[w] & duty_queues[server[freed, DUTY], w]
                    while able != ZERO:
                        q = w * 64 + first_bit(able)
                        able &= able - U1
                        v = queue[q, HEAD]
                        rank = minutes[v, JOINED] + priority[q % classes] * ageing
                        if rank < least:
                            called_1, least = v, rank
                if called_1 == NOBODY:
                    idle[freed >> 6] |= U1 << np.uint64(freed & 63)
                else:
                    server_1 = freed
                    unhook(visitor, queue, waiting, line, bank, called_1, classes)
                    line[visitor[called_1, LINE], ON_LINE] += 1

            # a visitor goes on from `from_bank` (NOBODY: the entrance) to the stop `onward` (NOBODY: out)
            if mover != NOBODY:
                if onward == NOBODY:
                    if visitor[mover, PERSONS] > 0:
                        leave(
                            services,
                            classes_out,
                            days,
                            service_waits,
                            visitor,
                            minutes,
                            r,
                            day,
                            batch,
                            mover,
                            S_DONE,
                            now,
                            width,
                        )
                    visitor[mover, SERIAL] = (visitor[mover, SERIAL] + 1) & SERIAL_MASK
                    visitor[mover, FOLLOWS] = free
                    free = mover
                else:
                    at = stop_line[stop_line_at[onward]]
                    for i in range(stop_line_at[onward] + 1, stop_line_at[onward + 1]):
                        other = stop_line[i]
                        longer = line[at, IN_LINE] - line[other, IN_LINE]
                        if counts_served[onward]:
                            longer += line[at, ON_LINE] - line[other, ON_LINE]
                        if longer > 0:
                            at = other
                    visitor[mover, STOP], visitor[mover, LINE] = onward, at
                    to = line[at, BANK_OF]
                    if hidden[to] and visitor[mover, PERSONS] > 0:
                        leave(
                            services,
                            classes_out,
                            days,
                            service_waits,
                            visitor,
                            minutes,
                            r,
                            day,
                            batch,
                            mover,
                            S_DONE,
                            now,
                            width,
                        )
                    walk = walk_min[from_bank + 1, to] if visitor[mover, PERSONS] > 0 else 0.0
                    if walk > 0.0:
                        schedule(times, events, r, now + walk, (WALKED << KIND_SHIFT) | mover)
                    else:
                        joiner = mover

            # a visitor reaches its line: an idle server calls at once, else it waits, or does not even stay
            if joiner != NOBODY:
                v, at = joiner, visitor[joiner, LINE]
                visit = VISIT + np.uint64(visitor[v, VISITS]) * PER_VISIT
                visitor[v, VISITS] += 1
                minutes[v, JOINED] = now
                minutes[v, SERVICE_TIME] = from_table(table, visitor[v, STOP], uniform(key_of[v], visit + TIME))
                for w in range(words):
                    ready = idle[w] & serves[at, w]
                    if ready != ZERO:
                        server_2, called_2 = w * 64 + first_bit(ready), v
                        idle[w] &= ~(ready & (~ready + U1))
                        line[at, ON_LINE] += 1
                        break
                if server_2 == NOBODY:
                    stays = visitor[v, PERSONS] > 0
                    to = line[at, BANK_OF]
                    if stays and balk_min[at] > 0.0:
                        told = (line[at, IN_LINE] + 1) * mean_min[at] / max(1, line[at, ON_DUTY])
                        if told > -np.log(uniform(key_of[v], visit + BALK)) * balk_min[at]:
                            quitter = v
                            if visitor[v, COUNTED]:
                                banks[day, to, BALKED] += 1.0
                    if quitter == NOBODY:
                        q = at * classes + visitor[v, KIND]
                        ahead = queue[q, TAIL]
                        visitor[v, FOLLOWS], visitor[v, BEFORE] = NOBODY, ahead
                        if ahead == NOBODY:
                            queue[q, HEAD] = v
                            waiting[q >> 6] |= U1 << np.uint64(q & 63)
                        else:
                            visitor[ahead, FOLLOWS] = v
                        queue[q, TAIL] = v
                        line[at, IN_LINE] += 1
                        bank[to, LENGTH] += 1
                        bank[to, PEOPLE_WAITING] += visitor[v, PERSONS]
                        banks[day, to, MOST] = max(banks[day, to, MOST], bank[to, LENGTH])
                        if stays and patience_min[at] > 0.0:
                            over = now - np.log(uniform(key_of[v], visit + PATIENCE)) * patience_min[at]
                            event = (PATIENCE_OVER << KIND_SHIFT) | (visitor[v, SERIAL] << SERIAL_SHIFT) | v
                            schedule(times, events, r, over, event)

            # a visitor gives up: late at this bank and in its service
            if quitter != NOBODY:
                v, to = quitter, line[visitor[quitter, LINE], BANK_OF]
                if visitor[v, COUNTED]:
                    i = int((minutes[v, JOINED] - open_min) * per_interval)
                    i = max(0, min(intervals - 1, i))
                    period[to, i, 0] += 1
                    period[to, i, 1] += 1
                    banks[day, to, LATE] += 1.0
                leave(services, classes_out, days, service_waits, visitor, minutes, r, day, batch, v, S_LEFT, now, width)
                visitor[v, SERIAL] = (visitor[v, SERIAL] + 1) & SERIAL_MASK
                visitor[v, FOLLOWS] = free
                free = v

            # the services that begin: the wait ends with the call, the walk to the position is the server's dead time
            while server_1 != NOBODY or server_2 != NOBODY:
                if server_1 != NOBODY:
                    who, v = server_1, called_1
                    server_1 = NOBODY
                else:
                    who, v = server_2, called_2
                    server_2 = NOBODY
                at = visitor[v, LINE]
                to = line[at, BANK_OF]
                server[who, SERVES] = v
                visitor[v, SERIAL] = (visitor[v, SERIAL] + 1) & SERIAL_MASK
                wait = now - minutes[v, JOINED]
                present = visitor[v, PERSONS] > 0
                dead = call_min[at] if present else 0.0
                if present:
                    minutes[v, WAITED] += wait
                if visitor[v, COUNTED]:
                    late = 1 if wait > within[to] else 0
                    banks[day, to, CALLED] += 1.0
                    banks[day, to, WAIT] += wait
                    banks[day, to, LATE] += late
                    bank_waits[batch, to, min(BINS - 1, int(wait * per_width))] += 1
                    i = int((minutes[v, JOINED] - open_min) * per_interval)
                    i = max(0, min(intervals - 1, i))
                    period[to, i, 0] += 1
                    period[to, i, 1] += late
                    if present:
                        visitor[v, WAS_LATE] |= late
                        classes_out[day, visitor[v, KIND], C_CALLED] += 1.0
                        classes_out[day, visitor[v, KIND], C_WAIT] += wait
                end = now + dead + minutes[v, SERVICE_TIME]
                banks[day, to, DEAD] += dead
                banks[day, to, BUSY] += end - now
                inside = min(end, close_min) - max(now, open_min)
                if inside > 0.0:
                    banks[day, to, BUSY_OPEN] += inside
                    busy_out[day, who] += inside
                schedule(times, events, r, end, (END << KIND_SHIFT) | who)

        if not closed:
            days[day, D_INSIDE_AT_CLOSE] = r[VISITORS]
        while place < samples:
            sample(people, bank, r, place)
            place += 1
        end_day(t, s, o, day, batch)
    return count


def empty_state(tables: Tables, room: int) -> State:
    """Space for `room` visitors inside at once and four times as many events."""
    lines, banks, entries = tables.line_bank.size, tables.within_min.size, tables.entry_service.size
    events, words = 4 * room + tables.servers + entries + 64, max(1, (tables.servers + 63) // 64)
    return State(
        key=np.zeros(room, np.uint64),
        visitor=np.zeros((room, VISITOR), np.int64),
        minutes=np.zeros((room, VISITOR_TIMES)),
        line=np.zeros((lines, LINE_STATE), np.int64),
        bank=np.zeros((banks, BANK_STATE), np.int64),
        server=np.zeros((tables.servers, SERVER_STATE), np.int64),
        queue=np.zeros((lines * tables.classes, QUEUE_STATE), np.int64),
        waiting=np.zeros(tables.duty_queues.shape[1], np.uint64),
        idle=np.zeros(words, np.uint64),
        serves=np.zeros((lines, words), np.uint64),
        event_min=np.zeros(events),
        event=np.zeros(events, np.int64),
        register=np.zeros(REGISTERS, np.int64),
        entry_key=np.zeros(entries, np.uint64),
        entry_number=np.zeros(entries, np.int64),
        entry_reached=np.zeros(entries),
        entry_piece=np.zeros(entries, np.int64),
        period=np.zeros((banks, tables.intervals, 2), np.int64),
    )
