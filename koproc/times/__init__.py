"""Document → time expressions with TIMEX3 values, resolved against the publication date."""

from .expressions import find_times
from .parse import parse_time

__all__ = ["find_times", "parse_time"]
