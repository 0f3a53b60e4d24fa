"""`/notifications`."""

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.api.pagination import Pages
from backend.api.views import PersonalView, ScopedView, no_content, valid
from notifications.api.serializers import NotificationInput, NotificationOutput
from notifications.models import Notification
from notifications.models.notification import Notifications
from notifications.queries.inbox import with_words


class InboxPages(Pages):
    """Pages, the newest first, that also say how many notifications are unread in all."""

    unread = 0

    def get_paginated_response(self, data: Any) -> Response:
        """Return a page with `unread`."""
        response = super().get_paginated_response(data)
        response.data["unread"] = self.unread
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page with `unread`."""
        page = super().get_paginated_response_schema(schema)
        page["properties"]["unread"] = {"type": "integer", "minimum": 0}
        page["required"] = [*page["required"], "unread"]
        return page


class NotificationListView(ScopedView[Notification]):
    """The inbox."""

    scopes = {"GET": "notifications:read"}
    pagination_class = InboxPages

    def rows(self) -> Notifications:
        """One's own, whoever one is."""
        rows: Notifications = Notification.objects.owned_by(self.person)
        return rows

    @extend_schema(
        operation_id="notifications_list", responses=NotificationOutput(many=True), filters=False
    )
    def get(self, request: Request) -> Response:
        """List one's notifications, the newest first, with the number of all unread ones."""
        pages = InboxPages()
        found = pages.paginate_queryset(self.rows(), request, view=self) or []
        pages.unread = self.rows().unread().count()
        return pages.get_paginated_response(NotificationOutput(with_words(found), many=True).data)


class NotificationView(ScopedView[Notification]):
    """One notification."""

    scopes = {"PATCH": "notifications:write"}

    def rows(self) -> Notifications:
        """One's own."""
        rows: Notifications = Notification.objects.owned_by(self.person)
        return rows

    @extend_schema(
        operation_id="notifications_update",
        request=NotificationInput,
        responses=NotificationOutput,
    )
    def patch(self, request: Request, id: uuid.UUID) -> Response:
        """Mark a notification as read, or as unread again."""
        notification = self.get_object()
        given = valid(NotificationInput(data=request.data, partial=True))
        if "read" in given:
            notification.mark(read=given["read"], now=self.now)
        return Response(NotificationOutput(with_words([notification])[0]).data)


class AllReadView(PersonalView):
    """The whole inbox at once."""

    scopes = {"PUT": "notifications:write"}

    @extend_schema(operation_id="notifications_read_all", request=None, responses={204: None})
    def put(self, request: Request) -> Response:
        """Mark every notification as read."""
        Notification.objects.owned_by(self.person).mark_read(now=self.now)
        return no_content()
