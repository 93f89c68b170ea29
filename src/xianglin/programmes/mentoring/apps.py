from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "xianglin.programmes.mentoring"
    label = "mentoring"

    def ready(self) -> None:
        from xianglin.base.events import listen
        from xianglin.base.registry import register_programme
        from xianglin.kernels.pairings.events import MADE

        from .graduation.handing import on_made
        from .matching.following import on_listed
        from .minds.following import on_listed as end_consents
        from .programme import MENTORING
        from .registers.events import LISTED
        from .teams.following import on_listed as leave_teams

        register_programme(MENTORING)
        listen(LISTED, on_listed)
        listen(LISTED, leave_teams)
        listen(LISTED, end_consents)
        listen(MADE, on_made)
