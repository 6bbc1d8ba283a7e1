"""Speed, size and fidelity of the engine beside its peers: ``make bench``.

Nothing here is needed to run Formpress, and no figure is a pass or a failure: the table says what
was reached.
"""
