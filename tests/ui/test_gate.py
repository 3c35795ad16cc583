"""Who may talk to the page's server: 403, 302 and 200, and what every answer says to the browser."""

from __future__ import annotations

import http.client
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from planner.ui.tokens import Doorkeeper, write_token
from tests.ui.serving import Served
from tests.ui.waiting import until


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory):
    server = Served(tmp_path_factory.mktemp("home"))
    yield server
    server.stop()


def ask(served: Served, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=sent)
    reply = connection.getresponse()
    reply.read()
    connection.close()
    return reply


def cookie_of(served: Served) -> str:
    parts = urlsplit(served.link())
    reply = ask(served, f"{parts.path}?{parts.query}")
    return (reply.getheader("Set-Cookie") or "").partition(";")[0]


def upgrade(served: Served, **headers: str) -> int:
    told = {
        "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "bokeh, none",
    }  # fmt: skip
    return ask(served, "/ws", **{k.replace("-", "_"): v for k, v in (told | headers).items()}).status


def test_without_the_cookie_a_page_sends_to_the_login(served):
    for path in ("/", "/project?id=abc", "/thumbnail?id=abc", "/file?id=abc", "/static/js/bokeh.min.js"):
        reply = ask(served, path)
        assert (reply.status, reply.getheader("Location")) == (302, "/login")


def test_the_login_without_a_link_shows_nothing(served):
    assert ask(served, "/login").status == 403


def test_a_link_opens_once(served):
    parts = urlsplit(served.link())
    first = ask(served, f"{parts.path}?{parts.query}")
    assert (first.status, first.getheader("Location")) == (302, "/")
    assert ask(served, f"{parts.path}?{parts.query}").status == 403


def test_a_link_that_was_tampered_with_opens_nothing(served):
    parts = urlsplit(served.link(Path("/home/one.centreline")))
    other = parts.query.replace("one", "two")
    assert ask(served, f"{parts.path}?{other}").status == 403
    assert ask(served, "/login?token=a.b.c").status == 403
    assert ask(served, "/login?token=" + "x" * 9000).status == 403


def test_the_cookie_is_kept_from_scripts_and_other_sites_and_named_for_the_port(served):
    parts = urlsplit(served.link())
    told = ask(served, f"{parts.path}?{parts.query}").getheader("Set-Cookie") or ""
    assert told.startswith(f"centreline-{served.port}=")
    assert "HttpOnly" in told and "SameSite=Strict" in told


def test_with_the_cookie_the_page_comes(served):
    assert ask(served, "/", Cookie=cookie_of(served)).status == 200


def test_another_cookie_is_none(served):
    assert ask(served, "/", Cookie=f"centreline-{served.port}=guess").status == 302


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil:{port}"])
def test_a_foreign_host_is_refused_even_with_the_cookie(served, host):
    assert ask(served, "/", Host=host.format(port=served.port), Cookie=cookie_of(served)).status == 403
    assert ask(served, "/login", Host=host.format(port=served.port)).status == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1"])
def test_a_foreign_origin_is_refused_even_with_the_cookie(served, origin):
    told = {"Origin": origin.format(port=served.port), "Cookie": cookie_of(served)}
    assert ask(served, "/", **told).status == 403
    assert upgrade(served, **told) == 403


def test_our_own_names_are_welcome(served):
    cookie = cookie_of(served)
    for host in (f"127.0.0.1:{served.port}", f"localhost:{served.port}"):
        assert ask(served, "/", Host=host, Origin=f"http://{host}", Cookie=cookie).status == 200


def test_a_websocket_without_the_cookie_is_refused(served):
    assert upgrade(served, Origin=f"http://127.0.0.1:{served.port}") == 403


def test_nothing_but_reading_is_let_in_without_the_cookie(served):
    assert ask(served, "/", method="POST").status == 403


def test_every_answer_keeps_the_browser_at_home(served):
    for path, cookie in (("/login", ""), ("/", cookie_of(served)), ("/alive?question=x", "")):
        reply = ask(served, path, Cookie=cookie)
        assert reply.getheader("Referrer-Policy") == "no-referrer"
        assert reply.getheader("X-Content-Type-Options") == "nosniff"
        policy = reply.getheader("Content-Security-Policy") or ""
        assert "connect-src 'self' ws://127.0.0.1:" in policy
        assert "frame-ancestors 'none'" in policy


def test_only_this_machine_is_listened_to(served):
    addresses = {
        sock.getsockname()[0] for http_server in [served.server.server._http] for sock in http_server._sockets.values()
    }
    assert addresses == {"127.0.0.1"}
    other = socket.gethostbyname(socket.gethostname())
    if not other.startswith("127."):
        with pytest.raises(OSError), socket.create_connection((other, served.port), timeout=2):
            pass


def test_a_second_start_can_tell_the_server_from_another_program(served):
    from planner.ui.instance import Instance

    assert Instance(pid=1, port=served.port, secret=served.server.secret).answers()
    assert not Instance(pid=1, port=served.port, secret="guess").answers()


def test_a_link_lives_for_ten_minutes():
    clock = [1000.0]
    keeper = Doorkeeper("s", now=lambda: clock[0])
    token = write_token("s", now=lambda: clock[0])
    late = write_token("s", now=lambda: clock[0])
    clock[0] += 599
    assert keeper.admit(token)
    clock[0] += 2
    assert keeper.admit(late) is None


def test_the_server_ends_when_its_last_tab_has_been_away_long_enough(new_tab, tmp_path):
    server = Served(tmp_path / "home", idle_s=1.0)
    tab = new_tab(server)
    tab.page.goto(server.link())
    tab.page.locator(".cl-new").wait_for(state="visible")
    assert server.running
    tab.page.close()
    until(lambda: not server.running)
