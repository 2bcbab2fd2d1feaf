"""Document → quantities: numerals, units, and the grammar that joins them into intervals."""

from .grammar import find_quantities
from .parse import parse_number, parse_quantity

__all__ = ["find_quantities", "parse_number", "parse_quantity"]
