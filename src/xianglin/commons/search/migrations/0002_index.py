"""The index of words, as each database has it. Its upkeep on SQLite is commons/search/index.py's."""

from django.db import migrations

# No positions, no copy of the text: terms are compared in the table's own column where their order counts.
FTS5 = """
CREATE VIRTUAL TABLE search_terms USING fts5(terms, content='', detail=none, columnsize=0, tokenize='ascii')
"""
# Every term begins with the era of its id. Without the list of pending entries, which every question would read whole.
GIN = """
CREATE INDEX search_terms ON search_document USING gin (array_to_tsvector(string_to_array(
    (id >> 40)::text || '~' || replace(terms, ' ', ' ' || (id >> 40)::text || '~'), ' ')))
WITH (fastupdate = off)
"""


def make(apps, editor):
    editor.execute(GIN if editor.connection.vendor == 'postgresql' else FTS5)


def drop(apps, editor):
    if editor.connection.vendor == 'postgresql':
        editor.execute('DROP INDEX search_terms')
        return
    for name in ('taken', 'forgotten', 'changed'):
        editor.execute(f'DROP TRIGGER IF EXISTS search_document_{name}')
    editor.execute('DROP TABLE search_terms')


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0001_documents'),
    ]

    operations = [
        migrations.RunPython(make, drop),
    ]
