"""Scheduled work of this programme."""

from xianglin.commons.jobs.declare import job, scheduled

from .minds.forgetting import forget_over


@scheduled(name="mentoring.forget_minds", daily_at="06:40")
@job()
def forget_minds() -> int:
    """What was noted of somebody's state of mind goes, once their consent has been over for long enough."""
    return forget_over()
