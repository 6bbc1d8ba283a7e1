"""Answers to fill forms with: one written by hand, the others derived from it and the form."""
