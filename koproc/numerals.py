"""Korean numerals at a place in a text → an exact interval and where the numeral ends.

Digits and myriads mixed (3조 5천억, 12만3천500), Sino-Korean (이천칠백삼십오), native (스물다섯, 두, 서너), vague (수십만, 몇 백).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

_MYRIADS = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16, "해": 10**20}
_SUBUNITS = {"십": 10, "백": 100, "천": 1000}
_SINO = {"영": 0, "공": 0, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_ARABIC = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)"  # 1,234,567.89
    r"|\d{1,3}(?: \d{3}){2,}(?![\d,.]|\s\d)"  # 1 414 021 100
    r"|\d+(?:\.\d+)?"
)
# the first syllable of a word after a digit: 3조각, 만큼, 5억지
_NO_MYRIAD = re.compile(
    r"조(?:각|건|항|합원)|만(?:큼|남|화|족|들|나)|억(?:울|지|새)|해(?:외|당|결|소|제|상)|경(?:기|찰|우|영|제|쟁|력|험|북|남|상|주|매|유|로|보|선)"
)
_ONES = {"하나": 1, "첫": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5, "여섯": 6}
_ONES |= {"일곱": 7, "여덟": 8, "아홉": 9}
_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90}
_FEW = {
    "한두": (1, 2),
    "두세": (2, 3),
    "두서너": (2, 4),
    "서너": (3, 4),
    "너댓": (4, 5),
    "네댓": (4, 5),
    "네다섯": (4, 5),
    "대여섯": (5, 6),
    "예닐곱": (6, 7),
    "일고여덟": (7, 8),
    "여덟아홉": (8, 9),
    "열댓": (15, 16),
}
_NATIVE = re.compile(f"(?P<tens>{'|'.join(_TENS)})?(?:(?<=스물|서른|마흔) )?(?P<ones>{'|'.join(sorted(_ONES, key=len, reverse=True))})?")
_FEW_FORMS = re.compile("|".join(sorted(_FEW, key=len, reverse=True)))
_VAGUE = re.compile(r"(?P<prefix>수|몇)\s?(?P<units>[십백천]?[만억조]?)")
_SEVERAL = re.compile(r"수(?=\s?(?:년|개월|개국|차례|시간|주간|주일|일간|가지|종)|\s(?:명|건|곳|개|대|배|편|장)(?![가-힣]{2}))")
_TEEN = re.compile(r"십수(?=\s?[년명개곳차회건종대가일억조만])")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral: [low, high] (high exclusive where `open_end`), its last significant place, and where it ends.

    `scale` is the myriad or sub-unit that closes it (억 in 2억), 1 for a plain number: ranges copy it leftwards.
    `digits` says that it begins with an Arabic digit. `nominal` is null for vague numerals (수십).
    """

    end: int
    low: Decimal
    high: Decimal
    nominal: Decimal | None
    scale: int = 1
    digits: bool = False
    native: bool = False

    @property
    def open_end(self) -> bool:
        return self.nominal is None and self.high > self.low

    @property
    def place(self) -> Decimal:
        """The unit of the last significant place: 100 for 2,300, 10,000 for 2만, 0.1 for 3.5."""
        if self.nominal is None or self.nominal == 0:
            return Decimal(1)
        return Decimal(1).scaleb(int(self.nominal.normalize().as_tuple().exponent))


def scan_numeral(text: str, at: int) -> Numeral | None:
    """The longest numeral that begins at `at`, or None: whole numbers, decimals, fractions, mixed numbers.

    >>> str(scan_numeral("3조 5천억 원", 0).nominal), scan_numeral("3조 5천억 원", 0).end
    ('3500000000000', 6)
    >>> str(scan_numeral("일점이삼", 0).nominal), str(scan_numeral("4분의 1", 0).nominal), str(scan_numeral("일과 이분의 일", 0).nominal)
    ('1.23', '0.25', '1.5')
    """
    first = _plain(text, at)
    if first is None or first.nominal is None or first.low != first.high:
        return first
    if power := _power(text, first):
        return power
    if point := _POINT.match(text, first.end):
        digits = "".join(str(_SINO.get(digit, digit)) for digit in point["digits"])
        value = first.nominal + Decimal(f"0.{digits}")
        return replace(first, end=point.end(), low=value, high=value, nominal=value, scale=1)
    return _fraction(text, first) or _mixed(text, first) or first


def _fraction(text: str, denominator: Numeral) -> Numeral | None:
    """4분의 1, 삼 분의 이, 1/4."""
    assert denominator.nominal is not None
    over = _PARTS_OF.match(text, denominator.end)
    slash = _SLASH.match(text, denominator.end) if denominator.digits and denominator.scale == 1 else None
    joint = over or slash
    if joint is None or denominator.nominal == 0:
        return None
    negative = joint.groupdict().get("minus") is not None
    other = _plain(text, joint.end())
    if other is None or other.nominal is None or other.low != other.high:
        return None
    top, bottom = (other.nominal, denominator.nominal) if over else (denominator.nominal, other.nominal)
    if bottom == 0 or (slash and (bottom > 100 or top >= bottom or top != top.to_integral_value())):
        return None  # 2/15 may be a date; a fraction in news is proper
    value = (-top if negative else top) / bottom
    return replace(denominator, end=other.end, low=value, high=value, nominal=value, scale=1)


def _mixed(text: str, whole: Numeral) -> Numeral | None:
    """일과 이분의 일, 2 1/4: a whole number and a fraction."""
    assert whole.nominal is not None
    joint = _AND.match(text, whole.end)
    denominator = _plain(text, joint.end()) if joint else None
    fraction = _fraction(text, denominator) if denominator is not None and denominator.nominal is not None else None
    if fraction is None or fraction.nominal is None or abs(fraction.nominal) >= 100:
        return None
    value = whole.nominal + fraction.nominal
    return replace(whole, end=fraction.end, low=value, high=value, nominal=value, scale=1)


def _power(text: str, base: Numeral) -> Numeral | None:
    """1e10, 1.1^23, 10의 9승. Exponents of more than three digits are no numerals."""
    assert base.nominal is not None
    match = _SCIENTIFIC.match(text, base.end) or _CARET.match(text, base.end) or _TO_THE.match(text, base.end)
    if match is None or not base.digits:
        return None
    exponent = int(match["exponent"])
    if match["sign"] == "-":
        exponent = -exponent
    if base.nominal == 0 or abs(exponent) > 400:
        return None
    value = base.nominal * Decimal(10) ** exponent if match.re is _SCIENTIFIC else base.nominal**exponent
    return replace(base, end=match.end(), low=value, high=value, nominal=value, scale=1)


_SCIENTIFIC = re.compile(r"[eE](?P<sign>[-+]?)(?P<exponent>\d{1,3})(?![\d.A-Za-z])")
_CARET = re.compile(r"\^(?P<sign>-{0,2})(?P<exponent>\d{1,3})(?![\d.])")
_TO_THE = re.compile(r"의\s?(?P<sign>-?)(?P<exponent>\d{1,3})\s?(?:제곱|승(?![가-힣]{2}))")
_POINT = re.compile(r"\s?[점쩜]\s?(?P<digits>[영공일이삼사오육칠팔구]+)(?![십백천만억조])")
_PARTS_OF = re.compile(r"\s?분의\s?(?P<minus>마이너스\s?)?")
_SLASH = re.compile(r"/(?=\d{1,3}(?![\d/.]))")
_AND = re.compile(r"[과와]\s|\s{1,2}(?=\d+/\d)")


def _plain(text: str, at: int) -> Numeral | None:
    character = text[at : at + 1]
    if not character:
        return None
    if character in "수몇":
        return _vague(text, at)
    if _TEEN.match(text, at):
        return Numeral(at + 2, Decimal(11), Decimal(20), None)
    native = None if character.isdecimal() else _native(text, at)
    sino = _sino(text, at) if character.isdecimal() or character in _SINO or character in _SUBUNITS or character in _MYRIADS else None
    # 일곱 is seven, not one and a word; 십하나 is eleven
    return native if sino is None or (native is not None and native.end > sino.end) else sino


def _vague(text: str, at: int) -> Numeral | None:
    match = _VAGUE.match(text, at)
    assert match is not None
    unit = 1
    for character in match["units"]:
        unit *= _SUBUNITS.get(character) or _MYRIADS.get(character, 1)
    if unit == 1:
        if match["prefix"] == "수" and not _SEVERAL.match(text, at):
            return None
        return Numeral(at + 1, Decimal(2), Decimal(10), None)
    # 수십 begins at 20, 수백 at 200; it ends where the next place begins: 수십 at 100, 수천억 at 1조.
    return Numeral(match.end(), Decimal(2 * unit), Decimal(10 * unit), None, scale=unit)


def _native(text: str, at: int) -> Numeral | None:
    few = _FEW_FORMS.match(text, at)
    if few:
        low, high = _FEW[few.group()]
        # 서너, 한두: both ends are meant, so the interval is closed.
        return Numeral(few.end(), Decimal(low), Decimal(high), Decimal(low), native=True)
    match = _NATIVE.match(text, at)
    if match is None or match.end() == at:
        return None
    value = Decimal(_TENS.get(match["tens"] or "", 0) + _ONES.get(match["ones"] or "", 0))
    return Numeral(match.end(), value, value, value, native=True)


def _sino(text: str, at: int) -> Numeral | None:
    total = Decimal(0)
    group = Decimal(0)  # the part below the next myriad
    current: Decimal | None = None  # a number waiting for its unit
    last_myriad, last_subunit = 10**24, 10**4
    position, end, scale = at, at, 1
    while position < len(text):
        character = text[position]
        step = position + 1
        if character.isdecimal():
            match = _ARABIC.match(text, position)
            if current is not None or match is None:
                break
            current, step = Decimal(match.group().replace(",", "").replace(" ", "")), match.end()
            if current >= last_myriad or (group and current >= last_subunit):
                current = None
                break
            scale = 1
        elif character in _SINO:
            if current is not None:
                break  # a numeral has no two digits in a row
            current, scale = Decimal(_SINO[character]), 1
        elif character in _SUBUNITS and _SUBUNITS[character] < last_subunit:
            last_subunit = _SUBUNITS[character]
            group += (1 if current is None else current) * last_subunit
            current, scale = None, last_subunit
        elif character in _MYRIADS and _MYRIADS[character] < last_myriad and not _NO_MYRIAD.match(text, position):
            last_myriad = _MYRIADS[character]
            group += current or 0
            if group == 0 and (current is not None or position != at):
                break
            total += (group or 1) * last_myriad
            # the closing scale of 3천억 is 천억 where nothing but 천 stood before it
            scale = last_myriad * (scale if scale in (10, 100, 1000) else 1)
            group, current, last_subunit = Decimal(0), None, 10**4
        elif current is None and (native := _NATIVE.match(text, position)) and native.end() > position and (group or total):
            group += _TENS.get(native["tens"] or "", 0) + _ONES.get(native["ones"] or "", 0)
            end = native.end()
            break
        else:
            break
        end = position = step
        # 만 4세: a lone 만 takes no number after a space, unless that has a unit of its own: 만 6천
        bare = position == at + 1 and text[at] == "만" and not _WITH_SUBUNIT.match(text, position)
        gap = _SPACES.match(text, position)
        if current is None and not bare and gap and _continues(text, gap.end(), last_myriad, group != 0 and last_subunit == 1000):
            position = gap.end()
    if end == at:
        return None
    value = total + group + (current or 0)
    return Numeral(end, value, value, value, scale=scale, digits=text[at].isdecimal())


_SPACES = re.compile(r" {1,2}")
_WITH_SUBUNIT = re.compile(r" \d{1,3}[천백]|\s[일이삼사오육칠팔구]?[천백십]|\s[일이삼사오육칠팔구]$")
_SINO_GROUP = re.compile(
    r"[일이삼사오육칠팔구]?[십백천](?![가-힣]{2})|[일이삼사오육칠팔구]?[천백]\s?[일이삼사오육칠팔구십백\d]|[일이삼사오육칠팔구][십백천][일이삼사오육칠팔구십백]"
    r"|[일이삼사오육칠팔구](?:[만억조](?!큼)|$)"
)
_AFTER_SPACE = re.compile(r"(?P<number>[\d,]*\d(?:\.\d+)?)(?P<unit>[십백천만억조경])?(?P<next>.?)", re.DOTALL)


def _continues(text: str, at: int, last_myriad: int, after_thousand: bool) -> bool:
    """Whether a number after a space still belongs to the numeral: 3조 5천억, 1만 2345, 3천 500 (but not 3조 2025년)."""
    if last_myriad < 10**24 and _SINO_GROUP.match(text, at):
        return True  # 이십만 이천
    match = _AFTER_SPACE.match(text, at)
    if match is None:
        return False
    if match["unit"] and match["unit"] not in "십백천":
        return _MYRIADS.get(match["unit"], 0) < last_myriad
    if match["unit"]:
        return last_myriad < 10**24 or (after_thousand and match["unit"] in "십백")
    value = float(match["number"].replace(",", ""))
    if match["next"] in tuple("년월일시%"):
        return False
    return (last_myriad < 10**24 and value < last_myriad) or (after_thousand and value < 1000 and match["next"] not in ("~", "∼", "-"))
