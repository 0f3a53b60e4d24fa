"""What the evaluator costs on a pathway as large as they get.

    .venv/bin/python -m bench.evaluator

500 milestones on 10 tracks in rules five levels deep, half of them begun. Prints the least
processor time of 20 runs of each, in milliseconds: what it costs undisturbed.
"""

import itertools
import platform
import time
from collections.abc import Callable

from progress.document import parse
from progress.rules import (
    MilestoneState,
    compile_pathway,
    evaluate,
    explanation,
    next_steps,
    readiness,
    readiness_by_role,
)
from progress.states import Verification, Work
from tests.core.large import large


def least(run: Callable[[], object], times: int = 20) -> float:
    """Return the least processor time of `times` runs, in milliseconds."""
    found = []
    for _ in range(times):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found) * 1000


def main() -> None:
    """Print a line for each read."""
    document = parse(large())
    compiled = compile_pathway(document)
    every = itertools.cycle(itertools.product(Work, Verification))
    states = {f"m{n}": MilestoneState(*next(every)) for n in range(0, 500, 2)}
    standing = evaluate(compiled, "t1", states)
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}")
    for name, run in {
        "compile": lambda: compile_pathway(document),
        "evaluate": lambda: evaluate(compiled, "t1", states).percent,
        "next steps": lambda: next_steps(standing, {}),
        "readiness": lambda: readiness(standing, "tester"),
        "readiness by role": lambda: readiness_by_role(standing),
        "explanation": lambda: explanation(standing),
    }.items():
        print(f"{name:18} {least(run):8.2f} ms")


if __name__ == "__main__":
    main()
