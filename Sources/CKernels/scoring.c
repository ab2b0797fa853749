#include "scoring.h"

#include <stdatomic.h>

static inline __attribute__((always_inline)) void
add_scores(const uint32_t *documents, const uint32_t *frequencies, size_t count, float weight, const float *inverse_norms,
           float *sums) {
#pragma STDC FP_CONTRACT OFF
    float norms[128], parts[128];
    if (count > 128) count = 128;
    for (size_t i = 0; i < count; i++) norms[i] = inverse_norms[documents[i]];
    for (size_t i = 0; i < count; i++) {
        float product = (float)(int32_t)frequencies[i] * norms[i];
        parts[i] = weight - weight / (1.0f + product);
    }
    for (size_t i = 0; i < count; i++) sums[documents[i]] += parts[i];
}

static inline __attribute__((always_inline)) size_t
find_at_least(const float *values, size_t start, size_t count, float threshold) {
    size_t i = start;
    for (; i + 64 <= count; i += 64) {
        int any = 0;
        for (size_t j = 0; j < 64; j++) any |= values[i + j] >= threshold;
        if (any) break;
    }
    for (; i < count; i++)
        if (values[i] >= threshold) return i;
    return count;
}

#define DEFINE(SUFFIX, ATTRIBUTES)                                                                                     \
    ATTRIBUTES static void add_scores_##SUFFIX(const uint32_t *documents, const uint32_t *frequencies, size_t count,   \
                                               float weight, const float *inverse_norms, float *sums) {                \
        add_scores(documents, frequencies, count, weight, inverse_norms, sums);                                        \
    }                                                                                                                  \
    ATTRIBUTES static size_t find_at_least_##SUFFIX(const float *values, size_t start, size_t count, float threshold) { \
        return find_at_least(values, start, count, threshold);                                                         \
    }

DEFINE(plain, )
#if defined(__x86_64__)
DEFINE(v3, __attribute__((target("arch=x86-64-v3"))))
#endif

static bool has_v3(void) {
#if defined(__x86_64__)
    static atomic_int known;
    int state = atomic_load_explicit(&known, memory_order_relaxed);
    if (!state) {
        __builtin_cpu_init();
        state = __builtin_cpu_supports("x86-64-v3") ? 2 : 1;
        atomic_store_explicit(&known, state, memory_order_relaxed);
    }
    return state == 2;
#else
    return false;
#endif
}

void ck_add_scores(const uint32_t *documents, const uint32_t *frequencies, size_t count, float weight,
                   const float *inverse_norms, float *sums) {
#if defined(__x86_64__)
    if (has_v3()) {
        add_scores_v3(documents, frequencies, count, weight, inverse_norms, sums);
        return;
    }
#endif
    add_scores_plain(documents, frequencies, count, weight, inverse_norms, sums);
}

size_t ck_find_at_least(const float *values, size_t start, size_t count, float threshold) {
#if defined(__x86_64__)
    if (has_v3()) return find_at_least_v3(values, start, count, threshold);
#endif
    return find_at_least_plain(values, start, count, threshold);
}

bool ck_add_scores_with(int implementation, const uint32_t *documents, const uint32_t *frequencies, size_t count, float weight,
                        const float *inverse_norms, float *sums) {
    if (implementation == 0) {
        add_scores_plain(documents, frequencies, count, weight, inverse_norms, sums);
        return true;
    }
#if defined(__x86_64__)
    if (implementation == 1 && has_v3()) {
        add_scores_v3(documents, frequencies, count, weight, inverse_norms, sums);
        return true;
    }
#endif
    return false;
}

bool ck_find_at_least_with(int implementation, const float *values, size_t start, size_t count, float threshold, size_t *found) {
    if (implementation == 0) {
        *found = find_at_least_plain(values, start, count, threshold);
        return true;
    }
#if defined(__x86_64__)
    if (implementation == 1 && has_v3()) {
        *found = find_at_least_v3(values, start, count, threshold);
        return true;
    }
#endif
    return false;
}
