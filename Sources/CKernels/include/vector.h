// Vector loops over float rows: dot, axpy, weighted row sums, softmax cross-entropy, steps of optimizers.
//
// One table of functions a level. `ck_vector_best()` is the best that this processor runs; the levels beside it are for tests.
// Level CK_VECTOR_PLAIN is the twin in plain loops; the levels above it share one body and differ in instruction set only, so
// CK_VECTOR_V3 and CK_VECTOR_V4 (both with fused multiply-add) give the same bits.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum {
    CK_VECTOR_PLAIN = 0,     // scalar loops
    CK_VECTOR_BASELINE = 1,  // what the compiler may assume without flags (SSE2, NEON)
    CK_VECTOR_V3 = 2,        // x86-64-v3: AVX2 and FMA
    CK_VECTOR_V4 = 3         // x86-64-v4: AVX-512
};

// The constants of one Adam step.
typedef struct ck_adam_step {
    float rate;         // learning rate divided by the first moment's bias correction
    float correction;   // 1 / sqrt of the second moment's bias correction
    float beta1;
    float beta2;
    float epsilon;
    float keep;         // what weights are multiplied with before the step: 1 - rate * decay, or 1
} ck_adam_step;

typedef struct ck_vector_kernels {
    // The products of `queries` x `rows` vectors of n floats: out[q * out_stride + r]. Every product is summed in the same order
    // whatever stands beside it, so a score has the same bits alone and in a block.
    void (*dots)(const float *queries, size_t query_count, size_t query_stride, const float *rows, size_t row_count,
                 size_t row_stride, size_t n, float *out, size_t out_stride);
    // y += alpha * x
    void (*axpy)(float alpha, const float *x, float *y, size_t n);
    // x *= alpha
    void (*scale)(float alpha, float *x, size_t n);
    // out = sum over k of weights[k] * rows[ids[k]]; ids are trusted.
    void (*gather)(const float *rows, size_t stride, const int32_t *ids, const float *weights, size_t count, float *out, size_t n);
    // Softmax cross-entropy of scale * row against `target`, which is replaced by its gradient times `weight`; returns the loss.
    // An entry of -infinity is masked: probability and gradient 0.
    float (*cross_entropy)(float *row, size_t n, size_t target, float scale, float weight);
    // One Adam step on a row with gradient g.
    void (*adam)(float *w, float *m, float *v, const float *g, size_t n, const ck_adam_step *step);
    // One Adagrad step on a row with gradient g; s holds the sums of squares.
    void (*adagrad)(float *w, float *s, const float *g, size_t n, float rate, float epsilon);
} ck_vector_kernels;

// The kernels of a level, or NULL where this processor does not run it.
const ck_vector_kernels *ck_vector_kernels_at(int level);

// The best level that this processor runs, and its kernels.
int ck_vector_best_level(void);
const ck_vector_kernels *ck_vector_best(void);
