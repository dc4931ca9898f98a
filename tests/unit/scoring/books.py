"""Random valid books, as plain data that `json.dumps` writes."""

from __future__ import annotations

import random
from typing import Any

KINDS = ("value", "ratio", "deduction", "all_or_nothing", "bands", "linear", "efficacy", "marks")
FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


class Books:
    """One book from one seed. Numbers are short enough that ties and equal totals come up often."""

    def __init__(self, seed: int, *, geometric: bool = True, units: int = 6) -> None:
        self.random = random.Random(seed)  # noqa: S311 - invented data wants a seed, not secrecy
        self.geometric = geometric
        self.most_units = units
        self.keys = 0
        self.kinds: dict[str, list[str]] = {}
        """Kinds of bonus and penalty that the scheme holds to caps of their own."""

    def number(self, low: int, high: int) -> Any:
        """A decimal within low…high, written in one of the ways that a book may use."""
        places = self.random.choice((0, 0, 1, 1, 2, 3))
        units = self.random.randint(low * 10**places, high * 10**places)
        sign, units = ("-" if units < 0 else ""), abs(units)
        text = f"{sign}{units // 10**places}" + (f".{units % 10**places:0{places}d}" if places else "")
        way = self.random.random()
        if way < 0.1:
            return text.translate(FULL_WIDTH)
        if way > 0.9 and not sign:
            return f"+0{text}"
        return int(text) if way < 0.2 and not places else text

    def positive(self, high: int) -> Any:
        while True:
            number = self.number(0, high)
            if any(digit in "123456789１２３４５６７８９" for digit in str(number)):
                return number

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def key(self) -> str:
        self.keys += 1
        return f"k{self.keys}"

    def book(self) -> Any:
        root = self.node(depth=0, parent=None)
        units = [
            {"key": f"u{at}", "name": f"单位{at}", "group": self.random.choice("甲甲乙")}
            for at in range(self.random.randint(1, self.most_units))
        ]
        scheme = {"name": "试算方案", "indicators": root, **self.terms(root)}
        self.hold_kinds(scheme)
        book: dict[str, Any] = {"scheme": scheme, "units": units, "facts": []}
        book["facts"] = [fact for unit in units for fact in self.facts(unit["key"], root)]
        self.random.shuffle(book["facts"])
        return book

    def terms(self, root: Any) -> dict[str, Any]:
        pick, terms = self.random.choice, dict[str, Any]()
        terms["rounding"] = {
            "places": pick((0, 1, 2, 2, 3, 6)), "mode": pick(("half_up", "half_even", "down")),
            "stage": pick(("total", "item", "level")),
        }  # fmt: skip
        terms["not_applicable"] = pick(("rescale", "rescale_siblings", "spread", "full"))
        if self.chance(0.5):
            terms["bonus"] = {"cap": self.number(0, 5)} if self.chance(0.5) else {}
            if self.chance(0.5):
                terms["bonus"]["gate"] = self.number(0, 60)
        if self.chance(0.4):
            terms["penalty"] = {"cap": self.number(0, 5)}
        if self.chance(0.5):
            terms["veto"] = pick(
                ({"mode": "fixed", "score": self.number(0, 60)}, {"mode": "fail"}, {"mode": "no_best"})
            )
        if self.chance(0.8):
            terms["grades"] = [
                {"name": "优秀", "min": "40"},
                {"name": "良好", "min": "15.5"},
                {"name": "一般", "min": 0},
            ]
            for grade in terms["grades"][:-1]:
                if self.chance(0.5):
                    grade["quota_percent"] = pick((0, 20, 30, 40, 50, 60, 100))
        terms["quota_ties"] = pick(("exclude", "include"))
        terms["ties"] = pick(("competition", "dense"))
        keys = keys_of(root)
        if self.chance(0.5):
            terms["tie_break"] = self.random.sample(keys, min(len(keys), self.random.randint(1, 2)))
        return {name: value for name, value in terms.items() if self.chance(0.85)}

    def hold_kinds(self, scheme: dict[str, Any]) -> None:
        """Gives some kinds of bonus and penalty a cap each, and some totals other full marks and a cap."""
        if self.chance(0.3):
            scheme["total"] = {"full": self.positive(90)} | ({"as": self.positive(90)} if self.chance(0.5) else {})
        if self.chance(0.2):
            scheme.setdefault("total", {})["cap"] = self.positive(60)
        for subject in ("bonus", "penalty"):
            if self.chance(0.3):
                self.kinds[subject] = ["表彰", "创新"]
                caps = [plain(self.positive(5)).removeprefix("+") for _ in range(2)]
                scheme.setdefault(subject, {})["kinds"] = f"表彰 {caps[0]}、创新={caps[1]}分"

    def node(self, depth: int, parent: str | None) -> Any:
        is_leaf = depth and (depth >= 3 or self.chance(0.5))
        node: Any = {"key": self.key()}
        if self.chance(0.7):
            node["name"] = "指标"
        if parent not in {None, "sum"} and self.chance(0.6):
            node["weight"] = self.positive(3)
        if is_leaf:
            return self.leaf(node, parent)
        aggregates = ("sum", "sum", "mean", "min", "geometric") if self.geometric else ("sum", "sum", "mean", "min")
        aggregate = self.random.choice(aggregates)
        if aggregate != "sum" or self.chance(0.5):
            node["aggregate"] = aggregate
        node["children"] = [self.node(depth + 1, aggregate) for _ in range(self.random.randint(1, 3))]
        if aggregate == "sum":
            if self.chance(0.5):
                node["points"] = sum_of(node["children"])
        elif parent == "sum" or self.chance(0.2):
            node["points"] = self.positive(20)
        return node

    def leaf(self, node: Any, parent: str | None) -> Any:
        kind = self.random.choice(KINDS)
        if parent == "sum" or kind not in {"value", "bands"} or self.chance(0.5):
            node["points"] = self.positive(20)
        rule: Any = {"kind": kind}
        if kind == "ratio" and self.chance(0.4):
            rule["cap"] = self.random.choice(("1.2", "0.9", 1))
        if kind == "bands":
            edges = sorted(self.random.sample(range(-5, 20), self.random.randint(0, 3)), reverse=True)
            rule["bands"] = [{"min": str(edge), "points": self.within(node)} for edge in edges]
            rule["bands"].append({"points": self.within(node)})
        if kind == "linear":
            rule["floor"], rule["goal"] = self.random.sample(("0", "5", "-2.5", "12", 20, "７"), 2)
        if kind == "efficacy":
            rule |= {"base": self.random.choice(("0", "0.6", "0.5", 1))} if self.chance(0.5) else {}
            rule |= {"better": self.random.choice(("low", "high"))} if self.chance(0.5) else {}
        if kind == "marks":
            rule |= {"combine": self.random.choice(("mean", "median", "trimmed_mean"))} if self.chance(0.8) else {}
            rule |= {"trim_from": self.random.choice((3, 4, "6"))} if self.chance(0.4) else {}
            rule |= {"scale": self.random.choice(("10", 100, "7.5"))} if self.chance(0.4) else {}
            rule |= {"listed": self.random.choice(("yes", "no"))} if self.chance(0.4) else {}
        node["rule"] = rule
        return node

    def within(self, node: Any) -> str:
        """A number within 0…points of a leaf; above 0 more often than not."""
        if "points" not in node:
            return str(self.random.randint(1, 12))
        return scaled(node["points"], self.random.choice(("1", "0.5", "0.25", "0.125", "0.75", "0.1")))

    def facts(self, unit: str, root: Any) -> list[Any]:
        facts: list[Any] = []
        nothing = self.chance(0.05)
        for leaf in leaves_of(root):
            about = {"unit": unit, "indicator": leaf["key"]}
            if nothing or self.chance(0.2):
                facts.append(about | {"not_applicable": True})
            else:
                facts += [about | fact for fact in self.leaf_facts(leaf)]
        for subject in ("bonus", "penalty"):
            facts += [
                {"unit": unit, subject: self.number(0, 4), "reason": "理由"} | self.kind(subject)
                for _ in range(self.random.choice((0, 0, 1, 2, 3)))
            ]
        facts += [{"unit": unit, "veto": True, "reason": "理由"} for _ in range(self.random.choice((0,) * 8 + (1, 2)))]
        return facts

    def kind(self, subject: str) -> dict[str, str]:
        return {"kind": self.random.choice(self.kinds[subject])} if subject in self.kinds and self.chance(0.7) else {}

    def leaf_facts(self, leaf: Any) -> list[Any]:
        kind = leaf["rule"]["kind"]
        if kind == "ratio":
            return [{"actual": self.positive(12), "target": self.positive(12)}]
        if kind == "deduction":
            some = [{"each": self.random.choice(("0", "0.25", "0.1", "1.5"))} for _ in range(self.random.randint(0, 3))]
            return [fact | ({"count": self.random.randint(0, 3)} if self.chance(0.5) else {}) for fact in some]
        if kind == "all_or_nothing":
            return [{"met": self.chance(0.8)}]
        if kind == "marks":
            scale = leaf["rule"].get("scale", leaf["points"])
            shares = ("1", "0.5", "0.7", "0.8", "0.85", "0.9", "0")
            return [
                {"mark": scaled(scale, self.random.choice(shares)), "evaluator": f"e{at}"}
                for at in range(self.random.randint(1, 6))
            ]
        if kind == "value":
            return [{"value": self.within(leaf)}]
        return [{"value": self.number(-3, 20)}]


def leaves_of(node: Any) -> list[Any]:
    return [node] if "rule" in node else [leaf for child in node["children"] for leaf in leaves_of(child)]


def keys_of(node: Any) -> list[str]:
    return [node["key"], *(key for child in node.get("children", []) for key in keys_of(child))]


def plain(raw: Any) -> str:
    return str(raw).translate(str.maketrans("０１２３４５６７８９．－＋", "0123456789.-+"))


def _units(text: str) -> tuple[int, int]:
    whole, _, part = text.partition(".")
    return int(whole + part), len(part)


def _text(units: int, places: int) -> str:
    digits = str(units).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def scaled(raw: Any, share: str) -> str:
    """raw × share, both decimals, exactly."""
    (left, places), (right, more) = _units(plain(raw)), _units(share)
    return _text(left * right, places + more)


def sum_of(children: list[Any]) -> str:
    """The points of a sum's children added up."""
    texts = [plain(child["points"]) if "points" in child else sum_of(child["children"]) for child in children]
    places = max(_units(text)[1] for text in texts)
    return _text(sum(_units(text)[0] * 10 ** (places - _units(text)[1]) for text in texts), places)
