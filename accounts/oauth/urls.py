"""URLs of OAuth 2. The names are those that django-oauth-toolkit looks up for its metadata."""

from django.urls import path
from oauth2_provider.views import OAuthProtectedResourceMetadataView, OAuthServerMetadataView

from accounts.oauth.views import ConsentView, RevocationView, TokensView

app_name = "oauth2_provider"

urlpatterns = [
    path("o/authorize/", ConsentView.as_view(), name="authorize"),
    path("o/token/", TokensView.as_view(), name="token"),
    path("o/revoke_token/", RevocationView.as_view(), name="revoke-token"),
    path(
        ".well-known/oauth-authorization-server",
        OAuthServerMetadataView.as_view(),
        name="oauth-server-metadata",
    ),
    path(
        ".well-known/oauth-protected-resource",
        OAuthProtectedResourceMetadataView.as_view(),
        name="oauth-resource-metadata",
    ),
]
