"""What a run found, as data: the report, its JSON form, baselines and fingerprints."""
