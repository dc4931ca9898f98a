"""Rectification (整改): findings from registering to striking off (销号), and the spot checks (定期抽查) that make some."""
