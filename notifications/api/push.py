"""`/push-subscriptions`."""

import uuid

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.serializers import Input, Output
from backend.api.views import PersonalView, ScopedView, no_content, valid
from backend.outgoing import client
from notifications.commands.subscribe_to_push import subscribe_to_push
from notifications.models import PushSubscription
from notifications.models.push import LONGEST_ENDPOINT, PushSubscriptions
from notifications.push.browsers import browser_name
from notifications.push.keys import public_key, server_key


class PushKeyOutput(Output):
    """The key to subscribe with."""

    public_key = serializers.CharField(
        help_text="`applicationServerKey` for `PushManager.subscribe`, in base64url."
    )


class BrowserKeysInput(Input):
    """What a browser gives out to have messages sealed for it."""

    p256dh = serializers.CharField(max_length=100)
    auth = serializers.CharField(max_length=32)


class PushSubscriptionInput(Input):
    """A subscription as `PushSubscription.toJSON()` has it; without `expirationTime`."""

    endpoint = serializers.CharField(
        max_length=LONGEST_ENDPOINT, help_text="https, and out in the world."
    )
    keys = BrowserKeysInput()


class PushSubscriptionOutput(Output):
    """A browser that may ring."""

    id = serializers.UUIDField()
    browser = serializers.CharField(source="label", help_text="Such as “Firefox · Android”.")
    fingerprint = serializers.CharField(
        source="endpoint_hash", help_text="SHA-256 of its endpoint, to know one's own browser by."
    )
    is_current = serializers.SerializerMethodField(
        help_text="False if it was made with another key than today's: then subscribe anew."
    )
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(serializers.BooleanField())
    def get_is_current(self, subscription: PushSubscription) -> bool:
        """Return whether it rings for the key that we have now."""
        return bool(subscription.server_key == self.context["public_key"])


class PushKeyView(PersonalView):
    """The key of this installation."""

    scopes = {"GET": "notifications:read"}

    @extend_schema(operation_id="push_key_read", responses=PushKeyOutput)
    def get(self, request: Request) -> Response:
        """Return the public key to subscribe a browser with."""
        return Response({"public_key": public_key(server_key(now=self.now))})


class PushSubscriptionListView(ScopedView[PushSubscription]):
    """The browsers that one lets ring."""

    scopes = {"GET": "notifications:read", "POST": "notifications:write"}

    def rows(self) -> PushSubscriptions:
        """One's own that have not ended."""
        rows: PushSubscriptions = PushSubscription.objects.owned_by(self.person).live()
        return rows

    @extend_schema(
        operation_id="push_subscriptions_list",
        responses=PushSubscriptionOutput(many=True),
        filters=False,
    )
    def get(self, request: Request) -> Response:
        """List the browsers that ring, the newest first."""
        rows = self.rows().order_by("-created_at", "id")
        return Response(PushSubscriptionOutput(rows, many=True, context=self._key()).data)

    @extend_schema(
        operation_id="push_subscriptions_create",
        request=PushSubscriptionInput,
        responses={201: PushSubscriptionOutput, 200: PushSubscriptionOutput},
    )
    def post(self, request: Request) -> Response:
        """Let a browser ring: 200 if it did so already, with its keys renewed."""
        given = valid(PushSubscriptionInput(data=request.data))
        made, is_new = subscribe_to_push(
            person=self.person,
            endpoint=given["endpoint"],
            p256dh=given["keys"]["p256dh"],
            auth=given["keys"]["auth"],
            label=browser_name(request.headers.get("User-Agent", "")),
            way_out=client(),
            now=self.now,
        )
        output = PushSubscriptionOutput(made, context=self._key())
        return Response(output.data, status=201 if is_new else 200)

    def _key(self) -> dict[str, str]:
        return {"public_key": public_key(server_key(now=self.now))}


class PushSubscriptionView(ScopedView[PushSubscription]):
    """One of them."""

    scopes = {"DELETE": "notifications:write"}

    def rows(self) -> PushSubscriptions:
        """One's own that have not ended."""
        rows: PushSubscriptions = PushSubscription.objects.owned_by(self.person).live()
        return rows

    @extend_schema(operation_id="push_subscriptions_end", responses={204: None})
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        """Let it ring no more; what is queued for it is dropped."""
        self.get_object().end(reason="stopped", now=self.now)
        return no_content()
