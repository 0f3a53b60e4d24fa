"""What a device says about its learner's work, with an id and an instant of its own."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from progress.models.log_entry import LogSource
from progress.states import WorkMove


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidEntry:
    """Minutes (1–1440) worked on a local day; `replaces` is the entry that this one corrects."""

    id: uuid.UUID
    milestone_key: str
    day: date
    minutes: int
    note: str
    source: LogSource
    replaces: uuid.UUID | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidVoid:
    """That an entry doesn't count."""

    id: uuid.UUID
    entry_id: uuid.UUID
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidWork:
    """That the learner started, finished or reopened a milestone."""

    id: uuid.UUID
    milestone_key: str
    move: WorkMove
    at: datetime


Said = SaidEntry | SaidVoid | SaidWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidEvidence:
    """Evidence; `fields` are what `add_evidence` takes besides its id."""

    id: uuid.UUID
    fields: Mapping[str, Any]
    at: datetime
