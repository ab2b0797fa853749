#include "dispatch.h"

#include <stdatomic.h>

int ck_processor_level(void) {
#if defined(__x86_64__)
    static atomic_int known;  // one more than the answer
    int state = atomic_load_explicit(&known, memory_order_relaxed);
    if (!state) {
        __builtin_cpu_init();
        state = __builtin_cpu_supports("x86-64-v4") ? 3 : __builtin_cpu_supports("x86-64-v3") ? 2 : 1;
        atomic_store_explicit(&known, state, memory_order_relaxed);
    }
    return state - 1;
#else
    return 0;
#endif
}
