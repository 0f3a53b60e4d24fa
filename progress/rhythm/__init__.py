"""The learner's rhythm: pauses, weeks and goals, in local days. Pure: no clock, no Django.

A day here is a calendar day where the learner was, as it was stored with the work. So neither
daylight saving nor a move to another zone changes anything that was counted.
"""

from progress.rhythm.pauses import Interval, moved, pause_around, paused_days, paused_until

__all__ = ["Interval", "moved", "pause_around", "paused_days", "paused_until"]
