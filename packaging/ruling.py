"""Prints the tables of rights with the tests that prove them."""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "rights.md"


def collected() -> set[str]:
    """Return the names of the tests that pytest finds."""
    words = [sys.executable, "-m", "pytest", "--collect-only", "-q", "tests/rules"]
    found = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return {line for line in found.stdout.splitlines() if "::" in line}


def main() -> int:
    """Print or write the tables; 1 when a row has no test."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/rights.md")
    parser.add_argument("--tests", action="store_true", help="print the name of every test")
    chosen = parser.parse_args()
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    from tests.rules import cases, listing

    missing = sorted(listing.nodes() - collected()) + cases.unproved()
    document = listing.text()
    if chosen.write:
        DOCUMENT.write_text(document, encoding="utf-8")
    elif chosen.tests:
        sys.stdout.write("\n".join(sorted(listing.nodes())) + "\n")
    else:
        sys.stdout.write(document)
    for name in missing:
        sys.stderr.write(f"without a test: {name}\n")
    counts = f"{len(listing.nodes())} tests of rows, {len(missing)} missing\n"
    sys.stderr.write(counts)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
