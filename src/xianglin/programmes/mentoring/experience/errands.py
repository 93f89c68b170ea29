"""Experience that waits on 今日: for who asked, to agree; for who wrote it, to rewrite; for the officer, to publish."""

from collections.abc import Callable, Mapping, Sequence

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from xianglin.base.registry import Errand, Text
from xianglin.commons.access.models import Grant
from xianglin.ui import marks

from ..kinds import OFFICER
from ..waits import Sources
from . import queries
from .models import Experience, State

MOST = 5


def sources(grant: Grant, account_id: int | None) -> Sources:
    publish = queries.to_publish(grant.area) if grant.role == OFFICER else Experience.objects.none()
    return {
        "experience.agree": queries.to_agree(account_id),
        "experience.rewrite": queries.to_rewrite(account_id),
        "experience.publish": publish,
    }


def told(found: Mapping[str, Sequence[int]]) -> list[Errand]:
    asked = [_agree(one) for one in queries.among(found["experience.agree"], MOST)]
    back = [_rewrite(one) for one in queries.among(found["experience.rewrite"], MOST)]
    return [*asked, *back, *_publish(len(found["experience.publish"]))]


def _agree(one: Experience) -> Errand:
    title = _("您请教的，能不能整理成经验：%(title)s") % {"title": one.title}
    note = _("已经换成一般的说法。您同意，大家才看得到。")
    return Errand(marks.NEW, title, note, _("去看"), reverse("mentoring:experience", args=[one.pk]))


def _rewrite(one: Experience) -> Errand:
    title = _("这条经验请再改改：%(title)s") % {"title": one.title}
    return Errand(
        queries.MARKS[State.RETURNED], title, one.reason, _("去改"), reverse("mentoring:experience", args=[one.pk])
    )


def _publish(count: int) -> list[Errand]:
    if not count:
        return []
    note = _("提问的人同意了。看看合不合适，再发布给全县的导师和青年干部。")
    return [Errand(marks.NEW, _counted(count), note, _("去看"), f"{reverse('mentoring:library')}?list=waiting")]


_counted: Callable[[int], Text] = lazy(
    lambda count: ngettext("%(count)d 条经验等发布", "%(count)d 条经验等发布", count) % {"count": count}, str
)
