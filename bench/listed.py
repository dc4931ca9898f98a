"""The rows, in the order in which they are measured. Here and not in `bench.rows`: a case loads its own row alone."""

from __future__ import annotations

from bench.harness import Row
from bench.rows import (
    assets,
    engine_exact,
    export_20k,
    figure,
    import_10k,
    import_docx,
    match_units,
    page_dashboard,
    page_list,
    rank_robustness,
    score_full,
    score_one,
    sign_in,
    submit_night,
)

ROWS: tuple[Row, ...] = (
    import_10k.ROW,
    import_docx.ROW,
    match_units.ROW,
    engine_exact.ROW,
    score_full.ROW,
    score_one.ROW,
    rank_robustness.ROW,
    page_list.ROW,
    page_dashboard.ROW,
    figure.ROW,
    submit_night.ROW,
    sign_in.ROW,
    export_20k.ROW,
    assets.ROW,
)
