"""Published pathways, and one edition in full."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery

from progress.compiled import compiled_edition
from progress.document import Document
from progress.models import Edition


@dataclass(frozen=True, slots=True)
class PathwayCard:
    """A pathway with the figures of its newest edition. `effort_hours` counts every milestone."""

    slug: str
    title: str
    summary: str
    visibility: str
    edition: int
    milestone_count: int
    effort_hours: int


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition with its document."""

    edition: Edition
    document: Document


def newest_editions() -> QuerySet[Edition]:
    """Return the newest edition of each pathway, without documents, in no order."""
    newest = (
        Edition.objects.filter(pathway=OuterRef("pathway")).order_by("-number").values("pk")[:1]
    )
    rows = Edition.objects.defer("document").select_related("pathway")
    return rows.annotate(newest=Subquery(newest)).filter(pk=F("newest"))


def pathway_cards(editions: Iterable[Edition]) -> list[PathwayCard]:
    """Return a card for each edition, in their order."""
    return [_card(edition, compiled_edition(edition.pk).document) for edition in editions]


def edition_page(edition: Edition) -> EditionPage:
    """Return an edition in full."""
    return EditionPage(edition, compiled_edition(edition.pk).document)


def _card(edition: Edition, document: Document) -> PathwayCard:
    milestones = document.milestones
    return PathwayCard(
        slug=edition.pathway.slug,
        title=document.title,
        summary=document.summary,
        visibility=edition.pathway.visibility,
        edition=edition.number,
        milestone_count=len(milestones),
        effort_hours=sum(milestone.effort_hours for milestone in milestones),
    )
