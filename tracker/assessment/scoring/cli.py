"""Scoring books on trial (试算) from a command line. `flask assess trial` is this function."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

from tracker.assessment.scoring.engine import score
from tracker.assessment.scoring.problems import BookProblem, FaultyBook
from tracker.assessment.scoring.reading import read_book
from tracker.assessment.scoring.results import result_json
from tracker.assessment.scoring.table import result_table
from tracker.assessment.scoring.wording import N_, Sentence, translated

Translate = Callable[[str], str]


class NoBook(FaultyBook):
    """The file cannot be read at all."""


def run_trial(paths: Sequence[str], json_output: bool, out: TextIO, err: TextIO, translate: Translate = str) -> int:
    """Scores each book; 0 where all are sound, 2 where any is faulty.

    With `json_output` one JSON object a book goes to `out`, a line each (`{"problems": […]}` for a faulty one); else a
    table a book to `out` and problems, a line each, to `err`, both in the language of `translate`. JSON is the same in
    every language.
    """
    code = 0
    for path in paths:
        try:
            result = score(read_book(_text_of(path)), explain=json_output)
        except FaultyBook as fault:
            code = 2
            if json_output:
                _print_json({"problems": [_problem_json(problem) for problem in fault.problems]}, out)
            else:
                _list(path, fault, err, translate)
            continue
        if json_output:
            _print_json(result_json(result), out)
            continue
        if len(paths) > 1:
            print(f"# {_readable(path)}", file=out)
        print(result_table(result, translate), file=out)
    return code


def _text_of(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        message = N_("没有文件 %(path)s，请核对文件名和所在的文件夹")
    except IsADirectoryError:
        message = N_("%(path)s 是文件夹，请写其中评分簿的文件名")
    except PermissionError:
        message = N_("没有权限读取文件 %(path)s，请核对它的访问权限")
    except UnicodeDecodeError:
        message = N_("文件 %(path)s 不是 UTF-8 编码，请另存为 UTF-8 编码的 JSON")
    except (OSError, ValueError):  # a name that no file can have, a disk that fails
        message = N_("无法读取文件 %(path)s，请核对文件名，或换一个位置再试")
    raise NoBook([BookProblem("", Sentence(message, path=_readable(path)))])


def _readable(path: str) -> str:
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _problem_json(problem: BookProblem) -> dict[str, str]:
    return {"path": problem.path, "message": str(problem.message)}


def _print_json(said: dict[str, Any], out: TextIO) -> None:
    print(json.dumps(said, ensure_ascii=False), file=out)


def _list(path: str, fault: FaultyBook, err: TextIO, translate: Translate) -> None:
    """A line a problem: file, place, what is wrong. Where there is no book, what is wrong names the file itself."""
    for problem in fault.problems:
        file = "" if isinstance(fault, NoBook) else _readable(path)
        parts = (file, problem.path, translated(problem.message, translate))
        print(": ".join(part for part in parts if part), file=err)


def main(arguments: Sequence[str] | None = None) -> int:
    """The same from `python -m`, for whoever has the engine but no application."""
    parser = argparse.ArgumentParser(description="Score books on trial.")
    parser.add_argument("books", nargs="+", metavar="BOOK.json")
    parser.add_argument("--json", action="store_true", help="one JSON object a book")
    options = parser.parse_args(arguments)
    return run_trial(options.books, options.json, sys.stdout, sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
