"""The file of trained weights that ``statements`` uses (made by ``training/speaker.py``)."""

FILE = "speech-0.json"
