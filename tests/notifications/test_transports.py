"""SMTP against a real server, and mail into files."""

import datetime as dt
import email
import email.policy
import socket
import threading

import pytest

from notifications.mail.files import Files
from notifications.mail.smtp import Smtp
from notifications.models import Delivery
from notifications.way import ClaimLost, NotNow, Refused, Unconfirmed, Unreachable
from tests.notifications.acts import LATER, decide, deliver, invite, submit
from tests.notifications.post import free_port, html_of, mail_server, send, text_of


@pytest.fixture
def server():
    with mail_server() as (sink, port):
        yield sink, Smtp(host="127.0.0.1", port=port, timeout=2)


def message(text="Hello\n.dot\n..two\nend", to="ada@example.org"):
    made = email.message.EmailMessage(policy=email.policy.SMTP)
    made["Subject"], made["From"], made["To"] = "Grüße", "Waymark <w@localhost>", to
    made["Date"] = LATER
    made.set_content(text)
    return made


def carry(smtp, to="ada@example.org", commit=lambda: None, **kw):
    with smtp:
        smtp.send(message(to=to, **kw), address=to, commit=commit)


def test_a_journey_over_smtp(server, cast):
    sink, smtp = server
    decide(submit(cast.enrollment), cast.mentor, feedback="Über alles: “gut” — 👍")
    invite(cast.learner)
    deliver()
    assert send(smtp) == 3  # and one that is no longer waiting
    assert {address for address, _ in sink.received} == {cast.learner.email, "new@example.org"}
    decision = next(
        m for m in sink.messages if m["To"].addresses[0].addr_spec == cast.learner.email
    )
    assert "Über alles: “gut” — 👍" in text_of(decision)
    assert "Über alles: “gut” — 👍" in html_of(decision)
    for _, raw in sink.received:
        assert raw.isascii()
        assert max(map(len, raw.splitlines())) <= 998
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent", "suppressed"}


def test_the_final_dot_waits_for_no_acknowledgement(server):
    _, smtp = server
    with smtp:
        smtp.send(message(), address="ada@example.org", commit=lambda: None)
        assert smtp._connected().sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_dots_and_letters_arrive_as_written(server):
    sink, smtp = server
    carry(smtp, text="Hello\n.dot\n..two\n.\nÜ")
    (got,) = sink.messages
    assert got.get_content().splitlines() == ["Hello", ".dot", "..two", ".", "Ü"]
    assert got["Subject"] == "Grüße"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("550 5.1.1 no such user", Refused),
        ("450 4.2.1 greylisted", NotNow),
        ("data:552 5.3.4 too big", Refused),
        ("data:451 4.3.0 later", NotNow),
        ("421 4.3.2 closing", NotNow),
    ],
)
def test_answers_are_told_apart_and_the_next_mail_goes_on(server, answer, error):
    sink, smtp = server
    sink.answers["bad@example.org"] = answer
    with smtp:
        with pytest.raises(error, match=answer.removeprefix("data:")[:3]):
            smtp.send(message(), address="bad@example.org", commit=lambda: None)
        smtp.send(message(), address="good@example.org", commit=lambda: None)
    assert [address for address, _ in sink.received] == ["good@example.org"]


def test_the_mark_is_set_before_the_server_has_the_mail(server):
    sink, smtp = server
    seen = []
    carry(smtp, commit=lambda: seen.append(len(sink.received)))
    assert seen == [0]
    assert len(sink.received) == 1


def test_without_the_mark_the_server_gets_nothing(server):
    sink, smtp = server

    def lost():
        raise ClaimLost

    with pytest.raises(ClaimLost):
        carry(smtp, commit=lost)
    carry(smtp, to="next@example.org")
    assert [address for address, _ in sink.received] == ["next@example.org"]


def test_a_drop_after_the_dot_is_unconfirmed(server, cast):
    sink, smtp = server
    sink.hang_up_after_dot = True
    with pytest.raises(Unconfirmed):
        carry(smtp)
    submit(cast.enrollment)
    invite(cast.learner)
    deliver()
    send(smtp)
    states = dict(Delivery.objects.values_list("kind", "state"))
    assert states == {"submission-submitted": "unconfirmed", "invitation-created": "queued"}
    sink.hang_up_after_dot = False
    send(smtp, now=LATER + dt.timedelta(hours=1))
    ids = [m["Message-ID"] for m in sink.messages if m["To"] == "new@example.org"]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_a_connection_that_the_server_closed_meanwhile_is_made_anew(server):
    sink, smtp = server
    with smtp:
        smtp.send(message(), address="one@example.org", commit=lambda: None)
        smtp._connection.sock.shutdown(socket.SHUT_RDWR)
        smtp.send(message(), address="two@example.org", commit=lambda: None)
    assert [address for address, _ in sink.received] == ["one@example.org", "two@example.org"]


def test_a_drop_before_the_dot_is_tried_later(server):
    sink, smtp = server
    sink.hang_up_at_rcpt = 1
    with pytest.raises(NotNow):
        carry(smtp)
    assert sink.received == []


def test_nobody_there():
    with pytest.raises(Unreachable):
        carry(Smtp(host="127.0.0.1", port=free_port(), timeout=1))


def test_a_server_that_never_greets_is_unreachable_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unreachable):
        carry(Smtp(host="127.0.0.1", port=silent.getsockname()[1], timeout=0.3))


def test_a_log_in_that_fails_fails_no_mail(server, cast):
    _, smtp = server
    smtp.user, smtp.password = "who", "what"
    invite(cast.learner)
    deliver()
    send(smtp)
    assert Delivery.objects.get().state == "queued"
    assert "SMTP AUTH" in Delivery.objects.get().last_error
    assert "what" not in repr(smtp)


def test_starttls_is_not_skipped_where_the_server_has_none(server):
    _, smtp = server
    smtp.starttls = True
    with pytest.raises(Unreachable, match="STARTTLS"):
        carry(smtp)


def test_a_server_that_dies_in_the_middle(cast):
    """The body goes out, the socket is cut before any answer: nothing was confirmed."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        peer, _ = listener.accept()
        with peer, peer.makefile("rwb", buffering=0) as lines:
            lines.write(b"220 hi\r\n")
            for answer in (b"250 hi", b"250 ok", b"250 ok", b"354 go"):
                lines.readline()
                lines.write(answer + b"\r\n")
            while lines.readline() != b".\r\n":
                pass

    thread = threading.Thread(target=serve)
    thread.start()
    with pytest.raises(Unconfirmed):
        carry(Smtp(host="127.0.0.1", port=listener.getsockname()[1], timeout=2))
    thread.join()
    listener.close()


def test_files_are_read_by_people_and_by_mail_programs(tmp_path, cast):
    decide(submit(cast.enrollment), cast.mentor, feedback="Größer als **1**")
    deliver()
    send(Files(tmp_path / "mail"))
    (path,) = (tmp_path / "mail").iterdir()
    assert path.suffix == ".eml"
    assert "_mo-mentor-approved-programming-in-python_to-person" in path.name
    raw = path.read_text(encoding="utf-8")
    assert "Subject: Mo Mentor approved “Programming in Python”\n" in raw
    assert "\n> Größer als **1**\n" in raw
    assert "http://localhost:8000/milestones/python-programming\n" in raw
    assert raw.index("text/plain") < raw.index("text/html")
    parsed = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert "Größer als <strong>1</strong>" in html_of(parsed)


def test_two_mails_of_a_second_are_two_files(tmp_path, cast):
    invite(cast.learner, "same@one.example")
    invite(cast.learner, "same@two.example")
    deliver()
    send(Files(tmp_path))
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_cannot_be_written_is_a_server_that_is_away(tmp_path, cast):
    (tmp_path / "mail").write_text("in the way")
    invite(cast.learner)
    deliver()
    send(Files(tmp_path / "mail"))
    assert Delivery.objects.get().state == "queued"


def test_a_crash_before_the_mark_leaves_no_file(tmp_path):
    def die():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry(Files(tmp_path), commit=die)
    assert list(tmp_path.iterdir()) == []
