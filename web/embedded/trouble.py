"""What keeps ``formpress serve`` from serving, in one line for the person who typed it."""

from __future__ import annotations


class CannotServe(Exception):
    """The message is a whole sentence without the program's name."""
