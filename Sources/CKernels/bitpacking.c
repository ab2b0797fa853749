#include "bitpacking.h"

#include "dispatch.h"

#include <stdatomic.h>
#include <string.h>

// ---- plain twin ----

static uint32_t load32(const uint8_t *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void store32(uint8_t *p, uint32_t v) {
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
    p[2] = (uint8_t)(v >> 16);
    p[3] = (uint8_t)(v >> 24);
}

void ck_pack128(const uint32_t *values, unsigned bits, uint8_t *packed) {
    if (bits > 32) bits = 32;
    const uint64_t mask = bits == 32 ? 0xFFFFFFFFu : (1u << bits) - 1u;
    for (unsigned lane = 0; lane < 4; lane++) {
        uint64_t pending = 0;
        unsigned held = 0, word = 0;
        for (unsigned row = 0; row < 32; row++) {
            pending |= (values[4 * row + lane] & mask) << held;
            held += bits;
            if (held >= 32) {
                store32(packed + 16 * word + 4 * lane, (uint32_t)pending);
                word++;
                pending >>= 32;
                held -= 32;
            }
        }
    }
}

uint32_t ck_unpack_one(const uint8_t *packed, unsigned bits, unsigned index) {
    if (bits > 32) bits = 32;
    if (bits == 0) return 0;
    index &= 127;
    const unsigned bit = index / 4 * bits, word = bit / 32, shift = bit % 32;
    uint64_t v = load32(packed + 16 * word + 4 * (index % 4));
    if (shift + bits > 32) v |= (uint64_t)load32(packed + 16 * (word + 1) + 4 * (index % 4)) << 32;
    return (uint32_t)(v >> shift) & (bits == 32 ? 0xFFFFFFFFu : (1u << bits) - 1u);
}

static void unpack_plain(const uint8_t *packed, unsigned bits, uint32_t addend, uint32_t *values) {
    if (bits > 32) bits = 32;
    const uint32_t mask = bits == 32 ? 0xFFFFFFFFu : (1u << bits) - 1u;
    for (unsigned i = 0; i < 128; i++) {
        unsigned bit = (i / 4) * bits, word = bit / 32, shift = bit % 32;
        uint64_t v = 0;
        if (bits) {
            v = load32(packed + 16 * word + 4 * (i % 4));
            if (shift + bits > 32) v |= (uint64_t)load32(packed + 16 * (word + 1) + 4 * (i % 4)) << 32;
        }
        values[i] = ((uint32_t)(v >> shift) & mask) + addend;
    }
}

static void unpack_gaps_plain(const uint8_t *packed, unsigned bits, uint32_t base, uint32_t *values) {
    unpack_plain(packed, bits, 1, values);
    for (unsigned i = 0; i < 128; i++) values[i] = base += values[i];
}

// ---- vectors of four lanes; the width is a constant in each of the 33 copies ----

typedef uint32_t lanes __attribute__((vector_size(16)));

static inline __attribute__((always_inline)) lanes load_lanes(const uint8_t *p) {
    lanes v;
    memcpy(&v, p, 16);
    return v;
}

static inline __attribute__((always_inline)) void store_lanes(uint32_t *p, lanes v) { memcpy(p, &v, 16); }

// The row's four values, without an addend.
static inline __attribute__((always_inline)) lanes
row_of(const uint8_t *packed, const unsigned bits, const unsigned row) {
    const lanes zero = {0, 0, 0, 0};
    if (bits == 0) return zero;
    const unsigned bit = row * bits, word = bit / 32, shift = bit % 32;
    lanes v = load_lanes(packed + 16 * word) >> shift;
    if (shift + bits > 32) v |= load_lanes(packed + 16 * (word + 1)) << (32 - shift);
    const uint32_t mask = bits == 32 ? 0xFFFFFFFFu : (1u << (bits & 31)) - 1u;
    return shift + bits == 32 ? v : (v & mask);
}

static inline __attribute__((always_inline)) void
unpack_body(const uint8_t *packed, const unsigned bits, uint32_t addend, uint32_t *values) {
    const lanes add = {addend, addend, addend, addend};
#pragma clang loop unroll(full)
    for (unsigned row = 0; row < 32; row++) store_lanes(values + 4 * row, row_of(packed, bits, row) + add);
}

static inline __attribute__((always_inline)) void
unpack_gaps_body(const uint8_t *packed, const unsigned bits, uint32_t base, uint32_t *values) {
    const lanes zero = {0, 0, 0, 0}, ramp = {1, 2, 3, 4};
    lanes last = {base, base, base, base};
#pragma clang loop unroll(full)
    for (unsigned row = 0; row < 32; row++) {
        lanes v = row_of(packed, bits, row);
        v += __builtin_shufflevector(zero, v, 0, 4, 5, 6);
        v += __builtin_shufflevector(zero, v, 0, 1, 4, 5);
        v += last + ramp;
        store_lanes(values + 4 * row, v);
        last = __builtin_shufflevector(v, v, 3, 3, 3, 3);
    }
}

#define CASES(F)                                                                                                     \
    F(0) F(1) F(2) F(3) F(4) F(5) F(6) F(7) F(8) F(9) F(10) F(11) F(12) F(13) F(14) F(15) F(16) F(17) F(18) F(19)    \
    F(20) F(21) F(22) F(23) F(24) F(25) F(26) F(27) F(28) F(29) F(30) F(31)
#define UNPACK(B) case B: unpack_body(packed, B, addend, values); return;
#define UNPACK_GAPS(B) case B: unpack_gaps_body(packed, B, base, values); return;
#define DEFINE(SUFFIX, ATTRIBUTES)                                                                                   \
    ATTRIBUTES static void unpack_##SUFFIX(const uint8_t *packed, unsigned bits, uint32_t addend, uint32_t *values) { \
        switch (bits) { CASES(UNPACK) default: unpack_body(packed, 32, addend, values); }                            \
    }                                                                                                                \
    ATTRIBUTES static void unpack_gaps_##SUFFIX(const uint8_t *packed, unsigned bits, uint32_t base, uint32_t *values) { \
        switch (bits) { CASES(UNPACK_GAPS) default: unpack_gaps_body(packed, 32, base, values); }                    \
    }

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define HAS_VECTORS 1
DEFINE(v1, )
#if defined(__x86_64__)
#define HAS_V3 1
DEFINE(v3, __attribute__((target("arch=x86-64-v3"))))
#endif
#endif

// ---- dispatch ----

typedef void (*unpack_t)(const uint8_t *, unsigned, uint32_t, uint32_t *);

static int best(void) {
#if defined(HAS_V3)
    if (ck_processor_level() >= 1) return 2;
#endif
#if defined(HAS_VECTORS)
    return 1;
#else
    return 0;
#endif
}

static unpack_t pick(int implementation, bool gaps) {
    switch (implementation) {
    case 0: return gaps ? unpack_gaps_plain : unpack_plain;
#if defined(HAS_VECTORS)
    case 1: return gaps ? unpack_gaps_v1 : unpack_v1;
#endif
#if defined(HAS_V3)
    case 2: return best() == 2 ? (gaps ? unpack_gaps_v3 : unpack_v3) : 0;
#endif
    default: return 0;
    }
}

static unpack_t cached(_Atomic(unpack_t) *slot, bool gaps) {
    unpack_t f = atomic_load_explicit(slot, memory_order_relaxed);
    if (!f) {
        f = pick(best(), gaps);
        atomic_store_explicit(slot, f, memory_order_relaxed);
    }
    return f;
}

void ck_unpack128(const uint8_t *packed, unsigned bits, uint32_t addend, uint32_t *values) {
    static _Atomic(unpack_t) slot;
    cached(&slot, false)(packed, bits, addend, values);
}

void ck_unpack128_gaps(const uint8_t *packed, unsigned bits, uint32_t base, uint32_t *values) {
    static _Atomic(unpack_t) slot;
    cached(&slot, true)(packed, bits, base, values);
}

static bool run(int implementation, bool gaps, const uint8_t *packed, unsigned bits, uint32_t x, uint32_t *values) {
    unpack_t f = pick(implementation, gaps);
    if (!f) return false;
    f(packed, bits, x, values);
    return true;
}

bool ck_unpack128_with(int implementation, const uint8_t *packed, unsigned bits, uint32_t addend, uint32_t *values) {
    return run(implementation, false, packed, bits, addend, values);
}

bool ck_unpack128_gaps_with(int implementation, const uint8_t *packed, unsigned bits, uint32_t base, uint32_t *values) {
    return run(implementation, true, packed, bits, base, values);
}
