"""Delete a third-party app."""

from django.db import transaction

from accounts.models import App


def delete_app(*, app: App) -> None:
    """Delete `app` with every token, code and connection of it; twice is once.

    The lock makes a token request that is just being answered finish first, and later ones fail.
    """
    with transaction.atomic():
        held = App.objects.select_for_update().filter(pk=app.pk).first()
        if held is not None:
            held.delete()
