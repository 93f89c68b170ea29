"""Needs and offers follow the registers: who comes in takes part, who leaves does not; places are the mentor's."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from xianglin.base.action import changing
from xianglin.base.actor import system
from xianglin.commons.areas.models import Area, InKind
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import TITLE_LENGTH, Need, Side

from ..kinds import PAIR
from ..registers.models import Listed, Mentor, YoungCadre
from .models import Giving, Wanting

PLATFORM = system("mentoring")


def on_listed(listed: Listed) -> None:
    """Somebody came into a register, was amended there, or left it; within that action."""
    with override(settings.LANGUAGE_CODE):  # titles are stored: Chinese, whatever the writer reads
        if isinstance(listed, Mentor):
            _mentor(listed)
        elif isinstance(listed, YoungCadre):
            _cadre(listed)


def _mentor(mentor: Mentor) -> None:
    giving = Giving.objects.filter(mentor=mentor).select_related("offer").first()
    if giving is None and mentor.active:
        _offer(mentor)
    elif giving is not None and not mentor.active:
        if giving.offer.state != Side.State.CLOSED:
            pairings.change_offer(giving.offer, actor=PLATFORM, state=Side.State.CLOSED, reason=mentor.ended_because)
    elif giving is not None and (giving.offer.least, giving.offer.most) != (mentor.least, mentor.most):
        most = max(mentor.most, giving.offer.taken)  # whom he has he keeps
        pairings.change_offer(giving.offer, actor=PLATFORM, least=min(mentor.least, most), most=most)


def _offer(mentor: Mentor) -> None:
    offer = pairings.open_offer(
        InKind(mentor.area, PAIR),
        actor=PLATFORM,
        title=_called(mentor.area, mentor.get_kind_display()),
        holder_id=mentor.account_id,
        least=mentor.least,
        most=mentor.most,
    )
    _hang(Giving(offer=offer, mentor=mentor))


def _cadre(cadre: YoungCadre) -> None:
    wanting = Wanting.objects.filter(cadre=cadre).select_related("need").first()
    title = _called(cadre.area, cadre.post)
    if wanting is None and cadre.active:
        need = pairings.open_need(
            InKind(cadre.area, PAIR), actor=PLATFORM, title=title, holder_id=cadre.account_id, least=1
        )
        _hang(Wanting(need=need, cadre=cadre))
    elif wanting is not None and not cadre.active:
        if wanting.need.state != Side.State.CLOSED:
            pairings.change_need(wanting.need, actor=PLATFORM, state=Side.State.CLOSED, reason=cadre.ended_because)
    elif wanting is not None and (wanting.need.title, wanting.need.area_id) != (title, cadre.area_id):
        pairings.change_need(wanting.need, actor=PLATFORM, title=title, area=cadre.area)


def _hang(detail: Giving | Wanting) -> None:
    with changing(detail):
        detail.save(force_insert=True)


def has_graduated(need: Need) -> None:
    """Whoever came to the good end looks for nobody (出师), until somebody opens the need again; within that action."""
    with override(settings.LANGUAGE_CODE):  # the reason is stored
        pairings.change_need(need, actor=PLATFORM, state=Side.State.PAUSED, reason=_("出师了"))


def _called(area: Area, what: str) -> str:
    """荻港村 村文书: where and what, not who; the post may say the place already."""
    return (what if what.startswith(area.name) else f"{area.name} {what}")[:TITLE_LENGTH]
