"""What a run shows: one table, one JSON file, one HTML page with examples."""
