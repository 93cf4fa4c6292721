/* changes_prose.c: two texts word by word; see changes.h. */
#include "changes.h"

enum {
    LONG = 160,
    KEPT = 60
}; /* bytes: a stretch longer than this is cut to so many at each side that borders a change */

/* Where a cut may be made: the blank at or before `at`. */
static size_t blank_before(nvb_text t, size_t at)
{
    while (at > 0 && t.s[at] != ' ')
        at--;
    return at;
}

static size_t blank_after(nvb_text t, size_t at)
{
    while (at < t.n && t.s[at] != ' ')
        at++;
    return at;
}

/* What stayed the same: whole when it is short, else its ends. */
static void put_same(nvb_buffer *to, nvb_text t, bool first, bool last)
{
    size_t head = first ? 0 : blank_before(t, KEPT < t.n ? KEPT : t.n);
    size_t tail = last ? t.n : blank_after(t, t.n > KEPT ? t.n - KEPT : 0);
    if (t.n <= LONG || head >= tail) {
        nvbi_word_safe(to, t);
        return;
    }
    nvbi_word_safe(to, (nvb_text){t.s, head});
    nvb_buffer_str(to, head ? " …" : "…");
    nvbi_word_safe(to, (nvb_text){t.s + tail, t.n - tail});
}

/* A run between its marks, its last blanks outside them. */
static void put_marked(nvb_buffer *to, nvb_text t, const char *open, const char *close)
{
    size_t n = t.n;
    while (n > 0 && strchr(" \n\t\r", t.s[n - 1]))
        n--;
    nvb_buffer_str(to, open);
    nvbi_word_safe(to, (nvb_text){t.s, n});
    nvb_buffer_str(to, close);
    nvbi_word_safe(to, (nvb_text){t.s + n, t.n - n});
}

void nvbi_changes_prose(nvbi_changes *x, nvb_buffer *to, nvb_text before, nvb_text after)
{
    nvb_runs *runs = nvb_runs_new(before, after);
    if (!runs) {
        x->out->failed = true;
        return;
    }
    size_t n = nvb_runs_count(runs);
    for (size_t i = 0; i < n; i++) {
        nvb_run run = nvb_runs_at(runs, i);
        if (i > 0 && to->n && to->s[to->n - 1] != ' ')
            nvb_buffer_byte(to, ' ');
        switch (run.kind) {
        case NVB_RUN_SAME:
            put_same(to, run.text, i == 0, i + 1 == n);
            break;
        case NVB_RUN_LAPSED:
            put_marked(to, run.text, "[-", "-]");
            break;
        case NVB_RUN_ADDED:
            put_marked(to, run.text, "{+", "+}");
            break;
        }
    }
    nvb_runs_free(runs);
}
