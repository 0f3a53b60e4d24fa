"""A learner who is told something about a milestone, with everything that a mail can offer."""

import pytest
from django.db import transaction

from notifications.catalogue import KINDS, Telling
from notifications.catalogue.link_died import LinkDied
from notifications.models import Notification
from notifications.telling import Told, write
from tests.factories import NOW, new_id
from tests.notifications.acts import KEY, TITLE


@pytest.fixture
def nudge(cast, monkeypatch):
    """The notification of a nudge to the learner about KEY, which offers every action."""
    monkeypatch.setattr(LinkDied, "actions", ("log-30", "snooze", "stuck"))
    monkeypatch.setattr(
        LinkDied, "check", lambda *_: __import__("notifications.policy").policy.Send()
    )
    return tell(cast.learner, cast.enrollment)


def tell(person, enrollment, key=KEY) -> Notification:
    data = {
        "enrollment_id": str(enrollment.pk),
        "milestone_key": key,
        "milestone_title": TITLE,
        "link_title": "My repository",
    }
    subject = new_id()
    told = Told(
        kind=KINDS["link-died"],
        key=f"link-died:{subject}",
        telling=Telling(person=person, reason="added-it", data=data),
        subject_id=subject,
    )
    with transaction.atomic():
        write([told], now=NOW)
    return Notification.objects.get(person=person, key=told.key)
