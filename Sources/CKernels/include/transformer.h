// Loops of a transformer's layers over rows of floats: activations, softmax, layer normalisation, dropout, rounding to bfloat16.
//
// One table of functions a level, the levels being those of vector.h. The levels above the plain twin share one body; CK_VECTOR_V3 and
// CK_VECTOR_V4 give the same bits. The order of a sum depends on n alone.
#pragma once
#include <stddef.h>
#include <stdint.h>

// x Phi(x) with the error function, with its approximation by tanh, and max(x, 0).
enum { CK_GELU_ERF = 0, CK_GELU_TANH = 1, CK_RECTIFIED = 2 };

// The mask of dropout: value number i is kept where the high half of SplitMix64's output i + 1 after `seed` is at least `threshold`.
typedef struct ck_dropout {
    uint64_t seed;
    uint32_t threshold;
    float factor;  // what a kept value is multiplied with
} ck_dropout;

typedef struct ck_transformer_kernels {
    // y = f(x); x and y may be the same.
    void (*activate)(int form, const float *x, float *y, size_t n);
    // The same, rounded to the nearest bfloat16.
    void (*activate_half)(int form, const float *x, uint16_t *y, size_t n);
    // g *= f'(x)
    void (*activate_gradient)(int form, const float *x, float *g, size_t n);
    // row = softmax(scale * row + bias); `bias` may be NULL. A score of -infinity gets 0; a row of them becomes zeros.
    void (*softmax)(float *row, const float *bias, size_t n, float scale);
    // g = scale * p * (g - sum of g p)
    void (*softmax_gradient)(const float *p, float *g, size_t n, float scale);
    // sum += residual, unless that is NULL; y = weight * (sum - mean) * reciprocal + bias, with the two numbers left in `statistics`.
    void (*normalize)(float *sum, const float *residual, const float *weight, const float *bias, float epsilon, float *y, size_t n,
                      float *statistics);
    // g becomes the gradient of `sum`; those of weight and bias are added to what is there.
    void (*normalize_gradient)(const float *sum, const float *weight, float *g, float *weight_gradient, float *bias_gradient,
                               size_t n, float mean, float reciprocal);
    // y += x
    void (*add)(const float *x, float *y, size_t n);
    // Applies the mask to n values of which the first has number `position`.
    void (*drop)(float *x, size_t n, uint64_t position, const ck_dropout *dropout);
    // To the nearest bfloat16, ties to even; a NaN stays one.
    void (*to_bfloat16)(const float *x, uint16_t *y, size_t n);
} ck_transformer_kernels;

// The kernels of a level, or NULL where this processor does not run it; and those of the best level that it runs.
const ck_transformer_kernels *ck_transformer_kernels_at(int level);
const ck_transformer_kernels *ck_transformer_best(void);
