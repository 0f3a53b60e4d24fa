"""`manage.py create_demo_people`."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.demo import DOMAIN, PASSWORD
from accounts.models import User
from progress.demo import tell_story


class Command(BaseCommand):
    help = "Make the demo people, with a few weeks of progress. Refused in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print who was made as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demo people have a known password: not in production.")
        if User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
            raise CommandError("The demo people are there already.")
        with transaction.atomic():
            people = [
                {"name": p.name, "email": p.email, "password": PASSWORD, "role": part}
                for p, part in tell_story(now=timezone.now())
            ]
        if options["json"]:
            self.stdout.write(json.dumps(people))
        else:
            for person in people:
                self.stdout.write("{name} ({role}): {email}, {password}".format(**person))
