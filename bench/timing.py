"""How long something takes, on the clock and of this process's own, over a number of runs."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Times:
    """What each run took, in milliseconds: on the clock, and CPU (what servers use is not in it).

    `str()` has the figures in a line, with the load: on a machine that others use as well the
    clock alone tells little.
    """

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def take(self, do: Callable[[], object]) -> None:
        """Do it once more."""
        wall, cpu = time.perf_counter(), time.process_time()
        do()
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.cpu.append((time.process_time() - cpu) * 1000)

    def __str__(self) -> str:
        """Return the figures."""
        p95 = sorted(self.wall)[round(0.95 * (len(self.wall) - 1))]
        return (
            f"least {min(self.wall):4.0f}, median {statistics.median(self.wall):4.0f}, "
            f"p95 {p95:4.0f} ms; CPU least {min(self.cpu):4.0f}, "
            f"median {statistics.median(self.cpu):4.0f} ms; "
            f"n={len(self.wall)}, load {os.getloadavg()[0]:.1f}"
        )


def times(do: Callable[[], object], *, runs: int) -> Times:
    """Return what `runs` runs of it took, after one that does not count: the first warms up."""
    do()
    found = Times()
    for _ in range(runs):
        found.take(do)
    return found


def statements(do: Callable[[], object]) -> str:
    """Do it once; return how many SQL statements it took and how long these were, in words."""
    from django.db import connection  # noqa: PLC0415 (needs the installation)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as queries:
        do()
    in_sql = sum(float(query["time"]) for query in queries) * 1000
    return f"{len(queries)} SQL, {in_sql:.0f} ms in them"
