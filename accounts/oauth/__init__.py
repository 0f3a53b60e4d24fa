"""OAuth 2 for third-party apps, on django-oauth-toolkit."""
