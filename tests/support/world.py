"""One of everything, for the test of who may open what: objects of the city and of its finance bureau, and strangers.

Each role has an owner (granted where the objects are) and a stranger, who holds the same role for units that have no
part in any of them: 市审计局 and 远山县.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
from flask import Flask
from sqlalchemy import select

from tests.support.breakdown import upload, workbook
from tests.support.found import found
from tests.support.issued import Issued, TaskSpec, adopted
from tests.support.place import AT, DAY, FOUNDED, Place, found_place, signed_in
from tests.support.revised import CATALOGUE, received, running
from tests.support.scored import AS_OF, SCORED_AT, SOURCES, Scored, found_scored
from tracker import clock, storage
from tracker.accounts import service as accounts_service
from tracker.accounts.models import Grant, Person
from tracker.accounts.passwords import NOBODY
from tracker.accounts.roles import Role
from tracker.assessment.models import Scheme
from tracker.assessment.service import facts, notices, runs, schemes, self_scores, studies
from tracker.db import session, transaction
from tracker.drafts.models import Draft, DraftFinding, DraftTask
from tracker.outbox.service import enqueue
from tracker.plans.models import HandBack
from tracker.progress import service as progress
from tracker.progress.content import Content
from tracker.progress.kits.returned import Said
from tracker.progress.light_rules import RULE_SETS
from tracker.progress.models import Kit, Passed, ReasonPhrase, Return, ReturnedKit
from tracker.progress.service import claims, passing, phrases, questions
from tracker.progress.service.passed_files import attach_below
from tracker.reminders.models import ReminderRobot, ReminderSending, SupervisionSlip
from tracker.units import service as units_service
from tracker.units.acts import Terms
from tracker.units.models import Unit

PAST = 2025
OWNERS = {
    Role.LEAD_OFFICE: "lead", Role.LEADER: "leader", Role.EVALUATOR: "evaluator", Role.ADMIN: "admin",
    Role.REPORTER: "reporter", Role.REVIEWER: "reviewer",
}  # fmt: skip
STRANGERS = {role: f"strange_{name}" for role, name in OWNERS.items()}
OWN = "市财政局"
TASKS = (
    TaskSpec("完善内控制度", ((OWN, "lead"),)),
    TaskSpec("清理历史欠账", ((OWN, "lead"),)),
    TaskSpec("公开预算信息", ((OWN, "lead"),)),
    TaskSpec("规范采购流程", ((OWN, "lead"),)),
    TaskSpec("建设便民驿站", ()),
    TaskSpec("共建信息平台", ((OWN, "lead"), ("市交通运输局", "support"))),
)


ROWS = (
    ("优化营商环境", "推行开办企业一次办理,办结率达到95%以上。", OWN, "市交通运输局", "2月30日前"),
    ("畅通农村公路", "新改建农村公路120公里。", "市交通运输局", "望川县、临溪县", "年底前"),
)
"""With a date that does not exist, so that there is something to settle."""


@dataclass
class World:
    place: Place
    ids: dict[str, object] = field(default_factory=dict)
    """By a name of the parameter of an address, or `<endpoint>:<parameter>` where one page needs its own."""


def found_world(app: Flask) -> World:
    """Makes everything in an empty database."""
    with app.app_context(), transaction():
        place = found_place()
        scored = found_scored(place, sources=SOURCES | {"review": {"from": "entered", "self": "1"}})
        world = World(place)
        _strangers(place)
        _plans(world, scored)
        _progress(world, scored)
        _edition(world)
        _assessment(world, scored)
        _admin(world)
        _jobs(world)
        _kits(world)
        _reminders(world)
    _draft(world, app)
    return world


def _strangers(place: Place) -> None:
    for name, kind in (("市审计局", "department"), ("远山县", "county")):
        place.units[name] = units_service.create_unit(
            name=name, kind=kind, parent_id=place.units["云岫市"], by=None, at=AT, since=FOUNDED
        ).id
    for role, username in STRANGERS.items():
        person = Person(username=username, name=username, password_hash=NOBODY, password_set_at=AT, created_at=AT)
        session.add(person)
        session.flush()
        place.people[username] = person.id
        unit = "市审计局" if role in {Role.REPORTER, Role.REVIEWER} else "远山县"
        accounts_service.grant(person, role, place.units[unit], by=None, at=AT, since=FOUNDED)


def _plans(world: World, scored: Scored) -> None:
    waiting = adopted(world.place, TASKS, year=PAST - 1)
    world.ids |= {
        "plan_id": scored.plan_id,
        "task_id": scored.issued.tasks["压减审批时限"],
        "progress:key": next(iter(RULE_SETS)),
    }
    for endpoint in ("progress.issue", "progress.issue_plan", "plans.policy", "plans.change_policy"):
        world.ids[f"{endpoint}:plan_id"] = waiting.plan_id


def _progress(world: World, scored: Scored) -> None:
    """The finance bureau's plan of a past year: one report at the lead office, one in the bureau's review, one begun."""
    made = adopted(world.place, TASKS, year=PAST)
    progress.issue_plan(made.plan_id, by=made.viewer("lead"), at=AT)
    phrases.begin_phrases(by=made.viewer("lead"), at=AT)
    world.ids["phrase_id"] = session.scalars(select(ReasonPhrase.id).order_by(ReasonPhrase.id)).first()
    sent, own, begun, _last = made.obligations("完善内控制度", OWN)
    reporter, reviewer = made.viewer("reporter"), made.viewer("reviewer")
    progress.sign(sent.assignment_id, by=reporter, at=AT)
    for obligation in (sent, own):
        progress.hand_in(
            obligation.id, content=Content(done="已完成前期工作。", percent=40), version=0, by=reporter, at=AT
        )
    versions = {row.obligation_id: row.id for row in session.scalars(select(Return))}
    progress.approve(versions[sent.id], by=reviewer, at=AT)
    file, _draft_of = progress.attach(begun.id, stream=io.BytesIO(b"%PDF-1"), name="a.pdf", by=reporter, at=AT)
    early = AT.replace(year=PAST, month=1)
    later = progress.Wish("待上级印发。", "已起草。", until=begun.due_on + timedelta(days=10))
    asked = progress.ask_for("extension", begun.id, later, by=reviewer, at=early)
    whole = made.obligations("规范采购流程", OWN)[0]
    progress.sign(whole.assignment_id, by=reporter, at=AT)
    content = Content(done="已全部完成。", percent=100)
    last = progress.hand_in(whole.id, content=content, version=0, by=reporter, at=AT)
    progress.approve(last.id, by=reviewer, at=AT)
    progress.accept(last.id, by=made.viewer("lead"), at=AT)
    waits = progress.ask_for(
        "suspension", sent.assignment_id, progress.Wish("待批复。", condition="批复后"), by=reviewer, at=AT
    )
    progress.grant_request(waits.id, note="", by=made.viewer("lead"), at=AT)
    back = made.assignment("清理历史欠账", OWN).id
    progress.hand_back(back, reason="不属于本单位职责。", proposed_unit_id=None, by=reporter, at=AT)
    to_sign = made.assignment("公开预算信息", OWN).id
    world.ids |= {
        "assignment_id": to_sign, "obligation_id": begun.id, "public_id": file.public_id,
        "return_id": versions[own.id], "request_id": asked.id, "kind": "closing", "subject_id": whole.assignment_id,
        "hand_back_id": session.scalars(select(HandBack.id)).one(),
        "progress.propose_resuming:assignment_id": sent.assignment_id,
        "progress.end_suspension:assignment_id": sent.assignment_id,
        "progress.recall:return_id": versions[sent.id], "progress.begin_check:return_id": versions[sent.id],
        "progress.check:return_id": versions[sent.id], "progress.decide_check:return_id": versions[sent.id],
    }  # fmt: skip
    _shared(world, made)
    _passed_down(world, made)
    world.ids |= found(made, OWN)


def _shared(world: World, made: Issued) -> None:
    """The finance bureau leads a task and asks the unit that supports it; it offers to take another that nobody has."""
    theirs = made.obligations("共建信息平台", "市交通运输局")[-1]
    asked = questions.ask(
        theirs.id, questions.Ask("supplement", "请补充数据。", DAY), by=made.viewer("reporter"), at=AT
    )
    ownerless = made.tasks["建设便民驿站"]
    offered = claims.claim(ownerless, made.place.units[OWN], "有现成场地。", by=made.viewer("reviewer"), at=AT)
    world.ids |= {
        "claim_id": offered.id, "progress.propose_claim:task_id": ownerless, "progress.claim_task:task_id": ownerless,
        "question_id": asked.id, "progress.propose_question:obligation_id": theirs.id,
        "progress.ask_question:obligation_id": theirs.id,
    }  # fmt: skip


def _passed_down(world: World, made: Issued) -> None:
    """The bureau's task in the hands of an office below it, which has reported for one date."""
    reporter, task = made.viewer("reporter"), made.assignment("共建信息平台", OWN).id
    office = units_service.create_unit(
        name="市财政局国库支付中心", kind="office", parent_id=made.place.units[OWN], by=None, at=AT, since=FOUNDED
    )
    progress.sign(task, by=reporter, at=AT)
    passing.pass_down(task, [office.id], "报送本单位数据。", 5, by=reporter, at=AT)
    one, other, *_rest = made.obligations("共建信息平台", OWN)
    given = session.scalars(select(Passed.id)).one()
    content = Content("已接入两个系统。", percent=40)
    part = passing.report_part(given, one.id, content, version=0, editor="", by=reporter, at=AT)
    stream = io.BytesIO(b"%PDF-1.7 given below")
    file, _begun = attach_below(given, other.id, stream=stream, name="清单.pdf", by=reporter, at=AT)
    world.ids |= {
        "passed_id": given, "part_id": part.id, "progress.propose_passing:assignment_id": task,
        "progress.pass_task_down:assignment_id": task, "progress.part:obligation_id": one.id,
        "progress.send_back_part_of:obligation_id": one.id, "progress.report_part_of:obligation_id": other.id,
        "progress.save_part_of:obligation_id": other.id, "progress.attach_to_part:obligation_id": other.id,
        "progress.arrived_below:obligation_id": other.id, "progress.take_piece_below:obligation_id": other.id,
        "progress.detach_from_part:obligation_id": other.id, "progress.detach_from_part:public_id": file.public_id,
    }  # fmt: skip


def _edition(world: World) -> None:
    """A plan that runs, and a second edition of its document under review, which an older reader has read."""
    found = received(running(world.place))
    session.get_one(Draft, found.draft_id).reader_version = "1"
    for endpoint in ("comparison", "pair", "set_pair", "adoption", "adopt_edition"):
        world.ids[f"progress.{endpoint}:draft_id"] = found.draft_id
    for endpoint in ("pair", "set_pair"):
        world.ids[f"progress.{endpoint}:task_id"] = found.draft_task(CATALOGUE)
    world.ids |= {"drafts.renewal:draft_id": found.draft_id, "drafts.read_anew:draft_id": found.draft_id}


def _assessment(world: World, scored: Scored) -> None:
    evaluator = scored.viewer("evaluator")
    file = facts.keep_evidence(
        io.BytesIO("抽查记录".encode()), "抽查记录.txt", unit_id=scored.units[OWN], by=evaluator, at=SCORED_AT
    )
    said = self_scores.say(scored.scheme, plan_id=scored.plan_id, unit_id=scored.units[OWN], indicator="review",
                           score=Decimal(9), reason="逐项完成", evidence_id=file, by=scored.viewer("reporter"), at=SCORED_AT)  # fmt: skip
    scored.enter_all_marks()
    fact = scored.enter(OWN, "deduction", "order", amount="1", times=1, reason="公开不及时", evidence_id=file)
    run = runs.run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=evaluator, at=SCORED_AT)
    runs.publish(run.id, version=run.version, by=scored.viewer("second_evaluator"), at=SCORED_AT)
    study = studies.keep(run.id, "what_if", {"change": 0, "value": "full"}, {"moved": [], "units": 6}, by=evaluator,
                         at=SCORED_AT)  # fmt: skip
    preview = runs.run_scheme(scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=evaluator, at=SCORED_AT)
    told = scored.enter(
        OWN, "deduction", "order", amount="1", reason="链接失效", evidence_id=file, notice_days=20, at=clock.now()
    )
    objected = scored.enter(OWN, "deduction", "order", amount="1", reason="错别字", notice_days=20, at=clock.now())
    notices.reply(
        objected,
        agrees=False,
        text="已于当日更正。",
        version=1,
        by=scored.viewer("reporter"),
        at=clock.now(),
        evidence_id=file,
    )
    draft = schemes.new_version(
        session.get_one(Scheme, scored.scheme_id), reason="调整分值", by=evaluator, at=SCORED_AT
    )
    world.ids |= {
        "run_id": run.id, "study_id": study.id, "score_id": said.id,
        "scheme_id": scored.scheme_id, "since_id": scored.scheme_id, "fact_id": fact,
        "unit_id": scored.units[OWN], "assessment.publish_run:run_id": preview.id,
        "assessment.publishing_run:run_id": preview.id,
        "assessment.withdraw_run:run_id": preview.id, "assessment.withdrawing_run:run_id": preview.id,
        "notice_id": objected, "assessment.reply_to_notice:notice_id": told,
    }  # fmt: skip
    for endpoint in ("edit_scheme", "save_scheme", "try_edited", "adopt_scheme", "scheme_differences"):
        world.ids[f"assessment.{endpoint}:scheme_id"] = draft.id


def _admin(world: World) -> None:
    place = world.place
    unit = session.get_one(Unit, place.units[OWN])
    alias = units_service.add_alias(unit, "云岫财政", by=None, at=AT)
    collective = units_service.confirm_collective(
        "各县区政府", {"below": place.units["云岫市"], "kinds": ["county"], "depth": 1}, by=None, at=AT
    )
    grant = session.scalar(select(Grant.id).where(Grant.person_id == place.people["reporter"]))
    year = clock.today().year
    order = Terms("plate", (unit.id,), date(year + 1, 1, 1), reason="机构改革方案", plate="市金融工作局")
    world.ids |= {
        "act_id": units_service.order_act(order, by=place.viewer("admin"), at=AT).id,
        "admin.new_act:kind": "rename", "admin.order_act:kind": "rename",
        "person_id": place.people["reporter"], "grant_id": grant, "alias_id": alias.id, "collective_id": collective.id,
        "drafts.forget_memory:kind": "alias", "drafts.forget_memory:memory_id": alias.id,
        "name": "ledger", "locale": "en",
    }  # fmt: skip


def _jobs(world: World) -> None:
    """For each owner an export that is done, and for the evaluator a score sheet."""
    kept = storage.save_bytes(b"a workbook")
    for role, username in OWNERS.items():
        kind = "assessment.scoresheet" if role in {Role.EVALUATOR, Role.LEAD_OFFICE, Role.LEADER} else "export"
        job = enqueue(kind, {}, key=username, by=world.place.viewer(username), at=AT)
        job.state, job.result = "done", {"text": "完成", "file": kept.key, "name": "得分表.xlsx"}
        session.flush()
        world.ids[f"{username}:job_id"] = job.id


def _kits(world: World) -> None:
    """A kit of the finance bureau that came back twice: to the lead office, and from the bureau itself."""
    place, unit = world.place, world.place.units[OWN]
    lead = place.people["lead"]
    kit = Kit(public_id="c" * 32, unit_id=unit, template=1, sha256="0" * 64, reports=1, made_by=lead, made_at=AT)
    session.add(kit)
    session.flush()
    said = Said(AT.isoformat(), [], 1, [("填报表!9", "自行增加的任务")], []).kept()
    for owner, through in (("lead", "office"), ("reporter", "unit")):
        held = ReturnedKit(
            batch=owner, place=0, kit_id=kit.id, unit_id=unit, through=through, file_name="填报包.xlsx", said=said,
            file_key=storage.save_bytes(b"a workbook").key, state="waiting", by_id=place.people[owner], at=AT,
        )  # fmt: skip
        session.add(held)
        session.flush()
        world.ids |= {f"{owner}:batch": owner, f"{owner}:returned_id": held.id}


def _reminders(world: World) -> None:
    """The city's robot, and a letter to the bureau's reporter that did not arrive."""
    place = world.place
    robot = ReminderRobot(
        unit_id=place.units["云岫市"], kind="wecom", name="督办群", url="https://robot.example/send?key=1"
    )
    letter = ReminderSending(
        key="digest:2026-03-02:person:1", channel="email", person_id=place.people["reporter"], day=DAY, counts={"due": 1},
        subject="任务提醒", body="今日到期 1 项", state="failed", due_at=AT, created_at=AT, ended_at=AT,
    )  # fmt: skip
    session.add_all([robot, letter])
    session.flush()
    slip = SupervisionSlip(
        owner_unit_id=place.units["云岫市"], unit_id=place.units[OWN], prefix="云督", year=2026, number=1, colour="blue",
        reason="逾期未报。", demand="请补报。", reply_by=DAY, issued_by=place.people["lead"], issued_at=AT,
    )  # fmt: skip
    session.add(slip)
    session.flush()
    world.ids |= {
        "robot_id": robot.id, "sending_id": letter.id, "slip_id": slip.id,
        "reminders.propose_slip:unit_id": place.units[OWN], "reminders.issue_slip:unit_id": place.units[OWN],
    }  # fmt: skip


def _draft(world: World, app: Flask) -> None:
    lead = signed_in(app, world.place.people["lead"])
    answer = lead.post("/drafts", data=upload(workbook(ROWS), "分解表.xlsx"))
    draft_id = int(answer.headers["Location"].rsplit("/", 1)[1])
    with app.app_context():
        tasks = session.scalars(select(DraftTask.id).where(DraftTask.draft_id == draft_id).order_by(DraftTask.id)).all()
        finding = session.scalar(
            select(DraftFinding.id).where(DraftFinding.draft_id == draft_id, DraftFinding.origin != "unread")
        )
    lead.post(f"/drafts/{draft_id}/tasks/{tasks[-1]}/remove")
    marked = openpyxl.load_workbook(io.BytesIO(lead.get(f"/drafts/{draft_id}/workbook.xlsx").data))
    marked["任务"]["B3"] = "推行开办企业一日办结。"
    back = io.BytesIO()
    marked.save(back)
    returned = lead.post(f"/drafts/{draft_id}/workbooks", data=upload(back.getvalue(), "批注.xlsx"))
    world.ids |= {
        "draft_id": draft_id, "drafts:task_id": tasks[0], "drafts.restore_task:task_id": tasks[-1],
        "finding_id": finding, "field": "name", "workbook_id": int(returned.headers["Location"].rsplit("/", 1)[1]),
    }  # fmt: skip
