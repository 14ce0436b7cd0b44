"""How good and how fast? Not imported by anything, and not in the wheel."""
