#pragma once
#include <stddef.h>
#include <stdint.h>

// Choosing and sorting 64-bit keys.

// Moves the k largest of n keys to the front, in no order. Expected O(n): Hoare's quickselect (Communications of the ACM 4(7), 1961),
// the middle of three as pivot, without branches on the keys.
void ck_select_largest(uint64_t *keys, size_t n, size_t k, uint64_t *scratch);

// Sorts n keys in descending order; `scratch` has room for n. A radix sort on the high 32 bits, then runs of equal high halves are
// sorted by their low halves.
void ck_sort_descending(uint64_t *keys, size_t n, uint64_t *scratch);
