"""What could not be represented, told once for each kind of thing."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was left behind, changed, or made up. `subjects` are the identifiers, keys or
    titles it is about, in order; empty if it is about everything.
    """

    message: str
    subjects: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.message} ({len(self.subjects)})" if self.subjects else self.message


class Notebook:
    """Collects notes and puts those with the same message together."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def add(self, message: str, *subjects: str) -> None:
        """Note something, about `subjects` if any."""
        self._found.setdefault(message, []).extend(subjects)

    def notes(self) -> Iterable[Note]:
        """All of them, in the order in which they first came up."""
        return (
            Note(message, tuple(dict.fromkeys(found))) for message, found in self._found.items()
        )
