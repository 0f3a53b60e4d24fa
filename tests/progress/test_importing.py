"""Past work from a CSV: previewed, imported as one, undone as one; and the log taken along."""

import csv
import datetime as dt
import io
import json

import pytest
import time_machine

from progress.commands.enroll import enroll
from progress.models import LogEntry, LogImport, LogVoid, MilestoneProgress, OutboxEvent
from tests.at_once import at_once
from tests.factories import NOW, make_edition, make_enrollment, make_person, new_id
from tests.progress.test_timeline import log, types
from tests.progress.test_upgrading import publish_second

pytestmark = pytest.mark.django_db
KEY = "python-programming"
A_UUID = "01a20b78-a05f-702e-9e5b-8942d59a8ade"
GOOD = f"""day,minutes,milestone,note
2020-03-01,90,{KEY},"Lists, dicts"
2020-03-01,1.0,Programming in Python,
2021-05-06,60,problem-solving,=1+1
"""


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def way(cast, clock):
    return f"/api/v1/enrollments/{cast.enrollment.pk}"


@pytest.fixture
def me(as_, cast):
    return as_(cast.learner)


def preview(client, way, text):
    response = client.post(f"{way}/import-previews", {"text": text})
    assert response.status_code == 200, response.content
    assert not LogImport.objects.exists()
    return response.json()


def bring(client, way, text, **extra):
    return client.post(f"{way}/imports", {"id": new_id(), "text": text, **extra})


def refusals(found):
    return [(r["line"], r["field"], r["code"]) for r in found["rows"] if r["verdict"] == "refused"]


def rows(*lines):
    return "day,minutes,milestone,note\n" + "\n".join(lines) + "\n"


def exported(client, way, **query):
    response = client.get(f"{way}/log.csv", query)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return b"".join(response.streaming_content)


def test_a_preview_says_what_would_be(me, way):
    found = preview(me, way, GOOD)
    assert found["columns"] == [
        {"name": name, "read_as": name} for name in ("day", "minutes", "milestone", "note")
    ]
    sums = ("encoding", "delimiter", "accepted", "duplicates", "refused", "minutes")
    assert [found[name] for name in sums] == ["utf-8", ",", 3, 0, 0, 151]
    assert (found["first_day"], found["last_day"]) == ("2020-03-01", "2021-05-06")
    assert found["rows"][1] == {
        "line": 3,
        "verdict": "accepted",
        "day": "2020-03-01",
        "minutes": 1,
        "milestone": {"key": KEY, "title": "Programming in Python"},
        "note": "",
        "field": "",
        "code": "",
        "reason": "",
    }
    assert not LogEntry.objects.exists()


def test_an_import_is_entries_and_one_event(me, cast, way):
    response = bring(me, way, GOOD)
    assert response.status_code == 201, response.content
    made = response.json()
    assert (made["entries"], made["minutes"], made["undone_at"]) == (3, 151, None)
    entries = LogEntry.objects.filter(log_import=made["id"])
    assert set(entries.values_list("source", "time_zone")) == {("import", "UTC")}
    assert set(MilestoneProgress.objects.values_list("milestone_key", "work")) == {
        (KEY, "doing"),
        ("problem-solving", "doing"),
    }
    event = OutboxEvent.objects.get(type="log_import.applied.v1")
    assert event.data == {
        "entries": 3,
        "minutes": 151,
        "first_day": "2020-03-01",
        "last_day": "2021-05-06",
    }
    assert not OutboxEvent.objects.filter(type__startswith="log_entry.").exists()
    assert types(me, f"{way}/timeline", group="log") == ["log_import.applied"]
    assert me.get(f"{way}/imports").json()["results"] == [made]
    assert me.get(f"/api/v1/imports/{made['id']}").json() == made


def test_sent_again_it_is_one(me, way):
    body = {"id": new_id(), "text": GOOD}
    first, second = me.post(f"{way}/imports", body), me.post(f"{way}/imports", body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert LogEntry.objects.count() == 3
    other = me.post(f"{way}/imports", {**body, "text": GOOD + "\n"})
    assert (other.status_code, other.json()["code"]) == (409, "import-id-taken")


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once_import_once(me, as_, cast, way):
    body = {"id": new_id(), "text": GOOD}
    answers = at_once(
        *[lambda: as_(cast.learner).post(f"{way}/imports", body).status_code for _ in range(2)]
    )
    assert sorted(answers) == [200, 201]
    assert LogEntry.objects.count() == 3


def test_a_file_as_it_is(me, way):
    file = GOOD.replace(",", ";").replace('"Lists; dicts"', "größe").encode("utf-16")
    send = {"content_type": "text/csv"}
    found = me.generic("POST", f"{way}/import-previews", file, **send).json()
    assert (found["encoding"], found["delimiter"], found["accepted"]) == ("utf-16", ";", 3)
    url = f"{way}/imports?id={new_id()}&skip_refused=true"
    made = me.generic("POST", url, file, headers={"Idempotency-Key": "k"}, **send)
    assert made.status_code == 201, made.content
    other = me.generic(
        "POST", f"{way}/imports?id={new_id()}", file, headers={"Idempotency-Key": "k"}, **send
    )
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert LogEntry.objects.filter(note="größe").exists()


@pytest.mark.parametrize(
    ("query", "field"),
    [("", "id"), ("?id=1", "id"), (f"?id={A_UUID}&skip=true", "skip")],
)
def test_a_file_without_what_it_needs(me, way, query, field):
    response = me.generic("POST", f"{way}/imports{query}", GOOD, content_type="text/csv")
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == field


def test_undone_as_one(me, cast, way):
    log(me, cast.enrollment)
    made = bring(me, way, GOOD).json()
    undone = me.delete(f"/api/v1/imports/{made['id']}")
    assert undone.status_code == 200, undone.content
    assert undone.json()["undone_at"] == "2026-11-22T12:00:00Z"
    assert me.delete(f"/api/v1/imports/{made['id']}").json() == undone.json()
    assert LogEntry.objects.count() == 4
    assert LogEntry.objects.standing().get().minutes == 45
    assert LogVoid.objects.count() == 3
    told = me.get(f"{way}/timeline", {"group": "log"}).json()["results"]
    assert [(one["type"], one["undone"]) for one in told[:2]] == [
        ("log_import.undone.v1", False),
        ("log_import.applied.v1", True),
    ]
    assert me.get(f"{way}/map").json()["week"]["minutes"] == 45
    assert bring(me, way, GOOD).status_code == 201  # what was voided is no duplicate


def test_undoing_leaves_what_was_voided_or_corrected_before(me, cast, way):
    made = bring(me, way, GOOD).json()
    wrong = LogEntry.objects.get(minutes=90)
    corrected = {
        "id": new_id(),
        "enrollment_id": str(cast.enrollment.pk),
        "milestone_key": KEY,
        "day": "2026-11-22",
        "minutes": 95,
        "note": "",
        "replaces": str(wrong.pk),
    }
    assert me.post("/api/v1/log-entries", corrected).status_code == 201
    me.delete(f"/api/v1/imports/{made['id']}")
    assert LogEntry.objects.standing().get().minutes == 95
    event = OutboxEvent.objects.get(type="log_import.undone.v1")
    assert event.data == {"entries": 2, "minutes": 61}


def test_a_refused_row_refuses_all_unless_it_may_be_skipped(me, way):
    text = GOOD + "2027-01-01,5,problem-solving,\n2020-01-01,5,no-such-thing,\n"
    assert refusals(preview(me, way, text)) == [
        (5, "day", "in-future"),
        (6, "milestone", "not-on-the-way"),
    ]
    refused = bring(me, way, text)
    assert (refused.status_code, refused.json()["code"]) == (422, "import-refused")
    assert [error["line"] for error in refused.json()["errors"]] == [5, 6]
    assert not LogEntry.objects.exists()
    made = bring(me, way, text, skip_refused=True).json()
    assert (made["entries"], made["refused"]) == (3, 2)


def test_a_day_has_24_hours_in_the_file_and_with_the_log(me, cast, way):
    log(me, cast.enrollment, minutes=600)
    text = rows(
        f"2026-11-22,840,{KEY},",
        f"2026-11-22,1,{KEY},",
        f"2026-11-21,1440,{KEY},",
        "2026-11-21,1,problem-solving,",
    )
    found = preview(me, way, text)
    assert refusals(found) == [(3, "minutes", "day-full"), (5, "minutes", "day-full")]
    assert "1440 minutes already" in found["rows"][1]["reason"]


def test_days_of_the_learners_other_ways_count_too(me, cast, way):
    pathway = make_edition("data-engineering/1").pathway
    track, role = "platform", "platform-engineer"
    other = enroll(
        person=cast.learner,
        pathway=pathway,
        track=track,
        role=role,
        target_date=None,
        weekly_minutes=60,
        now=NOW,
    )
    log(me, other, key="command-line-and-git", minutes=1440)
    assert refusals(preview(me, way, rows(f"2026-11-22,1,{KEY},"))) == [(2, "minutes", "day-full")]


def test_how_far_back(me, way):
    found = preview(me, way, rows(f"2016-11-30,5,{KEY},", f"2016-10-01,5,{KEY},"))
    assert refusals(found) == [(3, "day", "too-early")]


def test_today_is_where_the_learner_is(as_, clock):
    samoa = make_person("Sefa", time_zone="Pacific/Apia")
    way = f"/api/v1/enrollments/{make_enrollment(samoa).pk}"
    found = preview(as_(samoa), way, rows(f"2026-11-23,5,{KEY},", f"2026-11-24,5,{KEY},"))
    assert refusals(found) == [(3, "day", "in-future")]


def test_duplicates_are_counted_off(me, cast, way):
    for _ in range(2):
        log(me, cast.enrollment)
    line = f"2026-11-22,45,{KEY},A note"
    found = preview(me, way, rows(line, line, line))
    assert [row["verdict"] for row in found["rows"]] == ["duplicate", "duplicate", "accepted"]
    nothing = bring(me, way, rows(line, line))
    assert (nothing.status_code, nothing.json()["code"]) == (422, "nothing-to-import")


def test_paused_days_are_refused(me, way):
    paused = me.post(f"{way}/pauses", {"starts_on": "2026-11-22", "ends_on": None, "reason": ""})
    assert paused.status_code == 201, paused.content
    found = preview(me, way, rows(f"2026-11-21,5,{KEY},", f"2026-11-22,5,{KEY},"))
    assert refusals(found) == [(3, "day", "paused")]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", None, None),
        ("note\nhello\n", "column-missing", 1),
        ('day,minutes,milestone\n2026-01-01,5,"open', "quote", 2),
        ("day,minutes,milestone\n" + "2026-01-01,5,x\n" * 10_001, "too-many-rows", 10_002),
        ("day,minutes,milestone,note\n2026-01-01,5,x," + "n" * 12_001, "cell-too-long", 2),
    ],
)
def test_files_that_can_not_be_read(me, way, text, code, line):
    for where, extra in (("import-previews", {}), ("imports", {"id": new_id()})):
        response = me.post(f"{way}/{where}", {"text": text, **extra})
        error = response.json()["errors"][0]
        if code is None:
            assert response.status_code == 400
        else:
            assert (response.status_code, response.json()["code"]) == (422, "csv-unreadable")
            assert (error["field"], error["code"], error["line"]) == ("text", code, line)
    assert not LogEntry.objects.exists()


def test_a_file_that_is_too_large_hears_of_its_own_limit(me, way):
    url, body = f"{way}/import-previews", b"x" * (5 * 1024 * 1024 + 1)
    answer = me.generic("POST", url, body, content_type="text/csv")
    assert answer.json()["detail"] == "The file is larger than 5 MiB."


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"day,minutes,milestone\n2026-01-01,5,gr\xf6\xdfe\n", 422, "csv-unreadable"),
        (b"day,minutes,milestone\n2026-01-01,5,a\0\n", 422, "csv-unreadable"),
        (b"x" * (5 * 1024 * 1024 + 1), 413, "too-large"),
        (b"", 400, "invalid"),
    ],
)
@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "k"}])
def test_bytes_that_can_not_be_read(me, way, body, status, code, key):
    for url in (f"{way}/import-previews", f"{way}/imports?id={new_id()}"):
        response = me.generic("POST", url, body, content_type="text/csv", headers=key)
        assert (response.status_code, response.json()["code"]) == (status, code)
    assert not LogEntry.objects.exists()


def test_someone_elses(as_, cast, way, me):
    made = bring(me, way, GOOD).json()["id"]
    for person, status in ((cast.stranger, 404), (cast.mentor, 404), (cast.admin, 403)):
        assert bring(as_(person), way, GOOD).status_code == status
        assert as_(person).delete(f"/api/v1/imports/{made}").status_code == status
    assert as_(cast.mentor).get(f"/api/v1/imports/{made}").status_code == 200
    stolen = {"id": made, "text": GOOD}
    strangers = cast.stranger.enrollments.get()
    taken = as_(cast.stranger).post(f"/api/v1/enrollments/{strangers.pk}/imports", stolen)
    assert (taken.status_code, taken.json()["code"]) == (409, "import-id-taken")


def test_the_log_comes_back_as_duplicates_only(me, cast, way):
    log(me, cast.enrollment, note='=SUM(A1)\n; a, "b"')
    log(me, cast.enrollment, note="'=no formula", key="limits-of-a-model")
    log(me, cast.enrollment, note="", minutes=1)
    log(me, cast.enrollment, note="", minutes=1)
    publish_second()  # one key moves, one is gone
    assert me.post(f"{way}/upgrade", {"edition": 2}).status_code == 201
    file = exported(me, way)
    cells = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    assert '\'=SUM(A1)\n; a, "b"' in [row[8] for row in cells]
    found = me.generic("POST", f"{way}/import-previews", file, content_type="text/csv").json()
    assert (found["accepted"], found["duplicates"], found["refused"]) == (0, 4, 0)


def test_the_log_as_csv_and_json(me, as_, cast, way):
    entry = log(me, cast.enrollment)
    gone = log(me, cast.enrollment, key="problem-solving")
    void = {"id": new_id(), "enrollment_id": str(cast.enrollment.pk), "entry_id": gone["id"]}
    assert me.post("/api/v1/log-voids", {**void, "reason": ""}).status_code == 201
    (row,) = csv.DictReader(io.StringIO(exported(as_(cast.mentor), way).decode("utf-8-sig")))
    assert row == {
        "id": entry["id"],
        "day": "2026-11-22",
        "time_zone": "UTC",
        "minutes": "45",
        "milestone_key": KEY,
        "milestone": "Programming in Python",
        "stage": row["stage"],
        "kind": "skill",
        "note": "A note",
        "source": "web",
        "created_at": "2026-11-22T12:00:00Z",
        "voided_at": "",
    }
    response = me.get(f"{way}/log.json", {"voided": "true"}, headers={"Accept": "text/html"})
    whole = json.loads(b"".join(response.streaming_content))
    assert whole["enrollment_id"] == str(cast.enrollment.pk)
    assert [one["voided_at"] is None for one in whole["entries"]] == [True, False]
    assert whole["entries"][0]["stage"] == row["stage"] != ""
    wrong = me.get(f"{way}/log.csv", {"voided": "perhaps"})
    assert (wrong.status_code, wrong["Content-Type"]) == (400, "application/problem+json")


def test_ten_thousand_rows_with_few_queries(me, cast, way, django_assert_max_num_queries):
    start = dt.date(2018, 1, 1)
    text = rows(
        *(f"{start + dt.timedelta(days=n % 3000)},{1 + n % 60},{KEY},n{n}" for n in range(10_000))
    )
    with django_assert_max_num_queries(30):
        made = bring(me, way, text)
    assert (made.status_code, made.json()["entries"]) == (201, 10_000)
    with django_assert_max_num_queries(20):
        assert me.delete(f"/api/v1/imports/{made.json()['id']}").status_code == 200
    assert not LogEntry.objects.standing().exists()
