"""Filters of the mail templates."""

import re

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from notifications.mail import markdown as safe_markdown

register = template.Library()


@register.filter
def markdown(source: str) -> SafeString:
    """Return Markdown as safe HTML."""
    return mark_safe(safe_markdown.to_html(source))  # noqa: S308 (cleaned by an allow-list)


@register.filter
def is_code(paragraph: str) -> bool:
    """Return whether a paragraph is a code to be typed, such as VRRG-VBDQ."""
    return re.fullmatch(r"[A-Z0-9]{3,}(-[A-Z0-9]{3,})*", paragraph) is not None


@register.filter
def own_links(text: str) -> SafeString:
    """Return `text` as HTML in which only addresses of this Waymark are links.

    A name can be anything, and a code goes to an address before anybody has shown that it is
    theirs: no stranger's address may become a link in such a mail.
    """
    ours = re.compile(rf"({re.escape(settings.PUBLIC_URL)}(?:/[\w/.~%?=&-]*[\w/])?)")
    parts = ours.split(text)  # by turns what stands between links, and a link
    return format_html_join(
        "", "{}", ((_link(part) if n % 2 else part,) for n, part in enumerate(parts))
    )


def _link(url: str) -> SafeString:
    return format_html('<a class="own" href="{0}">{0}</a>', url)


@register.filter
def quoted(text: str) -> str:
    """Return `text` with the mark of a quote before each line, for a plain text mail."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
