"""Finding whom the county's officer means to name: somebody who works in the county, by name or telephone."""

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account, Grant
from xianglin.commons.access.queries import valid_on
from xianglin.commons.areas.models import Area

from ..registers.queries import accounts_named


def one_who_works(county: Area, said: str) -> Account:
    """Refused: nobody of this name there, or several."""
    grants = Grant.objects.filter(valid_on(clock.today()), area__county_id=county.pk)
    found = accounts_named(grants, said)
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused("mentoring.several_named", _("叫这个名字的不止一位。请写他的手机号。"))
    told = _("本县没有“%(name)s”这个账号。请核对名字；用密码登录的写全名。")
    raise Refused("mentoring.nobody_named", told % {"name": said.strip()})
