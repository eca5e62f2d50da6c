"""Secret keys: one made and kept for development, and the test of one offered in production."""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

SHORTEST_KEY = 50
FEWEST_DIFFERENT = 10


def kept_secret_key(folder: Path) -> str:
    """The key kept in `folder`, made at the first call and readable by its owner only."""
    path = folder / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = get_random_secret_key()
        file.write(key)
    return key


def weakness(key: str) -> str:
    """Why `key` is too weak for production; empty when it is good."""
    if len(key) < SHORTEST_KEY:
        return f"it has {len(key)} characters, {SHORTEST_KEY} are needed"
    if len(set(key)) < FEWEST_DIFFERENT:
        return f"it has only {len(set(key))} different characters"
    if key.startswith("django-insecure"):
        return "it is one of Django's insecure examples"
    return ""
