from django import forms
from django.template import engines

from xianglin.ui.parts import Cell, Column


class Words(forms.Form):
    phone = forms.CharField(label="电话", help_text="只有经办的人看得到", error_messages={"required": "写上电话。"})
    note = forms.CharField(label="说明", required=False)
    kind = forms.ChoiceField(label="哪一类", choices=[("a", "水利")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="告诉我", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def render(text: str, **context: object) -> str:
    return engines["django"].from_string(text).render(context)


def test_an_error_is_tied_to_its_control():
    html = render("{% field form.phone %}", form=Words({}))
    assert 'aria-describedby="id_phone_hint id_phone_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_phone_hint"' in html
    assert 'id="id_phone_error"' in html
    assert "写上电话。" in html
    assert '<label for="id_phone">' in html


def test_what_is_not_needed_says_so():
    form = Words()
    assert "可以不填" in render("{% field form.note %}", form=form)
    assert "可以不填" not in render("{% field form.phone %}", form=form)
    form.fields["kind"] = forms.ChoiceField(label="哪一类", choices=[("", "说不清")], required=False)
    assert "可以不填" not in render("{% field form.kind %}", form=form), "its list says what nothing means"


def test_choices_are_a_group_with_a_legend():
    html = render("{% field form.kind %}", form=Words())
    assert "<fieldset" in html
    assert "<legend>哪一类</legend>" in html


def test_fields_draws_all_and_hides_the_hidden():
    html = render("{% fields form %}", form=Words())
    assert html.count('type="hidden"') == 1
    for label in ("电话", "说明", "哪一类", "告诉我"):
        assert label in html


def test_the_tables_cells_follow_their_columns():
    html = render(
        '{% include "ui/_table.html" with head=head rows=rows only %}',
        head=[Column("村"), Column("提了", number=True)],
        rows=[[Cell("玉华村", "/v/1/"), 10]],
    )
    assert '<a href="/v/1/">玉华村</a>' in html
    assert '<td class="num">10</td>' in html


def test_the_pager_is_there_even_at_the_end():
    text = '{% include "ui/_more.html" with list_id="rows" more_url=url only %}'
    assert 'hx-select="#rows > li"' in render(text, url="?after=1")
    assert 'id="rows-more"' in render(text, url="")
    assert "<a" not in render(text, url="")


def test_the_area_picker_works_without_javascript():
    html = render(
        '{% include "ui/_area_picker.html" with name="area" label="村" url="/find/" results=results only %}',
        results=[{"id": 7, "name": "玉华村", "path": "安吉县"}],
    )
    assert 'name="area_find"' in html
    assert 'name="area" value="7" checked' in html
    nothing = render('{% include "ui/_area_results.html" with name="area" query=q only %}', q="<x>")
    assert "&lt;x&gt;" in nothing
