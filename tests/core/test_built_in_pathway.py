"""The built-in pathway carries every fact it was given, and is kind to learners."""

import re
from pathlib import Path

import pytest

from progress.document import MilestoneKind, RuleKind, VerifiedBy, parse_yaml
from progress.rules import MilestoneState, compile_pathway, evaluate, next_steps, readiness
from progress.states import Status, Verification, Work

PATH = Path(__file__).parents[2] / "progress" / "pathways" / "machine-learning-engineer.yaml"
DOCUMENT = parse_yaml(PATH.read_bytes())
PATHWAY = compile_pathway(DOCUMENT)
BY_KEY = {part.key: part for part in DOCUMENT.milestones}
TRACKS = [track.key for track in DOCUMENT.tracks]
ROLES = [role.key for role in DOCUMENT.roles]
APPROVED = MilestoneState(Work.DONE, Verification.APPROVED)
WAITING = MilestoneState(Work.DONE, Verification.WAITING)
DONE = MilestoneState(Work.DONE)


def text_of(milestone):
    rubric = [(line.title, line.looks_for) for line in milestone.rubric]
    parts = (
        milestone.title,
        milestone.summary,
        *milestone.steps,
        *milestone.done_when,
        milestone.evidence.hint,
        *milestone.topics,
        *(text for line in rubric for text in line),
    )
    return " ".join(parts).lower()


# Every milestone in the order it is taken, its kind, and words its text must not be without.
FACTS = {
    "degree": [
        ("advanced-algorithms", "degree", ["advanced algorithms and data structures"]),
        ("machine-learning-theory", "degree", ["ai and machine learning theory"]),
        ("distributed-systems", "degree", ["distributed systems and cloud computing"]),
        ("data-engineering", "degree", ["data engineering and large-scale system design"]),
        ("research-methods", "degree", ["research methods and applied ai innovation"]),
        (
            "masters-degree",
            "degree",
            ["master's in computer science", "certificate", "part-time", "online"],
        ),
    ],
    "skills": [
        ("python-programming", "skill", ["python", "tensorflow", "pytorch", "technical"]),
        ("data-analysis", "skill", ["clean", "organiz", "interpret", "large data set"]),
        (
            "mathematics-and-statistics",
            "skill",
            ["probability", "statistics", "linear algebra"],
        ),
        ("software-engineering", "skill", ["integrate a model into a real system"]),
        ("problem-solving", "skill", ["soft skill"]),
        ("communication", "skill", ["soft skill", "people who are not technical"]),
        ("adaptability", "skill", ["soft skill", "tools and methods change"]),
        ("cloud-platforms", "skill", ["subject matter", "ai workload", "system design"]),
        ("containerization", "skill", ["subject matter", "container", "system design"]),
        ("scalable-data-pipelines", "skill", ["subject matter", "pipeline", "system design"]),
    ],
    "build-and-deploy": [
        ("end-to-end-pipeline", "project", ["end-to-end ml pipeline"]),
        ("large-data-set", "project", ["large, complex data set"]),
        ("cloud-deployment", "deployment", ["deployed on a cloud platform"]),
        ("monitoring-and-drift", "deployment", ["model performance", "drift"]),
        ("cross-functional-project", "project", ["cross-functional team"]),
        (
            "project-in-your-organization",
            "project",
            ["ai project in your organization", "weighs more than an isolated exercise"],
        ),
    ],
    "strategy": [
        ("business-problem", "skill", ["business problem", "machine learning problem"]),
        ("limits-of-a-model", "skill", ["what a model can't do", "clearly"]),
        ("ethics-and-governance", "skill", ["ethics", "governance"]),
        ("feasibility-and-risk", "skill", ["feasibility", "risk"]),
    ],
}


def test_the_stages_and_milestones_are_the_given_ones_in_order():
    found = {
        stage.key: [(part.key, part.kind.value) for part in stage.milestones]
        for stage in DOCUMENT.stages
    }
    assert found == {
        stage: [(key, kind) for key, kind, _ in facts] for stage, facts in FACTS.items()
    }
    assert {stage.rule.kind for stage in DOCUMENT.stages} == {RuleKind.ALL_OF}


@pytest.mark.parametrize(
    ("key", "words"), [(key, words) for facts in FACTS.values() for key, _, words in facts]
)
def test_each_milestone_says_what_it_must(key, words):
    text = text_of(BY_KEY[key])
    assert [word for word in words if word not in text] == []


def test_who_it_is_for_how_long_it_takes_and_that_learning_goes_on():
    for word in ("Working engineers", "software", "systems", "electronics", "IT", "beside a job"):
        assert word in DOCUMENT.audience
    assert "machine learning" in DOCUMENT.audience
    assert "A few years beside a job, with a relevant degree and focused training" in (
        DOCUMENT.duration
    )
    assert DOCUMENT.beyond.startswith("Learning goes on after the last milestone.")


def test_the_tracks_and_who_heads_there():
    assert {track.key: track.title for track in DOCUMENT.tracks} == {
        "ai-and-machine-learning": "Artificial intelligence and machine learning",
        "data-science-and-analytics": "Data science and analytics",
        "cloud-and-distributed-systems": "Cloud computing and distributed systems",
        "software-for-intelligent-systems": "Software engineering for intelligent systems",
    }
    assert DOCUMENT.track_guidance.startswith("Choosing a track is the first step.")
    suits = {track.key: track.suits for track in DOCUMENT.tracks}
    for text in (suits["cloud-and-distributed-systems"], DOCUMENT.track_guidance):
        assert re.search(r"from systems work.*ML infrastructure and deployment", text)
    for text in (suits["software-for-intelligent-systems"], DOCUMENT.track_guidance):
        assert re.search(r"from software.*AI-driven applications", text)


def test_the_roles_and_what_they_do():
    words = {
        "machine-learning-engineer": ["Designs models", "deploys them into production"],
        "data-scientist": ["Analyzes data", "trends", "insight"],
        "ai-engineer": ["chatbots", "image recognition", "automation"],
        "research-scientist": ["new algorithms", "advanced concepts"],
        "data-engineer": ["Prepares and runs large data systems"],
    }
    assert list(words) == ROLES
    for role in DOCUMENT.roles:
        assert [word for word in words[role.key] if word not in role.summary] == []


def test_the_industries():
    assert [part.title for part in DOCUMENT.industries] == [
        "Finance",
        "Health care",
        "Retail",
        "Education",
        "Technology",
    ]


def test_coursework_can_be_waived_and_the_degree_wants_its_certificate():
    degree = DOCUMENT.stages[0]
    assert [part.key for part in BY_KEY.values() if part.waivable] == [
        part.key for part in degree.milestones[:5]
    ]
    assert "waive" in degree.summary
    assert "prior learning" in degree.summary
    certificate = BY_KEY["masters-degree"].evidence
    assert certificate.required
    assert "certificate" in certificate.hint


# What the weights say ------------------------------------------------------------------------


@pytest.mark.parametrize("role", DOCUMENT.roles, ids=ROLES)
def test_a_real_project_weighs_more_than_any_other_project_for_every_role(role):
    weights = dict(role.weights)
    real = weights.pop("project-in-your-organization")
    others = [n for key, n in weights.items() if BY_KEY[key].kind is MilestoneKind.PROJECT]
    assert real > max(others)
    assert len(role.weights) == len(BY_KEY)


def test_a_real_project_is_the_largest_project():
    hours = {p.key: p.effort_hours for p in BY_KEY.values() if p.kind is MilestoneKind.PROJECT}
    assert max(hours, key=hours.__getitem__) == "project-in-your-organization"


@pytest.mark.parametrize(
    ("role", "most"),
    [
        ("machine-learning-engineer", {"cloud-deployment", "monitoring-and-drift"}),
        ("data-scientist", {"data-analysis"}),
        (
            "ai-engineer",
            {"software-engineering", "cloud-deployment", "project-in-your-organization"},
        ),
        (
            "research-scientist",
            {"machine-learning-theory", "research-methods", "mathematics-and-statistics"},
        ),
        ("data-engineer", {"scalable-data-pipelines", "project-in-your-organization"}),
    ],
)
def test_the_heaviest_milestones_of_a_role_are_what_the_role_does(role, most):
    weights = dict(PATHWAY.roles[role].weights)
    assert {key for key, n in weights.items() if n == max(weights.values())} == most


@pytest.mark.parametrize("key", sorted(BY_KEY))
def test_no_two_roles_are_weighted_alike(key):
    everything = [dict(role.weights) for role in DOCUMENT.roles]
    assert all(a != b for n, a in enumerate(everything) for b in everything[:n])
    assert any(weights[key] >= 5 for weights in everything), "it matters to somebody"


# What a learner meets ------------------------------------------------------------------------


@pytest.mark.parametrize("track", TRACKS)
def test_many_milestones_are_open_on_the_first_day(track):
    standing = evaluate(PATHWAY, track, {})
    opened = {key for key, row in standing.milestones.items() if row.status is Status.AVAILABLE}
    assert standing.total == 26
    assert len(opened) >= 8
    assert {BY_KEY[key].kind.value for key in opened} == {"degree", "skill"}
    assert next_steps(standing, {})[0].milestone.key == "python-programming"


def test_the_degree_locks_nothing_outside_itself():
    degree = {part.key for part in DOCUMENT.stages[0].milestones}
    for part in BY_KEY.values():
        if part.key not in degree:
            assert not degree & set(part.prerequisites)


@pytest.mark.parametrize("track", TRACKS)
def test_the_pathway_can_be_walked_to_its_end_by_what_is_next(track):
    states, walked = {}, 0
    while steps := next_steps(evaluate(PATHWAY, track, states), {}, limit=1):
        milestone = steps[0].milestone
        mentored = milestone.verified_by is VerifiedBy.MENTOR
        states[milestone.key] = APPROVED if mentored else DONE
        walked += 1
    standing = evaluate(PATHWAY, track, states)
    assert (walked, standing.percent, standing.complete) == (26, 100, True)
    assert {readiness(standing, role) for role in ROLES} == {100}


def test_a_learner_whose_mentor_never_looks_can_still_do_all_the_work():
    states = {}
    while steps := next_steps(evaluate(PATHWAY, TRACKS[0], states), {}, limit=1):
        mentored = steps[0].milestone.verified_by is VerifiedBy.MENTOR
        states[steps[0].milestone.key] = WAITING if mentored else DONE
    assert len(states) == 26
    assert 0 < evaluate(PATHWAY, TRACKS[0], states).percent < 10


def test_it_takes_a_few_years_beside_a_job():
    hours = sum(part.effort_hours for part in BY_KEY.values())
    assert 2 < hours / 15 / 48 < 5  # at 15 hours a week, 48 weeks a year


# How it is written ---------------------------------------------------------------------------


@pytest.mark.parametrize("milestone", BY_KEY.values(), ids=BY_KEY)
def test_each_milestone_is_written_for_a_learner(milestone):
    assert len(milestone.title) <= 50
    assert not milestone.title.endswith(".")
    assert len(milestone.summary) <= 320
    assert 3 <= len(milestone.steps) <= 6
    assert 2 <= len(milestone.done_when) <= 3
    assert milestone.evidence.hint
    assert milestone.topics
    for sentence in (
        milestone.summary,
        milestone.evidence.hint,
        *milestone.steps,
        *milestone.done_when,
        *(line.looks_for for line in milestone.rubric),
        *(note for _, note in milestone.track_notes),
    ):
        assert sentence[0].isupper()
        assert sentence.endswith((".", "?"))


@pytest.mark.parametrize("milestone", BY_KEY.values(), ids=BY_KEY)
def test_who_verifies_fits_the_milestone(milestone):
    if milestone.kind is not MilestoneKind.SKILL:
        assert milestone.verified_by is VerifiedBy.MENTOR
    if milestone.verified_by is VerifiedBy.MENTOR:
        assert milestone.evidence.required
        assert 2 <= len(milestone.rubric) <= 4
    else:
        assert not milestone.evidence.required
        assert milestone.effort_hours <= 60


def test_projects_and_deployments_say_what_each_track_makes_of_them():
    for part in BY_KEY.values():
        if part.track_notes:
            assert sorted(dict(part.track_notes)) == sorted(TRACKS)
    noted = {part.key for part in BY_KEY.values() if part.track_notes}
    assert noted == {
        "research-methods",
        "masters-degree",
        "end-to-end-pipeline",
        "large-data-set",
        "cloud-deployment",
        "monitoring-and-drift",
        "project-in-your-organization",
    }
