"""What the pages ask: the sheet, and which of its columns is which."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.ui.forms import Typed

from .models import Batch
from .tables import ImportTable


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("表格文件"),
        help_text=_("可以点开选，也可以直接拖到这里。.xlsx 或 .csv，不超过 20 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("请先选一个文件")},
    )


class PasteForm(forms.Form):
    """A 接龙 as it stands in the chat group."""

    pasted = Typed(
        label=_("接龙"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("在群里长按复制，整段粘贴到这里。一行一条，前面有号码。"),
        error_messages={"required": _("请把接龙粘贴进来，一行一条。")},
    )


class ApplyForm(forms.Form):
    strict = forms.BooleanField(label=_("有一行要改，就一行也不导入"), required=False)


class MappingForm(forms.Form):
    """One choice per header of the sheet, named by its position: headers are people's words."""

    def __init__(self, batch: Batch, table: ImportTable, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = dict(enumerate(batch.headers))
        choices = [("", _("不导入")), *((column.key, column.label) for column in table.columns)]
        for at, header in self.headers.items():
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=header, choices=choices, required=False, initial=batch.mapping.get(header, "")
            )

    def mapping(self) -> dict[str, str]:
        return {header: self.cleaned_data[f"column_{at}"] for at, header in self.headers.items()}
