"""What is wrong with the index, in plain words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from . import index
from .declare import REGISTRY
from .models import Document, Rebuilding


def checks() -> Iterator[str]:
    if index.missing():
        yield _("搜索的索引不完整。请重新运行 xianglin run，它会补上。")
    if Rebuilding.objects.exists():
        yield _("搜索还没有重新建完。请再运行 xianglin reindex，它会接着建。")
    for kind in REGISTRY.values():
        if not Document.objects.filter(kind=kind.key).exists() and any(map(kind.tell, kind.rows()[:20])):
            yield _("“%(kind)s”还搜不到。请运行一次 xianglin reindex。") % {"kind": kind.label}
