"""A service that listens on a free port while a test runs, around the pipeline that the tests share."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

import koproc
from koproc.integrations.server import create_app


@contextmanager
def live_service(nlp: koproc.Pipeline, store: Path | None = None, **options: Any) -> Iterator[str]:
    """The URL of the service, without a slash at its end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(nlp, store=store, **options), log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
