"""The frame of a page: all that stands around its shared parts. Made once for whoever asks, until anybody acts."""

from __future__ import annotations

import re
import secrets
from collections.abc import Hashable, Mapping

from flask import current_app, render_template, request, session as cookie
from markupsafe import Markup, escape

from tracker import clock
from tracker.web.kept import newest_frame
from tracker.web.locale import moment
from tracker.web.parts import csrf_token, where

_MARK = secrets.token_hex(8)
"""Another for every process: a name that holds it cannot be made up."""
_PLACES = re.compile(f"\x1f{_MARK}:(\\w+)\x1f")


def _place(name: str) -> Markup:
    return Markup(f"\x1f{_MARK}:{name}\x1f")  # noqa: S704 characters of our own and the name of a part


def framed(name: str, to: Hashable, shown: Mapping[str, Markup], **told: Hashable) -> str:
    """The template `name` as the person `to` sees it, with the parts `shown` in it by their names.

    Around these it may show what it is `told` and what every page knows: the person, the side bar with what waits for them,
    the city, the minute. All of that changes with the minute or by an act. Messages are said once, and in no kept frame.
    """
    if current_app.debug or "_flashes" in cookie:
        return render_template(name, **shown, **told)
    of = (name, to, where(), request.endpoint, request.path, csrf_token(), moment(clock.now()), *told.items())
    pieces = newest_frame(of, lambda: _PLACES.split(_made(name, shown, told)))
    values = {"own_address": escape(request.full_path.rstrip("?")), **shown}
    return "".join(values[piece] if number % 2 else piece for number, piece in enumerate(pieces))


def _made(name: str, shown: Mapping[str, Markup], told: Mapping[str, Hashable]) -> str:
    return render_template(name, own_address=_place("own_address"), **{part: _place(part) for part in shown}, **told)
