"""What one client may cost: bytes of a body and seconds for them, analyses at a time and in line, seconds for one."""

from __future__ import annotations

from asyncio import wrap_future
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import BoundedSemaphore, Event
from typing import TypeVar

from anyio import fail_after
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Limits:
    """`body`: bytes of a request's body; `seconds`: for the body to arrive, and again for the answer; `running` analyses at a time,
    and `waiting` more in line."""

    body: int = 2 * 1024 * 1024
    seconds: float = 60.0
    running: int = 2
    waiting: int = 16


class BusyError(Exception):
    """As many requests wait as may; the client is told to come back."""


class Workers:
    """Threads for the analyses. Work that takes too long is given up: its client gets an error, its thread is free when it ends."""

    def __init__(self, limits: Limits) -> None:
        self._threads = ThreadPoolExecutor(limits.running, thread_name_prefix="koproc")
        self._places = BoundedSemaphore(limits.running + limits.waiting)
        self._seconds = limits.seconds

    async def run(self, work: Callable[[Event], Result]) -> Result:
        """What `work` returns, computed in a thread. The event that it is given says that nobody waits for it any more.

        Raises:
            BusyError: too many wait already.
            TimeoutError: it took too long.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError
        given_up = Event()
        try:
            future = self._threads.submit(work, given_up)
        except RuntimeError:  # the service is stopping
            self._places.release()
            raise BusyError from None
        future.add_done_callback(self._leave)
        try:
            with fail_after(self._seconds):
                return await wrap_future(future)
        finally:
            given_up.set()

    def _leave(self, _: Future[Result]) -> None:
        self._places.release()

    def close(self) -> None:
        """Wait for what runs; drop what waits."""
        self._threads.shutdown(cancel_futures=True)


class BodyLimit:
    """Reads a request's body before the application sees it: 413 where it is too long, 408 where it does not arrive in time."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        limit, seconds = self._limits.body, self._limits.seconds
        chunks: list[bytes] = []
        size, received, more = _declared_size(scope), 0, True
        try:
            with fail_after(seconds):
                while more and size <= limit:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return
                    chunks.append(message.get("body", b""))
                    received += len(chunks[-1])
                    size = max(size, received)
                    more = message.get("more_body", False)
        except TimeoutError:
            await _refused(408, f"the body did not arrive within {seconds:g} seconds")(scope, receive, send)
            return
        if size > limit:
            await _refused(413, f"the body is longer than {limit:,} bytes; send fewer or shorter articles at a time")(scope, receive, send)
            return
        await self._app(scope, _replaying(b"".join(chunks), receive), send)


def _declared_size(scope: Scope) -> int:
    declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(declared) if declared.isdigit() else 0


def _refused(status: int, detail: str) -> JSONResponse:
    return JSONResponse({"detail": detail}, status, headers={"Connection": "close"})


def _replaying(body: bytes, receive: Receive) -> Receive:
    """The body as one message; after it, what the client does."""
    told = False

    async def replay() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
