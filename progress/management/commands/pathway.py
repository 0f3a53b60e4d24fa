"""`manage.py pathway check|import|export|diff`: pathways as files, for operators and authors."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from progress.commands.load_pathway import load_pathway
from progress.compiled import compiled_edition
from progress.document import (
    Document,
    DocumentErrors,
    parse_yaml,
    to_json_text,
    to_yaml,
)
from progress.editions import Difference, diff
from progress.models import Edition


class Command(BaseCommand):
    help = "Check, import, export and compare pathway documents."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser("check", help="say what is wrong with a document, line by line")
        check.add_argument("file")
        load = acts.add_parser("import", help="publish a document as the next edition")
        load.add_argument("file")
        export = acts.add_parser("export", help="write an edition as a document")
        export.add_argument("edition", help="SLUG or SLUG@NUMBER; without a number the newest")
        export.add_argument("--json", action="store_true", help="as JSON instead of YAML")
        compare = acts.add_parser("diff", help="say what differs between two documents or editions")
        compare.add_argument("old", help="a file, SLUG or SLUG@NUMBER")
        compare.add_argument("new", help="a file, SLUG or SLUG@NUMBER")

    def handle(self, *_args: Any, **options: Any) -> None:
        act = {
            "check": self._check,
            "import": self._import,
            "export": self._export,
            "diff": self._diff,
        }[options["act"]]
        act(options)

    def _check(self, options: dict[str, Any]) -> None:
        document = _read(options["file"])
        milestones = len(document.milestones)
        self.stdout.write(f"{document.slug}: {milestones} milestones, nothing wrong")

    def _import(self, options: dict[str, Any]) -> None:
        document = _read(options["file"])
        edition, is_new = load_pathway(document=document, now=timezone.now())
        state = "published" if is_new else "already there"
        self.stdout.write(f"{document.slug}: edition {edition.number} {state}")

    def _export(self, options: dict[str, Any]) -> None:
        document = _edition(options["edition"])
        text = to_json_text(document) if options["json"] else to_yaml(document)
        self.stdout.write(text, ending="")

    def _diff(self, options: dict[str, Any]) -> None:
        found = diff(_either(options["old"]), _either(options["new"]))
        self.stdout.write("\n".join(_lines(found)) or "nothing differs")


def _read(name: str) -> Document:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as exc:
        raise CommandError(f"{name} can't be read: {exc.strerror}") from exc
    try:
        return parse_yaml(data)
    except DocumentErrors as exc:
        raise CommandError(f"{name} is not a pathway yet:\n{exc}") from exc


def _edition(name: str) -> Document:
    slug, _, number = name.partition("@")
    rows = Edition.objects.filter(pathway__slug=slug).order_by("-number")
    if number:
        rows = rows.filter(number=int(number)) if number.isdecimal() else rows.none()
    key = rows.values_list("pk", flat=True).first()
    if key is None:
        raise CommandError(f"There is no edition {name}.")
    return compiled_edition(key).document


def _either(name: str) -> Document:
    return _read(name) if name == "-" or Path(name).exists() else _edition(name)


def _lines(found: Difference) -> list[str]:
    return [
        *(f"+ {one.key}: {one.title}" for one in found.added),
        *(f"- {one.key}: {one.title}" for one in found.removed),
        *(f"> {one.old.key} is now {one.new.key}" for one in found.moved),
        *(
            f"> {', '.join(old.key for old in one.old)} became {one.new.key}"
            for one in found.merged
        ),
        *(f"> {one.old.key} became {', '.join(new.key for new in one.new)}" for one in found.split),
        *(
            f"~ {one.new.key}: {change.field}: {_short(change.before)} → {_short(change.after)}"
            for one in found.changed
            for change in one.changes
        ),
        *(f"~ {one.stage.key}: its rule" for one in found.rules),
        *(f"+ stage {one.key}" for one in found.stages_added),
        *(f"- stage {one.key}" for one in found.stages_removed),
        *(f"+ track {one.key}" for one in found.tracks_added),
        *(f"- track {one.key}" for one in found.tracks_removed),
        *(f"+ role {one.key}" for one in found.roles_added),
        *(f"- role {one.key}" for one in found.roles_removed),
        *(f"~ {where or 'pathway'}: {change.field}" for where, change in found.others),
    ]


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004 (a line's worth)
