"""What a file is called when it is downloaded again."""

import re
import unicodedata

LONGEST = 120
"""Characters before the ending."""
ENDINGS = {
    "application/pdf": (".pdf",),
    "application/zip": (".zip",),
    "application/gzip": (".tar.gz", ".tgz"),
    "application/x-ipynb+json": (".ipynb",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
}
_NOT_IN_NAMES = re.compile(r'[:*?"<>|]')
_DEVICES = re.compile(r"(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
"""Names that Windows keeps for itself, whatever comes after the dot."""


def clean_name(name: str, media_type: str) -> str:
    """Return a name that every system takes, with the ending of what the file really is.

    No folders, no characters that steer a terminal or turn the reading direction (Unicode's
    category C: controls, formats, surrogates, unassigned), nothing that a header would need to
    escape but letters of other scripts.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(
        " " if c.isspace() else c for c in last if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    plain = " ".join(_NOT_IN_NAMES.sub("_", plain).split()).rstrip(". ")
    endings = ENDINGS[media_type]
    length = next((len(e) for e in endings if plain.lower().endswith(e)), 0)
    stem, ending = plain[: len(plain) - length], plain[len(plain) - length :]
    stem = stem[:LONGEST].strip(". ") or "evidence"
    return _DEVICES.sub(r"_\g<0>", stem) + (ending or endings[0])
