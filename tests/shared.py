"""Where the reference material stands beside a checkout: seeds, gold labels, published tables, hostile files."""

from __future__ import annotations

from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"

SHARED: Path | None = _BESIDE if _BESIDE.is_dir() else None

needs_shared = pytest.mark.skipif(SHARED is None, reason="no shared/ folder beside this checkout")
