"""Reads mutated forms until something breaks: ``make fuzz``, or ``python -m tests.fuzz --help``.

A case is a recipe: a source PDF and the steps that harm it, all drawn from a seed and a number, so
that the same two give the same bytes again. Each case is made and read in a child process of its
own, with a bound on its time and memory.
"""
