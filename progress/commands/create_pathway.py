"""Begin a pathway with its first edition."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from progress.commands.publish_edition import publish_edition
from progress.document import Document
from progress.models import Edition, Pathway


class SlugTaken(Conflict):
    """Slugs are addresses, and this one leads somewhere else."""

    code = "slug-taken"
    title = gettext_lazy("There is a pathway of this name already")


def create_pathway(*, person: User, document: Document, visibility: str, now: datetime) -> Edition:
    """Store a pathway of `person`'s and publish `document` as its edition 1; return the edition.

    `visibility` is public, unlisted or private. Raises SlugTaken.
    """
    try:
        with transaction.atomic():
            pathway = Pathway.objects.create(
                slug=document.slug, owner=person, visibility=visibility, created_at=now
            )
            return publish_edition(
                pathway=pathway, document=document, after=0, person=person, now=now
            )
    except IntegrityError as exc:
        raise SlugTaken(
            _("Choose another slug than %(slug)r in the document.") % {"slug": document.slug}
        ) from exc
