from django.core.files.base import ContentFile
from django.core.management import call_command

from xianglin.ui.storage import Static


def test_plain_names_while_nothing_was_collected(tmp_path):
    store = Static(location=str(tmp_path), base_url="/static/")
    assert store.url("ui/shapes.svg") == "/static/ui/shapes.svg"


def test_the_lines_that_name_source_maps_are_left_out(tmp_path):
    store = Static(location=str(tmp_path), base_url="/static/")
    name = store.save("a.js", ContentFile(b"let a = 1;\n//# sourceMappingURL=a.js.map\n"))
    assert (tmp_path / name).read_bytes() == b"let a = 1;\n\n"
    name = store.save("a.css", ContentFile(b"a { color: red }\n/*# sourceMappingURL=a.css.map */\n"))
    assert b"sourceMappingURL" not in (tmp_path / name).read_bytes()


def test_everything_collects(tmp_path, settings):
    """Every file that a package brings gets its name; one bad reference would stop a whole installation."""
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", verbosity=0, interactive=False)
    store = Static(location=str(tmp_path), base_url="/static/")
    assert store.url("ui/tokens.css") != "/static/ui/tokens.css"
    assert store.url("django_htmx/htmx-2.min.js").startswith("/static/django_htmx/htmx-2.min.")
    assert all(one.stat().st_size for one in tmp_path.glob("ui/*.*"))
    assert b"--zhu: #be2d1a" in (tmp_path / store.stored_name("ui/tokens.css")).read_bytes()
