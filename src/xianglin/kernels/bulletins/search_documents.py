"""What everybody may find of bulletins: the text of the version that stands."""

import json
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.commons.search.declare import Searchable, Told

from . import rules
from .events import PUBLISHED, WITHHELD
from .models import Bulletin, State, Version
from .queries import with_withholdings


def _rows() -> QuerySet[Bulletin]:
    versions = Prefetch("versions", with_withholdings(Version.objects.all()))
    return Bulletin.objects.filter(state=State.PUBLISHED).select_related("area").prefetch_related(versions)


def _tell(bulletin: Bulletin) -> Told | None:
    if bulletin.state != State.PUBLISHED:
        return None
    versions = {version.number: version for version in bulletin.versions.all()}
    if versions[bulletin.version].withheld_now:
        return None
    body = json.loads(versions[bulletin.version].body)
    url = reverse("bulletins:public", args=[bulletin.area.code, bulletin.pk])
    return Told(bulletin.title, _text_of(body), url, versions[1].at, bulletin.area)


def _text_of(body: dict[str, Any]) -> str:
    return "\n".join(line for block in rules.blocks_of(body) for line in rules.lines_of(block))


SEARCHABLE = (Searchable("bulletins.bulletin", _("公开件"), _rows, _tell, (PUBLISHED, WITHHELD)),)
