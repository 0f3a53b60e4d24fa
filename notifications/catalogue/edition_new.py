"""A new edition of a pathway was published → learners on earlier ones: a nudge."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Names, Words
from notifications.catalogue.timed import LearnerNudge, Looked
from notifications.looking.learner import LearnerFacts

STALE = timedelta(days=30)


class EditionNew(LearnerNudge):
    """Once for each edition, to who has not said “never” to it; of several the newest counts.

    The event only brings the learners' appointments forward, in one statement: a pathway that
    many thousand follow is told in batches, like everything that the clock causes.
    """

    name = "edition-new"
    occasion = gettext_lazy("A new edition of your pathway is out")
    actions = ("snooze",)
    gone = "edition-taken-or-overtaken"

    def rule(self, facts: LearnerFacts) -> Looked:
        """Due as soon as it is out."""
        newer = facts.course.newer
        if newer is None:
            return Looked()
        slot = self.slot(
            facts,
            f"edition-{newer.number}",
            {
                "pathway_title": newer.pathway_title,
                "edition": newer.number,
                "current": facts.enrollment.edition.number,
            },
            reason="follows-pathway",
            is_stale=facts.now - newer.published_at > STALE,
        )
        return Looked((slot,))

    def words(self, data: Data, names: Names) -> Words:  # noqa: ARG002
        """Say that it is there, and that nothing changes by itself."""
        said = {
            "pathway": data["pathway_title"],
            "edition": data["edition"],
            "current": data["current"],
        }
        return Words(
            title=_("A new edition of “%(pathway)s”") % said,
            body=_(
                "Look at what is different before you decide. Nothing changes unless you move to "
                "it, and what you have completed stays completed."
            ),
            reason=_("You follow edition %(current)s; edition %(edition)s is out.") % said,
            url="/edition",
        )
