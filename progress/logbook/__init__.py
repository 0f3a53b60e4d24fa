"""Writing the log: entries, voids and work states of one enrollment, one or many at once."""

from progress.logbook.book import Logbook
from progress.logbook.said import Said, SaidEntry, SaidVoid, SaidWork

__all__ = ["Logbook", "Said", "SaidEntry", "SaidVoid", "SaidWork"]
