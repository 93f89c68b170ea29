"""Finding whom an officer means in the registers of a place, by name or telephone."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area

from ..registers.queries import listed_named


def one_listed(area: Area, said: str) -> Account:
    """Refused: nobody of this name there, or several."""
    found = listed_named(area, said)
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused("mentoring.several_listed", _("叫这个名字的不止一位。请写他的手机号。"))
    told = _("这里的导师和青年干部名册里没有“%(name)s”。请核对名字，或者先登记入册。")
    raise Refused("mentoring.not_listed", told % {"name": said.strip()})
