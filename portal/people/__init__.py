"""People of the administration: roles, and what each may do."""
