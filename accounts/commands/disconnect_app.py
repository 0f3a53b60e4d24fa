"""End what a person allowed an app."""

from django.db import transaction
from oauth2_provider.models import get_access_token_model, get_refresh_token_model

from accounts.models import AuthorizationCode, ConnectedApp


def disconnect_app(*, connected: ConnectedApp) -> None:
    """Delete the connection with its tokens and codes, at once; twice is once.

    Every token of the app for the person is made under the lock taken here: none slips through.
    """
    with transaction.atomic():
        held = ConnectedApp.objects.select_for_update().filter(pk=connected.pk).first()
        if held is None:
            return
        whose = {"user_id": held.person_id, "application_id": held.app_id}
        AuthorizationCode.objects.filter(**whose).delete()
        get_refresh_token_model().objects.filter(**whose).delete()
        get_access_token_model().objects.filter(**whose).delete()
        held.delete()
