"""What django-tasks-db lacks: who holds a running job, how far it has come, and what is due by the clock.

The jobs themselves are its ``DBTaskResult`` rows. All times here are real time, never the demonstration's.
"""

from django.db import models


class Lease(models.Model):
    """A worker holds a running job as long as it puts ``until`` off; lapsed, the job is given back."""

    job_id = models.UUIDField(primary_key=True)
    worker = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)


class Progress(models.Model):
    """How far a job has come. Only its owner sees it; a job nobody waits for has no owner."""

    job_id = models.UUIDField(primary_key=True)
    owner_id = models.BigIntegerField(null=True, db_index=True)  # an account's id; accounts live higher up
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)  # 0: not known yet
    message = models.CharField(max_length=200, blank=True)
    updated_at = models.DateTimeField()


class Schedule(models.Model):
    """One declared schedule: what it last did and when it is next due."""

    name = models.CharField(max_length=100, unique=True)
    rule = models.CharField(max_length=40)  # as declared; when that changes, the next turn is found anew
    last_run_at = models.DateTimeField(null=True)
    next_run_at = models.DateTimeField()


class Slot(models.Model):
    """A schedule's turn that was taken. Unique, so that two schedulers cannot both take it."""

    name = models.CharField(max_length=100)
    slot_at = models.DateTimeField()
    job_id = models.UUIDField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot_at"], name="jobs_slot_once")]
