#include "selection.h"

#include <string.h>

static void insertion_sort(uint64_t *keys, size_t n) {
    for (size_t i = 1; i < n; i++) {
        uint64_t key = keys[i];
        size_t j = i;
        for (; j > 0 && keys[j - 1] < key; j--) keys[j] = keys[j - 1];
        keys[j] = key;
    }
}

static uint64_t middle_of_three(uint64_t a, uint64_t b, uint64_t c) {
    uint64_t low = a < b ? a : b, high = a < b ? b : a;
    uint64_t inner = high < c ? high : c;
    return low > inner ? low : inner;
}

void ck_select_largest(uint64_t *keys, size_t n, size_t k, uint64_t *scratch) {
    size_t low = 0, high = n;  // the k-th largest lies in low..<high
    while (k > low && k < high) {
        size_t size = high - low;
        if (size <= 32) {
            insertion_sort(keys + low, size);
            return;
        }
        uint64_t pivot = middle_of_three(keys[low], keys[low + size / 2], keys[high - 1]);
        // Keys at least the pivot stay in front; those below go to the scratch.
        size_t front = low, rest = 0;
        for (size_t i = low; i < high; i++) {
            uint64_t key = keys[i];
            int stays = key >= pivot;
            keys[front] = key;
            scratch[rest] = key;
            front += (size_t)stays;
            rest += (size_t)!stays;
        }
        memcpy(keys + front, scratch, rest * sizeof *keys);
        if (k < front) {
            if (front == high) {
                // Nothing is below the pivot: move the keys equal to it behind the others, so that the range shrinks.
                size_t above = low;
                for (size_t i = low; i < high; i++)
                    if (keys[i] > pivot) {
                        uint64_t key = keys[i];
                        keys[i] = keys[above];
                        keys[above++] = key;
                    }
                if (k >= above) return;
                front = above;
            }
            high = front;
        } else {
            low = front;
        }
    }
}

// Sorts keys with equal high halves by their low halves.
static void sort_run(uint64_t *keys, size_t n, uint64_t *scratch) {
    if (n <= 24) {
        insertion_sort(keys, n);
        return;
    }
    uint64_t *from = keys, *to = scratch;
    for (unsigned shift = 0; shift < 32; shift += 8) {
        size_t starts[256] = {0};
        for (size_t i = 0; i < n; i++) starts[255 - (from[i] >> shift & 255)]++;
        size_t sum = 0;
        for (size_t v = 0; v < 256; v++) {
            size_t count = starts[v];
            starts[v] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++) to[starts[255 - (from[i] >> shift & 255)]++] = from[i];
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
}

void ck_sort_descending(uint64_t *keys, size_t n, uint64_t *scratch) {
    if (n <= 48) {
        insertion_sort(keys, n);
        return;
    }
    uint32_t lowest = UINT32_MAX, highest = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t high = (uint32_t)(keys[i] >> 32);
        lowest = high < lowest ? high : lowest;
        highest = high > highest ? high : highest;
    }
    uint32_t spread = highest - lowest;
    uint64_t *from = keys, *to = scratch;
    for (unsigned shift = 0; shift < 32 && spread >> shift; shift += 11) {
        uint32_t starts[2048];
        memset(starts, 0, sizeof starts);
        for (size_t i = 0; i < n; i++) starts[(highest - (uint32_t)(from[i] >> 32)) >> shift & 2047]++;
        uint32_t sum = 0;
        for (size_t v = 0; v < 2048; v++) {
            uint32_t count = starts[v];
            starts[v] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++) to[starts[(highest - (uint32_t)(from[i] >> 32)) >> shift & 2047]++] = from[i];
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != keys) memcpy(keys, from, n * sizeof *keys);
    for (size_t start = 0; start < n;) {
        size_t end = start + 1;
        while (end < n && keys[end] >> 32 == keys[start] >> 32) end++;
        if (end - start > 1) sort_run(keys + start, end - start, scratch);
        start = end;
    }
}
