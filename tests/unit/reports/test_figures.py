"""Figures: right by plotly's own schema, readable without colour, safe in a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings, strategies as st

from reports.figure import LIGHT_LOOKS, SERIES_LOOKS, Cell, Figure, Look
from reports.figures import (
    Month,
    Series,
    UnitProgress,
    completion_by_unit,
    grades_by_group,
    progress_by_month,
    stacked_bars,
    states_by_chapter,
)
from reports.intervals import RankInterval, rank_intervals
from reports.words import as_written
from tests.unit.reports.test_workbook import contrast_to_white

UNITS = (
    UnitProgress("望川县", 83.3, 0, "/units/1"),
    UnitProgress("<b>栖霞岭区</b>&", 40, 3, "/units/2"),
    UnitProgress("市教育局", 100, 0),
)


def completion() -> Figure:
    return completion_by_unit(UNITS, as_written)


def states() -> Figure:
    counts = {"done": [4, 0], "overdue": [1, 2], "none": [0, 0]}
    hrefs = {"overdue": ["/tasks?chapter=1", "/tasks?chapter=2"]}
    return states_by_chapter(["一、优化营商环境", "二、保障民生"], counts, as_written, hrefs=hrefs)  # type: ignore[arg-type]  # literal keys


def months() -> Figure:
    return progress_by_month(
        [Month("2026-01", 8, 7.5, "/m/1", "/by/1", "/done/1"), Month("2026-02", 16, None)], as_written
    )


def grades() -> Figure:
    return grades_by_group(["县区组", "部门组"], [Series("优秀", [3, 10]), Series("良好", [9, 30])], as_written)


def intervals() -> Figure:
    units = (RankInterval("望川县", 1, 1, 1, "/units/1"), RankInterval("<b>栖霞岭区</b>&", 2, 2, 14))
    return rank_intervals("名次区间", units, as_written)


ALL = [completion, states, months, grades, intervals]


@pytest.mark.parametrize("make", ALL)
def test_a_figure_is_one_by_plotlys_own_schema(make: Callable[[], Figure]) -> None:
    figure = make()
    checked = go.Figure(figure.figure)
    assert len(checked.data) == len(figure.figure["data"])


@pytest.mark.parametrize("make", ALL)
def test_a_figure_is_json_and_has_its_table(make: Callable[[], Figure]) -> None:
    figure = make()
    assert json.loads(figure.as_json()) == figure.figure
    assert figure.title
    assert figure.table.rows
    assert {len(row) for row in figure.table.rows} == {len(figure.table.columns)}
    assert figure.table is figure.table


def test_the_axis_of_ranks_says_what_it_counts() -> None:
    assert intervals().figure["layout"]["xaxis"]["title"]["text"] == "名次"


def test_an_interval_of_one_rank_has_a_bar_over_that_rank() -> None:
    bars, ranks = intervals().figure["data"]
    for base, length, rank in zip(bars["base"], bars["x"], ranks["x"], strict=True):
        assert base < rank < base + length


@pytest.mark.parametrize("make", ALL)
def test_traces_are_told_apart_without_colour(make: Callable[[], Figure]) -> None:
    figure = make()
    marks = [
        (
            trace["marker"].get("pattern", {}).get("shape"),
            trace["marker"].get("symbol"),
            trace.get("line", {}).get("dash"),
        )
        for trace in figure.figure["data"]
    ]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize("make", [completion, states, grades])
def test_numbers_on_bars_stand_upright(make: Callable[[], Figure]) -> None:
    assert all(trace["textangle"] == 0 for trace in make().figure["data"])


@pytest.mark.parametrize("look", [*LIGHT_LOOKS.values(), *SERIES_LOOKS])
def test_colours_stand_out_from_the_page(look: Look) -> None:
    assert contrast_to_white(look.colour) >= 3


def test_what_is_overdue_is_said_in_words_and_shape() -> None:
    fine, late = completion().figure["data"]
    assert fine["x"] == [83.3, None, 100]
    assert (late["y"], late["x"], late["text"]) == ([1], [40], [3])
    assert "■ 逾期 %{text}" in late["texttemplate"]


def test_names_are_shown_as_typed() -> None:
    ticks = completion().figure["layout"]["yaxis"]["ticktext"]
    assert ticks == ["望川县", "&lt;b&gt;栖霞岭区&lt;/b&gt;&amp;", "市教育局"]
    assert completion().table.rows[1][0] == Cell("<b>栖霞岭区</b>&", "/units/2")


def test_two_units_of_one_name_keep_a_bar_each() -> None:
    figure = completion_by_unit([UnitProgress("县教育局", 10, 0), UnitProgress("县教育局", 90, 0)], as_written)
    assert figure.figure["layout"]["yaxis"]["tickvals"] == [0, 1]
    assert figure.figure["data"][0]["x"] == [10, 90]


def test_every_number_leads_to_its_list() -> None:
    assert completion().figure["data"][0]["customdata"] == ["/units/1", "/units/2", None]
    assert completion().figure["data"][1]["customdata"] == ["/units/2"]
    table = states().table
    assert table.columns == ("工作领域", "✓ 已核", "■ 逾期", "– 未到期")
    assert table.rows[1] == (Cell("二、保障民生"), Cell(0), Cell(2, "/tasks?chapter=2"), Cell(0))


def test_months_to_come_end_the_line_but_not_the_plan() -> None:
    planned, actual = months().figure["data"]
    assert (planned["y"], actual["y"]) == ([8, 16], [7.5, None])
    assert months().figure["layout"]["xaxis"]["type"] == "category"


def test_each_line_of_months_leads_to_what_it_counts() -> None:
    planned, actual = months().figure["data"]
    assert (planned["customdata"], actual["customdata"]) == (["/by/1", None], ["/done/1", None])
    assert months().table.rows[0] == (Cell("2026-01", "/m/1"), Cell(8, "/by/1"), Cell(7.5, "/done/1"))


def test_more_series_than_looks_begin_again() -> None:
    layers = [Series(str(number), [1]) for number in range(len(SERIES_LOOKS) + 1)]
    figure = stacked_bars("图", ["甲"], layers, category="类", measure="个")
    assert figure.figure["data"][0]["marker"] == figure.figure["data"][-1]["marker"]


def test_a_series_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="one value for each category"):
        stacked_bars("图", ["甲", "乙"], [Series("一", [1])], category="类", measure="个")


@pytest.mark.parametrize(
    "figure",
    [completion_by_unit([], as_written), progress_by_month([], as_written), grades_by_group([], [], as_written)],
)
def test_nothing_to_show_is_no_error(figure: Figure) -> None:
    go.Figure(figure.figure)
    assert figure.table.rows == ()


class Inside(HTMLParser):
    """What a browser takes for the inside of the script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.inside += data


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30) | st.sampled_from(["</script><script>alert(1)</script>", "<!--", "]]>", "&lt;"]))
def test_no_name_breaks_out_of_the_page(name: str) -> None:
    figure = grades_by_group([name], [Series(name, [1])], as_written)
    page = Inside(f'<script type="application/json">{figure.as_json()}</script>')
    assert page.tags == ["script"]
    assert json.loads(page.inside) == figure.figure
