from django.urls import path

from . import views, views_public

app_name = "bulletins"
urlpatterns = [
    path("bulletins/<int:bulletin_pk>/", views.draft, name="draft"),
    path("bulletins/<int:bulletin_pk>/block/<int:block_pk>/", views.block, name="block"),
    path("bulletins/<int:bulletin_pk>/block/<int:block_pk>/drafted/", views.drafted, name="drafted"),
    path("bulletins/<int:bulletin_pk>/correct/<int:piece>/", views.correct, name="correct"),
    path("bulletins/<int:bulletin_pk>/sheet.docx", views.sheet_to_write, name="sheet_to_write"),
    path("bulletins/<int:bulletin_pk>/<slug:deed_key>/", views.deed, name="deed"),
    path("v/<str:code>/b/<int:bulletin_pk>/", views_public.public, name="public"),
    path("v/<str:code>/b/<int:bulletin_pk>/sheet.pdf", views_public.sheet, name="sheet"),
    path("check/", views_public.check, name="check"),
]
