"""Where an app may have people sent back to."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_LENGTH = 2000
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST_NAME = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")
_URI = re.compile(r"[!-~]+")


def validate_redirect_uri(uri: str) -> None:
    """Raise ValidationError unless people can be sent to `uri`.

    That is an absolute https URI, or http on a loopback address (RFC 8252 §7.3), without a fragment
    (RFC 6749 §3.1.2), user info or wildcards.
    """
    if not _URI.fullmatch(uri) or any(char in uri for char in '\\"<>^`{|}'):
        raise ValidationError(
            _("Only the characters of a URI are possible here; percent-encode others."),
            code="not-a-uri",
        )
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname or "", parts.port
    except ValueError as exc:
        raise ValidationError(
            _("This is no URI: %(exc)s.") % {"exc": exc}, code="not-a-uri"
        ) from exc
    if parts.scheme not in {"http", "https"}:
        raise ValidationError(
            _("A redirect URI begins with https://, or http://127.0.0.1 for an app on the device."),
            code="redirect-scheme",
        )
    if "*" in uri:
        raise ValidationError(
            _("Wildcards are not possible: register each redirect URI in full."),
            code="redirect-wildcard",
        )
    if "@" in parts.netloc:
        raise ValidationError(
            _("A redirect URI has no user name in it."), code="redirect-user-info"
        )
    if "#" in uri:
        raise ValidationError(_("A redirect URI has no fragment (#)."), code="redirect-fragment")
    if host != "::1" and not _HOST_NAME.fullmatch(host):
        raise ValidationError(_("This has no host name."), code="not-a-uri")
    if port == 0:
        raise ValidationError(_("0 is no port."), code="not-a-uri")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise ValidationError(
            _("Plain http works on 127.0.0.1, [::1] and localhost only; use https."),
            code="redirect-http",
        )


def origin_source(uri: str) -> str:
    """Return `uri`'s origin as a source for a Content-Security-Policy."""
    parts = urlsplit(uri)
    if ":" in (parts.hostname or ""):  # CSP has no notation for an IPv6 address
        return f"{parts.scheme}:"
    return f"{parts.scheme}://{parts.netloc}"


def told_apart(uri: str) -> str:
    """Return what a person needs to see of `uri`: whose site it is."""
    host = urlsplit(uri).hostname or ""
    return _("an app on this device") if host in LOOPBACK else host
