"""OAuth scopes, and the permission that asks for them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from rest_framework.exceptions import APIException
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:  # rest_framework.views loads this module, named in its settings
    from rest_framework.views import APIView

SCOPES: Mapping[str, str] = {
    "profile:read": "See your name, email address, time zone and language",
    "profile:write": "Change your name, time zone and language",
    "pathways:read": "Read pathways",
    "pathways:write": "Publish pathways and editions for you",
    "progress:read": "See your enrollments, your map, what you logged and your evidence",
    "progress:write": "Enroll, log progress, add evidence and mark milestones done for you",
    "reviews:read": "See submissions and reviews that you may see",
    "reviews:write": "Submit milestones and, if you mentor, review them",
    "people:read": "See your mentors, learners and invitations",
    "people:write": "Invite people and end mentorships for you",
    "notifications:read": "Read your notifications",
    "notifications:write": "Mark notifications as read and change what you are told",
}
SESSION_ONLY = "session"
"""A method that no app may call: it is for a person at the screen."""


class InsufficientScope(APIException):
    """The token lacks a scope (RFC 6750 §3.1); the answer names it."""

    status_code = HTTPStatus.FORBIDDEN
    default_code = "insufficient_scope"
    problem_code = "insufficient-scope"
    problem_title = "The token lacks a scope"

    def __init__(self, scope: str) -> None:
        super().__init__(
            "Apps can't do this; sign in at the web client."
            if scope == SESSION_ONLY
            else f"This needs the scope {scope}, which the token does not have."
        )
        self.problem_members: Mapping[str, str] = {"scope": scope}
        self.auth_header = f'Bearer error="insufficient_scope", scope="{scope}"'


class HasScope(BasePermission):
    """Signed in unless the view is public; and with a token, the scope its method declares."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Return whether to go on; raises InsufficientScope, naming the scope."""
        scopes: Mapping[str, str] = getattr(view, "scopes", {})
        method = "GET" if request.method in {"HEAD", "OPTIONS"} else str(request.method)
        token: Any = request.auth
        if token is not None and method in scopes:
            scope = scopes[method]
            if scope == SESSION_ONLY or not token.is_valid([scope]):
                raise InsufficientScope(scope)
        open_to_all = getattr(view, "public", False) and method == "GET"
        return bool(open_to_all or request.user.is_authenticated)
