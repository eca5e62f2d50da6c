"""Command: make the role groups and show what each may do."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.people.roles import ROLES, ensure_roles


class Command(BaseCommand):
    """Safe to run again, e.g. after an app was added."""

    help = "Make the groups of all roles, grant what they lack, and list what each may do."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make and list."""
        groups = ensure_roles()
        for role in ROLES:
            self.stdout.write(f"{role.key}  {groups[role.key].name}")
            for title, names in (("models", role.models), ("files", role.files), ("whole site", role.pages)):
                if names:
                    self.stdout.write(f"  {title}: {', '.join(names)}")
