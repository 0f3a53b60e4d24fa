"""The routes of the API, read from the URL table itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """One method of one route of /api/v1."""

    method: str
    name: str
    view: type[Any]
    parameters: tuple[str, ...]

    @property
    def row(self) -> str:
        """Its name in the matrix."""
        return f"{self.method} {self.name}"

    @property
    def scope(self) -> str:
        """The OAuth scope that the view declares for the method."""
        return str(self.view.scopes[self.method])

    def url(self, things: dict[str, Any]) -> str:
        """Its address. An `id` is the one of the route's name if `things` has it."""
        ids = {"id": things.get(self.name, things["id"])}
        ids["key"] = things.get(f"{self.name}-key", things["key"])
        values = {name: {**things, **ids}[name] for name in self.parameters}
        return reverse(f"v1:{self.name}", kwargs=values)


def routes() -> list[Route]:
    """Every method of every route under /api/v1 that is a view of ours."""
    found = []
    for pattern in _patterns(get_resolver().url_patterns, ""):
        view = getattr(pattern.callback, "cls", None) or getattr(
            pattern.callback, "view_class", None
        )
        if view is None or not hasattr(view, "scopes"):
            continue
        parameters = tuple(pattern.pattern.converters)
        found += [Route(method, str(pattern.name), view, parameters) for method in view.scopes]
    return found


def unscoped() -> list[str]:
    """Routes under /api/v1 whose view has no scopes: there must be none but the schema."""
    return [
        str(pattern.name)
        for pattern in _patterns(get_resolver().url_patterns, "")
        if not hasattr(getattr(pattern.callback, "cls", None), "scopes")
    ]


def _patterns(patterns: Any, prefix: str) -> Iterator[URLPattern]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, path)
        elif path.startswith("api/v1/"):
            yield pattern
