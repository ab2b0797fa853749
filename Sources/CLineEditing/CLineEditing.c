#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CLineEditing.h"

#include <histedit.h>
#include <locale.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct clineediting_editor {
    EditLine *edit;
    History *history;
    locale_t locale;
    char *prompt;
    char **words;
    size_t word_count;
    int interrupted;
};

/// The editor that a callback of the library belongs to.
static clineediting_editor *owner(EditLine *edit) {
    void *editor = NULL;
    el_get(edit, EL_CLIENTDATA, &editor);
    return editor;
}

static char *prompt_of(EditLine *edit) { return owner(edit)->prompt; }

/// Ctrl-C: the line stays in sight with a mark behind it, and ends as by the return key, wherever the cursor was.
static unsigned char interrupt(EditLine *edit, int key) {
    (void)key;
    const LineInfoW *line = el_wline(edit);
    el_cursor(edit, (int)(line->lastchar - line->cursor));
    el_insertstr(edit, "^C");
    el_push(edit, "\n");
    owner(edit)->interrupted = 1;
    return CC_REFRESH;
}

/// Ctrl-Z: the terminal is as the shell knows it while the program is stopped.
static unsigned char suspend(EditLine *edit, int key) {
    (void)key;
    el_set(edit, EL_PREP_TERM, 0);
    kill(0, SIGTSTP);
    el_set(edit, EL_PREP_TERM, 1);
    return CC_REDISPLAY;
}

/// Completes the first word of the line as far as the words that begin with it agree.
static unsigned char complete(EditLine *edit, int key) {
    (void)key;
    clineediting_editor *editor = owner(edit);
    const LineInfo *line = el_line(edit);
    size_t typed = (size_t)(line->cursor - line->buffer);
    const char *found = NULL;
    size_t common = 0, count = 0;
    for (size_t i = 0; i < editor->word_count; i++) {
        const char *word = editor->words[i];
        if (typed == 0 || strncmp(word, line->buffer, typed) != 0) continue;
        if (count++ == 0) {
            found = word;
            common = strlen(word);
        } else {
            size_t same = typed;
            while (same < common && word[same] == found[same]) same++;
            common = same;
        }
    }
    if (count == 0 || (count > 1 && common == typed)) return CC_ERROR;
    char text[64];
    size_t length = common - typed;
    if (length + 2 > sizeof text) return CC_ERROR;
    memcpy(text, found + typed, length);
    if (count == 1) text[length++] = ' ';
    text[length] = 0;
    return el_insertstr(edit, text) == 0 ? CC_REFRESH : CC_ERROR;
}

/// A locale with UTF-8, for this thread alone and only while the library works; the process's own where the system has none of these.
static locale_t utf8_locale(void) {
    static const char *const names[] = {"C.UTF-8", "en_US.UTF-8", "UTF-8", ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        locale_t locale = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
        if (locale != (locale_t)0) return locale;
    }
    return (locale_t)0;
}

/// With (locale_t)0 the thread's locale stays as it is.
static locale_t enter(clineediting_editor *editor) { return uselocale(editor->locale); }

static void bind_keys(EditLine *edit) {
    el_set(edit, EL_ADDFN, "decoy-interrupt", "Throw the line away", interrupt);
    el_set(edit, EL_ADDFN, "decoy-suspend", "Stop the program", suspend);
    el_set(edit, EL_ADDFN, "decoy-complete", "Complete a command", complete);
    // Ctrl-C and Ctrl-Z come as keys while a line is edited, and as signals while the program works.
    el_set(edit, EL_SETTY, "-d", "-isig", NULL);
    el_set(edit, EL_BIND, "^C", "decoy-interrupt", NULL);
    el_set(edit, EL_BIND, "^Z", "decoy-suspend", NULL);
    el_set(edit, EL_BIND, "^I", "decoy-complete", NULL);
    el_set(edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
}

int clineediting_version(void) { return LIBEDIT_MAJOR * 100 + LIBEDIT_MINOR; }

clineediting_editor *clineediting_open(const char *program, const char *prompt, int limit) {
    clineediting_editor *editor = calloc(1, sizeof *editor);
    if (!editor) return NULL;
    editor->locale = utf8_locale();
    locale_t before = enter(editor);
    editor->prompt = strdup(prompt);
    editor->history = history_init();
    editor->edit = el_init(program, stdin, stdout, stderr);
    int complete = editor->prompt && editor->history && editor->edit;
    if (complete) {
        HistEvent event;
        history(editor->history, &event, H_SETSIZE, limit);
        el_set(editor->edit, EL_CLIENTDATA, editor);
        el_set(editor->edit, EL_PROMPT, prompt_of);
        el_set(editor->edit, EL_HIST, history, editor->history);
        el_set(editor->edit, EL_EDITOR, "emacs");
        bind_keys(editor->edit);
        el_source(editor->edit, NULL);
    }
    uselocale(before);
    if (complete) return editor;
    clineediting_close(editor);
    return NULL;
}

void clineediting_close(clineediting_editor *editor) {
    if (!editor) return;
    locale_t before = enter(editor);
    if (editor->edit) el_end(editor->edit);
    if (editor->history) history_end(editor->history);
    uselocale(before);
    if (editor->locale != (locale_t)0) freelocale(editor->locale);
    for (size_t i = 0; i < editor->word_count; i++) free(editor->words[i]);
    free(editor->words);
    free(editor->prompt);
    free(editor);
}

int clineediting_add_word(clineediting_editor *editor, const char *word) {
    char **words = realloc(editor->words, (editor->word_count + 1) * sizeof *words);
    if (!words) return 0;
    editor->words = words;
    words[editor->word_count] = strdup(word);
    if (!words[editor->word_count]) return 0;
    editor->word_count++;
    return 1;
}

clineediting_outcome clineediting_read(clineediting_editor *editor, const char **line, int *length) {
    locale_t before = enter(editor);
    editor->interrupted = 0;
    // The window may have another size by now.
    el_resize(editor->edit);
    // Before the prompt stands there: the library itself would wait for the first key, and a quick one would be echoed, or a signal.
    el_set(editor->edit, EL_PREP_TERM, 1);
    int count = 0;
    const char *text = el_gets(editor->edit, &count);
    uselocale(before);
    *line = "";
    *length = 0;
    if (editor->interrupted) return clineediting_interrupted;
    if (!text || count <= 0) return clineediting_end;
    while (count > 0 && (text[count - 1] == '\n' || text[count - 1] == '\r')) count--;
    *line = text;
    *length = count;
    return clineediting_line;
}

void clineediting_remember(clineediting_editor *editor, const char *line) {
    HistEvent event;
    locale_t before = enter(editor);
    for (int more = history(editor->history, &event, H_FIRST); more >= 0;
         more = history(editor->history, &event, H_NEXT)) {
        if (strcmp(event.str, line) != 0) continue;
        history(editor->history, &event, H_DEL, event.num);
        break;
    }
    history(editor->history, &event, H_ENTER, line);
    uselocale(before);
}
