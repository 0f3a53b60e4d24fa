"""Set a learner on a pathway."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from backend.words import day_in_words
from progress import events, outbox
from progress.compiled import compiled_edition
from progress.models import Enrollment, Pathway
from progress.rules import CompiledPathway


class AlreadyEnrolled(Conflict):
    """One enrollment per learner and pathway."""

    code = "already-enrolled"
    title = gettext_lazy("You are on this pathway already")


class UnknownChoice(Refused):
    """The pathway has no such track or role."""

    code = "unknown-choice"
    title = gettext_lazy("The pathway does not have that")


class TargetDatePassed(Refused):
    """A target lies ahead."""

    code = "target-date-passed"
    title = gettext_lazy("That target date has passed")


def enroll(
    *,
    person: User,
    pathway: Pathway,
    track: str,
    role: str,
    target_date: date | None,
    weekly_minutes: int,
    now: datetime,
) -> Enrollment:
    """Enroll `person` on the newest edition of `pathway`; return the enrollment.

    Raises UnknownChoice, TargetDatePassed, AlreadyEnrolled.
    """
    edition = pathway.editions.defer("document").order_by("-number")[:1].get()
    check_choices(compiled_edition(edition.pk), track=track, role=role)
    check_target_date(target_date, person=person, now=now)
    try:
        with transaction.atomic():
            enrollment: Enrollment = Enrollment.objects.create(
                learner=person,
                pathway=pathway,
                edition=edition,
                track=track,
                role=role,
                target_date=target_date,
                weekly_minutes=weekly_minutes,
                started_at=now,
            )
            outbox.record(
                events.Event(
                    type=events.ENROLLMENT_STARTED,
                    occurred_at=now,
                    actor_id=person.pk,
                    subject_id=enrollment.pk,
                    enrollment_id=enrollment.pk,
                    data={"pathway": pathway.slug, "edition": edition.number, "track": track},
                )
            )
    except IntegrityError as exc:
        raise AlreadyEnrolled(
            _("You have an enrollment on this pathway. Continue it, or change its track or role.")
        ) from exc
    return enrollment


def check_choices(pathway: CompiledPathway, *, track: str | None, role: str | None) -> None:
    """Pass if the pathway has this track and role (None is not checked); raise UnknownChoice."""
    wrong = []
    said = {
        "track": _("There is no track %(key)r. There are: %(known)s."),
        "role": _("There is no role %(key)r. There are: %(known)s."),
    }
    for field, key, known in (("track", track, pathway.plans), ("role", role, pathway.roles)):
        if key is not None and key not in known:
            detail = said[field] % {"key": key, "known": ", ".join(known)}
            wrong.append(FieldError(field, "unknown-choice", detail))
    if wrong:
        raise UnknownChoice(" ".join(error.detail for error in wrong), errors=wrong)


def check_target_date(target_date: date | None, *, person: User, now: datetime) -> None:
    """Pass if the date is not before today where the person is; raise TargetDatePassed."""
    if target_date is not None and target_date < now.astimezone(person.zone).date():
        detail = _("%(day)s has passed. Choose a day from today on, or none.") % {
            "day": day_in_words(target_date)
        }
        raise TargetDatePassed(detail, errors=[FieldError("target_date", "passed", detail)])
