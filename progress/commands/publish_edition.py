"""Publish a document as the next edition of its pathway."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, Refused
from progress import events, outbox
from progress.commands.read_document import refused
from progress.document import Document, to_json
from progress.editions import check_succession
from progress.models import Edition, Pathway
from progress.queries.edition_preview import earlier_documents


class PublishedMeanwhile(Conflict):
    """Somebody published another edition since the author looked."""

    code = "published-meanwhile"
    title = gettext_lazy("Another edition was published meanwhile")


class NothingChanged(Conflict):
    """The newest edition says the same."""

    code = "nothing-changed"
    title = gettext_lazy("The newest edition is the same")


class SlugDiffers(Refused):
    """A document names the pathway it is an edition of."""

    code = "slug-differs"
    title = gettext_lazy("The document is of another pathway")


def publish_edition(
    *, pathway: Pathway, document: Document, after: int, person: User | None, now: datetime
) -> Edition:
    """Store `document` as the edition that follows number `after` (0: the first); return it.

    Editions are immutable, learners stay on theirs. `person` None is the installation itself. Of
    two who publish at once one does. Raises PublishedMeanwhile, NothingChanged, SlugDiffers,
    DocumentRefused (if it would take progress from learners).
    """
    if document.slug != pathway.slug:
        raise SlugDiffers(
            _("Its slug is %(slug)r; this pathway is %(pathway)r.")
            % {"slug": document.slug, "pathway": pathway.slug}
        )
    data = to_json(document)
    digest = digest_of(data)
    with transaction.atomic():
        Pathway.objects.select_for_update().get(pk=pathway.pk)
        newest = pathway.editions.order_by("-number").first()
        number = newest.number if newest else 0
        if number != after:
            raise PublishedMeanwhile(
                _("Edition %(number)s is the newest, not %(after)s. Look at what it changed first.")
                % {"number": number, "after": after}
            )
        errors = check_succession(earlier_documents(pathway), document).errors
        if errors:
            raise refused(errors)
        if newest is not None and newest.digest == digest:
            raise NothingChanged(_("Edition %(number)s has the same content.") % {"number": number})
        edition = Edition.objects.create(
            pathway=pathway, number=number + 1, document=data, digest=digest, published_at=now
        )
        outbox.record(
            events.Event(
                type=events.EDITION_PUBLISHED,
                occurred_at=now,
                actor_id=person.pk if person else None,
                subject_id=edition.pk,
                data={"pathway": pathway.slug, "edition": edition.number},
            )
        )
    return edition


def digest_of(data: dict[str, Any]) -> str:
    """Return the SHA-256 of a document's canonical JSON, in hex."""
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
