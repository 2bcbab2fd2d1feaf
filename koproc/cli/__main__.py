"""`python -m koproc.cli`, the same as `koproc`."""

from . import main

main(prog_name="koproc")
