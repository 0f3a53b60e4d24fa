"""What sign-up asks for beside address and password."""

from typing import Any

from django import forms

from accounts.models import User, validate_one_line, validate_time_zone


class SignUpForm(forms.Form):
    """A name to be called by, and the time zone that the browser tells."""

    name = forms.CharField(max_length=120, validators=[validate_one_line])
    time_zone = forms.CharField(max_length=64, required=False, validators=[validate_time_zone])

    def signup(self, request: Any, user: User) -> None:  # noqa: ARG002 (allauth's signature)
        """Store both on the new person."""
        user.name = self.cleaned_data["name"]
        user.time_zone = self.cleaned_data["time_zone"] or "UTC"
        user.save(update_fields=["name", "time_zone"])
