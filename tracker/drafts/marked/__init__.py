"""The marked-up workbook (批注工作簿) of a draft: what its cells say, what it is known again by, what was changed in it. Pure."""
