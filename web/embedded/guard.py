"""Stands between ``formpress serve`` and one child process, and sees to it that no child stays.

The guard holds the reading end of a pipe whose writing end only ``serve`` has. However ``serve``
ends, also by SIGKILL, the pipe closes and the guard ends its child. Run by path, with nothing but
the standard library, so that it starts in no time:

    python guard.py LIFELINE GRACE SCRATCH COMMAND …

LIFELINE is the pipe's file descriptor, GRACE the seconds between a polite stop and a hard one,
SCRATCH a folder that goes when the guard is told to stop (or "").
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import threading


def main(arguments: list[str]) -> int:
    lifeline, grace, scratch, *command = arguments
    news, tell = os.pipe()
    signal.signal(signal.SIGTERM, lambda *_: os.write(tell, b"stop"))
    child = subprocess.Popen(command)
    threading.Thread(target=_wait, args=(child, tell), daemon=True).start()

    select.select([int(lifeline), news], [], [])
    told_to_stop = child.poll() is None
    if told_to_stop:
        _stop(child, float(grace))
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)
    else:
        os.write(1, f"process {child.pid} ended with status {child.returncode}\n".encode())
    _end_group()
    return 0


def _wait(child: subprocess.Popen[bytes], tell: int) -> None:
    child.wait()
    os.write(tell, b"ended")


def _stop(child: subprocess.Popen[bytes], grace: float) -> None:
    child.terminate()
    try:
        child.wait(grace)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _end_group() -> None:
    """What the child itself started is in the guard's own process group, as is the guard."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
