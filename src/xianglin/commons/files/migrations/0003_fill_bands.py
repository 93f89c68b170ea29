"""Pictures kept before have bands too. In batches by key, not in one transaction: run again, it goes on."""

from django.db import migrations

BATCH = 1000
TELLING = 8


def fill(apps, schema_editor):
    files = apps.get_model("files", "File").objects.using(schema_editor.connection.alias)
    rows = files.filter(band_1=None).exclude(look="").order_by("pk").only("pk", "look")
    batch = list(rows[:BATCH])
    while batch:
        told = [_with_bands(row) for row in batch if TELLING <= int(row.look, 16).bit_count() <= 64 - TELLING]
        files.bulk_update(told, ["band_1", "band_2", "band_3", "band_4"])
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:BATCH])


def _with_bands(row):
    bits = int(row.look, 16)
    for nth in range(4):
        setattr(row, f"band_{nth + 1}", bits >> 16 * nth & 0xFFFF)
    return row


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("files", "0002_bands_of_looks")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
