"""What is read from a link: the page, and the commit behind it."""

import hashlib
from dataclasses import dataclass
from typing import Final

from backend.outgoing import Client, Limits, Unreachable
from progress.checks.git_links import commit_of, git_link, read_references
from progress.checks.page_title import page_title

SNAPSHOT: Final = Limits(seconds=20, body_bytes=5 * 1024 * 1024)
REFERENCES: Final = Limits(seconds=15, body_bytes=4 * 1024 * 1024)
GLANCE: Final = Limits(seconds=15, body_bytes=1024)


@dataclass(frozen=True, slots=True)
class Page:
    """What a link showed. `sha256` is of the first 5 MiB if `is_truncated`."""

    final_url: str
    status: int
    title: str
    sha256: str
    is_truncated: bool
    commit: str


def read_page(client: Client, url: str) -> Page:
    """Return what `url` shows, and for a repository the commit; raise Unreachable."""
    answer = client.follow(url, SNAPSHOT)
    commit = _commit(client, answer.url) or _commit(client, url)
    return Page(
        final_url=answer.url[:4000],
        status=answer.status,
        title=page_title(answer.body, answer.headers.get("content-type", "")),
        sha256=hashlib.sha256(answer.body).hexdigest(),
        is_truncated=answer.is_truncated,
        commit=commit,
    )


def _commit(client: Client, url: str) -> str:
    """Return the commit that `url` points to, or ""; without it the snapshot is still worth it."""
    link = git_link(url)
    if link is None:
        return ""
    try:
        answer = client.follow(link.references_url, REFERENCES)
        return commit_of(link, read_references(answer.body))
    except (Unreachable, ValueError):
        return ""


def glance(client: Client, url: str) -> int:
    """Return the status with which `url` answers at last; raise Unreachable."""
    return client.follow(url, GLANCE).status
