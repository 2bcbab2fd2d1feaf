"""The unit table against independent references: physical units against pint, money against ISO 4217 (babel's CLDR), and its form.

A scale says how big a unit is in the base unit of its dimension; `BASES` is the list of those base units, in pint's words.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

import pint
import pytest
from babel import Locale
from babel.numbers import list_currencies

from koproc.quantities.units import Unit, scan_unit, units
from koproc.resources import read_table, resource

COLUMNS = ("symbol", "dimension", "scale", "forms", "en")
TABLE = resource("seeds", "units.tsv")
UNITS = {unit.symbol: unit for unit in units().values()}

BASES = {
    "amount of substance": "mole",
    "area": "meter**2",
    "capacitance": "farad",
    "computing efficiency": "OPS/watt",
    "computing rate": "OPS",
    "data": "bit",
    "data rate": "bit/second",
    "density": "kilogram/meter**3",
    "dose": "joule/kilogram",
    "electric charge": "coulomb",
    "electric current": "ampere",
    "electric resistance": "ohm",
    "emission": "gram/kilometer",
    "energy": "joule",
    "energy density": "joule/meter**3",
    "force": "newton",
    "frame rate": "hertz",
    "frequency": "hertz",
    "fuel economy": "kilometer/liter",
    "illuminance": "lux",
    "length": "meter",
    "luminance": "candela/meter**2",
    "luminous flux": "lumen",
    "luminous intensity": "candela",
    "mass": "kilogram",
    "percent": "percent",
    "percentage point": "percent",
    "pixel density": "pixel/inch",
    "power": "watt",
    "pressure": "pascal",
    "radioactivity": "becquerel",
    "ratio": "dimensionless",
    "resolution": "pixel",
    "specific energy": "joule/kilogram",
    "speed": "meter/second",
    "temperature": "delta_degC",  # the size of a degree; zero points differ
    "time": "second",
    "torque": "newton*meter",
    "voltage": "volt",
    "volume": "meter**3",
}
"""The base unit of every physical dimension: what a scale of 1 is."""

COUNTED = {"age", "count", "level", "money", "multiple", "ordinal", "rank"}
"""Dimensions without a common base unit (decibels are logarithms, 10 won are no 10 dollars): their scale is 1."""

SPELLED = {
    "%": "percent", "%p": "percent", "ppb": "1e-3*ppm", "bp": "0.01*percent", "할": "10*percent",
    "ac": "4840*yard**2", "ft²": "foot**2", "mi²": "mile**2", "ft³": "foot**3", "갤런": "US_liquid_gallon", "bbl": "oil_barrel",
    "야드": "yard", "nmi": "nautical_mile", "kn": "knot", "Å": "angstrom", "ly": "light_year",
    "메가톤": "megatonne", "온스": "ounce", "ozt": "troy_ounce", "캐럿": "carat", "kt": "kiloton_TNT",
    "rpm": "1/minute", "bpm": "1/minute", "fps": "hertz", "MT/s": "megahertz", "GT/s": "gigahertz",
    "PS": "metric_horsepower", "hp": "horsepower", "kVA": "kilovolt*ampere", "MVA": "megavolt*ampere",
    "mAh": "milliampere*hour", "MMBtu": "1e6*Btu_it", "Btu": "Btu_it", "toe": "tonne_of_oil_equivalent", "킬로칼로리": "kilocalorie",
    "Nm": "newton*meter", "kg·m": "kilogram_force*meter", "lb·ft": "pound_force*foot", "kgf": "kilogram_force", "kgf/cm²": "kilogram_force/centimeter**2",
    "atm": "standard_atmosphere", "°C": "delta_degC", "°F": "delta_degF", "룩스": "lux",
    "ppi": "pixel/inch", "MP": "megapixel", "화소": "pixel",
    "년": "gregorian_year", "분기": "gregorian_year/4", "개월": "gregorian_year/12", "주일": "week", "일": "day", "시간": "hour", "분": "minute", "초": "second",
}  # fmt: skip
"""pint's words where the symbol is none of its own, or that of another unit (fps: feet per second; bbl: a beer barrel; rpm: radians;
acre: by the survey foot, given up in 2022)."""

TRADITIONAL = {
    "평": (400 / 121, "m²: a square of 6 자 (20/11 m)"),
    "평형": (400 / 121, "m²: a size class in 평"),
    "근": (0.6, "kg: 600 g of meat"),
    "돈": (0.00375, "kg: 3.75 g of gold"),
    "km/kWh": (1, "its own base: km/L has no common measure with it"),
}
"""Units that pint does not know, with their definition in the base unit."""

CRYPTOCURRENCIES = {"BTC", "DOGE", "ETH", "SOL", "USDC", "USDT", "XRP"}
"""Symbols of money that have no ISO 4217 code."""

HUNDREDTHS = {"센트", "펜스"}
"""Parts of a currency, stated alone: ISO 4217 has no code for them."""

REGISTRY: pint.UnitRegistry[float] = pint.UnitRegistry()
REGISTRY.define("operation_per_second = [operation_rate] = OPS = FLOPS = IPS")  # pint has no unit of computing, but the prefixes


def _of(kind: str) -> list[Unit]:
    """The units of a kind: physical, or of one dimension."""
    return [unit for unit in UNITS.values() if (unit.dimension in BASES if kind == "physical" else unit.dimension == kind)]


def _named(chosen: list[Unit]) -> pytest.MarkDecorator:
    """One test a unit, under its symbol, or its English where pytest would escape the symbol."""
    return pytest.mark.parametrize("unit", chosen, ids=[unit.symbol if unit.symbol.isascii() else unit.en for unit in chosen])


@_named([unit for unit in _of("physical") if unit.symbol not in TRADITIONAL])
def test_physical_units_agree_with_pint(unit: Unit) -> None:
    """Same dimension and same size as the unit of that name in pint (9 digits: published definitions agree to as many)."""
    theirs = REGISTRY.Quantity(1, "") * REGISTRY.parse_expression(SPELLED.get(unit.symbol, unit.symbol))
    base = REGISTRY.parse_expression(BASES[unit.dimension])
    # root units, not pint's dimensions: to those a bit is a mere number, and bit/s a frequency
    assert theirs.to_root_units().units == base.to_root_units().units
    assert float(unit.scale) == pytest.approx((theirs / base).to_root_units().magnitude, rel=1e-9)


@_named([unit for unit in _of("physical") if unit.symbol in TRADITIONAL])
def test_traditional_units_have_their_definition(unit: Unit) -> None:
    """What pint does not know is checked against its definition."""
    assert float(unit.scale) == pytest.approx(TRADITIONAL[unit.symbol][0], rel=1e-9)


@_named([unit for unit in _of("money") if unit.symbol not in HUNDREDTHS])
def test_money_is_a_currency_of_iso_4217(unit: Unit) -> None:
    """The symbol is a present or historical code, and the CLDR's Korean name of that code ends like one of the spellings."""
    assert unit.scale == 1
    if unit.symbol in CRYPTOCURRENCIES:
        assert unit.symbol not in list_currencies()
        return
    assert unit.symbol in list_currencies()
    korean = Locale("ko").currencies[unit.symbol].split()[-1].removesuffix("화")
    assert any(form.endswith(korean) for form in unit.forms), f"{unit.symbol} is {korean} in Korean"


def test_dimensions_are_known() -> None:
    """A new dimension has to say what its base unit is; a listed one is in use; what only counts has scale 1."""
    assert {unit.dimension for unit in UNITS.values()} == BASES.keys() | COUNTED
    assert [unit.symbol for unit in UNITS.values() if unit.dimension in COUNTED and unit.scale != 1] == sorted(HUNDREDTHS)
    assert SPELLED.keys() | TRADITIONAL.keys() | CRYPTOCURRENCIES <= UNITS.keys()


def test_rows_are_whole_sorted_and_unique() -> None:
    """Five filled columns, rows in the order of their symbols, every spelling once."""
    rows = read_table(TABLE, COLUMNS)
    symbols = [row[0] for row in rows]
    assert symbols == sorted(set(symbols))
    assert [row for row in rows if any(cell != cell.strip() for cell in row)] == []
    forms = Counter(form for row in rows for form in row[3].split("|"))
    assert [form for form, count in forms.items() if count > 1 or form != form.strip() or not form] == []


def test_spellings_are_found_whole() -> None:
    """No spelling is cut short by another one: each is read to its end, as its own unit."""
    read = {form: scan_unit(form, 0) for form in units()}
    assert [form for form, unit in units().items() if read[form] != (unit, len(form))] == []


def test_square_glyphs_are_the_unit_they_show() -> None:
    """㎞ is km: no one-character spelling belongs to another unit than the letters it stands for, but ㎰ (ps is horsepower)."""
    table = units()
    shown = {form: unicodedata.normalize("NFKC", form) for form in table if "㌀" <= form[0] <= "㏿"}
    assert [(form, plain) for form, plain in shown.items() if plain in table and table[plain] != table[form]] == [("㎰", "ps")]
    assert len(shown) > 70
