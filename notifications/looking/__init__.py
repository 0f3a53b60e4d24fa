"""What kinds look at when the clock may have made something due.

Facts are read for many subjects at once, by a fixed number of queries, and can be asked about any
instant from then on: planning asks about now, the preview about the days to come.
"""

from notifications.looking.learner import LearnerFacts
from notifications.looking.wishes import Wishes

__all__ = ["LearnerFacts", "Wishes"]
