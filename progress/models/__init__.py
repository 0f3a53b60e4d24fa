"""Data, constraints, querysets and verbs, a noun a file."""

from progress.models.announcement import Announcement
from progress.models.change_request import ChangeRequest
from progress.models.cohort import Cohort, CohortMember
from progress.models.comment import Comment, SavedComment
from progress.models.earlier_goal import EarlierGoal
from progress.models.enrollment import Enrollment, MilestoneProgress
from progress.models.evidence import Evidence, EvidenceMilestone, StoredFile
from progress.models.hand_over import HandOver
from progress.models.invitation import Invitation, InvitationUse
from progress.models.invitation_list import InvitationList
from progress.models.link_check import LinkCheck
from progress.models.log_entry import LogEntry, LogVoid
from progress.models.log_import import LogImport
from progress.models.mentorship import Mentorship
from progress.models.outbox import OutboxEvent
from progress.models.pathway import Edition, Pathway
from progress.models.pause import Pause
from progress.models.planned_session import PlannedSession
from progress.models.probe import Probe, ProbeDay
from progress.models.review_draft import ReviewDraft
from progress.models.ruling import Ruling
from progress.models.second_opinion import SecondOpinion
from progress.models.snapshot import Snapshot
from progress.models.submission import Submission, SubmissionEvidence
from progress.models.terms import Leave, MentorProfile
from progress.models.timer import Timer
from progress.models.upgrade import EditionUpgrade, MilestoneHistory, UpgradeAnswer
from progress.models.work_change import WorkChange

__all__ = [
    "Announcement",
    "ChangeRequest",
    "Cohort",
    "CohortMember",
    "Comment",
    "EarlierGoal",
    "Edition",
    "EditionUpgrade",
    "Enrollment",
    "Evidence",
    "EvidenceMilestone",
    "HandOver",
    "Invitation",
    "InvitationList",
    "InvitationUse",
    "Leave",
    "LinkCheck",
    "LogEntry",
    "LogImport",
    "LogVoid",
    "MentorProfile",
    "Mentorship",
    "MilestoneHistory",
    "MilestoneProgress",
    "OutboxEvent",
    "Pathway",
    "Pause",
    "PlannedSession",
    "Probe",
    "ProbeDay",
    "ReviewDraft",
    "Ruling",
    "SavedComment",
    "SecondOpinion",
    "Snapshot",
    "StoredFile",
    "Submission",
    "SubmissionEvidence",
    "Timer",
    "UpgradeAnswer",
    "WorkChange",
]
