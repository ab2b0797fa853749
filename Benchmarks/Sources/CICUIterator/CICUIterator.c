#include "CICUIterator.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

struct icu_iterator {
    UBreakIterator *breaks;
    UText *text;
    UChar *units;
    int32_t capacity;
};

icu_iterator *icu_iterator_open(void) {
    icu_iterator *iterator = calloc(1, sizeof *iterator);
    UErrorCode status = U_ZERO_ERROR;
    if (iterator) iterator->breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    return iterator;
}

void icu_iterator_close(icu_iterator *iterator) {
    if (!iterator) return;
    ubrk_close(iterator->breaks);
    utext_close(iterator->text);
    free(iterator->units);
    free(iterator);
}

static int64_t count(icu_iterator *iterator) {
    int64_t boundaries = 0;
    while (ubrk_next(iterator->breaks) != UBRK_DONE) boundaries++;
    return boundaries;
}

int64_t icu_iterator_count_utf8(icu_iterator *iterator, const uint8_t *text, int32_t length) {
    UErrorCode status = U_ZERO_ERROR;
    iterator->text = utext_openUTF8(iterator->text, (const char *)text, length, &status);
    ubrk_setUText(iterator->breaks, iterator->text, &status);
    return U_FAILURE(status) ? -1 : count(iterator);
}

int64_t icu_iterator_count_utf16(icu_iterator *iterator, const uint8_t *text, int32_t length) {
    UErrorCode status = U_ZERO_ERROR;
    if (length > iterator->capacity) {
        free(iterator->units);
        iterator->units = malloc((size_t)length * sizeof *iterator->units);
        iterator->capacity = iterator->units ? length : 0;
        if (!iterator->units) return -1;
    }
    int32_t units = 0;
    u_strFromUTF8WithSub(iterator->units, iterator->capacity, &units, (const char *)text, length, 0xFFFD, NULL, &status);
    ubrk_setText(iterator->breaks, iterator->units, units, &status);
    return U_FAILURE(status) ? -1 : count(iterator);
}
