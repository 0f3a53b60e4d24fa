"""Batches of commands, in and out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output
from backend.api.views import valid
from progress.api.serializers.choices import COMMAND_OUTCOMES, WORK_MOVES
from progress.api.serializers.evidence import EvidenceInput
from progress.api.serializers.log_entries import AT, LogEntryInput, LogVoidInput
from progress.commands.apply_batch import MOST
from progress.logbook import Said, SaidEntry, SaidVoid, SaidWork
from progress.logbook.said import SaidEvidence
from progress.models.log_entry import LogSource
from progress.states import WorkMove


class LogCommand(LogEntryInput):
    """As `POST /log-entries`."""

    type = serializers.ChoiceField(["log"])
    enrollment_id = None  # type: ignore[assignment]  # the batch has it


class VoidCommand(LogVoidInput):
    """As `POST /log-voids`."""

    type = serializers.ChoiceField(["void"])
    enrollment_id = None  # type: ignore[assignment]


class EvidenceCommand(EvidenceInput):
    """As `POST /evidence`: a link or a text."""

    type = serializers.ChoiceField(["evidence"])
    enrollment_id = None  # type: ignore[assignment]
    at = serializers.DateTimeField(required=False, allow_null=True, default=None, help_text=AT)


class WorkCommand(Input):
    """That the learner started, finished or reopened a milestone; the latest `at` decides."""

    type = serializers.ChoiceField(["work"])
    id = serializers.UUIDField(help_text="Made by the client, so that sending twice is one.")
    milestone_key = serializers.CharField(max_length=80)
    move = serializers.ChoiceField(WORK_MOVES)
    at = serializers.DateTimeField(required=False, allow_null=True, default=None, help_text=AT)


COMMANDS: Final[Mapping[str, type[Input]]] = {
    "log": LogCommand,
    "void": VoidCommand,
    "evidence": EvidenceCommand,
    "work": WorkCommand,
}


@extend_schema_field(
    PolymorphicProxySerializer(
        component_name="Command",
        serializers=dict(COMMANDS),
        resource_type_field_name="type",
        many=False,
    )
)
class CommandField(serializers.Field[Any, Any, Any, Any]):
    """One command, read later by itself: one that is malformed must not refuse the others."""

    def to_internal_value(self, data: Any) -> Any:
        """Return it as it came."""
        return data


class BatchInput(Input):
    """What a device did while it was away, on one enrollment."""

    enrollment_id = serializers.UUIDField()
    commands = serializers.ListField(child=CommandField(), min_length=1, max_length=MOST)


def read_command(raw: Any, *, source: LogSource, now: datetime) -> Said | SaidEvidence:
    """Return what a command says; raise DRF's ValidationError with all that is wrong."""
    kind = raw.get("type") if isinstance(raw, dict) else None
    if not isinstance(kind, str) or kind not in COMMANDS:
        known = ", ".join(COMMANDS)
        raise serializers.ValidationError(
            {"type": _("A command has a type, one of: %(known)s.") % {"known": known}}
        )
    data = valid(COMMANDS[kind](data=raw))
    data["at"] = min(data["at"] or now, now)
    del data["type"]
    match kind:
        case "log":
            said_source = data.pop("source", None)
            return SaidEntry(**data, source=LogSource(said_source) if said_source else source)
        case "void":
            return SaidVoid(**data)
        case "work":
            return SaidWork(**{**data, "move": WorkMove(data["move"])})
    return SaidEvidence(id=data.pop("id"), at=data.pop("at"), fields=data)


class CommandErrorOutput(Output):
    """One thing wrong with one field of a command."""

    field = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class CommandProblemOutput(Output):
    """Why a command was refused, as a problem of its own."""

    code = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    detail = serializers.CharField()
    errors = CommandErrorOutput(many=True)  # type: ignore[assignment]  # also Serializer's own

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Render a problem document's members that matter here."""
        names = ("code", "status", "title", "detail")
        return {**{name: instance[name] for name in names}, "errors": instance.get("errors", [])}


class CommandAnswerOutput(Output):
    """What became of a command. A refused one stored nothing."""

    id = serializers.UUIDField(allow_null=True, help_text="The command's own, as it was sent.")
    outcome = serializers.ChoiceField(COMMAND_OUTCOMES)
    problem = CommandProblemOutput(allow_null=True)


class BatchOutput(Output):
    """An answer for each command, in the order of sending."""

    results = CommandAnswerOutput(many=True)
