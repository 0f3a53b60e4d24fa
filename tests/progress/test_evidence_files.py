"""Files as evidence: up, kept once, down again, swept away."""

import datetime as dt
import errno
import hashlib
import io
import os
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from progress.commands.sweep_files import sweep_files
from progress.files import LARGEST_FILE
from progress.models import Evidence, StoredFile
from tests.at_once import at_once
from tests.factories import NOW, new_id
from tests.progress.test_reviewing import APPROVE, SUBMISSIONS, code, submit
from tests.uploads import GOOD, NOTEBOOK, PDF, REFUSED

pytestmark = pytest.mark.django_db
EVIDENCE = "/api/v1/evidence"
ONE, OTHER = "python-programming", "mathematics-and-statistics"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Storage of this test alone; return where it is."""
    location = {"location": str(tmp_path / "evidence")}
    local = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": location}
    settings.STORAGES = {**settings.STORAGES, "evidence": local}
    settings.UPLOADS_DIR = str(tmp_path / "uploads")
    return tmp_path / "evidence"


def upload(client, cast, data, *, name="report.pdf", piece="", keys=(ONE,), **fields):
    form = {
        "enrollment_id": str(cast.enrollment.pk),
        "milestone_keys": list(keys),
        "file": SimpleUploadedFile(name, data, "text/html"),
        **fields,
    }
    return client.put(f"{EVIDENCE}/{piece or new_id()}/file", form, format="multipart")


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_up_and_down(as_, cast, folder):
    me, piece = as_(cast.learner), new_id()
    made = upload(me, cast, PDF, piece=piece, keys=[ONE, OTHER], title="My thesis")
    assert made.status_code == 201, made.content
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert made.json() == {
        "id": piece,
        "enrollment_id": str(cast.enrollment.pk),
        "milestone_keys": [OTHER, ONE],
        "kind": "file",
        "title": "My thesis",
        "url": "",
        "text": "",
        "link": None,
        "file": {
            "name": "report.pdf",
            "size": len(PDF),
            "media_type": "application/pdf",
            "sha256": sha256,
        },
        "created_at": "2026-11-22T12:00:00Z",
    }
    assert files_in(folder) == [sha256]
    for person in (cast.learner, cast.mentor, cast.admin):
        got = as_(person).get(f"{EVIDENCE}/{piece}/file")
        assert (got.status_code, b"".join(got.streaming_content)) == (200, PDF)
    for person in (cast.stranger, cast.other_mentor):
        assert as_(person).get(f"{EVIDENCE}/{piece}/file").status_code == 404


def test_it_comes_as_an_attachment_that_runs_nothing(as_, cast):
    me, piece = as_(cast.learner), new_id()
    upload(me, cast, PDF, piece=piece, name="Zeugnis für\u202e Łukasz.html")
    got = me.get(f"{EVIDENCE}/{piece}/file")
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Length"] == str(len(PDF))
    assert got["Content-Disposition"].startswith("attachment; filename*=utf-8''Zeugnis%20f%C3%BCr")
    assert got["Content-Disposition"].endswith(".html.pdf")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got["Cross-Origin-Resource-Policy"] == "same-origin"
    assert got["Cache-Control"] == "private, no-cache"
    same = me.get(f"{EVIDENCE}/{piece}/file", headers={"if-none-match": got["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", got["ETag"])
    assert as_(cast.mentor).head(f"{EVIDENCE}/{piece}").status_code == 200


@pytest.mark.parametrize("media_type", GOOD)
def test_every_type(as_, cast, media_type):
    made = upload(as_(cast.learner), cast, GOOD[media_type], name="thing").json()
    assert made["file"]["media_type"] == media_type
    assert made["title"] == made["file"]["name"]


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_hostile_files_leave_nothing(as_, cast, folder, name):
    data, said = REFUSED[name]
    assert code(upload(as_(cast.learner), cast, data, name="photo.png")) == (422, said)
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()
    assert files_in(folder.parent) == []


def test_one_byte_too_many(as_, cast, folder):
    much = PDF + b" " * (LARGEST_FILE + 1 - len(PDF) - 6) + b"%%EOF\n"
    assert code(upload(as_(cast.learner), cast, much)) == (413, "file-too-large")
    most = much[:-7] + much[-6:]
    assert upload(as_(cast.learner), cast, most).status_code == 201
    assert Evidence.objects.get().content.size == LARGEST_FILE


def test_far_too_large_is_refused_unread(as_, cast):
    me = as_(cast.learner)

    class Unread(io.RawIOBase):
        def read(self, *_):
            raise AssertionError("The body was read.")

    answer = me.generic(
        "PUT",
        f"{EVIDENCE}/{new_id()}/file",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(10**10),
        **{"wsgi.input": Unread()},
    )
    assert code(answer) == (413, "file-too-large")


def test_an_upload_that_breaks_off_leaves_nothing(as_, cast, folder):
    fields = {"enrollment_id": str(cast.enrollment.pk), "milestone_keys": [ONE]}
    file = SimpleUploadedFile("a.pdf", PDF)
    whole = RequestFactory().post("/", {**fields, "file": file}).body
    me, kind = as_(cast.learner), "multipart/form-data; boundary=BoUnDaRyStRiNg"
    for size in range(0, len(whole), 37):
        answer = me.generic(
            "PUT",
            f"{EVIDENCE}/{new_id()}/file",
            content_type=kind,
            CONTENT_LENGTH=str(len(whole)),
            **{"wsgi.input": io.BytesIO(whole[:size])},
        )
        assert answer.status_code == 400, (size, answer.content)
    assert not Evidence.objects.exists()
    assert files_in(folder.parent) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"milestone_keys": []},
        {"enrollment_id": "x"},
        {"file": "not a file"},
        {"extra": "1"},
        {"title": "x" * 201},
        {"title": "a\0b"},
        {"other": SimpleUploadedFile("b.pdf", PDF)},
        {f"f{n}": "1" for n in range(1_001)},
    ],
)
def test_wrong_forms(as_, cast, folder, wrong):
    assert upload(as_(cast.learner), cast, PDF, **wrong).status_code == 400
    assert not Evidence.objects.exists()
    assert files_in(folder.parent) == []


def test_a_form_is_needed(as_, cast):
    me = as_(cast.learner)
    assert code(me.put(f"{EVIDENCE}/{new_id()}/file", {})) == (415, "unsupported-media-type")
    bad = me.generic("PUT", f"{EVIDENCE}/{new_id()}/file", b"x", "multipart/form-data")
    assert code(bad) == (400, "malformed")


def test_refusals_of_the_way_leave_no_file(as_, cast, folder):
    me = as_(cast.learner)
    assert code(upload(me, cast, PDF, keys=["nonsense"])) == (422, "not-on-the-way")
    assert upload(as_(cast.stranger), cast, PDF).status_code == 404
    assert code(upload(as_(cast.admin), cast, PDF)) == (403, "not-your-enrollment")
    assert files_in(folder.parent) == []


def test_sending_again_is_harmless(as_, cast, folder):
    me, piece = as_(cast.learner), new_id()
    first = upload(me, cast, PDF, piece=piece)
    assert upload(me, cast, PDF, piece=piece).json() == first.json()
    assert upload(me, cast, PDF, piece=piece).status_code == 200
    assert code(upload(me, cast, NOTEBOOK, piece=piece)) == (409, "evidence-id-taken")
    assert code(upload(me, cast, PDF, piece=piece, name="b.pdf")) == (409, "evidence-id-taken")
    assert files_in(folder) == [first.json()["file"]["sha256"]]


def test_the_same_content_is_stored_once(as_, cast, folder):
    assert upload(as_(cast.learner), cast, PDF, name="a.pdf").status_code == 201
    assert upload(as_(cast.learner), cast, PDF, name="b.pdf").status_code == 201
    assert [row.file_name for row in Evidence.objects.order_by("id")] == ["a.pdf", "b.pdf"]
    assert len(files_in(folder)) == StoredFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_content_at_once(as_, cast, folder):
    def one(name):
        return lambda: upload(as_(cast.learner), cast, PDF, name=f"{name}.pdf").status_code

    assert at_once(*map(one, "abcd")) == [201] * 4
    assert len(files_in(folder)) == StoredFile.objects.count() == 1
    assert Evidence.objects.count() == 4


def test_a_round_keeps_its_file(as_, cast, folder, clock):
    me, mentor, piece = as_(cast.learner), as_(cast.mentor), new_id()
    upload(me, cast, PDF, piece=piece, title="My thesis")
    made = submit(me, cast.enrollment, evidence=[piece]).json()
    mentor.put(f"{SUBMISSIONS}/{made['id']}/claim")
    mentor.post(f"{SUBMISSIONS}/{made['id']}/decision", APPROVE)
    assert me.delete(f"{EVIDENCE}/{piece}").status_code == 204
    sweep_files(now=NOW + dt.timedelta(days=100))
    [frozen] = mentor.get(f"{SUBMISSIONS}/{made['id']}").json()["evidence"]
    assert (frozen["title"], frozen["file"]["name"]) == ("My thesis", "report.pdf")
    assert frozen["file"]["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert mentor.get(f"{EVIDENCE}/{piece}").status_code == 404
    for client in (me, mentor):
        got = client.get(f"{EVIDENCE}/{piece}/file")
        assert b"".join(got.streaming_content) == PDF
    assert as_(cast.stranger).get(f"{EVIDENCE}/{piece}/file").status_code == 404


def test_removed_files_are_swept_after_a_day(as_, cast, folder):
    me, piece = as_(cast.learner), new_id()
    upload(me, cast, PDF, piece=piece)
    me.delete(f"{EVIDENCE}/{piece}")
    assert me.get(f"{EVIDENCE}/{piece}/file").status_code == 404
    assert sweep_files(now=NOW + dt.timedelta(hours=23)) == 0
    assert sweep_files(now=NOW + dt.timedelta(hours=25)) == 1
    assert sweep_files(now=NOW + dt.timedelta(hours=25)) == 0
    assert files_in(folder) == []
    assert not StoredFile.objects.exists()
    # a phone that sends it again brings nothing back
    assert upload(me, cast, PDF, piece=piece).status_code == 200
    assert me.get(EVIDENCE).json()["results"] == []


def test_left_over_uploads_are_swept(folder):
    uploads = Path(settings.UPLOADS_DIR)
    uploads.mkdir(parents=True)
    old, new = uploads / "tmpa.upload.pdf", uploads / "tmpb.upload"
    for path, age in ((old, 2), (new, 0)):
        path.write_bytes(b"%PDF-")
        when = NOW.timestamp() - age * 86_400
        os.utime(path, (when, when))
    sweep_files(now=NOW)
    assert files_in(uploads) == ["tmpb.upload"]


@pytest.mark.django_db(transaction=True)
def test_a_sweep_and_an_upload_at_once(as_, cast, folder):
    """Whoever comes first: what is acknowledged can be read."""
    me = as_(cast.learner)
    for _ in range(5):
        gone = new_id()
        upload(me, cast, PDF, piece=gone)
        me.delete(f"{EVIDENCE}/{gone}")
        piece = new_id()
        answers = at_once(
            lambda piece=piece: upload(as_(cast.learner), cast, PDF, piece=piece).status_code,
            lambda: sweep_files(now=NOW + dt.timedelta(days=2)) and 0,
        )
        assert 201 in answers
        assert b"".join(me.get(f"{EVIDENCE}/{piece}/file").streaming_content) == PDF
        me.delete(f"{EVIDENCE}/{piece}")


def test_half_a_file_is_stored_anew(as_, cast, folder):
    me, sha256 = as_(cast.learner), hashlib.sha256(PDF).hexdigest()
    path = folder / sha256[:2] / sha256
    path.parent.mkdir(parents=True)
    path.write_bytes(PDF[:10])
    assert upload(me, cast, PDF).status_code == 201
    assert path.read_bytes() == PDF


@pytest.mark.parametrize(
    ("number", "answer"),
    [(errno.ENOSPC, (507, "storage-full")), (errno.EIO, (503, "storage-away"))],
)
@pytest.mark.parametrize("where", ["an upload comes in", "it is stored"])
def test_a_full_or_broken_disk(as_, cast, folder, monkeypatch, number, answer, where):
    from django.core.files.storage import FileSystemStorage
    from django.core.files.uploadhandler import TemporaryFileUploadHandler

    def fail(*_, **__):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        if where == "it is stored":
            patch.setattr(FileSystemStorage, "_save", fail)
        else:
            patch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", fail)
        refused = upload(as_(cast.learner), cast, PDF)
    assert code(refused) == answer
    assert ("Retry-After" in refused) is (answer[0] == 503)
    assert not Evidence.objects.exists()
    assert files_in(folder.parent) == []
    assert upload(as_(cast.learner), cast, PDF).status_code == 201


def test_a_lost_file_is_said(as_, cast, folder):
    me, piece = as_(cast.learner), new_id()
    made = upload(me, cast, PDF, piece=piece).json()
    sha256 = made["file"]["sha256"]
    (folder / sha256[:2] / sha256).unlink()
    assert code(me.get(f"{EVIDENCE}/{piece}/file")) == (503, "storage-away")


def test_links_have_no_file(as_, cast):
    me = as_(cast.learner)
    link = {
        "id": new_id(),
        "enrollment_id": str(cast.enrollment.pk),
        "milestone_keys": [ONE],
        "url": "https://example.org/",
        "title": "a",
    }
    me.post(EVIDENCE, link)
    assert me.get(f"{EVIDENCE}/{link['id']}/file").status_code == 404
