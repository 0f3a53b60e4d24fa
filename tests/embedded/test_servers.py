"""The throw-away servers that every other test stands on."""

import os

import psycopg
import pytest
import redis
from django.db import connection


def test_database_is_postgresql_18_with_utf8_and_builtin_collation() -> None:
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres") as server_connection:
        row = server_connection.execute(
            "SELECT current_setting('server_version_num')::int / 10000,"
            " current_setting('server_encoding'), datlocprovider, datlocale"
            " FROM pg_database WHERE datname = 'postgres'"
        ).fetchone()
    assert row == (18, "UTF8", "b", "C.UTF-8")


def test_valkey_answers_at_the_address_in_the_environment() -> None:
    with redis.from_url(os.environ["REDIS_URL"]) as client:
        assert client.ping()


@pytest.mark.django_db
def test_django_reaches_its_test_database() -> None:
    name = connection.settings_dict["NAME"]
    assert name.startswith("test_waymark")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (name,)
