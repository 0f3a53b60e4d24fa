"""The ledger of what goes out: every mail, its state, and what is known of its fate."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from backend.ids import uuid7
from notifications.models.notification import Notification
from notifications.models.push import PushSubscription
from notifications.states import DeliveryState, sources

STATES = [(state.value, state.value) for state in DeliveryState]
LEASE = timedelta(seconds=90)
"""How long a claim is good for. Longer than a sending task may run (MAIL_TASK_SECONDS in settings):
when a lease has run out, no process can still be sending what it covers."""

CLAIMED = {"claim_id__isnull": False, "claimed_at__isnull": False}
UNCLAIMED = {"claim_id__isnull": True, "claimed_at__isnull": True, "committed_at__isnull": True}


class Channel(models.TextChoices):
    """The ways out."""

    EMAIL = "email"
    PUSH = "push"


class Deliveries(models.QuerySet["Delivery"]):
    """Deliveries."""

    def due(self, now: datetime) -> Self:
        """Those to send now."""
        return self.filter(state=DeliveryState.QUEUED, due_at__lte=now)

    def abandoned(self, now: datetime) -> Self:
        """Those whose process must have died while it was sending."""
        return self.filter(state=DeliveryState.SENDING, claimed_at__lte=now - LEASE)

    def claim(self, *, channel: Channel, limit: int, now: datetime) -> list["Delivery"]:
        """Claim up to `limit` due rows for this process alone, must-arrive and oldest first.

        Rows that another process is claiming are skipped, not waited for. The claim's id is random
        and is asked for by every later update, so whoever lost the claim can change nothing.
        """
        claim_id = uuid.uuid4()
        with transaction.atomic():
            rows = self.due(now).filter(channel=channel).select_for_update(skip_locked=True)
            ids = list(
                rows.order_by("-must_arrive", "due_at", "id").values_list("pk", flat=True)[:limit]
            )
            Delivery.objects.filter(pk__in=ids).update(
                state=DeliveryState.SENDING,
                claim_id=claim_id,
                claimed_at=now,
                attempts=F("attempts") + 1,
            )
        claimed = Delivery.objects.filter(pk__in=ids).select_related(
            "person", "notification", "subscription__person"
        )
        return list(claimed.order_by("-must_arrive", "due_at", "id"))

    def undelivered(self) -> Self:
        """Those that ended without arriving, as far as anybody knows."""
        return self.filter(state__in=[DeliveryState.FAILED, DeliveryState.UNCONFIRMED])

    def recover_abandoned(self, *, now: datetime) -> tuple[int, int]:
        """Decide about what dead processes left in `sending`; return (requeued, unconfirmed).

        Must-arrive mail is sent again under the same Message-ID. So is what had not reached the
        final dot. Past that, only the receiver knows, and a nudge is not worth saying twice.
        """
        rows = self.abandoned(now)
        unconfirmed = rows.filter(must_arrive=False, committed_at__isnull=False).update(
            state=DeliveryState.UNCONFIRMED,
            last_error="The process that sent this died; nobody confirmed.",
        )
        requeued = rows.update(
            state=DeliveryState.QUEUED,
            claim_id=None,
            claimed_at=None,
            committed_at=None,
            due_at=now,
            last_error="The process that sent this died.",
        )
        return requeued, unconfirmed

    def put_off_due(self, *, channel: Channel, until: datetime, now: datetime) -> int:
        """Let everything due on a channel rest until its server can be reached; return how many."""
        return self.due(now).filter(channel=channel).update(due_at=until)


class Delivery(models.Model):
    """One thing to bring to one address over one channel, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=16, choices=Channel.choices, default=Channel.EMAIL)
    key = models.CharField(max_length=250)
    kind = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    notification = models.ForeignKey(
        Notification, on_delete=models.CASCADE, null=True, related_name="deliveries"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="deliveries"
    )
    subscription = models.ForeignKey(
        PushSubscription, on_delete=models.CASCADE, null=True, related_name="deliveries"
    )
    """The browser that a push goes to."""
    address = models.EmailField(blank=True)
    """Where it goes if `person` is null; else where it went: of a push, the service's host."""
    must_arrive = models.BooleanField()
    is_nudge = models.BooleanField(default=False)
    message_id = models.CharField(max_length=255, unique=True)
    """RFC 5322 §3.6.4, with its angle brackets: the same on every attempt."""
    message = models.BinaryField(null=True)
    """A whole message (RFC 5322) that can't be rendered again, such as one with a sign-in code.
    Emptied when the delivery ends."""

    state = models.CharField(max_length=16, choices=STATES, default=DeliveryState.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim_id = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    committed_at = models.DateTimeField(null=True)
    """Set just before the byte after which the receiver has it."""
    sent_at = models.DateTimeField(null=True)
    suppressed_reason = models.CharField(max_length=80, blank=True)
    last_error = models.CharField(max_length=500, blank=True)

    objects: ClassVar[Any] = Deliveries.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "key"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(address=""), name="delivery_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(channel="push", subscription__isnull=False)
                | (~Q(channel="push") & Q(subscription__isnull=True)),
                name="delivery_push_has_its_browser",
            ),
            models.CheckConstraint(
                condition=Q(must_arrive=False) | Q(is_nudge=False),
                name="delivery_nudge_may_be_lost",
            ),
            models.CheckConstraint(
                condition=Q(state="queued", sent_at__isnull=True, **UNCLAIMED)
                | Q(state="sending", sent_at__isnull=True, **CLAIMED)
                | Q(state="sent", sent_at__isnull=False, **CLAIMED)
                | (Q(state="failed", sent_at__isnull=True, **CLAIMED) & ~Q(last_error=""))
                | Q(
                    state="unconfirmed",
                    sent_at__isnull=True,
                    committed_at__isnull=False,
                    must_arrive=False,
                    **CLAIMED,
                )
                | (Q(state="suppressed", sent_at__isnull=True) & ~Q(suppressed_reason="")),
                name="delivery_state_with_its_times",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending"]) | Q(message__isnull=True),
                name="delivery_message_scrubbed_at_the_end",
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "-must_arrive", "due_at", "id"],
                condition=Q(state="queued"),
                name="delivery_due",
            ),
            models.Index(
                fields=["due_at"], condition=Q(state="queued"), name="delivery_oldest_due"
            ),
            models.Index(
                fields=["claimed_at"], condition=Q(state="sending"), name="delivery_sending"
            ),
            models.Index(
                fields=["-created_at", "id"],
                condition=Q(state__in=["failed", "unconfirmed"]),
                name="delivery_undelivered",
            ),
            models.Index(fields=["created_at"], name="delivery_by_age"),
            models.Index(
                fields=["person", "sent_at"],
                condition=Q(is_nudge=True),
                name="delivery_nudges_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.channel}, {self.state}"

    def commit_to_send(self, *, now: datetime) -> bool:
        """Mark that from here on only the receiver knows; return False where the claim is lost."""
        is_ours = bool(self._claimed().update(committed_at=now))
        self.committed_at = now if is_ours else None
        return is_ours

    def mark_sent(self, *, address: str, now: datetime) -> bool:
        """Move to sent; return whether this claim did it."""
        return self._move(DeliveryState.SENT, address=address, sent_at=now)

    def mark_failed(self, error: str) -> bool:
        """Move to failed, for good; return whether this claim did it."""
        return self._move(DeliveryState.FAILED, last_error=one_line(error))

    def mark_unconfirmed(self, error: str) -> bool:
        """Move to unconfirmed; return whether this claim did it."""
        return self._move(DeliveryState.UNCONFIRMED, last_error=one_line(error))

    def suppress(self, reason: str) -> bool:
        """Move to suppressed; return whether this claim did it."""
        return self._move(DeliveryState.SUPPRESSED, suppressed_reason=reason)

    def put_back(self, *, due_at: datetime, error: str = "", counts: bool = True) -> bool:
        """Give the claim back, to be sent at `due_at`; return whether this claim did it.

        `counts` is False where it was not this delivery's turn, so that it lost no attempt.
        """
        return self._move(
            DeliveryState.QUEUED,
            claim_id=None,
            claimed_at=None,
            committed_at=None,
            due_at=due_at,
            attempts=F("attempts") - (0 if counts else 1),
            last_error=one_line(error),
        )

    def requeue(self, *, now: datetime) -> bool:
        """Queue what ended without arriving; return whether this call did it."""
        rows = Delivery.objects.undelivered().filter(pk=self.pk)
        return bool(
            rows.update(
                state=DeliveryState.QUEUED,
                claim_id=None,
                claimed_at=None,
                committed_at=None,
                due_at=now,
                attempts=0,
            )
        )

    def _claimed(self) -> Deliveries:
        rows: Deliveries = Delivery.objects.filter(
            pk=self.pk, claim_id=self.claim_id, state=DeliveryState.SENDING
        )
        return rows

    def _move(self, new: DeliveryState, **values: Any) -> bool:
        if DeliveryState.SENDING not in sources(new):
            raise ValueError(f"a delivery never moves from sending to {new}")
        if new is not DeliveryState.QUEUED:
            values["message"] = None
        return bool(self._claimed().update(state=new, **values))


def one_line(text: str, length: int = 500) -> str:
    """Return `text` on one line of at most `length` characters: servers answer in several.

    Without what a text column can't hold, which servers of others may send all the same.
    """
    kept = text.replace("\x00", "").encode(errors="replace").decode()
    return " ".join(kept.split())[:length]
