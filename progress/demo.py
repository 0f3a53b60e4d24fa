"""A small story for the demo people, told with the same commands that everybody uses."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.demo import make_demo_person
from accounts.models import User
from backend.ids import uuid7
from progress.commands.accept_invitation import accept_invitation
from progress.commands.add_evidence import add_evidence
from progress.commands.announce import announce
from progress.commands.answer_change_request import answer_change_request
from progress.commands.ask_second_opinion import ask_second_opinion
from progress.commands.claim_submission import claim_submission
from progress.commands.complete_milestone import complete_milestone
from progress.commands.create_cohort import create_cohort
from progress.commands.decide_submission import decide_submission
from progress.commands.decision_guards import Asked, Settled
from progress.commands.enroll import enroll
from progress.commands.invite_person import invite_person
from progress.commands.keep_comment import keep_comment
from progress.commands.log_progress import log_progress
from progress.commands.submit_milestone import submit_milestone
from progress.commands.write_comment import write_comment
from progress.models import (
    ChangeRequest,
    Edition,
    Enrollment,
    Evidence,
    Mentorship,
    Pathway,
    Submission,
)
from progress.reviewing import Score, Scored
from progress.states import ChangeRequestState, SubmissionState

LOG = [  # days ago, milestone, minutes, what was done
    (69, "problem-solving", 60, "Took a slow script apart before asking: the loop was the cause."),
    (67, "python-programming", 90, "Set up the project: environment, formatter, first test."),
    (65, "python-programming", 75, "Data classes instead of dictionaries; half of the bugs went."),
    (61, "problem-solving", 45, "Explained a proof to a friend, and found the gap in it."),
    (59, "python-programming", 110, "Wrote a small command line around the cleaning script."),
    (57, "mathematics-and-statistics", 60, "Vectors and matrices again, on paper and in NumPy."),
    (54, "python-programming", 120, "Profiled the reader; one line cost most of the time."),
    (51, "mathematics-and-statistics", 80, "Gradients by hand, checked by finite differences."),
    (48, "python-programming", 45, "Read somebody else's training loop, line by line."),
    (43, "data-analysis", 90, "Joined three sources; the keys did not agree, now they do."),
    (41, "python-programming", 130, "Batches, shuffling, a progress line. It reads well now."),
    (38, "mathematics-and-statistics", 75, "Bayes with the screening example, until it was plain."),
    (36, "data-analysis", 60, "Outliers in the sensor data: kept, with the reason."),
    (33, "python-programming", 150, "A whole Saturday: the loader, and tests that break it."),
    (30, "problem-solving", 50, "Split a vague task into five that can be checked."),
    (27, "data-analysis", 70, "Wrote the questions down first, then looked at the data."),
    (25, "python-programming", 100, "Types everywhere; the checker found two real mistakes."),
    (22, "mathematics-and-statistics", 90, "Sampling distributions, simulated and then derived."),
    (19, "python-programming", 90, "Rewrote the loader with generators; tests for the edge cases."),
    (18, "python-programming", 120, "First network in PyTorch, trained on a small image set."),
    (16, "python-programming", 75, "The same model in TensorFlow, to feel the difference."),
    (12, "problem-solving", 45, "Wrote down a dead end, and what would have shown it sooner."),
    (11, "data-analysis", 60, "Missing values in the sensor data: three causes, three remedies."),
    (6, "data-analysis", 80, "Plots that show the shift in March. Somebody changed a unit."),
    (5, "mathematics-and-statistics", 50, "Confidence intervals by bootstrap, by hand."),
    (4, "data-analysis", 95, "Report written; every figure comes out of one script."),
    (2, "containerization", 45, "A first image. 1.2 GB; there is room to learn."),
    (1, "containerization", 75, "Multi-stage build: 180 MB, and it runs as nobody."),
]
FIRST_ROUND = "Runs from a fresh clone with two commands. I am least sure about the error handling."
FEEDBACK = "The loader is **clear**; the tests are where the risk is. Two things before I approve."
ASKED = [
    Asked(
        "Make the training run repeatable: set the seeds, and write the versions down with it.",
        criterion="repeatable",
    ),
    Asked("Say what happens on a broken file. Now it stops in the middle, and nobody knows which."),
]
ANSWERS = [
    "Seeds and versions go into the run's log; two runs give the same numbers.",
    "Broken files are skipped, counted and named at the end.",
]
FIRST_SCORES = [
    Scored("readable", Score.MEETS, ""),
    Scored("frameworks", Score.MEETS, ""),
    Scored("repeatable", Score.NOT_YET, "Two runs on my machine gave different numbers."),
]
SECOND_SCORES = [
    Scored("readable", Score.MEETS, ""),
    Scored("frameworks", Score.MEETS, "The same model in both, and the difference is named."),
    Scored("repeatable", Score.BEYOND, "The log names every version."),
]
SECOND_ROUND = "Both are in. The log of the second run is beside the first."
APPROVED = "Exactly this. The count of skipped files is better than what I had in mind."
QUESTION = "Is the bootstrap enough here, or do you want the analytic interval, too?"
SAVED = {
    "Repeatable runs": (
        "Set the seeds, write the versions down, and show two runs with the same numbers."
    ),
    "Show, then tell": "Lead with the figure, then say in one sentence what it shows.",
}


def tell_story(*, now: datetime) -> list[tuple[User, str]]:
    """Store the demo people with what they have done so far; return each with their part.

    Belongs in a transaction. Raises RuntimeError in production.
    """
    learner = make_demo_person("lin", "Lin Okafor", time_zone="Europe/Berlin")
    mentor = make_demo_person("mo", "Mo Andersson", time_zone="Europe/Stockholm")
    newcomer = make_demo_person("noor", "Noor Haddad", time_zone="Europe/Paris")
    coordinator = make_demo_person("ada", "Ada Lindqvist", time_zone="Europe/Helsinki")
    second = make_demo_person("tove", "Tove Brandt", time_zone="Europe/Copenhagen")
    set_out = now - timedelta(days=70)
    pathway = Pathway.objects.get(slug="machine-learning-engineer")
    enrollment = enroll(
        person=learner,
        pathway=pathway,
        track="ai-and-machine-learning",
        role="machine-learning-engineer",
        target_date=(now + timedelta(days=900)).date(),
        weekly_minutes=360,
        now=set_out,
    )
    Mentorship.objects.create(mentor=mentor, learner=learner, started_at=set_out)
    for days_ago, key, minutes, note in LOG:
        _log(learner, enrollment, key, minutes, note, now - timedelta(days=days_ago))
    approved = _two_rounds(learner, mentor, enrollment, now)
    Mentorship.objects.create(mentor=second, learner=learner, started_at=now - timedelta(days=6))
    ask_second_opinion(person=mentor, submission=approved, now=now - timedelta(days=4))
    complete_milestone(
        person=learner,
        enrollment=enrollment,
        milestone_key="problem-solving",
        now=now - timedelta(days=10),
    )
    analysis = _link(learner, enrollment, "data-analysis", "sensor-report", now - timedelta(days=4))
    _submit(enrollment, "data-analysis", "The report and the script.", analysis, now, days_ago=3)
    asked_at = now - timedelta(days=2)
    _comment(learner, enrollment, "mathematics-and-statistics", QUESTION, asked_at)
    for title, body in SAVED.items():
        keep_comment(person=mentor, title=title, body=body, cohort_id=None, now=set_out)
    _on_the_first_edition(mentor, now)
    _cohort(coordinator, mentor, learner, pathway, now)
    return [
        (learner, "learner"),
        (mentor, "mentor"),
        (newcomer, "nothing yet"),
        (coordinator, "coordinator"),
        (second, "second mentor"),
    ]


def _cohort(
    coordinator: User, mentor: User, learner: User, pathway: Pathway, now: datetime
) -> None:
    """Put the two into a cohort, with a link open for whoever comes next."""
    began = now - timedelta(days=25)
    first = began.astimezone(coordinator.zone).date()
    cohort = create_cohort(
        person=coordinator,
        name="Evening group",
        pathway=pathway,
        starts_on=first,
        ends_on=first + timedelta(days=240),
        now=began,
    )
    for days_ago, person, part in ((24, mentor, "mentor"), (19, learner, "learner")):
        invitation = invite_person(
            person=coordinator, part=part, cohort=cohort, now=now - timedelta(days=days_ago)
        )
        accept_invitation(person=person, invitation=invitation, now=now - timedelta(days=days_ago))
    announce(
        person=coordinator,
        cohort=cohort,
        announcement_id=uuid7(),
        audience="everybody",
        title="Show what you have, on Thursday at seven",
        body="Five minutes each, **unfinished is fine**. Bring one question for the others.",
        now=now - timedelta(days=2),
    )
    invite_person(person=coordinator, part="learner", cohort=cohort, max_uses=20, now=now)


def _on_the_first_edition(person: User, now: datetime) -> None:
    """Set the mentor on a way of their own, on an edition that has a newer one to upgrade to."""
    first = Edition.objects.filter(pathway__slug="data-engineering", number=1).first()
    if first is None:
        return
    set_out = now - timedelta(days=60)
    enrollment = Enrollment.objects.create(
        learner=person,
        pathway=first.pathway,
        edition=first,
        track="platform",
        role="platform-engineer",
        weekly_minutes=180,
        started_at=set_out,
    )
    for days_ago, key in ((50, "command-line-and-git"), (30, "cloud-costs"), (9, "graph-database")):
        complete_milestone(
            person=person,
            enrollment=enrollment,
            milestone_key=key,
            now=now - timedelta(days=days_ago),
        )


def _two_rounds(learner: User, mentor: User, enrollment: Enrollment, now: datetime) -> Submission:
    """Tell of two rounds, the second of which is approved; return that."""
    key = "python-programming"
    link = _link(learner, enrollment, key, "image-classifier", now - timedelta(days=15))
    asked = SubmissionState.CHANGES_REQUESTED
    first = _submit(enrollment, key, FIRST_ROUND, link, now, days_ago=14)
    asked_at = now - timedelta(days=13)
    _decide(first, mentor, asked, FEEDBACK, asked_at, scores=FIRST_SCORES, asked=ASKED)
    items = list(ChangeRequest.objects.pending_for(enrollment, [key]))
    for item, answer in zip(items, ANSWERS, strict=True):
        answer_change_request(
            person=learner,
            change_request=item,
            text=answer,
            evidence_id=None,
            now=now - timedelta(days=9),
        )
    second = _submit(enrollment, key, SECOND_ROUND, link, now, days_ago=9)
    verified = [Settled(item.pk, ChangeRequestState.VERIFIED) for item in items]
    when, approved = now - timedelta(days=8), SubmissionState.APPROVED
    _decide(second, mentor, approved, APPROVED, when, scores=SECOND_SCORES, settled=verified)
    return second


def _log(
    person: User, enrollment: Enrollment, key: str, minutes: int, note: str, when: datetime
) -> None:
    log_progress(
        person=person,
        enrollment=enrollment,
        entry_id=uuid7(),
        milestone_key=key,
        day=when.astimezone(person.zone).date(),
        minutes=minutes,
        note=note,
        now=when,
    )


def _link(person: User, enrollment: Enrollment, key: str, title: str, when: datetime) -> Evidence:
    evidence, _ = add_evidence(
        person=person,
        enrollment=enrollment,
        evidence_id=uuid7(),
        milestone_keys=[key],
        url=f"https://git.example.org/lin/{title}",
        title=title,
        now=when,
    )
    return evidence


def _submit(
    enrollment: Enrollment,
    key: str,
    message: str,
    evidence: Evidence,
    now: datetime,
    *,
    days_ago: int,
) -> Submission:
    return submit_milestone(
        person=enrollment.learner,
        enrollment=enrollment,
        milestone_key=key,
        message=message,
        evidence_ids=[evidence.pk],
        now=now - timedelta(days=days_ago),
    )


def _decide(
    submission: Submission,
    mentor: User,
    outcome: SubmissionState,
    feedback: str,
    when: datetime,
    *,
    scores: Sequence[Scored],
    asked: Sequence[Asked] = (),
    settled: Sequence[Settled] = (),
) -> None:
    claim_submission(person=mentor, submission=submission, now=when)
    decide_submission(
        person=mentor,
        submission=submission,
        outcome=outcome,
        feedback=feedback,
        scores=scores,
        asked=asked,
        settled=settled,
        now=when,
    )


def _comment(person: User, enrollment: Enrollment, key: str, body: str, when: datetime) -> None:
    write_comment(
        person=person,
        enrollment=enrollment,
        milestone_key=key,
        comment_id=uuid7(),
        body=body,
        now=when,
    )
