"""One reader a set of gold; each raises ``DataError`` naming file, line and field."""
