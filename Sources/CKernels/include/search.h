// Loops of vector search: selection by a threshold, 16-bit floats, products of 8-bit integers.
//
// Every function has one result for every instruction level; the levels (those of vector.h) are arguments for the tests, and a level that
// this processor does not run falls back to the next one below.
#pragma once
#include <stddef.h>
#include <stdint.h>

// The places of the n scores that are at least `threshold`, in order; returns how many there are.
size_t ck_at_least(int level, const float *scores, size_t n, float threshold, int32_t *places);

// IEEE 754 binary16 to binary32 (exact) and back (to the nearest, ties to even).
void ck_half_to_float(int level, const uint16_t *from, float *to, size_t n);
void ck_float_to_half(int level, const float *from, uint16_t *to, size_t n);

// A row that passed a query's threshold.
typedef struct ck_passed_row {
    int32_t query;
    int32_t row;
    float score;
} ck_passed_row;

// Queries of signed bytes as `ck_quantized_scan` reads them: groups of 16 queries, within a group steps of 4 dimensions, within a step
// 16 x 4 bytes, each 128 more than the query's. The sizes are ceil(count / 16) and ceil(n / 4); what fills up is 128.
void ck_quantized_pack(const int8_t *queries, size_t count, size_t n, uint8_t *packed);

// Scores rows of n signed bytes against packed queries: score = (sum of integer products) * scales[row].
//
// Writes the pairs whose score is at least the query's threshold, at most 16 * groups * row_count, and returns how many there are; their
// order is unspecified. There is a threshold for each of the 16 * groups lanes. n is at most 65536, so that no sum overflows.
size_t ck_quantized_scan(int level, const uint8_t *packed, size_t groups, size_t n, const int8_t *rows, size_t row_count,
                         const float *scales, const float *thresholds, ck_passed_row *passed);
