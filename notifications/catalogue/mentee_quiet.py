"""A learner has been silent for long → who mentors them directly: a nudge."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.catalogue.kind import Data, Names, Words
from notifications.catalogue.quiet import silent_at, silent_for
from notifications.catalogue.timed import NOTHING, Looked, Slot, TimedKind
from notifications.looking.learner import LearnerFacts
from notifications.models import About
from notifications.policy import Audience
from progress.risk import silence_allowed, usual_gap

LATER = 5
"""Days after the learner's own reminder: it may have been enough."""
STALE_DAYS = 28


class MenteeQuiet(TimedKind[LearnerFacts]):
    """Once for a silence. Mentors who share a cohort's queue read of it in the cohort's report."""

    name = "mentee-quiet"
    occasion = gettext_lazy("A learner of yours has been quiet for longer than usual")
    audience = Audience.MENTOR
    about = About.ENROLLMENT
    actions = ("snooze",)
    gone = "heard-again"
    people = ("learner_id",)

    def look(self, facts: LearnerFacts) -> Looked:
        """Due some days after the learner was reminded, for each of their mentors."""
        if not facts.is_under_way or facts.known.facts.waiting or facts.course.is_veiled:
            return NOTHING
        if facts.rests:
            return Looked(next_at=facts.back())
        allowed = silence_allowed(facts.known.facts) + LATER
        over = silent_for(facts, allowed)
        if over < 0:
            return Looked(next_at=silent_at(facts, allowed))
        data: Data = {
            "learner_id": str(facts.course.learner.pk),
            "enrollment_id": str(facts.enrollment.pk),
            "days": facts.known.facts.silent_days,
            "usual_days": usual_gap(facts.known.facts),
        }
        return Looked(
            tuple(
                Slot(
                    person=mentor,
                    subject_id=facts.enrollment.pk,
                    period=facts.course.heard_on().isoformat(),
                    reason="mentors",
                    data=data,
                    is_stale=over > STALE_DAYS,
                )
                for mentor in facts.course.mentors
            )
        )

    def words(self, data: Data, names: Names) -> Words:
        """Say who, and that a word may help."""
        said = {
            "learner": names[data["learner_id"]],
            "days": data["days"],
            "usual": data["usual_days"],
        }
        if data["usual_days"] is None:
            body = _("A question how it goes is often all it takes.")
        else:
            body = ngettext(
                "They usually work every day. A question how it goes is often all it takes.",
                "They usually work every %(usual)s days. A question how it goes is often all it "
                "takes.",
                data["usual_days"],
            )
        return Words(
            title=_("Nothing from %(learner)s for %(days)s days") % said,
            body=body % said,
            reason=_("You mentor %(learner)s, and it has been longer than their rhythm explains.")
            % said,
            url=f"/learners/{data['enrollment_id']}",
        )
