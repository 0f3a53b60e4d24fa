"""Asking many addresses at once, and each host one at a time."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlsplit

from backend.outgoing import Trouble, Unreachable

R = TypeVar("R")

HOSTS_AT_ONCE: Final = 8
BATCH_SECONDS: Final = 40.0


@dataclass(frozen=True, slots=True)
class Look(Generic[R]):
    """What came of a row: a finding, or `trouble`; with neither it was left for another time."""

    row: Any
    finding: R | None = None
    trouble: Unreachable | None = None

    @property
    def is_put_off(self) -> bool:
        """Whether it was not asked this time."""
        return self.finding is None and self.trouble is None


def look_at(
    rows: Iterable[Any], url_of: Callable[[Any], str], ask: Callable[[str], R]
) -> Iterator[Look[R]]:
    """Yield what `ask(url)` returns for each row, hosts side by side as they come.

    A host is asked for one thing at a time, so that a class that all links to one server does not
    look like an attack on it. After it has timed out once, the rest of its rows are put off, and so
    is what the batch's time does not suffice for. `ask` runs in threads and must not use the
    database.
    """
    by_host: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_host[_host(url_of(row))].append(row)
    ends = time.monotonic() + BATCH_SECONDS

    def ask_all(group: list[Any]) -> list[Look[R]]:
        looks: list[Look[R]] = []
        is_slow = False
        for row in group:
            if is_slow or time.monotonic() > ends:
                looks.append(Look(row))
                continue
            try:
                looks.append(Look(row, finding=ask(url_of(row))))
            except Unreachable as exc:
                looks.append(Look(row, trouble=exc))
                is_slow = exc.trouble is Trouble.TIMED_OUT
        return looks

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as threads:
        for done in as_completed([threads.submit(ask_all, group) for group in by_host.values()]):
            yield from done.result()


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
