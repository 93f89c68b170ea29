"""The sites that are measured: ours, a bare Django list, and django-helpdesk."""
