"""Small pure grammars: numbering labels, unit lists, deadlines, targets. Standard library only; each parse is cached."""
