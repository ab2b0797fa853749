// Matrix products of 32-bit floats in row-major order through oneDNN; its own headers stay in the .c file.
#pragma once
#include <stddef.h>

// Whether the library was built in: 0 on platforms without it, where `conednn_sgemm` does nothing and returns -1.
int conednn_available(void);

// C = alpha * op(A) * op(B) + beta * C, with op(X) = X or, where its transpose flag is not 0, X transposed.
//
// op(A) is m x k, op(B) k x n, C m x n; lda, ldb, ldc are the distances between rows as stored. Runs on the calling thread alone
// whatever OpenMP's settings are. Returns 0, or oneDNN's status where it refuses.
int conednn_sgemm(int transpose_a, int transpose_b, size_t m, size_t n, size_t k, float alpha, const float *a, size_t lda,
                  const float *b, size_t ldb, float beta, float *c, size_t ldc);
