"""Is a line whole, safe to show, and are its quotations exact?

Knows nothing of what the line says.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from briefer import terms, text
from briefer.checks import quoting

# "The Oru Five is the band The Oru Five."
_SAYS_NOTHING_NEW = re.compile(
    r"(?:the )?(?P<who>[^;:]{3,60}?) (?:is|are|was|were) (?:an? |the )?"
    r"(?:[\w ]{0,40} )?(?P=who)\.?$",
    re.IGNORECASE,
)
# Words that no finished sentence or headline ends with, but "from IS", "put forward by May",
# "pointed a gun at her".
_OPEN_ENDING = re.compile(
    r"(?:[,;:–—-]|\b(?:a|an|the|and|or|but|of|to|at|by|for|with|from|that|which|as|than|"
    r"if|because|while|are|was|were|has|have|had|will|would|could|should|might|must|be|its|"
    r"their|his|(?<!\bat )her|said|says|(?-i:is|may|who)))$",
    re.IGNORECASE,
)
# "…, a spokesman said" without its stop, as headlines are written.
_ATTRIBUTED = re.compile(r", [^,]+ (?:has |have )?(?:said|says)$", re.IGNORECASE)
_NEVER_LAST = re.compile(
    r"(?:[,;:–—]|\b(?:a|an|the|and|or|but|because|its|their|my|than|saying))\.$"
)
_SAYS_NOTHING = re.compile(r"[^,;:\"]+ (?:said|says|told|added)\.?$")
_UNSAFE = re.compile(
    r"</?[a-z!][^>]*>?|&(?:lt|gt|amp|#\d+|#x[0-9a-f]+);|\{\{|\}\}|\{%|%\}|\$\{|<\||\|>|‹/?[|a-z]|"
    r"https?:|www\.|javascript:|data:text|```|\[\w+\]\(|"
    r"\b(?:ignore|disregard|forget)\s+(?:"
    r"(?:(?:all|any|and|of|the|other)\s+){1,5}(?:instructions|prompts)|"
    r"(?:(?:all|any|and|of|the|other)\s+){0,5}"
    r"(?:(?:your|these|previous|prior|above)\b[^.]{0,40}\b(?:instructions?|prompts?|rules|text)|"
    r"(?:instructions|prompts|rules|text)\s+above))\b|"
    r"\b(?:system|developer)\s+(?:prompt|message)\b|"
    r"\bas an? (?:ai |language )+(?:model|assistant)\b|"
    r"\b(?:the|this) passage (?:says|states|describes|mentions)\b|^(?:passage|article|before):",
    re.IGNORECASE,
)
# "You" in titles is written large; "I-95", "Our Lady" and "My Lai" are names; "thank-you note".
_PERSONS = re.compile(
    r"\b(?<!\w-)(?:I|I'm|I've|[Ww]e|[Mm]y(?! Lai\b)|[Oo]ur(?! Lady\b)|me|us|myself|ourselves|"
    r"you|your|yourself)\b(?!\.|-\w)"
)
_DASHES = re.compile("[–—]")  # they part words, hyphens join them; both are straight when blanked
# "Fukushima I", "World War I", "a phase I trial".
_BEFORE_A_NUMERAL = re.compile(
    r"\b(?:[A-Z]\w+|phase|type|class|stage|grade|level|part|tier|category|schedule|volume) $"
)
_LONGEST_NAME = 40  # characters before a numeral; keeps the search linear


def is_cut_off(line: str) -> bool:
    """Whether a line stops in the middle: an open quotation or bracket, a word that leads on.

    One that comes to nothing counts too: "Lee said", "Lee is Lee".
    """
    normal = text.normalise(line)
    return (
        not normal
        or normal.endswith(("...", "…"))
        or (bool(_OPEN_ENDING.search(normal)) and not _ATTRIBUTED.search(normal))
        or bool(_NEVER_LAST.search(normal))
        or bool(_SAYS_NOTHING.match(normal))
        or bool(_SAYS_NOTHING_NEW.match(normal))
        or normal.count('"') % 2 == 1
        or normal.count("(") != normal.count(")")
    )


def unsafe(line: str) -> str:
    """The first thing in a line that no reader should get; empty for a clean line.

    That is markup, an address, an order to a machine, an echo of the prompt.
    """
    match = _UNSAFE.search(line)
    return match[0] if match else ""


def personal(line: str) -> str:
    """The first "I", "we" or "you" of a line outside quotations; empty where there is none."""
    bare = quoting.blanked(_DASHES.sub(" - ", line))
    found = (
        match[0]
        for match in _PERSONS.finditer(bare)
        if match[0] != "I" or not _is_a_number(bare, match.start())
    )
    return next(found, "")


def _is_a_number(line: str, start: int) -> bool:
    """Whether the "I" that starts there is a number: after "World War", but not after "When"."""
    name = _BEFORE_A_NUMERAL.search(line, max(0, start - _LONGEST_NAME), start)
    return name is not None and not terms.is_stop_word(name[0].strip())


def bent_quotations(line: str, source: str) -> tuple[str, ...]:
    """The quotations of a line that do not stand word for word in a source text."""
    spoken = _comparable(source)
    return tuple(
        quotation for quotation in quoting.find(line) if _comparable(quotation) not in spoken
    )


def copied_share(line: str, source: str) -> float:
    """The longest run of words that a line has in common with a text, over the line's words.

    After the fragments of Grusky, Naaman and Artzi (Newsroom, NAACL 2018).
    """
    words = text.folded_words(line)
    matcher = SequenceMatcher(None, words, text.folded_words(source), autojunk=False)
    return matcher.find_longest_match().size / max(len(words), 1)


def _comparable(words: str) -> str:
    """Letters and marks as they count for an exact quotation: quotation marks and case do not."""
    return " ".join(text.folded(words).replace('"', "").replace("'", "").split())


def is_title(quotation: str) -> bool:
    """Whether quotation marks seem to hold the title of a work: "The Daily Show"."""
    return all(word[:1].isupper() or terms.is_stop_word(word) for word in text.words(quotation))
