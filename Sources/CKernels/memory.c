#include "memory.h"

#if defined(__GLIBC__) || defined(__linux__)
#include <malloc.h>
#endif

void ck_give_back_memory(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}
