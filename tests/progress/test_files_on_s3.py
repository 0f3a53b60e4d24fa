"""Files in storage that speaks S3: the real client, against a small server of the tests."""

import hashlib

import pytest
from botocore.config import Config

from progress.commands.sweep_files import sweep_files
from progress.models import Evidence
from tests.factories import NOW, new_id
from tests.progress.test_evidence_files import EVIDENCE, upload
from tests.progress.test_reviewing import code
from tests.s3_server import s3_server
from tests.uploads import PDF, png

pytestmark = pytest.mark.django_db


@pytest.fixture
def bucket(settings, tmp_path):
    with s3_server() as server:
        options = {
            "bucket_name": "files",
            "access_key": "a",
            "secret_key": "b",
            "endpoint_url": server.url,
            "region_name": "eu-west-1",
            "location": "evidence",
            "default_acl": None,
            "file_overwrite": True,
            "max_memory_size": 1024,
            "client_config": Config(
                connect_timeout=1,
                read_timeout=2,
                retries={"total_max_attempts": 1},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path"},
            ),
        }
        there = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        settings.STORAGES = {**settings.STORAGES, "evidence": there}
        settings.S3_BUCKET = "files"
        settings.UPLOADS_DIR = str(tmp_path / "uploads")
        yield server


def test_up_down_and_swept_away(as_, cast, bucket):
    me, piece, image = as_(cast.learner), new_id(), png(300, 300)
    made = upload(me, cast, image, piece=piece, name="a.png")
    assert made.status_code == 201, made.content
    sha256 = hashlib.sha256(image).hexdigest()
    assert bucket.objects == {f"evidence/{sha256[:2]}/{sha256}": image}
    got = as_(cast.mentor).get(f"{EVIDENCE}/{piece}/file")
    assert b"".join(got.streaming_content) == image
    bucket.objects["evidence/ab/" + "ab" * 32] = b"left over"
    assert sweep_files(now=NOW) == 1
    assert list(bucket.objects) == [f"evidence/{sha256[:2]}/{sha256}"]


def test_a_storage_that_is_away(as_, cast, bucket):
    me, piece = as_(cast.learner), new_id()
    bucket.break_down(True)
    assert code(upload(me, cast, PDF, piece=piece)) == (503, "storage-away")
    assert not Evidence.objects.exists()
    bucket.break_down(False)
    assert upload(me, cast, PDF, piece=piece).status_code == 201
    bucket.break_down(True)
    assert code(me.get(f"{EVIDENCE}/{piece}/file")) == (503, "storage-away")
    assert me.get(f"{EVIDENCE}/{piece}").status_code == 200
