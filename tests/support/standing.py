"""What many tests begin with: made once for a database, by the services that the pages use, and put back for the others."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import event

from tests.support.backends import Backend
from tests.support.place import Place
from tracker.db import db, transaction

Made = TypeVar("Made")
_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Kept:
    rows: object
    """As the backend saved them."""
    files: Path
    place: tuple[Place, ...]
    made: Any


class Standing:
    """One database of tests, which knows what stands in it as long as nobody but `begin` has written."""

    def __init__(self, app: Flask, backend: Backend, files: Path) -> None:
        self._app, self._backend, self._files = app, backend, files
        self._kept: dict[tuple[Callable[..., Any], ...], _Kept] = {}
        self._now: tuple[Callable[..., Any], ...] | None = None
        """What was begun with, one after the other; None where something else was written."""
        with app.app_context():
            self._engine = db.engine
        event.listen(self._engine, "before_cursor_execute", self._write)

    def renew(self) -> None:
        """Empties the database and the store for files."""
        self.disconnect()
        self._backend.renew()
        shutil.rmtree(self._files, ignore_errors=True)
        self._now = ()

    def disconnect(self) -> None:
        self._engine.dispose()

    def begin(self, make: Callable[..., Made], *place: Place) -> Made:
        """What `make(*place)` makes of what stands there, in a transaction; the place, where it is given, is changed too.

        `make` has to do the same whenever it is called on the same rows.
        """
        before = self._now
        known = self._kept.get((*before, make)) if before is not None else None
        if known is not None:
            made: Made = self._put_back(known, *place)
        else:
            with self._app.app_context(), transaction():
                made = make(*place)
        if before is not None:
            self._now = (*before, make)
            if known is None:
                self._keep(self._now, place, made)
        return made

    def _keep(self, name: tuple[Callable[..., Any], ...], place: tuple[Place, ...], made: Any) -> None:
        self.disconnect()
        files = self._files.with_name(f"{self._files.name}-{len(self._kept)}")
        if self._files.exists():
            shutil.copytree(self._files, files)
        kept_place, kept = deepcopy((place, made))
        self._kept[name] = _Kept(self._backend.save(), files, kept_place, kept)

    def _put_back(self, known: _Kept, *place: Place) -> Any:
        self.disconnect()
        self._backend.put_back(known.rows)
        if known.files.exists():
            shutil.copytree(known.files, self._files, dirs_exist_ok=True)
        for now, then in zip(place, known.place, strict=True):
            now.units.update(then.units)
            now.people.update(then.people)
        return deepcopy(known.made, {id(then): now for now, then in zip(place, known.place, strict=True)})

    def _write(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if _WRITES.match(statement):
            self._now = None
