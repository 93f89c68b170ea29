"""The frame's own entries. Programmes add theirs."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import MenuItem

from .waiting import count

ITEMS = (
    MenuItem("today", _("今日"), "portal:today", "day", order=10, badge=count),
    MenuItem("note", _("记一笔"), "matters:note", "pen", order=20),
    MenuItem("matters", _("事项"), "matters:list", "list", order=30),
    MenuItem("import", _("导入表格"), "portal:import", "in", order=50, tab=False),
    MenuItem("receipts", _("印回执"), "matters:receipts", "get", order=51, tab=False),
    MenuItem("duties", _("责任分工表"), "matters:duties", "people", order=52, tab=False),
    MenuItem("me", _("我的"), "portal:me", "me", order=90),
    MenuItem("village", _("本村"), "portal:my_village", "home", audience="villager", order=10),
    MenuItem("say", _("说一句"), "portal:my_say", "pen", audience="villager", order=20),
    MenuItem("mine", _("我的"), "portal:me", "me", audience="villager", order=30),
)
