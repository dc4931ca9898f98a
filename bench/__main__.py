"""`python -m bench [NAME...]`: measures the named rows, or all, into bench/results.json; where `LUOSHI_BENCH_PG_URL` names a
PostgreSQL server, those that ask a server, with their city in it, into bench/results-postgresql.json.

Exit 1 where one of them misses its target or could not be measured; the others are measured all the same.
"""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import listed
from bench.database import is_postgres
from bench.harness import Row

RESULTS = Path(__file__).resolve().parent / ("results-postgresql.json" if is_postgres() else "results.json")
ROWS = [row for row in listed.ROWS if row.served or not is_postgres()]


def measured(row: Row) -> dict[str, Any]:
    with TemporaryDirectory(prefix=f"bench-{row.name}-", ignore_cleanup_errors=True) as folder:
        try:
            return row.result(row.measure(Path(folder)))
        except Exception as error:  # noqa: BLE001 whatever breaks one row must not cost the measures of the others
            traceback.print_exc()
            return row.failed(f"{type(error).__name__}: {error}")


def line(result: dict[str, Any], row: Row) -> str:
    if result["ratio"] is None:
        return f"FAIL {row.name:16} {result['detail']['error']}"
    sign = "≥" if row.at_least else "≤"
    faults = "".join(f"\n{'':16}{fault}" for fault in result["detail"].get("faults", ()))
    state = "ok  " if result["ok"] else "MISS"
    return f"{state} {row.name:16} {result['ratio']:8.3f} × floor, target {sign} {row.target:g}{faults}"


def earlier() -> dict[str, dict[str, Any]]:
    """Rows of an earlier run: naming some rows measures those anew and keeps the others."""
    if not RESULTS.exists():
        return {}
    return {result["name"]: result for result in json.loads(RESULTS.read_text("utf-8"))}


def main(names: list[str]) -> int:
    unknown = set(names) - {row.name for row in ROWS}
    if unknown:
        print(f"No such row: {', '.join(sorted(unknown))}. There are: {', '.join(row.name for row in ROWS)}")
        return 2
    results = earlier()
    wanted = [row for row in ROWS if not names or row.name in names]
    for row in wanted:
        results[row.name] = measured(row)
        print(line(results[row.name], row), flush=True)
        ordered = [results[known.name] for known in ROWS if known.name in results]
        RESULTS.write_text(json.dumps(ordered, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0 if all(results[row.name]["ok"] for row in wanted) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
