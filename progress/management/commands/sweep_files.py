"""`manage.py sweep_files`: delete files that nothing needs any more."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from progress.commands.sweep_files import sweep_files


class Command(BaseCommand):
    """The worker does it once a day; by hand, it can be run at any time."""

    help = "Delete files that no evidence and no review round needs."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Sweep, and say how many files that was."""
        self.stdout.write(f"{sweep_files(now=timezone.now())} files deleted.")
