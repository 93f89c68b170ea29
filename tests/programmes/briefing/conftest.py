"""The village that writes its report holds its conference too."""

from tests.kernels.bulletins.conftest import desk

__all__ = ["desk"]
