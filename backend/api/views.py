"""The three bases of every view: public, personal, scoped.

Each view maps HTTP method → OAuth scope in `scopes`; a method without a scope does not exist (405).
The access tests read the same mapping, so a new endpoint can't be forgotten there.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from backend.api.conditional import CONDITIONAL, only_if_unchanged
from backend.api.idempotency import answer_once
from backend.api.language import speak_to
from backend.api.pagination import Pages
from backend.api.serializers import Output, refuse_unknown
from backend.api.throttling import Standing

M_co = TypeVar("M_co", bound=Model, covariant=True)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class _View(APIView):
    scopes: ClassVar[Mapping[str, str]] = {}
    public: ClassVar[bool] = False
    pagination_class: ClassVar[type[Pages] | None] = None
    filters: ClassVar[type[Serializer[Any]] | None] = None
    """What a GET may be narrowed by in its query string."""
    beside_file: ClassVar[type[Serializer[Any]] | None] = None
    """What a POST may say in its query string, where its body is somebody's file."""
    secrets: ClassVar[tuple[str, ...]] = ()
    """Members of the POST's answer that are shown once: not kept for a replay (see answer_once)."""
    now: datetime
    standing: Standing | None = None
    """Where who asks stands with their limit (see Limits)."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a view whose handlers and scopes do not match, when it is defined."""
        super().__init_subclass__(**kwargs)
        handlers = {method for method in METHODS if hasattr(cls, method.lower())}
        if handlers != set(cls.scopes):
            raise TypeError(
                f"{cls.__name__}: handlers {handlers} and scopes {set(cls.scopes)} differ"
            )
        cls.http_method_names = [m.lower() for m in cls.scopes] + (
            ["head", "options"] if "GET" in cls.scopes else ["options"]
        )

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Check who is asking, and read the clock once for the whole request."""
        super().initial(request, *args, **kwargs)
        self._refuse_unknown_parameters(request)
        self.now = timezone.now()

    def perform_authentication(self, request: Request) -> None:
        """Find out who is asking, and answer in their language unless another is asked for."""
        super().perform_authentication(request)
        speak_to(request.user, request._request)

    def _refuse_unknown_parameters(self, request: Request) -> None:
        """Raise ValidationError: a misspelt filter would answer with more than was asked for."""
        reads = request.method in {"GET", "HEAD"}
        known = set(self.filters().fields) if self.filters and reads else set()
        if self.beside_file and request.method == "POST":
            known |= set(self.beside_file().fields)
        if self.pagination_class:
            known |= {Pages.cursor_query_param, Pages.page_size_query_param}
        refuse_unknown(set(request.query_params) - known, _("There is no parameter %(name)r here."))

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Handle the request: a POST with an Idempotency-Key once, a change as `If-Match` says."""
        name = str(request.method).lower()
        if request.method == "POST" and hasattr(self, name):
            vars(self)[name] = answer_once(self, getattr(self, name))
        elif request.method in CONDITIONAL and hasattr(self, name):
            vars(self)[name] = only_if_unchanged(self, getattr(self, name))
        return super().dispatch(request, *args, **kwargs)

    def finalize_response(self, *args: Any, **kwargs: Any) -> Response:
        """Return the answer as it goes out, with the limit in its headers."""
        response: Response = super().finalize_response(*args, **kwargs)
        if self.standing is not None:
            self.standing.write(response)
        return response

    @property
    def person(self) -> Any:
        """The signed-in person (an `accounts.User`); in a public view perhaps nobody."""
        return self.request.user

    def page(
        self,
        rows: QuerySet[Any],
        output: type[Output],
        *,
        ordering: tuple[str, ...],
        prepare: Callable[[list[Any]], Iterable[Any]] = iter,
        **context: Any,
    ) -> Response:
        """Return a page of `rows` in `ordering` (its key last), rendered by `output`.

        `prepare` may turn the rows of the page into what `output` renders.
        """
        pages = Pages()
        pages.ordering = ordering  # type: ignore[assignment]  # the stubs know only one field
        found = pages.paginate_queryset(rows, self.request, view=self) or []
        data = output(list(prepare(found)), many=True, context=context).data
        return pages.get_paginated_response(data)


class PublicView(_View):
    """To read for everybody, signed in or not; to write for those who are."""

    public = True


class PersonalView(_View):
    """About the signed-in person themself; nobody else's can be addressed."""


class ScopedView(PersonalView, Generic[M_co]):
    """About one or many rows out of those that `rows()` lets this person address.

    What is outside `rows()` is 404, whether it exists or not.
    """

    def rows(self) -> QuerySet[Any]:
        """Return the rows this person may address with this method."""
        raise NotImplementedError

    def get_object(self) -> Any:
        """Return the row whose id is in the URL; raise Http404 unless it is in `rows()`."""
        return find(self.rows(), id=self.kwargs["id"])


def find(rows: QuerySet[Any], **criteria: Any) -> Any:
    """Return the one row of `rows` that meets `criteria`; raise Http404."""
    try:
        return rows.get(**criteria)
    except rows.model.DoesNotExist as exc:
        raise Http404 from exc


def valid(serializer: Serializer[Any]) -> dict[str, Any]:
    """Return the validated values; raise DRF's ValidationError with all that is wrong."""
    serializer.is_valid(raise_exception=True)
    values: dict[str, Any] = serializer.validated_data
    return values


def no_content() -> Response:
    """Return 204."""
    return Response(status=204)
