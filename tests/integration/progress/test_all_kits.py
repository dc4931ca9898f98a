"""The lead office's kits: one archive out, an archive back, each file by itself; drafts of units stay the units' own."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from sqlalchemy import select

from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec, issued
from tests.support.kits import OFFICE, OWN, Filled, confirm, down, shown, up
from tests.support.place import AT
from tracker.db import session
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.models import Kit, Return, ReturnedKit

TASKS = (
    TaskSpec("压减审批时限", (("市财政局", "responsible"),)),
    TaskSpec("修订采购目录", (("市交通运输局", "responsible"),)),
    TaskSpec("公开办事指南", (("望川县", "responsible"),)),
)
PEOPLE = {"压减审批时限": "reporter", "修订采购目录": "other_reporter"}


@pytest.fixture
def plan(place, writing):
    """One task for each of three units; that of the county is not signed for yet."""
    with writing():
        made = issued(place, TASKS)
        for spec in TASKS[:2]:
            assignment = made.assignment(spec.name, spec.units[0][0])
            service.sign(assignment.id, by=made.viewer(PEOPLE[spec.name]), at=AT)
        return made


@pytest.fixture
def due(plan, reading):
    with reading():
        return {spec.name: plan.obligations(spec.name, spec.units[0][0])[0].id for spec in TASKS}


@pytest.fixture
def lead(plan, sign_in_as):
    return sign_in_as("lead")


def out(lead):
    """The kits of all units, by the name of their file."""
    answer = lead.post(OFFICE, data={"due": "soon"})
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return target.getvalue()


def newest(obligation_id):
    return next(iter(queries.versions(obligation_id, inside=True)), None)


def test_one_archive_out_and_one_back_each_file_with_its_verdict(plan, due, lead, sign_in_as, reading):
    given = out(lead)
    assert sorted(given) == ["填报包-市交通运输局-2026-03-02.xlsx", "填报包-市财政局-2026-03-02.xlsx"]
    filled = []
    for name, data in given.items():
        kit = Filled(data)
        task = "压减审批时限" if "财政局" in name else "修订采购目录"
        kit.fill(task, "本期完成情况", f"{task}已完成")
        kit.fill(task, "完成百分比", 60)
        filled.append((name, kit.saved()))
    strange = [
        ("外来.docx", b"PK\x03\x04broken"),
        ("../../etc/逃逸.xlsx", filled[0][1]),
        ("C:/逃逸.xlsx", filled[1][1]),
    ]
    answer = up(lead, (packed([*filled, *strange]), "收回.zip"), page=OFFICE)
    assert answer.status_code == 302
    url = answer.headers["Location"]
    page = lead.get(url).text
    assert page.count("可写入 2 格") == 2
    assert page.count("指向压缩包以外") == 2
    assert "外来.docx" in page
    with reading():
        held = session.scalars(select(ReturnedKit).order_by(ReturnedKit.place)).all()
        assert [one.state for one in held] == ["waiting", "waiting", "refused", "refused", "refused"]
        first = [one.id for one in held[:2]]
        assert session.scalar(select(Return.id)) is None
    for number in first:
        address = f"{OFFICE}/returned/{number}"
        assert confirm(lead, address, lead.get(address).text).status_code == 302
    with reading():
        now = newest(due["压减审批时限"])
        assert (now.state, now.done, now.percent) == ("draft", "压减审批时限已完成", 60)
    assert "压减审批时限已完成" in sign_in_as("reporter").get("/assignments/reports").text, "the unit hands it in"
    listed = lead.get(OFFICE).text
    assert "已采纳" in listed
    refused = lead.get(re.search(r'href="([^"]+state=refused)">3<', listed)[1]).text
    assert (refused.count("指向压缩包以外"), "可写入" in refused) == (2, False)
    owed = lead.get(re.search(rf'href="(/kits/units/{plan.place.units["市财政局"]}\?due=soon)">1<', listed)[1]).text
    assert f'href="/obligations/{due["压减审批时限"]}"' in owed
    assert listed.count("2026-03-02 09:00") >= 4
    assert lead.get(url).status_code == 200, "the list can be come back to"


@ON_SQLITE
def test_a_file_sent_twice_and_an_archive_in_an_archive_are_told_as_what_they_are(plan, lead):
    name, data = next((name, data) for name, data in out(lead).items() if "财政局" in name)
    kit = Filled(data)
    kit.fill("压减审批时限", "本期完成情况", "已完成")
    filled = kit.saved()
    files = [(name, filled), ("副本.xlsx", filled), ("区里的.zip", packed([(name, filled)]))]
    page = lead.get(up(lead, (packed(files), "收回.zip"), page=OFFICE).headers["Location"]).text
    assert "已放弃" not in page, "nobody has put anything away"
    assert "和后来收到的一份是同一个文件" in page
    assert "这是压缩包（ZIP），没有打开" in page
    flags = re.compile(rb"(PK\x03\x04..|PK\x01\x02....)\0", re.DOTALL)
    locked = flags.sub(lambda found: found[1] + b"\1", packed([(name, filled)]))
    told = lead.get(up(lead, (locked, "加密.zip"), page=OFFICE).headers["Location"]).text
    assert "压缩包设有密码，没有打开" in told
    first = lead.get(re.search(rf'href="(/kits/returned/\d+)">{name}<', page)[1]).text
    assert "以后来收到的一份为准" in first


class _Named(zipfile.ZipInfo):
    """An entry whose name is written in the letters of the computer, as programs under Windows and macOS do: without saying
    in which."""

    letters = "gb18030"

    def _encodeFilenameFlags(self):  # noqa: N802 as zipfile calls it
        return self.filename.encode(self.letters), self.flag_bits & ~0x800


class _NamedOnMac(_Named):
    letters = "utf-8"


@ON_SQLITE
@pytest.mark.parametrize("entry", [_Named, _NamedOnMac])
def test_an_archive_is_taken_as_people_pack_it(plan, lead, reading, entry):
    given = out(lead)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for (name, data), folder in zip(given.items(), ("收回的/", "收回的\\下午\\"), strict=True):
            kit = Filled(data)
            kit.fill("压减审批时限" if "财政局" in name else "修订采购目录", "本期完成情况", "已完成")
            archive.writestr(entry(folder + name), kit.saved())
        for litter in (
            "__MACOSX/收回的/._a.xlsx",
            ".DS_Store",
            "收回的/Thumbs.db",
            "收回的/~$填报包.xlsx",
            "收回的/.~lock.a#",
        ):
            archive.writestr(entry(litter), b"x")
    page = lead.get(up(lead, (target.getvalue(), "收回.zip"), page=OFFICE).headers["Location"]).text
    assert page.count("可写入 1 格") == 2
    with reading():
        held = session.scalars(select(ReturnedKit).order_by(ReturnedKit.place)).all()
        assert [(one.file_name, one.state) for one in held] == [(name, "waiting") for name in given]


def test_what_a_unit_is_writing_is_neither_given_to_the_office_nor_decided_by_it(
    plan, due, lead, sign_in_as, reading, writing
):
    with writing():
        reporter = plan.viewer("reporter")
        service.save_draft(
            due["压减审批时限"], Content("内部草稿", percent=30), version=0, editor="", by=reporter, at=AT
        )
    kit = Filled(out(lead)["填报包-市财政局-2026-03-02.xlsx"])
    assert kit.at(kit.row("压减审批时限"), "本期完成情况").value is None
    kit.fill("压减审批时限", "本期完成情况", "发给办公室的内容")
    kit.fill("压减审批时限", "存在问题", "需要协调")
    url = up(lead, (kit.saved(), "财政局.xlsx"), page=OFFICE).headers["Location"]
    with reading():
        address = f"{OFFICE}/returned/{session.scalars(select(ReturnedKit.id)).one()}"
    own, waits = sign_in_as("reporter"), f'href="{address}"'
    assert (waits in lead.get("/").text, waits in own.get("/").text) == (True, False)
    page = lead.get(address).text
    assert "单位在系统里另有填写" in page
    assert "内部草稿" not in page + lead.get(url).text
    assert "use-" not in page
    forced = {f"use-{due['压减审批时限']}-done": "theirs"}
    assert confirm(lead, address, page, **forced).status_code == 302
    with reading():
        now = newest(due["压减审批时限"])
        assert (now.done, now.problems, now.percent) == ("内部草稿", "需要协调", 30)
    assert (waits in lead.get("/").text, waits in own.get("/").text) == (False, True)
    assert "1 份待采纳" in own.get("/assignments").text
    assert "冲突由单位自己选择" in own.get(OWN).text
    asked = own.get(address).text
    assert "内部草稿" in asked
    assert confirm(own, address, asked, **forced).status_code == 302
    with reading():
        assert newest(due["压减审批时限"]).done == "发给办公室的内容"
        assert session.scalars(select(ReturnedKit.state)).one() == "taken"
    assert waits not in own.get("/").text
    assert sign_in_as("other_reporter").get(address).status_code == 404


def test_a_kit_of_nothing_but_conflicts_is_handed_on_to_the_unit(plan, due, lead, sign_in_as, reading, writing):
    with writing():
        reporter, one = plan.viewer("reporter"), due["压减审批时限"]
        service.save_draft(one, Content("内部草稿", percent=30), version=0, editor="", by=reporter, at=AT)
    kit = Filled(out(lead)["填报包-市财政局-2026-03-02.xlsx"])
    kit.fill("压减审批时限", "本期完成情况", "发给办公室的内容")
    up(lead, (kit.saved(), "财政局.xlsx"), page=OFFICE)
    with reading():
        address = f"{OFFICE}/returned/{session.scalars(select(ReturnedKit.id)).one()}"
    page = lead.get(address).text
    assert ">交给单位选择<" in page
    assert confirm(lead, address, page).status_code == 302
    done = lead.get(address).text
    assert "已交给单位，由单位填报人选择" in done
    assert "已写入" not in done, "nothing was"
    assert (">交给单位选择<" in done, "放弃这份填报包" in done) == (False, False), "it is the unit's now"
    assert lead.post(f"{address}/drop").status_code == 422
    own, waits = sign_in_as("reporter"), f'href="{address}"'
    assert (waits in lead.get("/").text, waits in own.get("/").text) == (False, True)


def test_the_office_does_not_see_what_a_unit_sends_in_itself(plan, lead, sign_in_as):
    reporter = sign_in_as("reporter")
    kit = Filled(down(reporter, plan.place.units["市财政局"]))
    kit.fill("压减审批时限", "本期完成情况", "自己交回")
    filled = kit.saved()
    url, _page = shown(reporter, filled)
    assert lead.get(url).status_code == 404
    assert "自己交回" in reporter.get(url).text
    up(lead, (filled, "同一份.xlsx"), page=OFFICE)
    assert "写入草稿</button>" in reporter.get(url).text, "what the office sends in puts nothing of the unit's away"


def test_many_units_and_many_files_are_work_for_a_job(plan, lead, reading, monkeypatch):
    monkeypatch.setattr("tracker.progress.service.kits.AT_ONCE", 1)
    job = lead.post(OFFICE, data={"due": "soon"}).headers["Location"]
    assert "已导出 2 个单位的填报包" in lead.get(job).text
    assert ">100%<" in lead.get("/jobs").text, "what is done is done whole"
    file = lead.get(f"/exports/files/{job.rsplit('/', 1)[1]}")
    assert file.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        files = [(name, archive.read(name)) for name in archive.namelist()]
    with reading():
        assert len(session.scalars(select(Kit.id)).all()) == 2
    back = up(lead, (packed(files), "收回.zip"), page=OFFICE).headers["Location"]
    assert "已收 2 个文件" in lead.get(back).text
    with reading():
        reasons = session.scalars(select(ReturnedKit.reason)).all()
    assert len(reasons) == 2
    assert reasons == ["nothing", "nothing"], "its words are found when it is read"


@ON_SQLITE
def test_an_archive_that_unfolds_without_end_is_refused_as_one_file(lead, reading):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("填报包.xlsx", bytes(40 << 20))
    page = lead.get(
        up(lead, (bomb.getvalue(), "炸弹.zip"), (packed([]), "空.zip"), page=OFFICE).headers["Location"]
    ).text
    assert "解压后过大" in page
    assert "压缩包是空的" in page
    with reading():
        assert session.scalars(select(ReturnedKit.state)).all() == ["refused", "refused"]
