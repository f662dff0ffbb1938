"""How briefer's learned parts were made; see ``card.md``. Nothing in ``briefer`` imports it."""
