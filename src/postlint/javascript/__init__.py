"""What sites made with JavaScript rest on: its literals, its dates, its package files, its slugs."""
