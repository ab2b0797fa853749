#include "CICU.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#include <unicode/utf16.h>
#include <unicode/utf8.h>
#include <unicode/uversion.h>

struct cicu_segmenter {
    UBreakIterator *iterator;
    UChar *units;
    int32_t *offsets;  // of each unit and of the end, in bytes
    int32_t capacity;
    int32_t position;
    int32_t length;
};

cicu_segmenter *cicu_segmenter_open(void) {
    cicu_segmenter *s = calloc(1, sizeof *s);
    if (!s) return NULL;
    UErrorCode status = U_ZERO_ERROR;
    s->iterator = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    if (U_FAILURE(status) || !s->iterator) {
        free(s);
        return NULL;
    }
    return s;
}

void cicu_segmenter_close(cicu_segmenter *s) {
    if (!s) return;
    ubrk_close(s->iterator);
    free(s->units);
    free(s->offsets);
    free(s);
}

static int32_t reserve(cicu_segmenter *s, int32_t length) {
    if (length <= s->capacity) return 1;
    free(s->units);
    free(s->offsets);
    int32_t capacity = length < 1024 ? 1024 : length;
    s->units = malloc((size_t)capacity * sizeof *s->units);
    s->offsets = malloc(((size_t)capacity + 1) * sizeof *s->offsets);
    s->capacity = s->units && s->offsets ? capacity : 0;
    return s->capacity != 0;
}

int32_t cicu_segmenter_set_text(cicu_segmenter *s, const uint8_t *utf8, int32_t length) {
    s->position = 0;
    s->length = 0;
    if (!reserve(s, length)) return U_MEMORY_ALLOCATION_ERROR;
    int32_t count = 0;
    for (int32_t i = 0; i < length;) {
        int32_t start = i;
        UChar32 c = utf8[i];
        if (c < 0x80) {
            i++;
            if (c == '@' || c == ':') c = ' ';
        } else {
            U8_NEXT_OR_FFFD(utf8, i, length, c);
        }
        s->offsets[count] = start;
        if (c <= 0xFFFF) {
            s->units[count++] = (UChar)c;
        } else {
            s->units[count++] = U16_LEAD(c);
            s->offsets[count] = start;
            s->units[count++] = U16_TRAIL(c);
        }
    }
    s->offsets[count] = length;
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText(s->iterator, s->units, count, &status);
    if (U_FAILURE(status)) return status;
    s->length = count;
    return 0;
}

int32_t cicu_segmenter_next(cicu_segmenter *s, cicu_span *spans, int32_t capacity) {
    int32_t count = 0;
    while (count < capacity) {
        int32_t end = ubrk_next(s->iterator);
        if (end == UBRK_DONE) break;
        int32_t start = s->position;
        if (end > s->length) end = s->length;
        s->position = end;
        int32_t status = ubrk_getRuleStatus(s->iterator);
        if (status < UBRK_WORD_NONE_LIMIT || end <= start) continue;
        spans[count].start = s->offsets[start];
        spans[count].end = s->offsets[end];
        spans[count].status = status;
        count++;
    }
    return count;
}

static int32_t to_utf16(const uint8_t *utf8, int32_t length, UChar *output, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t written = 0;
    u_strFromUTF8WithSub(output, capacity, &written, (const char *)utf8, length, 0xFFFD, NULL, &status);
    return U_FAILURE(status) ? -1 : written;
}

static int32_t to_utf8(const UChar *utf16, int32_t length, uint8_t *output, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t written = 0;
    u_strToUTF8WithSub((char *)output, capacity, &written, utf16, length, 0xFFFD, NULL, &status);
    return U_FAILURE(status) ? -1 : written;
}

int32_t cicu_nfkc_casefold(const uint8_t *utf8, int32_t length, uint8_t *output, int32_t capacity) {
    UChar source[CICU_MAXIMUM_INPUT], folded[CICU_MAXIMUM_INPUT * 18];
    if (length > CICU_MAXIMUM_INPUT) return -1;
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
    int32_t units = 0, replaced = 0;
    u_strFromUTF8WithSub(source, CICU_MAXIMUM_INPUT, &units, (const char *)utf8, length, 0xFFFD, &replaced, &status);
    if (U_FAILURE(status)) return -1;
    if (replaced == 0 && unorm2_spanQuickCheckYes(normalizer, source, units, &status) == units) {
        if (length > capacity) return -1;
        memcpy(output, utf8, (size_t)length);
        return length;
    }
    units = unorm2_normalize(normalizer, source, units, folded, CICU_MAXIMUM_INPUT * 18, &status);
    if (U_FAILURE(status)) return -1;
    return to_utf8(folded, units, output, capacity);
}

int32_t cicu_repair(const uint8_t *utf8, int32_t length, uint8_t *output, int32_t capacity) {
    UChar source[CICU_MAXIMUM_INPUT];
    if (length > CICU_MAXIMUM_INPUT) return -1;
    int32_t units = to_utf16(utf8, length, source, CICU_MAXIMUM_INPUT);
    return units < 0 ? -1 : to_utf8(source, units, output, capacity);
}

static void write_version(const UVersionInfo version, char *output) {
    char text[U_MAX_VERSION_STRING_LENGTH];
    u_versionToString(version, text);
    snprintf(output, CICU_VERSION_LENGTH, "%s", text);
}

void cicu_version(char *output) {
    UVersionInfo version;
    u_getVersion(version);
    write_version(version, output);
}

void cicu_unicode_version(char *output) {
    UVersionInfo version;
    u_getUnicodeVersion(version);
    write_version(version, output);
}

int32_t cicu_general_category(uint32_t scalar) { return u_charType((UChar32)scalar); }

int32_t cicu_age(uint32_t scalar) {
    UVersionInfo version;
    u_charAge((UChar32)scalar, version);
    return version[0];
}

int32_t cicu_is_white_space(uint32_t scalar) { return u_isUWhiteSpace((UChar32)scalar); }

uint32_t cicu_lowercase(uint32_t scalar) { return (uint32_t)u_tolower((UChar32)scalar); }

int32_t cicu_combining_class(uint32_t scalar) { return u_getCombiningClass((UChar32)scalar); }

static int32_t decompose(const UNormalizer2 *normalizer, uint32_t scalar, uint32_t *output, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    UChar units[32];
    int32_t length = unorm2_getDecomposition(normalizer, (UChar32)scalar, units, 32, &status);
    if (U_FAILURE(status) || length <= 0) return 0;
    int32_t count = 0;
    for (int32_t i = 0; i < length && count < capacity;) {
        UChar32 c;
        U16_NEXT(units, i, length, c);
        output[count++] = (uint32_t)c;
    }
    return count;
}

int32_t cicu_decompose(uint32_t scalar, uint32_t *output, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFDInstance(&status);
    return U_FAILURE(status) ? 0 : decompose(normalizer, scalar, output, capacity);
}

int32_t cicu_decompose_compatibly(uint32_t scalar, uint32_t *output, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFKDInstance(&status);
    return U_FAILURE(status) ? 0 : decompose(normalizer, scalar, output, capacity);
}

int32_t cicu_is_word_character(uint32_t scalar) {
    UChar32 c = (UChar32)scalar;
    return u_hasBinaryProperty(c, UCHAR_ALPHABETIC) || u_hasBinaryProperty(c, UCHAR_JOIN_CONTROL) ||
           (U_GET_GC_MASK(c) & (U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK)) != 0;
}

// ---- bigrams of scripts without spaces ----

int32_t cicu_unspaced_script(uint32_t scalar) {
    static const UScriptCode scripts[] = {USCRIPT_HAN,  USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_HANGUL,
                                          USCRIPT_THAI, USCRIPT_LAO,      USCRIPT_KHMER,    USCRIPT_MYANMAR};
    static const int32_t numbers[] = {1, 1, 1, 2, 3, 4, 5, 6};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (uscript_hasScript((UChar32)scalar, scripts[i])) return numbers[i];
    return 0;
}

int32_t cicu_attachment(uint32_t scalar) {
    const UChar32 c = (UChar32)scalar;
    if (u_hasBinaryProperty(c, UCHAR_LOGICAL_ORDER_EXCEPTION)) return CICU_ATTACHES_NEXT;
    int32_t attachment = 0;
    switch (u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_SPACING_MARK:
    case U_GCB_V:
    case U_GCB_T: attachment = CICU_ATTACHES_TO_SCRIPT; break;
    default: break;
    }
    switch (u_getIntPropertyValue(c, UCHAR_INDIC_SYLLABIC_CATEGORY)) {
    case U_INSC_VOWEL_DEPENDENT:
    case U_INSC_CONSONANT_MEDIAL: attachment = CICU_ATTACHES_TO_SCRIPT; break;
    case U_INSC_INVISIBLE_STACKER: attachment = CICU_ATTACHES_NEXT; break;
    default: break;
    }
    switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
    case U_WB_EXTEND:
    case U_WB_FORMAT:
    case U_WB_ZWJ: return (attachment & CICU_ATTACHES_NEXT) | CICU_ATTACHES_TO_ANY;
    default: return attachment;
    }
}

int32_t cicu_separates_words(uint32_t scalar) {
    if (!(U_MASK(u_charType((UChar32)scalar)) & (U_GC_P_MASK | U_GC_Z_MASK))) return 0;
    // Punctuation of scripts for dictionaries goes with their letters.
    if (u_getIntPropertyValue((UChar32)scalar, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return 0;
    int32_t class = u_getIntPropertyValue((UChar32)scalar, UCHAR_WORD_BREAK);
    return class == U_WB_OTHER || class == U_WB_NEWLINE || class == U_WB_WSEGSPACE;
}

// ---- normalization of terms ----

int32_t cicu_digit_value(uint32_t scalar) { return u_charDigitValue((UChar32)scalar); }

uint32_t cicu_compose(uint32_t first, uint32_t second) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status)) return 0;
    UChar32 composite = unorm2_composePair(normalizer, (UChar32)first, (UChar32)second);
    return composite < 0 ? 0 : (uint32_t)composite;
}

int32_t cicu_alphabet(uint32_t scalar) {
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)scalar, &status);
    if (U_FAILURE(status)) return 0;
    return script == USCRIPT_LATIN ? 1 : script == USCRIPT_GREEK ? 2 : script == USCRIPT_CYRILLIC ? 3 : 0;
}

// ---- scripts, for the detection of languages ----

int32_t cicu_script(uint32_t scalar) {
    UErrorCode status = U_ZERO_ERROR;
    if (u_charType((UChar32)scalar) == U_DECIMAL_DIGIT_NUMBER) return CICU_SCRIPT_DIGIT;
    UScriptCode script = uscript_getScript((UChar32)scalar, &status);
    if (U_FAILURE(status)) return CICU_SCRIPT_NONE;
    switch (script) {
    case USCRIPT_COMMON:
    case USCRIPT_UNKNOWN: return CICU_SCRIPT_NONE;
    case USCRIPT_INHERITED: return CICU_SCRIPT_MARK;
    case USCRIPT_LATIN: return CICU_SCRIPT_LATIN;
    case USCRIPT_GREEK: return CICU_SCRIPT_GREEK;
    case USCRIPT_CYRILLIC: return CICU_SCRIPT_CYRILLIC;
    case USCRIPT_ARABIC: return CICU_SCRIPT_ARABIC;
    case USCRIPT_HEBREW: return CICU_SCRIPT_HEBREW;
    case USCRIPT_DEVANAGARI: return CICU_SCRIPT_DEVANAGARI;
    case USCRIPT_HAN:
    case USCRIPT_BOPOMOFO: return CICU_SCRIPT_HAN;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_KATAKANA_OR_HIRAGANA: return CICU_SCRIPT_KANA;
    case USCRIPT_HANGUL: return CICU_SCRIPT_HANGUL;
    case USCRIPT_THAI: return CICU_SCRIPT_THAI;
    case USCRIPT_LAO: return CICU_SCRIPT_LAO;
    case USCRIPT_KHMER: return CICU_SCRIPT_KHMER;
    case USCRIPT_MYANMAR: return CICU_SCRIPT_MYANMAR;
    default: return CICU_SCRIPT_OTHER;
    }
}

// ---- display width ----

int32_t cicu_display_width(uint32_t scalar) {
    switch (u_charType((UChar32)scalar)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR: return 0;
    default: break;
    }
    switch (u_getIntPropertyValue((UChar32)scalar, UCHAR_HANGUL_SYLLABLE_TYPE)) {
    case U_HST_VOWEL_JAMO:
    case U_HST_TRAILING_JAMO: return 0;
    default: break;
    }
    switch (u_getIntPropertyValue((UChar32)scalar, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_WIDE:
    case U_EA_FULLWIDTH: return 2;
    default: return 1;
    }
}
