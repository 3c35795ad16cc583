"""From the problem people can read to the arrays the compiled day reads; refuses what does not hold together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum, isfinite

import numpy as np

from layouts.findings import BadInput
from solvers.simulation.problem import Server, SimulationProblem
from solvers.simulation.quantiles import mean_min, quantile_table
from solvers.simulation.tables import BIN_MIN, LEVELS, Floats, Ints, Tables, Words

SHARE_SLACK = 1e-9
MOST_SERVERS = 4096


def build_tables(problem: SimulationProblem, *, demand_factor: float = 1.0) -> Tables:
    """`demand_factor` scales walk-ins and, by dropping or doubling no-one, leaves booked slots as they are."""
    check_problem(problem)
    classes = problem.classes
    change_min, change_server, change_duty, duty_queues, duty_lines = _duties(problem)
    first_at, first_share, first_to = _rows([entry.first for entry in problem.entries])
    onward_at, onward_share, onward_to = _rows([stop.onward for stop in problem.stops])
    stop_line_at = _starts([len(stop.lines) for stop in problem.stops])
    edges, cumulated = _rates(problem, demand_factor)
    return Tables(
        open_min=float(problem.open_min),
        close_min=float(problem.close_min),
        interval_min=float(problem.interval_min),
        count_from_min=float(problem.open_min + problem.warm_up_min),
        sample_min=float(problem.sample_min),
        ageing_min=float(problem.ageing_min),
        per_bin=1.0 / BIN_MIN,
        per_interval=1.0 / problem.interval_min,
        intervals=problem.intervals,
        samples=int((problem.close_min - problem.open_min) / problem.sample_min) + 1,
        services=max((entry.service for entry in problem.entries), default=-1) + 1,
        classes=max(1, len(classes)),
        within_min=_floats(bank.within_min for bank in problem.banks),
        hidden=_ints(bank.behind_the_scenes for bank in problem.banks),
        walk_min=_walks(problem).reshape(-1),
        line_bank=_ints(line.bank for line in problem.lines),
        call_min=_floats(line.call_min for line in problem.lines),
        patience_min=_floats(line.patience_min for line in problem.lines),
        balk_min=_floats(line.balk_min for line in problem.lines),
        mean_min=_line_means(problem),
        stop_line_at=stop_line_at,
        stop_line=_ints(line for stop in problem.stops for line in stop.lines),
        counts_served=_ints(stop.counts_served for stop in problem.stops),
        times=np.array([quantile_table(stop.time) for stop in problem.stops]).reshape(-1),
        onward_at=onward_at,
        onward_share=onward_share,
        onward_to=onward_to,
        entry_service=_ints(entry.service for entry in problem.entries),
        entry_class=_ints(entry.visitor_class for entry in problem.entries),
        entry_first_at=first_at,
        entry_first_share=first_share,
        entry_first_to=first_to,
        entry_edges=edges,
        entry_cumulated=cumulated,
        slot_at=_starts([len(entry.slots_min) for entry in problem.entries]),
        slot_min=_floats(slot for entry in problem.entries for slot in entry.slots_min),
        show_share=_floats(entry.show_share for entry in problem.entries),
        early_min=_floats(entry.early_min for entry in problem.entries),
        punctuality_min=_floats(entry.punctuality_min for entry in problem.entries),
        class_share=np.cumsum([each.share for each in classes] or [1.0]),
        queue_rank=_queue_ranks(problem),
        class_companions=_floats([each.companions for each in classes] or [0.0]),
        servers=len(problem.servers),
        pool=_pools(problem.servers),
        change_min=change_min,
        change_server=change_server,
        change_duty=change_duty,
        duty_queues=duty_queues.reshape(-1),
        duty_lines=duty_lines,
        normal=quantile_table_of_normal().reshape(-1),
    )


def check_problem(problem: SimulationProblem) -> None:
    """Refuse shares above 1, arrivals that are no numbers, too many servers, spans that overlap."""
    for place, rows in (
        ("entries", [entry.first for entry in problem.entries]),
        ("stops", [stop.onward for stop in problem.stops]),
    ):
        for number, row in enumerate(rows):
            total = fsum(share for _, share in row)
            if any(not 0.0 <= share <= 1.0 for _, share in row) or total > 1.0 + SHARE_SLACK:
                raise BadInput("simulation.shares_above_one", place=f"{place}[{number}]", total=round(total, 6))
    for number, entry in enumerate(problem.entries):
        for value in entry.persons:
            if not (isfinite(value) and value >= 0.0):
                raise BadInput("simulation.bad_arrivals", place=f"entries[{number}]", value=str(value))
    if len(problem.servers) > MOST_SERVERS:
        raise BadInput("simulation.too_many_servers", place="servers", value=len(problem.servers), most=MOST_SERVERS)
    for server in problem.servers:
        _check_spans(server)


def quantile_table_of_normal() -> Floats:
    """The upper half of the standard normal as a table of one row: chances below a half are never looked up."""
    from scipy.stats import norm

    from solvers.simulation.quantiles import level_chances

    chances = np.array([level_chances(level) for level in range(LEVELS)])
    table: Floats = norm.ppf(np.maximum(chances, 0.5))[None, :, :]
    return table


def _check_spans(server: Server) -> None:
    last = -np.inf
    for span in server.spans:
        if not span.start_min < span.end_min or span.start_min < last:
            raise BadInput("simulation.spans_overlap", place=f"servers[id={server.id}]", start=span.start_min)
        last = span.end_min


def _rates(problem: SimulationProblem, factor: float) -> tuple[Floats, Floats]:
    """Edges of the intervals, and the persons expected up to each of them."""
    n = problem.intervals
    edges = problem.open_min + problem.interval_min * np.arange(n + 1.0)
    cumulated = np.zeros((len(problem.entries), n + 1))
    for row, entry in zip(cumulated, problem.entries):
        if entry.persons:
            row[1:] = np.cumsum(entry.persons) * factor
    return edges, cumulated


def _walks(problem: SimulationProblem) -> Floats:
    n = len(problem.banks)
    if not problem.walk_min:
        return np.zeros((n + 1, n))
    walks = np.array(problem.walk_min, dtype=float)
    if walks.shape != (n + 1, n) or not np.isfinite(walks).all() or (walks < 0.0).any():
        raise BadInput("simulation.bad_walks", place="walk_min", rows=n + 1, columns=n)
    return walks


def _queue_ranks(problem: SimulationProblem) -> Floats:
    """How much later than they did those of each queue count as having come: priority x ageing, class by class."""
    priorities = [each.priority for each in problem.classes] or [0]
    return np.tile(np.array(priorities, dtype=np.float64) * problem.ageing_min, len(problem.lines))


def _line_means(problem: SimulationProblem) -> Floats:
    """The plain mean of the times served from each line: what a visitor would be told."""
    means = [[mean_min(stop.time) for stop in problem.stops if n in stop.lines] for n in range(len(problem.lines))]
    return _floats(fsum(each) / len(each) if each else 0.0 for each in means)


def _duties(problem: SimulationProblem) -> tuple[Floats, Ints, Ints, Words, Words]:
    """Changes of duty in order of time, and one row of bits per set of lines; row 0 is off duty.

    Who serves fewer lines stands first and is called on first. A span that begins where another ends needs no end.
    """
    classes = max(1, len(problem.classes))
    kinds: dict[tuple[int, ...], int] = {(): 0}
    changes: list[tuple[float, int, int]] = []
    for number, server in enumerate(problem.servers):
        for i, span in enumerate(server.spans):
            duty = kinds.setdefault(tuple(sorted(set(span.lines))), len(kinds))
            changes.append((span.start_min, number, duty))
            follows = i + 1 < len(server.spans) and server.spans[i + 1].start_min == span.end_min
            if not follows:
                changes.append((span.end_min, number, 0))
    changes.sort()
    lines = len(problem.lines)
    queues = np.zeros((len(kinds), (lines * classes + 63) // 64), dtype=np.uint64)
    served = np.zeros((len(kinds), (lines + 63) // 64), dtype=np.uint64)
    for row, each in enumerate(kinds):
        for line in each:
            served[row, line // 64] |= np.uint64(1 << line % 64)
            for q in range(line * classes, (line + 1) * classes):
                queues[row, q // 64] |= np.uint64(1 << q % 64)
    return (
        _floats(change[0] for change in changes),
        _ints(change[1] for change in changes),
        _ints(change[2] for change in changes),
        queues,
        served,
    )


def _pools(servers: Sequence[Server]) -> Ints:
    """Each server's pool by number; -1 for those of none."""
    names = list(dict.fromkeys(server.pool for server in servers if server.pool))
    return _ints(names.index(server.pool) if server.pool else -1 for server in servers)


def _rows(rows: Sequence[Sequence[tuple[int, float]]]) -> tuple[Ints, Floats, Ints]:
    """Flat (place, share) rows with their starts; shares cumulated, so that one number chooses."""
    shares = [np.cumsum([share for _, share in row]) for row in rows]
    for each in shares:
        if each.size and abs(each[-1] - 1.0) < SHARE_SLACK:
            each[-1] = 1.0
    flat = np.concatenate(shares) if shares else np.zeros(0)
    return _starts([len(row) for row in rows]), flat.astype(float), _ints(to for row in rows for to, _ in row)


def _starts(lengths: Sequence[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def _floats(values: Iterable[float]) -> Floats:
    return np.array(list(values), dtype=np.float64)


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
