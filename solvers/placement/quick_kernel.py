"""The quick search's rounds on a whole layout, compiled: take a few modules out, put them back where each is cheapest.

The same rules and costs as taken.py, toilets.py, quick_access.py and quick_costs.py, on the arrays of quick_tables.py; what a
place excludes is kept as bits, in as many rows as memory allows. All compiled code stands in this one file (compiled.py).
Random numbers: SplitMix64 (Steele, Lea and Flood 2014).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layouts.compiled import compiled, inlined
from solvers.placement.places import Ints
from solvers.placement.quick_tables import ENTRANCE, Bytes, Floats, State, Tables

GAMMA = np.uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
U0, U1, U11, U27, U30, U31 = (np.uint64(n) for n in (0, 1, 11, 27, 30, 31))
ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
UNIT = 2.0**-53
NOWHERE = -1
UNREACHED = 1e8  # what a front that nobody can walk to costs: more than all else

# how a round goes; shares and sizes as the search without compiled code had them
RUIN = 0.12  # of the rounds take out all on one side of a line, the others a few modules
ANY, ALONG = 0.4, 0.7  # of those take out any modules, then neighbours along the spine, then on the floor
MOST_OUT = 8
APART = 30  # dm that a module of one layout must be away from its place in another one, for both to be kept
CROWDED = 0.5  # by how much what is in the way weighs more at random
ASIDE = 0.3  # of the rounds that make room let others move aside too
JITTER = 4.0  # by how many places the order is shuffled in which modules come in again


@inlined
def dice(s: State) -> float:
    """The next random number in [0, 1)."""
    s.dice[0] += GAMMA
    z = s.dice[0]
    z = (z ^ (z >> U30)) * MIX_1
    z = (z ^ (z >> U27)) * MIX_2
    return np.float64(np.int64((z ^ (z >> U31)) >> U11)) * UNIT


@compiled
def way(t: Tables, g: int, h: int) -> int:
    """Along the spine from one place to another, off it at both ends included (dm)."""
    return int(abs(t.at[g, 0] - t.at[h, 0]) + t.at[g, 1] + t.at[h, 1])


@compiled
def mark_excluded(t: Tables, s: State, e: int, f: int, h: int) -> None:
    """Marks in s.mark the places of module e that module f excludes at its place h: floor or room taken, a corridor barred, no
    toilet near. One rule after the other for all places at once, which processors do many at a time."""
    low, high = t.base[e], t.base[e + 1]
    n = high - low
    mark = s.mark[:n]
    mark[:] = 0
    for i in range(0, 8, 4):
        x0, y0 = t.side[i, low:high], t.side[i + 1, low:high]
        x1, y1 = t.side[i + 2, low:high], t.side[i + 3, low:high]
        for j in range(0, 8, 4):
            a0, b0, a1, b1 = t.box[h, j], t.box[h, j + 1], t.box[h, j + 2], t.box[h, j + 3]
            if a1 > 0:  # empty boxes are zeros and lie outside all others
                for k in range(n):
                    mark[k] |= (x1[k] > 0) & (x0[k] < a1) & (a0 < x1[k]) & (y0[k] < b1) & (b0 < y1[k])
    for d in range(t.last.shape[0]):
        last, first = t.last[d, low:high], t.first[d, low:high]
        start, end = t.start[d, low:high], t.end[d, low:high]
        its_last, its_first, its_start, its_end = t.last[d, h], t.first[d, h], t.start[d, h], t.end[d, h]
        for k in range(n):
            mark[k] |= (last[k] >= its_start) | (first[k] < its_end) | (start[k] <= its_last) | (end[k] > its_first)
    if t.space[h] >= 0:
        for k in range(n):
            mark[k] |= t.space[low + k] == t.space[h]
    if t.toilets.size == 1 and ((t.toilets[0] == e and t.public[f]) or (t.toilets[0] == f and t.public[e])):
        for k in range(n):
            mark[k] |= way(t, low + k, h) > t.distance


@compiled
def row_of(t: Tables, s: State, e: int, f: int, h: int) -> int:
    """The row of bits in which what place h of module f excludes stands, with module e's places filled in. Rows are taken one
    after the other, so that a short search touches little memory; once there are no more, the oldest is written over."""
    row = s.slot[h]
    if row < 0:
        row = s.rows[0]
        s.rows[0] = (row + 1) % s.tag.size
        if s.tag[row] >= 0:
            s.slot[s.tag[row]] = NOWHERE
        s.tag[row], s.slot[h] = h, row
        for each in range(s.known.shape[1]):
            s.known[row, each] = 0
    if not s.known[row, e]:
        s.known[row, e] = 1
        mark_excluded(t, s, e, f, h)
        n = t.base[e + 1] - t.base[e]
        for w in range(t.word[e], t.word[e + 1]):
            at = 64 * (w - t.word[e])
            word = U0
            for k in range(min(64, n - at)):
                word |= np.uint64(s.mark[at + k]) << np.uint64(k)
            s.bits[row, w] = word
    return int(row)


@compiled
def find_free(t: Tables, s: State, e: int, choice: Ints) -> int:
    """The places of module e that nothing excludes where `choice` stands, as bits in s.free; how many words they take."""
    words = t.word[e + 1] - t.word[e]
    for w in range(words):
        s.free[w] = t.alone[t.word[e] + w]
    for f in range(choice.size):
        if f != e and choice[f] >= 0:
            row, at = row_of(t, s, e, f, choice[f]), t.word[e]
            for w in range(words):
                s.free[w] &= ~s.bits[row, at + w]
    return int(words)


@compiled
def far_from_toilets(t: Tables, e: int, g: int, choice: Ints) -> bool:
    """Of several toilets: is place g of module e too far from all that stand, or the last toilet there too far from a stop?"""
    if t.toilets.size < 2:
        return False
    is_toilet, others = False, 0
    for w in t.toilets:
        is_toilet |= w == e
        others += w != e and choice[w] >= 0
    if t.public[e] and others == t.toilets.size:
        near = False
        for w in t.toilets:
            near |= way(t, g, choice[w]) <= t.distance
        return not near
    if is_toilet and others == t.toilets.size - 1:
        for f in range(choice.size):
            if t.public[f] and choice[f] >= 0 and way(t, g, choice[f]) > t.distance:
                near = False
                for w in t.toilets:
                    near |= w != e and way(t, choice[f], choice[w]) <= t.distance
                if not near:
                    return True
    return False


@compiled
def find_ends(t: Tables, s: State, choice: Ints) -> None:
    """How far each staff arc reaches for the modules that stand: s.ends."""
    for d in range(t.door.shape[0]):
        s.ends[d, 0], s.ends[d, 1] = t.door[d, 0], t.door[d, 1]
    for e in range(choice.size):
        g = choice[e]
        if g >= 0 and t.arc[g] >= 0:
            d = t.arc[g]
            s.ends[d, 0], s.ends[d, 1] = min(s.ends[d, 0], t.low[g]), max(s.ends[d, 1], t.high[g])


@inlined
def between(t: Tables, g: int, h: int, persons: int, onward: bool) -> float:
    """What the walk from place g to place h costs, or back where it is not onward."""
    ahead = t.at[h, 0] - t.at[g, 0] if onward else t.at[g, 0] - t.at[h, 0]
    cost = ahead + (1.0 + t.backtrack) * max(0, -ahead)
    if t.at[g, 2] == t.at[h, 2]:
        cost += t.lateral * abs(t.at[g, 1] - t.at[h, 1])
    else:
        cost += t.lateral * (t.at[g, 1] + t.at[h, 1])
    return float(persons * cost)


@inlined
def rated(t: Tables, g: int, k: int, choice: Ints) -> float:
    """What the k-th rating costs with its module at place g; nothing while the other has no place."""
    other = t.near[k, 0]
    if other >= 0:
        h = choice[other]
        if h < 0:
            return 0.0
        x, y = t.heart[h, 0], t.heart[h, 1]
    else:
        door = 0 if other == ENTRANCE else 1
        x, y = t.doors[door, 0], t.doors[door, 1]
    distance = abs(t.heart[g, 0] - x) + abs(t.heart[g, 1] - y)
    return float(t.share[k] * (max(0, t.apart - distance) if t.near[k, 1] else distance))


@compiled
def place_cost(t: Tables, s: State, e: int, g: int, choice: Ints) -> float:
    """What place g of module e costs, given where the others stand; s.ends and s.opened tell of them."""
    cost = t.cost[g]
    for k in range(t.leg_of[e], t.leg_of[e + 1]):
        h = choice[t.leg[k, 0]]
        if h >= 0:
            cost += between(t, g, h, t.leg[k, 1], t.leg[k, 2] == 1)
    for k in range(t.near_of[e], t.near_of[e + 1]):
        cost += rated(t, g, k, choice)
    if t.line[g] >= 0 and not s.opened[t.line[g]]:
        cost += t.frontline
    d = t.arc[g]
    if d >= 0:
        cost += t.staff_arc * (max(0, s.ends[d, 0] - t.low[g]) + max(0, t.high[g] - s.ends[d, 1]))
    return float(cost)


@compiled
def whole_cost(t: Tables, s: State, choice: Ints) -> float:
    """The objective of a whole layout, person-metres a day; leaves its arcs' ends in s.ends."""
    total = t.always
    find_ends(t, s, choice)
    for d in range(t.door.shape[0]):
        total += t.staff_arc * (s.ends[d, 1] - s.ends[d, 0])
    for line in range(s.opened.size):
        s.opened[line] = 0
    for e in range(choice.size):
        g = choice[e]
        total += t.cost[g] - 1.0
        for k in range(t.leg_of[e], t.leg_of[e + 1]):
            if t.leg[k, 2] == 1:
                total += between(t, g, choice[t.leg[k, 0]], t.leg[k, 1], True)
        for k in range(t.near_of[e], t.near_of[e + 1]):
            if t.near[k, 0] < e:  # each pair once; doors have numbers below zero
                total += rated(t, g, k, choice)
        if t.line[g] >= 0 and not s.opened[t.line[g]]:
            s.opened[t.line[g]] = 1
            total += t.frontline
    return float(total) / 10.0


@compiled
def put_in(t: Tables, s: State, e: int, choice: Ints, noise: float) -> bool:
    """The module to its cheapest free place; False where there is none."""
    words = find_free(t, s, e, choice)
    find_ends(t, s, choice)
    for line in range(s.opened.size):
        s.opened[line] = 0
    for f in range(choice.size):
        if choice[f] >= 0 and t.line[choice[f]] >= 0:
            s.opened[t.line[choice[f]]] = 1
    best, least = NOWHERE, np.inf
    for w in range(words):
        left = s.free[w]
        g = t.base[e] + 64 * w
        while left != U0:
            if left & U1 and t.cost[g] < least and not far_from_toilets(t, e, g, choice):
                cost = place_cost(t, s, e, g, choice)
                if noise > 0:
                    cost *= 1 + noise * dice(s)
                if cost < least:
                    best, least = g, cost
            left >>= U1
            g += 1
    choice[e] = best
    return bool(best >= 0)


@compiled
def shut_off(t: Tables, s: State, choice: Ints) -> int:
    """How many fronts cannot be walked to from where the spine begins; s.ends are the layout's."""
    nx, ny = t.floor.shape
    for i in range(nx):
        for j in range(ny):
            s.shut[i, j] = 0 if t.floor[i, j] else 1
            s.wide[i, j] = 1
    for d in range(t.door.shape[0]):
        for k in range(t.strip_of[d], t.strip_of[d + 1]):
            if s.ends[d, 0] <= t.strip[k, 0] < s.ends[d, 1]:
                s.shut[t.strip[k, 1], t.strip[k, 2]] = 1
    for e in range(choice.size):
        g = choice[e]
        for i in range(t.built[g, 0], min(nx, t.built[g, 1])):
            for j in range(t.built[g, 2], min(ny, t.built[g, 3])):
                s.shut[i, j] = 1
        for k in range(0, 8, 4):
            for i in range(max(0, t.rows[g, k]), min(nx, t.rows[g, k + 1])):
                for j in range(max(0, t.rows[g, k + 2]), min(ny, t.rows[g, k + 3])):
                    s.shut[i, j] = 1
    for i in range(nx):
        for j in range(ny):
            if s.shut[i, j]:
                s.wide[i, j] = 0
                if i > 0:
                    s.wide[i - 1, j] = 0
                if i + 1 < nx:
                    s.wide[i + 1, j] = 0
                if j > 0:
                    s.wide[i, j - 1] = 0
                if j + 1 < ny:
                    s.wide[i, j + 1] = 0
    walk_from_start(t, s)
    missed = 0
    for e in range(choice.size):
        g = choice[e]
        if t.front[g, 0] >= 0:
            found = False
            for i in range(t.front[g, 0], min(nx, t.front[g, 1])):
                for j in range(t.front[g, 2], min(ny, t.front[g, 3])):
                    found |= s.wide[i, j] == 2
            missed += not found
    return missed


@compiled
def walk_from_start(t: Tables, s: State) -> None:
    """Wide cells that can be walked to become 2."""
    nx, ny = t.floor.shape
    n = 0
    for i in range(max(0, t.begin[0] - 3), min(nx, t.begin[0] + 4)):
        for j in range(max(0, t.begin[1] - 3), min(ny, t.begin[1] + 4)):
            if s.wide[i, j] == 1:
                s.wide[i, j] = 2
                s.stack[n] = i * ny + j
                n += 1
    while n:
        n -= 1
        i, j = s.stack[n] // ny, s.stack[n] % ny
        for k in range(4):
            a, b = i + (k == 0) - (k == 1), j + (k == 2) - (k == 3)
            if 0 <= a < nx and 0 <= b < ny and s.wide[a, b] == 1:
                s.wide[a, b] = 2
                s.stack[n] = a * ny + b
                n += 1


@compiled
def is_forbidden(t: Tables, s: State, choice: Ints) -> bool:
    """Does the layout hold all modules of a cut in its intervals?"""
    for c in range(s.cuts):
        held = True
        for e in range(choice.size):
            if s.cut_of[c, e] and not s.cut[c, choice[e]]:
                held = False
                break
        if held:
            return True
    return False


@compiled
def take_out(t: Tables, s: State) -> None:
    """Marks in s.gone what leaves: one side of a line along a module's edge, or two to eight modules: any, neighbours along
    the spine, or neighbours on the floor."""
    n = s.now.size
    one = int(dice(s) * n)
    h = s.now[one]
    if dice(s) < RUIN:
        axis, beyond = int(dice(s) * 2), dice(s) < 0.5
        for e in range(n):
            here, edge = t.box[s.now[e], axis], t.box[h, axis]
            s.gone[e] = here >= edge if beyond else here <= edge
        return
    size = min(n, 2 + int(dice(s) * (min(MOST_OUT, n) - 1)))
    kind = dice(s)
    for e in range(n):
        g = s.now[e]
        s.gone[e] = 0
        if kind < ANY:
            s.key[e] = dice(s)
        elif kind < ALONG:
            s.key[e] = abs(t.at[g, 0] - t.at[h, 0])
        else:
            x = t.box[g, 0] + t.box[g, 2] - t.box[h, 0] - t.box[h, 2]
            y = t.box[g, 1] + t.box[g, 3] - t.box[h, 1] - t.box[h, 3]
            s.key[e] = abs(x) + abs(y)
    for _ in range(size):
        least = NOWHERE
        for e in range(n):
            if not s.gone[e] and (least < 0 or s.key[e] < s.key[least]):
                least = e
        s.gone[least] = 1


@compiled
def put_back(t: Tables, s: State, noise: float, most: int) -> int:
    """What left comes in again, those with few places early. How many find no place; once those are more than `most`, no more
    are tried."""
    n, rank, lost = s.now.size, 0.0, 0
    for e in t.order:
        if s.gone[e]:
            s.key[e] = rank + JITTER * dice(s)
            rank += 1
    while True:
        least = NOWHERE
        for e in range(n):
            if s.gone[e] and (least < 0 or s.key[e] < s.key[least]):
                least = e
        if least < 0:
            return lost
        s.gone[least] = 0
        lost += not put_in(t, s, least, s.new, noise)
        if lost > most:
            return lost


@inlined
def alike(t: Tables, s: State, k: int) -> bool:
    """Does every module of the new layout stand within APART of where it stands in the k-th of the best?"""
    for e in range(s.new.size):
        g, h = s.new[e], s.pool[k, e]
        if abs(t.box[g, 0] - t.box[h, 0]) + abs(t.box[g, 1] - t.box[h, 1]) > APART:
            return False
    return True


@compiled
def keep(t: Tables, s: State, cost: float) -> None:
    """The new layout among the best, instead of those that are like it; not where one of those costs less."""
    left = 0
    for k in range(s.pooled[0]):
        if alike(t, s, k):
            if s.pool_cost[k] <= cost:
                return
            continue
        if left < k:
            s.pool_cost[left] = s.pool_cost[k]
            for e in range(s.new.size):
                s.pool[left, e] = s.pool[k, e]
        left += 1
    at = left
    while at > 0 and s.pool_cost[at - 1] > cost:
        at -= 1
    last = min(left, s.pool.shape[0] - 1)
    s.pooled[0] = left
    if at > last:
        return
    for k in range(last, at, -1):
        s.pool_cost[k] = s.pool_cost[k - 1]
        for e in range(s.new.size):
            s.pool[k, e] = s.pool[k - 1, e]
    s.pool_cost[at] = cost
    for e in range(s.new.size):
        s.pool[at, e] = s.new[e]
    s.pooled[0] = last + 1


@compiled
def improve(t: Tables, s: State, noises: npt.NDArray[np.float64], rounds: int, length: int, hot: float, cold: float) -> None:
    """So many rounds from the layout s.now, which costs s.costs[0]. In a cycle of `length` rounds, of which s.turn[0] are over,
    it may become dearer by a share that falls from `hot` to `cold` (simulated annealing, Kirkpatrick, Gelatt and Vecchi 1983).
    Layouts that cost less than s.costs[1] are kept; s.costs[2] is the least of the cycle."""
    for _ in range(rounds):
        s.turn[0] += 1
        take_out(t, s)
        for e in range(s.now.size):
            s.new[e] = NOWHERE if s.gone[e] else s.now[e]
        noise = noises[int(dice(s) * noises.size)]
        if put_back(t, s, noise, 0) or is_forbidden(t, s, s.new):
            continue
        cost = whole_cost(t, s, s.new)
        heat = hot * (cold / hot) ** (min(s.turn[0], length) / length)
        most = s.costs[0] * (1.0 - heat * np.log(1.0 - dice(s)))
        if cost > most:
            continue
        missed = shut_off(t, s, s.new)
        if cost + UNREACHED * missed > most:
            continue
        if not missed:
            s.costs[2] = min(s.costs[2], cost)
            if cost < s.costs[1]:
                keep(t, s, cost)
        s.costs[0] = cost + UNREACHED * missed
        for e in range(s.now.size):
            s.now[e] = s.new[e]


@compiled
def make_room(t: Tables, s: State, e: int, missing: Bytes, hard: Floats) -> None:
    """Module e to the place of its own where the least is in its way, which leaves: each that stands weighs as much as it was
    hard to place. s.gone gets what leaves."""
    n = t.base[e + 1] - t.base[e]
    for k in range(n):
        s.crowd[k] = 0.0
    for f in range(s.now.size):
        if f != e and not missing[f]:
            row, at = row_of(t, s, e, f, s.now[f]), t.word[e]
            for k in range(n):
                if s.bits[row, at + k // 64] >> np.uint64(k % 64) & U1:
                    s.crowd[k] += hard[f]
    best, least = NOWHERE, np.inf
    for k in range(n):
        if t.alone[t.word[e] + k // 64] >> np.uint64(k % 64) & U1:
            weight = s.crowd[k] * (1.0 + CROWDED * dice(s))
            if weight < least:
                best, least = k, weight
    if best < 0:
        return  # stands nowhere, not even alone
    for f in range(s.now.size):
        if f != e and not missing[f]:
            row = row_of(t, s, e, f, s.now[f])
            if s.bits[row, t.word[e] + best // 64] >> np.uint64(best % 64) & U1:
                s.gone[f] = 1
    s.now[e], s.gone[e], missing[e] = t.base[e] + best, 0, 0
    leave_stranded(t, s, e, missing)


@compiled
def leave_stranded(t: Tables, s: State, e: int, missing: Bytes) -> None:
    """Of several toilets: stops that are near none of them leave too. Module e, just put in, stays: a toilet comes to it."""
    if t.toilets.size < 2:
        return
    for w in t.toilets:
        if missing[w] or s.gone[w]:
            return
    if t.public[e] and far_from_toilets(t, e, s.now[e], s.now):
        s.gone[t.toilets[int(dice(s) * t.toilets.size)]] = 1
        return
    for f in range(s.now.size):
        if t.public[f] and not missing[f] and not s.gone[f] and far_from_toilets(t, f, s.now[f], s.now):
            s.gone[f] = 1


@compiled
def fill(t: Tables, s: State, missing: Bytes, hard: Floats, noise: float, rounds: int) -> int:
    """Modules that have no place in s.now, marked in `missing`, come in one after the other where the least is in their way;
    what leaves for them comes in again elsewhere. So many rounds at most, until all stand. How many lack a place then."""
    n, lacking = s.now.size, 0
    for e in range(n):
        lacking += missing[e]
    for _ in range(rounds):
        if not lacking:
            break
        nth, one = int(dice(s) * lacking), NOWHERE
        for e in range(n):
            if missing[e]:  # might stand anywhere, for those that move aside with their neighbours
                s.now[e] = t.base[e] + int(dice(s) * (t.base[e + 1] - t.base[e]))
                one = e if nth == 0 else one
                nth -= 1
                hard[e] += 1.0
        if dice(s) < ASIDE:
            take_out(t, s)
        else:
            for e in range(n):
                s.gone[e] = 0
        for e in range(n):
            if missing[e]:
                s.gone[e] = 1
        make_room(t, s, one, missing, hard)
        for e in range(n):
            s.new[e] = NOWHERE if s.gone[e] else s.now[e]
        lacking = put_back(t, s, noise, n)
        for e in range(n):
            missing[e] = s.new[e] < 0
            s.now[e] = s.now[e] if missing[e] else s.new[e]
    return lacking
