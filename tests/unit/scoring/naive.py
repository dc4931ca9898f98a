"""A second engine, for tests only: short, slow, recursive, straight from the rules page, sharing no code with the first.

It reads a valid book as plain data (numbers as strings or ints) and gives rows in the form of the trial command, without
traces.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

WIDTHS = str.maketrans("０１２３４５６７８９．＋－", "0123456789.+-")


def num(raw: Any) -> Fraction:
    return Fraction(str(raw).translate(WIDTHS))


def rnd(value: Fraction, places: int, mode: str) -> Fraction:
    scaled = value * 10**places
    down = scaled.numerator // scaled.denominator
    rest = scaled - down
    if mode == "down":
        return Fraction(down + (value < 0 and rest > 0), 10**places)
    if rest != Fraction(1, 2):
        return Fraction(down + (rest > Fraction(1, 2)), 10**places)
    if mode == "half_even":
        return Fraction(down + down % 2, 10**places)
    return Fraction(down + (value > 0), 10**places)


def show(value: Fraction, places: int, mode: str) -> str:
    value = rnd(value, places, mode)
    with localcontext() as context:
        context.prec = 400
        text = f"{abs(Decimal(value.numerator) / Decimal(value.denominator)):.{places}f}"
    return f"-{text}" if value < 0 else text


def below(node: Any) -> list[Any]:
    return [node, *(one for child in node.get("children", []) for one in below(child))]


def is_sum(node: Any) -> bool:
    return "rule" not in node and node.get("aggregate", "sum") == "sum"


def points(node: Any) -> Fraction:
    if "points" in node:
        return num(node["points"])
    return sum((points(child) for child in node["children"]), Fraction(0))


class Naive:
    def __init__(self, book: Any) -> None:
        self.scheme = book["scheme"]
        self.root = self.scheme["indicators"]
        self.units = book["units"]
        self.facts = book["facts"]
        rounding = self.scheme.get("rounding", {})
        self.places = int(rounding.get("places", 2))
        self.mode = rounding.get("mode", "half_up")
        self.stage = rounding.get("stage", "total")
        self.na_mode = self.scheme.get("not_applicable", "rescale")
        self.na = {(f["unit"], f["indicator"]) for f in self.facts if f.get("not_applicable")}
        self.leaves = [node for node in below(self.root) if "rule" in node]

    def facts_of(self, unit: str, key: str) -> list[Any]:
        return [f for f in self.facts if f["unit"] == unit and f.get("indicator") == key]

    # one unit

    def applies(self, unit: str, node: Any) -> bool:
        return any((unit, leaf["key"]) not in self.na for leaf in below(node) if "rule" in leaf)

    def r(self, value: Fraction) -> Fraction:
        return rnd(value, self.places, self.mode)

    def evaluate(
        self, unit: str, node: Any, out: dict[str, Fraction | None], extra: Fraction, top: bool, in_sum: bool
    ) -> Fraction | None:
        if "rule" in node:
            result = self.leaf(unit, node, extra, in_sum)
            if result is not None and self.stage in {"item", "level"}:
                result = self.r(result)
        else:
            inner = self.sum if is_sum(node) else self.mean
            result = inner(unit, node, out, extra, top, in_sum)
            if result is not None and self.stage == "level":
                result = self.r(result)
        out[node["key"]] = result
        return result

    def sum(
        self, unit: str, node: Any, out: dict[str, Fraction | None], extra: Fraction, top: bool, in_sum: bool
    ) -> Fraction | None:
        children = node["children"]
        there = children if self.na_mode == "full" else [child for child in children if self.applies(unit, child)]
        each = Fraction(0)
        if self.na_mode == "spread" and there:
            gone = [child for child in children if child not in there]
            each = (extra + sum((points(child) for child in gone), Fraction(0))) / len(there)
        total = Fraction(0)
        for child in children:
            result = self.evaluate(unit, child, out, each, False, True)
            if child in there:
                assert result is not None
                total += result
        if not there:
            return None
        if self.na_mode == "rescale" and top:
            total = total * points(node) / self.applicable_points(unit, node)
        if self.na_mode == "rescale_siblings":
            total = total * points(node) / sum((points(child) for child in there), Fraction(0))
        return total

    def applicable_points(self, unit: str, node: Any) -> Fraction:
        if not is_sum(node):
            return points(node) if self.applies(unit, node) else Fraction(0)
        return sum((self.applicable_points(unit, child) for child in node["children"]), Fraction(0))

    def mean(
        self, unit: str, node: Any, out: dict[str, Fraction | None], extra: Fraction, top: bool, in_sum: bool
    ) -> Fraction | None:
        results = [
            (self.evaluate(unit, c, out, Fraction(0), True, False), num(c.get("weight", 1))) for c in node["children"]
        ]
        there = [(result, weight) for result, weight in results if result is not None]
        if not there:
            return points(node) if self.na_mode == "full" and in_sum else None
        if node["aggregate"] == "min":
            value = min(result for result, _ in there)
        elif node["aggregate"] == "mean":
            value = sum((result * weight for result, weight in there), Fraction(0)) / sum(weight for _, weight in there)
        else:
            value = self.geometric(there)
        return value * (points(node) + extra) / points(node) if extra else value

    @staticmethod
    def geometric(there: list[tuple[Fraction, Fraction]]) -> Fraction:
        if len({result for result, _ in there}) == 1:
            return there[0][0]
        whole = sum(weight for _, weight in there)
        with localcontext() as context:
            context.prec = 70
            logs = Decimal(0)
            for result, weight in there:
                assert result > 0
                share = weight / whole
                one = (Decimal(result.numerator) / Decimal(result.denominator)).ln()
                logs += one * Decimal(share.numerator) / Decimal(share.denominator)
            value = logs.exp()
            context.prec = 45
            return Fraction(+value)

    def leaf(self, unit: str, node: Any, extra: Fraction, in_sum: bool) -> Fraction | None:
        key, rule = node["key"], node["rule"]
        printed = num(node["points"]) if "points" in node else None
        if (unit, key) in self.na:
            return printed if self.na_mode == "full" and in_sum else None
        facts = self.facts_of(unit, key)
        p = (printed or Fraction(0)) + extra
        stretch = p / printed if printed is not None else Fraction(1)
        kind = rule["kind"]
        if kind == "deduction":
            return max(Fraction(0), p - sum((num(f["each"]) * num(f.get("count", 1)) for f in facts), Fraction(0)))
        if kind == "marks":
            return p * self.combined(rule, [num(f["mark"]) for f in facts]) / num(rule.get("scale", node.get("points")))
        (fact,) = facts
        if kind == "ratio":
            return p * min(num(rule.get("cap", 1)), num(fact["actual"]) / num(fact["target"]))
        if kind == "all_or_nothing":
            return p if fact["met"] else Fraction(0)
        return self.by_value(unit, node, p, stretch, num(fact["value"]))

    def by_value(self, unit: str, node: Any, p: Fraction, stretch: Fraction, value: Fraction) -> Fraction:
        rule = node["rule"]
        if rule["kind"] == "value":
            return value * stretch
        if rule["kind"] == "bands":
            band = next(b for b in rule["bands"] if "min" not in b or num(b["min"]) <= value)
            return num(band["points"]) * stretch
        if rule["kind"] == "linear":
            floor, goal = num(rule["floor"]), num(rule["goal"])
            return min(p, max(Fraction(0), p * (value - floor) / (goal - floor)))
        assert rule["kind"] == "efficacy"
        peers = self.peers(unit, node["key"])
        low, high, c = min(peers), max(peers), num(rule.get("base", "0.6"))
        if low == high:
            return p
        way = high - value if rule.get("better") == "low" else value - low
        return p * (c + (1 - c) * way / (high - low))

    def peers(self, unit: str, key: str) -> list[Fraction]:
        group = next(u["group"] for u in self.units if u["key"] == unit)
        return [
            num(f["value"])
            for u in self.units
            if u["group"] == group and (u["key"], key) not in self.na
            for f in self.facts_of(u["key"], key)
        ]

    @staticmethod
    def combined(rule: Any, marks: list[Fraction]) -> Fraction:
        marks = sorted(marks)
        how, count = rule.get("combine", "mean"), len(marks)
        if how == "median":
            return (marks[(count - 1) // 2] + marks[count // 2]) / 2
        if how == "trimmed_mean" and count >= int(rule.get("trim_from", 5)):
            marks = marks[1:-1]
        return sum(marks, Fraction(0)) / len(marks)

    # all units

    def rows(self) -> list[dict[str, Any]]:
        rows = [self.row(unit) for unit in self.units]
        self.rank(rows)
        self.grade(rows)
        for row in rows:
            exact, _, _ = row.pop("exact"), row.pop("judged"), row.pop("failed")
            row["nodes"] = {key: None if v is None else show(v, self.places, self.mode) for key, v in exact.items()}
            for name in ("base", "bonus", "penalty", "total"):
                row[name] = None if row[name] is None else show(row[name], self.places, self.mode)
        return rows

    def row(self, unit: Any) -> dict[str, Any]:
        key, out = unit["key"], dict[str, Fraction | None]()
        base = bonus = penalty = total = None
        if self.applies(key, self.root):
            base = self.evaluate(key, self.root, out, Fraction(0), True, False)
            assert base is not None
            bonus, penalty = self.awarded(key, "bonus"), self.awarded(key, "penalty")
            terms = self.scheme.get("bonus", {})
            if "cap" in terms:
                bonus = min(bonus, num(terms["cap"]))
            if "gate" in terms and self.r(base) <= num(terms["gate"]):
                bonus = Fraction(0)
            if "cap" in self.scheme.get("penalty", {}):
                penalty = min(penalty, num(self.scheme["penalty"]["cap"]))
            exact = max(Fraction(0), base + bonus - penalty)
            terms = self.scheme.get("total", {})
            if "full" in terms:
                exact = exact / num(terms["full"]) * num(terms.get("as", 100))
            if "cap" in terms:
                exact = min(exact, num(terms["cap"]))
            total = self.r(exact)
        veto = any(f["unit"] == key and f.get("veto") for f in self.facts)
        if veto:
            terms = self.scheme.get("veto", {})
            if terms.get("mode") != "no_best":
                total = self.r(num(terms["score"])) if terms.get("mode") == "fixed" else None
        exact = {node["key"]: out.get(node["key"]) for node in below(self.root)}
        return {
            "key": key, "group": unit["group"], "base": base, "bonus": bonus, "penalty": penalty, "total": total,
            "veto": veto, "rank": None, "grade": None, "exact": exact,
        }  # fmt: skip

    def awarded(self, unit: str, what: str) -> Fraction:
        mine = [f for f in self.facts if f["unit"] == unit and what in f]
        whole = sum((num(f[what]) for f in mine if "kind" not in f), Fraction(0))
        for piece in self.scheme.get(what, {}).get("kinds", "").split("、"):
            name, _, cap = piece.removesuffix("分").replace("=", " ").partition(" ")
            of_kind = sum((num(f[what]) for f in mine if f.get("kind") == name), Fraction(0))
            whole += min(of_kind, num(cap)) if name else 0
        return whole

    def rank(self, rows: list[dict[str, Any]]) -> None:
        def strength(row: dict[str, Any]) -> tuple[Any, ...]:
            keys = [row["exact"][key] for key in self.scheme.get("tie_break", [])]
            return (row["total"], *((key is not None, key or Fraction(0)) for key in keys))

        for row in rows:
            if row["total"] is not None:
                rivals = [o for o in rows if o["group"] == row["group"] and o["total"] is not None]
                better = [strength(o) for o in rivals if strength(o) > strength(row)]
                dense = self.scheme.get("ties") == "dense"
                row["rank"] = 1 + (len(set(better)) if dense else len(better))

    def grade(self, rows: list[dict[str, Any]]) -> None:
        terms = self.scheme.get("grades", [])
        bars = self.scheme.get("veto", {}).get("mode") == "no_best"
        for row in rows:
            row["judged"], row["failed"] = row["total"], row["veto"] and not bars
            if terms and row["veto"] and bars and row["total"] is not None:
                row["judged"] = min(row["total"], self.just_missed(num(terms[0]["min"])))
        for row in rows if terms else []:
            fits = [grade for grade in terms if row["judged"] is not None and row["judged"] >= num(grade["min"])]
            row["grade"] = terms[-1]["name"] if row["failed"] else fits[0]["name"] if fits else None
        for index, grade in enumerate(terms):
            if "quota_percent" not in grade:
                continue
            for group in {row["group"] for row in rows}:
                size = sum(row["group"] == group for row in rows)
                quota = size * int(grade["quota_percent"]) // 100
                here = [r for r in rows if r["group"] == group and r["grade"] == grade["name"] and not r["failed"]]
                for row in sorted(here, key=lambda r: r["judged"]):
                    ahead = sum(o["judged"] > row["judged"] for o in here)
                    level = sum(o["judged"] >= row["judged"] for o in here)
                    stays = level <= quota or (self.scheme.get("quota_ties") == "include" and ahead < quota)
                    if not stays:
                        row["grade"] = terms[index + 1]["name"]

    def just_missed(self, least: Fraction) -> Fraction:
        """The greatest number with the printed decimals that is less."""
        steps = least * 10**self.places
        return Fraction(-(-steps.numerator // steps.denominator) - 1, 10**self.places)
