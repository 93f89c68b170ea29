from django.urls import path

from . import views, views_calendar, views_roll, views_sessions

app_name = "gatherings"
urlpatterns = [
    path("gatherings/<int:gathering_pk>/", views.desk, name="desk"),
    path("gatherings/sessions/<int:session_pk>/", views_sessions.session, name="session"),
    path("gatherings/sessions/<int:session_pk>/sign-up/", views_sessions.sign_up, name="sign_up"),
    path("gatherings/sessions/<int:session_pk>/leave/", views_sessions.leave, name="leave"),
    path("gatherings/sessions/<int:session_pk>/roll/", views_roll.roll, name="roll"),
    path("gatherings/sessions/<int:session_pk>/roll/<int:registration_pk>/", views_roll.mark, name="mark"),
    path("gatherings/sessions/<int:session_pk>/roll/<int:registration_pk>/off/", views_roll.take_off, name="take_off"),
    path("gatherings/sessions/<int:session_pk>/code/", views_roll.code, name="code"),
    path("gatherings/sessions/<int:session_pk>/<slug:session_verb>/", views_sessions.deed, name="session_deed"),
    path("gatherings/<int:session_pk>/here/<slug:session_code>/", views_roll.here, name="here"),
    path("gatherings/<int:session_pk>.ics", views_calendar.session, name="session_calendar"),
    path("gatherings/series/<uuid:series_feed>.ics", views_calendar.series, name="series_calendar"),
    path("gatherings/<int:gathering_pk>/<slug:meeting_verb>/", views.deed, name="deed"),
]
