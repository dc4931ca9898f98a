"""The lifecycle (流转) as data: plan, assignment, obligation, return, requests, questions, findings, spot checks. Standard library only.

`docs/lifecycle.md` is drawn from this table (`drawing`), and a test holds the drawing to it. Services ask `step` before
they change a state: there is no other way from one state to another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from tracker.progress.states import QUESTION_OPEN, REQUESTS, RequestKind

Subject = (
    Literal["plan", "assignment", "obligation", "return", "finding", "spot_check", "question", "claim", "part"]
    | RequestKind
)

LEAD_OFFICE, REPORTER, REVIEWER, EVALUATOR, FOLLOWS = "lead_office", "reporter", "reviewer", "evaluator", "follows"
ASKER, ABOVE = "asker", "above"
"""Who acts; `follows` marks a step that another act brings with it, `asker` is whoever asks: a unit that leads, or the lead
office; `above` the unit that passed its task down."""


class Transition(NamedTuple):
    subject: Subject
    source: str
    verb: str
    target: str
    word: str
    """The verb as people say it."""
    roles: tuple[str, ...]
    guards: tuple[str, ...] = ()


def _request(
    kind: RequestKind, word: str, who: tuple[str, ...], asking: tuple[str, ...], granting: tuple[str, ...]
) -> tuple[Transition, ...]:
    """What a unit asks for and another person in the lead office decides: every request (申请) goes this way."""
    return (
        Transition(kind, "unasked", "ask", "asked", f"申请{word}", who, (*asking, "reason")),
        Transition(kind, "asked", "take_back", "taken_back", "撤回申请", (REPORTER, REVIEWER)),
        Transition(kind, "asked", "grant", "granted", f"同意{word}", (LEAD_OFFICE,), ("other_person", *granting)),
        Transition(kind, "asked", "refuse", "refused", f"不同意{word}", (LEAD_OFFICE,), ("other_person", "reason")),
        Transition(kind, "asked", "lapse", "lapsed", "失效", (FOLLOWS,)),
    )


TRANSITIONS: tuple[Transition, ...] = (
    Transition("plan", "adopted", "issue", "issued", "下发", (LEAD_OFFICE,)),
    Transition("plan", "issued", "archive", "closed", "归档", (LEAD_OFFICE,), ("settled",)),
    Transition("plan", "closed", "reopen", "issued", "恢复", (LEAD_OFFICE,), ("reason",)),
    Transition("assignment", "draft", "issue", "to_sign", "下发", (LEAD_OFFICE,)),
    Transition("assignment", "to_sign", "sign", "in_progress", "签收", (REPORTER, REVIEWER)),
    Transition("assignment", "to_sign", "hand_back", "handed_back", "退回", (REPORTER, REVIEWER), ("reason",)),
    Transition("assignment", "handed_back", "take_back", "to_sign", "撤回退回", (REPORTER, REVIEWER)),
    Transition("assignment", "handed_back", "keep", "to_sign", "维持", (LEAD_OFFICE,), ("reason",)),
    Transition("assignment", "handed_back", "move", "moved", "改派", (LEAD_OFFICE,)),
    Transition("assignment", "handed_back", "withdraw", "withdrawn", "撤销", (LEAD_OFFICE,), ("reason",)),
    Transition("assignment", "moved", "reassign", "to_sign", "派回", (LEAD_OFFICE,)),
    Transition("assignment", "withdrawn", "reassign", "to_sign", "派回", (LEAD_OFFICE,)),
    Transition("assignment", "draft", "fold", "moved", "并入", (FOLLOWS,)),
    Transition("assignment", "to_sign", "fold", "moved", "并入", (FOLLOWS,)),
    Transition("assignment", "handed_back", "fold", "moved", "并入", (FOLLOWS,)),
    Transition("assignment", "in_progress", "fold", "moved", "并入", (FOLLOWS,)),
    Transition("assignment", "moved", "take_over", "to_sign", "承接", (FOLLOWS,)),
    Transition("assignment", "withdrawn", "take_over", "to_sign", "承接", (FOLLOWS,)),
    Transition("assignment", "in_progress", "close", "done", "办结", (LEAD_OFFICE,), ("other_person", "complete")),
    Transition("assignment", "draft", "end", "withdrawn", "修订取消", (FOLLOWS,)),
    Transition("assignment", "to_sign", "end", "withdrawn", "修订取消", (FOLLOWS,)),
    Transition("assignment", "handed_back", "end", "withdrawn", "修订取消", (FOLLOWS,)),
    Transition("assignment", "in_progress", "end", "withdrawn", "修订取消", (FOLLOWS,)),
    Transition("assignment", "withdrawn", "name_again", "to_sign", "修订恢复", (FOLLOWS,)),
    Transition("assignment", "withdrawn", "wait_again", "draft", "修订恢复待下发", (FOLLOWS,)),
    Transition("obligation", "open", "arrive", "reported", "送达", (FOLLOWS,)),
    Transition("obligation", "returned", "arrive", "reported", "再次送达", (FOLLOWS,)),
    Transition("obligation", "reported", "accept", "accepted", "核收", (FOLLOWS,)),
    Transition("obligation", "reported", "send_back", "returned", "退办", (FOLLOWS,)),
    Transition("obligation", "reported", "recall", "open", "撤回", (FOLLOWS,)),
    Transition("obligation", "reported", "recall_again", "returned", "撤回重报", (FOLLOWS,)),
    Transition("obligation", "open", "cancel", "cancelled", "取消", (FOLLOWS,)),
    Transition("obligation", "reported", "cancel", "cancelled", "取消", (FOLLOWS,)),
    Transition("obligation", "returned", "cancel", "cancelled", "取消", (FOLLOWS,)),
    Transition("obligation", "cancelled", "restore", "open", "恢复", (FOLLOWS,)),
    Transition("return", "draft", "hand_in", "own_review", "交审", (REPORTER,), ("in_progress", "owed", "reviewer")),
    Transition("return", "own_review", "recall", "withdrawn", "撤回", (REPORTER,), ("author",)),
    Transition(
        "return", "own_review", "sign", "own_review", "逐级审核", (REVIEWER,),
        ("other_person", "turn", "owed", "more_steps"),
    ),
    Transition(
        "return", "own_review", "approve", "to_check", "审核通过", (REVIEWER,),
        ("other_person", "turn", "owed", "last_step"),
    ),
    Transition(
        "return", "own_review", "own_send_back", "own_returned", "本单位退回", (REVIEWER,),
        ("other_person", "turn", "reason"),
    ),
    Transition("return", "to_check", "recall", "withdrawn", "撤回", (REPORTER, REVIEWER), ("author", "reported", "unseen")),
    Transition("return", "to_check", "accept", "accepted", "核收", (LEAD_OFFICE,), ("other_person", "reported")),
    Transition(
        "return", "to_check", "send_back", "returned", "退办", (LEAD_OFFICE,), ("other_person", "reported", "reason")
    ),
    *_request("extension", "延期", (REVIEWER,), ("in_progress", "owed", "before_due"), ("owed",)),
    *_request("closing", "办结", (REPORTER, REVIEWER), ("in_progress", "complete"), ("in_progress", "complete")),
    *_request("suspension", "挂账", (REVIEWER,), ("in_progress",), ("in_progress",)),
    Transition("suspension", "granted", "end", "ended", "恢复办理", (LEAD_OFFICE, REVIEWER), ("reason",)),
    *_request("waiver", "免责", (REPORTER, REVIEWER), ("late",), ("late",)),
    Transition("finding", "unregistered", "register", "registered", "登记", (LEAD_OFFICE, EVALUATOR)),
    Transition("finding", "registered", "assign", "assigned", "交办", (LEAD_OFFICE,)),
    Transition("finding", "assigned", "hand_back", "registered", "退回", (REPORTER, REVIEWER), ("reason",)),
    Transition("finding", "assigned", "plan", "in_hand", "制定措施", (REPORTER, REVIEWER), ("measure",)),
    Transition("finding", "in_hand", "plan", "in_hand", "调整措施", (REPORTER, REVIEWER), ("measure",)),
    *(
        Transition("finding", state, "hand_in", "own_review", "交审", (REPORTER, REVIEWER), ("evidence", "reviewer"))
        for state in ("in_hand", "sent_back")
    ),
    Transition(
        "finding", "own_review", "sign", "own_review", "逐级审核", (REVIEWER,), ("other_person", "turn", "more_steps")
    ),
    Transition(
        "finding", "own_review", "approve", "reported", "审核通过", (REVIEWER,), ("other_person", "turn", "last_step")
    ),
    Transition(
        "finding", "own_review", "own_send_back", "in_hand", "本单位退回", (REVIEWER,),
        ("other_person", "turn", "reason"),
    ),
    *(
        Transition("finding", state, "recall", "in_hand", "撤回", (REPORTER, REVIEWER), ("author",))
        for state in ("own_review", "reported")
    ),
    Transition("finding", "reported", "close", "closed", "销号", (LEAD_OFFICE, EVALUATOR), ("other_person",)),
    Transition(
        "finding", "reported", "send_back", "sent_back", "退回再改", (LEAD_OFFICE, EVALUATOR), ("other_person", "reason")
    ),
    Transition("finding", "sent_back", "plan", "in_hand", "重定措施", (REPORTER, REVIEWER), ("measure",)),
    *(
        Transition("finding", state, "drop", "dropped", "撤销", (LEAD_OFFICE,), ("reason",))
        for state in ("registered", "assigned", "in_hand", "own_review", "sent_back")
    ),
    Transition("spot_check", "undrawn", "draw", "drawn", "抽取", (LEAD_OFFICE, EVALUATOR)),
    Transition("spot_check", "drawn", "enter", "drawn", "录入结果", (LEAD_OFFICE, EVALUATOR)),
    Transition("spot_check", "drawn", "conclude", "concluded", "办结抽查", (LEAD_OFFICE, EVALUATOR), ("entered",)),
    Transition("spot_check", "drawn", "void", "void", "作废", (LEAD_OFFICE, EVALUATOR), ("reason",)),
    Transition("question", "unasked", "ask", "asked", "询问", (ASKER,), ("reason",)),
    Transition("question", "asked", "answer", "answered", "答复", (REPORTER, REVIEWER), ("reason",)),
    Transition("question", "answered", "ask_again", "asked", "追问", (ASKER,), ("reason",)),
    *(Transition("question", state, "settle", "settled", "了结", (ASKER,)) for state in ("asked", "answered")),
    *(
        Transition(
            "question", state, "dispute", "disputed", "提请协调", (ASKER, REPORTER, REVIEWER), ("between_units", "reason")
        )
        for state in ("asked", "answered")
    ),
    Transition("question", "disputed", "decide", "decided", "协调决定", (LEAD_OFFICE,), ("reason",)),
    *(Transition("question", state, "lapse", "lapsed", "失效", (FOLLOWS,)) for state in QUESTION_OPEN),
    Transition("part", "draft", "report", "reported", "报送", (REPORTER, REVIEWER), ("reason",)),
    Transition("part", "returned", "report", "reported", "重报", (REPORTER, REVIEWER), ("reason",)),
    Transition("part", "reported", "recall", "draft", "撤回", (REPORTER, REVIEWER), ("author",)),
    Transition("part", "reported", "send_back", "returned", "退回", (ABOVE,), ("other_person", "reason")),
    Transition("part", "reported", "take", "taken", "采用", (FOLLOWS,)),
    Transition("part", "taken", "send_back", "returned", "退回", (ABOVE,), ("other_person", "reason")),
    Transition("claim", "unasked", "ask", "asked", "申请认领", (REPORTER, REVIEWER), ("unclaimed", "reason")),
    Transition("claim", "asked", "take_back", "taken_back", "撤回认领", (REPORTER, REVIEWER)),
    Transition("claim", "asked", "confirm", "confirmed", "确认认领", (LEAD_OFFICE,), ("other_person", "unclaimed")),
    Transition("claim", "asked", "decline", "declined", "不同意认领", (LEAD_OFFICE,), ("other_person", "reason")),
    Transition("claim", "asked", "lapse", "lapsed", "失效", (FOLLOWS,)),
)  # fmt: skip

BEGINS: dict[Subject, str] = {
    "plan": "adopted",
    "assignment": "draft",
    "obligation": "open",
    "return": "draft",
    **dict.fromkeys(REQUESTS, "unasked"),
    "finding": "unregistered",
    "spot_check": "undrawn",
    "question": "unasked",
    "claim": "unasked",
    "part": "draft",
}

FINAL: dict[Subject, frozenset[str]] = {
    "plan": frozenset({"closed"}),
    "assignment": frozenset({"done"}),
    "obligation": frozenset({"accepted"}),
    "return": frozenset({"own_returned", "returned", "accepted", "withdrawn"}),
    **dict.fromkeys(REQUESTS, frozenset({"granted", "refused", "taken_back", "lapsed"})),
    "suspension": frozenset({"granted", "refused", "taken_back", "lapsed", "ended"}),
    "finding": frozenset({"closed", "dropped"}),
    "spot_check": frozenset({"concluded", "void"}),
    "question": frozenset({"settled", "decided", "lapsed"}),
    "claim": frozenset({"confirmed", "declined", "taken_back", "lapsed"}),
    "part": frozenset({"taken"}),
}
"""States that end a thing. An ended version of a return stays as it was; a new one begins as its copy."""

REOPENS = frozenset({"own_returned", "returned", "withdrawn"})
"""States of the last version after which a new version of the return may begin."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What guards look at. People are ids."""

    roles: frozenset[str] = frozenset()
    """Roles that the actor holds over this unit or this plan, `follows` where another act brings the step with it."""
    actor: int = 0
    hands: frozenset[int] = frozenset()
    """Author and approver so far."""
    reason: str = ""
    percent: int = 0
    assignment: str = "in_progress"
    obligation: str = "open"
    other_reviewers: int = 0
    """The fewest people that a step of the unit's own review has beside the author."""
    turn: bool = True
    """Whether the step of the unit's own review that it waits at is the actor's."""
    steps_left: int = 0
    """Steps of the unit's own review after the one that it waits at."""
    before_due: bool = True
    late: bool = True
    """Whether the return came late, or is overdue."""
    seen: bool = False
    """Whether the lead office has looked at it."""
    between_units: bool = True
    unclaimed: bool = True
    measure: bool = True
    """Whether a finding's measure is whole."""
    evidence: bool = True
    """Whether what was wrong is shown, and what was put right."""
    settled: bool = True
    """Whether nothing of a plan is open any more."""
    entered: bool = True
    """Whether nothing of a spot check is without its result."""


class Refusal(Exception):
    """A step is not allowed. `cause` is `state`, `role`, or the name of the guard that does not hold."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


def find(subject: Subject, state: str, verb: str) -> Transition | None:
    return next((one for one in TRANSITIONS if one[:3] == (subject, state, verb)), None)


class Guard(NamedTuple):
    words: str
    """What must hold, as the document says it."""
    holds: Callable[[Facts], bool]


GUARDS: Mapping[str, Guard] = {
    "reason": Guard("a reason is given (须写明理由)", lambda facts: bool(facts.reason.strip())),
    "author": Guard("by the author (本人)", lambda facts: facts.actor in facts.hands),
    "other_person": Guard("by somebody other than author and approver (两人原则)", lambda facts: facts.actor not in facts.hands),
    "before_due": Guard("the date has not passed (期限未过)", lambda facts: facts.before_due),
    "late": Guard("its first return came late, or its date has passed without one (逾期)", lambda facts: facts.late),
    "complete": Guard("the return says 100 % (完成 100%)", lambda facts: facts.percent == 100),
    "in_progress": Guard("the task is signed for (已签收)", lambda facts: facts.assignment == "in_progress"),
    "owed": Guard("the obligation is still owed (义务未取消)", lambda facts: facts.obligation in {"open", "returned"}),
    "reported": Guard("the obligation waits at the lead office (待核)", lambda facts: facts.obligation == "reported"),
    "unseen": Guard("the lead office has not looked at it (未开始核验)", lambda facts: not facts.seen),
    "reviewer": Guard("each step of its review has somebody beside the author (各级另有审核人)", lambda facts: facts.other_reviewers > 0),
    "turn": Guard("it waits for this very reviewer (轮到本人审核)", lambda facts: facts.turn),
    "more_steps": Guard("another step of the unit's own review follows (还有下一级审核)", lambda facts: facts.steps_left > 0),
    "last_step": Guard("it is the last step of the unit's own review (末级审核)", lambda facts: facts.steps_left == 0),
    "between_units": Guard("one unit asks another (单位之间)", lambda facts: facts.between_units),
    "unclaimed": Guard("nobody has the task (尚无责任单位)", lambda facts: facts.unclaimed),
    "measure": Guard("measure, person and date are given (措施、责任人、时间齐全)", lambda facts: facts.measure),
    "evidence": Guard("there is evidence from before and from after (整改前后佐证齐全)", lambda facts: facts.evidence),
    "settled": Guard("nothing of the plan is open any more (无未了事项)", lambda facts: facts.settled),
    "entered": Guard("every place drawn has its result (结果全部录入)", lambda facts: facts.entered),
}  # fmt: skip


def step(subject: Subject, state: str, verb: str, facts: Facts) -> str:
    """The state that a verb leads to. Raises Refusal."""
    found = find(subject, state, verb)
    if found is None:
        raise Refusal("state")
    if not facts.roles & frozenset(found.roles):
        raise Refusal("role")
    for guard in found.guards:
        if not GUARDS[guard].holds(facts):
            raise Refusal(guard)
    return found.target


def allowed(subject: Subject, state: str, verb: str, facts: Facts) -> bool:
    """Whether a step may be taken: what pages ask before they offer a button."""
    try:
        step(subject, state, verb, facts)
    except Refusal:
        return False
    return True
