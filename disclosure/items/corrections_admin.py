"""Reported errors in the admin; imported by wagtail_hooks."""
