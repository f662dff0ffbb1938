"""How good a brief is, field by field, against gold nobody tuned to: ``python -m eval``.

Reads ``briefer`` only through its public names; ``briefer`` never imports it.
"""
