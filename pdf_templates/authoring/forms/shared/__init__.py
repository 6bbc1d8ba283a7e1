"""Blocks that the forms have in common: same name, same field."""
