"""Scoring books on trial (试算) from a command line. `flask assess trial` is this function."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from tracker.assessment.scoring.engine import score
from tracker.assessment.scoring.problems import BookProblem, FaultyBook
from tracker.assessment.scoring.reading import read_book
from tracker.assessment.scoring.results import Result, result_json
from tracker.assessment.scoring.table import result_table
from tracker.assessment.scoring.wording import N_, Sentence


def run_trial(paths: Sequence[str], json_output: bool, out: TextIO, err: TextIO) -> int:
    """Scores each book; 0 where all are sound, 2 where any is faulty.

    With `json_output` one JSON object a book goes to `out`, a line each (`{"problems": […]}` for a faulty one); else a
    table a book to `out` and problems, a line each, to `err`.
    """
    code = 0
    for path in paths:
        try:
            result = score(read_book(_text_of(path)), explain=json_output)
        except FaultyBook as fault:
            code = 2
            _report(path, fault.problems, out if json_output else err, json_output=json_output)
            continue
        _show(path, result, out, json_output=json_output, several=len(paths) > 1)
    return code


def _text_of(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        message = Sentence(N_("无法打开文件 %(path)s：%(cause)s"), path=_readable(path), cause=str(error.strerror))
    except UnicodeDecodeError:
        message = Sentence(N_("文件 %(path)s 不是 UTF-8 编码"), path=_readable(path))
    raise FaultyBook([BookProblem("", message)])


def _readable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _report(path: str, problems: Sequence[BookProblem], out: TextIO, *, json_output: bool) -> None:
    if json_output:
        listed = [{"path": problem.path, "message": str(problem.message)} for problem in problems]
        print(json.dumps({"problems": listed}, ensure_ascii=False), file=out)
        return
    for problem in problems:
        print(": ".join(part for part in (_readable(path), problem.path, str(problem.message)) if part), file=out)


def _show(path: str, result: Result, out: TextIO, *, json_output: bool, several: bool) -> None:
    if json_output:
        print(json.dumps(result_json(result), ensure_ascii=False), file=out)
        return
    if several:
        print(f"# {_readable(path)}", file=out)
    print(result_table(result), file=out)


def main(arguments: Sequence[str] | None = None) -> int:
    """The same from `python -m`, for whoever has the engine but no application."""
    parser = argparse.ArgumentParser(description="Score books on trial.")
    parser.add_argument("books", nargs="+", metavar="BOOK.json")
    parser.add_argument("--json", action="store_true", help="one JSON object a book")
    options = parser.parse_args(arguments)
    return run_trial(options.books, options.json, sys.stdout, sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
