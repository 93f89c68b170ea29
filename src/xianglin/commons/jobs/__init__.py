"""Work that is done later, again after a failure, or by the clock."""

from .declare import enqueue, enqueue_for, job, scheduled

__all__ = ["enqueue", "enqueue_for", "job", "scheduled"]
