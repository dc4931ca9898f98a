"""What checks say of a document's text, each at its place."""

from imports.wording.wording import N_, Wording

CONTENT: dict[str, Wording] = {
    "heading-shifted": Wording(
        "warning",
        N_("标题“{heading}”与正文不符,疑似整列错位。"),
        N_("请对照原文核对标题,必要时改正。"),
    ),
}
