// Loops of vector search.
#pragma once
#include <stddef.h>
#include <stdint.h>

// The places of the n scores that are at least `threshold`, in order; returns how many there are.
//
// The result is the same at every instruction level (those of vector.h), which is an argument for the tests; a level that this processor
// does not run falls back to the next one below.
size_t ck_at_least(int level, const float *scores, size_t n, float threshold, int32_t *places);
