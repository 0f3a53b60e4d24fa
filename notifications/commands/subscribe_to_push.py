"""A person lets a browser ring."""

from datetime import datetime
from typing import NoReturn

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import FieldError, Refused
from backend.outgoing import Client, Refusal
from notifications.models import PushSubscription
from notifications.models.push import fingerprint
from notifications.push.keys import browser_key, public_key, server_key, shared_secret

MOST_BROWSERS = 10


class PushAddressRefused(Refused):
    """Push services are out in the world, and are asked by https."""

    code = "push-address-refused"
    title = gettext_lazy("Nothing can be pushed to this address")


class PushKeysInvalid(Refused):
    """A message is sealed for its browser, or not sent."""

    code = "push-keys-invalid"
    title = gettext_lazy("These are no keys of a browser")


def subscribe_to_push(
    *,
    person: User,
    endpoint: str,
    p256dh: str,
    auth: str,
    label: str,
    way_out: Client,
    now: datetime,
) -> tuple[PushSubscription, bool]:
    """Store a browser's subscription; return it and whether it is new to `person`.

    Sent again, its keys are renewed. An address belongs to whoever signed in on that browser last.
    Of more than MOST_BROWSERS the one that rang longest ago gives way. Raises PushAddressRefused,
    PushKeysInvalid.
    """
    _require_address(endpoint, way_out)
    _require_keys(p256dh, auth)
    values = {
        "p256dh": p256dh,
        "auth": auth,
        "label": label,
        "server_key": public_key(server_key(now=now)),
    }
    try:
        with transaction.atomic():
            return _store(person, endpoint, values, now)
    except IntegrityError:  # the same from another tab, in this moment
        with transaction.atomic():
            return _store(person, endpoint, values, now)


def _store(
    person: User, endpoint: str, values: dict[str, str], now: datetime
) -> tuple[PushSubscription, bool]:
    there = PushSubscription.objects.live().at(endpoint)
    own = there.owned_by(person).select_for_update().first()
    if own is not None:
        for name, value in values.items():
            setattr(own, name, value)
        own.save(update_fields=list(values))
        return own, False
    there.end(reason="replaced", now=now)
    made = PushSubscription.objects.create(
        person=person,
        endpoint=endpoint,
        endpoint_hash=fingerprint(endpoint),
        created_at=now,
        **values,
    )
    _make_room(person, now)
    return made, True


def _make_room(person: User, now: datetime) -> None:
    rows = PushSubscription.objects.live().owned_by(person)
    latest = Coalesce("last_used_at", "created_at")
    lately = rows.order_by(latest.desc(), "-id").values_list("pk", flat=True)
    PushSubscription.objects.filter(pk__in=list(lately[MOST_BROWSERS:])).end(
        reason="replaced", now=now
    )


def _require_address(endpoint: str, way_out: Client) -> None:
    """Pass if the form of `endpoint` lets it be asked; a name is judged when it is."""
    if not endpoint.startswith("https://"):
        _refuse(_("A push service is asked by https; this address does not begin with https://."))
    if "#" in endpoint:
        _refuse(_("A push service's address has no part after #."))
    try:
        way_out.admit(endpoint)
    except Refusal as exc:
        _refuse(_("Nothing is pushed there: %(reason)s.") % {"reason": exc.reason})


def _refuse(said: str) -> NoReturn:
    raise PushAddressRefused(said, errors=[FieldError("endpoint", "push-address-refused", said)])


def _require_keys(p256dh: str, auth: str) -> None:
    for name, value, read in (("p256dh", p256dh, browser_key), ("auth", auth, shared_secret)):
        try:
            read(value)
        except ValueError:
            said = _("%(name)s is not what a browser gives out.") % {"name": name}
            raise PushKeysInvalid(
                said, errors=[FieldError(f"keys.{name}", "push-keys-invalid", said)]
            ) from None
