"""The parts of JavaScript that sites depend on: its literals, its dates, its package files, its slugs."""
