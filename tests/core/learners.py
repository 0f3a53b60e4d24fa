"""Simulated learners: how they work day by day until they are done, told by nobody's model.

Nothing here is log-normal or a random walk, as the forecast assumes. A learner has milestones, a
way of working, better and worse seasons, weeks that differ or fall out, pauses, and a habit of
taking longer or shorter than estimated.
"""

import datetime as dt
import random
from dataclasses import dataclass
from math import pi, sin

from progress.forecast import Finished, Learner, Remaining
from progress.rhythm import Interval

KINDS = ("steady", "bursty", "slowing", "weekends")
START = dt.date(2024, 1, 1)


@dataclass(frozen=True)
class Simulated:
    """What a forecast would be given on one day, and the day that the learner was done."""

    kind: str
    learner: Learner
    done_on: dt.date


class _Habit:
    """Minutes a day, of one kind."""

    def __init__(self, kind: str, chance: random.Random) -> None:
        self.kind, self.chance = kind, chance
        self.minutes = chance.uniform(2, 12) * 60  # a week
        self.restless = chance.uniform(0.1, 0.5)
        self.on, self.week = True, 1.0
        self.fades = chance.uniform(0.005, 0.02)
        self.floor = chance.uniform(0.4, 0.7)
        self.swing, self.season = chance.uniform(0, 0.35), chance.uniform(20, 60)
        self.starts, self.life = chance.uniform(0, 2 * pi), chance.uniform(0, 0.06)
        self.skips = chance.uniform(0.0, 0.25)

    def day(self, number: int) -> int:
        """Minutes on the day `number` of the way, Mondays being 0, 7, …"""
        chance, weekday = self.chance, number % 7
        if weekday == 0:
            self.week = max(chance.gauss(1, self.restless), 0)
            if self.kind == "bursty":  # some weeks on, some weeks nearly off
                self.on = chance.random() < (0.75 if self.on else 0.35)
                self.week = chance.uniform(0.6, 2.4) if self.on else chance.uniform(0, 0.3)
            if chance.random() < self.life:
                self.week = 0.0
        level = self.minutes * self.week
        level *= 1 + self.swing * sin(self.starts + number / 7 * 2 * pi / self.season)
        if self.kind == "slowing":
            level *= max((1 - self.fades) ** (number / 7), self.floor)
        if self.kind == "weekends":
            if weekday < 5 or chance.random() < self.skips:
                return 0
            return round(level / 2 / (1 - self.skips) * chance.uniform(0.5, 1.5))
        if chance.random() < 0.3:
            return 0
        return round(level / 7 / 0.7 * chance.uniform(0.4, 1.6))


def _took(chance: random.Random, estimate: int, habit: float) -> int:
    """What a milestone truly takes: mostly about the habit, now and then far more."""
    factor = chance.triangular(0.4, 1.5, 0.9)
    if chance.random() < 0.08:
        factor *= chance.uniform(1.5, 3)
    return max(round(estimate * habit * factor), 10)


def _pauses(chance: random.Random) -> list[Interval]:
    found = []
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        start = START + dt.timedelta(days=chance.randrange(10, 600))
        found.append(Interval(start, start + dt.timedelta(days=chance.randrange(4, 40))))
    return found


def simulate(kind: str, chance: random.Random) -> Simulated:
    """One learner of a kind, seen on a random day of their way."""
    habit, pauses = _Habit(kind, chance), _pauses(chance)
    estimates = [
        chance.choice((4, 8, 12, 20, 30, 40, 60)) * 60 for _ in range(chance.randrange(10, 40))
    ]
    longer = chance.uniform(0.6, 1.8)
    truths = [_took(chance, estimate, longer) for estimate in estimates]
    minutes: dict[dt.date, int] = {}
    day, number, at, left = START, 0, 0, truths[0]
    logged = [0] * len(truths)
    ahead: list[tuple[dt.date, int, tuple[int, ...]]] = []
    while at < len(truths):
        if not any(pause.covers(day) for pause in pauses):
            today = habit.day(number)
            if today:
                minutes[day] = today
            while today and at < len(truths):
                part = min(today, left)
                logged[at] += part
                today, left = today - part, left - part
                if left == 0:
                    at += 1
                    left = truths[at] if at < len(truths) else 0
            number += 1
        day += dt.timedelta(days=1)
        ahead.append((day, at, tuple(logged[at : at + 1])))
    done_on = day - dt.timedelta(days=1)
    # Seen somewhere between a tenth and nine tenths of the way, and not before the sixth week.
    first = min(max(len(ahead) // 10, 42), len(ahead) * 9 // 10)
    today, at, begun = ahead[chance.randrange(first, max(len(ahead) * 9 // 10, first + 1))]
    return Simulated(
        kind,
        Learner(
            today=today,
            minutes_by_day={on: spent for on, spent in minutes.items() if on < today},
            goal_minutes=300,
            remaining=[
                Remaining(estimate, begun[0] if number == 0 else 0)
                for number, estimate in enumerate(estimates[at:])
            ],
            finished=[Finished(*pair) for pair in zip(estimates[:at], truths[:at], strict=True)],
            pauses=pauses,
        ),
        done_on,
    )
