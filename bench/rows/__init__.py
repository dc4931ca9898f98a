"""The rows, in the order in which they are measured."""

from __future__ import annotations

from bench.harness import Row
from bench.rows import engine_exact, export_20k, import_10k, page_list, score_full, submit_night

ROWS: tuple[Row, ...] = (
    import_10k.ROW,
    engine_exact.ROW,
    score_full.ROW,
    page_list.ROW,
    submit_night.ROW,
    export_20k.ROW,
)
