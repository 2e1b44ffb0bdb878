"""Reads finished PDFs with programs that did not write them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest


def _run(program: str, *arguments: str) -> str:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([program, *arguments], capture_output=True, check=False)
    return done.stdout.decode()


def _written(pdf: bytes, folder: Path) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return str(path)


def plain(text: str) -> str:
    """Return ``text`` with ordinary spaces alone, and without direction marks."""
    text = re.sub("[\u200e\u200f\u202a-\u202e]", "", text)
    return re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()


def text_of(pdf: bytes, folder: Path, *options: str) -> str:
    """Return what ``pdftotext`` reads, as one line."""
    return plain(_run("pdftotext", *options, _written(pdf, folder), "-"))


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    """Return the text of each page."""
    text = _run("pdftotext", _written(pdf, folder), "-")
    return [plain(page) for page in text.split("\f")[:-1]]


def fonts_of(pdf: bytes, folder: Path) -> list[list[str]]:
    """Return the table of ``pdffonts``: name, type, encoding, embedded, subset, unicode."""
    lines = _run("pdffonts", _written(pdf, folder)).splitlines()[2:]
    return [line.split() for line in lines]


def verdicts_of(pdf: bytes, folder: Path) -> list[str]:
    """Return what ``pdfsig`` says of each signature."""
    text = _run("pdfsig", "-nocert", _written(pdf, folder))
    return re.findall(r"Signature Validation: (.*)", text)
