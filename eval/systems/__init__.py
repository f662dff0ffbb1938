"""Everything that makes briefs to be measured: the pipeline, the baselines, the annotators."""
