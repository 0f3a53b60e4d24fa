"""Somebody with a browser in front of the client, and the post that reaches them."""

import re
from dataclasses import dataclass, field

from django.core import mail
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from notifications.mail.way import Mail
from notifications.sending import send_due
from progress import outbox
from tests.factories import PASSWORD
from tests.notifications.post import Postbox, text_of

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


@dataclass
class Visitor:
    """Somebody's browser: a page, where the server is, and what went wrong in it."""

    page: Page
    context: BrowserContext
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a path of the client."""
        self.page.goto(self.address + path)

    def sign_in(self, person: User) -> None:
        """Sign in by the form."""
        self.go("/sign-in")
        self.fill("Email", person.email)
        self.fill("Password", PASSWORD)
        self.press("Sign in")
        expect(self.page.get_by_role("link", name="Your profile")).to_be_visible()

    def fill(self, label: str, text: str) -> None:
        """Type into the field of exactly this label."""
        self.page.get_by_label(label, exact=True).fill(text)

    def press(self, name: str) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        """Follow the link whose name begins so."""
        self.page.get_by_role("link", name=re.compile(rf"^{re.escape(name)}")).first.click()

    def sees(self, heading: str) -> None:
        """Wait for a heading."""
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible()

    def reads(self, text: str) -> None:
        """Wait for a text."""
        expect(self.page.get_by_text(text).first).to_be_visible()


@dataclass
class Post:
    """Mail: what allauth sends at once, and what the ledger holds for the worker to send."""

    box: Postbox = field(default_factory=Postbox)

    def run_errands(self) -> None:
        """Do what the worker does: deliver events, send what is due."""
        now = timezone.now()
        while outbox.deliver_pending(now=now):
            pass
        while send_due(way=Mail(self.box), clock=timezone.now):
            pass

    def find(self, address: str, pattern: str) -> str:
        """What the group of `pattern` matches in the newest mail to an address that has it."""
        self.run_errands()
        texts = [str(letter.body) for letter in mail.outbox if address in letter.to]
        texts += [text_of(message) for to, message in self.box.messages if to == address]
        found = [match[1] for text in texts if (match := re.search(pattern, text, re.MULTILINE))]
        assert found, f"none of {len(texts)} mails to {address} has {pattern}: {texts}"
        return found[-1]

    def code_for(self, address: str) -> str:
        """The code that was sent to an address: a line of its own."""
        return self.find(address, r"^\s*([A-Z0-9]{3,}(?:-?[A-Z0-9]{3,})?)\s*$")

    def link_for(self, address: str, path: str) -> str:
        """The path of a link that was sent to an address and begins with `path`."""
        return self.find(address, rf"https?://[^/\s]+({re.escape(path)}[^\s)>\]]*)")
