"""Document with mentions, quantities and times → claims about the quantities, and dated releases and plans."""

from .link import find_claims

__all__ = ["find_claims"]
