"""Production starts with its secrets or not at all, and says what is missing."""

import os
import subprocess
import sys

import pytest

GOOD = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "waymark.example",
    "DATABASE_URL": "postgres://u:p@localhost:5432/waymark",
    "PUBLIC_URL": "https://waymark.example",
}
S3 = {"S3_BUCKET": "files", "S3_ACCESS_KEY_ID": "a", "S3_SECRET_ACCESS_KEY": "b"}
READ = "from backend import settings; print(settings.ENVIRONMENT, settings.DATABASES['default'])"


def start(**changes):
    environment = {"PATH": os.environ["PATH"], **GOOD, **changes}
    environment = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", READ], env=environment, capture_output=True, text=True, check=False
    )


def test_production_is_the_default():
    assert start(ENVIRONMENT=None).stdout.startswith("production")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "insecure-for-development-and-tests-only"}, "SECRET_KEY is the default"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is the default or too short"),
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS is missing"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is missing or '*'"),
        ({"DATABASE_URL": None}, "DATABASE_URL is missing"),
        ({"ENVIRONMENT": "prod"}, "can be production, development or test"),
        ({"S3_BUCKET": "files"}, "S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY is missing"),
        ({"S3_REGION": "eu-west-1"}, "S3_BUCKET and S3_ACCESS_KEY_ID and S3_SECRET"),
        ({**S3, "S3_ENDPOINT_URL": "minio:9000"}, "begins with http:// or https://"),
        ({"LOG_FORMAT": "xml"}, "can be json or console"),
        ({"OUTGOING_INTERNAL_HOSTS": "git.internal"}, "each is such as"),
        ({"VAPID_PRIVATE_KEY": "secret"}, "43 characters of base64url"),
        ({"POSTMARK_WEBHOOK_SECRET": "one-word-without-a-user"}, "such as user:password"),
        ({"POSTMARK_WEBHOOK_SECRET": "u:short"}, "use at least 16 characters"),
        ({"MAILGUN_WEBHOOK_SECRET": "short"}, "use at least 16 characters"),
    ],
)
def test_production_refuses_to_start(changes, said):
    result = start(**changes)
    assert result.returncode == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "process", [["manage.py", "check"], ["-m", "celery", "-A", "backend", "worker"]]
)
def test_a_refusal_is_one_sentence_in_every_process(process):
    environment = {"PATH": os.environ["PATH"], **GOOD, "SECRET_KEY": "short"}
    result = subprocess.run(
        [sys.executable, *process], env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert result.stderr.startswith("Waymark does not start. SECRET_KEY is the default or too")
    assert result.stderr.count("\n") == 1


def test_all_that_is_missing_is_said_at_once():
    result = start(SECRET_KEY=None, ALLOWED_HOSTS=None, DEBUG="true")
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DEBUG"):
        assert name in result.stderr


def test_a_socket_as_the_database():
    result = start(DATABASE_URL="postgres://me@%2Frun%2Fsocket-dir/waymark")
    assert "'HOST': '/run/socket-dir'" in result.stdout


def test_production_says_which_internal_hosts_it_admits():
    environment = {"PATH": os.environ["PATH"], **GOOD, "OUTGOING_INTERNAL_HOSTS": "git.lan:443"}
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "OUTGOING_INTERNAL_HOSTS admits git.lan:443" in result.stderr


def test_files_lie_in_a_folder_or_in_a_bucket():
    read = "from backend import settings; print(settings.STORAGES['evidence'])"

    def storage(**changes):
        environment = {"PATH": os.environ["PATH"], **GOOD, "VAR_DIR": "/srv/waymark", **changes}
        run = subprocess.run(
            [sys.executable, "-c", read],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout

    assert "/srv/waymark/evidence" in storage()
    assert "S3Storage" in storage(**S3)
    assert "'bucket_name': 'files'" in storage(**S3, S3_ENDPOINT_URL="https://s3.example.org")
