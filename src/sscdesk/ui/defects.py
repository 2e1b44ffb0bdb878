"""Writes down where a defect of ours happened, without anybody's data."""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

FILE = "defects.txt"


def write_down(folder: Path, kind: type[BaseException], trace: TracebackType | None) -> None:
    """Keep the kind of a defect and the lines of the program; never its message or values."""
    frames = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    lines = "\n".join([f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {kind.__name__}", *frames])
    print(lines, file=sys.stderr)
    try:
        if folder.is_dir():
            with (folder / FILE).open("a", encoding="utf-8") as stream:
                stream.write(lines + "\n")
    except OSError:
        return
