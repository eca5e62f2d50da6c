"""Words for the values of facets; each app says how its own are called."""

from collections.abc import Callable, Mapping

Labels = Callable[[], Mapping[str, str]]
_makers: dict[str, Labels] = {}


def register_labels(facet: str, maker: Labels) -> None:
    """From now on `maker` says how the values of `facet` are called."""
    _makers[facet] = maker


def labels_of(facet: str) -> Mapping[str, str]:
    """Value → word of a facet; empty when the values speak for themselves."""
    return _makers[facet]() if facet in _makers else {}
