"""Refusals of links that lead where nobody's link should."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.errors import FieldError, Refused
from backend.outgoing.links import BadLink, InternalLink, read_link
from progress.models import Evidence, LinkCheck, Snapshot, SubmissionEvidence
from progress.models.evidence import EvidenceKind


class LinkNotPublic(Refused):
    """The link leads inside a network, or hides where it leads."""

    code = "link-not-public"
    title = gettext_lazy("This link can't be followed from outside")


def require_public_link(url: str) -> None:
    """Pass if `url` is not, in any spelling, an internal address; raise LinkNotPublic.

    No name is looked up here: what a name stands for may change, so it is judged at each request.
    """
    try:
        link = read_link(url)
        if link.is_internal and f"{link.host}:{link.port}" not in settings.OUTGOING_INTERNAL_HOSTS:
            raise InternalLink(_("leads to an address inside a private network"))
    except BadLink as exc:
        detail = _("This link %(trouble)s.") % {"trouble": exc}
        raise LinkNotPublic(detail, errors=[FieldError("url", "not-public", detail)]) from None


def watch_link(evidence: Evidence, *, now: datetime) -> None:
    """Have a link looked at weekly, from some day of the next week on, and never all at once."""
    if evidence.kind == EvidenceKind.LINK:
        apart = timedelta(minutes=evidence.pk.int % (6 * 24 * 60))
        LinkCheck.objects.create(evidence=evidence, due_at=now + timedelta(days=1) + apart)


def have_snapshots_taken(frozen: Iterable[SubmissionEvidence], *, now: datetime) -> None:
    """Have what each submitted link shows written down, soon after the transaction."""
    if is_looked_at():
        links = [row for row in frozen if row.kind == EvidenceKind.LINK]
        Snapshot.objects.bulk_create(Snapshot(frozen=row, due_at=now) for row in links)


def is_looked_at() -> bool:
    """Return whether this installation looks at links at all."""
    return bool(settings.CHECK_LINKS)
