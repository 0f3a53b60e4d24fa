"""Which commit a URL of a git host points to: pure.

The repository is asked in git's own protocol for its references
(https://git-scm.com/docs/http-protocol#_smart_clients); the URL says which of them is meant.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

_COMMIT: Final = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_SHORT: Final = re.compile(r"[0-9a-f]{7,64}")
# Host → how many parts of the path name the repository (GitLab: as many as come before "-").
_PARTS: Final = {"github.com": 2, "codeberg.org": 2, "bitbucket.org": 2, "git.sr.ht": 2}
_GROUPED: Final = {"gitlab.com"}
_WITHOUT_SUFFIX: Final = {"git.sr.ht"}
_BRANCH: Final = {"tree", "blob", "raw", "src", "branch", "commits", "blame", "edit"}
_COMMITS: Final = {"commit", "commits", "tree", "blob", "raw", "src", "blame"}


@dataclass(frozen=True, slots=True)
class GitLink:
    """A repository, and the part of its URL that says what in it is meant (perhaps with a path)."""

    repository: str
    wanted: str = ""
    """Empty for the default branch."""

    @property
    def references_url(self) -> str:
        """Where the repository tells its references."""
        return f"{self.repository}/info/refs?service=git-upload-pack"


@dataclass(frozen=True, slots=True)
class References:
    """What a repository told."""

    head: str = ""
    commits: Mapping[str, str] = field(default_factory=dict)
    """Full name of a reference → commit; a tag's is that of what it points to."""


def git_link(url: str) -> GitLink | None:
    """Return what `url` means as git, or None if it is not known to be a repository."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = [unquote(part) for part in parts.path.split("/") if part]
    if host in _GROUPED:
        cut = path.index("-") if "-" in path else len(path)
        repository, rest = path[:cut], path[cut + 1 :]
    elif host in _PARTS:
        repository, rest = path[: _PARTS[host]], path[_PARTS[host] :]
    elif path and path[-1].endswith(".git"):
        repository, rest = path, []
    else:
        return None
    if len(repository) < (2 if host in _PARTS or host in _GROUPED else 1):
        return None
    suffix = "" if host in _WITHOUT_SUFFIX else ".git"
    name = "/".join(repository).removesuffix(".git") + suffix
    port = f":{parts.port}" if parts.port else ""
    return GitLink(f"{parts.scheme}://{parts.hostname}{port}/{name}", _wanted(rest))


def _wanted(rest: list[str]) -> str:
    """Return the part after the repository that names a branch, tag or commit."""
    match rest:
        case ["releases", "tag", *name] | ["src", "branch" | "tag" | "commit", *name]:
            return "/".join(name)
        case [word, *name] if word in _BRANCH | _COMMITS | {"tag", "tags", "refs"}:
            return "/".join(name)
    return ""


def read_references(body: bytes) -> References:
    """Return the references in an answer, as far as it came; raise ValueError if it is none."""
    lines = _lines(body)
    if next(lines, b"").rstrip() != b"# service=git-upload-pack":
        raise ValueError("not an answer of git")
    head, commits = "", {}
    for line in lines:
        commit, _, name = line.split(b"\0")[0].decode("utf-8", "replace").strip().partition(" ")
        if not _COMMIT.fullmatch(commit):
            continue
        if name == "HEAD":
            head = commit
        else:
            commits[name.removesuffix("^{}")] = commit  # the peeled tag comes after the tag
    return References(head, commits)


def _lines(body: bytes) -> Iterator[bytes]:
    """Yield the packets: four hexadecimal digits of length, themselves included, then the text."""
    at = 0
    while at + 4 <= len(body):
        try:
            length = int(body[at : at + 4], 16)
        except ValueError:
            return
        if length < 4:  # noqa: PLR2004 (a flush, or another packet without a text)
            at += 4
            continue
        if at + length > len(body):
            return  # the answer was cut here
        yield body[at + 4 : at + length]
        at += length


def commit_of(link: GitLink, references: References) -> str:
    """Return the commit that `link` means, or "" if the references do not tell.

    A branch may hold slashes and be followed by a path: the longest name that exists is meant.
    """
    if not link.wanted:
        return references.head
    parts = link.wanted.split("/")
    for count in range(len(parts), 0, -1):
        name = "/".join(parts[:count])
        for prefix in ("refs/heads/", "refs/tags/"):
            if found := references.commits.get(prefix + name):
                return found
    first = parts[0].lower()
    if _COMMIT.fullmatch(first):
        return first
    if first == "head":
        return references.head
    if _SHORT.fullmatch(first):
        known = {*references.commits.values(), references.head}
        matching = {commit for commit in known if commit.startswith(first)}
        return matching.pop() if len(matching) == 1 else ""
    return ""
