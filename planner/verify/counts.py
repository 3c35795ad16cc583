"""Counters, seats and bays: as many as capacity asks, in answers, programme and layout alike."""

from __future__ import annotations

import re
from typing import Any

from layouts.findings import Finding
from planner.verify.contents import Contents
from planner.verify.found import all_or, failed, need

BEHIND_THE_SCENES = ("back_office", "archive")  # work without the visitor has no place at the counters


def _items(c: Contents) -> list[Any]:
    return [i for level in c.levels() for i in need(level, "items")]


def _is_position(item: Any, kind: str) -> bool:
    return bool(item["kind"].removesuffix("_accessible") == kind.removesuffix("_accessible"))


def banks_hold_what_capacity_asks(c: Contents) -> list[Finding]:
    """Positions, accessible positions, seats and wheelchair bays of every bank, counted in the layout."""
    code, wrong, items = "verify.bank_counts", [], _items(c)
    for bank in need(c.answers, "programme", "banks"):
        own = [i for i in items if i.get("bank") == bank["id"]]
        positions = [i for i in own if _is_position(i, bank["kind"])]
        counted = {
            "positions": len(positions),
            "accessible_positions": sum(1 for i in positions if i["accessible"]),
            "seats": sum(max(1, i["seats"]) for i in own if i["kind"] == "seat"),
            "wheelchair_bays": sum(1 for i in own if i["kind"] == "wheelchair_bay"),
        }
        for name, count in counted.items():
            exact = name == "positions"
            if count < need(bank, name) or (exact and count != bank[name]):
                wrong.append(failed(code, bank["id"], measured=count, required=bank[name], unit=name))
    return all_or(wrong, code)


def rooms_and_islands_are_placed(c: Contents) -> list[Finding]:
    """Every room and island of the programme stands in the layout."""
    code, items = "verify.modules_placed", _items(c)
    placed = {i.get("bank") for i in items} | {i["id"] for i in items}
    wanted = [m["id"] for key in ("rooms", "islands", "banks") for m in need(c.answers, "programme", key)]
    return all_or([failed(code, m) for m in wanted if m not in placed], code, modules=len(wanted))


def _modules_of(bank: str, programme: Any, key: str) -> list[Any]:
    """The modules of one kind that a bank became: one of its own id, or numbered parts of it."""
    part = re.compile(rf"{re.escape(bank)}(-\d+)?")
    return [m for m in need(programme, key) if part.fullmatch(m["id"])]


def programme_follows_capacity(c: Contents) -> list[Finding]:
    """What capacity says of a bank stands in the programme: as counters (in parts when long), island or rooms."""
    code, wrong, programme = "verify.programme_of_capacity", [], need(c.answers, "programme")
    for bank in need(c.answers, "capacity", "banks"):
        if bank.get("kind") in BEHIND_THE_SCENES or not need(bank, "positions"):
            continue
        counters, islands, rooms = (_modules_of(bank["id"], programme, k) for k in ("banks", "islands", "rooms"))
        positions = sum(m["positions"] for m in (*counters, *islands)) + len(rooms)
        if positions < bank["positions"]:
            wrong.append(failed(code, bank["id"], measured=positions, required=bank["positions"], unit="positions"))
        for name in ("accessible_positions", "seats", "wheelchair_bays") if counters else ():
            total = sum(m[name] for m in counters)
            if total < bank.get(name, 0):
                wrong.append(failed(code, bank["id"], measured=total, required=bank[name], unit=name))
    return all_or(wrong, code)


def every_service_has_an_accessible_counter(c: Contents) -> list[Finding]:
    """One accessible position for every service that banks of the programme give."""
    code, items = "verify.accessible_counter", _items(c)
    wrong = []
    for bank in need(c.answers, "programme", "banks"):
        here = [i for i in items if i.get("bank") == bank["id"] and i["accessible"] and _is_position(i, bank["kind"])]
        for service in bank["services"] or [bank["id"]]:
            if not any(not i["services"] or service in i["services"] for i in here):
                wrong.append(failed(code, bank["id"], service=str(service), measured=0, required=1, unit="count"))
    return all_or(wrong, code)
