"""Web sockets that send at once.

Bokeh sends each message as several small frames. By default a system holds a small packet back until the one before it is
acknowledged (Nagle), and the browser acknowledges late (40 ms): an answer would wait that long for nothing.
"""

from __future__ import annotations

from typing import Any

from tornado.routing import Rule, RuleRouter
from tornado.websocket import WebSocketHandler


def prompt_sockets(application: Any) -> int:
    """Let all of an application's web sockets send at once, and tell how many routes that were."""
    return sum(_prompted(rule) for rule in application.default_router.rules)


def _prompted(rule: Rule) -> int:
    if isinstance(rule.target, RuleRouter):
        return sum(_prompted(inner) for inner in rule.target.rules)
    if not isinstance(rule.target, type) or not issubclass(rule.target, WebSocketHandler):
        return 0
    rule.target = _prompt(rule.target)
    return 1


def _prompt(handler: type[WebSocketHandler]) -> type[WebSocketHandler]:
    """The handler, without waiting for full packets."""

    def opened(self: Any, *args: Any, **kwargs: Any) -> Any:
        self.set_nodelay(True)
        return handler.open(self, *args, **kwargs)

    return type(handler.__name__, (handler,), {"open": opened})
