"""The real worker, whose documents take as long, or go as wrong, as a test wants.

In the folder WORKER_TEST: ``wait`` makes a job wait while it is there, ``break`` raises an error;
the worker writes ``pid`` when it begins a document.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from pipeline.flow import jobs
from pipeline.flow.documents import Form, Receipt, finish
from pipeline.model.submission import Submission
from workers import cli

_folder = Path(os.environ["WORKER_TEST"])


def _finish(form: Form, submission: Submission, *, receipt: Receipt) -> bytes:
    (_folder / "writing").write_text(str(os.getpid()))
    (_folder / "writing").replace(_folder / "pid")
    while (_folder / "wait").exists():
        time.sleep(0.02)
    if (_folder / "break").exists():
        raise ZeroDivisionError
    return finish(form, submission, receipt=receipt)


if __name__ == "__main__":
    vars(jobs)["finish"] = _finish
    sys.exit(cli.main())
