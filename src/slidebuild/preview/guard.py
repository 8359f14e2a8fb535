"""Who gets an answer: this machine, or who holds the token; never another site behind the user's back."""

from __future__ import annotations

import secrets
from http.cookies import SimpleCookie
from ipaddress import ip_address
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from slidebuild.records import dataclass

EVERYWHERE: Final = {
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "cache-control": "no-cache",
}
LOCAL_NAMES: Final = frozenset(("127.0.0.1", "localhost", "[::1]"))
COOKIE: Final = "slidebuild"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in."""

    names: frozenset[str] = LOCAL_NAMES
    """Names by which the server may be called (DNS rebinding brings others)."""
    token: str | None = None
    """What everyone has to bring; numeric addresses are welcome then."""

    def knows(self, host: str) -> bool:
        """Whether a Host header is one of ours."""
        name = urlsplit(f"//{host}").hostname or "" if host else ""
        bare = f"[{name}]" if ":" in name else name
        if bare in self.names:
            return True
        try:
            return self.token is not None and bool(ip_address(name))
        except ValueError:
            return False

    def admits(self, given: str | None) -> bool:
        """Whether a token is the right one."""
        return self.token is None or (given is not None and secrets.compare_digest(given.encode(), self.token.encode()))


class Guard:
    """Headers of every answer; and no answer to strangers.

    Browsers say where a request comes from (Fetch Metadata, https://www.w3.org/TR/fetch-metadata/); a link that the
    user follows is welcome from everywhere.
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in EVERYWHERE.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        if scope["type"] != "http":
            return PlainTextResponse("Not spoken here", status_code=400)
        asked = Headers(scope=scope)
        if not self._access.knows(asked.get("host", "")):
            return PlainTextResponse("Not called so", status_code=400)
        if not _comes_from_here(asked, scope["method"]):
            return PlainTextResponse("Not for other sites", status_code=403)
        if self._access.token is None:
            return None
        return self._ticket(scope, asked)

    def _ticket(self, scope: Scope, asked: Headers) -> Response | None:
        """A token in the address becomes a cookie, so that it stays out of sight."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token")
        if given is not None and self._access.admits(given):
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            answer = RedirectResponse(quote(scope["path"]) + (f"?{rest}" if rest else ""), status_code=303)
            answer.set_cookie(COOKIE, given, httponly=True, samesite="lax")
            return answer
        cookies = SimpleCookie(asked.get("cookie", ""))
        if COOKIE in cookies and self._access.admits(cookies[COOKIE].value):
            return None
        return PlainTextResponse("The address with the token stands in the terminal.", status_code=401)


def _comes_from_here(asked: Headers, method: str) -> bool:
    """Whether one of our own pages asks, or the user does; nobody else may change anything, or read."""
    origin = asked.get("origin")
    if origin is not None and urlsplit(origin).netloc != asked.get("host"):
        return False
    if asked.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return True
    followed = (asked.get("sec-fetch-mode"), asked.get("sec-fetch-dest")) == ("navigate", "document")
    return followed and method in ("GET", "HEAD")
