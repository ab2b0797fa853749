#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The inner loops of scoring postings. A contribution is computed in single precision, each operation rounded, none fused; sums are
// in double precision. So every implementation gives the same bits.

// What a term contributes with a frequency f in a document with the inverse norm n: ceiling - slope / (offset + f * n).
typedef struct {
    float ceiling;
    float slope;
    float offset;
} ck_saturation;

// parts[i] = the contribution of posting i. `frequencies` may be NULL: all are 1. Frequencies lie below 2^31.
void ck_contributions(const uint32_t *documents, const uint32_t *frequencies, size_t count, ck_saturation saturation,
                      const float *inverse_norms, float *parts);

// sums[documents[i] - base] += the contribution of posting i. `count` is at most 128; documents are distinct and not below `base`.
void ck_add_contributions(const uint32_t *documents, const uint32_t *frequencies, size_t count, ck_saturation saturation,
                          const float *inverse_norms, uint32_t base, double *sums);

// The number of the 128 documents, each below 2^31, that are below `limit`.
size_t ck_count_below(const uint32_t *documents, uint32_t limit);

// Moves the sums that are at least `cut` out: writes base + index and value of each, in ascending order, and returns their number.
// Every sum is zero afterwards. `count` is a multiple of 32; room for `count` results is needed.
size_t ck_take_at_least(double *sums, size_t count, double cut, uint32_t base, uint32_t *found, double *values);

// The same for the sums of the `count` documents listed, which may repeat, in the order of the list.
size_t ck_take_listed(double *sums, const uint32_t *documents, size_t count, double cut, uint32_t base, uint32_t *found,
                      double *values);

// The implementations by name, for tests: 0 is the plain twin, 1 the one for AVX2, 2 that for AVX-512. False where this machine cannot run it.
bool ck_contributions_with(int implementation, const uint32_t *documents, const uint32_t *frequencies, size_t count,
                           ck_saturation saturation, const float *inverse_norms, float *parts);
bool ck_add_contributions_with(int implementation, const uint32_t *documents, const uint32_t *frequencies, size_t count,
                               ck_saturation saturation, const float *inverse_norms, uint32_t base, double *sums);
bool ck_count_below_with(int implementation, const uint32_t *documents, uint32_t limit, size_t *result);
bool ck_take_at_least_with(int implementation, double *sums, size_t count, double cut, uint32_t base, uint32_t *found,
                           double *values, size_t *result);
