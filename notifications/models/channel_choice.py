"""What a person wants of one kind over one channel."""

from django.conf import settings
from django.db import models

from notifications.policy import Choice

CHOICES = [(choice.value, choice.value) for choice in Choice]


class ChannelChoice(models.Model):
    """A choice that was made; where there is none, the kind's default holds."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="channel_choices"
    )
    kind = models.CharField(max_length=80)
    channel = models.CharField(max_length=16)
    choice = models.CharField(max_length=16, choices=CHOICES)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "channel"], name="channel_choice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel}: {self.choice}"
