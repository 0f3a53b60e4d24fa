"""What can't be used any more is deleted, and nothing else."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from oauth2_provider.models import get_access_token_model, get_refresh_token_model

from accounts.models import AuthorizationCode
from accounts.tasks import forget_expired
from tests.accounts.journey import allow, connect

pytestmark = pytest.mark.django_db


def test_what_expired_goes_and_what_works_stays(browser, app):
    tokens = connect(browser, app)
    allow(browser, app)
    forget_expired(keyword_of_a_newer_version=1)
    assert AuthorizationCode.objects.count() == 2
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        forget_expired()
        assert not AuthorizationCode.objects.exists()
        assert browser.get("/api/v1/me").status_code == 200
        assert app.refresh(tokens["refresh_token"]).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(days=150)):
        forget_expired()
    assert not Session.objects.exists()
    assert not get_refresh_token_model().objects.exists()
    assert not get_access_token_model().objects.exists()


def test_beat_knows_it():
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert forget_expired.name in tasks
