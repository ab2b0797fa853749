#if defined(__linux__)
#include <dlfcn.h>
#include <oneapi/dnnl/dnnl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#endif

#include "COneDNN.h"

#if defined(__linux__)

// oneDNN is loaded when it is first needed: most commands multiply no matrices, and it is 40 MB that a program would read at its start.
// These are the functions that are called here, each with the type that its header gives it.
#define FUNCTIONS(F) \
    F(engine_create) F(engine_destroy) F(get_effective_cpu_isa) F(matmul_desc_init) F(memory_create) \
    F(memory_desc_get_size) F(memory_desc_init_by_strides) F(memory_destroy) F(post_ops_append_eltwise) \
    F(post_ops_append_sum) F(post_ops_create) F(post_ops_destroy) F(primitive_attr_create) F(primitive_attr_destroy) \
    F(primitive_attr_set_post_ops) F(primitive_attr_set_scratchpad_mode) F(primitive_create) F(primitive_desc_create) \
    F(primitive_desc_destroy) F(primitive_desc_query_md) F(primitive_destroy) F(primitive_execute) F(sgemm) \
    F(stream_create) F(stream_destroy) F(stream_wait) F(version)

#define POINTER(name) __typeof__(&dnnl_##name) name;
static struct {
    int is_loaded;
    FUNCTIONS(POINTER)
    // Of OpenMP's runtime, which oneDNN brings.
    void (*set_threads)(int);
} onednn;

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

static void load(void) {
    // The version whose headers these are; it stays until the end.
    void *library = dlopen("libdnnl.so." TEXT(DNNL_VERSION_MAJOR), RTLD_NOW | RTLD_LOCAL);
    if (!library) return;
    int is_complete = 1;
#define LOOK_UP(name) is_complete &= (onednn.name = (__typeof__(&dnnl_##name))dlsym(library, "dnnl_" #name)) != NULL;
    FUNCTIONS(LOOK_UP)
    onednn.set_threads = (void (*)(int))dlsym(library, "omp_set_num_threads");
    onednn.is_loaded = is_complete;
}

int conednn_available(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return onednn.is_loaded;
}

// oneDNN runs on OpenMP, whose thread count belongs to the calling thread.
static void use_one_thread(void) {
    if (onednn.set_threads) onednn.set_threads(1);
}

int conednn_version(void) {
    if (!conednn_available()) return 0;
    const dnnl_version_t *version = onednn.version();
    return version->major * 10000 + version->minor * 100 + version->patch;
}

const char *conednn_instruction_set(void) {
    if (!conednn_available()) return "";
    switch (onednn.get_effective_cpu_isa()) {
    case dnnl_cpu_isa_sse41: return "SSE4.1";
    case dnnl_cpu_isa_avx: return "AVX";
    case dnnl_cpu_isa_avx2: return "AVX2";
    case dnnl_cpu_isa_avx2_vnni: return "AVX2 with VNNI";
    case dnnl_cpu_isa_avx512_core: return "AVX-512";
    case dnnl_cpu_isa_avx512_core_vnni: return "AVX-512 with VNNI";
    case dnnl_cpu_isa_avx512_core_bf16: return "AVX-512 with BF16";
    case dnnl_cpu_isa_avx512_core_amx: return "AVX-512 with BF16 and AMX";
    default: return "of this processor";
    }
}

int conednn_bfloat16_level(void) {
    if (!conednn_available()) return 0;
    dnnl_cpu_isa_t set = onednn.get_effective_cpu_isa();
    if ((set & dnnl_cpu_isa_avx512_core_amx) == dnnl_cpu_isa_avx512_core_amx) return 2;
    return (set & dnnl_cpu_isa_avx512_core_bf16) == dnnl_cpu_isa_avx512_core_bf16;
}

int conednn_rows_are_independent(void) {
    return conednn_available() && (onednn.get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core) == dnnl_cpu_isa_avx512_core;
}

int conednn_sgemm(int transpose_a, int transpose_b, size_t m, size_t n, size_t k, float alpha, const float *a, size_t lda,
                  const float *b, size_t ldb, float beta, float *c, size_t ldc) {
    if (!conednn_available()) return -1;
    use_one_thread();
    return (int)onednn.sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', (dnnl_dim_t)m, (dnnl_dim_t)n, (dnnl_dim_t)k, alpha, a,
                           (dnnl_dim_t)lda, b, (dnnl_dim_t)ldb, beta, c, (dnnl_dim_t)ldc);
}

static int shape(dnnl_memory_desc_t *out, dnnl_data_type_t type, size_t rows, size_t columns, size_t row, size_t column) {
    dnnl_dims_t sizes = {(dnnl_dim_t)rows, (dnnl_dim_t)columns}, strides = {(dnnl_dim_t)row, (dnnl_dim_t)column};
    return (int)onednn.memory_desc_init_by_strides(out, 2, sizes, type, strides);
}

// The processor as oneDNN sees it, made once and never freed.
static dnnl_engine_t processor(void) {
    static _Atomic(dnnl_engine_t) known;
    dnnl_engine_t engine = atomic_load_explicit(&known, memory_order_acquire);
    if (engine) return engine;
    dnnl_engine_t made = NULL;
    if (onednn.engine_create(&made, dnnl_cpu, 0) != dnnl_success) return NULL;
    if (atomic_compare_exchange_strong(&known, &engine, made)) return made;
    onednn.engine_destroy(made);
    return engine;
}

static int attributes(dnnl_primitive_attr_t attr, const conednn_product *p) {
    // The library's own scratch memory belongs to the thread that made a primitive; ours to the call.
    if (onednn.primitive_attr_set_scratchpad_mode(attr, dnnl_scratchpad_mode_user)) return 1;
    dnnl_post_ops_t after = NULL;
    if (onednn.post_ops_create(&after)) return 1;
    int status = 0;
    if (p->accumulate) status = onednn.post_ops_append_sum(after, 1);
    if (!status && p->activation)
        status = onednn.post_ops_append_eltwise(
            after, 1, p->activation == CONEDNN_GELU_ERF ? dnnl_eltwise_gelu_erf : dnnl_eltwise_gelu_tanh, 0, 0);
    if (!status) status = onednn.primitive_attr_set_post_ops(attr, after);
    onednn.post_ops_destroy(after);
    return status;
}

static int execute(dnnl_primitive_t primitive, dnnl_engine_t engine, const conednn_product *p, const dnnl_memory_desc_t *shapes,
                   const dnnl_memory_desc_t *scratch_shape) {
    static const int names[5] = {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD, DNNL_ARG_BIAS};
    size_t scratch_size = onednn.memory_desc_get_size(scratch_shape);
    void *scratch = aligned_alloc(64, (scratch_size + 64) / 64 * 64);
    void *places[5] = {(void *)p->a, (void *)p->b, p->c, scratch, (void *)p->bias};
    const dnnl_memory_desc_t *descriptions[5] = {&shapes[0], &shapes[1], &shapes[2], scratch_shape, &shapes[3]};
    int count = p->bias ? 5 : 4, made = 0, status = scratch ? 0 : 1;
    dnnl_exec_arg_t arguments[5];
    dnnl_stream_t stream = NULL;
    while (!status && made < count) {
        arguments[made].arg = names[made];
        status = onednn.memory_create(&arguments[made].memory, descriptions[made], engine, places[made]);
        if (!status) made++;
    }
    if (!status) status = onednn.stream_create(&stream, engine, dnnl_stream_default_flags);
    if (!status) status = onednn.primitive_execute(primitive, stream, count, arguments);
    if (!status) status = onednn.stream_wait(stream);
    if (stream) onednn.stream_destroy(stream);
    while (made > 0) onednn.memory_destroy(arguments[--made].memory);
    free(scratch);
    return status;
}

int conednn_multiply(const conednn_product *p) {
    if (!conednn_available()) return -1;
    use_one_thread();
    dnnl_engine_t engine = processor();
    dnnl_data_type_t type = p->bfloat16 ? dnnl_bf16 : dnnl_f32;
    dnnl_memory_desc_t shapes[4];
    dnnl_matmul_desc_t operation;
    if (!engine || shape(&shapes[0], type, p->m, p->k, p->a_row, p->a_column) ||
        shape(&shapes[1], type, p->k, p->n, p->b_row, p->b_column) || shape(&shapes[2], dnnl_f32, p->m, p->n, p->ldc, 1) ||
        shape(&shapes[3], dnnl_f32, 1, p->n, p->n, 1) ||
        onednn.matmul_desc_init(&operation, &shapes[0], &shapes[1], p->bias ? &shapes[3] : NULL, &shapes[2]))
        return 1;
    dnnl_primitive_attr_t attr = NULL;
    dnnl_primitive_desc_t description = NULL;
    dnnl_primitive_t primitive = NULL;
    // A primitive made before comes out of the library's cache.
    int status = onednn.primitive_attr_create(&attr);
    if (!status) status = attributes(attr, p);
    if (!status) status = onednn.primitive_desc_create(&description, &operation, attr, engine, NULL);
    if (!status) status = onednn.primitive_create(&primitive, description);
    if (!status)
        status = execute(primitive, engine, p, shapes, onednn.primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0));
    if (primitive) onednn.primitive_destroy(primitive);
    if (description) onednn.primitive_desc_destroy(description);
    if (attr) onednn.primitive_attr_destroy(attr);
    return status;
}

#else

int conednn_available(void) { return 0; }

int conednn_version(void) { return 0; }

const char *conednn_instruction_set(void) { return ""; }

int conednn_bfloat16_level(void) { return 0; }

int conednn_rows_are_independent(void) { return 0; }

int conednn_sgemm(int transpose_a, int transpose_b, size_t m, size_t n, size_t k, float alpha, const float *a, size_t lda,
                  const float *b, size_t ldb, float beta, float *c, size_t ldc) {
    (void)transpose_a, (void)transpose_b, (void)m, (void)n, (void)k, (void)alpha, (void)a, (void)lda;
    (void)b, (void)ldb, (void)beta, (void)c, (void)ldc;
    return -1;
}

int conednn_multiply(const conednn_product *product) {
    (void)product;
    return -1;
}

#endif
