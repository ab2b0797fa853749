#include "vector.h"

#include "dispatch.h"

#include <math.h>
#include <stdatomic.h>

typedef float ck_f16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t ck_i16 __attribute__((vector_size(64), aligned(4), may_alias));

// MARK: The plain twin

static void plain_dots(const float *queries, size_t query_count, size_t query_stride, const float *rows, size_t row_count,
                       size_t row_stride, size_t n, float *out, size_t out_stride) {
    for (size_t q = 0; q < query_count; q++)
        for (size_t r = 0; r < row_count; r++) {
            float sum = 0;
            for (size_t i = 0; i < n; i++) sum += queries[q * query_stride + i] * rows[r * row_stride + i];
            out[q * out_stride + r] = sum;
        }
}

static void plain_axpy(float alpha, const float *x, float *y, size_t n) {
    for (size_t i = 0; i < n; i++) y[i] += alpha * x[i];
}

static void plain_scale(float alpha, float *x, size_t n) {
    for (size_t i = 0; i < n; i++) x[i] *= alpha;
}

static void plain_gather(const float *rows, size_t stride, const int32_t *ids, const float *weights, size_t count, float *out,
                         size_t n) {
    for (size_t i = 0; i < n; i++) out[i] = 0;
    for (size_t k = 0; k < count; k++) plain_axpy(weights[k], rows + (size_t)ids[k] * stride, out, n);
}

static float plain_cross_entropy(float *row, size_t n, size_t target, float scale, float weight) {
    float top = -INFINITY, total = 0, wanted = row[target];
    for (size_t i = 0; i < n; i++) top = row[i] > top ? row[i] : top;
    for (size_t i = 0; i < n; i++) {
        row[i] = expf((row[i] - top) * scale);
        total += row[i];
    }
    for (size_t i = 0; i < n; i++) row[i] *= weight * scale / total;
    row[target] -= weight * scale;
    return logf(total) - (wanted - top) * scale;
}

static void plain_adam(float *w, float *m, float *v, const float *g, size_t n, const ck_adam_step *step) {
    for (size_t i = 0; i < n; i++) {
        m[i] = step->beta1 * m[i] + (1 - step->beta1) * g[i];
        v[i] = step->beta2 * v[i] + (1 - step->beta2) * (g[i] * g[i]);
        w[i] = step->keep * w[i] - step->rate * m[i] / (sqrtf(v[i]) * step->correction + step->epsilon);
    }
}

static void plain_adagrad(float *w, float *s, const float *g, size_t n, float rate, float epsilon) {
    for (size_t i = 0; i < n; i++) {
        s[i] += g[i] * g[i];
        w[i] -= rate * g[i] / (sqrtf(s[i]) + epsilon);
    }
}

static const ck_vector_kernels plain_kernels = {
    plain_dots, plain_axpy, plain_scale, plain_gather, plain_cross_entropy, plain_adam, plain_adagrad,
};

// MARK: The vector levels

#define CK_NAME(x) base_##x
#define CK_TARGET
#define CK_FMA(a, b, c) ((a) * (b) + (c))
#define CK_QUERIES 2
#define CK_ROWS 2
#include "vector_body.h"

#if defined(__x86_64__)
#define CK_NAME(x) v3_##x
#define CK_TARGET __attribute__((target("arch=x86-64-v3")))
#define CK_FMA(a, b, c) __builtin_fmaf(a, b, c)
#define CK_QUERIES 4
#define CK_ROWS 1
#include "vector_body.h"

#define CK_NAME(x) v4_##x
#define CK_TARGET __attribute__((target("arch=x86-64-v4,no-prefer-256-bit")))
#define CK_FMA(a, b, c) __builtin_fmaf(a, b, c)
#define CK_QUERIES 4
#define CK_ROWS 4
#include "vector_body.h"
#endif

// MARK: Dispatch

const ck_vector_kernels *ck_vector_kernels_at(int level) {
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

int ck_vector_best_level(void) {
    for (int level = CK_VECTOR_V4; level > CK_VECTOR_PLAIN; level--)
        if (ck_vector_kernels_at(level)) return level;
    return CK_VECTOR_PLAIN;
}

const ck_vector_kernels *ck_vector_best(void) {
    static _Atomic(const ck_vector_kernels *) best;
    const ck_vector_kernels *found = atomic_load_explicit(&best, memory_order_relaxed);
    if (!found) {
        found = ck_vector_kernels_at(ck_vector_best_level());
        atomic_store_explicit(&best, found, memory_order_relaxed);
    }
    return found;
}
