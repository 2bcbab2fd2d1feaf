"""Keeps foreign web pages out of a service on somebody's own machine, and tells browsers what the page may do.

A page elsewhere reaches a local server in two ways. It lets the name of its own server point at 127.0.0.1 (DNS rebinding): then `Host` is
that name, and only addresses, `localhost` and the names given are answered. Or it sends a form or script request across origins (CSRF): then
`Origin` is not the host that was asked. Programs send no `Origin`. The answers allow no other origin to read them.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Refuses requests with a foreign `Host` or `Origin`, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app, self._hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        reason = refusal(Headers(scope=scope), self._hosts)
        app = self._app if reason is None else JSONResponse({"detail": reason}, 403)
        await app(scope, receive, with_headers)


def refusal(headers: Headers, hosts: Collection[str]) -> str | None:
    """Why a request is refused; None where it is not.

    >>> refusal(Headers({"host": "127.0.0.1:8000"}), ()) is None
    True
    >>> refusal(Headers({"host": "127.0.0.1:8000", "origin": "https://evil.example"}), ())
    'requests of pages of https://evil.example are refused; open the page of the service itself'
    """
    host = headers.get("host", "")
    name = _name(host)
    if name != "localhost" and name not in hosts and not _is_address(name):
        return f"the host {host!r} is not served here; start the service with --allowed-host NAME if it is yours"
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
        return f"requests of pages of {origin} are refused; open the page of the service itself"
    return None


def _name(host: str) -> str:
    """The name or address in a Host header, without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


def _is_address(name: str) -> bool:
    """Addresses cannot be rebound: a page that names one comes from there."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
