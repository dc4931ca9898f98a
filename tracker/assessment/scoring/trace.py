"""The explanation of one unit: what each node did, step by step, so that the lines add up to the printed total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tracker.assessment.scoring.applicability import Plan, Step
from tracker.assessment.scoring.evaluation import Reckoner, Reckoning
from tracker.assessment.scoring.numbers import printed, rounded, short_text
from tracker.assessment.scoring.results import Line
from tracker.assessment.scoring.rules.base import added, averaged, bracketed, shown
from tracker.assessment.scoring.totals import Awarded, Closing, Extras, by_kind, conversion, extras_of, held, in_larger
from tracker.assessment.scoring.tree import Node
from tracker.assessment.scoring.wording import N_, Sentence, listed

_ROUNDED = {
    "half_up": N_("四舍五入为 %(rounded)s"), "half_even": N_("四舍六入五成双为 %(rounded)s"), "down": N_("截尾为 %(rounded)s"),
}  # fmt: skip


class Explainer:
    """Writes the lines of units that `reckoner` has reckoned."""

    def __init__(self, reckoner: Reckoner) -> None:
        self._reckoner = reckoner
        self.tree = reckoner.tree
        self.book = reckoner.book
        self._rounding = reckoner.book.scheme.rounding
        self._places = max(2, self._rounding.places)
        """Whoever reads wants no fewer digits than are printed in the end."""

    def lines(self, position: int, reckoning: Reckoning, closing: Closing) -> tuple[Line, ...]:
        """In the order of the tree; the root's own lines are followed by those that lead to the total."""
        lines: list[Line] = []
        for node in self.tree.nodes:
            lines += self._of_node(node, position, reckoning)
            if node.parent is None:
                lines += self._closing(node, closing, self.book.units[position].key)
                lines += self._larger(node, closing)
        return tuple(lines)

    def _of_node(self, node: Node, position: int, reckoning: Reckoning) -> list[Line]:
        step, before, result = reckoning.plan.steps[node.at], reckoning.before[node.at], reckoning.results[node.at]
        if before is None or result is None:
            text = N_("不适用") if reckoning.plan.applies else N_("没有适用的指标，不计分")
            return [self._line(node, "absent", Sentence(text))]
        if step.given is not None:
            lines = [
                self._line(node, "full", Sentence(N_("不适用，按满分 %(points)s 计"), points=shown(step.given)), before)
            ]
        elif node.rule is not None:
            lines = self._of_leaf(node, step, position, reckoning, before)
        else:
            lines = self._of_inner(node, step, reckoning, before)
        if result != before:
            text = Sentence(_ROUNDED[self._rounding.mode], rounded=self._printed(result).replace("-", "−"))
            lines.append(self._line(node, "rounding", text, result - before, result))
        return lines

    def _of_leaf(self, node: Node, step: Step, position: int, reckoning: Reckoning, before: Fraction) -> list[Line]:
        assert node.rule is not None
        peers = self._reckoner.peers(node, self.book.units[position].group)
        text = node.rule.sentence(step.stake, reckoning.entries[node.at], peers, self._equals(before))
        return [*self._spread_line(node, step, reckoning.plan), self._line(node, "rule", text, before)]

    def _spread_line(self, node: Node, step: Step, plan: Plan) -> list[Line]:
        if step.stake.points == node.worth:
            return []
        assert node.parent is not None
        siblings = plan.steps[node.parent].children
        extra = step.stake.points - node.worth
        parts = {"old": shown(node.worth), "free": shown(extra * len(siblings)), "new": self._equals(step.stake.points)}
        template = N_("不适用的 %(free)s 分归本项，本项分值 %(old)s + %(free)s %(new)s")
        if len(siblings) > 1:
            template = N_("不适用的 %(free)s 分由 %(n)s 项平均分摊，本项分值 %(old)s + %(free)s ÷ %(n)s %(new)s")
            parts["n"] = str(len(siblings))
        return [self._line(node, "spread", Sentence(template, **parts))]

    def _of_inner(self, node: Node, step: Step, reckoning: Reckoning, before: Fraction) -> list[Line]:
        below = [
            (self.tree.nodes[child], result)
            for child, result in ((child, reckoning.results[child]) for child in step.children)
            if result is not None
        ]
        if node.is_sum:
            plain = sum((result for _, result in below), Fraction(0))
            text = Sentence(
                "%(terms)s %(result)s", terms=added([one for _, one in below], self._places), result=self._equals(plain)
            )
        else:
            plain = before / step.stake.stretch
            text = _mean(node.aggregate, below, self._equals(plain), self._places)
        if len(below) == 1:
            text = Sentence(N_("得分 %(terms)s"), terms=shown(plain, self._places))
        lines = [*self._spread_line(node, step, reckoning.plan), self._line(node, "aggregate", text, plain)]
        if before != plain or step.factor != 1:
            lines.append(self._line(node, *self._adjusted(node, step, plain, before), before - plain, before))
        return lines

    def _adjusted(self, node: Node, step: Step, plain: Fraction, before: Fraction) -> tuple[str, Sentence]:
        """Step and sentence of what a sum was rescaled by, or a mean inside a sum raised by."""
        if node.is_sum:
            step_name, template = "rescale", N_("不适用折算：%(plain)s × %(whole)s ÷ %(counted)s %(result)s")
            whole, counted = step.whole, step.counted
        else:
            step_name, template = "raise", N_("随分值同比增加：%(plain)s × %(whole)s ÷ %(counted)s %(result)s")
            whole, counted = step.stake.points, node.worth
        text = Sentence(
            template,
            plain=shown(plain, self._places),
            whole=shown(whole),
            counted=shown(counted),
            result=self._equals(before),
        )
        return step_name, text

    def _closing(self, root: Node, closing: Closing, unit: str) -> list[Line]:
        lines: list[Line] = []
        extras = extras_of(self.book, unit)
        scheme = self.book.scheme
        bonuses = _awarded(list(by_kind(self.book.bonuses.get(unit, ()), scheme.bonus_kinds)))
        penalties = _awarded(list(by_kind(self.book.penalties.get(unit, ()), scheme.penalty_kinds)))
        so_far = Fraction(0)
        if closing.base is not None and closing.bonus is not None and closing.penalty is not None:
            so_far = closing.base
            for step, text, amount in (
                ("bonus", self._bonus_text(closing, extras, bonuses), closing.bonus),
                ("penalty", self._penalty_text(closing, extras, penalties), -closing.penalty),
            ):
                if text is not None:
                    so_far += amount
                    lines.append(self._line(root, step, text, amount, so_far))
            if so_far < 0:
                lines.append(self._line(root, "floor", Sentence(N_("总分不低于 0")), -so_far, Fraction(0)))
                so_far = Fraction(0)
            for line in self._held(root, so_far):
                lines.append(line)
                so_far += line.amount or Fraction(0)
        if extras.vetoed:
            return [*lines, self._veto(root, closing, so_far)]
        if closing.total is not None:
            lines += self._total(root, closing.total, so_far)
        if scheme.veto_bars and scheme.grades and self.book.vetoes.get(unit):
            text = Sentence(N_("一票否决：得分和名次照计，不得评为“%(grade)s”"), grade=scheme.grades[0].name)
            lines.append(self._line(root, "veto", text))
        return lines

    def _held(self, root: Node, points: Fraction) -> Iterator[Line]:
        """What conversion and the cap of totals do to base, bonus and penalty together."""
        scheme = self.book.scheme
        converted = points * conversion(scheme)
        if scheme.total_full is not None and scheme.total_full != scheme.total_as:
            parts = {
                "plain": bracketed(points, self._places),
                "full": shown(scheme.total_full),
                "to": shown(scheme.total_as),
            }
            template = N_("满分 %(full)s 折为 %(to)s：%(plain)s × %(to)s ÷ %(full)s %(result)s")
            text = Sentence(template, **parts, result=self._equals(converted))
            yield self._line(root, "convert", text, converted - points, converted)
        if held(scheme, points) != converted and scheme.total_cap is not None:
            text = Sentence(N_("总分最多计 %(cap)s"), cap=shown(scheme.total_cap))
            yield self._line(root, "cap", text, held(scheme, points) - converted, held(scheme, points))

    def _larger(self, root: Node, closing: Closing) -> list[Line]:
        scheme = self.book.scheme
        result = in_larger(scheme, closing.total)
        if result is None or closing.total is None or scheme.larger is None:
            return []
        total = printed(closing.total, self._rounding.places)
        parts = {"total": total, "percent": shown(scheme.larger)}
        exact = Fraction(total) * Fraction(scheme.larger) / 100
        if exact == Fraction(result):
            text = Sentence(N_("计入综合考核：%(total)s × %(percent)s%% = %(result)s"), **parts, result=result)
        else:
            text = Sentence(
                N_("计入综合考核：%(total)s × %(percent)s%% %(exact)s，%(rounded)s"), **parts, exact=self._equals(exact),
                rounded=Sentence(_ROUNDED[self._rounding.mode], rounded=result),
            )  # fmt: skip
        return [self._line(root, "larger", text)]

    def _bonus_text(self, closing: Closing, extras: Extras, terms: str) -> Sentence | None:
        scheme = self.book.scheme
        if extras.bonus == 0 and closing.bonus == 0:
            return None
        if closing.gate_shut and scheme.bonus_gate is not None:
            return Sentence(
                N_("加分 %(bonus)s 不计：基础分不高于 %(gate)s"),
                bonus=terms,
                gate=shown(scheme.bonus_gate),
            )
        if closing.bonus != extras.bonus:
            return Sentence(
                N_("加分 %(bonus)s，按上限计 %(counted)s"),
                bonus=terms,
                counted=shown(closing.bonus or Fraction(0)),
            )
        return Sentence(N_("加分 %(bonus)s"), bonus=terms)

    def _penalty_text(self, closing: Closing, extras: Extras, terms: str) -> Sentence | None:
        if extras.penalty == 0:
            return None
        if closing.penalty != extras.penalty:
            return Sentence(
                N_("扣分 %(penalty)s，按上限扣 %(counted)s"),
                penalty=terms,
                counted=shown(closing.penalty or Fraction(0)),
            )
        return Sentence(N_("扣分 %(penalty)s"), penalty=terms)

    def _veto(self, root: Node, closing: Closing, so_far: Fraction) -> Line:
        if closing.total is None:
            return self._line(root, "veto", Sentence(N_("一票否决，不计总分")))
        total = Fraction(closing.total, 10**self._rounding.places)
        text = Sentence(N_("一票否决，总分按 %(total)s 计"), total=printed(closing.total, self._rounding.places))
        return self._line(root, "veto", text, total - so_far, total)

    def _total(self, root: Node, total: int, so_far: Fraction) -> list[Line]:
        """The last rounding, where anything had to be rounded, and what it all comes to."""
        exact, lines = Fraction(total, 10**self._rounding.places), []
        if exact != so_far:
            template = {
                "half_up": N_("四舍五入到 %(places)s 位小数"),
                "half_even": N_("四舍六入五成双到 %(places)s 位小数"),
                "down": N_("截尾到 %(places)s 位小数（只舍不入）"),
            }[self._rounding.mode]
            text, whole = Sentence(template, places=str(self._rounding.places)), self._equals(so_far)
            if whole.startswith("≈"):  # the steps before showed digits of it only: here stand those that decide
                text = Sentence(N_("%(whole)s，%(rounded)s"), whole=whole, rounded=text)
            lines.append(self._line(root, "total_rounding", text, exact - so_far, exact))
        text = Sentence(N_("总分 %(total)s"), total=printed(total, self._rounding.places))
        return [*lines, self._line(root, "total", text, None, exact)]

    def _line(
        self, node: Node, step: str, text: Sentence, amount: Fraction | None = None, result: Fraction | None = None
    ) -> Line:
        """`result` is left out where it is the amount itself: the first step of a node."""
        if result is None:
            result = amount
        return Line(
            node=node.key,
            step=step,
            text=text,
            amount=amount,
            result=result,
            rounded=None if result is None else self._printed(result),
            points=node.points,
            weight=None if node.parent is None or node.in_sum else node.weight,
        )

    def _printed(self, value: Fraction) -> str:
        return printed(rounded(value, self._rounding.places, self._rounding.mode), self._rounding.places)

    def _equals(self, value: Fraction) -> str:
        text, exact = short_text(value, self._rounding.places, self._rounding.mode)
        return f"= {text}" if exact else f"≈ {text}"


def _awarded(kinds: Sequence[Awarded]) -> str:
    """`3 + (−1) + 2.5 = 4.5`, or the only one; where kinds have caps of their own, each with its name, and what they come
    to together."""
    said = [_of_kind(one) for one in kinds]
    if len(said) < 2:
        return said[0] if said else shown(Fraction(0))
    counted = [one.counted for one in kinds]
    whole = shown(sum(counted, Fraction(0)))
    return Sentence(N_("%(kinds)s，合计 %(terms)s = %(whole)s"), kinds=listed(said), terms=added(counted), whole=whole)


def _of_kind(one: Awarded) -> str:
    amounts = [award.amount for award in one.awards]
    terms = shown(amounts[0]) if len(amounts) == 1 else f"{added(amounts)} = {shown(one.given)}"
    if one.kind is None:
        return terms
    if one.counted == one.given:
        return Sentence(N_("%(kind)s %(terms)s"), kind=one.kind.name, terms=terms)
    return Sentence(
        N_("%(kind)s %(terms)s（最多计 %(cap)s）"), kind=one.kind.name, terms=terms, cap=shown(one.kind.cap)
    )


def _mean(aggregate: str, below: Sequence[tuple[Node, Fraction]], equals: str, places: int) -> Sentence:
    """How the results below a node that is no sum were taken together. Equal weights are not worth a word."""
    results, weights = [result for _, result in below], [child.weight for child, _ in below]
    said = [shown(result, places) for result in results]
    if aggregate == "min":
        return Sentence(N_("取最低 %(terms)s %(result)s"), terms=f"min({', '.join(said)})", result=equals)
    if len(set(weights)) == 1:
        if aggregate == "mean":
            return Sentence(N_("平均 %(terms)s %(result)s"), terms=averaged(results, places), result=equals)
        terms = f"({' × '.join(said)})^(1 ÷ {len(results)})"
        return Sentence(N_("几何平均 %(terms)s %(result)s"), terms=terms, result=equals)
    whole = shown(sum(weights, Fraction(0)))
    pairs = list(zip(results, weights, strict=True))
    if aggregate == "mean":
        terms = " + ".join(f"{bracketed(result, places)} × {shown(weight)}" for result, weight in pairs)
        return Sentence(N_("加权平均 %(terms)s %(result)s"), terms=f"({terms}) ÷ {whole}", result=equals)
    terms = " × ".join(f"{shown(result, places)}^{shown(weight)}" for result, weight in pairs)
    return Sentence(N_("加权几何平均 %(terms)s %(result)s"), terms=f"({terms})^(1 ÷ {whole})", result=equals)
