"""What each model of a page refers to is kept in mind between walks through all of them.

Bokeh walks through every model of a document whenever a part comes or goes, also where a browser says that it drew a chart: it
asks each of a thousand models for each of its properties, a tenth of a second of the page's own thread. Nothing but what was
changed since can refer to others than before, and every change passes `Model.trigger`; so only that is asked again.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from bokeh.model import Model
from bokeh.model.util import visit_immediate_value_references

KEPT = "_centreline_refers_to"  # kept with the model itself, so that both go together
_trigger = Model.trigger


def keep_references() -> None:
    """From now on, for every model of the process; calling it again changes nothing."""
    bokeh: Any = Model
    bokeh.trigger, bokeh.references = _triggered, references


def references(model: Model) -> set[Model]:
    """All that can be reached from a model, itself among them."""
    found, waiting = {model}, deque((model,))
    while waiting:
        for each in _referred(waiting.popleft()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def _referred(model: Model) -> tuple[Model, ...]:
    """What a model refers to itself. In no document nobody is told of changes, so that it is asked each time."""
    if model.document is None:
        return _asked(model)
    known: tuple[Model, ...] | None = vars(model).get(KEPT)
    if known is None:
        known = vars(model)[KEPT] = _asked(model)
    return known


def _asked(model: Model) -> tuple[Model, ...]:
    found: dict[Model, None] = {}
    visit_immediate_value_references(model, lambda other: found.setdefault(other))
    return tuple(found)


def _triggered(model: Model, attr: str, *changed: Any, **how: Any) -> None:
    """As Bokeh does; what the model refers to is asked again."""
    vars(model).pop(KEPT, None)
    _trigger(model, attr, *changed, **how)
