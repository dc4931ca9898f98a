"""The states of schemes and runs, and the kinds of fact that people enter."""

from __future__ import annotations

SCHEME_STATES = ("draft", "in_use", "retired")
"""编制中 (may change), 启用 (frozen: a change is a new version), 停用."""

RUN_STATES = ("preview", "published", "withdrawn")
"""试算, 已公布, 已撤回."""

DECISIONS = ("", "upheld", "cancelled")
"""What came of a unit's answer to a deduction notice: not decided, 维持, 撤销."""

FACT_KINDS = ("deduction", "mark", "value", "met", "figures", "not_applicable", "bonus", "penalty", "veto")
"""扣分, 评委打分, 数值, 是否达标, 几项数据, 不适用, 加分, 减分, 一票否决: as in the trial-score contract; `figures` are the
fact fields of a rule kind beyond it."""

STORED_KINDS = tuple(kind for kind in FACT_KINDS if kind != "figures")
"""As the table has them: figures are values with more than one field."""

AWARDS = ("bonus", "penalty")
ROOT_KINDS = (*AWARDS, "veto")
"""Facts of the whole unit: they name no indicator."""

STUDY_KINDS = ("robustness", "what_if")
"""What is asked of a run beside its result: 稳健性分析, 假设调整."""
