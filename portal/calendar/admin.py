"""What the admin shows of this part; imported by wagtail_hooks."""
