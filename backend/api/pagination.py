"""Cursor pagination, with `Link` (RFC 8288)."""

from typing import Any

from rest_framework.pagination import CursorPagination
from rest_framework.response import Response


class Pages(CursorPagination):
    """`{"results": […], "next": …, "previous": …}`, 50 a page or `limit` (1–100).

    A view that lists names its order, with the key last, so that no row is seen twice or skipped.
    """

    page_size = 50
    page_size_query_param = "limit"
    max_page_size = 100
    ordering = "-id"

    def get_paginated_response(self, data: Any) -> Response:
        """Return a page of `data` with the addresses of its neighbours."""
        following, preceding = self.get_next_link(), self.get_previous_link()
        response = Response({"results": data, "next": following, "previous": preceding})
        links = [
            f'<{url}>; rel="{rel}"'
            for url, rel in ((following, "next"), (preceding, "prev"))
            if url
        ]
        if links:
            response["Link"] = ", ".join(links)
        return response
