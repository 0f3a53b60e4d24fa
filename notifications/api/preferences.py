"""`/notification-preferences`."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import PersonalView, valid
from notifications.api.serializers import PreferencesInput, PreferencesOutput
from notifications.commands.choose_preferences import choose_preferences
from notifications.models import NotificationPreferences


class PreferencesView(PersonalView):
    """How one wants to be told."""

    scopes = {"GET": "notifications:read", "PATCH": "notifications:write"}

    @extend_schema(operation_id="notification_preferences_read", responses=PreferencesOutput)
    def get(self, request: Request) -> Response:
        """Return one's choices, or the defaults."""
        return Response(PreferencesOutput(NotificationPreferences.of(self.person)).data)

    @extend_schema(
        operation_id="notification_preferences_update",
        request=PreferencesInput,
        responses=PreferencesOutput,
    )
    def patch(self, request: Request) -> Response:
        """Change one's choices; what is left out stays. They hold for what is queued, too."""
        given = valid(PreferencesInput(data=request.data, partial=True))
        chosen = choose_preferences(person=self.person, choices=given)
        return Response(PreferencesOutput(chosen).data)
