"""Who may talk to the server: this machine by its own name, with the cookie; from no foreign page.

Three layers. Every request first passes `Stranger`, which refuses foreign Host and Origin headers (a page elsewhere that
has its name point to this machine sends its own) and whatever comes without the cookie; whatever handlers are added later
stand behind it too. Bokeh asks `Provider` once more for pages and their websockets. Every answer carries headers that keep
the browser from telling or loading anything elsewhere.
"""

from __future__ import annotations

from typing import Any

from bokeh.server.auth_provider import AuthProvider
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.routing import Matcher, Rule
from tornado.web import OutputTransform, RequestHandler

from planner.ui.tokens import Doorkeeper

LOGIN, ALIVE = "/login", "/alive"
OPEN_PATHS = (LOGIN, ALIVE, "/favicon.ico")
LONGEST = 8192


class House:
    """What the gate knows: the port it guards, who may come in, where a visitor is sent."""

    def __init__(self, keeper: Doorkeeper, allow_project: Any) -> None:
        self.keeper = keeper
        self.allow_project = allow_project
        self.port = 0

    @property
    def cookie(self) -> str:
        """Cookies ignore ports, so the name tells ours apart."""
        return f"centreline-{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    @property
    def origins(self) -> tuple[str, ...]:
        return tuple(f"http://{host}" for host in self.hosts)

    def is_foreign(self, request: HTTPServerRequest) -> bool:
        """Another name for this machine, or a page of another place."""
        origin = request.headers.get("Origin")
        return request.headers.get("Host", "") not in self.hosts or (origin is not None and origin not in self.origins)

    def is_known(self, request: HTTPServerRequest) -> bool:
        morsel = request.cookies.get(self.cookie)
        return morsel is not None and self.keeper.knows(morsel.value)


class Stranger(Matcher):
    """Matches what may not pass."""

    def __init__(self, house: House) -> None:
        self._house = house

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        house = self._house
        if house.is_foreign(request):
            return {"target_kwargs": {"to_login": False}}
        if request.path in OPEN_PATHS or house.is_known(request):
            return None
        page = request.method == "GET" and "Upgrade" not in request.headers
        return {"target_kwargs": {"to_login": page}}


class Refusal(RequestHandler):
    """Sends people to where the way in is told, and everything else away."""

    def initialize(self, to_login: bool) -> None:
        self._to_login = to_login

    def prepare(self) -> None:
        if self._to_login:
            self.redirect(LOGIN)
        else:
            refuse(self)

    def check_xsrf_cookie(self) -> None:
        return


def refuse(handler: RequestHandler) -> None:
    """403 without a word about what is inside."""
    handler.set_status(403)
    handler.set_header("Content-Type", "text/plain; charset=utf-8")
    handler.finish("403\n")


def login_handler(house: House, told: str) -> type[RequestHandler]:
    """Exchanges a link's token for the cookie. `told` is what those without one read."""

    class Login(RequestHandler):
        def get(self) -> None:
            token = self.get_query_argument("token", "")[:LONGEST]
            project = self.get_query_argument("project", "")[:LONGEST]
            if not token:
                self.set_status(200 if house.is_known(self.request) else 403)
                self.set_header("Content-Type", "text/plain; charset=utf-8")
                self.finish(told + "\n")
                return
            cookie = house.keeper.admit(token, project)
            if cookie is None:
                refuse(self)
                return
            self.set_cookie(house.cookie, cookie, httponly=True, samesite="Strict", path="/")
            self.redirect(house.allow_project(project) if project else "/")

    return Login


def alive_handler(house: House) -> type[RequestHandler]:
    """Proves to a second start that this is the server it read about."""

    class Alive(RequestHandler):
        def get(self) -> None:
            self.set_header("Content-Type", "text/plain")
            self.finish(house.keeper.prove(self.get_query_argument("question", "")[:LONGEST]))

    return Alive


class Provider(AuthProvider):
    """Bokeh's own question at pages and websockets."""

    def __init__(self, house: House) -> None:
        self._house = house
        super().__init__()

    @property
    def get_user(self) -> Any:
        house = self._house
        return lambda handler: "planner" if house.is_known(handler.request) else None

    @property
    def get_user_async(self) -> Any:
        return None

    @property
    def login_url(self) -> str:
        return LOGIN

    @property
    def get_login_url(self) -> Any:
        return None

    @property
    def login_handler(self) -> Any:
        return None

    @property
    def logout_url(self) -> Any:
        return None

    @property
    def logout_handler(self) -> Any:
        return None


def headers(house: House) -> dict[str, str]:
    """Nothing is loaded from, told to, or framed by another place. Scripts may be evaluated: Bokeh builds some as it runs."""
    sockets = " ".join(f"ws://{host}" for host in house.hosts)
    policy = {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self' {sockets} data: blob:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def guard(application: Any, house: House) -> None:
    """Put the gate before everything that a Tornado application serves."""
    router = application.default_router
    router.rules.insert(0, router.process_rule(Rule(Stranger(house), Refusal, {})))

    class Headers(OutputTransform):
        def __init__(self, request: HTTPServerRequest) -> None:
            super().__init__(request)

        def transform_first_chunk(
            self, status_code: int, sent: HTTPHeaders, chunk: bytes, finishing: bool
        ) -> tuple[int, HTTPHeaders, bytes]:
            for name, value in headers(house).items():
                sent[name] = value
            if "Server" in sent:
                del sent["Server"]
            return status_code, sent, chunk

    application.add_transform(Headers)
    application.settings["log_function"] = _without_query


def _without_query(handler: RequestHandler) -> None:
    """Faults are logged by path alone: a query may hold a token."""
    if handler.get_status() >= 500:
        from tornado.log import access_log

        access_log.error("%d %s %s", handler.get_status(), handler.request.method, handler.request.path)
