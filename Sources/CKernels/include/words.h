#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A word: text[start] up to before text[end].
typedef struct {
    uint32_t start;
    uint32_t end;
} ck_span;

// Finds the words of text[0 ..< count], which is ASCII: maximal runs of letters, digits and `_`, continued over one `'` or `.` between two
// letters and over one of `' . , ;` between two digits. Runs of `_` alone are no words. Writes at most `capacity` spans, in their order, and
// returns their number; `*next` is where to go on, `count` at the end. `capacity` is at least 64, `count` below 2^32.
size_t ck_ascii_words(const uint8_t *text, size_t count, ck_span *spans, size_t capacity, size_t *next);

// The implementations by name, for tests: 0 is the plain twin, 1 the one for AVX2, 2 that for AVX-512. False where this machine cannot run it.
bool ck_ascii_words_with(int implementation, const uint8_t *text, size_t count, ck_span *spans, size_t capacity, size_t *next,
                         size_t *found);
