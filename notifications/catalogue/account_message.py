"""A message that sign-in wrote: a code, a reset, a security notice."""

from typing import NoReturn

from notifications.catalogue.kind import Data, Kind, Names


class AccountMessage(Kind):
    """Stored whole, because it can't be rendered again; it never stands in the inbox."""

    name = "account-message"
    must_arrive = True
    is_answer = True

    def words(self, data: Data, names: Names) -> NoReturn:  # noqa: ARG002
        """There are none: the message is in the ledger. Raises TypeError."""
        raise TypeError("an account message is stored whole and has no words of its own")
