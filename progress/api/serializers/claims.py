"""Claims."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rest_framework import serializers

from backend.api.serializers import Output, PersonOutput
from progress.models.claim import Claimable


class ClaimOutput(Output):
    """A live claim."""

    mentor = PersonOutput(source="claimed_by")
    expires_at = serializers.DateTimeField(source="claim_expires_at")
    is_mine = serializers.SerializerMethodField()

    def get_is_mine(self, claimed: Claimable) -> bool:
        """Return whether the person who asks holds it."""
        return bool(claimed.claimed_by_id == self.context["person"].pk)


def live_claim(claimed: Claimable, context: Mapping[str, Any]) -> Any:
    """Return the claim as output if it is live at `now` of the context; None is free."""
    now: datetime = context["now"]
    if claimed.holder_at(now) is None:
        return None
    return ClaimOutput(claimed, context=context).data
