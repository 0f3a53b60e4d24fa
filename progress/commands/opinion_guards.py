"""Refusals about second opinions, and what several of their commands look up."""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, Forbidden
from backend.words import moment_in_words
from progress.commands.review_guards import require_mentor
from progress.models import Enrollment, SecondOpinion, Submission
from progress.models.second_opinion import Because
from progress.states import SecondOpinionState, SubmissionState


class NotYourRound(Forbidden):
    """The two sides of a decision ask: who handed in, and who decided."""

    code = "not-your-round"
    title = gettext_lazy("Only the learner and the mentor who decided ask for a second opinion")


class NotYourQuestion(Forbidden):
    """A question is taken back by who asked it."""

    code = "not-your-question"
    title = gettext_lazy("Only who asked for a second opinion takes that back")


class FirstMentor(Forbidden):
    """A second opinion comes from somebody else."""

    code = "first-mentor"
    title = gettext_lazy("You decided this round: somebody else gives the second opinion")


class RoundNotDecided(Conflict):
    """There is no first opinion yet, or never will be."""

    code = "round-not-decided"
    title = gettext_lazy("This round has no decision")


class RoundIsPast(Conflict):
    """Things went on since: a second opinion would change nothing."""

    code = "round-is-past"
    title = gettext_lazy("This round is past")


class SecondOpinionAsked(Conflict):
    """There is one second opinion a round."""

    code = "second-opinion-asked"
    title = gettext_lazy("A second opinion was asked for already")


class SecondOpinionGiven(Conflict):
    """Somebody gave it; that stands."""

    code = "second-opinion-given"
    title = gettext_lazy("The second opinion was given")


class SecondOpinionOpen(Conflict):
    """Who may give a second opinion does not meddle with the milestone meanwhile."""

    code = "second-opinion-open"
    title = gettext_lazy("A second opinion is asked for on this milestone")


class NoSecondOpinion(Conflict):
    """Nobody asks for one, or not any more."""

    code = "no-second-opinion"
    title = gettext_lazy("No second opinion is asked for here")


class NoSecondMentor(Conflict):
    """Nobody else mentors the learner."""

    code = "no-second-mentor"
    title = gettext_lazy("There is nobody else to ask")


_WHY_NOT = {
    Because.NEXT_ROUND: gettext_lazy("The learner handed in the next round."),
    Because.WAIVED: gettext_lazy("The milestone was waived."),
    Because.REVOKED: gettext_lazy("The approval was revoked."),
}


def require_giver(person: User, submission: Submission) -> None:
    """Pass if `person` may give a second opinion on the round.

    Raises OwnWork, NotTheirMentor, FirstMentor.
    """
    require_mentor(person, submission.enrollment)
    if submission.decided_by_id == person.pk:
        raise FirstMentor(_("Yours is the first. Another mentor of the learner can give a second."))


def require_nothing_veiled(person: User, enrollment: Enrollment, keys: list[str]) -> None:
    """Pass unless `person` may give a second opinion on this milestone; else SecondOpinionOpen.

    Whatever else they were told about it would tell them what was decided.
    """
    asked = SecondOpinion.objects.reviewable_by(person).filter(enrollment=enrollment)
    if asked.filter(submission__milestone_key__in=keys).exists():
        raise SecondOpinionOpen(_("You can give it. What was decided shows once it is given."))


def opinion_on(submission: Submission) -> SecondOpinion:
    """Return what is asked for or given on a round, else what was withdrawn last.

    Raises NoSecondOpinion where nobody ever asked.
    """
    rows = SecondOpinion.objects.with_names().filter(submission=submission)
    found: SecondOpinion | None = rows.order_by(F("withdrawn_at").desc(nulls_first=True)).first()
    if found is None:
        raise NoSecondOpinion(_("Nobody asked for one on this round."))
    found.submission = submission
    return found


def no_longer_asked(opinion: SecondOpinion) -> Conflict:
    """Return the conflict that says who was first, for an opinion that is not waiting."""
    if opinion.state == SecondOpinionState.WITHDRAWN:
        taken_back = _("%(person)s took the question back.")
        why_not = _WHY_NOT.get(Because(opinion.withdrawn_because), taken_back)
        return NoSecondOpinion(str(why_not) % {"person": opinion.asked_by.display_name})
    said = (
        _("%(mentor)s approved it on %(when)s UTC.")
        if opinion.state == SecondOpinionState.APPROVED
        else _("%(mentor)s asked for changes on %(when)s UTC.")
    )
    who = opinion.decided_by.display_name if opinion.decided_by else _("Somebody")
    return SecondOpinionGiven(said % {"mentor": who, "when": when(opinion.decided_at)})


def when(at: datetime | None) -> str:
    """Return a moment as sentences name it, in UTC."""
    return moment_in_words(at) if at else ""


def not_decided(submission: Submission) -> RoundNotDecided:
    """Return the conflict for a round that waits or was withdrawn."""
    if submission.state == SubmissionState.WITHDRAWN:
        return RoundNotDecided(_("The learner withdrew it."))
    return RoundNotDecided(_("It waits for its first answer."))
