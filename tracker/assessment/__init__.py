"""Assessment (考核评分): schemes, facts, runs, explanation. The engine itself is pure and stands in `scoring`."""
