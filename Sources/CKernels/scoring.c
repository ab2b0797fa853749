#include "scoring.h"

#include "dispatch.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

// ---- bodies, compiled once for each instruction set ----

INLINE void contributions(const uint32_t *restrict documents, const uint32_t *restrict frequencies, size_t count,
                          ck_saturation s, const float *restrict inverse_norms, float *restrict parts) {
#pragma STDC FP_CONTRACT OFF
    for (size_t i = 0; i < count; i++) parts[i] = inverse_norms[documents[i]];
    if (frequencies) {
        for (size_t i = 0; i < count; i++) {
            float product = (float)(int32_t)frequencies[i] * parts[i];
            parts[i] = s.ceiling - s.slope / (s.offset + product);
        }
    } else {
        for (size_t i = 0; i < count; i++) parts[i] = s.ceiling - s.slope / (s.offset + parts[i]);
    }
}

static void add_contributions_plain(const uint32_t *restrict documents, const uint32_t *restrict frequencies, size_t count,
                                    ck_saturation s, const float *restrict inverse_norms, uint32_t base, double *restrict sums) {
    float parts[128];
    if (count > 128) count = 128;
    contributions(documents, frequencies, count, s, inverse_norms, parts);
    for (size_t i = 0; i < count; i++) sums[documents[i] - base] += (double)parts[i];
}

INLINE size_t count_below(const uint32_t *documents, uint32_t limit) {
    int32_t below = 0;
    for (size_t i = 0; i < 128; i++) below += (int32_t)documents[i] < (int32_t)limit;
    return (size_t)below;
}

static size_t take_at_least_plain(double *sums, size_t count, double cut, uint32_t base, uint32_t *found, double *values) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        found[n] = base + (uint32_t)i;
        values[n] = sums[i];
        n += sums[i] >= cut;
        sums[i] = 0;
    }
    return n;
}

#define DEFINE(SUFFIX, ATTRIBUTES)                                                                                      \
    ATTRIBUTES static void contributions_##SUFFIX(const uint32_t *d, const uint32_t *f, size_t n, ck_saturation s,      \
                                                  const float *norms, float *parts) {                                   \
        contributions(d, f, n, s, norms, parts);                                                                        \
    }                                                                                                                   \
    ATTRIBUTES static size_t count_below_##SUFFIX(const uint32_t *d, uint32_t limit) { return count_below(d, limit); }

DEFINE(plain, )
#if defined(__x86_64__)
#define HAS_V3 1
DEFINE(v3, __attribute__((target("arch=x86-64-v3"))))

// Four postings at a time, from the norms to the sums in registers.
__attribute__((target("arch=x86-64-v3"))) static void
add_contributions_v3(const uint32_t *documents, const uint32_t *frequencies, size_t count, ck_saturation s,
                     const float *inverse_norms, uint32_t base, double *sums) {
#pragma STDC FP_CONTRACT OFF
    const __m128 ceiling = _mm_set1_ps(s.ceiling), slope = _mm_set1_ps(s.slope), offset = _mm_set1_ps(s.offset);
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        const size_t a = documents[i], b = documents[i + 1], c = documents[i + 2], d = documents[i + 3];
        __m128 x = _mm_setr_ps(inverse_norms[a], inverse_norms[b], inverse_norms[c], inverse_norms[d]);
        if (frequencies) x = _mm_mul_ps(_mm_cvtepi32_ps(_mm_loadu_si128((const __m128i *)(frequencies + i))), x);
        x = _mm_sub_ps(ceiling, _mm_div_ps(slope, _mm_add_ps(offset, x)));
        const __m128d low = _mm_cvtps_pd(x), high = _mm_cvtps_pd(_mm_movehl_ps(x, x));
        sums[a - base] += _mm_cvtsd_f64(low);
        sums[b - base] += _mm_cvtsd_f64(_mm_unpackhi_pd(low, low));
        sums[c - base] += _mm_cvtsd_f64(high);
        sums[d - base] += _mm_cvtsd_f64(_mm_unpackhi_pd(high, high));
    }
    for (; i < count; i++) {
        float product = frequencies ? (float)(int32_t)frequencies[i] * inverse_norms[documents[i]] : inverse_norms[documents[i]];
        float part = s.ceiling - s.slope / (s.offset + product);
        sums[documents[i] - base] += (double)part;
    }
}

__attribute__((target("arch=x86-64-v3"))) static size_t
take_at_least_v3(double *sums, size_t count, double cut, uint32_t base, uint32_t *found, double *values) {
    const __m256d cuts = _mm256_set1_pd(cut), zero = _mm256_setzero_pd();
    size_t n = 0;
    for (size_t i = 0; i + 16 <= count; i += 16) {
        __m256d a = _mm256_loadu_pd(sums + i), b = _mm256_loadu_pd(sums + i + 4);
        __m256d c = _mm256_loadu_pd(sums + i + 8), d = _mm256_loadu_pd(sums + i + 12);
        __m256d ge_a = _mm256_cmp_pd(a, cuts, _CMP_GE_OQ), ge_b = _mm256_cmp_pd(b, cuts, _CMP_GE_OQ);
        __m256d ge_c = _mm256_cmp_pd(c, cuts, _CMP_GE_OQ), ge_d = _mm256_cmp_pd(d, cuts, _CMP_GE_OQ);
        __m256d any = _mm256_or_pd(_mm256_or_pd(ge_a, ge_b), _mm256_or_pd(ge_c, ge_d));
        if (!_mm256_testz_pd(any, any)) {
            unsigned mask = (unsigned)_mm256_movemask_pd(ge_a) | (unsigned)_mm256_movemask_pd(ge_b) << 4 |
                            (unsigned)_mm256_movemask_pd(ge_c) << 8 | (unsigned)_mm256_movemask_pd(ge_d) << 12;
            for (; mask; mask &= mask - 1) {
                size_t j = i + (size_t)__builtin_ctz(mask);
                found[n] = base + (uint32_t)j;
                values[n++] = sums[j];
            }
        }
        _mm256_storeu_pd(sums + i, zero);
        _mm256_storeu_pd(sums + i + 4, zero);
        _mm256_storeu_pd(sums + i + 8, zero);
        _mm256_storeu_pd(sums + i + 12, zero);
    }
    return n;
}

DEFINE(v4, __attribute__((target("arch=x86-64-v4,no-prefer-256-bit"))))

// Gathering the norms and scattering the sums was no faster here than four at a time.
#define add_contributions_v4 add_contributions_v3

__attribute__((target("arch=x86-64-v4,no-prefer-256-bit"))) static size_t
take_at_least_v4(double *sums, size_t count, double cut, uint32_t base, uint32_t *found, double *values) {
    const __m512d cuts = _mm512_set1_pd(cut), zero = _mm512_setzero_pd();
    size_t n = 0;
    for (size_t i = 0; i + 32 <= count; i += 32) {
        __m512d a = _mm512_loadu_pd(sums + i), b = _mm512_loadu_pd(sums + i + 8);
        __m512d c = _mm512_loadu_pd(sums + i + 16), d = _mm512_loadu_pd(sums + i + 24);
        uint32_t mask = (uint32_t)_mm512_cmp_pd_mask(a, cuts, _CMP_GE_OQ) | (uint32_t)_mm512_cmp_pd_mask(b, cuts, _CMP_GE_OQ) << 8 |
                        (uint32_t)_mm512_cmp_pd_mask(c, cuts, _CMP_GE_OQ) << 16 |
                        (uint32_t)_mm512_cmp_pd_mask(d, cuts, _CMP_GE_OQ) << 24;
        for (; mask; mask &= mask - 1) {
            size_t j = i + (size_t)__builtin_ctz(mask);
            found[n] = base + (uint32_t)j;
            values[n++] = sums[j];
        }
        _mm512_storeu_pd(sums + i, zero);
        _mm512_storeu_pd(sums + i + 8, zero);
        _mm512_storeu_pd(sums + i + 16, zero);
        _mm512_storeu_pd(sums + i + 24, zero);
    }
    return n;
}
#endif

// ---- dispatch ----

#if defined(HAS_V3)
#define RUN(IMPLEMENTATION, NAME, ...)                                                                                  \
    (IMPLEMENTATION == 2 ? NAME##_v4(__VA_ARGS__) : IMPLEMENTATION == 1 ? NAME##_v3(__VA_ARGS__) : NAME##_plain(__VA_ARGS__))
#else
#define RUN(IMPLEMENTATION, NAME, ...) NAME##_plain(__VA_ARGS__)
#endif
#define PICK(NAME, ...) RUN(ck_processor_level(), NAME, __VA_ARGS__)
#define PICK_WITH(STORE, NAME, ...)                                                                                     \
    if (implementation < 0 || implementation > ck_processor_level()) return false;                                                    \
    STORE RUN(implementation, NAME, __VA_ARGS__);                                                                       \
    return true;

void ck_contributions(const uint32_t *documents, const uint32_t *frequencies, size_t count, ck_saturation saturation,
                      const float *inverse_norms, float *parts) {
    PICK(contributions, documents, frequencies, count, saturation, inverse_norms, parts);
}

void ck_add_contributions(const uint32_t *documents, const uint32_t *frequencies, size_t count, ck_saturation saturation,
                          const float *inverse_norms, uint32_t base, double *sums) {
    PICK(add_contributions, documents, frequencies, count, saturation, inverse_norms, base, sums);
}

size_t ck_count_below(const uint32_t *documents, uint32_t limit) { return PICK(count_below, documents, limit); }

size_t ck_take_at_least(double *sums, size_t count, double cut, uint32_t base, uint32_t *found, double *values) {
    return PICK(take_at_least, sums, count, cut, base, found, values);
}

size_t ck_take_listed(double *sums, const uint32_t *documents, size_t count, double cut, uint32_t base, uint32_t *found,
                      double *values) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        double *sum = sums + (documents[i] - base);
        found[n] = documents[i];
        values[n] = *sum;
        n += *sum >= cut;
        *sum = 0;
    }
    return n;
}

bool ck_contributions_with(int implementation, const uint32_t *documents, const uint32_t *frequencies, size_t count,
                           ck_saturation saturation, const float *inverse_norms, float *parts) {
    PICK_WITH(, contributions, documents, frequencies, count, saturation, inverse_norms, parts)
}

bool ck_add_contributions_with(int implementation, const uint32_t *documents, const uint32_t *frequencies, size_t count,
                               ck_saturation saturation, const float *inverse_norms, uint32_t base, double *sums) {
    PICK_WITH(, add_contributions, documents, frequencies, count, saturation, inverse_norms, base, sums)
}

bool ck_count_below_with(int implementation, const uint32_t *documents, uint32_t limit, size_t *result) {
    PICK_WITH(*result =, count_below, documents, limit)
}

bool ck_take_at_least_with(int implementation, double *sums, size_t count, double cut, uint32_t base, uint32_t *found,
                           double *values, size_t *result) {
    PICK_WITH(*result =, take_at_least, sums, count, cut, base, found, values)
}
