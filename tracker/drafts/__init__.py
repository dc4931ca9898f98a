"""Drafts (导入草稿): imported documents under review, their corrections, and the matching of their units."""
