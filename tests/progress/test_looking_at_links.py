"""Snapshots at submission, the weekly check, probes: against real servers on loopback."""

import datetime as dt
import hashlib

import pytest
import time_machine
from django.db import connection

from backend.outgoing import Client
from notifications.models import Delivery
from notifications.queries.inbox import with_words
from progress.checks.links import check_links
from progress.checks.probes import run_probes
from progress.checks.snapshots import take_snapshots
from progress.models import Evidence, LinkCheck, OutboxEvent, Probe, ProbeDay, Snapshot
from tests.at_once import at_once
from tests.factories import NOW, new_id
from tests.notifications.acts import deliver
from tests.outgoing.servers import Server, answer, redirect

pytestmark = pytest.mark.django_db
KEY, DEPLOYMENT = "python-programming", "cloud-deployment"
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
PAGE = b"<!doctype html><head><title>\n A  classifier &amp; more </title></head><body>hello"
COMMITS = {name: hashlib.sha1(name.encode()).hexdigest() for name in ("main", "v1", "x/y")}  # noqa: S324


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def admit(settings):
    def admitted(*servers):
        settings.OUTGOING_INTERNAL_HOSTS = [server.at for server in servers]
        return Client(internal_hosts=frozenset(settings.OUTGOING_INTERNAL_HOSTS))

    return admitted


def add(client, cast, url, **fields):
    body = {
        "id": new_id(),
        "enrollment_id": str(cast.enrollment.pk),
        "milestone_keys": [KEY],
        "title": "classifier",
        "url": url,
        **fields,
    }
    return client.post("/api/v1/evidence", body)


def submitted(client, cast, url):
    """Submit a link; return where the round is."""
    made = add(client, cast, url)
    assert made.status_code == 201, made.content
    body = {
        "enrollment_id": str(cast.enrollment.pk),
        "milestone_key": KEY,
        "evidence_ids": [made.json()["id"]],
    }
    response = client.post("/api/v1/submissions", body)
    assert response.status_code == 201, response.content
    return f"/api/v1/submissions/{response.json()['id']}"


def snapshot(client, path):
    return client.get(path).json()["evidence"][0]["snapshot"]


def packet(line):
    return f"{len(line) + 4:04x}{line}".encode()


def git(line, head):
    """A git host with one repository, whose pages are like a forge's."""
    path = head.split()[1]
    if not path.startswith("/lin/work.git/info/refs?service=git-upload-pack"):
        return line.sendall(answer(PAGE, content_type="text/html; charset=utf-8"))
    body = packet("# service=git-upload-pack\n") + b"0000"
    body += packet(f"{COMMITS['main']} HEAD\0multi_ack symref=HEAD:refs/heads/main\n")
    body += packet(f"{COMMITS['main']} refs/heads/main\n")
    body += packet(f"{COMMITS['x/y']} refs/heads/x/y\n") + packet(f"{'0' * 40} refs/tags/v1\n")
    body += packet(f"{COMMITS['v1']} refs/tags/v1^{{}}\n") + b"0000"
    return line.sendall(answer(body, content_type="application/x-git-upload-pack-advertisement"))


def test_a_submission_does_not_wait_and_then_shows_what_the_link_showed(cast, as_, admit):
    me = as_(cast.learner)
    with Server(answer(PAGE, content_type="text/html")) as end, Server(b"") as start:
        start.handler = redirect(f"{end.url}/final")
        client = admit(start, end)
        path = submitted(me, cast, f"{start.url}/work")
        assert not start.heads
        assert snapshot(me, path) == {
            "state": "pending",
            "reason": "",
            "fetched_at": None,
            "final_url": "",
            "status": None,
            "title": "",
            "sha256": "",
            "is_truncated": False,
            "commit": "",
        }
        assert take_snapshots(client=client, clock=lambda: NOW) == 1
        taken = {
            "state": "taken",
            "reason": "",
            "fetched_at": "2026-11-22T12:00:00Z",
            "final_url": f"{end.url}/final",
            "status": 200,
            "title": "A classifier & more",
            "sha256": hashlib.sha256(PAGE).hexdigest(),
            "is_truncated": False,
            "commit": "",
        }
        assert snapshot(as_(cast.mentor), path) == taken
        assert take_snapshots(client=client, clock=lambda: NOW) == 0
        assert len(end.heads) == 1
    page = me.get(f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{KEY}").json()
    assert page["submissions"][0]["evidence"][0]["snapshot"] == taken


def test_a_repository_is_frozen_with_its_commit(cast, as_, admit):
    me = as_(cast.learner)
    with Server(git) as forge:
        client = admit(forge)
        path = submitted(me, cast, f"{forge.url}/lin/work.git")
        take_snapshots(client=client, clock=lambda: NOW)
    assert snapshot(me, path)["commit"] == COMMITS["main"]


@pytest.mark.parametrize(("status", "title"), [("404 Not Found", ""), ("500 Oops", "")])
def test_an_answer_is_an_answer(cast, as_, admit, status, title):
    me = as_(cast.learner)
    with Server(answer(b"no", status=status)) as server:
        client = admit(server)
        path = submitted(me, cast, server.url)
        take_snapshots(client=client, clock=lambda: NOW)
    found = snapshot(me, path)
    assert (found["state"], found["status"], found["title"]) == ("taken", int(status[:3]), title)


def test_what_does_not_answer_is_tried_three_times_and_then_said(cast, as_, admit):
    me = as_(cast.learner)
    with Server(b"") as server:
        client, url = admit(server), server.url
    path, at = submitted(me, cast, url), NOW
    for wait in (dt.timedelta(minutes=2), dt.timedelta(minutes=30)):
        assert take_snapshots(client=client, clock=lambda: at) == 1  # noqa: B023
        found = snapshot(me, path)
        assert (found["state"], found["reason"]) == ("pending", "nothing answers there")
        assert take_snapshots(client=client, clock=lambda: at) == 0  # noqa: B023
        at += wait
    assert take_snapshots(client=client, clock=lambda: at) == 1
    found = snapshot(me, path)
    assert (found["state"], found["reason"]) == ("failed", "nothing answers there")
    assert take_snapshots(client=client, clock=lambda: at + DAY) == 0


def test_a_name_that_turns_out_to_be_internal_is_not_asked_and_that_is_said(cast, as_):
    import ipaddress

    me = as_(cast.learner)
    path = submitted(me, cast, "https://work.example.org/")
    client = Client(resolve=lambda host, port: [ipaddress.ip_address("10.0.0.1")])
    take_snapshots(client=client, clock=lambda: NOW)
    found = snapshot(me, path)
    assert found["state"] == "failed"
    assert found["reason"] == "the address leads inside a private network"


def test_a_run_that_died_is_made_up_for_and_what_it_still_writes_is_not_believed(cast, as_, admit):
    path = submitted(as_(cast.learner), cast, "https://work.example.org/")
    (lost,) = Snapshot.objects.select_related("frozen").take(now=NOW, limit=5)
    assert Snapshot.objects.take(now=NOW, limit=5) == []
    later = NOW + dt.timedelta(minutes=11)
    (again,) = Snapshot.objects.take(now=later, limit=5)
    assert not lost.settle(due_at=None, state="failed", fetched_at=NOW)
    assert again.settle(due_at=None, state="failed", fetched_at=later, reason="timed out")
    assert snapshot(as_(cast.mentor), path)["state"] == "failed"


def test_where_links_are_not_looked_at_nothing_is_due(cast, as_, settings):
    settings.CHECK_LINKS = False
    me = as_(cast.learner)
    assert snapshot(me, submitted(me, cast, "https://work.example.org/")) is None
    evidence = Evidence.objects.get()
    refused = me.put(f"/api/v1/evidence/{evidence.pk}/check")
    assert (refused.status_code, refused.json()["code"]) == (409, "links-not-checked")


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_row(cast, as_):
    for _ in range(20):
        add(as_(cast.learner), cast, "https://work.example.org/")
    LinkCheck.objects.update(due_at=NOW)

    def work():
        try:
            return [row.pk for row in LinkCheck.objects.take(now=NOW, limit=8)]
        finally:
            connection.close()

    taken = at_once(*[work] * 4)
    flat = [key for keys in taken for key in keys]
    assert len(flat) == len(set(flat)) == 20


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://10.1.2.3/a", "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::10.0.0.1]/",
        "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/",
        "http://localhost/", "http://localhost.:80/", "http://printer.local/", "http://redis:6379/",
        "http://127。0。0。1/", "http://①②⑦.0.0.1/", "http://127.0.0.1./",
        "http://example.org@127.0.0.1/", "http://example.org\\@127.0.0.1/", "http://user:pw@example.org/",
    ],
)  # fmt: skip
def test_a_link_to_an_internal_address_is_refused_in_every_spelling(cast, as_, url):
    response = add(as_(cast.learner), cast, url)
    assert response.status_code in {400, 422}, response.content
    assert "url" in {error["field"] for error in response.json()["errors"]}
    assert not Evidence.objects.exists()
    assert not LinkCheck.objects.exists()


def test_the_refusal_says_why(cast, as_):
    problem = add(as_(cast.learner), cast, "http://192.168.0.1/report").json()
    assert problem["code"] == "link-not-public"
    assert problem["detail"] == "This link leads to an address inside a private network."


def link(client, cast):
    path = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{KEY}"
    return client.get(path).json()["evidence"][0]["link"]


def look(client, at):
    LinkCheck.objects.filter(due_at__isnull=False).update(due_at=at)
    assert check_links(client=client, clock=lambda: at) == 1


def test_a_link_that_is_gone_twice_on_different_days_is_dead_and_its_learner_is_told(
    cast, as_, admit
):
    me = as_(cast.learner)
    with Server(answer(status="404 Not Found")) as server:
        client = admit(server)
        evidence = add(me, cast, server.url).json()
        assert evidence["link"] is None or evidence["link"]["state"] == "unchecked"
        look(client, NOW)
        assert link(me, cast)["state"] == "failing"
        look(client, NOW + HOUR)  # an hour later proves nothing
        assert link(me, cast)["state"] == "failing"
        look(client, NOW + DAY)
        dead = link(me, cast)
        assert (dead["state"], dead["reason"]) == ("dead", "the page is gone (404)")
        look(client, NOW + 8 * DAY)
        assert link(as_(cast.mentor), cast)["state"] == "dead"
        deliver(NOW + 8 * DAY)
        (told,) = with_words(list(cast.learner.notifications.filter(kind="link-died")))
        assert told.title == "“classifier” leads nowhere any more"
        assert told.url == f"/milestones/{KEY}"
        assert not Delivery.objects.get(kind="link-died").must_arrive

        server.handler = answer(b"back")
        look(client, NOW + 9 * DAY)
        assert link(me, cast)["state"] == "alive"
    kinds = list(OutboxEvent.objects.order_by("position").values_list("type", flat=True))
    assert kinds.count("evidence.link_died.v1") == kinds.count("evidence.link_revived.v1") == 1
    assert OutboxEvent.objects.get(type="evidence.link_died.v1").data == {"milestone": KEY}


def test_other_failures_count_three_times(cast, as_, admit):
    me = as_(cast.learner)
    with Server(answer(status="503 Busy")) as server:
        client = admit(server)
        add(me, cast, server.url)
        for day, state in enumerate(["failing", "failing", "dead"]):
            look(client, NOW + day * DAY)
            assert link(me, cast)["state"] == state


@pytest.mark.parametrize("status", ["401 Sign in", "403 No", "429 Slowly"])
def test_a_closed_door_is_a_door(cast, as_, admit, status):
    me = as_(cast.learner)
    with Server(answer(status=status)) as server:
        client = admit(server)
        add(me, cast, server.url)
        look(client, NOW)
    assert link(me, cast)["state"] == "alive"


def test_links_are_looked_at_a_week_apart_and_removed_ones_never(cast, as_, admit):
    me = as_(cast.learner)
    with Server(answer(b"here")) as server:
        client = admit(server)
        made = add(me, cast, server.url).json()
        first = LinkCheck.objects.get().due_at
        assert NOW + DAY <= first <= NOW + 7 * DAY
        look(client, NOW)
        assert LinkCheck.objects.get().due_at == NOW + 7 * DAY
        asked = len(server.heads)
        me.delete(f"/api/v1/evidence/{made['id']}")
        look(client, NOW + 7 * DAY)
        assert len(server.heads) == asked
    assert LinkCheck.objects.get().due_at is None


def test_the_learner_can_ask_for_another_look_but_not_all_the_time(cast, as_, admit):
    me = as_(cast.learner)
    with Server(answer(b"here")) as server:
        client = admit(server)
        path = f"/api/v1/evidence/{add(me, cast, server.url).json()['id']}/check"
        assert me.put(path).status_code == 200
        assert check_links(client=client, clock=lambda: NOW) == 1
        assert me.put(path).status_code == 200
        assert check_links(client=client, clock=lambda: NOW) == 0


def test_one_slow_host_does_not_hold_up_its_own_queue_for_long(cast, as_, admit, monkeypatch):
    from backend.outgoing import Limits
    from progress.checks import reading

    monkeypatch.setattr(reading, "GLANCE", Limits(seconds=0.3))
    me = as_(cast.learner)
    with Server(lambda line, head: line.recv(1)) as slow, Server(answer(b"here")) as quick:
        client = admit(slow, quick)
        for _ in range(5):
            add(me, cast, f"{slow.url}/{new_id()}")
        add(me, cast, quick.url)
        LinkCheck.objects.update(due_at=NOW)
        assert check_links(client=client, clock=lambda: NOW) == 6
        assert len(slow.heads) == 1
        assert len(quick.heads) == 1
    assert LinkCheck.objects.filter(checked_at=None, due_at=NOW + HOUR).count() == 4


def probe_path(cast):
    return f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{DEPLOYMENT}/probe"


def test_a_deployment_is_asked_every_hour_and_its_days_are_counted(cast, as_, admit):
    me = as_(cast.learner)
    with Server(answer(b"ok")) as server:
        client = admit(server)
        made = me.put(probe_path(cast), {"url": f"{server.url}/health"})
        assert made.status_code == 200, made.content
        assert (made.json()["live_days"], made.json()["of_days"]) == (0, 30)
        assert made.json()["is_up"] is None
        for hour in range(72):
            at = NOW + hour * HOUR
            server.handler = answer(b"ok") if hour < 36 else answer(status="500 Oops")
            assert run_probes(client=client, clock=lambda: at) == 1  # noqa: B023
            assert run_probes(client=client, clock=lambda: at) == 0  # noqa: B023
    with time_machine.travel(NOW + 72 * HOUR, tick=False):
        found = as_(cast.mentor).get(probe_path(cast)).json()
        page = me.get(probe_path(cast).removesuffix("/probe")).json()
    assert found["live_days"] == 2
    assert (found["is_up"], found["reason"]) == (False, "it answers 500")
    counted = [(day["ok"], day["failed"]) for day in found["days"] if day["ok"] or day["failed"]]
    assert counted == [(12, 0), (24, 0), (0, 24), (0, 12)]
    assert len(found["days"]) == 30
    assert page["probe"] == found


def test_another_url_is_another_deployment(cast, as_):
    me = as_(cast.learner)
    me.put(probe_path(cast), {"url": "https://one.example.org/"})
    probe = Probe.objects.get()
    ProbeDay.objects.create(probe=probe, day=NOW.date(), ok=3)
    assert me.put(probe_path(cast), {"url": "https://one.example.org/"}).json()["live_days"] == 1
    assert me.put(probe_path(cast), {"url": "https://two.example.org/"}).json()["live_days"] == 0
    assert me.delete(probe_path(cast)).status_code == 204
    assert me.delete(probe_path(cast)).status_code == 204
    assert me.get(probe_path(cast)).status_code == 404
    assert not ProbeDay.objects.exists()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1/", "link-not-public"),
        ("https://model.example.org:8443/", "link-not-public"),
        ("https://me:pw@model.example.org/", None),
        ("not a url", "invalid"),
    ],
)
def test_what_cannot_be_asked_is_refused(cast, as_, url, code):
    response = as_(cast.learner).put(probe_path(cast), {"url": url})
    assert response.status_code in {400, 422}
    assert response.json()["errors"][0]["field"] == "url"
    assert code is None or response.json()["code"] == code
    assert not Probe.objects.exists()


def test_only_deployments_have_one(cast, as_):
    path = f"/api/v1/enrollments/{cast.enrollment.pk}/milestones/{KEY}/probe"
    response = as_(cast.learner).put(path, {"url": "https://model.example.org/"})
    assert (response.status_code, response.json()["code"]) == (422, "not-a-deployment")


def test_after_completion_it_is_asked_for_thirty_days_more(cast, as_, admit):
    me = as_(cast.learner)
    with Server(answer(b"ok")) as server:
        client = admit(server)
        me.put(probe_path(cast), {"url": server.url})
        type(cast.enrollment).objects.update(state="completed", completed_at=NOW)
        assert run_probes(client=client, clock=lambda: NOW + 29 * DAY) == 1
        assert run_probes(client=client, clock=lambda: NOW + 31 * DAY) == 1
        assert len(server.heads) == 1
    assert Probe.objects.get().due_at is None
