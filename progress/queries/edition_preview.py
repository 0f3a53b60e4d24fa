"""What publishing a document would change, and for how many learners."""

from dataclasses import dataclass

from progress.compiled import compiled_edition
from progress.document import Document, Problem
from progress.editions import Difference, check_succession, diff
from progress.models import Enrollment, Pathway
from progress.states import EnrollmentState


@dataclass(frozen=True, slots=True)
class EditionPreview:
    """`errors` keep the document from being published, `warnings` are for its author to know."""

    edition: int
    learners: int
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    difference: Difference


def edition_preview(pathway: Pathway, document: Document) -> EditionPreview:
    """Hold `document` against the editions of `pathway` (two queries once they are compiled)."""
    earlier = earlier_documents(pathway)
    findings = check_succession(earlier, document)
    on_it = Enrollment.objects.filter(pathway=pathway)
    return EditionPreview(
        edition=len(earlier) + 1,
        learners=on_it.exclude(state=EnrollmentState.WITHDRAWN.value).count(),
        errors=findings.errors,
        warnings=findings.warnings,
        difference=diff(earlier[-1], document),
    )


def earlier_documents(pathway: Pathway) -> list[Document]:
    """Return the documents of all editions, oldest first (one query once they are compiled)."""
    keys = pathway.editions.order_by("number").values_list("pk", flat=True)
    return [compiled_edition(key).document for key in keys]
