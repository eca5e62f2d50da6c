"""Models of search, gathered for Django."""
