"""What the children are told."""

from pathlib import Path

from backend.embedded import configuration

SERVERS = {"database_url": "postgres://a@b/c", "redis_url": "unix:///d"}


def test_a_development_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    chosen = configuration.read({"VAR_DIR": str(tmp_path)})
    first = chosen.for_children(**SERVERS)
    second = chosen.for_children(**SERVERS)
    assert first["ENVIRONMENT"] == "development"
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) > 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_production_gets_no_secret_of_our_making(tmp_path: Path) -> None:
    chosen = configuration.read({"VAR_DIR": str(tmp_path), "ENVIRONMENT": "production"})
    assert "SECRET_KEY" not in chosen.for_children(**SERVERS)
    assert list(tmp_path.iterdir()) == []


def test_what_the_environment_says_goes_before_what_we_would_say(tmp_path: Path) -> None:
    chosen = configuration.read(
        {
            "VAR_DIR": str(tmp_path),
            "PORT": "8123",
            "SECRET_KEY": "mine",
            "PUBLIC_URL": "https://waymark.example",
            "EMAIL_URL": "smtp://localhost",
        }
    )
    told = chosen.for_children(**SERVERS)
    assert told["SECRET_KEY"] == "mine"
    assert told["PUBLIC_URL"] == "https://waymark.example"
    assert told["EMAIL_URL"] == "smtp://localhost"
    assert (told["PORT"], told["DATABASE_URL"]) == ("8123", "postgres://a@b/c")


def test_the_address_follows_the_port(tmp_path: Path) -> None:
    assert configuration.read({"PORT": "8123"}).public_url == "http://localhost:8123"
