"""`/me`."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.serializers import MeInput, MeOutput
from backend.api.views import PersonalView


class MeView(PersonalView):
    """The signed-in person's profile."""

    scopes = {"GET": "profile:read", "PATCH": "profile:write"}

    @extend_schema(operation_id="me_read", responses=MeOutput)
    def get(self, request: Request) -> Response:
        """Return who is signed in."""
        return Response(MeOutput(self.person).data)

    @extend_schema(operation_id="me_update", request=MeInput, responses=MeOutput)
    def patch(self, request: Request) -> Response:
        """Change name, time zone or locale."""
        serializer = MeInput(self.person, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        return Response(MeOutput(serializer.save(now=self.now)).data)
