"""`/o/authorize/`, `/o/token/`, `/o/revoke_token/`."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.exceptions import OAuthToolkitError
from oauth2_provider.http import OAuth2ResponseRedirect
from oauth2_provider.views import AuthorizationView, RevokeTokenView, TokenView
from oauthlib.oauth2.rfc6749.errors import AccessDeniedError, InvalidRequestError, OAuth2Error

from accounts.models import App
from accounts.oauth.redirects import origin_source, told_apart

_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class ConsentRequired(OAuth2Error):  # type: ignore[misc]  # untyped library
    """`prompt=none` beside a session: only the person can let it in (OpenID Connect §3.1.2.6)."""

    error = "consent_required"
    description = "The person must be asked."


@method_decorator(never_cache, name="dispatch")
class ConsentView(AuthorizationView):  # type: ignore[misc]  # untyped library
    """Asks the signed-in person whether an app may act for them, every time.

    There is no automatic approval: anybody can claim to be a public app, so an earlier yes says
    nothing about who is asking now (RFC 6749 §10.2).
    """

    template_name = "accounts/consent.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the request. Of OpenID Connect's `prompt` only `none` says something here."""
        if _is_unreadable(request):
            return self.form_invalid(None)
        if "none" in request.GET.get("prompt", "").split():
            ignored = ["approval_prompt"]
        else:
            ignored = ["approval_prompt", "prompt"]
        request.GET = _without(request.GET, *ignored)  # type: ignore[assignment]
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the consent page, or an error page, or send an error back to the app."""
        if "prompt" in request.GET:
            return self._refuse_silent(request)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def _refuse_silent(self, request: HttpRequest) -> HttpResponse:
        try:
            _, credentials = self.validate_authorization_request(request)
        except OAuthToolkitError as error:
            return self._report(error)
        refusal = ConsentRequired(state=credentials["state"], request=credentials["request"])
        refusal.redirect_uri = credentials["redirect_uri"]
        return self._report(OAuthToolkitError(error=refusal))

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the person back to the app, with a code or a refusal."""
        if not App.objects.filter(client_id=form.cleaned_data["client_id"]).exists():
            return self.form_invalid(form)
        if not form.cleaned_data["allow"]:
            return self._refuse(form)
        response: HttpResponse = super().form_valid(form)
        return response

    def _refuse(self, form: Any) -> HttpResponse:
        """Send `access_denied`, once the redirect URI is known to be the app's own."""
        app = App.objects.get(client_id=form.cleaned_data["client_id"])
        redirect_uri = form.cleaned_data["redirect_uri"]
        if not app.redirect_uri_allowed(redirect_uri):
            return self.form_invalid(form)
        refusal = AccessDeniedError(state=form.cleaned_data["state"] or None)
        refusal.redirect_uri = redirect_uri
        return self._report(OAuthToolkitError(error=refusal))

    def form_invalid(self, form: Any) -> HttpResponse:
        """Answer a form that was tampered with, or what can't be read."""
        error = InvalidRequestError()
        return self.render_to_response({"error": error}, status=HTTPStatus.BAD_REQUEST)

    def _report(self, error: OAuthToolkitError) -> HttpResponse:
        response: HttpResponse = self.error_response(error, application=None)
        return response

    def redirect(self, redirect_to: str, application: Any) -> HttpResponse:
        """Send the browser to the app, naming the issuer on errors too (RFC 9207 §2)."""
        answer: HttpResponse = OAuth2ResponseRedirect(_with_issuer(redirect_to), ["https", "http"])
        return answer

    def render_to_response(self, context: Mapping[str, Any], **kwargs: Any) -> HttpResponse:
        """Return the page; its form leads to the app, so form-action has to name it."""
        uri = context.get("redirect_uri")
        if uri:
            context = {**context, "destination": told_apart(uri)}
        response: HttpResponse = super().render_to_response(context, **kwargs)
        if uri:
            response._csp_update = {"form-action": [SELF, origin_source(uri)]}  # type: ignore[attr-defined]
        return response


@method_decorator(csrf_exempt, name="dispatch")
class TokensView(TokenView):  # type: ignore[misc]  # untyped library
    """Redeems codes and rotates refresh tokens."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return tokens, or an error of RFC 6749 §5.2."""
        if _is_unreadable(request):
            return _invalid_request()
        response: HttpResponse = self.authorization_flow_token_response(request)
        # The toolkit leaves these out where an error comes up as late as in storing the tokens.
        response["Content-Type"] = "application/json"
        response["Cache-Control"] = "no-store"
        return response


@method_decorator(csrf_exempt, name="dispatch")
class RevocationView(RevokeTokenView):  # type: ignore[misc]  # untyped library
    """Revokes a token and those that belong to it (RFC 7009)."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return 200, whether there was such a token or not."""
        if _is_unreadable(request):
            return _invalid_request()
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


def _is_unreadable(request: HttpRequest) -> bool:
    """Return whether oauthlib or PostgreSQL would stumble over it: a lone % in the URL, or NUL."""
    if _LONE_PERCENT.search(request.META.get("QUERY_STRING", "")):
        return True
    texts = (v for query in (request.GET, request.POST) for _, vs in query.lists() for v in vs)
    return any("\x00" in text for text in texts)


def _invalid_request() -> JsonResponse:
    return JsonResponse({"error": "invalid_request"}, status=HTTPStatus.BAD_REQUEST)


def _without(query: QueryDict, *names: str) -> QueryDict:
    kept = query.copy()
    for name in names:
        kept.pop(name, None)
    return kept


def _with_issuer(uri: str) -> str:
    parts = urlsplit(uri)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "iss"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("iss", settings.PUBLIC_URL)])))
