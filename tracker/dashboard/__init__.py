"""Dashboard (看板): what leaders see."""
