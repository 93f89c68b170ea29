"""This room's role and rows. An administrator opens accounts and gives grants, and sees no matter."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Role, Row

ROLES = (Role("county_admin", _("县系统管理员"), login="password", levels=("county",)),)

_ADMIN = ("county_admin", "system")
ROWS = (
    Row("access.open_account", _ADMIN),
    Row("access.open_phone_account", _ADMIN),
    Row("access.close_account", _ADMIN),
    Row("access.invite", _ADMIN),
    Row("access.accept_invitation", ("system",)),
    Row("access.set_display_name", _ADMIN),
    Row("access.set_display_name", ("account",), when="own_account"),
    Row("access.grant", _ADMIN),
    Row("access.end_grant", _ADMIN),
    Row("access.add_department", _ADMIN),
)
