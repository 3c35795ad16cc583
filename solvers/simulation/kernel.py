"""The compiled day: one event heap, lines as linked lists, servers and skills as bits, no objects at all.

All compiled code stands in this one file, since its cache on disk looks only at this file's age.

Random numbers: each visitor has a key of its own, made of seed, day, entry and number; each of its numbers is the hash of
that key, the visit and the purpose (SplitMix64, Steele, Lea & Flood 2014). So the n-th visitor of a service stays the
same person whatever is staffed, added elsewhere, or scaled. Arrivals: unit-rate Poisson times S_n through the inverse of
the cumulated rate (time transformation; Cinlar 1975).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from layouts.compiled import compiled, inlined
from solvers.simulation.tables import (
    BALKED,
    BANK,
    BATCHES,
    BUSY,
    BUSY_OPEN,
    C_CALLED,
    C_CAME,
    C_LATE,
    C_WAIT,
    CALLED,
    CELLS,
    CLASS,
    D_CAME,
    D_INSIDE_AT_CLOSE,
    D_LAST_EXIT,
    D_PEAK,
    D_UNSERVED,
    DAY,
    DEAD,
    LATE,
    LEFT,
    LEFT_WAIT,
    LEVELS,
    MOST,
    P_BOTH,
    P_CALLED,
    P_CALLED_SQUARE,
    P_LATE,
    P_LATE_SQUARE,
    PERIOD,
    S_CAME,
    S_DONE,
    S_LATE,
    S_LEFT,
    S_TIME,
    S_UNSERVED,
    S_WAIT,
    SERVICE,
    UNSERVED,
    WAIT,
    Counts,
    Floats,
    Ints,
    Tables,
    Tally,
    Words,
)

U1, U4, U9, U11, U27, U30, U31, U55, U58, U63 = (np.uint64(n) for n in (1, 4, 9, 11, 27, 30, 31, 55, 58, 63))
ZERO, ONES = np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF)
GAMMA = np.uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
BIT_OF = np.zeros(64, dtype=np.int64)
for _n in range(64):
    BIT_OF[(int(DE_BRUIJN) << _n & 0xFFFFFFFFFFFFFFFF) >> 58] = _n
UNIT = 2.0**-53
LAST_SIXTEENTH = np.uint64(0xF000000000000000)

# purposes of a visitor's random numbers; those of visit v stand at VISIT + 4 v
GAP, CLASS_DRAW, COMPANION, FIRST, SHOW, EARLY = (np.uint64(n) for n in range(1, 7))
VISIT, PER_VISIT = np.uint64(16), np.uint64(4)
TIME, PATIENCE, BALK, ONWARD = (np.uint64(n) for n in range(4))

# kinds of event
END, WALKED, ARRIVE, BOOKED, PATIENCE_OVER = range(5)
KIND_SHIFT, SERIAL_SHIFT = 58, 26
ID_MASK, SERIAL_MASK = (1 << 26) - 1, (1 << 32) - 1

# whole-number registers
INSIDE, VISITORS, PEAK, NOTED, REGISTERS = range(5)
NOBODY = -1
MOST_TOGETHER = 20
# what a traced day notes, and the columns of a note: minute, kind, the visitor's place, two values of the kind
CAME, JOINED, CALLED_IN, SERVED, GONE = range(5)
NOTE = 5
MOST_NEW_EVENTS = 8
"""No event brings more new ones than this."""

# rows of what changes during a day: a visitor, a line, a bank, a server, a queue
VISITOR = np.dtype(
    [
        *((name, np.uint64) for name in ("key",)),
        *((name, np.float64) for name in ("service_time", "came", "joined", "waited")),
        ("serial", np.int64),
        *((name, np.int32) for name in ("follows", "before", "of_service", "stop", "line", "kind", "persons", "visits")),
        *((name, np.int32) for name in ("was_late", "counted", "spare_1", "spare_2")),
    ]
)
LINE = np.dtype([(name, np.int32) for name in ("in_line", "on_line", "on_duty", "bank_of")])
AT_BANK = np.dtype([(name, np.int32) for name in ("people_waiting", "length")])
SERVER = np.dtype([(name, np.int32) for name in ("duty", "serves", "post", "holder")])
QUEUE = np.dtype([(name, np.int32) for name in ("head", "tail")])
Rows = NDArray[Any]


class State(NamedTuple):
    """What changes during a day. A queue is the visitors of one class in one line, in order of joining. A server stands at
    a `post`, the server whose spans it works; the `holder` of a post stands there."""

    visitor: Rows
    line: Rows
    bank: Rows
    server: Rows
    queue: Rows
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
    notes: Floats


@inlined
def mixed(z: np.uint64) -> np.uint64:
    z = (z ^ (z >> U30)) * MIX_1
    z = (z ^ (z >> U27)) * MIX_2
    return z ^ (z >> U31)


@inlined
def uniform(key: np.uint64, purpose: np.uint64) -> float:
    """In (0, 1), both ends left out."""
    return (np.float64(np.int64(mixed(key + purpose * GAMMA) >> U11)) + 0.5) * UNIT


@inlined
def place(number: int) -> int:
    """The same number, known not to be negative: arrays are then read without asking whether to count from their end."""
    return int(np.int64(np.uint32(number)))


@inlined
def draw_of(key: np.uint64, purpose: np.uint64) -> np.uint64:
    """64 even bits: a chance in 0 … 2^64."""
    return mixed(key + purpose * GAMMA)


@inlined
def from_table(table: Floats, row: int, draw: np.uint64) -> float:
    """The table's minutes at the chance draw / 2^64: four bits choose the level, nine the cell, the rest the place in it."""
    level = 0
    while draw >= LAST_SIXTEENTH:
        if level == LEVELS - 1:
            return float(table[(row * LEVELS + level) * (CELLS + 1) + CELLS])
        draw = draw << U4
        level += 1
    first = (row * LEVELS + place(level)) * (CELLS + 1) + np.int64(draw >> U55)
    part = np.float64(np.int64((draw << U9) >> U11)) * UNIT
    low = table[first]
    return float(low + (table[first + 1] - low) * part)


@inlined
def first_bit(word: np.uint64) -> int:
    """Place of the lowest bit that is set."""
    return place(BIT_OF[((word & (~word + U1)) * DE_BRUIJN) >> U58])


@inlined
def sink(times: Floats, events: Ints, size: int, at: float, event: int) -> None:
    """Sets the heap's top to the event and lets it sink to its place."""
    i, down = 0, 1
    while down + 1 < size:
        down = place(down + int(times[place(down + 1)] < times[place(down)]))
        if at <= times[down]:
            times[i], events[i] = at, event
            return
        times[i], events[i] = times[down], events[down]
        i = down
        down = place(2 * i + 1)
    if down < size and times[down] < at:
        times[i], events[i] = times[down], events[down]
        i = down
    times[i], events[i] = at, event


@inlined
def rise(times: Floats, events: Ints, size: int, at: float, event: int) -> None:
    """Puts an event behind the last of the heap and lets it rise to its place."""
    i = place(size)
    while i > 0:
        up = place((i - 1) >> 1)
        if times[up] <= at:
            break
        times[i], events[i] = times[up], events[up]
        i = up
    times[i], events[i] = at, event


@inlined
def chosen(shares: Floats, to: Ints, first: int, last: int, key: np.uint64, purpose: np.uint64) -> int:
    """One of the rows by its cumulated share; NOBODY when the number lies beyond the last."""
    if first == last:
        return NOBODY
    if last == first + 1 and shares[place(first)] >= 1.0:
        return int(to[place(first)])
    draw = uniform(key, purpose)
    for i in range(first, last):
        if draw < shares[place(i)]:
            return int(to[place(i)])
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
    draw = draw_of(key, EARLY)
    above = draw >> U63 != ZERO
    deviation = from_table(normal, 0, draw if above else ~draw)
    return float(slot - early + spread * (deviation if above else -deviation))


@inlined
def unhook(visitor: Rows, queue: Rows, waiting: Words, line: Rows, bank: Rows, v: int, classes: int) -> None:
    """Takes a waiting visitor out of its queue."""
    at = place(visitor[v].line)
    q = place(at * classes + visitor[v].kind)
    ahead, behind = visitor[v].before, visitor[v].follows
    if ahead == NOBODY:
        queue[q].head = behind
    else:
        visitor[place(ahead)].follows = behind
    if behind == NOBODY:
        queue[q].tail = ahead
        if ahead == NOBODY:
            waiting[q >> 6] &= ~(U1 << np.uint64(q & 63))
    else:
        visitor[place(behind)].before = ahead
    line[at].in_line -= 1
    of = place(line[at].bank_of)
    bank[of].length -= 1
    bank[of].people_waiting -= visitor[v].persons


@inlined
def leave(o: Tally, t: Tables, s: State, row: int, batch: int, v: int, how: int, now: float) -> None:
    """The visitor leaves the centre; work on the file may go on. `row`: the day's place in the tally."""
    visitor, r = s.visitor, s.register
    r[INSIDE] -= visitor[v].persons
    r[VISITORS] -= 1
    visitor[v].persons = 0
    o.days[row * DAY + D_LAST_EXIT] = max(now, o.days[row * DAY + D_LAST_EXIT])
    if visitor[v].counted == 0:
        return
    service, waited = place(visitor[v].of_service), visitor[v].waited
    of = (row * t.services + service) * SERVICE
    o.services[of + how] += 1.0
    if how == S_DONE:
        o.services[of + S_WAIT] += waited
        o.services[of + S_TIME] += now - visitor[v].came
        bins = o.service_waits.size // (BATCHES * t.services)
        o.service_waits[(batch * t.services + service) * bins + min(bins - 1, place(int(waited * t.per_bin)))] += 1
    else:
        visitor[v].was_late = 1
    late = visitor[v].was_late
    o.services[of + S_LATE] += late
    o.classes[(row * t.classes + place(visitor[v].kind)) * CLASS + C_LATE] += late


@inlined
def sample(people: Counts, bank: Rows, r: Ints, look: int, samples: int) -> None:
    """How many people wait at each bank and are inside at this moment."""
    banks = bank.size
    most = people.size // (samples * (banks + 1))
    first = place(look) * (banks + 1) * most
    for b in range(banks):
        people[first + place(b) * most + min(most - 1, place(bank[place(b)].people_waiting))] += 1
    people[first + banks * most + min(most - 1, place(r[INSIDE]))] += 1


@inlined
def note(s: State, now: float, kind: int, v: int, one: int, other: int) -> None:
    """Writes down what happens to a visitor; what finds no room is only counted, so that the caller can make room."""
    at = s.register[NOTED] * NOTE
    s.register[NOTED] += 1
    if at + NOTE <= s.notes.size:
        s.notes[at] = now
        s.notes[at + 1] = kind
        s.notes[at + 2] = v
        s.notes[at + 3] = one
        s.notes[at + 4] = other


@compiled
def begin_day(t: Tables, s: State, seed: np.uint64, number: int) -> int:
    """Everything empty, everyone off duty, first arrivals on the heap. Returns how many events stand on it."""
    r = s.register
    r[:] = 0
    for each in range(s.queue.size):
        s.queue[each].head = NOBODY
        s.queue[each].tail = NOBODY
    for each in range(s.bank.size):
        s.bank[each].people_waiting = 0
        s.bank[each].length = 0
    for each in range(s.server.size):
        s.server[each].duty = 0
        s.server[each].serves = NOBODY
        s.server[each].post = each
        s.server[each].holder = each
    s.waiting[:] = ZERO
    s.idle[:] = ZERO
    s.serves[:] = ZERO
    s.entry_number[:] = 0
    s.entry_piece[:] = 0
    s.entry_reached[:] = 0.0
    s.period[:] = 0
    for each in range(s.line.size):
        s.line[each].in_line = 0
        s.line[each].on_line = 0
        s.line[each].on_duty = 0
        s.line[each].bank_of = t.line_bank[each]
    size = 0
    day_key = mixed(mixed(seed + GAMMA) + np.uint64(number + 1) * GAMMA)
    for entry in range(s.entry_key.size):
        s.entry_key[entry] = mixed(day_key + np.uint64(entry + 1) * MIX_1)
        at = next_arrival_min(
            t.entry_edges, t.entry_cumulated, s.entry_reached, s.entry_piece, s.entry_number, s.entry_key, entry
        )
        if at < np.inf:
            rise(s.event_min, s.event, size, at, (ARRIVE << KIND_SHIFT) | entry)
            size += 1
        for slot in range(t.slot_at[entry], t.slot_at[entry + 1]):
            key = mixed(mixed(s.entry_key[entry] ^ ONES) + np.uint64(slot + 1) * GAMMA)
            if uniform(key, SHOW) < t.show_share[entry]:
                at = booked_min(t.normal, key, t.slot_min[slot], t.early_min[entry], t.punctuality_min[entry])
                event = (BOOKED << KIND_SHIFT) | (entry << SERIAL_SHIFT) | slot
                rise(s.event_min, s.event, size, max(t.open_min, min(at, t.close_min)), event)
                size += 1
    return size


@compiled
def change_duty(t: Tables, s: State, post: int, duty: int) -> int:
    """A span begins (duty > 0) or ends (0) at a post; returns who it is for. Who is being served is finished with."""
    who = s.server[post].holder
    if duty == 0 and s.server[who].serves != NOBODY and t.pool[who] != NOBODY:
        who = free_one_instead(t, s, who)
    word, bit = who >> 6, U1 << np.uint64(who & 63)
    words = s.idle.size
    for at in range(s.line.size):
        had = s.serves[at * words + word] & bit != ZERO
        has = (t.duty_lines[duty, at >> 6] >> np.uint64(at & 63)) & U1 != ZERO
        if has:
            s.serves[at * words + word] |= bit
        else:
            s.serves[at * words + word] &= ~bit
        s.line[at].on_duty += int(has) - int(had)
    s.server[who].duty = duty
    s.idle[word] &= ~bit
    return int(who)


@compiled
def free_one_instead(t: Tables, s: State, who: int) -> int:
    """The first of the busy server's pool on the same duty who is free: the two change posts. Nobody free: `who` itself."""
    for w in range(s.idle.size):
        able = s.idle[w]
        while able != ZERO:
            other = place(w * 64 + first_bit(able))
            able &= able - U1
            if t.pool[other] == t.pool[who] and s.server[other].duty == s.server[who].duty:
                mine, theirs = s.server[who].post, s.server[other].post
                s.server[who].post, s.server[other].post = theirs, mine
                s.server[theirs].holder, s.server[mine].holder = who, other
                return other
    return who


@compiled
def end_day(t: Tables, s: State, o: Tally, day: int, batch: int) -> None:
    """Those still waiting when nobody serves any more are unserved; the day's intervals are added to the sums."""
    banks = s.bank.size
    for q in range(s.queue.size):
        v = s.queue[q].head
        while v != NOBODY:
            bank = t.line_bank[s.visitor[v].line]
            if s.visitor[v].counted:
                o.banks[(day * banks + bank) * BANK + UNSERVED] += 1.0
                o.banks[(day * banks + bank) * BANK + LATE] += 1.0
                i = (bank * t.intervals + interval_of(t, s.visitor[v].joined)) * 2
                s.period[i] += 1
                s.period[i + 1] += 1
                if s.visitor[v].persons > 0:
                    o.days[day * DAY + D_UNSERVED] += 1.0
            if s.visitor[v].persons > 0:
                leave(o, t, s, day, batch, v, S_UNSERVED, t.close_min)
            v = s.visitor[v].follows
    o.days[day * DAY + D_PEAK] = s.register[PEAK]
    for i in range(banks * t.intervals):
        called, late = s.period[2 * i], s.period[2 * i + 1]
        if called:
            o.periods[i * PERIOD + P_CALLED] += called
            o.periods[i * PERIOD + P_LATE] += late
            o.periods[i * PERIOD + P_CALLED_SQUARE] += called * called
            o.periods[i * PERIOD + P_BOTH] += called * late
            o.periods[i * PERIOD + P_LATE_SQUARE] += late * late


@inlined
def interval_of(t: Tables, joined: float) -> int:
    """The interval of the day in which somebody joined a line; the first and the last take what lies outside."""
    return place(max(0, min(t.intervals - 1, int((joined - t.open_min) * t.per_interval))))


@compiled
def simulate_days(t: Tables, s: State, o: Tally, seed: np.uint64, first: int, count: int) -> int:
    """Days `first` … `first + count - 1` into the tally's rows. Returns how many days found enough room.

    One long function, so that the machine code keeps its arrays in hand. Each event may free a server, move a visitor
    on, bring one to a line or send one away; these four follow in this order, then the services that so begin.
    """
    visitor, line, bank, server, queue = s.visitor, s.line, s.bank, s.server, s.queue
    waiting, idle, serves = s.waiting, s.idle, s.serves
    times, events, r, period = s.event_min, s.event, s.register, s.period
    sample_min, close_min, classes = t.sample_min, t.close_min, t.classes
    changes, samples, words, number_of_banks = t.change_min.size, t.samples, s.idle.size, bank.size
    queue_words, bins = waiting.size, o.bank_waits.size // (BATCHES * bank.size)
    room_for_events = times.size - MOST_NEW_EVENTS
    noting = s.notes.size > 0

    for day in range(count):
        free, used, taken = NOBODY, 0, False
        size = begin_day(t, s, seed, first + day)
        batch = (first + day) % BATCHES
        look, change, closed, next_sample = 0, 0, False, t.open_min
        while True:
            if taken:  # nothing took the place of the event in hand: the last of the heap does
                taken = False
                size -= 1
                sink(times, events, size, times[place(size)], events[place(size)])
            if size > room_for_events:
                return day
            coming = times[0] if size > 0 else np.inf
            turn = t.change_min[place(change)] if change < changes else np.inf
            now = min(coming, turn)
            if now == np.inf or (size == 0 and r[VISITORS] == 0 and not np.any(waiting)):
                break
            while next_sample < now and look < samples:
                sample(o.people, bank, r, look, samples)
                look += 1
                next_sample = t.open_min + look * sample_min
            if now > close_min and not closed:
                closed = True
                o.days[day * DAY + D_INSIDE_AT_CLOSE] = r[VISITORS]

            freed, mover, joiner, quitter, onward, from_bank = NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, NOBODY
            server_1, called_1, server_2, called_2 = NOBODY, NOBODY, NOBODY, NOBODY
            if turn <= coming:
                who = change_duty(t, s, t.change_server[place(change)], t.change_duty[place(change)])
                change += 1
                if server[place(who)].serves == NOBODY:
                    freed = who
            else:
                taken = True
                event = events[0]
                kind, who = event >> KIND_SHIFT, event & ID_MASK
                if kind == END:
                    freed = who
                    m = place(server[who].serves)
                    mover = m
                    server[who].serves = NOBODY
                    if noting:
                        note(s, now, SERVED, m, who, 0)
                    at = place(visitor[m].line)
                    line[at].on_line -= 1
                    from_bank, stop = line[at].bank_of, place(visitor[m].stop)
                    visit = VISIT + np.uint64(visitor[m].visits - 1) * PER_VISIT
                    a, b = t.onward_at[stop], t.onward_at[stop + 1]
                    onward = chosen(t.onward_share, t.onward_to, a, b, visitor[m].key, visit + ONWARD)
                elif kind == WALKED:
                    joiner = who
                elif kind == PATIENCE_OVER:
                    if visitor[who].serial == (event >> SERIAL_SHIFT) & SERIAL_MASK:
                        quitter = who
                        unhook(visitor, queue, waiting, line, bank, who, classes)
                        if visitor[who].counted:
                            of = (day * number_of_banks + place(line[place(visitor[who].line)].bank_of)) * BANK
                            o.banks[of + LEFT] += 1.0
                            o.banks[of + LEFT_WAIT] += now - visitor[who].joined
                else:
                    if kind == ARRIVE:
                        entry = who
                        key = mixed(s.entry_key[entry] + np.uint64(s.entry_number[entry]) * GAMMA)
                        then = next_arrival_min(
                            t.entry_edges,
                            t.entry_cumulated,
                            s.entry_reached,
                            s.entry_piece,
                            s.entry_number,
                            s.entry_key,
                            entry,
                        )
                        if then < np.inf:
                            taken = False
                            sink(times, events, size, then, event)
                    else:
                        entry = place((event >> SERIAL_SHIFT) & SERIAL_MASK)
                        key = mixed(mixed(s.entry_key[entry] ^ ONES) + np.uint64(who + 1) * GAMMA)
                    if free == NOBODY:
                        if used == visitor.size:
                            return day
                        m = place(used)
                        visitor[m].serial = 0
                        used += 1
                    else:
                        m = place(free)
                        free = visitor[m].follows
                    mover = m
                    visitor[m].key = key
                    visitor[m].came = now
                    visitor[m].waited = 0.0
                    service = place(t.entry_service[entry])
                    counted = 1 if now >= t.count_from_min else 0
                    group = t.entry_class[entry]
                    if group < 0:
                        group = 0
                        if classes > 1:
                            draw = uniform(key, CLASS_DRAW)
                            while group < classes - 1 and draw >= t.class_share[place(group)]:
                                group += 1
                    group = place(group)
                    persons, with_them = 1, t.class_companions[group]
                    if with_them > 0.0:
                        draw, chance = uniform(key, COMPANION), np.exp(-with_them)
                        while draw >= chance and persons < MOST_TOGETHER:
                            draw -= chance
                            chance *= with_them / persons
                            persons += 1
                    visitor[m].of_service = service
                    visitor[m].kind = group
                    visitor[m].persons = persons
                    visitor[m].visits = 0
                    visitor[m].was_late = 0
                    visitor[m].counted = counted
                    r[VISITORS] += 1
                    r[INSIDE] += persons
                    r[PEAK] = max(r[PEAK], r[INSIDE])
                    if noting:
                        note(s, now, CAME, m, service, persons)
                    if counted:
                        o.services[(day * t.services + service) * SERVICE + S_CAME] += 1.0
                        o.classes[(day * classes + group) * CLASS + C_CAME] += 1.0
                        o.days[day * DAY + D_CAME] += 1.0
                    a, b = t.entry_first_at[entry], t.entry_first_at[entry + 1]
                    onward = chosen(t.entry_first_share, t.entry_first_to, a, b, key, FIRST)

            # a free server takes, of all its lines, who joined first; each priority step counts as `ageing` later
            if freed != NOBODY and server[place(freed)].duty > 0:
                f = place(freed)
                duty = place(server[f].duty)
                least = np.inf
                for w in range(queue_words):
                    able = waiting[w] & t.duty_queues[duty * queue_words + w]
                    while able != ZERO:
                        q = place(w * 64 + first_bit(able))
                        able &= able - U1
                        v = queue[q].head
                        rank = visitor[place(v)].joined + t.queue_rank[q]
                        if rank < least:
                            called_1, least = v, rank
                if called_1 == NOBODY:
                    idle[f >> 6] |= U1 << np.uint64(f & 63)
                else:
                    server_1 = f
                    v = place(called_1)
                    unhook(visitor, queue, waiting, line, bank, v, classes)
                    line[place(visitor[v].line)].on_line += 1

            # a visitor goes on from `from_bank` (NOBODY: the entrance) to the stop `onward` (NOBODY: out)
            if mover != NOBODY:
                m = place(mover)
                if onward == NOBODY:
                    if noting:
                        note(s, now, GONE, m, 1, 0)
                    if visitor[m].persons > 0:
                        leave(o, t, s, day, batch, m, S_DONE, now)
                    visitor[m].serial = (visitor[m].serial + 1) & SERIAL_MASK
                    visitor[m].follows = free
                    free = m
                else:
                    stop = place(onward)
                    a, b = t.stop_line_at[stop], t.stop_line_at[stop + 1]
                    at = place(t.stop_line[place(a)])
                    for i in range(a + 1, b):
                        other = place(t.stop_line[place(i)])
                        longer = line[at].in_line - line[other].in_line
                        if t.counts_served[stop]:
                            longer += line[at].on_line - line[other].on_line
                        if longer > 0:
                            at = other
                    visitor[m].stop = stop
                    visitor[m].line = at
                    to = place(line[at].bank_of)
                    if t.hidden[to] and visitor[m].persons > 0:
                        leave(o, t, s, day, batch, m, S_DONE, now)
                    walk = t.walk_min[place(from_bank + 1) * number_of_banks + to] if visitor[m].persons > 0 else 0.0
                    if walk > 0.0:
                        event = (WALKED << KIND_SHIFT) | m
                        if taken:
                            taken = False
                            sink(times, events, size, now + walk, event)
                        else:
                            rise(times, events, size, now + walk, event)
                            size += 1
                    else:
                        joiner = m

            # a visitor reaches its line: an idle server calls at once, else it waits, or does not even stay
            if joiner != NOBODY:
                v = place(joiner)
                at = place(visitor[v].line)
                visit = VISIT + np.uint64(visitor[v].visits) * PER_VISIT
                visitor[v].visits += 1
                visitor[v].joined = now
                if noting:
                    note(s, now, JOINED, v, line[at].bank_of, min(1, visitor[v].persons))
                visitor[v].service_time = from_table(t.times, place(visitor[v].stop), draw_of(visitor[v].key, visit + TIME))
                for w in range(words):
                    ready = idle[w] & serves[at * words + w]
                    if ready != ZERO:
                        server_2, called_2 = place(w * 64 + first_bit(ready)), v
                        idle[w] &= ~(ready & (~ready + U1))
                        line[at].on_line += 1
                        break
                if server_2 == NOBODY:
                    stays = visitor[v].persons > 0
                    to = place(line[at].bank_of)
                    of = (day * number_of_banks + to) * BANK
                    if stays and t.balk_min[at] > 0.0:
                        told = (line[at].in_line + 1) * t.mean_min[at] / max(1, line[at].on_duty)
                        if told > -np.log(uniform(visitor[v].key, visit + BALK)) * t.balk_min[at]:
                            quitter = v
                            if visitor[v].counted:
                                o.banks[of + BALKED] += 1.0
                    if quitter == NOBODY:
                        q = place(at * classes + visitor[v].kind)
                        ahead = queue[q].tail
                        visitor[v].follows = NOBODY
                        visitor[v].before = ahead
                        if ahead == NOBODY:
                            queue[q].head = v
                            waiting[q >> 6] |= U1 << np.uint64(q & 63)
                        else:
                            visitor[place(ahead)].follows = v
                        queue[q].tail = v
                        line[at].in_line += 1
                        bank[to].length += 1
                        bank[to].people_waiting += visitor[v].persons
                        o.banks[of + MOST] = max(o.banks[of + MOST], bank[to].length)
                        if stays and t.patience_min[at] > 0.0:
                            over = now - np.log(uniform(visitor[v].key, visit + PATIENCE)) * t.patience_min[at]
                            event = (PATIENCE_OVER << KIND_SHIFT) | (visitor[v].serial << SERIAL_SHIFT) | v
                            if taken:
                                taken = False
                                sink(times, events, size, over, event)
                            else:
                                rise(times, events, size, over, event)
                                size += 1

            # a visitor gives up: late at this bank and in its service
            if quitter != NOBODY:
                v = place(quitter)
                to = place(line[place(visitor[v].line)].bank_of)
                if visitor[v].counted:
                    i = (to * t.intervals + interval_of(t, visitor[v].joined)) * 2
                    period[i] += 1
                    period[i + 1] += 1
                    o.banks[(day * number_of_banks + to) * BANK + LATE] += 1.0
                if noting:
                    note(s, now, GONE, v, 0, 0)
                leave(o, t, s, day, batch, v, S_LEFT, now)
                visitor[v].serial = (visitor[v].serial + 1) & SERIAL_MASK
                visitor[v].follows = free
                free = v

            # the services that begin: the wait ends with the call, the walk to the position is the server's dead time
            while server_1 != NOBODY or server_2 != NOBODY:
                if server_1 != NOBODY:
                    who, v = place(server_1), place(called_1)
                    server_1 = NOBODY
                else:
                    who, v = place(server_2), place(called_2)
                    server_2 = NOBODY
                at = place(visitor[v].line)
                to = place(line[at].bank_of)
                of = (day * number_of_banks + to) * BANK
                server[who].serves = v
                visitor[v].serial = (visitor[v].serial + 1) & SERIAL_MASK
                wait = now - visitor[v].joined
                if noting:
                    note(s, now, CALLED_IN, v, who, to)
                present = visitor[v].persons > 0
                dead = t.call_min[at] if present else 0.0
                if present:
                    visitor[v].waited += wait
                if visitor[v].counted:
                    late = 1 if wait > t.within_min[to] else 0
                    o.banks[of + CALLED] += 1.0
                    o.banks[of + WAIT] += wait
                    o.banks[of + LATE] += late
                    o.bank_waits[(batch * number_of_banks + to) * bins + min(bins - 1, place(int(wait * t.per_bin)))] += 1
                    i = (to * t.intervals + interval_of(t, visitor[v].joined)) * 2
                    period[i] += 1
                    period[i + 1] += late
                    if present:
                        visitor[v].was_late |= late
                        group = (day * classes + place(visitor[v].kind)) * CLASS
                        o.classes[group + C_CALLED] += 1.0
                        o.classes[group + C_WAIT] += wait
                end = now + dead + visitor[v].service_time
                o.banks[of + DEAD] += dead
                o.banks[of + BUSY] += end - now
                inside = min(end, close_min) - max(now, t.open_min)
                if inside > 0.0:
                    o.banks[of + BUSY_OPEN] += inside
                    o.servers[day * server.size + place(server[who].post)] += inside
                event = (END << KIND_SHIFT) | who
                if taken:
                    taken = False
                    sink(times, events, size, end, event)
                else:
                    rise(times, events, size, end, event)
                    size += 1

        if not closed:
            o.days[day * DAY + D_INSIDE_AT_CLOSE] = r[VISITORS]
        while look < samples:
            sample(o.people, bank, r, look, samples)
            look += 1
        end_day(t, s, o, day, batch)
    return count


def empty_state(tables: Tables, room: int, notes: int = 0) -> State:
    """Space for `room` visitors inside at once and four times as many events; with `notes` the last day is written down."""
    lines, banks, entries = tables.line_bank.size, tables.within_min.size, tables.entry_service.size
    events, words = 4 * room + tables.servers + entries + 64, max(1, (tables.servers + 63) // 64)
    return State(
        visitor=np.zeros(room, VISITOR),
        line=np.zeros(lines, LINE),
        bank=np.zeros(banks, AT_BANK),
        server=np.zeros(tables.servers, SERVER),
        queue=np.zeros(lines * tables.classes, QUEUE),
        waiting=np.zeros((lines * tables.classes + 63) // 64, np.uint64),
        idle=np.zeros(words, np.uint64),
        serves=np.zeros(lines * words, np.uint64),
        event_min=np.zeros(events),
        event=np.zeros(events, np.int64),
        register=np.zeros(REGISTERS, np.int64),
        entry_key=np.zeros(entries, np.uint64),
        entry_number=np.zeros(entries, np.int64),
        entry_reached=np.zeros(entries),
        entry_piece=np.zeros(entries, np.int64),
        period=np.zeros(banks * tables.intervals * 2, np.int64),
        notes=np.zeros(notes * NOTE),
    )
