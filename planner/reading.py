"""The one strict door for typed data: plain dictionaries in, frozen dataclasses out, and back.

An unknown field, a missing one or a wrong type is refused with its path (`services[2].journey[0].bank`). Nothing is
guessed: "7" is not a number, 7.5 is not a whole number, true is not 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import PurePath
from typing import Any, TypeVar, get_args, get_origin

from cattrs import Converter
from cattrs.errors import AttributeValidationNote, BaseValidationError, ForbiddenExtraKeysError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn

from exports.one_line import one_line
from layouts.findings import BadInput, Value

T = TypeVar("T")

UNITS = ("mm", "cm", "m", "mm2", "m2", "s", "sec", "seconds", "min", "minutes", "h", "hours", "hour", "deg", "percent")
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with what people gave: a code, the path to it inside the document, named values."""

    code: str
    path: str
    values: dict[str, Value]


class WrongType(ValueError):
    """A value of another type than its field takes; `code` says what was expected."""

    def __init__(self, code: str, given: object) -> None:
        super().__init__(code)
        self.code = code
        self.given = shown(given)


def shown(value: object) -> str:
    """A value as it may stand in a sentence: short, on one line, nothing in it that could move a cursor."""
    text = one_line(str(value))
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def read_typed(data: object, cls: type[T], *, file: str | PurePath = "") -> T:
    """`data` as a `cls`; BadInput with the first fault's path otherwise."""
    try:
        return STRICT.structure(data, cls)
    except (BaseValidationError, WrongType) as error:
        fault = next(_faults(error, ""))
    raise BadInput(fault.code, file=str(file), place=fault.path, **fault.values)


def plain(value: object) -> Any:
    """A dataclass as dictionaries, lists and numbers, every field written out."""
    return FULL.unstructure(value)


def plain_short(value: object) -> Any:
    """As `plain`, without the fields that hold their default: what a person would write by hand."""
    return SHORT.unstructure(value)


def _strict_text(value: object, _: type) -> str:
    if not isinstance(value, str):
        raise WrongType("document.not_text", value)
    return value


def _strict_whole(value: object, _: type) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongType("document.not_whole", value)
    return value


def _strict_number(value: object, _: type) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise WrongType("document.not_number", value)
    return float(value)


def _strict_switch(value: object, _: type) -> bool:
    if not isinstance(value, bool):
        raise WrongType("document.not_switch", value)
    return value


def _strict_class(cls: Any) -> Callable[[object, Any], Any]:
    """Reads a dataclass from a table that holds just its fields."""
    from_table = make_dict_structure_fn(cls, STRICT, _cattrs_forbid_extra_keys=True)

    def structure(value: object, target: Any) -> Any:
        if not isinstance(value, dict):
            raise WrongType("document.not_table", value)
        return from_table(value, target)

    return structure


def _strict_tuple(target: Any) -> Callable[[object, Any], Any]:
    """Reads a tuple from a list of the right length; a text is not taken apart into letters."""
    kinds = get_args(target)
    endless = kinds[-1] is Ellipsis

    def structure(value: object, _: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise WrongType("document.not_list", value)
        if not endless and len(value) != len(kinds):
            raise WrongType("document.wrong_length", f"{len(value)} / {len(kinds)}")
        return tuple(_item(v, kinds[0] if endless else kinds[i], i) for i, v in enumerate(value))

    return structure


def _strict_dict(target: Any) -> Callable[[object, Any], Any]:
    """Reads a table with free names."""
    _, kind = get_args(target)

    def structure(value: object, _: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise WrongType("document.not_table", value)
        return {_strict_text(key, str): _item(item, kind, key) for key, item in value.items()}

    return structure


def _item(value: object, kind: Any, index: Any) -> Any:
    """One item of a list or table; what goes wrong inside it is marked with its index."""
    try:
        return STRICT.structure(value, kind)
    except (BaseValidationError, WrongType) as error:
        error.add_note(IterableValidationNote(f"at {index}", index, kind))
        raise


def _is_tuple(target: Any) -> bool:
    return get_origin(target) is tuple


def _is_dict(target: Any) -> bool:
    return get_origin(target) is dict


def _strict_converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(str, _strict_text)
    converter.register_structure_hook(int, _strict_whole)
    converter.register_structure_hook(float, _strict_number)
    converter.register_structure_hook(bool, _strict_switch)
    converter.register_structure_hook_factory(is_dataclass, _strict_class)
    converter.register_structure_hook_factory(_is_tuple, _strict_tuple)
    converter.register_structure_hook_factory(_is_dict, _strict_dict)
    return converter


STRICT = _strict_converter()
FULL = Converter()
SHORT = Converter(omit_if_default=True)


def _faults(error: Exception, path: str) -> Iterator[Fault]:
    """Every fault below `error`, unknown fields first: they explain the missing ones."""
    here = path
    for note in reversed(getattr(error, "__notes__", ())):  # the outermost was added last
        if isinstance(note, IterableValidationNote):
            here = f"{here}[{note.index}]" if isinstance(note.index, int) else _joined(here, str(note.index))
        elif isinstance(note, AttributeValidationNote):
            here = _joined(here, note.name)
    if isinstance(error, BaseValidationError):
        for inner in sorted(error.exceptions, key=lambda e: not isinstance(e, ForbiddenExtraKeysError)):
            yield from _faults(inner, here)
    elif isinstance(error, ForbiddenExtraKeysError):
        name = sorted(error.extra_fields)[0]
        yield _unknown_field(error.cl, name, _joined(here, shown(name)))
    elif isinstance(error, KeyError):
        yield Fault(code="document.missing_field", path=here, values={"field": shown(error.args[0])})
    elif isinstance(error, WrongType):
        yield Fault(code=error.code, path=here, values={"given": error.given})
    else:
        raise error


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _unknown_field(cls: Any, name: str, path: str) -> Fault:
    """An unknown field; when only its unit differs from a known one, the fault says so."""
    known = [f.name for f in fields(cls)]
    stem, _, unit = name.rpartition("_")
    same_stem = [k for k in known if stem and k.rpartition("_")[0] == stem and k.rpartition("_")[2] in UNITS]
    if same_stem and unit in UNITS:
        return Fault(code="document.wrong_unit", path=path, values={"field": shown(name), "expected": same_stem[0]})
    return Fault(code="document.unknown_field", path=path, values={"field": shown(name), "known": ", ".join(known)})
