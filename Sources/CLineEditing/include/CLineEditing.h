#pragma once

// Line editing of libedit over standard input and output. The library's header stays inside CLineEditing.c; no locale and no signal handler
// of the process is changed.

/// The version of the library that this was built with, such as 211 for 2.11.
int clineediting_version(void);

/// A line editor; one a terminal, used by one thread at a time.
typedef struct clineediting_editor clineediting_editor;

/// What ended a line.
typedef enum {
    clineediting_line,
    /// Ctrl-C: the line is thrown away.
    clineediting_interrupted,
    /// Ctrl-D on an empty line, or the end of input.
    clineediting_end,
} clineediting_outcome;

/// An editor whose history holds up to `limit` lines; the user's ~/.editrc applies, under the program's name. NULL where there is no memory.
clineediting_editor *clineediting_open(const char *program, const char *prompt, int limit);
void clineediting_close(clineediting_editor *editor);

/// Adds a word that the tab key completes at the start of a line; 0 where there is no memory.
int clineediting_add_word(clineediting_editor *editor, const char *word);

/// Reads a line; `line` and `length` are its bytes without the end, valid until the next call.
clineediting_outcome clineediting_read(clineediting_editor *editor, const char **line, int *length);

/// Adds a line to the history, in the place of an equal one.
void clineediting_remember(clineediting_editor *editor, const char *line);
