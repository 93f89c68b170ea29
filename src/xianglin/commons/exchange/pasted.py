"""A pasted 接龙 becomes a sheet like any other: the same look at each row, the same import."""

import csv
import io

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.engine.chains import read_chain

from .tables import ImportTable

LONGEST = 200_000  # characters


def as_sheet(pasted: str, table: ImportTable) -> TemporaryUploadedFile:
    """Its numbers, names and words under the table's own headers, as a CSV file."""
    rows = read_chain(pasted[: LONGEST + 1])
    if not rows:
        raise Refused("exchange.no_chain", _("没认出接龙。一行一条，前面要有号码，比如“1. 徐阿珍 桥头路灯坏了”。"))
    if len(pasted) > LONGEST:
        raise Refused("exchange.chain_too_long", _("粘贴得太多了，请分几次。"))
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow([next(c.key for c in table.columns if c.key == key) for key in table.chain])
    sheet.writerows([row.number, row.name, row.words] for row in rows)
    content = written.getvalue().encode()
    name = f"接龙 {clock.now():%m-%d %H:%M}.csv"  # zh: a file's name
    file = TemporaryUploadedFile(name, "text/csv", len(content), "utf-8")
    file.write(content)
    file.seek(0)
    return file
