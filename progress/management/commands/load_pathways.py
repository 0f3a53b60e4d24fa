"""`manage.py load_pathways`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

import progress
from progress.commands.load_pathway import load_pathway
from progress.document import DocumentErrors, parse_yaml


class Command(BaseCommand):
    help = "Publish the built-in pathways. Doing it again changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        folder = Path(progress.__file__).parent / "pathways"
        for path in _in_order(folder):
            try:
                document = parse_yaml(path.read_bytes())
            except DocumentErrors as exc:
                name = path.relative_to(folder)
                raise CommandError(f"{name} is not a pathway:\n{exc}") from exc
            edition, is_new = load_pathway(document=document, now=timezone.now())
            state = "published" if is_new else "already there"
            self.stdout.write(f"{document.slug}: edition {edition.number} {state}")


def _in_order(folder: Path) -> list[Path]:
    """`slug.yaml`, and of a pathway with several editions `slug/1.yaml`, `slug/2.yaml`, …"""
    editions = folder.glob("*/*.yaml")
    return [
        *sorted(folder.glob("*.yaml")),
        *sorted(editions, key=lambda path: (path.parent.name, int(path.stem))),
    ]
