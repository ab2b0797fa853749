#pragma once

// The widest vectors that this machine has: 0 none that count (or another kind of processor), 1 AVX2 (x86-64-v3), 2 AVX-512 (x86-64-v4).
int ck_processor_level(void);
