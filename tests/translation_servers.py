"""Servers on this machine that speak the protocols of DeepL and OpenAI as documented, keep accounts, and break on demand.

`faults` are taken one for each request that would be paid for; `always` is the one for all of them. `billed` counts the texts that were
answered whole, `asked` those that came in.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections import Counter, deque
from collections.abc import Callable
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

from jsonschema import Draft202012Validator

KEY = "secret-key-0123456789"
WALL = 1_800_000_000.0  # what the tests' clock says
# a status with headers, as services in trouble answer it
_STATUSES: dict[str, tuple[int, dict[str, str], Any]] = {
    "429 and seconds": (429, {"Retry-After": "7"}, {"message": "Too many requests"}),
    "429 and a date": (429, {"Retry-After": formatdate(WALL + 9, usegmt=True)}, {"message": "Too many requests"}),
    "429": (429, {}, {"error": {"message": "Rate limit reached", "type": "requests", "code": "rate_limit_exceeded"}}),
    "429 and an hour": (429, {"Retry-After": "3600"}, {"message": "Too many requests"}),
    "500": (500, {}, {"message": "Internal error"}),
    "503": (503, {}, "upstream is down\x1b[31m"),
    "529": (529, {}, ""),
    "301": (301, {"Location": "http://example.invalid/"}, ""),
    "400": (400, {}, {"message": "Bad request"}),
    "401": (401, {}, {"error": {"message": f"Incorrect API key provided: {KEY}"}}),
    "402": (402, {}, {"error": "Insufficient credits"}),
    "403": (403, {}, {"message": "Forbidden"}),
    "404": (404, {}, {"error": {"message": "The model does not exist", "code": "model_not_found"}}),
    "456": (456, {}, {"message": "Quota exceeded"}),
    "429 for good": (429, {}, {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}),
}


class Server:
    """Runs while it is open as a context; `address` is where."""

    prefix = ""

    def __init__(self) -> None:
        self.faults: deque[str | None] = deque()
        self.always: str | None = None
        self.requests: list[tuple[str, str, Any]] = []
        self.asked: Counter[str] = Counter()
        self.billed: Counter[str] = Counter()
        self.over = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # or each answer waits 40 ms for an acknowledgement

            def do(self) -> None:
                outer._handle(self)

            do_GET = do_POST = do_DELETE = do  # noqa: N815 (http.server's names)

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._http.server_port}{self.prefix}"

    def __enter__(self) -> Server:
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._http.shutdown()
        self._http.server_close()

    def _handle(self, handler: BaseHTTPRequestHandler) -> None:
        content = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        body = json.loads(content) if content else None
        self.requests.append((handler.command, handler.path, body))
        status, answer, texts = self.answer(handler, body, len(content))
        fault = None
        if texts:
            self.asked.update(texts)
            fault = self.always or (self.faults.popleft() if self.faults else None)
        if fault is None:
            if status == 200:
                self.billed.update(texts)
            _send(handler, status, {}, answer)
        elif fault in _STATUSES:
            _send(handler, *_STATUSES[fault])
        else:
            self._break(handler, fault, json.dumps(answer).encode())

    def _break(self, handler: BaseHTTPRequestHandler, fault: str, content: bytes) -> None:
        handler.close_connection = True
        if fault == "no answer":
            self.over.wait()
        elif fault == "cut body":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(content) + content[: len(content) // 2])
        elif fault == "cut chunks":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(content) + content[:5])
        elif fault == "half of the JSON":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + content[: len(content) // 2])
        elif fault == "reset":
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
        else:
            kind, sent = {
                "a page": ("text/html", b"<!DOCTYPE html><title>Log in to the hotel's network</title>"),
                "nothing": ("application/json", b""),
                "a list": ("application/json", b"[1, 2]"),
                "no gzip": ("application/json\r\nContent-Encoding: gzip", content),
                "other bytes": ("application/json", b"\xff\xfe\x00"),
            }[fault]
            handler.wfile.write(
                f"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: {kind}\r\nContent-Length: {len(sent)}\r\n\r\n".encode() + sent
            )

    def answer(self, handler: BaseHTTPRequestHandler, body: Any, size: int) -> tuple[int, Any, list[str]]:
        """Status, answer, and the texts that it is paid for."""
        raise NotImplementedError


def _send(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], answer: Any) -> None:
    content = b"" if status == 204 else (answer if isinstance(answer, str) else json.dumps(answer)).encode()
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if status != 204:
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def english(text: str) -> str:
    """What both servers make of a text."""
    return f"term {sum(map(ord, text)) % 9973}"


class DeepLServer(Server):
    """POST /v2/translate and /v3/glossaries, with a limit of glossaries as the account has one."""

    def __init__(self, limit: int = 1000) -> None:
        super().__init__()
        self.limit = limit
        self.glossaries: dict[str, dict[str, Any]] = {}
        self.entries: dict[str, dict[str, str]] = {}
        self.translate: Callable[[str], str] = english

    def answer(self, handler: BaseHTTPRequestHandler, body: Any, size: int) -> tuple[int, Any, list[str]]:
        if handler.headers.get("Authorization") != f"DeepL-Auth-Key {KEY}":
            return 403, {"message": "Authorization failure"}, []
        if not handler.headers.get("User-Agent"):
            return 400, {"message": "User-Agent header missing"}, []
        if body is not None and handler.headers.get("Content-Type") != "application/json":
            return 415, {"message": "Unsupported media type"}, []
        route = (handler.command, handler.path)
        if route == ("POST", "/v2/translate"):
            return self._translated(body, size)
        if route == ("GET", "/v3/glossaries"):
            return 200, {"glossaries": list(self.glossaries.values())}, []
        if route == ("POST", "/v3/glossaries"):
            return (*self._made(body), [])
        if handler.command == "DELETE" and handler.path.startswith("/v3/glossaries/"):
            return (204 if self.glossaries.pop(handler.path.rpartition("/")[2], None) else 404), {}, []
        return 404, {"message": "Not found"}, []

    def _translated(self, body: Any, size: int) -> tuple[int, Any, list[str]]:
        texts = body["text"]
        if size > 128 * 1024 or not 1 <= len(texts) <= 50:
            return 413, {"message": "Request size exceeds the limit"}, []
        if body["target_lang"] not in ("EN-US", "EN-GB", "DE") or body.get("source_lang") not in ("KO", None):
            return 400, {"message": "Value for 'target_lang' not supported."}, []
        entries: dict[str, str] = {}
        if "glossary_id" in body:
            glossary = self.glossaries.get(body["glossary_id"])
            if glossary is None:
                return 404, {"message": "Glossary not found"}, []
            entries = self.entries[glossary["glossary_id"]]
        answers = []
        for text in texts:
            held = [en for ko, en in entries.items() if ko in text]
            answers.append({"detected_source_language": "KO", "text": " ".join([*held, self.translate(text)])})
        return 200, {"translations": answers}, texts

    def _made(self, body: Any) -> tuple[int, Any]:
        (dictionary,) = body["dictionaries"]
        if len(self.glossaries) >= self.limit:
            return 400, {"message": "Too many glossaries"}
        if (dictionary["source_lang"], dictionary["target_lang"], dictionary["entries_format"]) != ("ko", "en", "tsv"):
            return 400, {"message": "Unsupported glossary source and target language pair"}
        rows = [line.split("\t") for line in dictionary["entries"].split("\n")]
        if any(len(row) != 2 or not all(row) or max(len(cell.encode()) for cell in row) > 1024 for row in rows):
            return 400, {"message": "Invalid glossary entries provided"}
        number = str(UUID(int=len(self.requests)))
        info = {"source_lang": "ko", "target_lang": "en", "entry_count": len(rows)}
        self.glossaries[number] = {"glossary_id": number, "name": body["name"], "dictionaries": [info]}
        self.entries[number] = dict(rows)
        return 201, self.glossaries[number]


class OpenAIServer(Server):
    """POST /v1/chat/completions with a strict schema; `write` makes the message's content of the terms."""

    prefix = "/v1"

    def __init__(self) -> None:
        super().__init__()
        self.write: Callable[[list[dict[str, Any]]], Any] = lambda terms: [
            {"id": term["id"], "translation": english(term["term"])} for term in terms
        ]
        self.message: dict[str, Any] = {}
        self.finish = "stop"

    def answer(self, handler: BaseHTTPRequestHandler, body: Any, size: int) -> tuple[int, Any, list[str]]:
        if handler.headers.get("Authorization") != f"Bearer {KEY}":
            return 401, {"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}, []
        if (handler.command, handler.path) != ("POST", "/v1/chat/completions"):
            return 404, {"error": {"message": "Invalid URL"}}, []
        wanted = body["response_format"]
        schema = wanted["json_schema"]["schema"]
        Draft202012Validator.check_schema(schema)
        if wanted["type"] != "json_schema" or not wanted["json_schema"]["strict"] or not _strict(schema):
            return 400, {"error": {"message": "Invalid schema for response_format"}}, []
        system, user = body["messages"]
        if (system["role"], user["role"]) != ("system", "user"):
            return 400, {"error": {"message": "Invalid messages"}}, []
        terms = json.loads(user["content"])["terms"]
        written = self.write(terms)
        content = written if isinstance(written, str) else json.dumps({"translations": written}, ensure_ascii=False)
        message = {"role": "assistant", "content": content, "refusal": None, **self.message}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": self.finish}
        usage = {"prompt_tokens": size // 3, "completion_tokens": 9 * len(terms), "total_tokens": size // 3 + 9 * len(terms)}
        reply = {"id": "chatcmpl-1", "object": "chat.completion", "model": body["model"], "choices": [choice], "usage": usage}
        return 200, reply, [term["term"] for term in terms]


def _strict(schema: dict[str, Any]) -> bool:
    """Structured output takes objects that are closed and whose fields are all required, at every depth."""
    if schema.get("type") == "object":
        fields = schema["properties"]
        closed = schema.get("additionalProperties") is False and sorted(schema["required"]) == sorted(fields)
        return closed and all(map(_strict, fields.values()))
    return _strict(schema["items"]) if schema.get("type") == "array" else True
