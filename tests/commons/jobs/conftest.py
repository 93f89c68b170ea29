from tests.commons.jobs.installation import installation

__all__ = ["installation"]
