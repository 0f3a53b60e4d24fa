"""The Dockerfile and docker-compose.yml hold together, as far as can be seen without Docker."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from backend.embedded import configuration, waymark
from backend.embedded.configuration import PROJECT

OURS = {"web", "worker", "mailer", "pusher", "checker", "beat", "relay", "migrate"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((PROJECT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return re.sub(r"\\\n\s*", "", (PROJECT / "Dockerfile").read_text())


def test_every_process_is_there_with_what_it_needs(compose: dict[str, Any]) -> None:
    assert compose["services"].keys() == OURS | {"postgres", "valkey", "mail"}
    for name in OURS - {"migrate"}:
        service = compose["services"][name]
        assert service["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert compose["services"]["migrate"]["restart"] == "no"
    assert compose["services"]["postgres"]["image"] == "postgres:18"


def test_containers_run_the_processes_of_make_run(
    compose: dict[str, Any], dockerfile: str, tmp_path: Path
) -> None:
    def words(argv: object) -> set[str]:
        """The words that say what runs, without places, ports and interpreters."""
        return {word for word in map(str, argv) if re.fullmatch(r"[a-z][a-z.]+(:\w+)?", word)}

    chosen = configuration.read({"VAR_DIR": str(tmp_path)})
    commands = waymark.long_running(chosen, {})
    embedded = {name: command().argv for name, command in commands.items()}
    web = yaml.safe_load(re.findall(r"^CMD (.*)$", dockerfile, re.MULTILINE)[-1])
    assert words(web) == words(embedded["web"])
    for name in ("worker", "mailer", "pusher", "checker", "beat", "relay"):
        command = set(map(str, compose["services"][name]["command"]))
        assert words(command) - {"python", "manage.py"} == words(embedded[name]), name


def test_every_name_in_the_environment_is_one_that_the_settings_read(
    compose: dict[str, Any],
) -> None:
    settings = (PROJECT / "backend" / "settings.py").read_text()
    for name in compose["services"]["web"]["environment"]:
        if name.startswith(("GOOGLE_", "GITHUB_")):
            name = name.partition("_")[0]  # noqa: PLW2901 - settings add the rest
        if name.endswith("_WEBHOOK_SECRET"):
            name = name.removesuffix("_WEBHOOK_SECRET").lower()  # noqa: PLW2901 - and here
        assert f'"{name}"' in settings, name


def test_every_name_of_the_readme_reaches_the_containers(compose: dict[str, Any]) -> None:
    """But for what the image decides, and what never belongs in production."""
    readme = (PROJECT / "README.md").read_text()
    table = readme.partition("## Configuration")[2].partition("\n## ")[0]
    cells = [line.split("|")[1].replace("…", "WEBHOOK_SECRET") for line in table.splitlines()[5:]]
    names = {name for cell in cells for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", cell)}
    assert len(names) > 25
    assert names - {"PORT", "VAR_DIR", "DEBUG"} <= compose["services"]["web"]["environment"].keys()


def test_production_wants_a_secret_of_its_own(compose: dict[str, Any]) -> None:
    environment = compose["services"]["web"]["environment"]
    assert environment["ENVIRONMENT"] == "production"
    assert environment["SECRET_KEY"].startswith("${SECRET_KEY:?")


def test_the_image_is_staged_checks_itself_and_runs_as_nobody_special(dockerfile: str) -> None:
    stages = dockerfile.split("\nFROM ")
    assert len(stages) == 4
    last = stages[-1]
    assert "USER 10001:10001" in last
    assert "HEALTHCHECK" in last
    assert last.index("USER") < last.index("HEALTHCHECK") < last.rindex("CMD")
    assert "--require-hashes" in dockerfile
    assert ":latest" not in dockerfile


def test_what_the_image_is_made_of_exists_and_is_not_ignored(dockerfile: str) -> None:
    admitted = {
        line[1:] for line in (PROJECT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    sources = [
        source.rstrip("/")
        for line in re.findall(r"^COPY (?!--from)(.*)$", dockerfile, re.MULTILINE)
        for source in line.split()[:-1]
    ]
    assert sources
    for source in sources:
        assert (PROJECT / source).exists(), source
        assert any(Path(source).is_relative_to(each) for each in admitted), source


def test_every_queue_has_a_worker(tmp_path: Path) -> None:
    """A queue that only one of `make run`'s commands would name, or none, would never be served."""
    commands = waymark.long_running(configuration.read({"VAR_DIR": str(tmp_path)}), {})
    served: list[str] = []
    for command in commands.values():
        argv = list(map(str, command().argv))
        if "-Q" in argv:
            served += argv[argv.index("-Q") + 1].split(",")
    assert sorted(served) == sorted(settings.CELERY_TASK_QUEUES)
