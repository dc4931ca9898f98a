"""Shared page parts (页面公共件): security headers, navigation, paging, forms, language, error pages, assets."""
