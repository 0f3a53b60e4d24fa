"""Collects what is said in the code and keeps the catalogues of languages up to it.

    scripts/messages            bring every catalogue under locale/ up to date, and compile it
    scripts/messages --check    say what is wrong with them, and end with 1 if anything is
    scripts/messages --new fr   begin a catalogue

A catalogue is `locale/<language>/LC_MESSAGES/django.po`; beside it lies the `.mo` that it compiles
to, which is what Django reads, so that running Waymark takes no tool of translators.

Beside our own messages a catalogue may hold those of packages (BORROWED) that their translators say
in another tone than ours: ours come first.
"""

import ast
import importlib
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
PACKAGES = ("backend", "accounts", "progress", "notifications")
BORROWED = {
    "allauth": ("account/adapter.py", "account/forms.py", "headless", "socialaccount/adapter.py"),
    "django": ("contrib/auth/password_validation.py", "core/validators.py", "forms/fields.py"),
    "rest_framework": ("exceptions.py", "fields.py", "serializers.py", "validators.py"),
}
"""Packages whose words reach people, and where in them."""

CALLS = {
    "_": ("id",),
    "gettext": ("id",),
    "gettext_lazy": ("id",),
    "gettext_noop": ("id",),
    "ngettext": ("id", "plural"),
    "ngettext_lazy": ("id", "plural"),
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
    "npgettext_lazy": ("context", "id", "plural"),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[-+ #0]*[\d.]*([a-zA-Z])|\{(\w*)\}|%([sd])")


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the code; two with the same `key` are one message of a catalogue."""

    id: str
    plural: str = ""
    context: str | None = None

    @property
    def key(self) -> tuple[str, str | None]:
        """Return what tells messages apart."""
        return self.id, self.context


class Unreadable(ValueError):
    """A call whose message can't be read from the code, such as an f-string."""


def said_in(root: Path, inside: Iterable[str]) -> dict[Said, set[str]]:
    """Return the messages of `root`'s folders or files `inside`, each with the files that say it.

    Raises Unreadable for a call that a translator could not be shown.
    """
    found: dict[Said, set[str]] = {}
    for path in sorted(_files(root, inside)):
        name = path.relative_to(root).as_posix()
        for said in _in_python(path) if path.suffix == ".py" else _in_template(path):
            found.setdefault(said, set()).add(name)
    return found


def _files(root: Path, inside: Iterable[str]) -> Iterator[Path]:
    for name in inside:
        place = root / name
        for path in [place] if place.is_file() else place.rglob("*"):
            parts = path.relative_to(root).parts
            is_template = path.suffix in {".html", ".txt"} and "templates" in parts
            if (path.suffix == ".py" or is_template) and not {"migrations", "tests"} & set(parts):
                yield path


def _in_python(path: Path) -> Iterator[Said]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield from _of_call(node, f"{path}:{node.lineno}")


def _in_template(path: Path) -> Iterator[Said]:
    """Yield the messages of a Django template, which Django itself turns into calls of gettext."""
    calls = templatize(path.read_text(), origin=str(path))
    for match in re.finditer(r"(?<!\w)(?:_|n?p?gettext)\(", calls):
        yield from _of_call(_call_at(calls, match), str(path))


def _call_at(text: str, match: re.Match[str]) -> ast.Call:
    """Return the call that begins at `match`, up to the bracket with which it is one."""
    for end in re.finditer(r"\)", text[match.end() :]):
        try:
            found = ast.parse(text[match.start() : match.end() + end.end()], mode="eval").body
        except SyntaxError:
            continue
        if isinstance(found, ast.Call):
            return found
    raise Unreadable(f"{match.group()} … never ends.")


def _of_call(node: ast.Call, where: str) -> Iterator[Said]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    name = node.func.id if isinstance(node.func, ast.Name) else name
    if name not in CALLS:
        return
    found = {}
    for part, argument in zip(CALLS[name], node.args, strict=False):
        if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
            if not isinstance(argument, ast.JoinedStr | ast.BinOp):
                return  # a name: the message itself stands elsewhere
            raise Unreadable(f"{where}: {name}() takes the message itself, as one string.")
        found[part] = argument.value
    if found.get("id"):
        yield Said(**found)


# --- Catalogues -----------------------------------------------------------------------------------

HEADER = """\
# Waymark in {name}. docs/translating.md says how a catalogue is kept.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in the compiled catalogue: the same catalogue compiles to the same bytes."""


def ours() -> dict[Said, set[str]]:
    """Return the messages of Waymark, each with the files that say it."""
    return said_in(ROOT, PACKAGES)


def borrowed() -> dict[Said, set[str]]:
    """Return the messages of BORROWED, each with the files that say it."""
    found: dict[Said, set[str]] = {}
    for package, inside in BORROWED.items():
        root = Path(importlib.import_module(package).__file__ or "").parent
        for said, files in said_in(root, inside).items():
            found.setdefault(said, set()).update(f"{package}/{name}" for name in files)
    return found


def languages(locale: Path = LOCALE) -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(path.parent.parent.name for path in locale.glob("*/LC_MESSAGES/django.po"))


def read(language: str, locale: Path = LOCALE) -> Catalog:
    """Return the catalogue of `language`, an empty one if there is none."""
    path = locale / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def brought_up_to_date(catalogue: Catalog, code: Mapping[Said, set[str]]) -> Catalog:
    """Return `catalogue` with a place for each message of `code`.

    What the code no longer says is kept as obsolete, and offered (as fuzzy) to new messages that
    resemble it: no translation is lost by rewording.
    """
    of_packages = borrowed()
    wanted = dict(code)
    for said, files in of_packages.items():
        held = catalogue.get(said.id, said.context)
        if held is not None and held.string and said.key not in {one.key for one in code}:
            wanted[said] = files
    template = Catalog(locale=catalogue.locale)
    for said, files in wanted.items():
        template.add(
            (said.id, said.plural) if said.plural else said.id,
            locations=[(name, 0) for name in sorted(files)],
            context=said.context,
        )
    catalogue.update(template)
    return catalogue


def po_of(catalogue: Catalog) -> bytes:
    """Return a catalogue as its file."""
    locale = catalogue.locale
    head = HEADER.format(
        language=locale, name=locale.english_name, plural_forms=catalogue.plural_forms
    )
    body = io.BytesIO()
    write_po(body, catalogue, width=100, sort_output=True, omit_header=True, include_lineno=False)
    return head.encode() + body.getvalue().strip() + b"\n"


def mo_of(catalogue: Catalog) -> bytes:
    """Return what a catalogue compiles to."""
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def wrong_with(catalogue: Catalog, code: Mapping[Said, set[str]]) -> list[str]:
    """Return a sentence for each message that is missing, unneeded or translated wrongly."""
    known = {said.key for said in code}
    held = {(_singular(message), message.context): message for message in catalogue if message.id}
    found = [f"Missing: {key[0]!r}" for key in sorted(known - set(held), key=str)]
    of_packages = {said.key for said in borrowed()}
    for key, message in held.items():
        if key not in known and key not in of_packages:
            found.append(f"Nowhere said: {key[0]!r}")
        elif said := _wrong(message):
            found.append(f"{said}: {key[0]!r}")
    return found


def _singular(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id


def _wrong(message: Message) -> str:
    forms = message.string if message.pluralizable else (message.string,)
    sources = message.id if message.pluralizable else (message.id,)
    if not all(forms):
        return "Not translated"
    if message.fuzzy:
        return "To be looked at (fuzzy)"
    allowed = [placeholders(source) for source in sources]
    if any(placeholders(form) not in allowed for form in forms):
        return "Other placeholders than the source"
    return ""


def placeholders(text: str) -> tuple[list[str], list[str]]:
    """Return what `text` has filled in: by name, each once, and by place."""
    found = [match.group() for match in PLACEHOLDER.finditer(text.replace("%%", ""))]
    by_place = [one for one in found if one in {"%s", "%d", "{}"}]
    return sorted(set(found) - set(by_place)), by_place


# --- The command ----------------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    """Do what the arguments say; return the exit code."""
    match arguments:
        case ["--check"]:
            return _check()
        case ["--new", language]:
            _write(language)
        case []:
            for language in languages():
                _write(language)
        case _:
            print(__doc__)
            return 2
    return 0


def _write(language: str) -> None:
    code = ours()
    place = LOCALE / language / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    catalogue = brought_up_to_date(read(language), code)
    (place / "django.po").write_bytes(po_of(catalogue))
    (place / "django.mo").write_bytes(mo_of(catalogue))
    todo = wrong_with(catalogue, code)
    print(f"{language}: {len(catalogue)} messages, {len(todo)} to be translated or looked at.")


def _check() -> int:
    code = ours()
    found = []
    for language in languages():
        catalogue = read(language)
        found += [f"{language}: {said}" for said in wrong_with(catalogue, code)]
        if (LOCALE / language / "LC_MESSAGES" / "django.mo").read_bytes() != mo_of(catalogue):
            found.append(f"{language}: the .mo is not what the .po compiles to.")
    print("\n".join([*found, "Run `make messages`, then translate."] if found else ["In order."]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
