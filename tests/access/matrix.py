"""Who may do what: a row for every method of every route, a status for every person.

The learner of the things is `learner`,
`mentor` mentors them and holds the claim on their waiting submission; `stranger` learns with
`other_mentor`; `coordinator` runs the cohort that the learner is in. Not signed in is 401,
invisible 404, visible but forbidden 403.
"""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from progress.case import to_case
from progress.document import to_json
from tests.factories import NOW, approval, document
from tests.notifications.push_service import Browser
from tests.uploads import GIF

A_DOCUMENT = json.dumps({**to_json(document()), "slug": "another"})
ANOTHER_EDITION = json.dumps({**to_json(document()), "title": "Become somebody else"})
A_FRAMEWORK = to_case(
    document(), base_url="https://example.org", creator="A school", changed_at=NOW
).package
GUESTS = "email,part\nanother.guest@example.org,mentor\n"
PAST_WORK = "day,minutes,milestone\n2024-01-02,45,problem-solving\n"
PEOPLE = ("anonymous", "learner", "stranger", "mentor", "other_mentor", "coordinator", "admin")

OWN = "401 200 200 200 200 200 200"  # about the person themself: everybody their own
MATRIX: dict[str, str] = {
    # route                                              anon learn stran mento other coord admin
    "GET me": OWN,
    "PATCH me": OWN,
    "GET pathways": "200 200 200 200 200 200 200",
    "POST pathways": "401 201 201 201 201 201 201",
    "GET pathway": "200 200 200 200 200 200 200",
    "PATCH pathway": "401 404 404 404 404 404 200",
    "GET editions": "200 200 200 200 200 200 200",
    "POST editions": "401 404 404 404 404 404 201",  # nobody's: it is built in
    "POST edition-preview": "401 404 404 404 404 404 200",
    "GET edition": "200 200 200 200 200 200 200",
    "GET edition-document": "200 200 200 200 200 200 200",
    "GET edition-case": "200 200 200 200 200 200 200",
    "GET edition-difference": "200 200 200 200 200 200 200",
    "GET rubric-signs": "401 404 404 404 404 404 200",  # nobody's: it is built in
    "POST document-checks": "401 200 200 200 200 200 200",
    "POST case-drafts": "401 200 200 200 200 200 200",
    "GET enrollments": OWN,
    "POST enrollments": "401 409 409 201 201 201 201",
    "GET enrollment": "401 200 404 200 404 200 200",
    "PATCH enrollment": "401 200 404 404 404 403 403",
    "GET map": "401 200 404 200 404 200 200",
    "GET explanation": "401 200 404 200 404 200 200",
    "GET forecast": "401 200 404 200 404 200 200",
    "GET readiness": "401 200 404 200 404 200 200",
    "GET track-options": "401 200 404 200 404 200 200",
    "GET rhythm": "401 200 404 200 404 200 200",
    "GET sessions": "401 200 404 200 404 200 200",
    "PUT sessions": "401 200 404 404 404 403 403",
    "GET pauses": "401 200 404 200 404 200 200",
    "POST pauses": "401 201 404 404 404 403 403",
    "GET pause": "401 200 404 200 404 200 200",
    "PUT pause": "401 200 404 404 404 403 403",
    "DELETE pause": "401 204 404 404 404 403 403",
    "PUT resumption": "401 200 404 404 404 403 403",
    "GET log-csv": "401 200 404 200 404 200 200",
    "GET log-json": "401 200 404 200 404 200 200",
    "POST import-previews": "401 200 404 404 404 403 403",
    "GET imports": "401 200 404 200 404 200 200",
    "POST imports": "401 201 404 404 404 403 403",
    "GET import": "401 200 404 200 404 200 200",
    "DELETE import": "401 200 404 404 404 403 403",
    "GET risk": "401 200 404 200 404 200 200",
    "GET timeline": "401 200 404 200 404 200 200",
    "GET upgrade": "401 200 404 200 404 200 200",
    "POST upgrade": "401 409 404 404 404 403 403",  # there is none to take
    "DELETE upgrade": "401 409 404 404 404 403 403",
    "PUT upgrade-answer": "401 409 404 404 404 403 403",
    "GET milestone": "401 200 404 200 404 200 200",
    "GET promise": "401 200 404 200 404 200 200",
    "PUT start": "401 200 404 404 404 403 403",
    "PUT completion": "401 200 404 404 404 403 403",
    "DELETE completion": "401 200 404 404 404 403 403",
    "GET log-entries": OWN,
    "POST log-entries": "401 201 404 404 404 403 403",
    "POST log-batch": "401 200 404 404 404 403 403",
    "GET timer": OWN,
    "PUT timer": "401 200 404 404 404 403 403",
    "DELETE timer": "401 204 204 204 204 204 204",
    "POST timer-entry": "401 409 409 409 409 409 409",  # none runs
    "POST log-voids": "401 201 404 404 404 403 403",
    "GET evidence-list": OWN,
    "POST evidence-list": "401 201 404 404 404 403 403",
    "GET evidence": "401 200 404 200 404 200 200",
    "DELETE evidence": "401 204 404 404 404 403 403",
    "GET evidence-file": "401 200 404 200 404 200 200",
    "PUT evidence-file": "401 200 404 404 404 403 403",  # it is there already
    "PUT served-milestone": "401 200 404 404 404 403 403",
    "DELETE served-milestone": "401 200 404 404 404 403 403",
    "PUT evidence-check": "401 200 404 404 404 403 403",
    "GET probe": "401 200 404 200 404 200 200",
    "PUT probe": "401 200 404 404 404 403 403",
    "DELETE probe": "401 204 404 404 404 403 403",
    "GET submissions": OWN,
    "POST submissions": "401 201 404 404 404 403 403",
    "GET submission": "401 200 404 200 404 200 200",
    "POST withdrawal": "401 200 404 404 404 403 403",
    "PUT claim": "401 403 404 200 404 403 403",
    "DELETE claim": "401 403 404 200 404 403 403",
    "POST decision": "401 403 404 201 404 403 403",
    "POST second-opinion": "401 201 404 201 404 403 403",  # the two sides of a decision
    "DELETE second-opinion": "401 409 404 409 404 409 409",  # nobody has asked about this one
    "PUT second-opinion-claim": "401 403 404 200 404 403 403",
    "DELETE second-opinion-claim": "401 403 404 200 404 403 403",
    "POST second-opinion-decision": "401 403 404 201 404 403 403",
    "POST waiver": "401 403 404 201 404 403 403",
    "POST revocation": "401 403 404 201 404 403 403",
    "GET draft": "401 404 404 200 404 404 200",
    "PUT draft": "401 404 404 200 404 404 403",
    "DELETE draft": "401 404 404 204 404 404 403",
    "POST draft-comment": "401 404 404 201 404 404 403",
    "PUT change-request-answer": "401 200 404 404 404 403 403",
    "GET comments": "401 200 404 200 404 200 200",
    "POST comments": "401 201 404 201 404 403 403",
    "DELETE comment": "401 200 404 404 404 404 404",
    "GET saved-comments": OWN,
    "POST saved-comments": "401 201 201 201 201 201 201",
    "PATCH saved-comment": "401 200 404 404 404 404 404",
    "DELETE saved-comment": "401 204 404 404 404 404 404",
    "GET review-queue": OWN,
    "GET queue-counts": OWN,
    "GET mentorships": OWN,
    "GET mentorship": "401 200 404 200 404 404 200",
    "DELETE mentorship": "401 204 404 204 404 404 204",
    "GET mentor-profile": OWN,
    "PUT mentor-profile": OWN,
    "GET leaves": OWN,
    "POST leaves": "401 201 201 201 201 201 201",
    "DELETE leave": "401 204 404 404 404 404 404",
    "GET cohorts": OWN,
    "POST cohorts": "401 201 201 201 201 201 201",
    "GET cohort": "401 200 404 404 404 200 200",
    "PATCH cohort": "401 403 404 404 404 200 200",
    "DELETE cohort": "401 403 404 404 404 204 204",
    "GET cohort-progress": "401 403 404 200 404 200 200",  # mentor: of their own learners
    "GET cohort-progress-csv": "401 403 404 200 404 200 200",
    "GET cohort-members": "401 200 404 404 404 200 200",
    "DELETE cohort-member": "401 204 404 404 404 204 204",  # the learner's own part
    "GET announcements": "401 200 404 404 404 200 200",
    "POST announcements": "401 403 404 404 404 201 201",
    "DELETE announcement": "401 403 404 404 404 200 403",  # the coordinator's
    "POST invitation-previews": "401 403 404 404 404 200 200",
    "GET invitation-lists": "401 403 404 404 404 200 200",
    "POST invitation-lists": "401 403 404 404 404 201 201",
    "DELETE invitation-list": "401 404 404 404 404 200 200",
    "GET invitations": OWN,
    "POST invitations": "401 201 201 201 201 201 201",
    "DELETE invitation": "401 204 404 404 404 404 404",
    "GET received-invitation": "200 200 200 200 200 200 200",
    "GET notifications": OWN,
    "PATCH notification": "401 200 404 404 404 404 404",
    "PUT all-read": "401 204 204 204 204 204 204",
    "GET undelivered": "401 403 403 403 403 403 200",
    "GET deliveries-summary": "401 403 403 403 403 403 200",
    "POST redelivery": "401 403 403 403 403 403 204",
    "GET notification-preferences": OWN,
    "PATCH notification-preferences": OWN,
    "GET nudges-preview": OWN,
    "GET snoozes": OWN,
    "POST snoozes": "401 201 201 201 201 201 201",
    "DELETE snooze": "401 204 404 404 404 404 404",
    "GET push-subscriptions": OWN,
    "POST push-subscriptions": "401 201 201 201 201 201 201",
    "DELETE push-subscription": "401 204 404 404 404 404 404",
    "GET push-key": OWN,
    "GET calendar-feeds": OWN,
    "POST calendar-feeds": "401 201 201 201 201 201 201",
    "DELETE calendar-feed": "401 204 404 404 404 404 404",
    "GET mail-suppressions": OWN,
    "DELETE mail-suppression": "401 204 404 404 404 404 404",
    "GET apps": OWN,
    "POST apps": "401 201 201 201 201 201 201",
    "GET app": "401 200 404 404 404 404 200",
    "DELETE app": "401 204 404 404 404 404 204",
    "GET connected-apps": OWN,
    "DELETE connected-app": "401 204 404 404 404 404 204",
    "PUT acceptance": "401 422 403 403 200 403 403",  # it was sent to other_mentor
}


FORMS = {"PUT evidence-file"}
"""Rows whose body is a form, not JSON."""


def body_of(row: str, things: dict[str, Any]) -> dict[str, Any] | None:
    """The body that makes a request of this row a good one."""
    beside = {"enrollment_id": things["enrollment"], "milestone_key": "data-analysis"}
    return {
        "PATCH me": {"name": "Somebody"},
        "POST enrollments": {
            "pathway": "machine-learning-engineer",
            "track": "ai-and-machine-learning",
            "role": "data-scientist",
            "weekly_minutes": 60,
        },
        "POST pathways": {"document": A_DOCUMENT},
        "PATCH pathway": {"visibility": "unlisted"},
        "POST editions": {"document": ANOTHER_EDITION, "after": 1},
        "POST edition-preview": {"document": ANOTHER_EDITION},
        "POST document-checks": {"document": A_DOCUMENT},
        "POST case-drafts": {"package": A_FRAMEWORK},
        "POST pauses": {"starts_on": things["today"], "ends_on": things["today"]},
        "PUT sessions": {"sessions": [{"weekday": 1, "starts_at": "19:00", "minutes": 45}]},
        "PUT pause": {"starts_on": things["today"], "ends_on": None},
        "POST upgrade": {"edition": 2},
        "PUT upgrade-answer": {"answer": "later"},
        "PATCH enrollment": {"weekly_minutes": 60},
        "POST log-entries": {
            **beside,
            "id": things["new_id"],
            "day": things["today"],
            "minutes": 5,
        },
        "POST log-batch": {
            "enrollment_id": things["enrollment"],
            "commands": [
                {
                    "type": "work",
                    "id": things["new_id"],
                    "milestone_key": "data-analysis",
                    "move": "start",
                }
            ],
        },
        "PUT timer": beside,
        "POST timer-entry": {"id": things["new_id"]},
        "POST log-voids": {
            "enrollment_id": things["enrollment"],
            "id": things["new_id"],
            "entry_id": things["evidence"],  # one that has not arrived yet
        },
        "POST import-previews": {"text": PAST_WORK},
        "POST imports": {"id": things["new_id"], "text": PAST_WORK},
        "POST evidence-list": {
            "enrollment_id": things["enrollment"],
            "milestone_keys": ["data-analysis"],
            "id": things["new_id"],
            "url": "https://example.org/a",
            "title": "a",
        },
        "PUT evidence-file": {
            "enrollment_id": things["enrollment"],
            "milestone_keys": ["data-analysis"],
            "file": SimpleUploadedFile("a.gif", GIF),
        },
        "PUT probe": {"url": "https://model.example.org/health"},
        "POST submissions": {**beside, "evidence_ids": [things["evidence"]]},
        "POST decision": approval("python-programming"),
        "POST second-opinion-decision": approval("advanced-algorithms"),
        "POST waiver": {"reason": "Taught it for years."},
        "POST revocation": {"reason": "Not their own work."},
        "PUT draft": {"version": 1, "feedback": "Further."},
        "POST draft-comment": {"id": things["new_id"], "body": "So far."},
        "PUT change-request-answer": {"text": "Done."},
        "POST comments": {"id": things["new_id"], "body": "Hello."},
        "POST saved-comments": {"title": "Tests", "body": "Test the edges."},
        "PATCH saved-comment": {"title": "Edges"},
        "PATCH notification": {"read": True},
        "PATCH notification-preferences": {"weekly_cap": 3},
        "POST snoozes": {"days": 3},
        "POST calendar-feeds": {"label": "Phone"},
        "POST push-subscriptions": Browser("https://push.example.org/new").body,
        "POST apps": {
            "name": "An app",
            "redirect_uris": ["https://app.example/done"],
            "scopes": ["profile:read"],
            "kind": "public",
        },
        "POST cohorts": {
            "name": "Autumn",
            "pathway": "machine-learning-engineer",
            "starts_on": "2026-09-01",
            "ends_on": "2027-02-28",
        },
        "PUT mentor-profile": {"weekly_capacity": 3, "kinds": ["project"]},
        "POST leaves": {"starts_on": "2099-09-01", "ends_on": "2099-09-08"},
        "PATCH cohort": {"name": "Late autumn"},
        "POST announcements": {
            "id": things["new_id"],
            "audience": "learners",
            "title": "Demo day",
            "body": "On Friday.",
        },
        "POST invitation-previews": {"text": GUESTS},
        "POST invitation-lists": {"id": things["new_id"], "text": GUESTS},
        "POST invitations": {"email": "guest@example.org", "part": "mentor"},
    }.get(row)
