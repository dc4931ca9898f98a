"""The trial command's form: JSON lines, tables, exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from tests.unit.scoring.samples import book, fact, inner, leaf
from tracker.assessment.scoring.cli import main, run_trial

SOUND = book(
    inner("r", leaf("v", 100)),
    [fact("v", value="88.5"), fact("v", "w", value="90"), {"unit": "u", "veto": True}],
    "u w",
)
FAULTY = book(inner("r", leaf("v", 100)), [fact("v", value="101")])


def written(folder: Path, name: str, raw: Any) -> str:
    path = folder / name
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    return str(path)


def run(paths: list[str], *, as_json: bool) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return run_trial(paths, as_json, out, err), out.getvalue(), err.getvalue()


def test_one_book_as_json(tmp_path: Path) -> None:
    code, out, err = run([written(tmp_path, "a.json", SOUND)], as_json=True)
    assert (code, err) == (0, "")
    assert list(json.loads(out)["units"][0]) == [
        "key", "group", "base", "bonus", "penalty", "total", "veto", "rank", "grade", "nodes", "trace",
    ]  # fmt: skip


def test_several_books_are_a_line_each_in_their_order(tmp_path: Path) -> None:
    books = [
        written(tmp_path, "a.json", SOUND),
        written(tmp_path, "b.json", FAULTY),
        written(tmp_path, "c.json", SOUND),
    ]
    code, out, err = run([*books, str(tmp_path / "none.json")], as_json=True)
    found = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (2, "")
    assert [list(one) for one in found] == [["units"], ["problems"], ["units"], ["problems"]]
    assert found[1]["problems"] == [{"path": "facts[0].value", "message": "不能大于 100"}]


def test_a_table_for_persons_has_what_counts_in_a_larger_assessment(tmp_path: Path) -> None:
    larger = book(inner("r", leaf("v", 100)), [fact("v", value="88.5"), fact("v", "w", value="90"),
                                              {"unit": "w", "veto": True}], "u w", larger={"percent": "4"})  # fmt: skip
    code, out, err = run([written(tmp_path, "a.json", larger)], as_json=False)
    assert (code, err) == (0, "")
    head, first, second = (line.split() for line in out.splitlines())
    assert head[6:8] == ["总分", "计入综合考核"]
    assert first[6:8] == ["88.50", "3.54"]
    assert second[6:8] == ["—", "—"]


def test_a_table_for_persons(tmp_path: Path) -> None:
    code, out, err = run([written(tmp_path, "a.json", SOUND)], as_json=False)
    assert (code, err) == (0, "")
    head, first, second = out.splitlines()
    assert head.split() == ["组别", "名次", "单位", "基础分", "加分", "扣分", "总分", "等次", "一票否决"]
    assert first.split() == ["县区", "1", "w", "90.00", "0.00", "0.00", "90.00", "—"]
    assert second.split() == ["县区", "—", "u", "88.50", "0.00", "0.00", "—", "—", "是"]


def test_problems_for_persons_go_to_stderr_one_a_line(tmp_path: Path) -> None:
    path = written(tmp_path, "b.json", FAULTY)
    code, out, err = run([path], as_json=False)
    assert (code, out, err) == (2, "", f"{path}: facts[0].value: 不能大于 100\n")


def test_a_table_and_problems_in_another_language(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    books = [written(tmp_path, "a.json", SOUND), written(tmp_path, "b.json", FAULTY)]
    english = {"名次": "Rank", "是": "Yes", "不能大于 %(limit)s": "At most %(limit)s"}
    run_trial(books, False, out, err, lambda text: english.get(text, text))
    _, head, _, second = out.getvalue().splitlines()
    assert (head.split()[1], second.split()[-1]) == ("Rank", "Yes")
    assert err.getvalue() == f"{books[1]}: facts[0].value: At most 100\n"


def test_json_is_the_same_in_every_language(tmp_path: Path) -> None:
    out = io.StringIO()
    run_trial([written(tmp_path, "b.json", FAULTY)], True, out, out, lambda _: "English")
    assert json.loads(out.getvalue())["problems"][0]["message"] == "不能大于 100"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"\xe9": 1}')
    code, out, err = run([str(tmp_path), str(latin), str(tmp_path / "none.json")], as_json=False)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 3


def test_an_empty_book_has_a_table_too(tmp_path: Path) -> None:
    code, out, _ = run([written(tmp_path, "a.json", book(inner("r", leaf("v", 1)), [], ""))], as_json=False)
    assert (code, len(out.splitlines())) == (0, 1)


def test_main(tmp_path: Path, capsys: Any) -> None:
    assert main([written(tmp_path, "a.json", SOUND), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["units"]
