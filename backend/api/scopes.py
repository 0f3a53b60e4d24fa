"""OAuth scopes, and the permission that asks for them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:  # rest_framework.views loads this module, named in its settings
    from rest_framework.views import APIView

SCOPES: Mapping[str, object] = {
    "profile:read": _("See your name, email address, time zone and language"),
    "profile:write": _("Change your name, time zone and language"),
    "pathways:read": _("Read pathways"),
    "pathways:write": _("Publish pathways and editions for you"),
    "progress:read": _("See your enrollments, your map, what you logged and your evidence"),
    "progress:write": _("Enroll, log progress, add evidence and mark milestones done for you"),
    "reviews:read": _("See submissions and reviews that you may see"),
    "reviews:write": _("Submit milestones and, if you mentor, review them"),
    "people:read": _("See your mentors, learners and invitations"),
    "people:write": _("Invite people and end mentorships for you"),
    "notifications:read": _("Read your notifications"),
    "notifications:write": _("Mark notifications as read and change what you are told"),
}
"""Each with what it means, in words: `str()` says them."""
SESSION_ONLY = "session"
"""A method that no app may call: it is for a person at the screen."""


class InsufficientScope(APIException):
    """The token lacks a scope (RFC 6750 §3.1); the answer names it."""

    status_code = HTTPStatus.FORBIDDEN
    default_code = "insufficient_scope"
    problem_code = "insufficient-scope"
    problem_title = _("The token lacks a scope")

    def __init__(self, scope: str) -> None:
        super().__init__(
            gettext("Apps can't do this; sign in at the web client.")
            if scope == SESSION_ONLY
            else gettext("This needs the scope %(scope)s, which the token does not have.")
            % {"scope": scope}
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
