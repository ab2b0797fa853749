#pragma once
#include <stdint.h>

// ICU's word break iterator alone, as the measure of our segmentation: every boundary of a text, nothing done with it.

typedef struct icu_iterator icu_iterator;

icu_iterator *icu_iterator_open(void);
void icu_iterator_close(icu_iterator *iterator);

/// The number of boundaries, over UTF-8 through UText.
int64_t icu_iterator_count_utf8(icu_iterator *iterator, const uint8_t *text, int32_t length);
/// The same over UTF-16, the conversion included.
int64_t icu_iterator_count_utf16(icu_iterator *iterator, const uint8_t *text, int32_t length);
