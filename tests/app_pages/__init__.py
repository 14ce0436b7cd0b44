"""Tests of the app, in a test session and in a real browser."""
