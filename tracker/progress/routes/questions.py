"""Questions about reports (询问与协调): asking, the thread, the list of those that wait."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.progress.forms import narrowed
from tracker.progress.forms.questions import AskForm, SayForm
from tracker.progress.queries.asked import asked_before
from tracker.progress.queries.partners import Askable, askable
from tracker.progress.queries.questions import (
    TABS,
    VERBS,
    QuestionView,
    count_questions,
    question_view,
    questions as listed,
)
from tracker.progress.routes.blueprint import UNIT, Answer, pages
from tracker.progress.routes.reviewing import on_to_next
from tracker.progress.service.questions import ask, say
from tracker.web.numbers import whole_number

ASKING = (*UNIT, Role.LEAD_OFFICE)
USUAL_DAYS = timedelta(days=3)


@pages.get("/questions")
@allow(*ASKING)
def questions() -> str:
    tab = request.args.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    return render_template(
        "progress/questions.html", tab=tab, rows=listed(viewer(), tab), waiting=count_questions(viewer())
    )


@pages.get("/obligations/<int:obligation_id>/questions/new")
@allow(*ASKING)
def propose_question(obligation_id: int) -> str:
    return _begin(askable(obligation_id, viewer(), today=clock.today()))


def _begin(found: Askable, text: str = "") -> str:
    kind = request.args.get("kind", "")
    kind = kind if kind in found.kinds else found.kinds[0]
    form = AskForm(None, due_on=clock.today() + USUAL_DAYS, kind=kind, text=text)
    return _asking(found, form.offer(found.kinds))


def _asking(found: Askable, form: AskForm) -> str:
    answered = [one for one in reversed(asked_before(found.obligation_id)) if one.answered_at]
    return render_template(
        "progress/propose_question.html", found=found, form=form, answered=answered, checking=_checking(),
        here=narrowed(request.args).address,
    )  # fmt: skip


def _checking() -> int | None:
    """The version that was open for its check when somebody chose to ask about it."""
    return whole_number(request.args.get("checking"))


@pages.post("/obligations/<int:obligation_id>/questions/new")
@allow(*ASKING)
def ask_question(obligation_id: int) -> Answer:
    """From the page of a check it begins with what was typed there: somebody would rather ask than send back."""
    found = askable(obligation_id, viewer(), today=clock.today())
    if request.form.get("decision") == "ask":
        return _begin(found, request.form.get("reason", ""))
    form = AskForm().offer(found.kinds)
    if form.validate_on_submit():
        with form.guarded():
            made = ask(obligation_id, form.asked(), by=viewer(), at=clock.now())
        if not form.refused:
            told = _("已发给%(unit)s，答复后会出现在“询问与协调”。", unit=found.unit)
            if made.kind == "check" and (version := _checking()) is not None:
                return on_to_next("checks", told, (found.due_on, version))
            flash(told, "success")
            return redirect(url_for("progress.question", question_id=made.id))
    return _asking(found, form), form.status


@pages.get("/questions/<int:question_id>")
@allow(*ASKING)
def question(question_id: int) -> str:
    found = question_view(question_id, viewer())
    return _thread(found, SayForm(version=found.row.version))


def _thread(found: QuestionView, form: SayForm) -> str:
    return render_template("progress/question.html", found=found, form=form)


@pages.post("/questions/<int:question_id>")
@allow(*ASKING)
def say_to_question(question_id: int) -> Answer:
    form, verb = SayForm(), request.form.get("verb", "")
    found = question_view(question_id, viewer())
    if form.validate_on_submit() and verb in VERBS:
        with form.guarded():
            say(question_id, verb, form.text.data or "", by=viewer(), at=clock.now(), seen=form.seen)
        if not form.refused:
            flash(_said(verb), "success")
            return redirect(url_for("progress.question", question_id=question_id))
        found = question_view(question_id, viewer())
    form.version.data = str(found.row.version)
    return _thread(found, form), form.status


def _said(verb: str) -> str:
    return {
        "answer": _("已答复。"), "ask_again": _("已追问，等待答复。"), "settle": _("已了结。"),
        "dispute": _("已提请牵头办公室协调。"), "decide": _("已作出协调决定，双方都会看到。"),
    }[verb]  # fmt: skip
