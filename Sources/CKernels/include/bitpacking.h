#pragma once
#include <stdbool.h>
#include <stdint.h>

// Bit packing of blocks of 128 unsigned integers, as in SIMD-BP128 (Lemire and Boytsov, "Decoding billions of integers per
// second through vectorization", Software: Practice and Experience 45, 2015): four interleaved lanes of 32-bit words. Value i
// lies in lane i % 4; a lane holds its 32 values one after the other, `bits` bits each, low bits first. A block takes
// 16 * bits bytes. Words are little-endian. `bits` is 0...32; a larger value is taken for 32.

// Packs 128 values, of which the low `bits` bits are kept, into 16 * bits bytes.
void ck_pack128(const uint32_t *values, unsigned bits, uint8_t *packed);

// Unpacks 16 * bits bytes into 128 values, to each of which `addend` is added.
void ck_unpack128(const uint8_t *packed, unsigned bits, uint32_t addend, uint32_t *values);

// Unpacks 128 gaps and sums them up: values[i] = base + sum over j <= i of (gap[j] + 1), modulo 2^32.
void ck_unpack128_gaps(const uint8_t *packed, unsigned bits, uint32_t base, uint32_t *values);

// The value at an index of 128 packed values, without an addend. `index` is taken modulo 128.
uint32_t ck_unpack_one(const uint8_t *packed, unsigned bits, unsigned index);

// The implementations by name, for tests: 0 is the plain twin, 1 vectors of the baseline, 2 the same compiled for AVX2.
// False where this machine cannot run it.
bool ck_unpack128_with(int implementation, const uint8_t *packed, unsigned bits, uint32_t addend, uint32_t *values);
bool ck_unpack128_gaps_with(int implementation, const uint8_t *packed, unsigned bits, uint32_t base, uint32_t *values);
