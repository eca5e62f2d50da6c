"""What others may want to hear of the calendar."""

from django.dispatch import Signal

# Sent after the commit that changed days; argument `days`: the dates, sorted. Due dates that passed over one of them are reckoned anew.
calendar_changed = Signal()
