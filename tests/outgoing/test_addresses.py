"""Which addresses are out in the world, and what URLs spell them."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.outgoing.addresses import is_public
from backend.outgoing.links import BadLink, InternalLink, read_link, read_public_link

INTERNAL = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1",
    "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.9",
    "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:0:127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::8.8.8.8", "100::1",
    "2001::1", "2001:0:a00:1::f5ff:fffe", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1",
    "2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:101::", "3fff::1", "5f00::1", "fc00::1",
    "fd12:3456::1", "fe80::1", "fe80::1%eth0", "2606:4700::1%eth0", "fec0::1", "ff02::1",
    "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:192.168.0.1",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.32.0.1", "192.0.1.1",
    "198.17.255.255", "198.20.0.1", "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
    "2002:808:808::1", "2606:4700:4700::1111", "2a00:1450:4001:82b::200e",
]  # fmt: skip


@pytest.mark.parametrize("text", INTERNAL)
def test_internal(text):
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_public(text):
    assert is_public(ipaddress.ip_address(text))


@given(st.ip_addresses(v=4))
def test_no_wrapping_makes_an_internal_address_public(inner):
    number = int(inner)
    wrapped = [
        ipaddress.IPv6Address((0xFFFF << 32) | number),
        ipaddress.IPv6Address((0x64FF9B << 96) | number),
        ipaddress.IPv6Address((0x2002 << 112) | (number << 80)),
        ipaddress.IPv6Address((0x20010000 << 96) | (0x08080808 << 64) | (number ^ 0xFFFFFFFF)),
    ]
    if not is_public(inner):
        assert not any(is_public(one) for one in wrapped)


@given(st.ip_addresses(v=4).filter(lambda address: not is_public(address)))
def test_every_spelling_of_an_internal_address_is_refused(address):
    number = int(address)
    a, b, c, d = address.packed
    wide = str.maketrans("0123456789.", "０１２３４５６７８９。")
    circled = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")
    spellings = [
        str(address),
        f"{address}.",
        str(number),
        hex(number),
        hex(number).upper().replace("0X", "0x"),
        f"0{number:o}",
        f"{a}.{(b << 16) + (c << 8) + d}",
        f"{a}.{b}.{(c << 8) + d}",
        f"0x{a:x}.0{b:o}.{c}.0x{d:02x}",
        f"000{a:o}.{b}.{c}.{d}",
        str(address).translate(wide),
        str(address).translate(circled),
        f"[::ffff:{address}]",
        f"[64:ff9b::{address}]",
        f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]",
    ]
    for host in spellings:
        with pytest.raises(InternalLink):
            read_public_link(f"http://{host}/")
        with pytest.raises(InternalLink):
            read_public_link(f"https://{host}:443/x?y#z")


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost", "http://LOCALHOST.", "http://a.localhost/", "http://ⓛocalhost/",
        "http://printer.local", "http://redis:6379/", "http://valkey/", "http://wiki.corp/",
        "http://metadata.google.internal/", "http://router.home.arpa/", "http://[fe80::1%25eth0]/",
        "http://[::1]:80/",
    ],
)  # fmt: skip
def test_names_of_inside_are_refused(url):
    with pytest.raises(InternalLink):
        read_public_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "//example.org/", "ftp://example.org", "javascript:alert(1)", "http://",
        "http:///x", "http://example.org@127.0.0.1/", "http://127.0.0.1@example.org/",
        "http://a:b@example.org/", "http://example.org\\@127.0.0.1/", "http://exam ple.org/",
        "http://example.org\t/", "http://example.org\r\nHost: x/", "http://example.org/\x00",
        "http://127.0.0.1%2f@example.org/", "http://loc%61lhost/", "http://[::1", "http://[::1]x/",
        "http://[example.org]/", "http://1.2.3.4.5/", "http://1.2.3.256/", "http://256.1.1.1/",
        "http://4294967296/", "http://0x100000000/", "http://08.1.1.1/", "http://example.org:x/",
        "http://example.org:70000/", "http://a..b.org/", "http://.org/", "http://a.b.0xg.1/",
        "http://example.org/\u202egnp.exe", f"http://example.org/{'x' * 2000}", "http://١٢٧.0.0.1x1/@",
    ],
)  # fmt: skip
def test_what_two_readers_could_take_differently_is_refused(url):
    with pytest.raises(BadLink):
        read_public_link(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://EXAMPLE.org:443/a/../b?c=d#e", "https://example.org/a/../b?c=d"),
        ("https://münchen.example.org/ü?q=ü", "https://xn--mnchen-3ya.example.org/%C3%BC?q=%C3%BC"),
        ("https://my_name.example.io/x", "https://my_name.example.io/x"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("http://134744072/", "http://8.8.8.8/"),
        ("http://[2606:4700::1]:8080/", "http://[2606:4700::1]:8080/"),
        ("https://example.org/%2e%2e/a%20b", "https://example.org/%2e%2e/a%20b"),
    ],
)
def test_what_is_read_is_what_is_asked(url, expected):
    assert read_public_link(url).url == expected


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for url in (text, f"http://{text}", f"https://example.org/{text}"):
        try:
            link = read_link(url)
        except BadLink:
            continue
        assert link.host.isascii()
        assert not set("\r\n \t@") & set(link.authority)
        assert read_link(link.url) == link
