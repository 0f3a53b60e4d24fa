"""What counts as a day on which a deployment was live: pure."""


def is_live(ok: int, failed: int) -> bool:
    """Return whether a day with so many checks counts: at most one in ten failed, and one did not.

    An hour of maintenance, or one look at a bad moment, costs nobody a day.
    """
    return ok > 0 and failed * 10 <= ok + failed
