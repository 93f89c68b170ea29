"""Who leaves the registers leaves the teams too."""

from ..registers.models import Listed, Mentor, YoungCadre
from .actions import leave
from .models import Member


def on_listed(listed: Listed) -> None:
    """Within the action that took them out; somebody who still stands in the other register stays."""
    if listed.active:
        return
    for register in (Mentor, YoungCadre):
        if register.objects.filter(account_id=listed.account_id, county_id=listed.county_id, active_to=None).exists():
            return
    rows = Member.objects.filter(account_id=listed.account_id, to_on=None, team__county_id=listed.county_id)
    leave(rows.select_related("team"))
