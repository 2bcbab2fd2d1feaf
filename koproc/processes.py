"""Work in several processes: batches go in, their results come out in the same order, and only a few are held at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from .errors import KoprocError

Batch = TypeVar("Batch")
Result = TypeVar("Result")
_AHEAD = 2  # batches a process that are made or held before the first is taken
_own: list[Callable[[Any], Any]] = []  # in a worker process: its copy of the work, which a pool can hand over in no other way


def in_processes(work: Callable[[Batch], Result], batches: Iterable[Batch], processes: int) -> Iterator[Result]:
    """`work(batch)` for each batch, in order. `work` is copied to each process once, and must be picklable.

    Processes are started afresh (`spawn`), for Kiwi does not outlive a fork: a script that calls this needs `if __name__ == "__main__":`.

    Raises:
        KoprocError: a process has died.
    """
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    waiting: deque[Future[Any]] = deque()
    with ProcessPoolExecutor(processes, get_context("spawn"), _take, (work,)) as pool:
        try:
            for batch in batches:
                waiting.append(pool.submit(_run, batch))
                if len(waiting) > _AHEAD * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as err:
            raise KoprocError("a worker process has died (out of memory?); try again with fewer processes") from err
        finally:
            for future in waiting:
                future.cancel()


def _take(work: Callable[[Any], Any]) -> None:
    _own.append(work)


def _run(batch: Any) -> Any:
    return _own[0](batch)
