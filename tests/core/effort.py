"""How much a piece of code does, counted: the same on any machine, however busy it is."""

import sys


def calls(run):
    """Return how many functions `run` calls, those written in C included.

    What one such function does is not counted, so a single large comparison hides here; bench/ has
    the seconds.
    """
    count = 0

    def watch(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count
