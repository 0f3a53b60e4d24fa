"""Facts that happened: ids and labels, no free text, no names.

A type's name ends in a version; what it carries is written here and changes only with the version.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

ENROLLMENT_STARTED: Final = "enrollment.started.v1"
ENROLLMENT_CHANGED: Final = "enrollment.changed.v1"
ENROLLMENT_UPGRADED: Final = "enrollment.upgraded.v1"
UPGRADE_UNDONE: Final = "enrollment.upgrade_undone.v1"
ENROLLMENT_COMPLETED: Final = "enrollment.completed.v1"
ENROLLMENT_PAUSED: Final = "enrollment.paused.v1"
PAUSE_CHANGED: Final = "enrollment.pause_changed.v1"
PAUSE_REMOVED: Final = "enrollment.pause_removed.v1"
ENROLLMENT_RESUMED: Final = "enrollment.resumed.v1"
EDITION_PUBLISHED: Final = "edition.published.v1"
LOG_ENTRY_RECORDED: Final = "log_entry.recorded.v1"
LOG_IMPORTED: Final = "log_import.applied.v1"
LOG_IMPORT_UNDONE: Final = "log_import.undone.v1"
LOG_ENTRY_VOIDED: Final = "log_entry.voided.v1"
MILESTONE_STARTED: Final = "milestone.started.v1"
MILESTONE_COMPLETED: Final = "milestone.completed.v1"
MILESTONE_REOPENED: Final = "milestone.reopened.v1"
EVIDENCE_ADDED: Final = "evidence.added.v1"
EVIDENCE_REMOVED: Final = "evidence.removed.v1"
EVIDENCE_SERVES: Final = "evidence.serves.v1"
EVIDENCE_LINK_DIED: Final = "evidence.link_died.v1"
PROBE_WENT_DOWN: Final = "probe.went_down.v1"
EVIDENCE_LINK_REVIVED: Final = "evidence.link_revived.v1"
SUBMISSION_SUBMITTED: Final = "submission.submitted.v1"
SUBMISSION_WITHDRAWN: Final = "submission.withdrawn.v1"
SUBMISSION_DECIDED: Final = "submission.decided.v1"
MILESTONE_WAIVED: Final = "milestone.waived.v1"
MILESTONE_REVOKED: Final = "milestone.revoked.v1"
SECOND_OPINION_ASKED: Final = "second_opinion.asked.v1"
SECOND_OPINION_WITHDRAWN: Final = "second_opinion.withdrawn.v1"
SECOND_OPINION_GIVEN: Final = "second_opinion.given.v1"
COMMENT_WRITTEN: Final = "comment.written.v1"
INVITATION_CREATED: Final = "invitation.created.v1"
MENTORSHIP_STARTED: Final = "mentorship.started.v1"
MENTORSHIP_ENDED: Final = "mentorship.ended.v1"
COHORT_CREATED: Final = "cohort.created.v1"
COHORT_JOINED: Final = "cohort.joined.v1"
COHORT_LEFT: Final = "cohort.left.v1"
COHORT_ENDED: Final = "cohort.ended.v1"
ANNOUNCEMENT_MADE: Final = "announcement.made.v1"
ANNOUNCEMENT_WITHDRAWN: Final = "announcement.withdrawn.v1"
SUBMISSION_HANDED_BACK: Final = "submission.handed_back.v1"
SUBMISSION_HANDED_OVER: Final = "submission.handed_over.v1"

_NOTHING: Final[Mapping[str, str | int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Event:
    """One fact.

    `subject_id` is what it happened to (a submission, an invitation, an enrollment …), `actor_id`
    who did it, `data` labels that make sense without a look-up, such as a milestone's key.
    """

    type: str
    occurred_at: datetime
    actor_id: uuid.UUID | None
    subject_id: uuid.UUID
    enrollment_id: uuid.UUID | None = None
    data: Mapping[str, str | int] = field(default_factory=lambda: _NOTHING)
