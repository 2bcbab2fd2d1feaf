"""Finds the files that koproc ships: `seeds/` and `models/`, in a checkout and in an installed wheel.

In a checkout they lie beside the package; the wheel carries them inside it (hatchling's force-include, see pyproject.toml).
"""

from __future__ import annotations

from pathlib import Path

from .errors import ResourceError

PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, such as `resource("seeds", "lexicon")`.

    Raises:
        ResourceError: the file is in neither place, that is, the installation is incomplete.

    >>> resource("seeds", "units.tsv").name
    'units.tsv'
    """
    for root in (PACKAGE, PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise ResourceError(f"{'/'.join(parts)}: not found beside or inside {PACKAGE}; reinstall koproc (pip install --force-reinstall koproc)")


def read_table(path: Path, header: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The rows of a tab-separated seed file whose first line must be `header`.

    Raises:
        ResourceError: `path:line:` and what is wrong with it (header, number of cells, empty cell).
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as err:
        raise ResourceError(f"{path}: cannot be read as UTF-8 text ({err}); check the path and the encoding") from err
    if tuple(lines[0].rstrip("\r").split("\t")) != header:
        raise ResourceError(f"{path}:1: the header must be {' <tab> '.join(header)}")
    rows: list[tuple[str, ...]] = []
    for number, line in enumerate(lines[1:], 2):
        line = line.rstrip("\r")
        if not line:
            continue
        cells = tuple(line.split("\t"))
        if len(cells) != len(header):
            raise ResourceError(f"{path}:{number}: {len(cells)} cells where the header has {len(header)}")
        if not all(cell.strip() for cell in cells):
            raise ResourceError(f"{path}:{number}: empty cell; write - for nothing")
        rows.append(cells)
    return rows
