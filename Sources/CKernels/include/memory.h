#pragma once

// Gives freed memory back to the system, as far as the allocator keeps any.
void ck_give_back_memory(void);
