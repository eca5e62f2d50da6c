"""Working days: which they are, arithmetic with them, and the yearly notice that decides."""
