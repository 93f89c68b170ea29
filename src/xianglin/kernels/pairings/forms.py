"""What people fill in. Rules decide; forms only read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xianglin.ui.forms import OnceForm, Typed


class DeclineForm(OnceForm):
    reason = Typed(
        label=_("为什么不合适"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("只有经办人看得到，比如“这半年在外地培训”。"),
        error_messages={"required": _("请写一句原因，我们好给您另找。")},
    )
