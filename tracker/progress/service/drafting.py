"""Writing a return: drafts that save themselves, versions that begin as copies, handing in and taking back."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import bindparam, insert, literal, select
from sqlalchemy.orm.attributes import flag_modified

from tracker import clock
from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session, table_of
from tracker.errors import Conflict, DomainError, NotFound
from tracker.prepared import Beyond, Turn
from tracker.progress.content import LONGEST_TEXT, Content
from tracker.progress.models import Obligation, Return, ReturnEvidence, ReturnFigure, ReturnMilestone, ReturnText
from tracker.progress.service.acting import (
    FOLLOWING,
    HeldObligation,
    Reported,
    Seen,
    facts_of,
    hold_obligation,
    hold_return,
    walk,
)  # fmt: skip
from tracker.progress.service.at_once import Draft, newest_on, see, store, write_figures
from tracker.progress.service.chains import reviewing
from tracker.progress.service.counting import change
from tracker.progress.service.milestones import keep_milestones, says, settle_milestones
from tracker.progress.service.owed_no_more import why_owed_no_more
from tracker.progress.service.passing import bring_files, take_parts
from tracker.progress.workflow import REOPENS, REPORTER

FIRST = 1
LONGEST_OPEN = timedelta(days=1)
"""A page that says it was opened longer ago is not believed."""
_LATEST = (
    select(Return)
    .where(Return.obligation_id == bindparam("obligation"))
    .order_by(Return.version_no.desc())
    .limit(1)
    .execution_options(populate_existing=True)
)


def latest(obligation_id: int) -> Return | None:
    """The newest version of an obligation's return."""
    return session.scalar(_LATEST, {"obligation": obligation_id})


def newest(obligation_id: int, on: Turn | None = None) -> Draft | None:
    """The same with its text, as the session sees it, or a turn beside it."""
    if on is not None:
        return newest_on(on, obligation_id)
    version = latest(obligation_id)
    return None if version is None else Draft(version, session.get_one(ReturnText, version.id))


def save_draft(
    obligation_id: int, content: Content, *, version: int, editor: str, by: Viewer, at: datetime
) -> Return:  # fmt: skip
    """Saves what is typed. `version` is the draft's as the page knows it (0: there was none), `editor` names the page.

    Raises Conflict where somebody else, or another window, has saved it since; what they saved stays.
    """
    draft = written(hold_obligation(obligation_id, by), content, version, editor, by, at)
    session.flush()
    return draft.version


def written(
    held: Reported, content: Content, version: int, editor: str, by: Viewer, at: datetime, *, noted: bool = True,
    on: Turn | None = None,
) -> Draft:  # fmt: skip
    """The draft with what is typed in it. Where its beginning is not `noted`, it is not stored yet, nor are its figures: a
    version that is new and handed in at once is one row. Raises Beyond `on` a turn where a version has ended."""
    _reports(held)
    now = newest(held.obligation.id, on) if held.has_versions else None
    drafted = now is not None and now.version.state == "draft"
    if on is not None and now is not None and not drafted:
        raise Beyond
    if now is not None and drafted and version != now.version.version and (not editor or editor != now.version.editor):
        raise Conflict(_already_saved(now.version, by))
    if not drafted and version:
        raise Conflict(_("这份草稿已经交出或有了新的版本。您填写的内容还在本页，请先复制，再刷新页面。"))
    draft = _going_on(held, now, editor, by, at, noted=noted)
    _write(draft, content)
    kept = draft.version
    kept.unchanged = content.unchanged
    if kept.opened_at is None and content.opened is not None and at - LONGEST_OPEN < content.opened <= at:
        kept.opened_at = content.opened
    kept.author_id, kept.editor, kept.saved_at = by.person_id, editor, at
    if drafted:
        flag_modified(kept, "saved_at")  # so that its version moves on though only a text has changed
    if noted:
        session.flush()
        write_figures(session.connection(), kept.id, held.assignment.task_id, content.figures)
        if held.obligation.milestone:
            keep_milestones(kept, held.assignment.id, content)
    return draft


def _reports(held: Reported) -> None:
    if REPORTER not in held.roles:
        raise NotFound


def _already_saved(now: Return, by: Viewer) -> str:
    when = clock.to_the_minute(now.saved_at)
    if now.author_id == by.person_id:
        return _("您在另一个窗口于 %(when)s 保存过这份内容。本页的文字仍在，请核对后再保存。", when=when)
    person = session.get(Person, now.author_id)
    return _(
        "%(who)s 已于 %(when)s 修改了这份内容。您填写的文字仍在本页，请核对后再保存。",
        who=person.name if person else "", when=when,
    )  # fmt: skip


def writable(held: HeldObligation, *, editor: str, by: Viewer, at: datetime) -> Return:
    """The version that is being written; one begins, as a copy of the last, where that one has ended. Raises DomainError."""
    draft = _going_on(held, newest(held.obligation.id), editor, by, at, noted=True)
    session.flush()
    return draft.version


def _going_on(held: Reported, now: Draft | None, editor: str, by: Viewer, at: datetime, *, noted: bool) -> Draft:
    _reports(held)
    if held.assignment.state in {"to_sign", "handed_back"}:
        raise DomainError(_("请先签收任务，再报送进展。"))
    if held.obligation.state not in {"open", "returned"} or held.assignment.state != "in_progress":
        raise DomainError(why_owed_no_more(held, clock.day_of(at)))
    if now is not None and now.version.state == "draft":
        return now
    if now is not None and now.version.state not in REOPENS:
        raise DomainError(_("这份报送正在本单位审核。如需修改，请先撤回，或请审核人退回。"))
    draft = _begin(held, now, editor, by, at)
    if noted:
        session.add(draft.text)
        record("起草进展", by=by, at=at, subject=("obligation", held.obligation.id), unit_id=held.assignment.unit_id,
               detail={"版本": draft.version.version_no})  # fmt: skip
        if now is None:
            session.flush()
            bring_files(draft.version, unit_id=held.assignment.unit_id, by=by, at=at)
    return draft


def _begin(held: Reported, last: Draft | None, editor: str, by: Viewer, at: datetime) -> Draft:
    """A version that is not of the session yet, where there was none before."""
    before, old = last or (None, None)
    draft = Return(
        obligation_id=held.obligation.id, version_no=before.version_no + 1 if before else FIRST, state="draft",
        percent=before.percent if before else 0, milestones=before.milestones if before else 0,
        milestones_reached=before.milestones_reached if before else 0, author_id=by.person_id, editor=editor, saved_at=at,
    )  # fmt: skip
    text = ReturnText(
        version=draft, done=old.done if old else "", problems=old.problems if old else "",
        next_step=old.next_step if old else "", reason="", setback=old.setback if old else "",
    )  # fmt: skip
    if before is not None:
        session.add(text)
        session.flush()
        _copy(before.id, draft.id)
    return Draft(draft, text)


def _copy(old: int, new: int) -> None:
    """Figures, milestones and evidence of the version before stand in the new one, until somebody changes them."""
    for table in map(table_of, (ReturnFigure, ReturnMilestone, ReturnEvidence)):
        rest = [column for column in table.c if column.name != "return_id"]
        copied = select(literal(new), *rest).where(table.c.return_id == old)
        session.execute(insert(table).from_select(["return_id", *rest], copied))


def _write(draft: Draft, content: Content) -> None:
    texts = {name: getattr(content, name) for name in ("done", "problems", "next_step", "setback")}
    for name, words in texts.items():
        if len(words) > LONGEST_TEXT:
            raise DomainError(_("文字过长，请控制在 %(n)s 字以内，其余可作为附件。", n=LONGEST_TEXT), field=name)
    for name, words in texts.items():
        setattr(draft.text, name, words)
    if content.percent is not None:
        draft.version.percent = content.percent  # of a milestone it is reckoned: see `keep_milestones`


def hand_in(
    obligation_id: int, *, by: Viewer, at: datetime, content: Content | None = None, version: int = 0, editor: str = "",
    on: Turn | None = None,
) -> Return:  # fmt: skip
    """Hands the draft to the unit's own reviewer, saving `content` first where it is given. A second time from the same
    page (a double click) changes nothing.

    In the session's transaction, or `on` a turn beside it, which is enough for most returns: Beyond is raised where it is
    not. Raises DomainError where nothing is said to have been done, or nobody else in the unit may review it.
    """
    held = see(obligation_id, by, on)
    if on is not None and held.is_entwined:
        raise Beyond
    noted = held.obligation.milestone or held.has_parts  # settled, or brought along, as they stand in the draft
    steps, others = reviewing(held.obligation.unit_id, held.unit_path, by.person_id, at, named=held.has_chain, on=on)
    if content is not None:
        try:
            draft = written(held, content, version, editor, by, at, noted=noted, on=on)
        except DomainError:
            sent = None if on else _sent_from(obligation_id, content, editor, by)
            if sent is None:
                raise
            return sent
    else:
        draft = _going_on(held, newest(obligation_id, on), editor, by, at, noted=True)
    kept, text = draft
    if not text.done.strip():
        raise DomainError(_("请填写本期完成情况。"), field="done")
    if held.obligation.milestone:
        settle_milestones(kept, text, held.assignment.id, day=clock.day_of(at))
    else:
        _explained(held, kept, text)
    kept.review_steps, kept.review_step = steps, 1
    facts = facts_of(held, kept, by, other_reviewers=others)
    kept.state = walk("return", kept.state, "hand_in", facts)
    kept.author_id, kept.handed_in_at, kept.saved_at = by.person_id, at, at
    if held.has_parts:
        take_parts(obligation_id)
    transaction = on or session.connection()
    is_new = store(transaction, kept, text)
    if content is not None and not noted:
        write_figures(transaction, kept.id, held.assignment.task_id, content.figures, is_new=is_new)
    record("提交本单位审核", by=by, at=at, subject=("obligation", obligation_id), unit_id=held.assignment.unit_id,
           changes={"状态": ("草稿", "本单位审核")}, detail={"版本": kept.version_no, "完成百分比": kept.percent,
                   "进度回退说明": text.setback}, on=on)  # fmt: skip
    return kept


def _explained(held: Seen, draft: Return, text: ReturnText) -> None:
    """Whether a percent lower than last time is explained; what is not lower bears no explanation. Raises DomainError."""
    if draft.percent >= held.accepted_before:
        text.setback = ""
    elif not text.setback.strip():
        raise DomainError(
            _("完成百分比低于上次核收的 %(n)s%%。请核对；确实回退的，请写明原因。", n=held.accepted_before),
            field="setback",
        )


def _sent_from(obligation_id: int, content: Content, editor: str, by: Viewer) -> Return | None:
    """The version that this very page has handed in just before, with the same words."""
    now = latest(obligation_id)
    if now is None or now.state != "own_review" or not editor or (now.editor, now.author_id) != (editor, by.person_id):
        return None
    return now if _says(now, content) else None


def _says(version: Return, content: Content) -> bool:
    """Whether a version that was handed in says all that is typed: what was typed after the first click is not sent yet."""
    text, figure = session.get_one(ReturnText, version.id), table_of(ReturnFigure).c
    written = select(figure.target_id, figure.value).where(figure.return_id == version.id)
    figures = dict(session.execute(written).tuples().all())
    return (
        (text.done, text.problems, text.next_step) == (content.done, content.problems, content.next_step)
        and content.percent in {None, version.percent}
        and text.setback in {"", content.setback}
        and all(figures.get(target) == value for target, value in content.figures.items())
        and says(version, content)
    )


def recall(return_id: int, *, by: Viewer, at: datetime) -> Return:
    """Whoever wrote or approved a version takes it back: from the unit's own review, or from the lead office until it is
    looked at there. A new one begins as its copy when they write again.

    What is taken back from the lead office has not arrived: where no earlier version had, neither has its time.
    """
    held, version = hold_return(return_id, by)
    sent, facts = version.state == "to_check", facts_of(held, version, by)
    version.state = walk("return", version.state, "recall", facts)
    if sent:
        _unsend(held.obligation)
    session.flush()
    record("撤回已报送的进展" if sent else "撤回报送", by=by, at=at, subject=("obligation", held.obligation.id),
           unit_id=held.assignment.unit_id, changes={"状态": ("待核" if sent else "本单位审核", "已撤回")},
           detail={"版本": version.version_no})  # fmt: skip
    return version


def _unsend(obligation: Obligation) -> None:
    earlier = select(Return.id).where(Return.obligation_id == obligation.id, Return.state == "returned").limit(1)
    if session.scalar(earlier) is not None:
        change([obligation], state=walk("obligation", obligation.state, "recall_again", FOLLOWING))
        return
    state = walk("obligation", obligation.state, "recall", FOLLOWING)
    change([obligation], state=state, timing="none", submitted_at=None)
