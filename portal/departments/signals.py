"""What others may want to hear of departments."""

from django.dispatch import Signal

# Sent inside the transaction in which a body was opened, renamed, merged or edited; argument `department`.
# Whoever keeps something for each department (a page, a group) brings it in line; hearing it twice must do no harm.
department_changed = Signal()
