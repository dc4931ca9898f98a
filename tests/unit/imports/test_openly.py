"""Units that a text names itself. Written name/role, roles L lead, R responsible, S support; * a set, + open."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from imports.draft import Role, UnitExpression
from imports.recognise.openly import named_openly

_LETTERS: dict[Role, str] = {"lead": "L", "responsible": "R", "support": "S", "supervise": "W"}
EXAMPLES = [
    ("市财政局负责资金筹措和拨付。", "市财政局/R"),
    ("市财政局负责资金保障，市审计局负责审计监督。", "市财政局/R 市审计局/R"),
    ("由市发改委牵头，会同市财政局、市住建局制定实施细则。", "市发改委/L 市财政局/S 市住建局/S"),
    ("由市审计局牵头，会同市财政局开展审计监督，每年不少于2次。", "市审计局/L 市财政局/S"),
    ("市教育局要会同市公安局开展排查，6月底前完成。", "市教育局/R 市公安局/S"),
    ("市教育局会同市公安局开展排查。", "市教育局/R 市公安局/S"),
    ("会议决定，由市住建局牵头，市财政局、各区政府配合，年内改造小区50个。", "市住建局/L 市财政局/S 各区政府/S*"),
    ("市住建局牵头，市财政局、审计局配合，6月底前完成改造。", "市住建局/L 市财政局/S 市审计局/S"),
    ("6月底前，市财政局负责完成清理。", "市财政局/R"),
    ("市财政局、市审计局按照职责分工，开展监督检查。", "市财政局/R 市审计局/R"),
    ("市财政局应当建立台账。", "市财政局/R"),
    ("市市场监管局（市知识产权局）负责专利保护工作。", "市市场监管局（市知识产权局）/R"),
    ("市委宣传部负责宣传报道，市广播电视台配合。", "市委宣传部/R 市广播电视台/S"),
    ("市消防救援支队负责组织开展高层建筑排查，12月底前完成。", "市消防救援支队/R"),
    ("各县区政府要落实属地责任，每周五前报送情况。", ""),
    ("各地各部门要高度重视。", ""),
    ("各级各部门要加强领导，市财政局要安排资金。", "市财政局/R"),
    ("政府牵头，部门配合，社会参与。", ""),
    ("建立市财政局牵头、各部门配合的机制。", ""),
    ("推进市场监管改革，要素配置更加优化。", ""),
    ("要加强市财政局的监管。", ""),
    ("健全由市财政局负责的监督机制。", ""),
    ("对市财政局负责的项目进行检查。", ""),
    ("配合市财政局开展检查。", ""),
    ("依托市政府门户网站公开。", ""),
    ("市政府网站要及时更新。", ""),
    ("请市财政局于6月底前报送方案。", "市财政局/R"),
    ("市自然资源和规划局负责用地保障，各县（市、区）政府负责征地拆迁。", "市自然资源和规划局/R 各县（市、区）政府/R*"),
    ("建立专项资金。市财政局负责资金筹措，市审计局负责监督。", "市财政局/R 市审计局/R"),
    (
        "市工信局牵头推进，市科技局、市财政局等部门按职责分工负责，培育企业30家。",
        "市工信局/L 市科技局/R 市财政局/R 等部门/R*+",
    ),
    ("县农业农村局牵头制定方案，各乡镇具体落实。", "县农业农村局/L 各乡镇/R*"),
    ("市公安局、市交通运输局和市城管局要联合开展整治。", "市公安局/R 市交通运输局/R 市城管局/R"),
]


def _said(units: Iterable[UnitExpression]) -> str:
    return " ".join(
        f"{unit.text}/{_LETTERS[unit.role]}{'*' if unit.collective else ''}{'+' if unit.open else ''}" for unit in units
    )


@pytest.mark.parametrize(("text", "wanted"), EXAMPLES)
def test_who_acts(text: str, wanted: str) -> None:
    assert _said(named_openly(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("各县区政府要落实属地责任，每周五前报送情况。", "各县区政府/R*"),
        ("各乡镇、街道要建立台账。", "各乡镇、街道/R*"),
        ("各级各部门要高度重视。", ""),
        ("各县区要求不一。", ""),
    ],
)
def test_sets_count_where_the_whole_document_speaks_so(text: str, wanted: str) -> None:
    assert _said(named_openly(text, sets=True)) == wanted
    assert named_openly(text) == ()
