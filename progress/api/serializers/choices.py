"""The values that fields can take, named once for serializers and for the OpenAPI file."""

from progress.commands.apply_batch import Outcome
from progress.document import MilestoneKind, RuleKind, VerifiedBy
from progress.invitation_list import Column as ListColumn
from progress.ladder import Step
from progress.models.change_request import SETTLED
from progress.models.log_entry import LogSource
from progress.past_work import Column
from progress.queries.import_plan import Verdict
from progress.queries.invitation_plan import InvitationVerdict
from progress.queries.review_queue import Scope, Shelf
from progress.rhythm import WeekState
from progress.states import (
    ChangeRequestState,
    EnrollmentStatus,
    SecondOpinionState,
    Status,
    SubmissionState,
    Verification,
    Work,
    WorkMove,
)
from progress.timeline import Group

ENROLLMENT_STATES = [status.value for status in EnrollmentStatus]
SUBMISSION_STATES = [state.value for state in SubmissionState]
OUTCOMES = [SubmissionState.APPROVED.value, SubmissionState.CHANGES_REQUESTED.value]
SECOND_OPINION_STATES = [
    state.value for state in SecondOpinionState if state is not SecondOpinionState.WITHDRAWN
]
CHANGE_REQUEST_STATES = [state.value for state in ChangeRequestState]
SETTLEMENTS = SETTLED
STATUSES = [state.value for state in Status]
SAID_LOG_SOURCES = [LogSource.WEB.value, LogSource.TIMER.value, LogSource.APP.value]
COMMAND_OUTCOMES = [outcome.value for outcome in Outcome]
WORK_MOVES = [move.value for move in WorkMove]
WORK = [state.value for state in Work]
VERIFICATIONS = [state.value for state in Verification]
MILESTONE_KINDS = [kind.value for kind in MilestoneKind]
RULE_KINDS = [kind.value for kind in RuleKind]
VERIFIERS = [who.value for who in VerifiedBy]
WEEK_STATES = [state.value for state in WeekState]
IMPORT_COLUMNS = [column.value for column in Column]
VERDICTS = [verdict.value for verdict in Verdict]
LIST_COLUMNS = [column.value for column in ListColumn]
INVITATION_VERDICTS = [verdict.value for verdict in InvitationVerdict]
TIMELINE_GROUPS = [group.value for group in Group]
LADDER_STEPS = [step.value for step in Step]
QUEUE_SCOPES = [scope.value for scope in Scope]
QUEUE_SHELVES = [shelf.value for shelf in Shelf]
