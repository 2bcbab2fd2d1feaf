"""`koproc serve`: the HTTP service and its page."""

from __future__ import annotations

import socket
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from ..errors import KoprocError
from .options import lexicon_option

if TYPE_CHECKING:
    from ..pipeline import Pipeline

_WARM_UP = "네이버는 내년 매출을 2조 원으로 늘릴 계획이다."


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 lets other machines in.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on; 0 takes a free one.")
@click.option(
    "--allowed-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name under which clients reach the service, other than localhost and addresses; may be repeated.",
)
@click.option(
    "--store",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Keep corrections that people save there, in one SQLite file, and use them from the next start.  [default: nothing is kept]",
)
@click.option(
    "--model",
    metavar="MODEL_DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A tagger that `koproc train` made, instead of ours.",
)
@lexicon_option
@click.option("--max-body", type=click.IntRange(min=1), default=2048, show_default=True, help="Largest request, in KiB.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60, show_default=True, help="Seconds for a request, then an error.")
@click.option("--concurrency", type=click.IntRange(min=1), default=2, show_default=True, help="Analyses at a time.")
@click.option("--queue", type=click.IntRange(min=0), default=16, show_default=True, help="Requests that may wait for one.")
@click.option("--open-browser", is_flag=True, help="Open the page in the browser.")
def command(
    host: str,
    port: int,
    hosts: tuple[str, ...],
    store: Path | None,
    model: Path | None,
    lexicon: tuple[Path, ...],
    max_body: int,
    timeout: float,
    concurrency: int,
    queue: int,
    open_browser: bool,
) -> None:
    """Serve annotations over HTTP, and a page to read, correct and download them.

    The page is at /, the OpenAPI document at /openapi.json. Needs `pip install 'koproc[server]'`; /predict, for INCEpTION, also
    `koproc[cas]`. Ctrl-C stops it when running requests are done.

    \b
    Examples:
      koproc serve --open-browser
      koproc serve --port 9000 --lexicon reviewed.tsv --store corrections/
      koproc serve --host 0.0.0.0 --allowed-host news.example.com
      curl -s localhost:8000/annotate --json '{"text": "네이버는 내년 매출을 2조 원으로 늘릴 계획이다."}'
    """
    try:
        import uvicorn

        from ..integrations.server.app import create_app
        from ..integrations.server.limits import Limits
    except ImportError as err:
        raise KoprocError(f"the service needs more ({err}); install it with: pip install 'koproc[server]'") from err
    listener = _listener(host, port)
    with listener:
        nlp = _pipeline(store, lexicon, model)
        nlp(_WARM_UP)
        limits = Limits(max_body * 1024, timeout, concurrency, queue)
        app = create_app(nlp, limits=limits, store=store, hosts=hosts)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=int(timeout) + 5)
        url = _url(host, listener.getsockname()[1])
        click.echo(f"koproc: the page is at {url} (Ctrl-C stops it)", err=True)
        if open_browser:
            click.launch(url)
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            click.echo("koproc: stopped", err=True)


def _listener(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as err:
        raise KoprocError(f"cannot listen on {host}:{port} ({err.strerror or err}); choose another with --host and --port") from err
    return listener


def _pipeline(store: Path | None, lexicon: tuple[Path, ...], model: Path | None) -> Pipeline:
    """The pipeline, with what was saved in the store below the user's files and above ours."""
    from ..integrations.server.store import Store
    from ..pipeline import load

    rows = Store(store).rows() if store is not None else []
    if not rows:
        return load(lexicon=lexicon, model=model)
    from ..formats.glossaries import write_glossary

    with TemporaryDirectory() as folder:
        saved = Path(folder) / "saved.tsv"
        with saved.open("wb") as stream:
            write_glossary(rows, stream, "tsv")
        return load(lexicon=(*lexicon, saved), model=model)


def _url(host: str, port: int) -> str:
    name = "127.0.0.1" if host == "0.0.0.0" else "[::1]" if host == "::" else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/"
