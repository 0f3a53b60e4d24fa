"""`manage.py load_pathways`: the built-in pathways with all their editions, in order, once."""

import pytest
from django.core.management import call_command

from progress.models import Edition

pytestmark = pytest.mark.django_db


def test_every_edition_is_loaded_in_order_and_once(capsys):
    call_command("load_pathways")
    first = capsys.readouterr().out
    assert "data-engineering: edition 1 published\ndata-engineering: edition 2 published" in first
    editions = Edition.objects.order_by("pathway__slug", "number")
    loaded = list(editions.values_list("pathway__slug", "number"))
    assert loaded == [
        ("data-engineering", 1),
        ("data-engineering", 2),
        ("machine-learning-engineer", 1),
    ]
    call_command("load_pathways")
    assert "data-engineering: edition 1 already there" in capsys.readouterr().out
    assert list(editions.values_list("pathway__slug", "number")) == loaded
