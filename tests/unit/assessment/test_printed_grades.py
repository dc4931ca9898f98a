"""Grades as the sentences of a printed scheme say them: all of them, or none."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from tracker.assessment.printed.around.grades import grades_of
from tracker.assessment.printed.around.passages import Passage, sentences
from tracker.assessment.printed.around.rules import rules_of

GRADES = (
    (
        ("考核结果分为优秀、良好、一般、较差四个等次：90分以上为优秀，80—89分为良好，"
        "60—79分为一般，60分以下为较差。"),
        "优秀90 良好80 一般60 较差0",
    ),
    (
        ("得分90分（含）以上的为优秀，80分（含）以上不满90分的为良好，"
        "60分（含）以上不满80分的为合格，不满60分的为不合格"),
        "优秀90 良好80 合格60 不合格0",
    ),
    ("等次分为优秀（90分及以上）、良好（80-89分）、合格（60～79分）、不合格（60分以下）", "优秀90 良好80 合格60 不合格0"),
    ("优秀：95分以上；良好：85分以上95分以下；合格：70分以上85分以下；不合格：70分以下", "优秀95 良好85 合格70 不合格0"),
    ("85分以上为“好”等次，70分至84分为“较好”等次，60分至69分为“一般”等次，低于60分为“差”等次", "好85 较好70 一般60 差0"),
    ("总分≥90分为A级，80≤总分<90为B级，60≤总分<80为C级，总分<60为D级", "A级90 B级80 C级60 D级0"),
    ("90—100分为优秀；80—89.99分为良好；60—79.99分为合格；0—59.99分为不合格", "优秀90 良好80 合格60 不合格0"),
    ("得分在90分以上的评为优秀等次，比例不超过参评单位总数的20%；80分以上的评为良好等次；其余为合格", "优秀90/20 良好80 合格0"),
    ("90分以上为优秀，80-90分为良好，70-80分为一般，70分以下为差。其中优秀等次比例不超过30%。", "优秀90/30 良好80 一般70 差0"),
    ("考核90分以上为优秀；60分以下为不合格", ""),
    (
        ("优秀等次名额控制在各组单位数的25%以内；得分90分以上的为优秀，75分以上的为良好，"
        "60分以上的为合格，低于60分的为不合格"),
        "优秀90/25 良好75 合格60 不合格0",
    ),
    ("90分以上（不含90分）为优秀，80分以上为良好", ""),
    ("一等：总分不低于95分。二等：总分不低于90分。三等：总分不低于85分", "一等95 二等90 三等85"),
    ("优秀、良好、合格的比例分别为20%、50%、30%", ""),
    ("得分排名前20%的单位评为优秀", ""),
    ("60分以下为不合格，60—74分为合格，75—89分为良好，90分以上为优秀", "优秀90 良好75 合格60 不合格0"),
    ("满意率90%以上为优秀，80%以上为良好", ""),
    ("2023—2024年度考核优秀单位给予表彰", ""),
    ("合格（80分以上）、基本合格（60分至80分以下）、不合格（60分以下）三个等级", "合格80 基本合格60 不合格0"),
    (
        ("考核得分90分（含90分）以上为优秀，80分（含80分）至90分（不含90分）为良好，"
        "70分（含70分）至80分（不含80分）为一般，70分（不含70分）以下为较差"),
        "优秀90 良好80 一般70 较差0",
    ),
    ("得分高于90分的为优秀，80—90分为良好", ""),
    ("达到90分以上的单位为先进单位，80分以上为达标单位，80分以下为不达标单位", "先进90 达标80 不达标0"),
    ("优秀 90分及以上 不超过20%\n良好 80—89分 不超过40%\n合格 60—79分\n不合格 60分以下", "优秀90/20 良好80/40 合格60 不合格0"),
    ("按百分制考核，优秀等次不超过15%，良好等次不超过35%。优秀90分以上，良好80分以上，合格60分以上", "优秀90/15 良好80/35 合格60"),
    (
        (
            "考核结果设优秀、良好、合格、基本合格、不合格五个档次。95分以上为优秀，85分至95分为良好，"
            "75分至85分为合格，60分至75分为基本合格，60分以下为不合格。"
        ),
        "优秀95 良好85 合格75 基本合格60 不合格0",
    ),
    (
        (
            "得分在90分以上（含90分）的单位为“优秀”，80分以上（含80分）、90分以下的单位为“良好”，"
            "60分以上（含60分）、80分以下的单位为“合格”，60分以下的为“不合格”"
        ),
        "优秀90 良好80 合格60 不合格0",
    ),
    ("一等次：90分以上；二等次：80～90分（不含90分）；三等次：80分以下", "一等90 二等80 三等0"),
    ("综合得分90-100分评定为A等，80-89分评定为B等，70-79分评定为C等，69分以下评定为D等", "A等90 B等80 C等70 D等0"),
    (
        (
            "考核得分达90分以上的，评定为优秀单位；达80分以上的，评定为良好单位；达60分以上的，评定为合格单位；"
            "60分以下的，评定为不合格单位。优秀单位不超过考核单位总数的30%。"
        ),
        "优秀90/30 良好80 合格60 不合格0",
    ),
    ("其中：优秀等次比例20%左右，良好等次比例50%左右", ""),
    ("按照得分高低，评出优秀单位5个、良好单位10个", ""),
    (
        (
            "考评结果分为“好”“较好”“一般”“差”四个等次，得分90分及以上为好，"
            "80分及以上不满90分为较好，60分及以上不满80分为一般，不满60分为差"
        ),
        "好90 较好80 一般60 差0",
    ),
    ("90分（含）～100分为优秀，75分（含）～90分为良好，60分（含）～75分为中等，60分以下为较差", "优秀90 良好75 中等60 较差0"),
    ("得分率≥90%为优秀，80%≤得分率<90%为良好", ""),
    ("评估结果分四档：第一档（90分以上）、第二档（80—90分）、第三档（70—80分）、第四档（70分以下）", "一档90 二档80 三档70 四档0"),
    ("80分以上的为达标，不足80分的为不达标", "达标80 不达标0"),
    ("得分排在前30%且90分以上的为优秀，其他80分以上的为良好，60-80分的为合格，60分以下的为不合格", "优秀90/30 良好80 合格60 不合格0"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "grades"), GRADES, ids=[text[:12] for text, _ in GRADES])
def test_sentences_say_the_grades(text: str, grades: str) -> None:
    """All of them, or none: half of them would grade units wrongly."""
    found, _ = grades_of(list(sentences([Passage("paragraph 1", text)])))
    assert " ".join(f"{one.name}{one.least}" + f"/{one.quota}" * bool(one.quota) for one in found) == grades


NAMES = ("优秀", "良好", "合格", "不合格")
BOUNDS = (
    ("{least}分以上为{name}", "{least}分以上、{above}分以下为{name}", "{above}分以下为{name}", "，"),
    ("{name}：{least}分（含）以上", "{name}：{least}分（含）至{above}分", "{name}：不满{above}分", "\n"),
    (
        "得分≥{least}分的评定为{name}等次",
        "{least}≤得分<{above}的评定为{name}等次",
        "得分<{above}的评定为{name}等次",
        "；",
    ),
    ("{name}（{least}分及以上）", "{name}（{least}—{above}分）", "{name}（低于{above}分）", "、"),
)


@given(st.lists(st.integers(1, 99), min_size=3, max_size=3, unique=True), st.sampled_from(BOUNDS), st.booleans())
def test_whatever_the_numbers_and_the_words_the_grades_are_read(
    numbers: list[int], words: tuple[str, str, str, str], ascending: bool
) -> None:
    best, between, last, join = words
    least = sorted(numbers, reverse=True)
    said = [
        pattern.format(name=name, least=low, above=high)
        for pattern, name, low, high in zip(
            (best, between, between, last), NAMES, [*least, ""], ["", *least], strict=True
        )
    ]
    text = join.join(reversed(said) if ascending else said)
    found, unread = grades_of(list(sentences([Passage("paragraph 1", text)])))
    assert [(one.name, one.least) for one in found] == list(zip(NAMES, [*least, 0], strict=True)), text
    assert unread == []


@given(
    st.text(
        alphabet="优秀良好合格不等次分以上下含至—、，。（）0589%加减累计超过保留位小数四舍五入总得相同者前", max_size=80
    )
)
def test_any_text_is_read_without_a_fault(text: str) -> None:
    said = list(sentences([Passage("paragraph 1", text)]))
    found, _ = grades_of(said)
    assert [one.least for one in found] == sorted({one.least for one in found}, reverse=True)
    assert len(found) != 1
    for one in said:
        rules_of(one.plain)
