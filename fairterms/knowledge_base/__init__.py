"""What fair agreements, laws and public rates say: keep them, find the closest."""
