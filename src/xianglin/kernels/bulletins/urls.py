from django.urls import path

from . import views, views_correcting, views_public, views_withholding, views_writing

app_name = "bulletins"
urlpatterns = [
    path("bulletins/<int:bulletin_pk>/", views.draft, name="draft"),
    path("bulletins/<int:bulletin_pk>/block/<int:block_pk>/", views_writing.block, name="block"),
    path("bulletins/<int:bulletin_pk>/block/<int:block_pk>/save/", views_writing.save, name="save"),
    path("bulletins/<int:bulletin_pk>/block/<int:block_pk>/drafted/", views_writing.drafted, name="drafted"),
    path("bulletins/<int:bulletin_pk>/block/<int:table_pk>/table/", views_writing.table, name="table"),
    path("bulletins/<int:bulletin_pk>/block/<int:figure_pk>/counted/", views.counted, name="counted"),
    path("bulletins/<int:bulletin_pk>/correct/<int:piece>/", views_correcting.correct, name="correct"),
    path("bulletins/<int:bulletin_pk>/withhold/", views_withholding.withhold, name="withhold"),
    path("bulletins/<int:bulletin_pk>/release/", views_withholding.release, name="release"),
    path("bulletins/<int:bulletin_pk>/sheet.docx", views.sheet_to_write, name="sheet_to_write"),
    path("bulletins/<int:bulletin_pk>/<slug:deed_key>/", views.deed, name="deed"),
    path("v/<str:code>/b/<int:bulletin_pk>/", views_public.public, name="public"),
    path("v/<str:code>/b/<int:bulletin_pk>/sheet.pdf", views_public.sheet, name="sheet"),
    path("v/<str:code>/b/<int:bulletin_pk>/figure/<int:nth>/", views_public.figure, name="figure"),
    path("check/", views_public.check, name="check"),
]
