"""Blocks of text to passages of about a hundred words of prose. Python's standard library only."""

import re

WORDS = 100
FEWEST_WORDS = 30
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'(\[]?[A-Z0-9])")
FUNCTION_WORDS = frozenset(
    """a about all also an and any are as at be been but by can do does each for from had has have how if in into is it its may more
    must no not of on one only or other same should so some such than that the their then there these they this to two up use used
    was we were when where which will with would you your""".split())
# Lower bounds for prose: function words among the words, letters among the characters that are no spaces.
FUNCTION_SHARE = 0.18
LETTER_SHARE = 0.75


def pieces(blocks):
    """The blocks as (text, number of words); those of more than 1.2 passages are cut after sentences, and such sentences every 100 words."""
    for block in blocks:
        words = block.split()
        if len(words) <= 1.2 * WORDS:
            yield block, len(words)
            continue
        for sentence in SENTENCE_END.split(block):
            words = sentence.split()
            if len(words) <= 1.2 * WORDS:
                yield sentence, len(words)
            else:
                for start in range(0, len(words), WORDS):
                    part = words[start:start + WORDS]
                    yield " ".join(part), len(part)


def passages(blocks):
    """Texts of about 100 words in the page's order; a short rest goes to the passage before it."""
    result, current, count = [], [], 0
    for text, words in pieces(blocks):
        # Close where stopping here is nearer to 100 words than going on.
        if current and count + words - WORDS > WORDS - count:
            result.append(" ".join(current))
            current, count = [], 0
        current.append(text)
        count += words
    if current:
        rest = " ".join(current)
        if result and count < WORDS // 2:
            result[-1] += " " + rest
        else:
            result.append(rest)
    return result


def is_prose(text):
    """Whether a passage is English prose: not a table, a list of names, a formula, or another language."""
    words = text.split()
    if len(words) < FEWEST_WORDS:
        return False
    letters = sum(map(str.isalpha, text))
    if letters < LETTER_SHARE * (len(text) - text.count(" ")):
        return False
    return sum(word.lower() in FUNCTION_WORDS for word in words) >= FUNCTION_SHARE * len(words)
