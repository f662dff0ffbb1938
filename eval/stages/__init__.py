"""One measure a stage of the pipeline, each on its own gold, through briefer's public functions."""
