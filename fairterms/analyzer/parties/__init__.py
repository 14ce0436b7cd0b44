"""Who is who in a contract."""
