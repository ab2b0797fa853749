#if defined(__linux__)
#define _GNU_SOURCE
#include <dlfcn.h>
#include <oneapi/dnnl/dnnl.h>
#include <stdatomic.h>
#endif

#include "COneDNN.h"

#if defined(__linux__)

typedef void (*set_threads_t)(int);

static void no_threads_to_set(int count) { (void)count; }

// oneDNN runs on OpenMP, whose thread count belongs to the calling thread. The runtime is oneDNN's own dependency; it is looked up
// because the compiler has no omp.h and nothing here needs another link.
static void use_one_thread(void) {
    static _Atomic(set_threads_t) known;
    set_threads_t set = atomic_load_explicit(&known, memory_order_relaxed);
    if (!set) {
        set = (set_threads_t)dlsym(RTLD_DEFAULT, "omp_set_num_threads");
        if (!set) set = no_threads_to_set;
        atomic_store_explicit(&known, set, memory_order_relaxed);
    }
    set(1);
}

int conednn_available(void) { return 1; }

int conednn_sgemm(int transpose_a, int transpose_b, size_t m, size_t n, size_t k, float alpha, const float *a, size_t lda,
                  const float *b, size_t ldb, float beta, float *c, size_t ldc) {
    use_one_thread();
    return (int)dnnl_sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', (dnnl_dim_t)m, (dnnl_dim_t)n, (dnnl_dim_t)k, alpha, a,
                           (dnnl_dim_t)lda, b, (dnnl_dim_t)ldb, beta, c, (dnnl_dim_t)ldc);
}

#else

int conednn_available(void) { return 0; }

int conednn_sgemm(int transpose_a, int transpose_b, size_t m, size_t n, size_t k, float alpha, const float *a, size_t lda,
                  const float *b, size_t ldb, float beta, float *c, size_t ldc) {
    (void)transpose_a, (void)transpose_b, (void)m, (void)n, (void)k, (void)alpha, (void)a, (void)lda;
    (void)b, (void)ldb, (void)beta, (void)c, (void)ldc;
    return -1;
}

#endif
