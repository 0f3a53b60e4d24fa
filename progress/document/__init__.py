"""A pathway as its author writes it: read, checked, normalized. docs/pathway-format.md says how.

`parse_yaml` and `parse` give a `Document` or raise `DocumentErrors` with everything that is wrong;
`to_json` gives the normalized form an edition stores, from which `parse` gives an equal `Document`,
`to_yaml` and `to_json_text` the text for its author.
"""

from progress.document.errors import Code, DocumentErrors, Path, Problem
from progress.document.model import (
    Alignment,
    Criterion,
    Document,
    Evidence,
    Industry,
    Milestone,
    MilestoneKind,
    Role,
    Rule,
    RuleKind,
    Stage,
    Track,
    VerifiedBy,
    plain,
    to_json,
)
from progress.document.parsing import parse
from progress.document.source import MAX_BYTES, lines_of, parse_yaml
from progress.document.writing import to_json_text, to_yaml

__all__ = [
    "MAX_BYTES",
    "Alignment",
    "Code",
    "Criterion",
    "Document",
    "DocumentErrors",
    "Evidence",
    "Industry",
    "Milestone",
    "MilestoneKind",
    "Path",
    "Problem",
    "Role",
    "Rule",
    "RuleKind",
    "Stage",
    "Track",
    "VerifiedBy",
    "lines_of",
    "parse",
    "parse_yaml",
    "plain",
    "to_json",
    "to_json_text",
    "to_yaml",
]
