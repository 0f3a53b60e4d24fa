"""What is served beside the API: every route is known, and who needs no CSRF token, and why."""

from django.urls import URLPattern, URLResolver, get_resolver

ELSEWHERE = ("api/v1/", "_allauth/", "accounts/")
"""The API has the matrix; sign-in is django-allauth's, with tests of its own."""
OPEN = {
    "docs": "reads only",
    "authorize": "asks the signed-in person, with a CSRF token",
    "oauth-server-metadata": "reads only",
    "oauth-resource-metadata": "reads only",
    "live": "reads only",
    "ready": "reads only",
    "work": "reads only",
    "metrics": "wants the operator's token",
    "calendar": "reads only, by a secret in its address",
    "client": "reads only",
}
WITHOUT_CSRF = {
    "token": "the app's own credentials and the code",
    "revoke-token": "the app's own credentials",
    "unsubscribe": "the signed address: tests/notifications/test_unsubscribe.py",
    "act": "the signed address: tests/notifications/test_acting.py",
}
"""No cookie says who is there, so no other site can borrow one."""


def served(patterns, prefix=""):
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if path.startswith(ELSEWHERE):
            continue
        if isinstance(pattern, URLResolver):
            yield from served(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern


def test_every_page_is_known():
    assert {one.name for one in served(get_resolver().url_patterns)} == {*OPEN, *WITHOUT_CSRF}


def test_only_what_proves_itself_needs_no_csrf_token():
    exempt = {
        one.name
        for one in served(get_resolver().url_patterns)
        if getattr(one.callback, "csrf_exempt", False)
    }
    assert exempt - {"docs"} == set(WITHOUT_CSRF)  # that is DRF’s, and only reads
