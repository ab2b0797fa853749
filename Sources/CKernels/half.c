#include "half.h"

#include "dispatch.h"
#include "vector.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define CK_V3 __attribute__((target("arch=x86-64-v3")))
#define CK_V4 __attribute__((target("arch=x86-64-v4,no-prefer-256-bit")))

static int runs(int level, int wanted) { return level >= wanted && ck_processor_level() >= wanted - CK_VECTOR_BASELINE; }
#endif

static void plain_half_to_float(const uint16_t *from, float *to, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint32_t sign = (uint32_t)(from[i] & 0x8000) << 16, exponent = (from[i] >> 10) & 0x1F, fraction = from[i] & 0x3FF;
        uint32_t bits = sign | (exponent + 112) << 23 | fraction << 13;
        if (exponent == 31) bits = sign | 0x7F800000 | fraction << 13 | (fraction ? 0x400000 : 0);
        if (exponent == 0) {
            float magnitude = (float)fraction * 0x1p-24f;
            memcpy(&bits, &magnitude, 4);
            bits |= sign;
        }
        memcpy(to + i, &bits, 4);
    }
}

static void plain_float_to_half(const float *from, uint16_t *to, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, from + i, 4);
        uint32_t sign = (bits >> 16) & 0x8000, magnitude = bits & 0x7FFFFFFF, half;
        if (magnitude > 0x7F800000) {
            half = 0x7E00 | (magnitude >> 13 & 0x3FF);  // not a number, made quiet
        } else if (magnitude >= 0x477FF000) {
            half = 0x7C00;  // rounds to more than the greatest
        } else if (magnitude >= 0x38800000) {
            half = (magnitude - 0x38000000 + 0xFFF + (magnitude >> 13 & 1)) >> 13;
        } else {
            float value, shifted;
            memcpy(&value, &magnitude, 4);
            shifted = value + 0.5f;  // its last bit is worth 2^-24, as a subnormal half's
            memcpy(&half, &shifted, 4);
            half -= 0x3F000000;
        }
        to[i] = (uint16_t)(sign | half);
    }
}

#if defined(__x86_64__)
CK_V3 static void v3_half_to_float(const uint16_t *from, float *to, size_t n) {
    size_t i = 0;
    for (; i + 8 <= n; i += 8) _mm256_storeu_ps(to + i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(from + i))));
    plain_half_to_float(from + i, to + i, n - i);
}

CK_V3 static void v3_float_to_half(const float *from, uint16_t *to, size_t n) {
    size_t i = 0;
    for (; i + 8 <= n; i += 8)
        _mm_storeu_si128((__m128i *)(to + i), _mm256_cvtps_ph(_mm256_loadu_ps(from + i), _MM_FROUND_TO_NEAREST_INT));
    plain_float_to_half(from + i, to + i, n - i);
}

CK_V4 static void v4_half_to_float(const uint16_t *from, float *to, size_t n) {
    size_t i = 0;
    for (; i + 16 <= n; i += 16) _mm512_storeu_ps(to + i, _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)(from + i))));
    plain_half_to_float(from + i, to + i, n - i);
}
#endif

void ck_half_to_float(int level, const uint16_t *from, float *to, size_t n) {
#if defined(__x86_64__)
    if (runs(level, CK_VECTOR_V4)) return v4_half_to_float(from, to, n);
    if (runs(level, CK_VECTOR_V3)) return v3_half_to_float(from, to, n);
#else
    (void)level;
#endif
    plain_half_to_float(from, to, n);
}

void ck_float_to_half(int level, const float *from, uint16_t *to, size_t n) {
#if defined(__x86_64__)
    if (runs(level, CK_VECTOR_V3)) return v3_float_to_half(from, to, n);
#else
    (void)level;
#endif
    plain_float_to_half(from, to, n);
}
