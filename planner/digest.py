"""The name of a question: the same for equal questions in every process, another for any other question."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any


def digest(question: object) -> str:
    """SHA-256 over the question's plain form, in hexadecimal.

    Built of dataclasses, tuples, lists, dictionaries, texts, numbers, switches and None. Sets are refused: their order
    is another in every process. 1 and 1.0 are two questions, as are () and "".
    """
    text = json.dumps(_plain(question), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> Any:
    if value is None or (isinstance(value, bool | int | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, float):
        return {"float": value.hex()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {"table": sorted(([_plain(k), _plain(v)] for k, v in value.items()), key=_order)}
    if is_dataclass(value) and not isinstance(value, type):
        named = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {type(value).__qualname__: named}
    raise TypeError(f"a question may not hold a {type(value).__name__}")


def _order(pair: list[Any]) -> str:
    return json.dumps(pair[0], ensure_ascii=False)
