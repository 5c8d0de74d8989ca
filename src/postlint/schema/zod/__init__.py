"""Schemas written in code: Zod, its kin, and what content layers add to them; `dialects` says how they differ."""
