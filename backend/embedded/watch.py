"""Whether work gets done: a worker may be there, look well, and consume nothing.

/health/work says for how long the oldest row of each queue is due. Late alone proves nothing, since
after an outage there is a backlog to work off; late, and the same row still first, does.
"""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

ANSWER_SECONDS = 4.0
CHECKS_TO_LATE = 10
"""How often to look in the time after which work counts as late."""

Observation = tuple[float, Mapping[str, float]]
"""When (monotonic seconds), and the ages of what was late then."""


class WorkWatch:
    """Looks at /health/work now and then."""

    def __init__(self, url: str, late_seconds: float) -> None:
        """Ask `url`; look often enough for work that is late after `late_seconds`."""
        self._url = url
        self._late_seconds = late_seconds
        self._interval = late_seconds / CHECKS_TO_LATE
        self._next = time.monotonic() + late_seconds
        self._last: Observation | None = None

    def is_stuck(self, now: float) -> bool:
        """Whether work is late and does not move; `now` is by the monotonic clock.

        After a yes it is silent for as long as work may take, so that a remedy can show.
        """
        if now < self._next:
            return False
        self._next = now + self._interval
        ages = self.late_ages()
        is_stuck = self._last is not None and stands_still(self._last, (now, ages))
        self._last = None if is_stuck else (now, ages)
        if is_stuck:
            self._next = now + self._late_seconds
        return is_stuck

    def late_ages(self) -> Mapping[str, float]:
        """The age in seconds of each late queue's oldest due row; none when nobody answers."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            opener.open(self._url, timeout=ANSWER_SECONDS).close()
        except urllib.error.HTTPError as error:
            try:
                checks = json.load(error)["checks"]["oldest_due_seconds"]
            except (ValueError, KeyError, TypeError):
                return {}  # the database is away, or our host name is refused
            return {name: age for name, age in checks.items() if age > self._late_seconds}
        except OSError:
            return {}
        return {}


def stands_still(before: Observation, after: Observation) -> bool:
    """Whether a queue's oldest row has just grown older: the row is the same, nobody took it."""
    elapsed = after[0] - before[0]
    return any(
        name in before[1] and age - before[1][name] > 0.9 * elapsed
        for name, age in after[1].items()
    )
