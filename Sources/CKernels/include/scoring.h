#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The inner loops of scoring postings into one accumulator a document. All arithmetic is in single precision, each operation
// rounded, none fused, so that every implementation gives the same bits.

// For each i: sums[documents[i]] += weight - weight / (1 + frequencies[i] * inverse_norms[documents[i]]).
// `count` is at most 128; documents are distinct and frequencies below 2^31.
void ck_add_scores(const uint32_t *documents, const uint32_t *frequencies, size_t count, float weight,
                   const float *inverse_norms, float *sums);

// The first index from `start` on whose value is at least `threshold`; `count` where there is none. No value is a NaN.
size_t ck_find_at_least(const float *values, size_t start, size_t count, float threshold);

// The implementations by name, for tests: 0 is the plain twin, 1 the one compiled for AVX2. False where this machine cannot run it.
bool ck_add_scores_with(int implementation, const uint32_t *documents, const uint32_t *frequencies, size_t count, float weight,
                        const float *inverse_norms, float *sums);
bool ck_find_at_least_with(int implementation, const float *values, size_t start, size_t count, float threshold, size_t *found);
