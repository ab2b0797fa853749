#include "transformer.h"

#include "dispatch.h"
#include "vector.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef float ck_t16 __attribute__((ext_vector_type(16), aligned(4), may_alias));
typedef uint32_t ck_u16 __attribute__((ext_vector_type(16), aligned(4), may_alias));
typedef uint16_t ck_h16 __attribute__((ext_vector_type(16), aligned(2), may_alias));
typedef float ck_t8 __attribute__((ext_vector_type(8), aligned(4), may_alias));
typedef float ck_t4 __attribute__((ext_vector_type(4), aligned(4), may_alias));
typedef float ck_t2 __attribute__((ext_vector_type(2), aligned(4), may_alias));
typedef uint32_t ck_u8 __attribute__((ext_vector_type(8), aligned(4), may_alias));
typedef uint64_t ck_l8 __attribute__((ext_vector_type(8), aligned(8), may_alias));

// MARK: The plain twin

// Phi(x) and what the derivative of x Phi(x) has besides it, without the factor x.
static double plain_normal(int form, double x, double *slope) {
    if (form == CK_GELU_TANH) {
        double root = 0.7978845608028654, s = 1 / (1 + exp(-2 * root * (x + 0.044715 * x * x * x)));
        *slope = s * (1 - s) * (1 + 3 * 0.044715 * x * x) * 2 * root;
        return s;
    }
    *slope = 0.3989422804014327 * exp(-0.5 * x * x);
    return 0.5 * (1 + erf(x * 0.7071067811865476));
}

static void plain_activate(int form, const float *x, float *y, size_t n) {
    double slope;
    for (size_t i = 0; i < n; i++)
        y[i] = form == CK_RECTIFIED ? (x[i] < 0 ? 0 : x[i]) : (float)(x[i] * plain_normal(form, x[i], &slope));
}

static void plain_to_bfloat16(const float *x, uint16_t *y, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, x + i, 4);
        y[i] = (uint16_t)(x[i] != x[i] ? bits >> 16 | 0x40 : (bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
    }
}

static void plain_activate_half(int form, const float *x, uint16_t *y, size_t n) {
    for (size_t i = 0; i < n; i++) {
        float value;
        plain_activate(form, x + i, &value, 1);
        plain_to_bfloat16(&value, y + i, 1);
    }
}

static void plain_activate_gradient(int form, const float *x, float *g, size_t n) {
    for (size_t i = 0; i < n; i++) {
        double slope, distribution = plain_normal(form, x[i], &slope);
        if (form == CK_RECTIFIED) g[i] = x[i] <= 0 ? 0 : g[i];
        else g[i] = (float)(g[i] * (distribution + x[i] * slope));
    }
}

static void plain_softmax(float *row, const float *bias, size_t n, float scale) {
    float top = -INFINITY, total = 0;
    for (size_t i = 0; i < n; i++) {
        row[i] = row[i] * scale + (bias ? bias[i] : 0);
        top = row[i] > top ? row[i] : top;
    }
    for (size_t i = 0; i < n; i++) total += row[i] = row[i] > -INFINITY ? expf(row[i] - top) : 0;
    for (size_t i = 0; i < n; i++) row[i] = total > 0 ? row[i] / total : 0;
}

static void plain_softmax_gradient(const float *p, float *g, size_t n, float scale) {
    float mean = 0;
    for (size_t i = 0; i < n; i++) mean += g[i] * p[i];
    for (size_t i = 0; i < n; i++) g[i] = scale * p[i] * (g[i] - mean);
}

static void plain_normalize(float *sum, const float *residual, const float *weight, const float *bias, float epsilon, float *y,
                            size_t n, float *statistics) {
    double mean = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum[i] += residual ? residual[i] : 0;
        mean += sum[i];
    }
    mean /= (double)n;
    for (size_t i = 0; i < n; i++) squares += (sum[i] - mean) * (sum[i] - mean);
    double reciprocal = 1 / sqrt(squares / (double)n + epsilon);
    for (size_t i = 0; i < n; i++) y[i] = (float)((sum[i] - mean) * reciprocal * weight[i] + bias[i]);
    statistics[0] = (float)mean;
    statistics[1] = (float)reciprocal;
}

static void plain_normalize_gradient(const float *sum, const float *weight, float *g, float *weight_gradient, float *bias_gradient,
                                     size_t n, float mean, float reciprocal) {
    double level = 0, along = 0;
    for (size_t i = 0; i < n; i++) {
        double unit = ((double)sum[i] - mean) * reciprocal, h = g[i] * weight[i];
        weight_gradient[i] += (float)(g[i] * unit);
        bias_gradient[i] += g[i];
        level += h;
        along += h * unit;
    }
    for (size_t i = 0; i < n; i++) {
        double unit = ((double)sum[i] - mean) * reciprocal;
        g[i] = (float)((g[i] * weight[i] - level / (double)n - unit * along / (double)n) * reciprocal);
    }
}

static void plain_add(const float *x, float *y, size_t n) {
    for (size_t i = 0; i < n; i++) y[i] += x[i];
}

static void plain_drop(float *x, size_t n, uint64_t position, const ck_dropout *dropout) {
    for (size_t i = 0; i < n; i++) {
        uint64_t bits = dropout->seed + (position + i + 1) * 0x9E3779B97F4A7C15u;
        bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9u;
        bits = (bits ^ bits >> 27) * 0x94D049BB133111EBu;
        bits = (bits ^ bits >> 31) >> 32;
        x[i] = bits < dropout->threshold ? 0 : x[i] * dropout->factor;
    }
}

static const ck_transformer_kernels plain_kernels = {
    plain_activate, plain_activate_half, plain_activate_gradient, plain_softmax, plain_softmax_gradient, plain_normalize,
    plain_normalize_gradient, plain_add, plain_drop, plain_to_bfloat16,
};

// MARK: The vector levels

#define CK_NAME(x) base_##x
#define CK_TARGET
#include "transformer_body.h"

#if defined(__x86_64__)
#define CK_NAME(x) v3_##x
#define CK_TARGET __attribute__((target("arch=x86-64-v3")))
#include "transformer_body.h"

#define CK_NAME(x) v4_##x
#define CK_TARGET __attribute__((target("arch=x86-64-v4,no-prefer-256-bit")))
#define CK_MASKED
#include "transformer_body.h"
#endif

// MARK: Dispatch

const ck_transformer_kernels *ck_transformer_kernels_at(int level) {
    switch (level) {
    case CK_VECTOR_PLAIN: return &plain_kernels;
    case CK_VECTOR_BASELINE: return &base_kernels;
#if defined(__x86_64__)
    case CK_VECTOR_V3:
        return ck_processor_level() >= 1 ? &v3_kernels : NULL;
    case CK_VECTOR_V4:
        return ck_processor_level() >= 2 ? &v4_kernels : NULL;
#endif
    default: return NULL;
    }
}

const ck_transformer_kernels *ck_transformer_best(void) {
    static _Atomic(const ck_transformer_kernels *) best;
    const ck_transformer_kernels *found = atomic_load_explicit(&best, memory_order_relaxed);
    if (!found) {
        found = ck_transformer_kernels_at(ck_vector_best_level());
        atomic_store_explicit(&best, found, memory_order_relaxed);
    }
    return found;
}
