#pragma once

// Line editing and history of libedit. The library's header stays inside CLineEditing.c.

/// The line that a person typed, without its end; NULL at the end of input. Freed with `clineediting_free`.
char *clineediting_read(const char *prompt);
void clineediting_free(char *line);
