// Matrix products of 32-bit floats in row-major order through oneDNN; its own headers stay in the .c file.
#pragma once
#include <stddef.h>

// Whether the library is there; the first call loads it. 0 on platforms without it, where `conednn_sgemm` does nothing and returns -1.
int conednn_available(void);

// The library's version as a number, such as 30800 for 3.8.0, and the instruction set that it uses on this processor (static text); 0 and
// empty where it is not there.
int conednn_version(void);
const char *conednn_instruction_set(void);

// Whether products of bfloat16 run on instructions of their own: 0 no, 1 on vectors (AVX-512 BF16), 2 on tiles (AMX).
int conednn_bfloat16_level(void);

// Whether `conednn_multiply` gives the rows of C the same bits however many there are. Measured: with AVX-512 it does, with less not.
int conednn_rows_are_independent(void);

// C = alpha * op(A) * op(B) + beta * C, with op(X) = X or, where its transpose flag is not 0, X transposed.
//
// op(A) is m x k, op(B) k x n, C m x n; lda, ldb, ldc are the distances between rows as stored. Runs on the calling thread alone
// whatever OpenMP's settings are. Returns 0, or oneDNN's status where it refuses.
int conednn_sgemm(int transpose_a, int transpose_b, size_t m, size_t n, size_t k, float alpha, const float *a, size_t lda,
                  const float *b, size_t ldb, float beta, float *c, size_t ldc);

// What is done to each value of a product after the bias was added.
enum { CONEDNN_NOTHING = 0, CONEDNN_GELU_ERF = 1, CONEDNN_GELU_TANH = 2 };

// C = f(A B + bias), or C = f(A B + bias + C). A is m x k, B k x n, both of the same type; element (i, j) of X stands at
// i * x_row + j * x_column, of which one is 1. C is of 32-bit floats with rows ldc apart; sums are made in 32-bit floats.
typedef struct conednn_product {
    int bfloat16;       // whether A and B hold the upper halves of 32-bit floats instead of floats
    size_t m, n, k;     // none is 0
    const void *a;
    size_t a_row, a_column;
    const void *b;
    size_t b_row, b_column;
    const float *bias;  // n values, or NULL
    int activation;
    int accumulate;
    float *c;
    size_t ldc;
} conednn_product;

// Computes a product on the calling thread alone. Returns 0, or another value where oneDNN refuses; then C is as it was.
int conednn_multiply(const conednn_product *product);
