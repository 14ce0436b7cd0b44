"""Trains the heads that are shipped: ``python -m benchmarks.training --data FOLDER``."""
