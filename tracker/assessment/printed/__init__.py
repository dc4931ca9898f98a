"""A scheme as it is printed (考核项目｜指标｜考评内容｜分值｜评分标准): read from a workbook, and written as one. Pure."""
