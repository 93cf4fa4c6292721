/* changes_prose.c: two texts word by word; see changes.h. */
#include "changes.h"

/* Bytes. A stretch that stayed the same is cut to so many at each side that borders a change, and
 * what changed at its end. */
typedef struct room {
    size_t same, kept, marked, parts;
} room;

enum { LONG_TEXT = 600 };

static const room of_text = {160, 60, LONG_TEXT, LONG_TEXT};
static const room of_long_text = {60, 24, 240, 24};

bool nvbi_changes_same_words(nvb_text a, nvb_text b)
{
    size_t i = 0, k = 0;
    if (!a.s || !b.s)
        return false;
    for (;;) {
        bool blank_a = false, blank_b = false;
        for (; i < a.n && strchr(" \t\n\v\f\r", a.s[i]) && a.s[i]; i++)
            blank_a = true;
        for (; k < b.n && strchr(" \t\n\v\f\r", b.s[k]) && b.s[k]; k++)
            blank_b = true;
        if (i == a.n || k == b.n)
            return i == a.n && k == b.n;
        if (a.s[i] != b.s[k] || (blank_a != blank_b && i && k))
            return false;
        i++;
        k++;
    }
}

/* --- marks that stand in a text --- */

/* "[-", "-]", "{+" and "+}". */
static bool is_mark(char a, char b)
{
    return (a == '[' && b == '-') || (a == '-' && b == ']') || (a == '{' && b == '+') ||
           (a == '+' && b == '}');
}

static size_t bytes_at(nvb_text t, size_t at)
{
    size_t n = 1;
    while (at + n < t.n && ((unsigned char)t.s[at + n] & 0xC0U) == 0x80)
        n++;
    return n;
}

/* A safe text with a blank in what looks like a mark, also where a character that takes no room
 * stands in it; `last` is the character before. */
static void put_unmarked(nvb_buffer *to, nvb_text t, char *last)
{
    for (size_t at = 0, n; at < t.n; at += n) {
        n = bytes_at(t, at);
        bool seen = n == 1 || nvbi_word_width(t.s + at, n) > 0;
        if (seen && is_mark(*last, t.s[at]))
            nvb_buffer_byte(to, ' ');
        nvb_buffer_bytes(to, t.s + at, n);
        *last = seen ? t.s[at] : *last;
    }
}

/* The same of a text of a document. */
static void put_harmless(nvb_buffer *to, nvb_text t, char *last)
{
    nvb_buffer safe = NVB_BUFFER_INIT;
    nvbi_word_safe(&safe, t);
    put_unmarked(to, (nvb_text){safe.s ? safe.s : "", safe.n}, last);
    to->failed = to->failed || safe.failed;
    nvb_buffer_release(&safe);
}

void nvbi_changes_unmark(nvbi_changes *x, nvb_buffer *to, size_t from)
{
    if (!x->marks || to->failed || to->n <= from)
        return;
    nvb_buffer copy = NVB_BUFFER_INIT;
    char last = 0;
    nvb_buffer_bytes(&copy, to->s + from, to->n - from);
    nvb_buffer_cut(to, from);
    put_unmarked(to, (nvb_text){copy.s ? copy.s : "", copy.n}, &last);
    to->failed = to->failed || copy.failed;
    nvb_buffer_release(&copy);
}

/* --- runs --- */

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
static void
put_same(nvbi_changes *x, nvb_buffer *to, const room *r, nvb_text t, bool first, bool last)
{
    char before = 0;
    if (t.n <= r->same) {
        put_harmless(to, t, &before);
        return;
    }
    size_t head = first ? 0 : blank_before(t, r->kept);
    size_t tail = last ? t.n : blank_after(t, t.n - r->kept);
    put_harmless(to, (nvb_text){t.s, head}, &before);
    nvb_buffer_str(to, head ? " …" : "…");
    put_harmless(to, (nvb_text){t.s + tail, t.n - tail}, &before);
    x->short_ = true;
}

/* A run between its marks, its last blanks outside them. */
static void
put_marked(nvbi_changes *x, nvb_buffer *to, const room *r, nvb_text t, const char marks[5])
{
    size_t n = t.n;
    char last = marks[1];
    while (n > 0 && strchr(" \n\t\r\v\f", t.s[n - 1]))
        n--;
    nvb_text words = {t.s, n};
    words.n = nvbi_changes_cut(words, r->marked);
    nvb_buffer_bytes(to, marks, 2);
    put_harmless(to, words, &last);
    if (words.n < n) {
        nvb_buffer_str(to, " …");
        x->short_ = true;
        last = 0;
    }
    if (is_mark(last, marks[2]))
        nvb_buffer_byte(to, ' ');
    nvb_buffer_bytes(to, marks + 2, 2);
    if (n < t.n)
        nvb_buffer_byte(to, ' ');
}

static void put_run(nvbi_changes *x, nvb_buffer *to, const room *r, const nvb_runs *runs, size_t i)
{
    nvb_run run = nvb_runs_at(runs, i);
    if (i > 0 && to->n && to->s[to->n - 1] != ' ')
        nvb_buffer_byte(to, ' ');
    switch (run.kind) {
    case NVB_RUN_SAME:
        put_same(x, to, r, run.text, i == 0, i + 1 == nvb_runs_count(runs));
        break;
    case NVB_RUN_LAPSED:
        put_marked(x, to, r, run.text, "[--]");
        break;
    case NVB_RUN_ADDED:
        put_marked(x, to, r, run.text, "{++}");
        break;
    }
}

void nvbi_changes_prose(nvbi_changes *x, nvb_buffer *to, nvb_text before, nvb_text after)
{
    const room *r = before.n > LONG_TEXT || after.n > LONG_TEXT ? &of_long_text : &of_text;
    nvb_runs *runs = nvb_runs_new(before, after);
    size_t marked = 0, more = 0;
    if (!runs) {
        x->out->failed = true;
        return;
    }
    for (size_t i = 0; i < nvb_runs_count(runs); i++) {
        bool changed = nvb_runs_at(runs, i).kind != NVB_RUN_SAME;
        more += changed && marked >= r->parts;
        if (marked < r->parts)
            put_run(x, to, r, runs, i);
        marked += changed;
    }
    nvb_runs_free(runs);
    if (more == 0)
        return;
    nvbi_changes_word_count(x, 0, more);
    nvb_buffer_byte(to, ' ');
    nvbi_changes_put(x, to, NVBI_TELL_PROSE_MORE);
    x->short_ = true;
}
