"""axe-core on a page, as lines a person can read; use `violations(page)` and expect an empty list."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

# WCAG 2.2 AA and what axe calls best practice.
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Any) -> list[str]:
    """Every violation on `page` with the elements concerned; empty when there is none."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{each['id']} ({each['impact']}): {each['help']}: {_places(each)}" for each in found]


def _places(violation: dict[str, Any]) -> str:
    """The first elements that violate the rule."""
    return "; ".join(str(node["target"][0]) + " " + node["html"][:120] for node in violation["nodes"][:3])
