"""The guarded client against real servers that mean no good."""

import gzip
import ipaddress
import socket
import ssl
import time
import tracemalloc
import zlib
from contextlib import suppress

import pytest

from backend.outgoing import Client, Limits, Refusal, Trouble, Unreachable
from tests.certificates import certificate
from tests.outgoing.servers import Server, answer, redirect

SOON = Limits(seconds=0.6)
LOOPBACK = ipaddress.ip_address("127.0.0.1")
PUBLIC = ipaddress.ip_address("93.184.216.34")


def asks(*servers, **fields):
    return Client(internal_hosts={server.at for server in servers}, **fields)


def trouble(call):
    with pytest.raises(Unreachable) as caught:
        call()
    return caught.value.trouble


def test_an_answer_comes_whole_and_the_request_is_plain():
    with Server(answer(b"hello", content_type="text/plain")) as server:
        got = asks(server).get(f"{server.url}/a?b=c#d")
    assert (got.status, got.body, got.is_truncated) == (200, b"hello", False)
    assert got.headers["content-type"] == "text/plain"
    first, *rest = server.heads[0].splitlines()
    assert first == "GET /a?b=c HTTP/1.1"
    assert f"Host: {server.at}" in rest
    assert not any("cookie" in line.lower() or "authorization" in line.lower() for line in rest)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "http://2130706433/"])
def test_an_internal_address_is_not_asked(url):
    def never(host, port):
        raise AssertionError(host)

    assert trouble(lambda: Client(resolve=never).get(url)) is Trouble.INTERNAL


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["93.184.216.34", "::ffff:10.0.0.1"]]
)
def test_a_name_with_any_internal_address_is_not_asked(found, monkeypatch):
    def never(*_, **__):
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "create_connection", never)
    name = Client(resolve=lambda host, port: [ipaddress.ip_address(a) for a in found])
    with pytest.raises(Refusal) as caught:
        name.get("https://a.example.org/")
    assert caught.value.trouble is Trouble.INTERNAL


def test_a_name_that_changes_its_mind_is_asked_at_the_address_that_was_checked(monkeypatch):
    answers = iter([[PUBLIC], [LOOPBACK]])
    reached = []

    def connect(address, timeout):
        reached.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    rebinding = Client(resolve=lambda host, port: next(answers))
    assert trouble(lambda: rebinding.get("http://a.example.org/")) is Trouble.REFUSED
    assert reached == [("93.184.216.34", 80)]
    assert trouble(lambda: rebinding.get("http://a.example.org/")) is Trouble.INTERNAL


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org:22/", Trouble.PORT),
        ("https://example.org:8443/", Trouble.PORT),
        ("ftp://example.org/", Trouble.BAD_LINK),
        ("file:///etc/passwd", Trouble.BAD_LINK),
        ("https://me:secret@example.org/", Trouble.BAD_LINK),
    ],
)
def test_other_ports_schemes_and_passwords_are_not_asked(url, expected):
    assert trouble(lambda: Client().get(url)) is expected


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with Server(answer(b"direct")) as server:
        assert asks(server).get(server.url).body == b"direct"


def test_a_redirect_is_an_answer_unless_it_is_followed():
    with Server(answer(b"end")) as end, Server(redirect(f"{end.url}/x#y")) as start:
        client = asks(start, end)
        assert client.get(start.url).status == 302
        got = client.follow(start.url)
    assert (got.status, got.body, got.url) == (200, b"end", f"{end.url}/x")


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("http://169.254.169.254/latest/meta-data", Trouble.INTERNAL),
        ("http://[::ffff:127.0.0.1]/", Trouble.INTERNAL),
        ("//0x7f.1/", Trouble.INTERNAL),
        ("http://a@127.0.0.1/", Trouble.BAD_LINK),
        ("gopher://example.org/", Trouble.BAD_LINK),
        ("http://example.org:25/", Trouble.PORT),
    ],
)
def test_each_hop_is_checked_anew(location, expected):
    with Server(redirect(location)) as server:
        assert trouble(lambda: asks(server).follow(server.url)) is expected


def test_a_hop_to_another_port_of_an_admitted_host_is_refused():
    with Server(answer(b"secret")) as other, Server(redirect(other.url)) as server:
        assert trouble(lambda: asks(server).follow(server.url)) is Trouble.INTERNAL
    assert other.heads == []


def test_a_circle_ends():
    with Server(lambda line, head: line.sendall(redirect("/again"))) as server:
        assert trouble(lambda: asks(server).follow(server.url)) is Trouble.TOO_MANY_REDIRECTS
        assert len(server.heads) == 6


def hang(line, head):
    line.settimeout(5)
    line.recv(1)


def drip(start):
    """One byte each 50 ms: each recv is answered in time, the whole never ends."""

    def handler(line, head):
        line.sendall(start)
        while True:
            line.sendall(b"x")
            line.settimeout(0.05)
            try:
                if not line.recv(1):
                    return
            except TimeoutError:
                continue

    return handler


@pytest.mark.parametrize(
    "handler",
    [
        hang,
        drip(b""),
        drip(b"HTTP/1.1 200 OK\r\nX-Long: "),
        drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"),
        drip(b"HTTP/1.1 200 OK\r\n\r\n"),
    ],
    ids=["hang", "status", "header", "body", "endless"],
)
def test_slow_servers_are_left_at_the_deadline(handler):
    with Server(handler) as server:
        assert trouble(lambda: asks(server).get(server.url, SOON)) is Trouble.TIMED_OUT


def test_a_server_that_never_shakes_hands_is_left_at_the_deadline():
    listener = socket.create_server(("127.0.0.1", 0))
    with listener:
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        client = Client(internal_hosts={host})
        assert trouble(lambda: client.get(f"https://{host}/", SOON)) is Trouble.TIMED_OUT


def test_a_resolver_that_hangs_is_left_at_the_deadline():
    import threading

    release = threading.Event()
    client = Client(resolve=lambda host, port: [PUBLIC] if release.wait(10) else [])
    assert trouble(lambda: client.get("http://a.example.org/", SOON)) is Trouble.TIMED_OUT
    release.set()


def test_redirects_share_one_deadline():
    def slowly(line, head):
        line.settimeout(0.25)
        try:
            line.recv(1)
        except TimeoutError:
            line.sendall(redirect("/again"))

    with Server(slowly) as server:
        assert trouble(lambda: asks(server).follow(server.url, SOON)) is Trouble.TIMED_OUT
        assert len(server.heads) < 5


def endless(line, head):
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        line.sendall(b"x" * 65536)


def test_a_giant_body_is_cut():
    with Server(endless) as server:
        got = asks(server).get(server.url, Limits(body_bytes=100_000))
    assert (len(got.body), got.is_truncated) == (100_000, True)


def test_a_body_that_just_fits_is_whole():
    with Server(answer(b"x" * 1000)) as server:
        got = asks(server).get(server.url, Limits(body_bytes=1000))
    assert (len(got.body), got.is_truncated) == (1000, False)


def bomb():
    packer = zlib.compressobj(9, wbits=31)
    zeros = b"\0" * (1 << 20)
    return b"".join(packer.compress(zeros) for _ in range(200)) + packer.flush()


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_costs_no_more_than_what_is_taken(layers):
    body = bomb() if layers == 1 else gzip.compress(bomb())
    encoding = ", ".join(["gzip"] * layers)
    with Server(answer(body, content_encoding=encoding)) as server:
        client = asks(server)
        tracemalloc.start()
        got = client.get(server.url, Limits(body_bytes=100_000))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert (len(got.body), got.is_truncated) == (100_000, True)
    assert peak < 8_000_000


def test_what_cannot_be_unpacked_is_an_answer_without_a_body():
    with Server(answer(b"not gzip at all", content_encoding="gzip")) as server:
        got = asks(server).get(server.url)
    assert (got.status, got.body, got.is_truncated) == (200, b"", True)


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 150 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n"
        + b"".join(b"X-%d: %s\r\n" % (n, b"b" * 1000) for n in range(90))
        + b"\r\n",
    ],
    ids=["ssh", "nothing", "many headers", "long header", "large head"],
)
def test_what_is_no_answer_is_said_to_be_none(said):
    with Server(said) as server:
        assert trouble(lambda: asks(server).get(server.url)) is Trouble.NOT_HTTP


def test_nothing_listens():
    with Server(b"") as server:
        client, url = asks(server), server.url
    assert trouble(lambda: client.get(url)) is Trouble.REFUSED


def test_a_name_without_addresses():
    def unknown(host, port):
        raise socket.gaierror

    client = Client(resolve=unknown)
    assert trouble(lambda: client.get("https://a.example.org")) is Trouble.NO_SUCH_NAME


def test_tls_is_for_the_name_although_the_connection_is_to_the_address(tmp_path):
    file = certificate(tmp_path, "a.example.org")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    asked_for = []
    context.sni_callback = lambda line, name, _: asked_for.append(name)
    with Server(answer(b"safe"), context=context) as server:
        right = Client(
            internal_hosts={f"a.example.org:{server.port}", f"b.example.org:{server.port}"},
            resolve=lambda host, port: [LOOPBACK],
            context=ssl.create_default_context(cafile=str(file)),
        )
        assert right.get(f"https://a.example.org:{server.port}/").body == b"safe"
        other_name = f"https://b.example.org:{server.port}/"
        assert trouble(lambda: right.get(other_name)) is Trouble.CERTIFICATE
        unknown = Client(internal_hosts=right.internal_hosts, resolve=right.resolve)
        its_own = f"https://a.example.org:{server.port}/"
        assert trouble(lambda: unknown.get(its_own)) is Trouble.CERTIFICATE
    assert asked_for[0] == "a.example.org"
    assert f"Host: a.example.org:{server.port}" in server.heads[0]


def test_a_post_carries_its_body_and_headers():
    with Server(answer(status="204 No Content")) as server:
        got = asks(server).post(server.url, b'{"a": 1}', {"Content-Type": "application/json"})
    assert got.status == 204
    assert server.heads[0].startswith("POST / HTTP/1.1")
    assert "Content-Type: application/json" in server.heads[0]
    assert "Content-Length: 8" in server.heads[0]


def test_a_post_says_when_it_lacks_its_last_byte():
    def read_all(connection, head):
        got = b""
        with suppress(OSError):
            while piece := connection.recv(4096):
                got += piece
                bodies.append(got)
                if len(got) == 8:
                    connection.sendall(answer())
                    return

    bodies = []
    with Server(read_all) as server:
        assert asks(server).post(server.url, b'{"a": 1}', {}, before_last_byte=lambda: None)
        assert bodies[-1] == b'{"a": 1}'
        assert "Content-Length: 8" in server.heads[0]
        assert "Transfer-Encoding" not in server.heads[0]
        bodies.clear()

        def stop():
            time.sleep(0.1)
            raise LookupError("not now")

        with pytest.raises(LookupError):
            asks(server).post(server.url, b'{"a": 1}', {}, before_last_byte=stop)
    assert bodies == [b'{"a": 1']


def test_what_can_t_be_reached_is_known_before_the_last_byte():
    called = []
    with pytest.raises(Unreachable):
        Client().post("https://127.0.0.1/", b"x", {}, before_last_byte=lambda: called.append(True))
    assert called == []
