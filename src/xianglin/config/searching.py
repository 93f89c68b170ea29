"""The command line's rebuilding of the index, kind by kind, telling how far it has come."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from xianglin.base.refused import Refused
from xianglin.commons.search import documents
from xianglin.commons.search.declare import REGISTRY

_TELL_EVERY = 50  # batches


def reindex(keys: Sequence[str] | None) -> None:
    for key in keys or sorted(REGISTRY):
        if key not in REGISTRY:
            known = "、".join(sorted(REGISTRY))  # zh: a list of keys
            raise Refused(
                "config.no_such_kind", _("没有“%(key)s”这一类，有这些：%(known)s。") % {"key": key, "known": known}
            )
        looked_at = 0
        for nth, batch in enumerate(documents.rebuild(REGISTRY[key]), 1):
            looked_at += batch
            if nth % _TELL_EVERY == 0:
                print(f"{REGISTRY[key].label} {looked_at}", flush=True)
        print(_("“%(kind)s”建好了。") % {"kind": REGISTRY[key].label})
