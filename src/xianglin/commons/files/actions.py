"""What the owner's action does with a file. No verbs of their own: a file is kept and forgotten with its owner."""

import datetime as dt
from functools import partial

from django.db import transaction

from xianglin.base import clock
from xianglin.base.action import changing
from xianglin.base.actor import Actor
from xianglin.commons.keys.models import PersonKey
from xianglin.commons.keys.sealing import seal

from . import contents, rules
from .alike import bands_of
from .models import BAND_COLUMNS, File, Upload


def keep_upload(upload: Upload, *, actor: Actor, county_id: int, key: PersonKey | None) -> File:
    """Make a ready upload a file, within the action of the room that links it.

    ``key``: whose it is, as their words are: destroying that key erases it. None: everybody may see it.
    """
    held = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if held is None or held.state == Upload.State.RECEIVING:
        raise rules.gone()
    if held.state == Upload.State.KEPT:
        raise rules.used_already()
    file = File(county_id=county_id)
    with changing(file):
        for column, value in held.facts.items():
            setattr(file, column, value)
        taken_at = held.facts.get("taken_at")
        for column, band in zip(BAND_COLUMNS, bands_of(file.look), strict=False):  # none where it tells too little
            setattr(file, column, band)
        file.taken_at = dt.datetime.fromisoformat(taken_at) if taken_at else None
        file.secret = seal(held.secret, key) if key is not None else None
        file.open_secret = held.secret if key is None else ""
        file.made_at, file.by = clock.now(), actor.ref
        file.save(force_insert=True)
    # The row stays for a day, so that the same form sent twice finds it; what lies in the storage is the file's now.
    held.state, held.secret, held.facts = Upload.State.KEPT, "", {}
    held.save(update_fields=["state", "secret", "facts"])
    return file


def forget_file(file: File) -> None:
    """Destroy a file's key now, its bytes once the action is done (and if that is missed, by the hourly job)."""
    with changing(file):
        file.secret, file.open_secret, file.look, file.gone_at = None, "", "", clock.now()
        for column in BAND_COLUMNS:
            setattr(file, column, None)
        file.save(update_fields=["secret", "open_secret", "look", *BAND_COLUMNS, "gone_at"])
    transaction.on_commit(partial(erase_forgotten, file))


def erase_forgotten(file: File) -> None:
    contents.erase((file.stored_as, file.small_as))
    File.objects.filter(pk=file.pk).update(stored_as="", small_as="")
