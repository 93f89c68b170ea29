"""Telling people: an outbox written with the action, read in the app or sent by SMS."""

from .declare import NoticeTemplate

__all__ = ["NoticeTemplate"]
