#include "CLineEditing.h"

#include <editline/readline.h>
#include <stdlib.h>

char *clineediting_read(const char *prompt) { return readline(prompt); }

void clineediting_free(char *line) { free(line); }
