from django.urls import path

from . import views, views_alike, views_author, views_files, views_public, views_tools, views_topics

app_name = "matters"
urlpatterns = [
    path("v/<str:code>/say/", views_public.say, name="say"),
    path("v/<str:code>/say/call/", views_public.call_me, name="call_me"),
    path("v/<str:code>/all/", views_public.everything, name="everything"),
    path("v/<str:code>/<int:serial>/", views_public.public, name="public"),
    path("slip/", views_public.slip, name="slip"),
    path("r/", views_author.receipt, name="receipt"),
    path("r/<int:pk>/", views_author.own, name="own"),
    path("r/<int:pk>/word/", views_author.own_word, name="own_word"),
    path("r/<int:pk>/confirm/", views_author.own_confirm, name="own_confirm"),
    path("r/<int:pk>/withdraw/", views_author.own_withdraw, name="own_withdraw"),
    path("r/<int:pk>/claim/", views_author.claim, name="claim"),
    path("said/<int:enclosure_pk>/", views_files.enclosure, name="enclosure"),
    path("answers/<int:photo_pk>/", views_files.answer_photo, name="answer_photo"),
    path("matters/", views.matter_list, name="list"),
    path("matters/note/", views_tools.note, name="note"),
    path("matters/receipts/", views_tools.receipts, name="receipts"),
    path("matters/duties/", views_tools.duties, name="duties"),
    path("matters/duplicates/", views_alike.duplicates, name="duplicates"),
    path("matters/topics/", views_topics.topics_page, name="topics"),
    path("matters/topics/records/", views_topics.records, name="topic"),
    path("matters/<int:pk>/", views.matter_page, name="matter"),
    path("matters/<int:pk>/beside/<int:other_pk>/", views_alike.beside, name="beside"),
    path("matters/<int:pk>/<slug:verb>/", views.matter_deed, name="deed"),
]
