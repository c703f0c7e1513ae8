"""What charts and reports say: spans, daily values, whether it helps, adherence. Pure functions of what was kept."""
