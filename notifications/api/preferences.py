"""`/notification-preferences`."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.views import PersonalView, valid
from notifications.api.serializers import PreferencesInput, PreferencesOutput
from notifications.commands.choose_preferences import Chosen, choose_preferences
from notifications.policy import Choice
from notifications.queries.preferences import preferences_of


class PreferencesView(PersonalView):
    """How one wants to be told."""

    scopes = {"GET": "notifications:read", "PATCH": "notifications:write"}

    @extend_schema(operation_id="notification_preferences_read", responses=PreferencesOutput)
    def get(self, request: Request) -> Response:
        """Return one's choices, or the defaults; and what there is to choose, kind by kind."""
        return Response(PreferencesOutput(preferences_of(self.person)).data)

    @extend_schema(
        operation_id="notification_preferences_update",
        request=PreferencesInput,
        responses=PreferencesOutput,
    )
    def patch(self, request: Request) -> Response:
        """Change one's choices; what is left out stays. They hold for what is queued, too."""
        given = dict(valid(PreferencesInput(data=request.data)))
        choices = [
            Chosen(one["kind"], one["channel"], Choice(one["choice"]))
            for one in given.pop("choices", [])
        ]
        choose_preferences(person=self.person, values=given, choices=choices)
        return Response(PreferencesOutput(preferences_of(self.person)).data)
