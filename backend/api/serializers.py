"""Bases of what goes in and out."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail


class Input(serializers.Serializer[Any]):
    """Input as the schema has it: no field but those declared, and JSON's own types.

    A misspelt field is an error, not silence; "45" is no integer, and 45 no string.
    """

    def to_internal_value(self, data: Any) -> Any:
        """Return the validated values; raise ValidationError, also for fields not known here."""
        if isinstance(data, dict):
            refuse_unknown(set(data) - set(self.fields), _("There is no field %(name)r here."))
            mistyped = {
                name: [ErrorDetail(said, code="invalid")]
                for name, field in self.fields.items()
                if name in data and (said := _mistyped(field, data[name]))
            }
            if mistyped:
                raise serializers.ValidationError(mistyped)
        return super().to_internal_value(data)


def refuse_unknown(names: Collection[str], said: str) -> None:
    """Raise ValidationError if there are any `names`, for each of them `said` with its name."""
    if names:
        raise serializers.ValidationError(
            {
                name: [ErrorDetail(said % {"name": name}, code="unknown-field")]
                for name in sorted(names)
            }
        )


def _mistyped(field: Any, value: object) -> str | None:
    """Say that a value has another JSON type than its field; None when DRF may look at it.

    DRF would take 45 for text, "45" for an integer and "yes" for a boolean.
    """
    if value is None:
        return None
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        return next((said for item in value if (said := _mistyped(field.child, item))), None)
    if isinstance(field, serializers.CharField):
        return None if isinstance(value, str) else _("Must be a string.")
    if isinstance(field, serializers.IntegerField):
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        return None if fits else _("Must be an integer.")
    if isinstance(field, serializers.BooleanField):
        return None if isinstance(value, bool) else _("Must be true or false.")
    return None


class Output(serializers.Serializer[Any]):
    """Output, rendered from a model or a query's result by attribute."""


WALL_TIME = "%H:%M"


@extend_schema_field(
    {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "example": "22:00"}
)
class WallTimeField(serializers.TimeField):
    """A time as clocks show it, to the minute."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format=WALL_TIME, input_formats=[WALL_TIME], **kwargs)


class PersonOutput(Output):
    """A person as others see them."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="display_name")
