"""`python -m koproc`, the same as `koproc`."""

from .cli import main

main(prog_name="koproc")
