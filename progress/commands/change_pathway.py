"""Change who finds a pathway and who writes it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import FieldError, Forbidden, Refused
from progress.models import Pathway


class NotTheOwner(Forbidden):
    """Co-authors write editions; the owner decides who they are."""

    code = "not-the-owner"
    title = gettext_lazy("Only the owner can do this")


class UnknownAuthor(Refused):
    """A co-author has an account."""

    code = "unknown-author"
    title = gettext_lazy("There is no account with this address")


def change_pathway(
    *,
    person: User,
    pathway: Pathway,
    visibility: str | None = None,
    co_authors: Sequence[str] | None = None,
) -> None:
    """Store what is given: `visibility`, and the email addresses of all `co_authors`.

    Raises NotTheOwner, UnknownAuthor.
    """
    if pathway.owner_id != person.pk and not person.is_staff:
        raise NotTheOwner(_("Ask the owner of this pathway."))
    with transaction.atomic():
        if visibility is not None:
            pathway.visibility = visibility
            pathway.save(update_fields=["visibility"])
        if co_authors is not None:
            pathway.co_authors.set(_people(co_authors))


def _people(addresses: Sequence[str]) -> list[User]:
    wanted = {address.lower() for address in addresses}
    found = list(User.objects.filter(email__in=wanted, is_active=True))
    missing = wanted - {person.email for person in found}
    if missing:
        detail = _("No account has the address %(addresses)s.") % {
            "addresses": ", ".join(sorted(missing))
        }
        raise UnknownAuthor(detail, errors=[FieldError("co_authors", "unknown-author", detail)])
    return found
