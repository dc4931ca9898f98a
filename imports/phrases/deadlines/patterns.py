"""What deadlines are printed with: the patterns of moments, ranges and open ends, on folded text; see `every` for what recurs."""

from __future__ import annotations

import re

from imports.phrases.deadlines.every import COUNTED

N = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
NAMED_Q = re.compile(r"(?<![A-Za-z\d])([Qq])([1-4])(?![\dA-Za-z])")
"""`Q3`, `2026年Q3`: the third quarter."""
FIRST_MONTH = re.compile(r"(?<![\d十百千万亿])元月(?![薪租])")
SHORT_YEAR = (
    rf"(?:(?<![\d.二零〇一三四五六七八九十])(?:[零〇][一二三四五六七八九][零〇一二三四五六七八九]|2\d)"
    rf"(?=\s*年\s*(?:年?度?[底末内终]|(?:{N})\s*月|[上下]半年|第?[一二三四1-4]季)))"
)
"""`26年6月底`, `〇二六年`: a year of which the first digits are left out, before what it is the year of."""
YEAR = (
    r"(?P<{0}>20\d{{2}}|二[零〇]\s?[零〇一二三四五六七八九]{{2}}|"
    + SHORT_YEAR.replace("{", "{{").replace("}", "}}")
    + r"|今|本|当|次|明|翌|来|下一?|第二)\s*年度?\s*(?:的\s*)?"
)
LATEST = r"(?:(?:最迟|至迟|最晚)(?:不得?(?:超过|晚于|迟于))?[于在]?|不得?(?:晚于|迟于))"
"""`最迟不超过9月15日`, `不得晚于9月15日`."""
_APPOSED = (
    r"(?:(?<=[日号])\s*(?![起至到后])[“\"]?[\u4e00-\u9fff·]{1,8}?"
    r"(?:[节日学季期冬]|供暖|采暖)[”\"]?(?:来临|到来|开始)?(?=之?前|以前))?"
)
"""What a day is called by: `9月1日新学期开学前`, `10月1日国庆节前`."""
BEFORE = (
    rf"(?:{_APPOSED}"
    r"\s*(?:\((?:(?:星期|周)[一二三四五六日天]|含(?:当日|本日|当天)?|[\u4e00-\u9fff]{1,4}节)\))?\s*(?:下班|(?:上午|中午|下午|晚上?)?\s*(?:\d{1,2}\s*(?:[时点](?:\d{1,2}分|半)?|:\d{2}))?)"
    r"\s*(?:之前|以前|前(?![后夕期])|止))"
)
PERIOD = (
    r"(?P<half>[上下])半年|[第前]?(?P<quarter>[一二三四1-4])季度?"
    rf"(?:的?(?P<qmonth>首个?|末|第[一二三123]个?|最后一?个?|次)月的?(?:(?P<qday>{N})\s*[日号]|(?P<qthird>[上中下]旬)|[底末])?|末(?P<endday>{N})[日号])?"
)
DONE = (
    r"提请|完成|投入使用|动工|开工|完工|印发|上线|启动|竣工|建成|投用|开通|交付|出台|发布|召开|通车|试?运行|验收|办结|报送|启用|达到|实现|"
    r"建立|制定|编制|整改|销号|落实到位|全面|开展|举办|举行|组织|评估|公布|上报|提交|集中(?!在|于)|推进|实施|进行|部署|排查|整治|梳理|"
    r"修订|修改|修复|拆除|清理|清零|改造|新建|改建|扩建|设立|成立|组建|引进|发放|兑现|拨付|签订|移交|搬迁|腾退|安装|配备|接入|打通|"
    r"通过[^,;。]{0,6}(?:验收|评审|审核|评估|审议|认定)|形成|确定|签约|落地|投产|达产|开园|开学|开业|入驻|入住|交工|交房|封顶|挂牌|开标|招标|批复|[各每][^,;。]{0,6}[一二两三\d][次期场届轮]"
)
_LASTING = r"(?:长期|持续|(?:20\d{2}年)?全年|常年|长年|常态化?|日常|经常|长效|不间断)"
ONGOING = (
    rf"(?:并)?{_LASTING}(?:性|化)?{_LASTING}?(?:地)?(?:坚持|推进|实施|开展|进行|落实|抓好|做好|推动|执行|完善|用力|深化|加强|优化|完成|"
    r"巩固|跟进|发力|保持|有效)?(?:推进|工作|任务)?|"
    r"贯穿(?:于)?(?:全年|始终|全过程|工作始终)|按?(?:规定)?时限要求(?:完成)?|按(?:上级|规定|时间节点)?要求(?:时间)?(?:完成|推进|落实)?|"
    r"按(?:时序|序时)进度(?:推进)?"
)
BY_PLAN = re.compile(
    r"(?:按照?|根据|依照?)(?![月季年周旬日])(?![^,;]*(?:职责|职能|分工))[^,;。:、()]{0,12}?"
    r"(?:要求|部署|安排|节点|进度|计划|规定|时限)(?:的)?(?:要求|时间|时限|节点)?(?:内)?(?:完成|推进|落实|实施|办理|执行|开展)?[。.;]?"
)
"""A time cell that leaves the time to somebody else: `按省统一部署推进`."""
ONGOING_AND = re.compile(rf"(?:{ONGOING}),?(?:并且?|且|同时)[于在]?")
"""What goes on, before a time in one clause: `长期坚持并于每年11月底前报送`."""
THEN_ONGOING = re.compile(rf"[^,;。]{{0,14}}?(?:并|后|且)?(?:{ONGOING})[。.;]?")
"""What follows a time in one clause: `完成并长期坚持`."""

_SPAN = r"个工作日|工作日|个自然日|个月|天|日|周|个星期|年|个季度|小时|个小时"
RELATIVE = re.compile(
    r"(?<![近过前\d.])(?P<amount>\d{1,3}|[一二两三四五六七八九十半百]{1,3})\s*(?:"
    rf"(?P<span>{_SPAN})\s*(?:之内|以内|内)|(?:年|个月)(?:左右)?(?:的)?时间(?=[,完全基实建打达开集对]))"
)
AFTER_PERIOD = re.compile(
    r"(?<![去前往每各一二三四\d])(?:(?P<half>上)半年|第?(?P<quarter>[一二三1-3])季度)(?:结束|终了)?之?后的?(?P<days>\d{1,2}|[一二三四五六七八九十]{1,3})[日天](?:之|以)?内"
)
"""`上半年结束后15日内`: one day, since the period is named."""
RELATIVE_SIGN = re.compile(r"[内时](?:(?<=[日月天周期年度时之以\s]内)|(?<=时)间[,完全基实建打达开集对])")
SPAN_ALONE = re.compile(rf"(?:\d{{1,3}}|[一二两三四五六七八九十半]{{1,3}})\s*(?:{_SPAN})(?=[。.;]?$)")
"""A bare span counts in a time cell: `3个月`, `三年`."""
ANCHOR = re.compile(r"(?:^|[,;。:、(])\s*(?P<anchor>[^,;。:、()]{1,12}?(?:之日起|日起|后|之后|以后|起)(?:的|,)?)$")
"""What a span is counted from: `会后`, `自印发之日起`."""
MOMENT = re.compile(
    rf"(?P<to>{LATEST}|到|至|截至|截止到?|于|在|自|从)?\s*(?:{YEAR.format('year')})?"
    rf"(?:(?P<month>{N})\s*月份?\s*(?:(?P<day>{N})\s*(?:[日号]|(?=左右|前后|[之以]?前(?!\d)))|(?P<third>(?:上中|中上|中下|[上中下])旬|[上下]半月)|(?P<counted>的?(?:{COUNTED}))|"
    r"月?(?P<end>[初中末]期(?=[前之以,;。、)]|$)|底|末|中(?![期考秋心国学小])|初(?![步中期审级核])))?|"
    rf"(?P<yearend>年\s*度?(?:底|末|终|内)|底|末)|(?P<midyear>年?\s*中(?![国心华小期学介外考秋部央旬]))|{PERIOD})?"
    rf"(?P<tail>\s*(?:底|末|[之以]?内|终))?(?P<before>{BEFORE}(?:(?:(?<=[日号底末内]前)|(?<=[日号底末内][之以]前))(?:的)?\s*(?P<ahead>{N})\s*个?\s*(?P<unit>工作日|[日天])(?:之内|以内|内)?)?)?"
)
NUMERIC = re.compile(
    r"(?P<year>20\d{2})\s*[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2})日?)?(?:(?<=20\d\d[-/.]\d)月|(?<=20\d\d[-/.]\d\d)月)?(?:\s*[底末])?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
    rf"(?P<before>{BEFORE})?"
)
NUMERIC_RANGE = re.compile(
    r"20\d{2}(?:[./]\d{1,2}){1,2}\s*(?:至|到|[-~—]+)\s*(?:(?P<year>20\d{2})[./])?(?P<month>\d{1,2})(?:[./](?P<day>\d{1,2}))?"
    rf"(?P<before>{BEFORE})?(?![\d.年月日])"
)
DASHED_RANGE = re.compile(
    rf"20\d{{2}}(?:-\d{{1,2}}(?:-\d{{1,2}})?\s*(?:至|到|[~—]+)\s*(?P<year>20\d{{2}})-(?P<month>\d{{1,2}})(?:-(?P<day>\d{{1,2}}))?)(?P<before>{BEFORE})?(?![\d.年月日])"
)
"""`2026-06-01至2026-06-30`."""
FIGURES = re.compile(
    rf"(?<![\d.])(?P<month>1[0-2]|0?[1-9])[./](?:(?P<day>3[01]|[12]\d|0[1-9])(?![\d.%])(?P<before>{BEFORE})?|(?P<ones>[1-9])(?P<said>{BEFORE}))"
)
"""A day without its year: `6.30`."""
FIGURES_RANGE = re.compile(
    rf"(?<![\d.])(?:1[0-2]|0?[1-9])[./](?:3[01]|[12]\d|0?[1-9])\s*(?:至|到|[-~—]+)\s*(?P<month>1[0-2]|0?[1-9])[./](?P<day>3[01]|[12]\d|0?[1-9])"
    rf"(?![\d.%])(?P<before>{BEFORE})?"
)
"""`6.1-6.30`: the end counts."""
DAYS = re.compile(
    rf"(?:{YEAR.format('year')})?(?<![\d一二三四五六七八九十个第])(?P<month>{N})\s*月\s*(?:(?:{N})\s*[日号]?|[上中下]旬)\s*(?:至|到|[-~—]+)\s*"
    rf"(?:(?P<day>{N})\s*[日号]|(?P<third>[上中下]旬))(?P<before>{BEFORE})?"
)
"""`5月15日—31日`, `6月上旬至中旬`."""
QUARTERS = re.compile(
    rf"(?:{YEAR.format('year')})?"
    r"(?:第?[一二三1-3](?:季度?)?|上半年)\s*(?:至|到|[-~—]+)\s*第?(?P<quarter>[二三四2-4])季度?(?:\s*[底末])?"
    rf"(?P<before>{BEFORE})?"
)
_THIRD = r"[上中下]旬|初(?![步中期审级核])|中(?![旬期考秋心国学小])"
_OF_YEAR = r"(?:(?P<year>20\d{2}|今|本|当)\s*年度?\s*的?\s*)?"
LISTED = re.compile(
    rf"(?<![\d.个第]){_OF_YEAR}(?P<first>(?:第?(?:{N})\s*[、和及]\s*)+)(?P<last>第?(?:{N})\s*(?P<unit>月份?|季度)\s*"
    rf"(?:(?P<qmonth>首个?|末)月?的?(?=(?:{N})\s*[日号]|[上中下]旬))?(?:(?P<day>{N})\s*[日号]|(?P<third>{_THIRD})|(?P<counted>的?(?:{COUNTED}))|(?P<end>[底末]))?(?P<before>{BEFORE})?)"
)
"""Numbers that share their month or quarter: `3、6、9、12月底前`, `二、三季度`."""
MONTHS = re.compile(
    rf"(?<![\d.个第]){_OF_YEAR}(?P<first>(?:(?:{N})\s*(?:月份?)?\s*(?:、|和|以?及|与)\s*)+)"
    rf"(?P<last>(?:(?P<next>次|翌|明|来|第二|20\d{{2}})年的?)?(?:{N})\s*(?P<unit>月份?)\s*[)]?\s*的?\s*"
    rf"(?:(?P<day>{N})\s*[日号]|(?P<third>{_THIRD})|(?P<counted>(?:{COUNTED}))|(?<=的)月?底)(?P<end>)(?P<before>{BEFORE}|(?=[各分]|上?报|$)|(?<=[周旬作初中日])(?<![\d十]日)(?=开展|组织|召开|举办|完成|进行|调度|通报)))"
)
"""Months that share their day: `4月、7月、10月10日前`, `4月、10月的10日前`, `7月、10月和次年1月10日前`, `6月、12月上旬`."""
HALVES = re.compile(rf"上(?:半年(?=[、和及]下半年(?:{BEFORE}|各)))?(?P<join>[、和及]?)下半年{BEFORE}?")
RANGE_SIGN = re.compile(r"[至到\-~—]")
FIGURES_SIGN = re.compile(r"\d\s*[-./]\s*\d")
YEARS = re.compile(
    r"今、?明两年内?(?P<coming>)|20\d{2}\s*年?\s*(?:至|到|[-~—]+)\s*(?P<last>20\d{2})\s*年?(?![\d.])(?!\s*\d{1,2}\s*月)(?:,?分[两二三四五]年)?"
)
QUARTER_IN_FIGURES = re.compile(
    r"(?P<year>20\d{2})\s*[.\-/]?\s*(?:[Qq](?P<quarter>[1-4])(?:季度?)?|第?(?P<said>[一二三四1-4])季度?)[底末]?(?:之前|以前|前)?(?:完成)?"
)
TURN_OF_YEAR = re.compile(
    r"(?P<begins>(?:20\d{2}年度?|[今本当次明翌]年|(?=年))年?初)(?:之前|以前|前)?|(?P<ends>岁[末尾])(?!年初)(?:之前|以前|前)?"
)
"""In a time cell: `2027年初` (January, as 每年年初), `岁末前`."""
COMPACT = re.compile(r"(20\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])?(?:[底末]|日)?(?:之前|以前|前)?(?:完成)?")
RANGE = re.compile(
    rf"(?:{YEAR.format('year1')})?(?P<m1>{N})\s*月?份?\s*(?:(?P<d1>{N})\s*[日号](?:\d{{1,2}}[时点])?|[上中下]旬|[底初中末])?\s*(?:至|到|[-~—]+)\s*"
    rf"(?:{YEAR.format('year2')})?(?P<m2>{N})\s*月(?:份)?\s*(?:(?P<d2>{N})\s*[日号](?:\d{{1,2}}[时点])?|(?P<third>[上中下]旬))?(?P<tail>\s*[底末])?(?P<before>{BEFORE})?"
)
OFTEN = re.compile(r"[年月季周天旬]")
"""The words that most times have; the others are told by `TRIGGER`, which is looked for where `SELDOM` is met."""
SELDOM = re.compile(r"[内前每五2工](?:(?<!工)|作日)")
TRIGGER = re.compile(
    r"(?=[日时2工每节夕宵期冬暖一国庆会耕收播夏秋汛假学考旦明午五阳法\d])"  # what it can begin with: most places fail at once
    r"(?:20\d\d[-/.]|[日时]\s*(?:之|以)?内|工作日|每日|法日前|[节夕宵期冬暖一国庆会耕收播夏秋汛假学考旦明午阳][^,，。;；]{0,6}前|"
    r"五[”\"]?[时期规末收]|每(?:个)?学|\d[./]\d{1,2}[之以]?前)"
)
CLAUSE_TRIGGER = re.compile(r"[年月季周天旬日底前末]|内|20\d\d|持续|长期|常态|贯穿|按")
MOMENT_SIGN = re.compile(
    r"[年月季](?:(?<=[\d今本当次明翌来下零〇一二三四五六七八九十\s][年月])|(?<=年)\s*(?:度?[底末终内]|中)|(?<=[上下]半年)|(?<=[\d一二三四五六七八九十\s]季))"
)
"""What every moment has: year, month or quarter beside what it is counted or called by."""
MOMENT_START = re.compile(
    r"(?=[不最前到至截于在自从\d二零〇今本当次明翌来第下一三四五六七八九十年上下第])"  # what it can begin with: most places fail at once
    rf"(?:(?:{LATEST}|到|至|截至|截止到?|于|在|自|从)\s*)?(?:(?:20\d{{2}}|二[零〇]\s?[零〇一二三四五六七八九]{{2}}|{SHORT_YEAR}|今|本|当|次|明|翌|(?<![未近历以往])来|(?<!以)下一?|第二)\s*年|"
    rf"(?<![\da-zA-Z一二三四五六七八九十第个.])(?:{N})\s*月(?!饼|球|亮|经|嫂)|(?<![去上前往历本今明次翌当半末年\d])(?<!^后)(?<![,;。、(]后)年\s*(?:度?(?:底|末|终|内)|中(?![国心华小期学介外考秋部央旬]))|"
    rf"(?<!去年)(?<!上年)[上下]半年|(?<![下每上各~—-])[第前]?[一二三四1-4]季(?:度|(?=[底末前,;。、]|完成|$)))"
)
LABEL = re.compile("全年|年度")
"""Before a bracket with a date in it: what is reported on."""
DONE_THAT_YEAR = re.compile(r"(?:全面|基本|累计)*完成(?:\d|[一二三四五六七八九十]成|一半|总|全部|年度)")
"""In a time cell a bare year is one by whose end so much is done: `2026年完成30%，2027年…`."""
_COUNTED_DONE = (
    r"\d[\d.]*万?[个家所处座条项件][^,;。]{0,10}?"
    r"(?:[开动竣完]工|建成|投[产用运]|投入使用|完成|落地|达产|开通|通车|交付|启动|签约)"
)
"""How many of them begin or end then: `上半年3个项目开工`."""
REACHED_THEN = re.compile(
    r"(?:[^,;。:、的]{2,10}?(?:达到?|不低于|超过|突破|完成)|[^,;。:、的]{0,9}[大加高展升增][到至])\d"
)
"""What is reached then: `上半年开复工率达到90%以上`."""
REACHED_THAT_YEAR = re.compile(r"[^,;。:、]{2,24}?(?:达到|实现|突破|完成|不低于|超过)\d|完成[^,;。:、]{1,10}?\d[\d.]*%")
"""After a bare year: what a figure reaches by then (`2026年覆盖率达到95%`, `2026年完成总工程量的60%`)."""
FOLLOWING_DONE = re.compile(
    rf"\s*(?:,|底|前|内|末|全部|全面|基本|正式|分别|均|要|应|须|力争|确保|前后|左右)*\s*(?:{DONE}|{_COUNTED_DONE})"
)
CELL_ONGOING = re.compile(rf"(?:{ONGOING})[。.;,]?")
CELL_TAIL = re.compile(
    r"\s*(?:(?:上午|中午|下午|晚上?)?\d{1,2}(?:[时点](?:整|半|\d{1,2}分)?|:\d{2})(?=$|完成|报))?\s*(?:前后|前夕|左右)?(?:(?:全部|全面|基本|按期|如期|前)*(?:完成|办结|落实|落实到位|实施|推进|达标|见效|报送|上报|到位|启动|开展|调度|通报|更新|(?P<action>[动开完竣]工|建成|投入使用|投[用产]|印发|出台|上线|交付|验收|通车|开通|封顶|试?运行))?(?:任务|工作|目标)?|报(?![送道])[\u4e00-\u9fff]{2,12}|(?:取得|形成|达成|初见|见到)[\u4e00-\u9fff]{2,12})[。.;]?$"
)
ACTION = re.compile(r"\s*[,:]?\s*([^,;。:、()]{2,40})")
LIMIT_BEFORE = re.compile(
    r"(?:压缩|压减|缩短|控制|减少|提速|降低?|优化)(?:至|到|在|为)\s*(?:\d[\d.]*[^\d,;。、]{0,5}[、和]\s*)*$|不(?:得|能|应)?(?:超过|多于)\s*$|(?:压缩|压减|缩短)[^,;。、]{2,12}[至到]\s*$"
)
"""Before a span of time these make it a limit that a service keeps (压缩至3个工作日内), not a deadline of the task."""
NUMBERED = re.compile(
    rf"(?:^|(?<=[;。\n]))\s*(?:(?P<number>{N})[.、](?=\s*(?:\d{{1,2}}\s*月|20\d\d\s*[年./-]))|(?P<circled>[①-⑳])|\((?P<bracketed>{N})\))"
)
"""The numbers of points: `1、6月底前完成方案;2、9月底前…`, `①6月;②12月`, `(一)6月;(二)12月`."""
HEADED = re.compile(r"[^,;。:]{1,14}(?=:)")
WORK = re.compile(
    r"(?:约|拟|[\u4e00-\u9fff]{2,6}(?<!早于)(?<!原[为定])(?<!原定于)(?<!原计划)(?<!原要求)(?<!已于)(?<!已在))"
    r"(?=(?:20\d{2}年(?:年?[底末内]|[上下]半年|第?[一二三四1-4]季)|(?:20\d{2}年)?\d{1,2}月))"
)
"""What is done at a time, without a colon between: `验收12月中旬`; how sure it is: `预计2026年8月`."""
FORMERLY = ("原为", "原定", "原定于", "原计划", "原要求", "已于", "已在")
"""Before a time that holds no longer: `原为6月底，调整为9月底`; or by which something was done (`已于2026年3月完成`)."""
NO_LONGER = re.compile(
    r"(?:统一)?(?:调整|变更|修改|更改|改|延期|延长|推迟|顺延|提前|延|推)[为至到]\s*(?:20\d{2}年|[今明次翌]年|年底|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月)|"
    r"[均都]?已(?:经|全部|基本|全面|按期|如期)?(?:完成|办结|建成|投用|印发|销号|到位|整改(?:完成|到位))(?=[,;。、)]|$|整改|任务|工作|建设)"
)
"""Behind such a time: `6月底前调整为8月底前`, `2025年12月底前已完成`."""
CALLED_BY_IT = re.compile(
    r"(?:工作)?(?:总结|考核|考评|述职|报告|评估|评价)[^,;。]{0,6}?(?:(?:20\d{2}|[次翌明])年|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月)"
)
"""Behind a year's end: what is called by it has a time of its own (`年终总结于12月25日前报送`)."""
RUNS_OUT = re.compile("[将已]?(?:到期|届满|期满|失效|过期)")
"""Behind a time: it is when something runs out (`2026年12月底前到期的合同`)."""
WHOLE_YEAR = re.compile(
    r"(?P<time>(?:20\d{2}年)?全年)(?:全面|累计|力争|基本|要|须)*(?:(?:完成|达到?|实现|不低于|超过)(?:\d|[一二三四五六七八九十]成|一半|总|全部|年度|任务)|\d[\d.]*%)"
)
"""Beside another time of a cell: `上半年完成50%，全年完成100%`."""
INSTEAD = re.compile(
    rf"(?:第?(?P<quarter>[一二三四1-4])季度|(?<![\d一二三四五六七八九十])(?P<of>{N})\s*月份?)(?:[的则可])?"
    rf"(?:改?为|调整为|提前[至到]|[推延][迟期后][至到]|延[至到])\s*[于在]?\s*(?:(?P<month>{N})\s*月\s*)?(?P<day>{N})\s*[日号](?:之前|以前|前)?"
)
"""One date of a rhythm that is another: `每月25日前（12月为20日前）`."""
QUOTED = re.compile(r"“[^”]{0,60}”|《[^》]{0,120}》|「[^」]{0,60}」|‘[^’]{0,60}’|\"[^\"]{0,60}\"")
BEGINS_THEN = re.compile(
    r"除外|为\s*(?:\d|[一二三四五六七八九十])+\s*月|合并|不再|[不免]报|初(?![步次中级审核验稿])|中(?:旬|期?(?:[,;。、)前]|$))|每|\d{1,2}\s*月|起(?![草步])|以来|以后|之后|后|的|度[工的]|情况|进展|数据|前(?!完)|[至到~—-]|以|《"
)
"""Behind a bare time in a time cell: it is where something begins, or what is spoken of, and no deadline."""
FRAME = re.compile(r"(?:期间|底|末)?,?每(?:个)?年")
"""Behind several years: they say for how long it comes again (2026年至2028年，每年6月底前)."""
EARLIER = re.compile(r"[^,;。:、]{1,10}的")
"""Behind a time of an earlier year: it says which things are meant (2025年12月底前竣工的项目)."""
PAST = ("去年", "上年", "往年", "历年")
END_OF_QUARTER = {1: 3, 2: 6, 3: 9, 4: 12}
