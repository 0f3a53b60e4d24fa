"""How well the forecast's range holds on simulated learners, and what it costs.

    .venv/bin/python -m bench.forecast_calibration [how many] [seed]

Of each kind of learner as many: the share whose true day lies in the 10–90 % range, before and
after it, the binomial error, the middle's error, the width; then the ms of one whole outlook.
"""

import os
import platform
import random
import sys
import time
from statistics import median

from progress.forecast import outlook
from tests.core.learners import KINDS, simulate


def main(each: int = 2500, seed: int = 2027) -> None:
    """Print a line for each kind of learner and one for all."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    spent: list[float] = []
    everybody: list[tuple[int, float, float]] = []
    for kind in KINDS:
        chance = random.Random(f"{seed} {kind}")
        rows = []
        while len(rows) < each:
            one = simulate(kind, chance)
            start = time.perf_counter()
            found = outlook(one.learner)
            spent.append(time.perf_counter() - start)
            finish = found.finish
            if finish is None:
                continue
            side = (one.done_on > finish.late) - (one.done_on < finish.early)
            way = max((one.done_on - one.learner.today).days, 1)
            off = (finish.middle - one.done_on).days / way
            rows.append((side, off, (finish.late - finish.early).days / way))
        everybody += rows
        line(kind, rows)
    line("all", everybody)
    spent.sort()
    late = spent[len(spent) * 99 // 100]
    print(f"one outlook: median {1000 * median(spent):.1f} ms, 99 % {1000 * late:.1f} ms")


def line(name: str, rows: list[tuple[int, float, float]]) -> None:
    """Print one line of figures."""
    count = len(rows)
    held, early, late = (sum(side == s for side, _, _ in rows) / count for s in (0, -1, 1))
    error = (held * (1 - held) / count) ** 0.5
    print(
        f"{name:9} n {count:6}  in the range {held:6.1%} ± {error:.1%}  before {early:5.1%}"
        f"  after {late:5.1%}  middle off {median(off for _, off, _ in rows):+.0%},"
        f" {median(abs(off) for _, off, _ in rows):.0%}  width {median(w for _, _, w in rows):.0%}"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
