"""What a passage says."""
