"""Studies of a run: drawn or scored as a job, kept beside it with what repeats them, and never part of the result."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from tests.support.scored import AS_OF, SCORED_AT, Scored
from tracker.assessment.models import Run, Study
from tracker.assessment.queries.recheck import agrees
from tracker.assessment.queries.runs import frozen_inputs
from tracker.assessment.service.runs import run_scheme
from tracker.assessment.studies import usual_seed
from tracker.assessment.what_if import changes
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.outbox.models import Job
from tracker.outbox.worker import work_off

MARKS = ("10", "9.5", "9", "4", "8", "7")


@pytest.fixture
def run_id(scored: Scored, writing) -> int:
    with writing():
        for unit, mark in zip(("望川县", "临溪县", "青禾县", "石桥区", "市财政局", "市交通运输局"), MARKS, strict=True):
            scored.enter(unit, "mark", "review", amount=mark)
            scored.enter(unit, "mark", "review", by="second_evaluator", amount="8")
        made = run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT
        )
        return made.id


def hashes(run_id: int) -> tuple[str, str]:
    run = session.get_one(Run, run_id)
    return run.inputs_hash, run.result_hash


def asked(sign_in_as, app, run_id: int, what: str, **form: object) -> int:
    """Asks for a study and lets it be made; its number."""
    answer = sign_in_as("evaluator").post(f"/runs/{run_id}/studies/{what}", data=form)
    assert answer.status_code == 302, answer.text
    with app.app_context():
        return session.scalars(select(func.max(Study.id))).one()


def place_of(run_id: int, app, **wanted: object) -> int:
    """The place of a change in the list that is offered."""
    with app.app_context():
        offered = changes(frozen_inputs(run_id).scheme)
    return next(
        at for at, one in enumerate(offered) if all(getattr(one, name) == value for name, value in wanted.items())
    )


def test_weights_are_drawn_as_a_job_and_the_run_stays_as_it_was(run_id, sign_in_as, app):
    with app.app_context():
        before = hashes(run_id)
    study_id = asked(sign_in_as, app, run_id, "robustness", percent="20", count="200", seed="")
    with app.app_context():
        study = session.get_one(Study, study_id)
        assert study.parameters == {"percent": 20, "count": 200, "seed": usual_seed(before[0])}
        assert {key for key, *_ in study.outcome["units"]} == {unit.key for unit in frozen_inputs(run_id).units}
        assert hashes(run_id) == before
        assert agrees(run_id)
        entry = session.scalars(select(AuditEntry.body).order_by(AuditEntry.seq.desc())).first()
        assert entry["detail"]["推演"] == "稳健性分析"
        first = study.outcome
    again = asked(sign_in_as, app, run_id, "robustness", percent="20", count="200", seed=str(usual_seed(before[0])))
    with app.app_context():
        assert session.get_one(Study, again).outcome == first


def test_its_page_says_what_it_is_and_the_score_sheet_knows_nothing_of_it(run_id, sign_in_as, app):
    client = sign_in_as("evaluator")
    sheet = client.get(f"/runs/{run_id}/scoresheet.xlsx").data
    study_id = asked(sign_in_as, app, run_id, "robustness", percent="20", count="200", seed="7")
    page = client.get(f"/runs/{run_id}/studies/{study_id}").text
    assert "仅供参考，不是考核结果" in page
    assert "区间最好名次" in page
    assert ">优秀的机会<" in page, "the head of its column"
    assert "相邻两名" in page
    assert f"/runs/{run_id}/studies/{study_id}" in client.get(f"/runs/{run_id}/studies").text
    after = client.get(f"/runs/{run_id}/scoresheet.xlsx").data
    texts = [
        [[cell.value for cell in row] for tab in load_workbook(BytesIO(one)).worksheets for row in tab.iter_rows()]
        for one in (sheet, after)
    ]
    assert texts[0] == texts[1]
    assert client.get(f"/runs/{run_id + 1}/studies/{study_id}").status_code == 404


def test_the_groups_of_a_study_stand_in_the_order_of_the_result(run_id, sign_in_as, app):
    client, study_id = (
        sign_in_as("evaluator"),
        asked(sign_in_as, app, run_id, "robustness", percent="20", count="200", seed=""),
    )

    def in_order(path: str, pattern: str) -> list[str]:
        return re.findall(pattern, client.get(path).text)

    rows = in_order(f"/runs/{run_id}", r'<th scope="rowgroup"[^>]*>([^<]*)')
    assert len(rows) == 2
    assert in_order(f"/runs/{run_id}/studies/{study_id}", r'\?group=[^"]*"[^>]*>\s*([^<\s]+)') == rows


def test_another_rule_on_trial_says_who_would_move(run_id, sign_in_as, app):
    median = place_of(run_id, app, name="combine", value="median")
    unmoved = asked(sign_in_as, app, run_id, "what-if", change=str(median), value="")
    scale = place_of(run_id, app, indicator="review", name="scale")
    moved = asked(sign_in_as, app, run_id, "what-if", change=str(scale), value="２０")
    with app.app_context():
        assert session.get_one(Study, unmoved).outcome == {"moved": [], "units": 6}
        study = session.get_one(Study, moved)
        assert study.parameters["value"] == "20"
        assert len(study.outcome["moved"]) == 6
        assert agrees(run_id)
    client = sign_in_as("evaluator")
    assert "没有一个单位会变" in client.get(f"/runs/{run_id}/studies/{unmoved}").text
    page = client.get(f"/runs/{run_id}/studies/{moved}").text
    assert "仅供参考，不是考核结果" in page
    assert "望川县" in page


@pytest.mark.parametrize(("value", "said"), [("", "请填写改为多少"), ("abc", "不是数"), ("5", "不能大于 5")])
def test_a_change_that_cannot_be_scored_is_refused_with_its_reason(run_id, sign_in_as, app, value, said):
    scale = place_of(run_id, app, indicator="review", name="scale")
    answer = sign_in_as("evaluator").post(f"/runs/{run_id}/studies/what-if", data={"change": scale, "value": value})
    assert answer.status_code == 422
    assert said in answer.text
    with app.app_context():
        assert not session.scalars(select(Job.id)).all()


def test_how_evaluators_agree_stands_on_a_page_of_the_run(run_id, sign_in_as):
    """One marked 4 to 10, the other 8 throughout: nobody can say which unit was better."""
    page = sign_in_as("evaluator").get(f"/runs/{run_id}/evaluators").text
    assert "评委意见不一致" in page
    assert "严考核" in page
    assert "−0.04" in page
    assert "+0.04" in page


def test_it_may_be_cancelled_while_it_draws(run_id, sign_in_as, app):
    app.config["JOBS_INLINE"] = False
    client = sign_in_as("evaluator")
    answer = client.post(f"/runs/{run_id}/studies/robustness", data={"percent": "20", "count": "200", "seed": "1"})
    job_id = int(answer.headers["Location"].rsplit("/", 1)[1])
    with app.app_context():
        session.execute(Job.__table__.update().where(Job.id == job_id).values(cancel_asked=True))
        session.commit()
        work_off()
        assert session.get_one(Job, job_id).state == "cancelled"
        assert not session.scalars(select(Study.id)).all()
