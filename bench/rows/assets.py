"""`assets`: kilobytes of a first visit, as the server sends them to a browser that takes gzip: a list and the dashboard.

The floor is what gzip at its best makes of the same files; besides, every file must be kept for ever under a name that
holds its hash, and the pages of a later visit must name no other.
"""

from __future__ import annotations

import gzip
import http.client
import re
from pathlib import Path

from bench.city import build
from bench.harness import ROOT, Measured, Row, within
from bench.server import Person, serve

SMALL = 2_000
WITHOUT_CHARTS_KB, WITH_CHARTS_KB = 150, 700
ADDRESS = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def fetched(port: int, path: str, cookie: str = "") -> tuple[bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return body, answer.headers


def packed(address: str) -> int:
    name = address.partition("?")[0].removeprefix("/static/")
    return len(gzip.compress((ROOT / "static" / name).read_bytes(), 9, mtime=0))


def measure(folder: Path) -> Measured:
    build(folder, SMALL)
    leader = Person(folder, "leader")
    with serve(folder, workers=1) as port:
        named = {
            page: sorted(set(ADDRESS.findall(fetched(port, page, leader.cookie)[0].decode())))
            for page in ("/work", "/dashboard")
        }
        sizes, fleeting = {}, []
        for address in sorted({one for addresses in named.values() for one in addresses}):
            body, headers = fetched(port, address)
            sizes[address] = len(body)
            if "?v=" not in address or "immutable" not in headers.get("Cache-Control", ""):
                fleeting.append(address)
    total = {page: sum(sizes[address] for address in addresses) / 1000 for page, addresses in named.items()}
    faults = within(total["/work"], WITHOUT_CHARTS_KB, "KB without charts")
    faults += within(total["/dashboard"], WITH_CHARTS_KB, "KB with charts")
    faults += tuple(f"not kept for ever: {address}" for address in fleeting)
    detail = {
        "list_kb": round(total["/work"], 1),
        "dashboard_kb": round(total["/dashboard"], 1),
        "files": len(sizes),
        "later_visit_kb": 0 if not fleeting else round(sum(sizes[one] for one in fleeting) / 1000, 1),
    }
    return Measured(sum(sizes.values()) / sum(map(packed, sizes)), detail, faults)


ROW = Row("assets", "the same files as gzip makes them at its best, in bytes", 1.05, measure)
