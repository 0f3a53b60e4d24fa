"""A small pathway on which tracks differ and rules nest, and somebody on it."""

import json
from typing import Any

from accounts.models import User
from progress.commands.create_pathway import create_pathway
from progress.commands.enroll import enroll
from progress.commands.read_document import read_document
from progress.models import Enrollment
from tests.factories import NOW, make_person


def milestone(key: str, hours: int, **more: Any) -> dict[str, Any]:
    """A milestone that one says oneself is done."""
    return {
        "key": key,
        "title": key.replace("-", " ").capitalize(),
        "kind": "skill",
        "summary": "Bread.",
        "effort_hours": hours,
        "verified_by": "self",
        "steps": ["Bake it."],
        "done_when": ["It is eaten."],
        **more,
    }


def document(**changes: Any) -> str:
    """The pathway's document, as JSON with a line for every field."""
    basics = [milestone("first-loaf", 4), milestone("knead-well", 2)]
    breads = [
        milestone("white-loaf", 10, tracks=["wheat"]),
        milestone("pretzels", 3, tracks=["wheat"]),
        milestone("dark-loaf", 30, tracks=["rye"]),
        milestone("starter", 6),
        milestone("braid", 5),
    ]
    loaves = {"kind": "at_least", "count": 1, "title": "Loaves"}
    whole = {
        "format": 1,
        "slug": "bake-bread",
        "title": "Bake good bread",
        "summary": "From a first loaf to one you would give away.",
        "audience": "Anyone with an oven.",
        "duration": "Some weekends.",
        "beyond": "There is always another flour.",
        "track_guidance": "Choose wheat if this is your first loaf.",
        "tracks": [
            {"key": key, "title": key.capitalize(), "summary": "Loaves.", "suits": "Bakers."}
            for key in ("wheat", "rye")
        ],
        "industries": [{"key": "bakeries", "title": "Bakeries"}],
        "roles": [
            {
                "key": "home-baker",
                "title": "Home baker",
                "summary": "Bakes for friends.",
                "weights": {"first-loaf": 1, "starter": 3},
            },
            {
                "key": "pastry-cook",
                "title": "Pastry cook",
                "summary": "Shapes things.",
                "weights": {"braid": 2, "first-loaf": 1},
            },
        ],
        "stages": [
            {"key": "basics", "title": "Basics", "summary": "Flour.", "milestones": basics},
            {
                "key": "breads",
                "title": "Breads",
                "summary": "Some of these.",
                "rule": {
                    "kind": "at_least",
                    "count": 2,
                    "required": ["starter"],
                    "of": [
                        "starter",
                        "braid",
                        {**loaves, "of": ["white-loaf", "pretzels", "dark-loaf"]},
                    ],
                },
                "milestones": breads,
            },
        ],
        **changes,
    }
    return json.dumps(whole, indent=1)


def make_baker(track: str = "wheat") -> Enrollment:
    """A learner who bakes, on a pathway that somebody published."""
    edition = create_pathway(
        person=make_person("Ari Author"),
        document=read_document(text=document()),
        visibility="public",
        now=NOW,
    )
    return enroll(
        person=make_person("Lin Learner"),
        pathway=edition.pathway,
        track=track,
        role="home-baker",
        target_date=None,
        weekly_minutes=360,
        now=NOW,
    )


def make_author() -> User:
    """Somebody who writes pathways."""
    return make_person("Ari Author")
