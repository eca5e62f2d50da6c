"""How a reader wants to see the site: elder mode, theme, contrast. Kept in one cookie, drawn by the server."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest

COOKIE = "look"
COOKIE_SECONDS = 365 * 24 * 3600
VALUES = {"mode": ("elder",), "theme": ("light", "dark"), "contrast": ("high",)}


@dataclass(frozen=True)
class Look:
    """The three choices; an empty one follows the standard or the system."""

    mode: str = ""
    theme: str = ""
    contrast: str = ""

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "Look":
        """The look that `values` ask for; what isn't known is left empty, never an error."""
        return cls(**{name: values[name] for name in VALUES if values.get(name) in VALUES[name]})

    @classmethod
    def of(cls, request: HttpRequest) -> "Look":
        """The look kept in the reader's cookie."""
        return cls.read(dict(parse_qsl(request.COOKIES.get(COOKIE, ""))))

    def changed(self, values: Mapping[str, str]) -> "Look":
        """This look with the choices that `values` name; an unknown value takes the choice back."""
        wanted = {name: values[name] if values[name] in VALUES[name] else "" for name in VALUES if name in values}
        return replace(self, **wanted)

    @property
    def cookie(self) -> str:
        """The cookie's value; empty when everything is standard."""
        return urlencode([(name, value) for name in VALUES if (value := getattr(self, name))])
