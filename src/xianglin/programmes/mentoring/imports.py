"""What may be imported; exchange looks here."""

from .enrolment.imports import TABLES

__all__ = ["TABLES"]
