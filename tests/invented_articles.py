"""Short articles about companies that do not exist: the same for the same seed, as many as wanted. For load tests and benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_FIRST = ("가온", "나래", "다솔", "라온", "마루", "바름", "새론", "아람", "자람", "차오름", "큰별", "터울", "푸름", "한빛누리")
# all end in a vowel, so that one form of each particle fits
_LAST = ("나노", "반도체", "소프트", "로보틱스", "에이아이", "모빌리티", "바이오", "클라우드", "테크", "네트웍스")
_SENTENCES = (
    "{a}는 내년 상반기 AI 칩 ‘{p}’을 내놓을 예정이다.",
    "{p}의 연산 성능은 H200보다 약 {n}% 높다고 {a} 측은 밝혔다.",
    "{a}는 지난해 매출이 {m}억 원으로 전년보다 {n}% 늘었다고 20일 공시했다.",
    "{b}는 {a}와 데이터센터 {k}곳을 짓는 계약을 맺었다.",
    "{a}의 시장 점유율은 {n}%로 {b}를 앞섰다.",
    "업계는 {a}가 2027년까지 {k}조 원을 투자할 것으로 전망했다.",
)


def invented_articles(count: int, *, seed: int = 0) -> Iterator[str]:
    """`count` articles of two or three sentences, about 100 characters each.

    >>> first, second = invented_articles(2)
    >>> first == next(invented_articles(1)), first == second
    (True, False)
    """
    random = Random(seed)
    for _ in range(count):
        a, b = (random.choice(_FIRST) + random.choice(_LAST) for _ in range(2))
        product = f"{random.choice('KLMNRX')}{random.choice('ABSTX')}-{random.randrange(100, 1000)}"
        chosen = random.sample(_SENTENCES, random.choice((2, 3)))
        numbers = {"n": random.randrange(2, 95), "m": random.randrange(100, 9000), "k": random.randrange(2, 40)}
        yield " ".join(sentence.format(a=a, b=b, p=product, **numbers) for sentence in chosen)
