"""The frame's own entries. Programmes add theirs."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import MenuItem

ITEMS = (
    MenuItem("today", _("今日"), "portal:today", "day", order=10),
    MenuItem("note", _("记一笔"), "matters:note", "pen", order=20),
    MenuItem("matters", _("事项"), "matters:list", "list", order=30),
    MenuItem("me", _("我的"), "portal:me", "me", order=90),
    MenuItem("village", _("本村"), "portal:my_village", "home", audience="villager", order=10),
    MenuItem("say", _("说一句"), "portal:my_say", "pen", audience="villager", order=20),
    MenuItem("mine", _("我的"), "portal:me", "me", audience="villager", order=30),
)
