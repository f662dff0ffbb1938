"""Language models and small encoders behind one protocol; the only place that imports torch."""
