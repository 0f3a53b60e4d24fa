"""Reading a URL once, strictly, so that what is checked is what is connected to: pure."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

import idna

from backend.outgoing.addresses import Address, is_public, read_number
from backend.words import gettext as _

LONGEST_URL: Final = 2000
PORTS: Final = {"http": 80, "https": 443}
# Names that resolvers and networks keep for themselves: RFC 6761, 6762, 8375, ICANN's own list.
INTERNAL_NAMES: Final = frozenset(
    {
        "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home",
        "lan", "home.arpa", "onion", "invalid",
    }
)  # fmt: skip


class BadLink(ValueError):
    """The URL can't be followed; the text says why, as the end of "This link …"."""


class InternalLink(BadLink):
    """It leads to a place inside a network, not out in the world."""


@dataclass(frozen=True, slots=True)
class Link:
    """A URL in its parts. `host` is in ASCII and lower case; an address is in its usual form."""

    scheme: str
    host: str
    port: int
    path: str
    """With the query; what the request line says."""
    address: Address | None
    """If the host is a literal address."""

    @property
    def authority(self) -> str:
        """The host, with the port if it is not the scheme's own."""
        host = f"[{self.host}]" if isinstance(self.address, IPv6Address) else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL as it is asked for."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def is_internal(self) -> bool:
        """Whether the host itself, without a look-up, is inside some network."""
        if self.address is not None:
            return not is_public(self.address)
        labels = self.host.removesuffix(".").split(".")
        if len(labels) == 1:
            return True
        return not INTERNAL_NAMES.isdisjoint({labels[-1], ".".join(labels[-2:])})

    def joined(self, location: str) -> str:
        """Return the URL to which a redirect's `Location` leads."""
        return urljoin(self.url, location)


def read_link(url: str) -> Link:
    """Take `url` apart; raise BadLink if two readers could take it for two different places."""
    if len(url) > LONGEST_URL:
        raise BadLink(_("is longer than %(number)s characters") % {"number": LONGEST_URL})
    if any(c.isspace() or not c.isprintable() or c == "\\" for c in url):
        raise BadLink(_("holds a blank, a backslash or a character that can't be seen"))
    try:
        parts = urlsplit(url)
        scheme, authority, port = parts.scheme.lower(), parts.netloc, parts.port
    except ValueError:
        raise BadLink(_("is not a whole address")) from None
    if scheme not in PORTS:
        raise BadLink(_("begins with neither http:// nor https://"))
    if "@" in authority:
        raise BadLink(_("has a name or a password in it; leave out what stands before the @"))
    host, address = _host(authority)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|^`{}")
    return Link(
        scheme=scheme,
        host=host,
        port=PORTS[scheme] if port is None else port,
        path=path + (f"?{query}" if query else ""),
        address=address,
    )


def read_public_link(url: str) -> Link:
    """Take `url` apart; raise BadLink, or InternalLink if its host is inside a network."""
    link = read_link(url)
    if link.is_internal:
        raise InternalLink(_("leads to an address inside a private network"))
    return link


def _host(authority: str) -> tuple[str, Address | None]:
    if authority.startswith("["):
        text, _bracket, port = authority[1:].partition("]")
        if port and not port.startswith(":"):
            raise BadLink(_("is not a whole address"))
        if "%" in text:
            raise InternalLink(_("names a network interface (the part after %)"))
        try:
            six = IPv6Address(text)
        except ValueError:
            raise BadLink(_("has no valid IPv6 address between [ and ]")) from None
        return str(six), six
    name = authority.partition(":")[0]
    if not name or "%" in name:
        raise BadLink(_("has no host, or one with % in it"))
    try:
        # UTS 46 folds full-width letters and digits, circled digits and other dots, as browsers do.
        host = idna.encode(idna.uts46_remap(name, std3_rules=False), uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        host = _plain(name)
    host = host.lower()
    try:
        four: IPv4Address | None = read_number(host)
    except ValueError:
        raise BadLink(_("has a host that ends in a number and is no address")) from None
    return (str(four), four) if four is not None else (host, None)


def _plain(name: str) -> str:
    """Names with an underscore exist, though IDNA has none: take them as they are, if ASCII."""
    bare = name.removesuffix(".")
    labels = bare.split(".")
    if (
        not name.isascii()
        or not all(0 < len(label) <= 63 for label in labels)  # noqa: PLR2004 (RFC 1035)
        or not all(c.isalnum() or c in "-_." for c in bare)
    ):
        raise BadLink(_("has no valid host name"))
    return name
