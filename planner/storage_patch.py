"""What changed between two documents, as small plain operations.

    ["=", path, value]                     put `value` at `path`
    ["~", path, start, gone, [items…]]     in the list at `path`, put `items` in place of `gone` items from `start`

The law: apply_patch(plain(old), patch(old, new)) == plain(new).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from planner.reading import plain

Operation = list[Any]


def patch(old: object, new: object) -> list[Operation]:
    """The operations that make `new` of `old`; parts the two share are not looked into."""
    return list(_changes(old, new, ()))


def apply_patch(data: Any, operations: Sequence[Operation]) -> Any:
    """`data` (plain, and free to be changed in place) after the operations."""
    holder = {"root": data}
    for kind, path, *rest in operations:
        whole_path = ["root", *path]
        if kind == "=":
            _at(holder, whole_path[:-1])[whole_path[-1]] = rest[0]
        elif kind == "~":
            start, gone, items = rest
            _at(holder, whole_path)[start : start + gone] = items
        else:
            raise ValueError(f"unknown operation {kind!r}")
    return holder["root"]


def _at(data: Any, path: Sequence[Any]) -> Any:
    for step in path:
        data = data[step]
    return data


def _changes(old: Any, new: Any, path: tuple[Any, ...]) -> Iterator[Operation]:
    if old is new:
        return
    if type(old) is not type(new):
        yield ["=", list(path), plain(new)]
    elif is_dataclass(new):
        for field in fields(new):
            yield from _changes(getattr(old, field.name), getattr(new, field.name), (*path, field.name))
    elif isinstance(new, tuple) and any(is_dataclass(item) or _is_ring(item) for item in (*old, *new)):
        yield from _list_changes(old, new, path)
    elif old != new:
        yield ["=", list(path), plain(new)]


def _is_ring(item: Any) -> bool:
    """A line or ring of points: one of many in a list of holes, put anew as a whole."""
    return isinstance(item, tuple) and bool(item) and isinstance(item[0], tuple)


def _list_changes(old: tuple[Any, ...], new: tuple[Any, ...], path: tuple[Any, ...]) -> Iterator[Operation]:
    """Like beginnings and ends stay; between them, as many items as before are compared one by one."""
    most = min(len(old), len(new))
    head = 0
    while head < most and _same(old[head], new[head]):
        head += 1
    tail = 0
    while tail < most - head and _same(old[-1 - tail], new[-1 - tail]):
        tail += 1
    gone, come = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(gone) == len(come):
        for index, (before, after) in enumerate(zip(gone, come), start=head):
            yield from _changes(before, after, (*path, index))
    else:
        yield ["~", list(path), head, len(gone), [plain(item) for item in come]]


def _same(a: Any, b: Any) -> bool:
    return a is b or a == b
