"""Connections to an address that was checked, in the name of the host it was looked up for."""

import socket
import ssl
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import certifi
import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from backend.outgoing.addresses import Address
from backend.outgoing.deadline import Deadline
from backend.outgoing.links import Link

CONNECT_SECONDS = 4.0
"""For one address; a name may have several, and some networks drop IPv6 without a word."""
MOST_ADDRESSES = 4

Resolve = Callable[[str, int], Sequence[Address]]


def resolve(host: str, port: int) -> list[Address]:
    """Return the addresses of `host`; raise OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    addresses = [ip_address(str(sockaddr[0])) for *_, sockaddr in found]
    return list(dict.fromkeys(addresses))


def trust() -> ssl.SSLContext:
    """Return the context that verifies names and chains: the system's roots, else certifi's."""
    paths = ssl.get_default_verify_paths()
    has_roots = any(Path(path).exists() for path in (paths.cafile, paths.capath) if path)
    context = ssl.create_default_context(cafile=None if has_roots else certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def connect(addresses: Sequence[Address], port: int, deadline: Deadline) -> socket.socket:
    """Connect to the first of `addresses` that answers; raise the last one's OSError."""
    trouble: OSError = OSError("there is no address")
    for address in addresses[:MOST_ADDRESSES]:
        try:
            seconds = min(CONNECT_SECONDS, deadline.left())
            line = socket.create_connection((str(address), port), timeout=seconds)
        except OSError as exc:
            trouble = exc
        else:
            line.settimeout(deadline.left())
            return line
    raise trouble


def pool_over(
    line: socket.socket, link: Link, deadline: Deadline, context: ssl.SSLContext
) -> urllib3.HTTPConnectionPool:
    """Return a pool whose one connection is `line`, for one request to `link`'s host.

    The pool is told the host's name, for SNI, the certificate and the Host header; it never looks
    the name up. It knows no proxy, no cookies and no stored passwords.
    """
    timeout = urllib3.Timeout(connect=deadline.left(), read=deadline.left())
    if link.scheme == "http":
        plain = urllib3.HTTPConnectionPool(link.host, link.port, timeout=timeout, maxsize=1)
        plain.ConnectionCls = _over(HTTPConnection, line)
        return plain
    secure = urllib3.HTTPSConnectionPool(
        link.host, link.port, timeout=timeout, maxsize=1, ssl_context=context
    )
    secure.ConnectionCls = _over(HTTPSConnection, line)
    return secure


def _over(base: type[Any], line: socket.socket) -> type[Any]:
    """Return `base`, whose connections are made over a socket that is open already."""
    return type("Over", (base,), {"_new_conn": lambda _: line})
