"""Root addresses: wiring only. Each room owns its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("xianglin.ui.urls")),
    path("", include("xianglin.commons.access.urls")),
    path("", include("xianglin.commons.areas.urls")),
    path("", include("xianglin.commons.exchange.urls")),
    path("", include("xianglin.commons.files.urls")),
    path("", include("xianglin.commons.notices.urls")),
    path("", include("xianglin.kernels.matters.urls")),
    path("", include("xianglin.kernels.gatherings.urls")),
    path("", include("xianglin.kernels.bulletins.urls")),
    path("", include("xianglin.kernels.pairings.urls")),
    path("", include("xianglin.kernels.indicators.urls")),
    path("", include("xianglin.programmes.briefing.urls")),
    path("", include("xianglin.programmes.mentoring.urls")),
    path("", include("xianglin.portal.urls")),
]

handler400 = "xianglin.ui.errors.bad_request"
handler403 = "xianglin.ui.errors.forbidden"
handler404 = "xianglin.ui.errors.not_found"
handler500 = "xianglin.ui.errors.broken"
