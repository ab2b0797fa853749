#pragma once
#include <stdint.h>

// Word segmentation and normalization by ICU. ICU's own headers stay inside CICU.c: they clash with the copy of ICU
// that Foundation carries.

/// A word iterator; for one thread at a time.
typedef struct cicu_segmenter cicu_segmenter;

/// One word: byte offsets into the text that was set, and ICU's word status (100 number, 200 letters, 400 ideographic).
typedef struct {
    int32_t start;
    int32_t end;
    int32_t status;
} cicu_span;

/// A new word iterator of the root locale; NULL where ICU's data is missing.
cicu_segmenter *cicu_segmenter_open(void);
void cicu_segmenter_close(cicu_segmenter *segmenter);

/// Sets the text, of which the iterator keeps a copy in UTF-16 with a space for each `@` and `:`. Returns 0, or ICU's error number.
int32_t cicu_segmenter_set_text(cicu_segmenter *segmenter, const uint8_t *utf8, int32_t length);

/// The next words (status 100 and above), at most `capacity`; 0 at the end of the text.
int32_t cicu_segmenter_next(cicu_segmenter *segmenter, cicu_span *spans, int32_t capacity);

/// The longest input of the two functions below, in bytes.
#define CICU_MAXIMUM_INPUT 1024

/// NFKC_Casefold. Ill-formed bytes become U+FFFD. Returns the length of the output, -1 where it does not fit.
int32_t cicu_nfkc_casefold(const uint8_t *utf8, int32_t length, uint8_t *output, int32_t capacity);

/// A copy with ill-formed bytes replaced by U+FFFD. Returns the length of the output, -1 where it does not fit.
int32_t cicu_repair(const uint8_t *utf8, int32_t length, uint8_t *output, int32_t capacity);

/// Room for a version and its end.
#define CICU_VERSION_LENGTH 24

/// Writes the version of the ICU that is running, as `72.1`.
void cicu_version(char *output);
/// Writes the version of Unicode that it implements, as `15.0`.
void cicu_unicode_version(char *output);

/// Unicode's general category of a code point, as ICU numbers them; 0 where it is unassigned.
int32_t cicu_general_category(uint32_t scalar);
/// The major version of Unicode that assigned the code point; 0 where none has.
int32_t cicu_age(uint32_t scalar);
/// Whether it has Unicode's White_Space property.
int32_t cicu_is_white_space(uint32_t scalar);
/// Its simple lower-case mapping, itself where it has none.
uint32_t cicu_lowercase(uint32_t scalar);
/// Its canonical combining class.
int32_t cicu_combining_class(uint32_t scalar);
/// Its full canonical decomposition (at most `capacity` code points); 0 where it does not decompose.
int32_t cicu_decompose(uint32_t scalar, uint32_t *output, int32_t capacity);
/// Its full compatibility decomposition (at most `capacity` code points); 0 where it does not decompose.
int32_t cicu_decompose_compatibly(uint32_t scalar, uint32_t *output, int32_t capacity);
/// Whether a pattern's `\w` has it: letters, marks, decimal digits, connectors and joiners (UTS #18, annex C).
int32_t cicu_is_word_character(uint32_t scalar);

// ---- bigrams of scripts without spaces ----

/// Which script without spaces, or Hangul, a code point is written in (Script_Extensions): 1 Han and kana, 2 Hangul, 3 Thai, 4 Lao, 5 Khmer,
/// 6 Myanmar; 0 for any other.
int32_t cicu_unspaced_script(uint32_t scalar);
/// How it attaches to its neighbours, as bits: to any character before it, as UAX #29 has it for marks, joiners and format characters in words; to a
/// letter of its script before it (Hangul's vowels and trailing consonants, Thai's and Lao's following vowels); to itself the letter after it
/// (Thai's and Lao's leading vowels, the stackers of Khmer and Burmese).
int32_t cicu_attachment(uint32_t scalar);
enum { CICU_ATTACHES_TO_ANY = 1, CICU_ATTACHES_TO_SCRIPT = 2, CICU_ATTACHES_NEXT = 4 };
/// Whether it is punctuation or space that takes part in no word.
int32_t cicu_separates_words(uint32_t scalar);

// ---- normalization of terms ----

/// The value of a decimal digit of any script (general category Nd); -1 for everything else.
int32_t cicu_digit_value(uint32_t scalar);
/// The canonical composition of two code points; 0 where they do not compose.
uint32_t cicu_compose(uint32_t first, uint32_t second);
/// The alphabet that a code point belongs to: 1 Latin, 2 Greek, 3 Cyrillic, 0 for everything else.
int32_t cicu_alphabet(uint32_t scalar);

// ---- scripts, for the detection of languages ----

/// The scripts that are told apart, and the other kinds of characters.
enum {
    CICU_SCRIPT_NONE,
    CICU_SCRIPT_DIGIT,
    CICU_SCRIPT_MARK,
    CICU_SCRIPT_OTHER,
    CICU_SCRIPT_LATIN,
    CICU_SCRIPT_GREEK,
    CICU_SCRIPT_CYRILLIC,
    CICU_SCRIPT_ARABIC,
    CICU_SCRIPT_HEBREW,
    CICU_SCRIPT_DEVANAGARI,
    CICU_SCRIPT_HAN,
    CICU_SCRIPT_KANA,
    CICU_SCRIPT_HANGUL,
    CICU_SCRIPT_THAI,
    CICU_SCRIPT_LAO,
    CICU_SCRIPT_KHMER,
    CICU_SCRIPT_MYANMAR,
};

/// The script of a code point; NONE where it belongs to all scripts and is no decimal digit, MARK where it is inherited.
int32_t cicu_script(uint32_t scalar);

// ---- display width ----

/// How many columns of a terminal a code point takes: 2 for those that UAX #11 calls wide or fullwidth, 0 for marks, format and control
/// characters and for vowels and trailing consonants of Hangul, 1 for all others.
int32_t cicu_display_width(uint32_t scalar);
