"""Why something would not, or not yet, be sent: labels in words, to the person themself."""

from django.utils.translation import gettext as _

from notifications import policy


def said(label: str) -> str:
    """Return a sentence, in the active language; one for what has no words of its own, too."""
    return {
        policy.UNSUBSCRIBED: _("You get no mail from us."),
        policy.KIND_OFF: _("You have turned this off."),
        policy.NUDGES_OFF: _("You have turned reminders by mail off."),
        policy.PAUSED: _("You pause then."),
        policy.STALE: _("By then it would be too late for it."),
        policy.IN_DIGEST: _("You have put it into your weekly digest."),
        policy.WEEKLY_CAP: _("It would be more reminders than you want in a week."),
        "address-bounced": _("Mail to your address came back."),
        "address-complained": _("Our mail was marked as spam at your address."),
        "quiet-hours": _("Not in your quiet hours."),
        "snoozed": _("You have snoozed it until then."),
        "away": _("You are away until then."),
    }.get(label, _("It would no longer be true."))
