"""Files as the commands take and leave them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pipeline.errors import ValuesError


def form_path(path: Path) -> Path:
    """A template inside a form's folder brings its form.toml along."""
    return path.parent if path.name == "template.pdf" and path.is_file() else path


def write_file(path: Path, data: bytes) -> None:
    """Beside, then renamed: nobody ever sees half a file."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as beside:
            try:
                beside.write(data)
                beside.flush()
                os.fsync(beside.fileno())
                Path(beside.name).chmod(0o666 & ~_umask())
                Path(beside.name).replace(path)
            except BaseException:
                Path(beside.name).unlink()
                raise
    except OSError as error:
        raise ValuesError(why=f"cannot write {path}: {error.strerror}") from error


def make_directory(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValuesError(why=f"cannot make {path}: {error.strerror}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
