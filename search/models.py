"""Models of search, gathered for Django."""

from search.outbox import IndexChange

__all__ = ["IndexChange"]
