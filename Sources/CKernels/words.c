#include "words.h"

#include "dispatch.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

// What 64 bytes are, a bit each.
typedef struct {
    uint64_t letters;
    uint64_t digits;
    uint64_t underscores;
    uint64_t joins;         // ' and .
    uint64_t joins_digits;  // , and ;
} classes;

static bool is_letter(uint8_t c) { return (uint8_t)((c | 0x20) - 'a') <= 25; }
static bool is_digit(uint8_t c) { return (uint8_t)(c - '0') <= 9; }

// ---- plain twin ----

static size_t ascii_words_plain(const uint8_t *text, size_t count, ck_span *spans, size_t capacity, size_t *next) {
    size_t found = 0, i = 0;
    while (i < count && found < capacity) {
        if (!is_letter(text[i]) && !is_digit(text[i]) && text[i] != '_') {
            i++;
            continue;
        }
        size_t start = i;
        bool counts = false;
        for (; i < count; i++) {
            uint8_t c = text[i];
            if (is_letter(c) || is_digit(c)) {
                counts = true;
            } else if (c != '_') {
                if (i + 1 == count) break;
                uint8_t before = text[i - 1], after = text[i + 1];
                bool joins = c == '\'' || c == '.';
                if (!(joins && is_letter(before) && is_letter(after)) &&
                    !((joins || c == ',' || c == ';') && is_digit(before) && is_digit(after)))
                    break;
            }
        }
        if (counts) spans[found++] = (ck_span){(uint32_t)start, (uint32_t)i};
    }
    *next = i;
    return found;
}

// ---- 64 bytes at a time ----

// A word begins and ends where the mask of its bytes changes; joiners belong to it where their neighbours do.
#define DEFINE(SUFFIX, ATTRIBUTES)                                                                                       \
    ATTRIBUTES static size_t ascii_words_##SUFFIX(const uint8_t *text, size_t count, ck_span *spans, size_t capacity,    \
                                                  size_t *next) {                                                        \
        size_t found = 0, open = SIZE_MAX;                                                                               \
        uint64_t letter = 0, digit = 0, inside = 0; /* of the byte before the block */                                   \
        for (size_t base = 0; base < count; base += 64) {                                                                \
            if (found + 33 > capacity) {                                                                                 \
                *next = open == SIZE_MAX ? base : open;                                                                  \
                return found;                                                                                            \
            }                                                                                                            \
            const size_t left = count - base;                                                                            \
            const classes c = classes_##SUFFIX(text + base, left);                                                       \
            const uint64_t after = left > 64 ? text[base + 64] : 0;                                                      \
            const uint64_t next_letter = (uint64_t)is_letter((uint8_t)after) << 63;                                      \
            const uint64_t next_digit = (uint64_t)is_digit((uint8_t)after) << 63;                                        \
            const uint64_t joined =                                                                                      \
                (c.joins & (c.letters << 1 | letter) & (c.letters >> 1 | next_letter)) |                                 \
                ((c.joins | c.joins_digits) & (c.digits << 1 | digit) & (c.digits >> 1 | next_digit));                   \
            const uint64_t word = c.letters | c.digits | c.underscores | joined;                                         \
            uint64_t edges = word ^ (word << 1 | inside);                                                                \
            for (; edges; edges &= edges - 1) {                                                                          \
                const size_t place = base + (size_t)__builtin_ctzll(edges);                                              \
                if (open == SIZE_MAX) {                                                                                  \
                    open = place;                                                                                        \
                } else {                                                                                                 \
                    found += emit(text, open, place, spans + found);                                                     \
                    open = SIZE_MAX;                                                                                     \
                }                                                                                                        \
            }                                                                                                            \
            letter = c.letters >> 63;                                                                                    \
            digit = c.digits >> 63;                                                                                      \
            inside = word >> 63;                                                                                         \
        }                                                                                                                \
        if (open != SIZE_MAX) found += emit(text, open, count, spans + found);                                           \
        *next = count;                                                                                                   \
        return found;                                                                                                    \
    }

// Writes a span unless it is `_` alone, which can only be where it begins with one.
INLINE size_t emit(const uint8_t *text, size_t start, size_t end, ck_span *span) {
    *span = (ck_span){(uint32_t)start, (uint32_t)end};
    if (text[start] != '_') return 1;
    while (start < end && text[start] == '_') start++;
    return start < end;
}

#if defined(__x86_64__)
#define HAS_VECTORS 1
#define V3 __attribute__((target("arch=x86-64-v3")))
#define V4 __attribute__((target("arch=x86-64-v4,no-prefer-256-bit")))

V3 INLINE uint64_t mask_v3(__m256i low, __m256i high) {
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

V3 INLINE uint64_t equal_v3(__m256i low, __m256i high, char c) {
    const __m256i x = _mm256_set1_epi8(c);
    return mask_v3(_mm256_cmpeq_epi8(low, x), _mm256_cmpeq_epi8(high, x));
}

V3 INLINE __m256i between_v3(__m256i v, char first, char width) {
    const __m256i distance = _mm256_sub_epi8(v, _mm256_set1_epi8(first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(distance, _mm256_set1_epi8(width)), distance);
}

V3 INLINE classes classes_v3(const uint8_t *text, size_t left) {
    uint8_t block[64];
    if (left < 64) {
        memset(block, 0, sizeof block);
        memcpy(block, text, left);
        text = block;
    }
    const __m256i low = _mm256_loadu_si256((const __m256i *)text), high = _mm256_loadu_si256((const __m256i *)(text + 32));
    const __m256i bit = _mm256_set1_epi8(0x20);
    return (classes){
        mask_v3(between_v3(_mm256_or_si256(low, bit), 'a', 25), between_v3(_mm256_or_si256(high, bit), 'a', 25)),
        mask_v3(between_v3(low, '0', 9), between_v3(high, '0', 9)), equal_v3(low, high, '_'),
        equal_v3(low, high, '\'') | equal_v3(low, high, '.'), equal_v3(low, high, ',') | equal_v3(low, high, ';')};
}

V4 INLINE classes classes_v4(const uint8_t *text, size_t left) {
    const __mmask64 valid = left < 64 ? (1ull << left) - 1 : ~0ull;
    const __m512i v = _mm512_maskz_loadu_epi8(valid, text);
    const __m512i letter = _mm512_sub_epi8(_mm512_or_si512(v, _mm512_set1_epi8(0x20)), _mm512_set1_epi8('a'));
    const __m512i digit = _mm512_sub_epi8(v, _mm512_set1_epi8('0'));
#define EQUAL_V4(C) _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(C))
    return (classes){_mm512_cmple_epu8_mask(letter, _mm512_set1_epi8(25)), _mm512_cmple_epu8_mask(digit, _mm512_set1_epi8(9)),
                     EQUAL_V4('_'), EQUAL_V4('\'') | EQUAL_V4('.'), EQUAL_V4(',') | EQUAL_V4(';')};
}

DEFINE(v3, V3)
DEFINE(v4, V4)
#endif

// ---- dispatch ----

static size_t run(int implementation, const uint8_t *text, size_t count, ck_span *spans, size_t capacity, size_t *next) {
#if defined(HAS_VECTORS)
    if (implementation == 2) return ascii_words_v4(text, count, spans, capacity, next);
    if (implementation == 1) return ascii_words_v3(text, count, spans, capacity, next);
#endif
    return ascii_words_plain(text, count, spans, capacity, next);
}

size_t ck_ascii_words(const uint8_t *text, size_t count, ck_span *spans, size_t capacity, size_t *next) {
    return run(ck_processor_level(), text, count, spans, capacity, next);
}

bool ck_ascii_words_with(int implementation, const uint8_t *text, size_t count, ck_span *spans, size_t capacity, size_t *next,
                         size_t *found) {
    if (implementation < 0 || implementation > ck_processor_level()) return false;
    *found = run(implementation, text, count, spans, capacity, next);
    return true;
}
