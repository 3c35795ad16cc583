"""Models that no browser knows yet stay new while a browser's change is taken in.

Once Bokeh has applied a change from a browser it takes every model of the document for known there, also those that were built
a moment before and are not sent yet. They are then told by their bare numbers, the browser drops the message that it cannot
read, and the page no longer turns: so it was with projects that have a layout when they are opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from bokeh.document import Document
from bokeh.document.models import DocumentModelManager
from bokeh.model import Model

_apply, _flush = Document.apply_json_patch, DocumentModelManager.flush_synced
_BY_APPLY = f"{_apply.__qualname__}.<locals>"
_before: WeakKeyDictionary[DocumentModelManager, frozenset[Model]] = WeakKeyDictionary()


def keep_unsent() -> None:
    """From now on, in every document of the process; calling it again changes nothing."""
    bokeh: Any = Document, DocumentModelManager
    bokeh[0].apply_json_patch, bokeh[1].flush_synced = _applied, _flushed


def _applied(document: Document, patch: Any, *, setter: Any = None) -> None:
    """As Bokeh does, with what was unsent before kept in mind."""
    _before[document.models] = frozenset(document.models._new_models)
    try:
        _apply(document, patch, setter=setter)
    finally:
        del _before[document.models]


def _flushed(models: DocumentModelManager, is_still_new: Callable[[Model], bool] | None = None) -> None:
    """As Bokeh does; what was unsent before a browser's change, and was not sent while it was applied, stays so."""
    if is_still_new is None or not is_still_new.__qualname__.startswith(_BY_APPLY):
        _flush(models, is_still_new)
        return
    unsent, by_bokeh = _before.get(models, frozenset()), is_still_new
    _flush(models, lambda model: model in unsent or by_bokeh(model))
