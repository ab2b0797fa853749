// Products of vectors of signed bytes.
//
// The result is the same at every instruction level (those of vector.h), which is an argument for the tests; a level that this processor
// does not run falls back to the next one below.
#pragma once
#include <stddef.h>
#include <stdint.h>

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

// Scores rows of n signed bytes against one query: scores[row] = (sum of integer products) * scales[row], as `ck_quantized_scan` has them.
void ck_quantized_scores(int level, const int8_t *query, size_t n, const int8_t *rows, size_t row_count, const float *scales,
                         float *scores);
