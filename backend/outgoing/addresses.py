"""Which IP addresses are out in the world: pure.

Internal is whatever IANA's registries of special-purpose addresses do not call globally reachable
(RFC 6890 and its successors), multicast, and an IPv6 address that carries an internal IPv4 address
for a translator or a tunnel to unpack.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

Address = IPv4Address | IPv6Address

# Python's own list differs between its patch releases; these hold with every one.
_INTERNAL_V4: Final = [
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # relays of 6to4, deprecated (RFC 7526)
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]
_GLOBAL_V6: Final = IPv6Network("2000::/3")
_INTERNAL_V6: Final = [
    IPv6Network(text)
    for text in (
        "2001:2::/48",
        "2001:10::/28",
        "2001:20::/28",
        "2001:db8::/32",
        "3fff::/20",
    )
]
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052; the local-use 64:ff9b:1::/48 is not global
_SIX_TO_FOUR: Final = IPv6Network("2002::/16")  # RFC 3056
_TEREDO: Final = IPv6Network("2001::/32")  # RFC 4380
_ISATAP: Final = (0x0000_5EFE, 0x0200_5EFE)  # RFC 5214: the upper half of the interface's id


def is_public(address: Address) -> bool:
    """Return whether `address` is globally reachable, and so is every IPv4 address inside it."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in net for net in _INTERNAL_V4)
    if address.scope_id is not None:
        return False
    inside = _carried(address)
    if not all(is_public(one) for one in inside):
        return False
    if address in _MAPPED or address in _NAT64:
        return True
    return address in _GLOBAL_V6 and not any(address in net for net in _INTERNAL_V6)


def _carried(address: IPv6Address) -> list[IPv4Address]:
    """Return the IPv4 addresses to which a translator or tunnel could turn this one."""
    number = int(address)
    if address in _MAPPED or address in _NAT64:
        return [_low(number)]
    if address in _SIX_TO_FOUR:
        return [_low(number >> 80)]
    if address in _TEREDO:
        return [_low(number >> 64), _low(~number)]
    if (number >> 32) & 0xFFFF_FFFF in _ISATAP:
        return [_low(number)]
    return []


def _low(number: int) -> IPv4Address:
    return IPv4Address(number & 0xFFFF_FFFF)


def read_number(host: str) -> IPv4Address | None:
    """Return the IPv4 address that `host` spells, or None for a name.

    As browsers and inet_aton read it: one to four parts, each decimal, octal (0…) or hexadecimal
    (0x…), the last one filling what is left (https://url.spec.whatwg.org/#concept-ipv4-parser).
    Raises ValueError for what ends in a number and is no address.
    """
    parts = host.removesuffix(".").split(".")
    if not (parts[-1].isdigit() or _is_hex(parts[-1])):
        return None
    if len(parts) > 4:  # noqa: PLR2004 (the bytes of an address)
        raise ValueError("too many parts")
    numbers = [_part(part) for part in parts]
    *front, last = numbers
    if any(number > 255 for number in front) or last >= 256 ** (5 - len(numbers)):  # noqa: PLR2004
        raise ValueError("a part is too large")
    return IPv4Address(last + sum(n << 8 * (3 - place) for place, n in enumerate(front)))


def _is_hex(part: str) -> bool:
    return part.startswith("0x") and all(c in "0123456789abcdef" for c in part[2:])


def _part(part: str) -> int:
    if not part or len(part) > 40:  # noqa: PLR2004 (no part of an address is so long)
        raise ValueError("not a number")
    if _is_hex(part):
        return int(part[2:] or "0", 16)
    if part.isascii() and part.isdigit():
        return int(part, 8 if len(part) > 1 and part.startswith("0") else 10)
    raise ValueError("not a number")
