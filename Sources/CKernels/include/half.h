// 16-bit floats (IEEE 754 binary16).
#pragma once
#include <stddef.h>
#include <stdint.h>

// To 32 bits (exact) and back (to the nearest, ties to even).
//
// The result is the same at every instruction level (those of vector.h), which is an argument for the tests; a level that this processor
// does not run falls back to the next one below.
void ck_half_to_float(int level, const uint16_t *from, float *to, size_t n);
void ck_float_to_half(int level, const float *from, uint16_t *to, size_t n);
