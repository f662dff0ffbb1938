"""Measures over gold and output: pure functions, no files, no models."""
