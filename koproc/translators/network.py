"""What services on a network share: a request in JSON goes out, an object in JSON comes back, or an error that says what to do.

What passes by itself (too many requests, a server in trouble, a line that breaks, a body that is cut) is tried again, later each time;
what does not (a key that is not accepted, a quota that is used up) is final at once.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from ..errors import TranslationError

if TYPE_CHECKING:
    import httpx2

_LOGIN = re.compile(r"(?<=://)[^/?#]*@")
_PASSES = frozenset({408, 409, 425, 429, *range(500, 600)})
_SPENT = frozenset({"insufficient_quota", "billing_hard_limit_reached"})  # OpenAI says so with status 429


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, so that tests need neither."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient and how modest a client is. Times are seconds.

    `tries` are for one request; after `failures` in a row of any requests the service counts as down. A server that asks for a longer
    wait than `longest_wait` is not waited for. `requests` and `characters` are the most a minute, None is no limit.
    """

    tries: int = 5
    failures: int = 12
    first_wait: float = 1.0
    longest_wait: float = 120.0
    connect: float = 10.0
    read: float = 120.0
    requests: float | None = None
    characters: float | None = None


def public(address: str) -> str:
    """An address without the name and the password that may stand in it.

    >>> public("https://me:secret@127.0.0.1/v1")
    'https://127.0.0.1/v1'
    """
    return _LOGIN.sub("", address)


@dataclass(frozen=True, slots=True)
class Access:
    """Where a service is and how one gets in; `variable` is the environment variable of the key."""

    service: str
    address: str = field(repr=False)
    variable: str
    scheme: str
    key: str = field(repr=False)


class StatusError(TranslationError):
    """A service said no, with a status of HTTP."""

    def __init__(self, message: str, status: int, *, final: bool) -> None:
        self.status = status
        super().__init__(message, final=final)


class _PassesError(Exception):
    """This may go better next time; `wait` is what the server asks for, in seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(reason)


class Client:
    """A connection to a service that keeps its pace and tries again.

    Raises:
        TranslationError: httpx2 is missing, or the key cannot be one.
    """

    def __init__(self, access: Access, *, limits: Limits, clock: Clock) -> None:
        try:
            import httpx2
        except ImportError as err:
            raise TranslationError(f"{access.service}: needs httpx2; install it with: pip install 'koproc[translate]'", final=True) from err
        if not access.key.isascii() or not access.key.isprintable() or " " in access.key:
            raise TranslationError(f"{access.service}: {access.variable} is not a key (spaces or odd characters in it)", final=True)
        self._httpx, self._access, self._limits, self._clock = httpx2, access, limits, clock
        self._open: httpx2.Client | None = None
        self._next, self._failures = 0.0, 0

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None, *, characters: int = 0) -> dict[str, Any]:
        """The object that the service answers; `characters` are what this request counts for in the pace.

        Raises:
            TranslationError: it does not answer, or says no (`StatusError`).
        """
        for attempt in range(self._limits.tries):
            self._keep_pace(characters)
            try:
                answer = self._try(method, path, body)
            except _PassesError as err:
                self._failures += 1
                wait = err.wait if err.wait is not None else self._wait(attempt)
                reason = f"{self._access.service}: {err}"
            else:
                self._failures = 0
                return answer
            if wait > self._limits.longest_wait:
                raise TranslationError(f"{reason}; it asks to wait {wait:.0f} seconds: try again then", final=True)
            down = self._failures >= self._limits.failures
            if down or attempt + 1 == self._limits.tries:
                break
            self._clock.sleep(wait)
        raise TranslationError(f"{reason}; tried again in vain, try later", final=down)

    def close(self) -> None:
        """Hang up; the next call connects again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _http(self) -> httpx2.Client:
        if self._open is None:
            headers = {"User-Agent": "koproc", "Accept": "application/json"}
            if self._access.key:
                headers["Authorization"] = f"{self._access.scheme} {self._access.key}"
            timeout = self._httpx.Timeout(self._limits.read, connect=self._limits.connect)
            self._open = self._httpx.Client(headers=headers, timeout=timeout)
        return self._open

    def _wait(self, attempt: int) -> float:
        """Twice as long each time, and somewhere in the later half of that, so that clients do not come back all at once."""
        longest: float = min(self._limits.first_wait * 2**attempt, self._limits.longest_wait)
        return longest * (1 + self._clock.chance()) / 2

    def _keep_pace(self, characters: int) -> None:
        """Sleep until this request may go out, and say when the next one may."""
        now = self._clock.monotonic()
        if self._next > now:
            self._clock.sleep(self._next - now)
        apart = max(
            60 / self._limits.requests if self._limits.requests else 0.0,
            characters * 60 / self._limits.characters if self._limits.characters else 0.0,
        )
        self._next = max(now, self._next) + apart

    def _try(self, method: str, path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        http = self._httpx
        # lone surrogates are no UTF-8
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        headers = {} if content is None else {"Content-Type": "application/json"}
        try:
            response = self._http().request(method, self._access.address + path, content=content, headers=headers)
        except http.TimeoutException as err:
            raise _PassesError(f"no answer in time from {public(self._access.address)}") from err
        except http.NetworkError as err:
            raise _PassesError(f"no connection to {public(self._access.address)} ({self._clean(str(err))})") from err
        except (http.RemoteProtocolError, http.DecodingError) as err:
            raise _PassesError(f"{public(self._access.address)} breaks off in the middle of an answer") from err
        except (http.HTTPError, http.InvalidURL) as err:
            raise TranslationError(
                f"{self._access.service}: {public(self._access.address)} cannot be asked ({self._clean(str(err))})", final=True
            ) from err
        answer = {} if response.status_code == 204 else _object(response.text)
        if not response.is_success:
            raise self._refusal(response.status_code, answer, response.text, response.headers.get("Retry-After"))
        if answer is None:
            raise _PassesError(f"{public(self._access.address)} answers something that is not JSON, or only a part of it")
        return answer

    def _refusal(self, status: int, answer: dict[str, Any] | None, text: str, retry_after: str | None) -> Exception:
        """The error of a status: one that passes, one about this request, or a final one."""
        service, variable = self._access.service, self._access.variable
        error = (answer or {}).get("error")
        details: dict[str, Any] = error if isinstance(error, dict) else answer or {}
        said = self._clean(str(details.get("message") or error or text))
        if status in (402, 456) or (status == 429 and _SPENT & {details.get("code"), details.get("type")}):
            return StatusError(f"{service}: the quota is used up ({status}: {said})", status, final=True)
        if status in (401, 403):
            return StatusError(f"{service}: does not accept the key ({status}: {said}); check {variable}", status, final=True)
        if status in _PASSES:
            return _PassesError(f"answers {status} ({said})", self._asked_wait(retry_after))
        if status < 400:
            return StatusError(f"{service}: {public(self._access.address)} is not its address (it answers {status})", status, final=True)
        return StatusError(f"{service}: answers {status} ({said})", status, final=status == 404)

    def _asked_wait(self, retry_after: str | None) -> float | None:
        """Seconds from a header that holds seconds or a date (RFC 9110, 10.2.3)."""
        if not retry_after:
            return None
        try:
            return max(0.0, float(retry_after))
        except ValueError:
            pass
        try:
            return max(0.0, parsedate_to_datetime(retry_after).timestamp() - self._clock.wall())
        except ValueError:
            return None

    def _clean(self, text: str) -> str:
        """What a server said, for one line of a terminal, and without the key if it repeats it."""
        if self._access.key:
            text = text.replace(self._access.key, "…")
        text = text.replace(self._access.address, public(self._access.address))
        return "".join(character if character.isprintable() else " " for character in text[:200]).strip() or "no reason given"


def _object(text: str) -> dict[str, Any] | None:
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
