"""Keys to the page: a link that opens it once, and the cookie it is exchanged for.

Whoever knows the server's secret can write such a link: the server itself, and a second `centreline` of the same user,
who reads the secret from a file that only the user may read. A link may carry the project to be shown; since it is
signed with the link, the server may believe it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode

VALID_S = 600


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def signed(secret: str, text: str) -> str:
    """HMAC-SHA256 of `text` under the secret, in hexadecimal."""
    return hmac.new(secret.encode(), text.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()


def write_token(secret: str, project: str = "", now: Callable[[], float] = time.time) -> str:
    """nonce.expiry.signature; the signature covers the project as well."""
    head = f"{secrets.token_urlsafe(16)}.{int(now()) + VALID_S}"
    return f"{head}.{signed(secret, f'{head}|{project}')}"


def login_query(secret: str, project: str = "") -> str:
    """The query of a link that opens the page once."""
    told = {"token": write_token(secret, project)} | ({"project": project} if project else {})
    return urlencode(told)


class Doorkeeper:
    """Believes each signed link once, and then knows the visitor by a cookie."""

    def __init__(self, secret: str, now: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._now = now
        self._lock = threading.Lock()
        self._used: dict[str, float] = {}
        self._known: set[str] = set()

    def admit(self, token: str, project: str = "") -> str | None:
        """The visitor's cookie for a link that is ours, fresh and not used yet; else None."""
        nonce, _, rest = token.partition(".")
        expiry, _, signature = rest.partition(".")
        good = signed(self._secret, f"{nonce}.{expiry}|{project}")
        if not hmac.compare_digest(good.encode(), signature.encode("utf-8", "replace")):
            return None
        with self._lock:
            now = self._now()
            self._used = {n: until for n, until in self._used.items() if until >= now}
            if nonce in self._used or float(expiry) < now:
                return None
            self._used[nonce] = float(expiry)
            cookie = secrets.token_urlsafe(32)
            self._known.add(cookie)
        return cookie

    def knows(self, cookie: str | None) -> bool:
        """Whether the cookie is one we gave. All are compared, each in constant time."""
        given = (cookie or "").encode("utf-8", "replace")
        return any([hmac.compare_digest(known.encode(), given) for known in tuple(self._known)])

    def prove(self, question: str) -> str:
        """What only a holder of the secret can answer."""
        return signed(self._secret, f"alive|{question}")
