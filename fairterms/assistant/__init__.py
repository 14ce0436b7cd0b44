"""The use cases: what the command line and the app can do."""
