#include "quantized.h"

#include "dispatch.h"
#include "vector.h"

#include <string.h>

#define CK_LANES 16

void ck_quantized_pack(const int8_t *queries, size_t count, size_t n, uint8_t *packed) {
    size_t groups = (count + CK_LANES - 1) / CK_LANES, steps = (n + 3) / 4;
    memset(packed, 128, groups * steps * CK_LANES * 4);
    for (size_t q = 0; q < count; q++)
        for (size_t i = 0; i < n; i++)
            packed[((q / CK_LANES * steps + i / 4) * CK_LANES + q % CK_LANES) * 4 + i % 4] = (uint8_t)(queries[q * n + i] + 128);
}

// Bytes 4 step ... of a row, zero behind its end.
static inline __attribute__((always_inline)) int32_t row_step(const int8_t *row, size_t step, size_t n) {
    int32_t four = 0;
    size_t rest = n - 4 * step;
    memcpy(&four, row + 4 * step, rest < 4 ? rest : 4);
    return four;
}

// MARK: The plain twin

static size_t plain_scan(const uint8_t *packed, size_t groups, size_t n, const int8_t *rows, size_t row_count,
                         const float *scales, const float *thresholds, ck_passed_row *passed) {
    size_t steps = (n + 3) / 4, found = 0;
    for (size_t r = 0; r < row_count; r++) {
        const int8_t *row = rows + r * n;
        int32_t total = 0;
        for (size_t i = 0; i < n; i++) total += row[i];
        for (size_t g = 0; g < groups; g++) {
            int32_t sums[CK_LANES];
            for (size_t l = 0; l < CK_LANES; l++) sums[l] = -128 * total;
            const uint8_t *queries = packed + g * steps * CK_LANES * 4;
            for (size_t i = 0; i < n; i++) {
                int32_t value = row[i];
                const uint8_t *step = queries + (i / 4) * CK_LANES * 4 + i % 4;
                for (size_t l = 0; l < CK_LANES; l++) sums[l] += value * step[l * 4];
            }
            for (size_t l = 0; l < CK_LANES; l++) {
                float score = (float)sums[l] * scales[r];
                if (score >= thresholds[g * CK_LANES + l])
                    passed[found++] = (ck_passed_row){(int32_t)(g * CK_LANES + l), (int32_t)r, score};
            }
        }
    }
    return found;
}

#if defined(__x86_64__)
#include <immintrin.h>
#define CK_UNROLL _Pragma("clang loop unroll(full)")

// MARK: AVX2

#define CK_V3 __attribute__((target("arch=x86-64-v3")))

// |b| times the query with b's sign, so that no sum of two products leaves 16 bits.
CK_V3 static inline __attribute__((always_inline)) __m256i v3_products(__m256i q, __m256i b) {
    return _mm256_madd_epi16(_mm256_maddubs_epi16(_mm256_abs_epi8(b), _mm256_sign_epi8(q, b)), _mm256_set1_epi16(1));
}

CK_V3 static inline __attribute__((always_inline)) __m256i v3_queries(const uint8_t *eight) {
    return _mm256_xor_si256(_mm256_loadu_si256((const __m256i *)eight), _mm256_set1_epi8((char)128));
}

// RN rows with 16 queries.
#define CK_V3_TILE(NAME, RN)                                                                                              \
    CK_V3 static inline __attribute__((always_inline)) size_t NAME(                                                       \
        const uint8_t *packed, size_t group, size_t n, const int8_t *rows, size_t row, const float *scales,               \
        const float *thresholds, ck_passed_row *passed, size_t found) {                                                   \
        size_t steps = (n + 3) / 4;                                                                                       \
        const uint8_t *queries = packed + group * steps * CK_LANES * 4;                                                   \
        __m256i acc[RN][2];                                                                                               \
        CK_UNROLL for (size_t r = 0; r < RN; r++) acc[r][0] = acc[r][1] = _mm256_setzero_si256();                         \
        size_t s = 0;                                                                                                     \
        for (; s < n / 4; s++) {                                                                                          \
            __m256i low = v3_queries(queries + s * 64), high = v3_queries(queries + s * 64 + 32);                         \
            CK_UNROLL for (size_t r = 0; r < RN; r++) {                                                                   \
                int32_t four;                                                                                             \
                memcpy(&four, rows + (row + r) * n + 4 * s, 4);                                                           \
                __m256i b = _mm256_set1_epi32(four);                                                                      \
                acc[r][0] = _mm256_add_epi32(acc[r][0], v3_products(low, b));                                             \
                acc[r][1] = _mm256_add_epi32(acc[r][1], v3_products(high, b));                                            \
            }                                                                                                             \
        }                                                                                                                 \
        if (s < steps)                                                                                                    \
            CK_UNROLL for (size_t r = 0; r < RN; r++) {                                                                   \
                __m256i b = _mm256_set1_epi32(row_step(rows + (row + r) * n, s, n));                                      \
                acc[r][0] = _mm256_add_epi32(acc[r][0], v3_products(v3_queries(queries + s * 64), b));                    \
                acc[r][1] = _mm256_add_epi32(acc[r][1], v3_products(v3_queries(queries + s * 64 + 32), b));               \
            }                                                                                                             \
        CK_UNROLL for (size_t r = 0; r < RN; r++) CK_UNROLL for (size_t h = 0; h < 2; h++) {                              \
            size_t first = group * CK_LANES + h * 8;                                                                      \
            __m256 score = _mm256_mul_ps(_mm256_cvtepi32_ps(acc[r][h]), _mm256_set1_ps(scales[row + r]));                 \
            unsigned mask = (unsigned)_mm256_movemask_ps(                                                                 \
                _mm256_cmp_ps(score, _mm256_loadu_ps(thresholds + first), _CMP_GE_OQ));                                   \
            if (__builtin_expect(mask != 0, 0)) {                                                                         \
                float lanes[8];                                                                                           \
                _mm256_storeu_ps(lanes, score);                                                                           \
                for (; mask; mask &= mask - 1) {                                                                          \
                    int lane = __builtin_ctz(mask);                                                                       \
                    passed[found++] = (ck_passed_row){(int32_t)first + lane, (int32_t)(row + r), lanes[lane]};            \
                }                                                                                                         \
            }                                                                                                             \
        }                                                                                                                 \
        return found;                                                                                                     \
    }
CK_V3_TILE(v3_tile_rows, 4)
CK_V3_TILE(v3_tile_one, 1)

CK_V3 static size_t v3_scan(const uint8_t *packed, size_t groups, size_t n, const int8_t *rows, size_t row_count,
                            const float *scales, const float *thresholds, ck_passed_row *passed) {
    size_t found = 0;
    for (size_t g = 0; g < groups; g++) {
        size_t r = 0;
        for (; r + 4 <= row_count; r += 4) found = v3_tile_rows(packed, g, n, rows, r, scales, thresholds, passed, found);
        for (; r < row_count; r++) found = v3_tile_one(packed, g, n, rows, r, scales, thresholds, passed, found);
    }
    return found;
}

// MARK: AVX-512 VNNI

#define CK_VNNI __attribute__((target("arch=x86-64-v4,avx512vnni,no-prefer-256-bit")))

static int has_vnni(void) { return ck_processor_level() >= 2 && __builtin_cpu_supports("avx512vnni"); }

CK_VNNI static int32_t vnni_total(const int8_t *row, size_t n) {
    const __m512i ones = _mm512_set1_epi8(1);
    __m512i sum = _mm512_setzero_si512();
    size_t i = 0;
    for (; i + 64 <= n; i += 64) sum = _mm512_dpbusd_epi32(sum, ones, _mm512_loadu_si512(row + i));
    if (i < n) {
        __mmask64 part = ~(__mmask64)0 >> (64 - (n - i));
        sum = _mm512_dpbusd_epi32(sum, ones, _mm512_maskz_loadu_epi8(part, row + i));
    }
    return _mm512_reduce_add_epi32(sum);
}

// Writes the lanes of one row with 16 queries that passed; kept out of the tiles, whose registers are all taken.
CK_VNNI static __attribute__((noinline)) size_t write_passed(__m512 score, unsigned mask, size_t query, size_t row,
                                                             ck_passed_row *passed, size_t found) {
    float lanes[CK_LANES];
    _mm512_storeu_ps(lanes, score);
    for (; mask; mask &= mask - 1) {
        int lane = __builtin_ctz(mask);
        passed[found++] = (ck_passed_row){(int32_t)query + lane, (int32_t)row, lanes[lane]};
    }
    return found;
}

// RN rows with GN groups of 16 queries at once: RN x GN accumulators, the four bytes of a row broadcast to all lanes.
#define CK_TILE(NAME, RN, GN)                                                                                             \
    CK_VNNI static inline __attribute__((always_inline)) size_t NAME(                                                     \
        const uint8_t *packed, size_t first, size_t n, const int8_t *rows, size_t row, const int32_t *totals,             \
        const float *scales, const float *thresholds, ck_passed_row *passed, size_t found) {                              \
        size_t steps = (n + 3) / 4, whole = n / 4, s = 0;                                                                 \
        const uint8_t *base = packed + first * steps * 64;                                                                \
        const int8_t *at = rows + row * n;                                                                                \
        __m512i acc[RN][GN];                                                                                              \
        CK_UNROLL for (size_t r = 0; r < RN; r++)                                                                         \
            CK_UNROLL for (size_t g = 0; g < GN; g++) acc[r][g] = _mm512_set1_epi32(-128 * totals[r]);                    \
        for (; s < whole; s++) {                                                                                          \
            __m512i q[GN];                                                                                                \
            CK_UNROLL for (size_t g = 0; g < GN; g++) q[g] = _mm512_loadu_si512(base + (g * steps + s) * 64);             \
            CK_UNROLL for (size_t r = 0; r < RN; r++) {                                                                   \
                int32_t four;                                                                                             \
                memcpy(&four, at + r * n + 4 * s, 4);                                                                     \
                __m512i b = _mm512_set1_epi32(four);                                                                      \
                CK_UNROLL for (size_t g = 0; g < GN; g++) acc[r][g] = _mm512_dpbusd_epi32(acc[r][g], q[g], b);            \
            }                                                                                                             \
        }                                                                                                                 \
        if (s < steps)                                                                                                    \
            CK_UNROLL for (size_t r = 0; r < RN; r++) {                                                                   \
                __m512i b = _mm512_set1_epi32(row_step(at + r * n, s, n));                                                \
                CK_UNROLL for (size_t g = 0; g < GN; g++)                                                                 \
                    acc[r][g] = _mm512_dpbusd_epi32(acc[r][g], _mm512_loadu_si512(base + (g * steps + s) * 64), b);       \
            }                                                                                                             \
        CK_UNROLL for (size_t r = 0; r < RN; r++) {                                                                       \
            const __m512 scale = _mm512_set1_ps(scales[row + r]);                                                         \
            CK_UNROLL for (size_t g = 0; g < GN; g++) {                                                                   \
                __m512 score = _mm512_mul_ps(_mm512_cvtepi32_ps(acc[r][g]), scale);                                       \
                __m512 bound = _mm512_loadu_ps(thresholds + (first + g) * CK_LANES);                                      \
                unsigned mask = _mm512_cmp_ps_mask(score, bound, _CMP_GE_OQ);                                             \
                if (__builtin_expect(mask != 0, 0))                                                                       \
                    found = write_passed(score, mask, (first + g) * CK_LANES, row + r, passed, found);                    \
            }                                                                                                             \
        }                                                                                                                 \
        return found;                                                                                                     \
    }
CK_TILE(tile_many, 6, 4)
CK_TILE(tile_rows, 12, 1)
CK_TILE(tile_groups, 1, 4)
CK_TILE(tile_one, 1, 1)

// Blocks of rows that stay in the first cache while all queries pass over them.
#define CK_BLOCK 96

CK_VNNI static size_t vnni_scan(const uint8_t *packed, size_t groups, size_t n, const int8_t *rows, size_t row_count,
                                const float *scales, const float *thresholds, ck_passed_row *passed) {
    size_t found = 0;
    int32_t totals[CK_BLOCK];
    for (size_t first = 0; first < row_count; first += CK_BLOCK) {
        size_t end = row_count - first < CK_BLOCK ? row_count : first + CK_BLOCK, g = 0;
        for (size_t r = first; r < end; r++) totals[r - first] = vnni_total(rows + r * n, n);
        for (; g + 4 <= groups; g += 4) {
            size_t r = first;
            for (; r + 6 <= end; r += 6)
                found = tile_many(packed, g, n, rows, r, totals + (r - first), scales, thresholds, passed, found);
            for (; r < end; r++)
                found = tile_groups(packed, g, n, rows, r, totals + (r - first), scales, thresholds, passed, found);
        }
        for (; g < groups; g++) {
            size_t r = first;
            for (; r + 12 <= end; r += 12)
                found = tile_rows(packed, g, n, rows, r, totals + (r - first), scales, thresholds, passed, found);
            for (; r < end; r++)
                found = tile_one(packed, g, n, rows, r, totals + (r - first), scales, thresholds, passed, found);
        }
    }
    return found;
}
#endif

size_t ck_quantized_scan(int level, const uint8_t *packed, size_t groups, size_t n, const int8_t *rows, size_t row_count,
                         const float *scales, const float *thresholds, ck_passed_row *passed) {
#if defined(__x86_64__)
    if (level >= CK_VECTOR_V4 && has_vnni())
        return vnni_scan(packed, groups, n, rows, row_count, scales, thresholds, passed);
    if (level >= CK_VECTOR_V3 && ck_processor_level() >= 1)
        return v3_scan(packed, groups, n, rows, row_count, scales, thresholds, passed);
#else
    (void)level;
#endif
    return plain_scan(packed, groups, n, rows, row_count, scales, thresholds, passed);
}

// MARK: One query

#define CK_SCORES(NAME, TARGET)                                                                                           \
    TARGET static void NAME(const int8_t *query, size_t n, const int8_t *rows, size_t row_count, const float *scales,     \
                            float *scores) {                                                                              \
        for (size_t r = 0; r < row_count; r++) {                                                                          \
            const int8_t *row = rows + r * n;                                                                             \
            int32_t sum = 0;                                                                                              \
            for (size_t i = 0; i < n; i++) sum += query[i] * row[i];                                                      \
            scores[r] = (float)sum * scales[r];                                                                           \
        }                                                                                                                 \
    }
CK_SCORES(plain_scores, )

#if defined(__x86_64__)
CK_SCORES(v3_scores, CK_V3)

CK_VNNI static void vnni_scores(const int8_t *query, size_t n, const int8_t *rows, size_t row_count, const float *scales,
                                float *scores) {
    // A row is read as unsigned, 128 more a byte, which 128 times the query's sum takes away again.
    const __m512i offset = _mm512_set1_epi8((char)128);
    const int32_t excess = 128 * vnni_total(query, n);
    const __mmask64 rest = n % 64 ? ~(__mmask64)0 >> (64 - n % 64) : 0;
    for (size_t r = 0; r < row_count; r++) {
        const int8_t *row = rows + r * n;
        __m512i sum = _mm512_setzero_si512();
        size_t i = 0;
        for (; i + 64 <= n; i += 64)
            sum = _mm512_dpbusd_epi32(sum, _mm512_xor_si512(_mm512_loadu_si512(row + i), offset), _mm512_loadu_si512(query + i));
        if (rest)
            sum = _mm512_dpbusd_epi32(sum, _mm512_xor_si512(_mm512_maskz_loadu_epi8(rest, row + i), offset),
                                      _mm512_maskz_loadu_epi8(rest, query + i));
        scores[r] = (float)(_mm512_reduce_add_epi32(sum) - excess) * scales[r];
    }
}
#endif

void ck_quantized_scores(int level, const int8_t *query, size_t n, const int8_t *rows, size_t row_count, const float *scales,
                         float *scores) {
#if defined(__x86_64__)
    if (level >= CK_VECTOR_V4 && has_vnni()) return vnni_scores(query, n, rows, row_count, scales, scores);
    if (level >= CK_VECTOR_V3 && ck_processor_level() >= 1) return v3_scores(query, n, rows, row_count, scales, scores);
#else
    (void)level;
#endif
    plain_scores(query, n, rows, row_count, scales, scores);
}
