"""Notifications and preferences, in and out."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from backend.api.serializers import Input, Output, WallTimeField
from notifications.catalogue import KINDS
from notifications.commands.redeliver import can_be_redelivered
from notifications.models import Channel, Delivery
from notifications.models.preferences import LARGEST_WEEKLY_CAP
from notifications.policy import CHOICES, Audience


class NotificationOutput(Output):
    """A row of the inbox."""

    id = serializers.UUIDField()
    kind = serializers.CharField(
        help_text=f"One of {', '.join(sorted(KINDS))}; more may come, so show an unknown one too."
    )
    title = serializers.CharField()
    body = serializers.CharField()
    reason = serializers.CharField(help_text="Why this person is told, in a sentence.")
    url = serializers.CharField(help_text="Where it leads: a path of the web client.")
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class NotificationInput(Input):
    """What can be changed about a notification."""

    read = serializers.BooleanField(required=False)


CHOOSABLE = sorted(name for name, kind in KINDS.items() if kind.occasion)


class ChannelOfferOutput(Output):
    """One kind over one channel."""

    channel = serializers.ChoiceField(Channel.values)
    choice = serializers.ChoiceField(CHOICES, help_text="What holds now.")
    choices = serializers.ListField(
        child=serializers.ChoiceField(CHOICES), help_text="What may be chosen."
    )


class KindOfferOutput(Output):
    """One kind, and how it may be had."""

    kind = serializers.ChoiceField(CHOOSABLE)
    occasion = serializers.CharField(help_text="When it comes, in a sentence.")
    audience = serializers.ChoiceField([one.value for one in Audience])
    is_nudge = serializers.BooleanField(help_text="Whether the clock causes it; then caps hold.")
    channels = ChannelOfferOutput(many=True)


class PreferencesOutput(Output):
    """How a person wants to be told."""

    by_email = serializers.BooleanField(source="stored.by_email")
    nudges_by_email = serializers.BooleanField(source="stored.nudges_by_email")
    push_shows_content = serializers.BooleanField(source="stored.push_shows_content")
    quiet_from = WallTimeField(source="stored.quiet_from")
    quiet_until = WallTimeField(source="stored.quiet_until")
    weekly_cap = serializers.IntegerField(source="stored.weekly_cap")
    digest_weekday = serializers.IntegerField(source="stored.digest_weekday")
    kinds = KindOfferOutput(many=True)


class ChosenInput(Input):
    """What is wanted of one kind over one channel."""

    kind = serializers.ChoiceField(CHOOSABLE)
    channel = serializers.ChoiceField(Channel.values)
    choice = serializers.ChoiceField(CHOICES)


class PreferencesInput(Input):
    """What a person may choose; what is left out stays."""

    by_email = serializers.BooleanField(
        required=False,
        help_text="Mail at all. Without it only what one asks for comes, such as a sign-in code.",
    )
    nudges_by_email = serializers.BooleanField(
        required=False, help_text="Reminders by mail. Decisions and security notices come anyway."
    )
    push_shows_content = serializers.BooleanField(
        required=False,
        help_text="Whether a push says what it is about, also on a locked screen.",
    )
    quiet_from = WallTimeField(
        required=False,
        help_text="HH:MM in the person's zone. Reminders wait until the quiet hours are over.",
    )
    quiet_until = WallTimeField(
        required=False,
        help_text="HH:MM; may be on the next day. The same as quiet_from: no quiet hours.",
    )
    weekly_cap = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=LARGEST_WEEKLY_CAP,
        help_text="At most so many reminders in seven days, over all channels.",
    )
    digest_weekday = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=6,
        help_text="The day of weekly digests; 0 is Monday.",
    )
    choices = ChosenInput(many=True, required=False)


class DeliveryOutput(Output):
    """One thing that was to be brought to one address over one channel."""

    id = serializers.UUIDField()
    channel = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.CharField()
    person_id = serializers.UUIDField(allow_null=True)
    address = serializers.SerializerMethodField(help_text="Where it was to go.")
    attempts = serializers.IntegerField()
    last_error = serializers.CharField(help_text="What the other side said, or what went wrong.")
    created_at = serializers.DateTimeField()
    can_be_redelivered = serializers.SerializerMethodField(
        help_text="False for messages with a code or a link that is gone."
    )

    @extend_schema_field(serializers.CharField())
    def get_address(self, delivery: Delivery) -> str:
        """Return the address it went to, or else the person's."""
        return delivery.address or (delivery.person.email if delivery.person else "")

    @extend_schema_field(serializers.BooleanField())
    def get_can_be_redelivered(self, delivery: Delivery) -> bool:
        """Return whether it can be made again."""
        return can_be_redelivered(delivery)


class ChannelSummaryOutput(Output):
    """How the deliveries of one channel stand."""

    channel = serializers.CharField()
    due = serializers.IntegerField(help_text="Due now.")
    failed = serializers.IntegerField(help_text="Of any age.")
    unconfirmed = serializers.IntegerField(help_text="Of any age.")
    sent = serializers.IntegerField(help_text="Made in the last 24 hours, and sent.")
    suppressed = serializers.IntegerField(help_text="Made in the last 24 hours, and left unsent.")


class SuppressedOutput(Output):
    """Why deliveries of the last 24 hours were left unsent."""

    channel = serializers.CharField()
    reason = serializers.CharField(help_text="A label, such as taken-back; more may come.")
    count = serializers.IntegerField()


class LedgerSummaryOutput(Output):
    """How everything that goes out stands."""

    oldest_due_at = serializers.DateTimeField(
        allow_null=True, help_text="Since when the oldest one is due; null with none."
    )
    channels = ChannelSummaryOutput(many=True)
    suppressed = SuppressedOutput(many=True, help_text="The most frequent reason first.")
    undelivered_kinds = serializers.ListField(
        child=serializers.CharField(), help_text="What the list of undelivered ones can be of."
    )


class DeliveryFilter(serializers.Serializer[None]):
    """Which of them."""

    channel = serializers.ChoiceField(Channel.choices, required=False)
    kind = serializers.CharField(max_length=80, required=False)
    state = serializers.ChoiceField(["failed", "unconfirmed"], required=False)
