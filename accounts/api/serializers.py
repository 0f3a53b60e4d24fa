"""A person's own data, in and out."""

from typing import Any

from rest_framework import serializers

from accounts.models import LOCALES, User, validate_one_line, validate_time_zone
from backend.api.serializers import Input, Output


class MeOutput(Output):
    """The signed-in person."""

    id = serializers.UUIDField()
    email = serializers.EmailField()
    name = serializers.CharField()
    time_zone = serializers.CharField(help_text="An IANA name, such as Europe/Berlin.")
    locale = serializers.ChoiceField(LOCALES)
    is_operator = serializers.BooleanField(
        source="is_staff", help_text="Whether they run this installation."
    )


class MeInput(Input):
    """What a person may change about themself."""

    name = serializers.CharField(max_length=120, validators=[validate_one_line], required=False)
    time_zone = serializers.CharField(
        max_length=64, validators=[validate_time_zone], required=False
    )
    locale = serializers.ChoiceField(LOCALES, required=False)

    def update(self, instance: User, validated_data: dict[str, Any]) -> User:
        """Store the given values; `now` is among them."""
        now, before = validated_data.pop("now"), instance.zone_changed_at
        for name, value in validated_data.items():
            if name == "time_zone":
                instance.move_to(value, now=now)
            else:
                setattr(instance, name, value)
        moved = ["zone_changed_at"] * (instance.zone_changed_at != before)
        instance.save(update_fields=[*validated_data, *moved])
        return instance
