"""The guarded client: one request, or a chain of redirects, each hop checked anew."""

import http.client
import ssl
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Any, Final

import urllib3
from django.conf import settings
from urllib3.exceptions import (
    DecodeError,
    HTTPError,
    NewConnectionError,
    SSLError,
)

from backend.outgoing.addresses import Address, is_public
from backend.outgoing.connecting import Resolve, connect, pool_over, resolve, trust
from backend.outgoing.deadline import Deadline, Late, within
from backend.outgoing.links import PORTS, BadLink, InternalLink, Link, read_link
from backend.words import gettext as _

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
MOST_HOPS: Final = 5
LARGEST_HEAD: Final = 64 * 1024
PIECE: Final = 64 * 1024
RESOLVE_SECONDS: Final = 5.0


class Trouble(StrEnum):
    """Why there was no answer, as a label; `Unreachable` has the words."""

    TIMED_OUT = "timed-out"
    NO_SUCH_NAME = "no-such-name"
    REFUSED = "refused"
    CERTIFICATE = "certificate"
    NOT_HTTP = "not-http"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    BAD_LINK = "bad-link"
    INTERNAL = "internal"
    PORT = "port"


class Unreachable(Exception):
    """There was no answer; `reason` is a plain phrase that completes "not reachable: …"."""

    def __init__(self, trouble: Trouble, reason: str) -> None:
        super().__init__(reason)
        self.trouble = trouble
        self.reason = reason


class Refusal(Unreachable):
    """It was not asked, since our own rules forbid it: that says nothing about the other end."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything is taken."""

    seconds: float = 20.0
    """For everything: looking the name up, all redirects, the last byte."""
    body_bytes: int = 64 * 1024
    """Of the body, unpacked; what is more is not read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of whatever status. `body` is unpacked, and cut short if `is_truncated`."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    is_truncated: bool


@dataclass(frozen=True, slots=True)
class Upload:
    """The body of a request, and what to call before its last byte leaves."""

    body: bytes
    before_last_byte: Callable[[], None] | None = None

    def pieces(self) -> Iterator[bytes]:
        """Yield the body; with something to call, its last byte by itself and after the call."""
        if self.before_last_byte is None:
            yield self.body
            return
        yield self.body[:-1]
        self.before_last_byte()
        yield self.body[-1:]


@dataclass(frozen=True)
class Client:
    """Asks addresses that people typed. Safe to use from many threads.

    `internal_hosts` are `host:port` that may be asked although they are internal or on another
    port: an institution's own servers, and those of tests.
    """

    internal_hosts: Collection[str] = frozenset()
    user_agent: str = "Waymark"
    resolve: Resolve = resolve
    context: ssl.SSLContext = field(default_factory=trust)

    def get(self, url: str, limits: Limits = Limits()) -> Answer:
        """Return the answer to one GET; a redirect is an answer. Raises Unreachable, Refusal."""
        return self._ask(url, "GET", limits, Deadline(limits.seconds))

    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        limits: Limits = Limits(),
        *,
        before_last_byte: Callable[[], None] | None = None,
    ) -> Answer:
        """Return the answer to one POST; a redirect is an answer. Raises Unreachable, Refusal.

        `before_last_byte` is called once the other end lacks a single byte of the request, so that
        it can't have acted yet; what it raises ends the request there and comes out as it is.
        """
        upload = Upload(body, before_last_byte)
        return self._ask(url, "POST", limits, Deadline(limits.seconds), upload, headers)

    def follow(self, url: str, limits: Limits = Limits()) -> Answer:
        """Return the answer at the end of at most five redirects; `answer.url` is the last one's.

        Each hop is checked as if it had been typed. Raises Unreachable, Refusal.
        """
        deadline = Deadline(limits.seconds)
        answer = self._ask(url, "GET", limits, deadline)
        for _hop in range(MOST_HOPS):
            location = answer.headers.get("location")
            if answer.status not in REDIRECTS or not location:
                return answer
            answer = self._ask(_target(answer.url, location), "GET", limits, deadline)
        if answer.status in REDIRECTS and answer.headers.get("location"):
            reason = _("it redirects more than %(number)s times") % {"number": MOST_HOPS}
            raise Unreachable(Trouble.TOO_MANY_REDIRECTS, reason)
        return answer

    def admit(self, url: str) -> Link:
        """Return `url` in its parts; raise Refusal if its form alone says that it is not asked."""
        try:
            link = read_link(url)
        except InternalLink as exc:
            raise Refusal(
                Trouble.INTERNAL, _("the address %(trouble)s") % {"trouble": exc}
            ) from None
        except BadLink as exc:
            raise Refusal(
                Trouble.BAD_LINK, _("the address %(trouble)s") % {"trouble": exc}
            ) from None
        if f"{link.host}:{link.port}" in self.internal_hosts:
            return link
        if link.is_internal:
            raise _internal()
        if link.port not in PORTS.values():
            raise Refusal(Trouble.PORT, _("only the ports 80 and 443 are asked"))
        return link

    def _ask(
        self,
        url: str,
        method: str,
        limits: Limits,
        deadline: Deadline,
        upload: Upload | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        link = self.admit(url)
        said = {
            "Host": link.authority,
            "User-Agent": self.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
            **({} if upload is None else {"Content-Length": str(len(upload.body))}),
            **(headers or {}),
        }
        try:
            addresses = self._addresses(link, deadline)
            with connect(addresses, link.port, deadline) as line, deadline.cut(line):
                pool = pool_over(line, link, deadline, self.context)
                try:
                    answer = _exchange(pool, link, method, said, upload, limits)
                finally:
                    pool.close()
        except Unreachable:
            raise
        except (OSError, HTTPError, http.client.HTTPException, ValueError) as exc:
            raise _unreachable(exc, deadline) from exc
        if deadline.passed and answer.is_truncated is False:
            raise _timed_out()  # the end of the body may be where the line was cut
        return answer

    def _addresses(self, link: Link, deadline: Deadline) -> list[Address]:
        """Look the host up once; raise Refusal if any of its addresses is internal.

        A name with addresses of both kinds is a trap more often than a mistake: it gets nothing.
        """
        if link.address is not None:
            found = [link.address]
        else:
            seconds = min(RESOLVE_SECONDS, deadline.left())
            try:
                found = list(within(seconds, lambda: self.resolve(link.host, link.port)))
            except Late:
                raise Unreachable(Trouble.TIMED_OUT, _("looking up its name timed out")) from None
            except (OSError, UnicodeError, ValueError):
                found = []
        if not found:
            raise Unreachable(Trouble.NO_SUCH_NAME, _("its name is not known"))
        admitted = f"{link.host}:{link.port}" in self.internal_hosts
        if not admitted and not all(is_public(address) for address in found):
            raise _internal()
        return found


def _exchange(
    pool: urllib3.HTTPConnectionPool,
    link: Link,
    method: str,
    headers: Mapping[str, str],
    upload: Upload | None,
    limits: Limits,
) -> Answer:
    response = pool.urlopen(
        method,
        link.path,
        body=None if upload is None else upload.pieces(),
        headers=headers,
        retries=False,
        redirect=False,
        assert_same_host=False,
        preload_content=False,
        decode_content=False,
    )
    try:
        head = {name.lower(): value for name, value in response.headers.items()}
        if sum(len(name) + len(value) for name, value in head.items()) > LARGEST_HEAD:
            raise Unreachable(Trouble.NOT_HTTP, _("its headers are too large"))
        text, is_truncated = _read(response, limits.body_bytes)
        return Answer(link.url, response.status, head, text, is_truncated)
    finally:
        response.close()


def _read(response: Any, most: int) -> tuple[bytes, bool]:
    """Return at most `most` bytes of the unpacked body, and whether there was more.

    urllib3 unpacks only as much as is asked for, so a small body that unpacks to a huge one costs
    no more memory than any other. What can't be unpacked counts as empty.
    """
    read = bytearray()
    try:
        while len(read) <= most:
            piece = response.read(min(PIECE, most + 1 - len(read)), decode_content=True)
            if not piece:
                break
            read += piece
    except DecodeError:
        return bytes(read[:most]), True
    return bytes(read[:most]), len(read) > most


def _target(base: str, location: str) -> str:
    try:
        # Header values are read as Latin-1; what servers mean is UTF-8.
        meant = location.encode("latin-1").decode("utf-8", "replace").strip()
        return _without_fragment(read_link(base).joined(meant))
    except (BadLink, ValueError):
        raise Refusal(Trouble.BAD_LINK, _("it redirects to something that is no address")) from None


def _without_fragment(url: str) -> str:
    """Return `url` without what stands after #."""
    return url.partition("#")[0]


def _unreachable(exc: Exception, deadline: Deadline) -> Unreachable:
    """Say what went wrong in plain words."""
    if deadline.passed or isinstance(exc, TimeoutError | urllib3.exceptions.TimeoutError):
        return _timed_out()
    if isinstance(exc, SSLError | ssl.SSLError):
        if "CERTIFICATE_VERIFY_FAILED" in str(exc) or isinstance(exc, ssl.CertificateError):
            return Unreachable(Trouble.CERTIFICATE, _("its certificate is not valid"))
        return Unreachable(Trouble.CERTIFICATE, _("no secure connection could be made"))
    if isinstance(exc, OSError | NewConnectionError):
        return Unreachable(Trouble.REFUSED, _("nothing answers there"))
    return Unreachable(Trouble.NOT_HTTP, _("what answers there does not speak HTTP, or hung up"))


def _timed_out() -> Unreachable:
    return Unreachable(Trouble.TIMED_OUT, _("timed out"))


def _internal() -> Refusal:
    return Refusal(Trouble.INTERNAL, _("the address leads inside a private network"))


def client() -> Client:
    """Return the client that the settings describe."""
    return replace(
        _default(),
        internal_hosts=frozenset(settings.OUTGOING_INTERNAL_HOSTS),
        user_agent=f"Waymark (+{settings.PUBLIC_URL})",
    )


@cache
def _default() -> Client:
    return Client()  # reading the roots that it trusts takes a moment
