"""Signals about items."""

from django.dispatch import Signal

# Sent with `ids` (a list of primary keys) after many items were written at once, without a signal for each.
items_changed = Signal()
