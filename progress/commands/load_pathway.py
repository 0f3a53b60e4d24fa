"""Load a pathway that comes with Waymark, or that an operator keeps in a file."""

from datetime import datetime

from django.db import transaction

from progress.commands.publish_edition import digest_of, publish_edition
from progress.document import Document, to_json
from progress.models import Edition, Pathway


@transaction.atomic
def load_pathway(*, document: Document, now: datetime) -> tuple[Edition, bool]:
    """Publish `document` unless an edition says the same; return it and whether it is new.

    Doing it again changes nothing, also when newer editions were published since.
    """
    pathway, _ = Pathway.objects.get_or_create(slug=document.slug, defaults={"created_at": now})
    Pathway.objects.select_for_update().get(pk=pathway.pk)  # two loaders: one after the other
    same = pathway.editions.filter(digest=digest_of(to_json(document))).first()
    if same is not None:
        return same, False
    newest = pathway.editions.order_by("-number").values_list("number", flat=True).first() or 0
    edition = publish_edition(
        pathway=pathway, document=document, after=newest, person=None, now=now
    )
    return edition, True
