from django.urls import path

from . import views, views_search

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
    path("v/<str:code>/", views.village, name="village"),
    path("search/", views_search.search, name="search"),
    path("feedback/", views.feedback, name="feedback"),
    path("privacy/", views.privacy, name="privacy"),
    path("heads/", views.heads, name="heads"),
    path("import/", views.hand_in, name="import"),
    path("me/", views.me, name="me"),
    path("me/village/", views.my_village, name="my_village"),
    path("me/say/", views.my_say, name="my_say"),
]
