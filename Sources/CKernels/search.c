#include "search.h"

#include "dispatch.h"
#include "vector.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define CK_V3 __attribute__((target("arch=x86-64-v3")))
#define CK_V4 __attribute__((target("arch=x86-64-v4,no-prefer-256-bit")))

static int runs(int level, int wanted) { return level >= wanted && ck_processor_level() >= wanted - CK_VECTOR_BASELINE; }
#endif

static size_t plain_at_least(const float *scores, size_t from, size_t n, float threshold, int32_t *places, size_t count) {
    for (size_t i = from; i < n; i++)
        if (scores[i] >= threshold) places[count++] = (int32_t)i;
    return count;
}

#if defined(__x86_64__)
CK_V3 static size_t v3_at_least(const float *scores, size_t n, float threshold, int32_t *places) {
    const __m256 bound = _mm256_set1_ps(threshold);
    size_t count = 0, i = 0;
    for (; i + 8 <= n; i += 8) {
        unsigned mask = (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(_mm256_loadu_ps(scores + i), bound, _CMP_GE_OQ));
        for (; mask; mask &= mask - 1) places[count++] = (int32_t)(i + (size_t)__builtin_ctz(mask));
    }
    return plain_at_least(scores, i, n, threshold, places, count);
}

CK_V4 static size_t v4_at_least(const float *scores, size_t n, float threshold, int32_t *places) {
    const __m512 bound = _mm512_set1_ps(threshold);
    size_t count = 0, i = 0;
    for (; i + 64 <= n; i += 64) {
        uint64_t mask = 0;
        for (size_t j = 0; j < 4; j++)
            mask |= (uint64_t)_mm512_cmp_ps_mask(_mm512_loadu_ps(scores + i + 16 * j), bound, _CMP_GE_OQ) << (16 * j);
        for (; mask; mask &= mask - 1) places[count++] = (int32_t)(i + (size_t)__builtin_ctzll(mask));
    }
    return plain_at_least(scores, i, n, threshold, places, count);
}
#endif

size_t ck_at_least(int level, const float *scores, size_t n, float threshold, int32_t *places) {
#if defined(__x86_64__)
    if (runs(level, CK_VECTOR_V4)) return v4_at_least(scores, n, threshold, places);
    if (runs(level, CK_VECTOR_V3)) return v3_at_least(scores, n, threshold, places);
#else
    (void)level;
#endif
    return plain_at_least(scores, 0, n, threshold, places, 0);
}
