"""The demo county 阳光县: invented, seeded by one command, alive on any day."""
