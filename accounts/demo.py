"""Demo people: they let a newcomer look around, and work only outside production."""

from allauth.account.models import EmailAddress
from django.conf import settings

from accounts.models import User

DOMAIN = "demo.waymark.example"
PASSWORD = "walk-the-demo-trail"  # noqa: S105 (refused in production, see accounts/backends.py)


def is_demo(person: User) -> bool:
    """Return whether this is one of the demo people."""
    return person.email.endswith(f"@{DOMAIN}")


def make_demo_person(first: str, name: str, *, time_zone: str) -> User:
    """Store and return a demo person with a verified address. Raises RuntimeError in production."""
    if settings.PRODUCTION:
        raise RuntimeError("demo people have a known password; they have no place in production")
    person = User.objects.create_user(f"{first}@{DOMAIN}", PASSWORD, name=name, time_zone=time_zone)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
