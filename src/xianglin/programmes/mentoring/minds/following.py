"""Who leaves the register is asked no more: their consent ends with it."""

from ..registers.models import Listed, YoungCadre
from .actions import end
from .models import Consent


def on_listed(listed: Listed) -> None:
    if isinstance(listed, YoungCadre) and not listed.active:
        end(Consent.objects.filter(cadre=listed, to_on=None))
