"""A person's decisions last: 1,000 of them over three runs and through every format that is read back, layers, contradictions."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import koproc
from koproc.cli.glossary import command
from koproc.document import GlossaryRow, Status
from koproc.formats.glossaries import FORMATS, write_glossary
from koproc.glossary.merging import Merged, merge
from koproc.lexicon import load_lexicon, read_glossary

ARTICLES = ROOT / "seeds" / "articles"
ENDINGS = {"tsv": ".tsv", "csv": ".csv", "xlsx": ".xlsx", "tbx": ".tbx", "tbx2": ".tbx", "omegat": ".txt"}
KINDS = ("ORG", "PRODUCT", "TERM")
NOTES = ("", "본사에 물어볼 것", 'wie im Vertrag, "so" geschrieben', "client's own spelling; see e-mail of 3 May")
NAMES = ["".join(parts) for parts in product("가나다라마바사아자차", "람솔온별결담", "두미빛누해", "전자", ("", "칩", "클라우드", "봇"))]
Decision = tuple[str, str, str, str, str, str | None]


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(command, [*map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def remarks(merged: Merged, what: str) -> list[tuple[str, str, str]]:
    return [(remark.ko, remark.en, remark.detail) for remark in merged.remarks if remark.what == what]


def proposed(number: int) -> list[GlossaryRow]:
    """What a run finds: other names each time, spelled with a space or a hyphen now and then, with other guesses, some of them explained."""
    rows = []
    for at, name in enumerate(NAMES):
        if (at + number) % 3 == 0:
            continue  # the articles of this run do not have it
        ko = f"{name[:3]} {name[3:]}" if (at + number) % 7 == 0 else f"{name[:3]}-{name[3:]}" if (at + number) % 11 == 0 else name
        known = (at * number) % 5 == 0
        rows.append(
            GlossaryRow(
                ko,
                f"Name {at} of run {number}",
                KINDS[(at + at * number // 2) % 3],
                count=at % 13 + 1,
                documents=1,
                sentence=f"{ko}는 {number}번째 기사에 나온다.",
                en_source="gloss" if known else "transliteration",
                status="" if known else "needs review",
            )
        )
    return rows


def decide(rows: Sequence[GlossaryRow], wanted: int) -> tuple[list[GlossaryRow], list[GlossaryRow]]:
    """A person at work: so many rows that nobody has decided yet, with another English, kind, note or definition; all rows, and those."""
    edited, decided = [], []
    for at, row in enumerate(rows):
        if not row.decided and len(decided) < wanted:
            status: Status = "rejected" if at % 4 == 0 else "approved"
            row = replace(
                row,
                en=f"The {row.en}" if at % 2 else row.en,
                kind=KINDS[at % 3],
                status=status,
                note=NOTES[at % len(NOTES)],
                definition=f"{row.ko}는 지어낸 이름이다." if at % 5 == 0 else None,
            )
            decided.append(row)
        edited.append(row)
    assert len(decided) == wanted
    return edited, decided


def save(rows: Sequence[GlossaryRow], path: Path, form: str) -> None:
    with path.open("wb") as stream:
        write_glossary(rows, stream, form)


def decision(row: GlossaryRow) -> Decision:
    return (row.ko, row.en, row.kind, row.status, row.note, row.definition)


@pytest.mark.parametrize("form", ENDINGS)
def test_a_thousand_decisions_last(tmp_path: Path, form: str) -> None:
    """None of 1,000 decisions, made after three runs over other articles, is lost or changed; nothing decided is proposed again."""
    if form not in FORMATS:
        pytest.skip(f"koproc writes no {form} yet")
    reviewed, new = tmp_path / f"reviewed{ENDINGS[form]}", tmp_path / "new.tsv"
    save(proposed(0), reviewed, form)
    made: list[GlossaryRow] = []
    for number, wanted in enumerate((400, 300, 300), 1):
        rows, decided = decide(read_glossary(reviewed), wanted)
        made += decided
        save(rows, reviewed, form)
        save(proposed(number), new, "tsv")
        run("merge", reviewed, new, "--format", form, "-o", reviewed)
    merged = read_glossary(reviewed)
    assert len(made) == 1000
    assert sorted(map(str, map(decision, made))) == sorted(str(decision(row)) for row in merged if row.decided)
    names = {row.ko.replace(" ", "").replace("-", "") for row in made}
    assert not [row for row in merged if not row.decided and row.ko.replace(" ", "").replace("-", "") in names]


def test_a_glossary_reviewed_between_two_builds(tmp_path: Path) -> None:
    """Build, review as a translator does in a spreadsheet, build again from other articles: what was decided stands, what is new is told."""
    reviewed, again, report = tmp_path / "reviewed.tsv", tmp_path / "again.tsv", tmp_path / "report.tsv"
    run("build", ARTICLES / "chips-foundry.txt", "--format", "tsv", "-o", reviewed)
    with reviewed.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter="\t"))
    edits = {
        "루미나칩": {"en": "Lumina Chip", "status": "approved", "note": "as on their site"},
        "홍길동": {"status": "rejected"},
        "실리콘트랙": {"en": "SiliconTrack"},
    }
    for row in table:
        row.update(edits.get(row["ko"], {}))
    with reviewed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys(), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    articles = (ARTICLES / "chips-foundry.txt", ARTICLES / "telecom-6g.txt")
    told = run("build", *articles, "--lexicon", reviewed, "--keep", "--format", "tsv", "--report", report, "-o", again).stderr
    rows = {row.ko: row for row in read_glossary(again)}
    assert (rows["루미나칩"].en, rows["루미나칩"].status, rows["루미나칩"].note) == ("Lumina Chip", "approved", "as on their site")
    assert rows["홍길동"].status == "rejected"
    assert (rows["실리콘트랙"].en, rows["실리콘트랙"].status) == ("SiliconTrack", "needs review")
    assert {row["ko"] for row in table} <= rows.keys()
    assert "decisions kept: 1 approved, 1 rejected" in told
    lines = [line.split("\t") for line in report.read_text(encoding="utf-8").splitlines()]
    new = {ko for ko, _, what, _ in lines if what == "new"}
    assert new
    assert not new & {row["ko"] for row in table}
    run("build", ARTICLES / "telecom-6g.txt", "--lexicon", reviewed, "--format", "tsv", "-o", again)
    assert "루미나칩" not in {row.ko for row in read_glossary(again)}, "without --keep a glossary has what the articles have"


def test_a_build_obeys_the_lexicon(tmp_path: Path) -> None:
    """From Python too: a row takes English, status, note, acronym and layer of the user's file; what is rejected is marked, however spelled."""
    path = tmp_path / "mine.tsv"
    path.write_text(
        "ko\ten\tkind\taliases\tacronym\tnote\tstatus\n"
        "너울에이아이\tNeoul AI\tORG\t너울AI\tNAI\tclient\tapproved\n가온나노\tGaon Nano\tORG\t-\t-\t-\trejected\n",
        encoding="utf-8",
    )
    nlp = koproc.load(lexicon=[path])
    text = "너울AI는 새 칩을 공개했다. 가온 나노(Gaon Nano)는 내년 공장을 짓는다. 가온 나노 관계자는 일정을 밝히지 않았다."
    rows = {row.ko: row for row in koproc.build_glossary([nlp(text)], lexicon=nlp.lexicon)}
    neoul = rows["너울에이아이"]
    assert (neoul.en, neoul.status, neoul.note, neoul.acronym, neoul.layer) == ("Neoul AI", "approved", "client", "NAI", "mine.tsv")
    assert (neoul.count, neoul.certainty) == (1, 1.0)
    assert (rows["가온나노"].status, rows["가온나노"].layer) == ("rejected", "mine.tsv")
    assert not [row for row in rows.values() if row.ko.replace(" ", "") == "가온나노" and row.status != "rejected"]


KO = st.sampled_from(["너울", "너울 AI", "너울AI", "가온", "가온-칩", "가온칩", "㈜너울", "달무리"])
STATUS = st.sampled_from(["", "needs review", "approved", "rejected"])
ROW = st.builds(
    GlossaryRow,
    ko=KO,
    en=st.sampled_from(["Neoul", "NEOUL", "Gaon", "Gaon Chip", "Wave"]),
    kind=st.sampled_from(KINDS),
    count=st.integers(1, 9),
    documents=st.integers(1, 3),
    en_source=st.sampled_from(["lexicon", "gloss", "romanization"]),
    status=STATUS,
    variants=st.lists(KO, max_size=3, unique=True).map(tuple),
    note=st.sampled_from(["", "a", "b"]),
)
WITHOUT_ENGLISH = st.builds(GlossaryRow, ko=KO, en=st.just(""), kind=st.sampled_from(KINDS), status=st.just("needs review"))
ROWS = st.lists(ROW | WITHOUT_ENGLISH, max_size=5)


@settings(max_examples=400)
@given(ROWS, ROWS)
def test_every_decision_is_in_the_result(old: list[GlossaryRow], new: list[GlossaryRow]) -> None:
    """Each row that a person decided comes out as it went in; at most a note is added where there was none."""
    kept = {(row.ko, row.en, row.kind, row.status, note) for row in merge([old], new).rows for note in (row.note, "")}
    assert {(row.ko, row.en, row.kind, row.status, row.note) for row in old if row.decided} <= kept


@settings(max_examples=400)
@given(st.lists(ROWS, min_size=1, max_size=3), ROWS)
def test_merging_twice_is_merging_once(layers: list[list[GlossaryRow]], new: list[GlossaryRow]) -> None:
    """The result merged with the same texts is the same again, and nothing in it is new."""
    rows = merge(layers, new).rows
    again = merge([rows], new)
    assert again.rows == rows
    assert remarks(again, "new") == []


@settings(max_examples=200)
@given(ROWS, ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_old_file_is_of_no_account(old: list[GlossaryRow], new: list[GlossaryRow], chance: object) -> None:
    """A file that somebody has sorted in a spreadsheet gives the same glossary, in the same order."""
    shuffled = [*old]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    said = [(row.ko, row.en, row.kind, row.status, row.note, row.count) for row in merge([old], new).rows]
    assert said == [(row.ko, row.en, row.kind, row.status, row.note, row.count) for row in merge([shuffled], new).rows]


APPROVED = GlossaryRow("너울AI", "Neoul AI", "ORG", status="approved", variants=("너울",), layer="house.tsv")


@pytest.mark.parametrize("ko", ["너울AI", "너울 AI", "㈜너울AI", "너울"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", ["approved", "rejected"])
def test_a_decision_is_found_again(ko: str, kind: str, status: Status) -> None:
    """By another spelling, a legal form or a variant, and though the person has corrected the kind; the texts' English is told."""
    old = replace(APPROVED, status=status, sentence="옛 문장.")
    merged = merge([[old]], [GlossaryRow(ko, "Noul AI", kind, count=5, documents=2, sentence="너울이 왔다.", en_source="gloss")])
    (row,) = merged.rows
    assert (row.ko, row.en, row.kind, row.status) == ("너울AI", "Neoul AI", "ORG", status)
    assert (row.count, row.documents, row.sentence) == (5, 2, "너울이 왔다.")
    ((_, _, detail),) = remarks(merged, "changed")
    assert detail.startswith("the new texts give Noul AI (gloss)")
    assert remarks(merged, "decided") == [("너울AI", "Neoul AI", f"{status} in house.tsv")]


def test_bearers_of_one_name_stay_apart() -> None:
    """A person called like a firm is no row of the firm's; a variant of a new row that has a row of its own leaves it."""
    firm = GlossaryRow("한빛", "Hanbit", "ORG", status="approved")
    new = [GlossaryRow("한빛", "Hanbit", "ORG", count=3), GlossaryRow("한빛", "Han Bit", "PERSON", count=1)]
    assert [(row.kind, row.count, row.status) for row in merge([[firm]], new).rows] == [("ORG", 3, "approved"), ("PERSON", 1, "")]
    group = GlossaryRow("한빛전자", "Hanbit Electronics", "ORG", count=2, variants=("한빛", "한빛 전자"))
    rows = merge([[firm]], [group]).rows
    assert [(row.ko, row.count, row.variants) for row in rows] == [("한빛전자", 2, ("한빛 전자",)), ("한빛", 0, ())]


def test_only_an_untouched_guess_gives_way() -> None:
    """English of koproc's own that needs review follows the texts; English, a note or a status of a person's does not."""
    lexicon = load_lexicon()
    guess = GlossaryRow("홍길동", "Hong Gildong", "PERSON", en_source="romanization", status="needs review")
    new = [GlossaryRow("홍길동", "Hong Kil-dong", "PERSON", count=2, en_source="gloss")]
    merged = merge([[guess]], new, lexicon=lexicon)
    assert [(row.en, row.status, row.en_source) for row in merged.rows] == [("Hong Kil-dong", "", "gloss")]
    assert remarks(merged, "changed") == [
        ("홍길동", "Hong Kil-dong", "was Hong Gildong, a guess; the new texts give Hong Kil-dong (gloss)")
    ]
    assert remarks(merged, "new") == []
    for touched in (replace(guess, en="Gil-dong Hong"), replace(guess, note="ask"), replace(guess, status="")):
        (row,) = merge([[touched]], new, lexicon=lexicon).rows
        assert (row.en, row.note, row.status) == (touched.en, touched.note, touched.status)


def test_the_texts_can_confirm_a_guess_and_fill_a_gap() -> None:
    """The same English in a text ends the review; a row without English takes that of the texts; neither takes a note away."""
    open_rows = [
        GlossaryRow("너울", "Neoul", "ORG", en_source="romanization", status="needs review"),
        GlossaryRow("가온", "", "ORG", status="needs review", note="which one?"),
    ]
    new = [GlossaryRow("너울", "Neoul", "ORG", en_source="gloss"), GlossaryRow("가온", "Gaon", "ORG", en_source="gloss")]
    rows = {row.ko: row for row in merge([open_rows], new).rows}
    assert (rows["너울"].status, rows["너울"].en_source) == ("", "gloss")
    assert (rows["가온"].en, rows["가온"].status, rows["가온"].note) == ("Gaon", "needs review", "which one?")


def test_what_the_texts_no_longer_have() -> None:
    """Stays with a count of 0; `prune` drops what nobody decided or noted."""
    old = [
        replace(APPROVED, count=7),
        GlossaryRow("가온", "Gaon", "ORG", count=3),
        GlossaryRow("달무리", "Dalmuri", "ORG", note="ask"),
        GlossaryRow("샛별", "Saetbyeol", "ORG", status="rejected"),
    ]
    merged = merge([old], [])
    assert [(row.ko, row.count) for row in merged.rows] == [("가온", 0), ("너울AI", 0), ("달무리", 0), ("샛별", 0)]
    assert [ko for ko, _, _ in remarks(merged, "gone")] == ["가온", "너울AI", "달무리"]
    assert [row.ko for row in merge([old], [], prune=True).rows] == ["너울AI", "달무리", "샛별"]


def test_contradictions() -> None:
    """Two English for one term, one English for two terms, one pair approved and rejected: kept and told, once each; homonyms are none."""
    old = [
        GlossaryRow("너울", "Neoul", "ORG", status="approved", note="Kim"),
        GlossaryRow("너울", "Noul", "ORG", status="approved", note="Lee"),
        GlossaryRow("가온", "Gaon", "ORG", status="approved"),
        GlossaryRow("가 온", "Gaon", "ORG", status="rejected"),
        GlossaryRow("한빛", "Hanbit", "PERSON", status="approved"),
    ]
    new = [GlossaryRow("가온그룹", "Gaon", "ORG"), GlossaryRow("한빛", "Han Bit", "ORG"), GlossaryRow("달", "moon", "TERM")]
    merged = merge([old], new)
    assert len(merged.rows) == 8
    assert remarks(merged, "contradiction") == [
        ("가 온", "Gaon", "both approved and rejected"),
        ("가온", "Gaon", "one English for two terms: also 가온그룹"),
        ("너울", "Neoul", "two English for one term: also Noul"),
    ]


def test_layers_name_the_winner() -> None:
    """The first file is on top; a decision goes above what nobody decided; who lost is told with what it said."""
    house = [APPROVED, GlossaryRow("가온", "Gaon", "ORG", layer="house.tsv")]
    client = [
        GlossaryRow("너울 AI", "Noul AI", "ORG", status="approved", note="brand book", layer="client.tsv"),
        GlossaryRow("가온", "Gaon Inc.", "ORG", status="approved", layer="client.tsv"),
        GlossaryRow("달무리", "Dalmuri", "ORG", status="approved", layer="client.tsv"),
    ]
    project = [
        GlossaryRow("달무리", "Dalmuri", "ORG", status="rejected", layer="project.tsv"),
        GlossaryRow("너울AI", "Neoul Intelligence", "ORG", status="rejected", layer="project.tsv"),
    ]
    merged = merge([house, client, project], [GlossaryRow("너울AI", "Neoul AI", "ORG", count=2), GlossaryRow("샛별", "Venus", "TERM")])
    assert [(row.ko, row.en, row.status, row.layer) for row in merged.rows] == [
        ("너울AI", "Neoul AI", "approved", "house.tsv"),
        ("너울AI", "Neoul Intelligence", "rejected", "project.tsv"),
        ("가온", "Gaon Inc.", "approved", "client.tsv"),
        ("달무리", "Dalmuri", "approved", "client.tsv"),
        ("샛별", "Venus", "", ""),
    ]
    assert remarks(merged, "overruled") == [
        ("가온", "Gaon Inc.", "house.tsv has Gaon; client.tsv stands (approved)"),
        ("너울AI", "Neoul AI", "client.tsv has Noul AI, approved, note: brand book; house.tsv stands (approved)"),
        ("달무리", "Dalmuri", "project.tsv has Dalmuri, rejected; client.tsv stands (approved)"),
    ]


def test_layers_as_files(tmp_path: Path) -> None:
    """HOUSE PROJECT NEW: counts on stderr with the first remarks, all of them in the report; the ending of -o says the format."""
    house, project, new = tmp_path / "house.csv", tmp_path / "project.tsv", tmp_path / "new.tsv"
    house.write_text("ko,en,kind,status\n너울AI,Neoul AI,ORG,approved\n", encoding="utf-8")
    project.write_text("ko\ten\tkind\tstatus\n너울 AI\tNoul AI\tORG\tapproved\n가온\tGaon\tORG\trejected\n", encoding="utf-8")
    save(
        [GlossaryRow("너울AI", "Neoul", "ORG", count=4), *(GlossaryRow(f"달무리{n}", f"Dalmuri {n}", "TERM") for n in range(8))], new, "tsv"
    )
    output, report = tmp_path / "glossary.json", tmp_path / "report.tsv"
    told = run("merge", house, project, new, "--report", report, "-o", output).stderr
    assert output.read_text(encoding="utf-8").startswith("[\n")
    assert "10 rows; decisions kept: 1 approved, 1 rejected" in told
    assert "너울AI = Neoul AI: project.tsv has Noul AI, approved; house.csv stands (approved)" in told
    assert "koproc: 8 new:" in told
    assert "… and 3 more" in told
    lines = [line.split("\t") for line in report.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == ["ko", "en", "what", "reason"]
    assert [what for _, _, what, _ in lines[1:]] == ["overruled", "changed", *["new"] * 8, "decided"]


def test_the_old_file_is_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """-o may be OLD; where writing fails it is as it was, and nothing lies beside it."""
    old, new = tmp_path / "old.tsv", tmp_path / "new.tsv"
    save([APPROVED], old, "tsv")
    save([GlossaryRow("너울AI", "Noul AI", "ORG")], new, "tsv")
    before = old.read_bytes()

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("koproc.formats.glossaries.write_glossary", full_disk)
        assert CliRunner().invoke(command, ["merge", str(old), str(new), "-o", str(old)]).exit_code != 0
    assert old.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.tsv", "old.tsv"]
    run("merge", old, new, "-o", old)
    assert [(row.en, row.status) for row in read_glossary(old)] == [("Neoul AI", "approved")]


def test_a_fault_names_file_and_line(tmp_path: Path) -> None:
    """A status that is none is an error of its line, not a row without a decision."""
    old, new = tmp_path / "old.tsv", tmp_path / "new.tsv"
    old.write_text("ko\ten\tstatus\n너울\tNeoul\taproved\n", encoding="utf-8")
    save([], new, "tsv")
    with pytest.raises(koproc.KoprocError, match=r"old\.tsv:2: status 'aproved'"):
        run("merge", old, new)


def test_help_has_examples() -> None:
    """The command shows how glossaries are layered and kept."""
    told = run("merge", "--help").stdout
    assert "koproc glossary merge reviewed.tsv new.tsv -o reviewed.tsv" in told
    assert "--prune" in told
