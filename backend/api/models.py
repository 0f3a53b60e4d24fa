"""Answers kept so that a repeated request is answered alike."""

from django.conf import settings
from django.db import models


class IdempotencyRecord(models.Model):
    """The answer to one POST, by the person and the key they sent with it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], name="idempotency_key_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return self.key
