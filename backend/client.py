"""The web client's page: one HTML file for every path that is not the server's."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

NOT_BUILT = (
    "<!doctype html><title>Waymark</title><p>The client is not built yet. "
    "Run <code>make run</code>, or <code>npm ci && npm run build</code> in frontend/."
)


@require_safe
@never_cache
@ensure_csrf_cookie
def index(request: HttpRequest, path: str = "") -> HttpResponse:  # noqa: ARG001 (the client routes it)
    """Return the client's page, with the CSRF cookie that its requests will need."""
    page = Path(settings.CLIENT_DIR) / "index.html"
    if not page.is_file():
        return HttpResponse(NOT_BUILT, status=503)
    response = HttpResponse(_read(page, page.stat().st_mtime_ns))
    response["Content-Language"] = "en"  # what it says before the client speaks, to everybody
    return response


@lru_cache(maxsize=2)
def _read(page: Path, _changed: int) -> bytes:
    return page.read_bytes()
