/*
 * compare_words.c: see navolgbaar/compare.h, nvb_runs. Two texts word by word: the shortest way
 * from one to the other, after E. W. Myers, "An O(ND) Difference Algorithm and Its Variations"
 * (1986).
 *
 * A word is what stands between blanks; the blanks that follow go with it and do not count. What
 * both texts begin and end with is set aside first. Beyond MOST_EDITS, or when the search itself
 * becomes too much work, what is left counts as replaced whole: that bounds time and memory for any
 * two texts.
 */
#include "arena.h"
#include "navolgbaar/compare.h"

#include <stdlib.h>

enum {
    MOST_EDITS = 1000,
    MOST_WORK = 8000000,  /* words compared, and sixteen bytes of them */
    MOST_BYTES = 1 << 30, /* a longer text is not looked into */
    COMMON_PERCENT = 30   /* of all words; fewer are a coincidence */
};

struct nvb_runs {
    nvbi_arena arena;
    nvb_run *items;
    size_t n;
};

typedef struct word {
    uint32_t start, n; /* in the text, without the blanks */
    uint32_t hash;
} word;

typedef struct words {
    const char *s;
    word *item; /* one more than n: the end of the text */
    uint32_t n;
} words;

/* Equal words: `n` from `before` and `after` on. */
typedef struct stretch {
    uint32_t before, after, n;
} stretch;

typedef struct work {
    nvbi_arena *arena;
    words a, b;
    uint32_t first, end_a, end_b; /* what is left between the common begin and end */
    uint64_t left;                /* of MOST_WORK */
    uint32_t *rounds[MOST_EDITS + 1];
    stretch *found; /* in the order of the texts */
    uint32_t n_found, room_found;
    uint64_t common; /* words */
} work;

/* --- words --- */

/* Only ASCII: every byte of a longer character is part of a word. */
static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Blanks at the start are a word of their own, without characters. */
static uint32_t take_words(nvb_text t, word *out)
{
    uint32_t n = 0, at = 0, end = (uint32_t)t.n;
    while (at < end) {
        uint32_t start = at, hash = 2166136261U;
        for (; at < end && !is_blank(t.s[at]); at++)
            hash = (hash ^ (unsigned char)t.s[at]) * 16777619U;
        if (out)
            out[n] = (word){start, at - start, hash};
        n++;
        while (at < end && is_blank(t.s[at]))
            at++;
    }
    if (out)
        out[n] = (word){end, 0, 0};
    return n;
}

static bool split(nvbi_arena *a, nvb_text t, words *out)
{
    *out = (words){t.s, NULL, take_words(t, NULL)};
    out->item = nvbi_arena_alloc(a, ((size_t)out->n + 1) * sizeof *out->item);
    if (out->item)
        take_words(t, out->item);
    return out->item != NULL;
}

static bool same_word(work *w, uint32_t i, uint32_t k)
{
    const word *x = &w->a.item[i], *y = &w->b.item[k];
    if (w->left)
        w->left--;
    if (x->hash != y->hash || x->n != y->n)
        return false;
    w->left -= w->left > x->n / 16 ? x->n / 16 : w->left;
    return x->n == 0 || memcmp(w->a.s + x->start, w->b.s + y->start, x->n) == 0;
}

/* --- the shortest way --- */

static void add_stretch(work *w, uint32_t before, uint32_t after, uint32_t n)
{
    if (n == 0)
        return;
    if (w->n_found == w->room_found) {
        uint32_t room = w->room_found ? w->room_found * 2 : 64;
        stretch *found = nvbi_arena_alloc(w->arena, room * sizeof *found);
        if (!found)
            return;
        if (w->n_found)
            memcpy(found, w->found, w->n_found * sizeof *found);
        w->found = found;
        w->room_found = room;
    }
    w->found[w->n_found++] = (stretch){before, after, n};
    w->common += n;
}

/* In round d, the furthest word of the old text that d edits reach on diagonal k, k from -d to d in
 * steps of two; k is words of the old text less words of the new. */
static uint32_t reached(const work *w, uint32_t d, int64_t k)
{
    return w->rounds[d][(k + d) / 2];
}

/* Comes to diagonal k in round d over an added word (from k + 1), or else over a lapsed one (from k
 * - 1). */
static bool over_added(const work *w, uint32_t d, int64_t k)
{
    return k == -(int64_t)d ||
           (k != (int64_t)d && reached(w, d - 1, k - 1) < reached(w, d - 1, k + 1));
}

static uint32_t start_of(const work *w, uint32_t d, int64_t k)
{
    if (d == 0)
        return 0;
    return over_added(w, d, k) ? reached(w, d - 1, k + 1) : reached(w, d - 1, k - 1) + 1;
}

/* Goes d edits far on every diagonal; true when the end of both is reached. A diagonal that runs
 * out of a text stands still: `reached` may then lie past the end of either, which no step from
 * there undoes. */
static bool go_round(work *w, uint32_t d, uint32_t n, uint32_t m)
{
    for (int64_t k = -(int64_t)d; k <= (int64_t)d; k += 2) {
        int64_t x = start_of(w, d, k), y = x - k;
        while (x < n && y < m && w->left &&
               same_word(w, w->first + (uint32_t)x, w->first + (uint32_t)y)) {
            x++;
            y++;
        }
        w->rounds[d][(k + d) / 2] = (uint32_t)x;
        if (x == n && y == m)
            return true;
    }
    return false;
}

/* From the end back to the start: what was equal on the way. */
static void walk_back(work *w, uint32_t d, uint32_t n, uint32_t m)
{
    uint32_t from = w->n_found;
    int64_t x = n, k = (int64_t)n - (int64_t)m;
    for (;; d--) {
        uint32_t start = start_of(w, d, k);
        add_stretch(w, w->first + start, w->first + (uint32_t)(start - k), (uint32_t)(x - start));
        if (d == 0)
            break;
        bool added = over_added(w, d, k);
        k += added ? 1 : -1;
        x = reached(w, d - 1, k);
    }
    for (uint32_t i = from, j = w->n_found; i + 1 < j; i++) {
        stretch s = w->found[i];
        w->found[i] = w->found[--j];
        w->found[j] = s;
    }
}

static void search(work *w)
{
    uint32_t n = w->end_a - w->first, m = w->end_b - w->first;
    for (uint32_t d = 0; d <= MOST_EDITS && n && m; d++) {
        w->rounds[d] = nvbi_arena_alloc(w->arena, ((size_t)d + 1) * sizeof *w->rounds[d]);
        if (!w->rounds[d])
            return;
        bool done = go_round(w, d, n, m);
        if (!w->left)
            return;
        if (done) {
            walk_back(w, d, n, m);
            return;
        }
    }
}

static void find_common(work *w)
{
    uint32_t least = w->a.n < w->b.n ? w->a.n : w->b.n;
    w->left = UINT64_MAX; /* once past every word is work enough */
    while (w->first < least && same_word(w, w->first, w->first))
        w->first++;
    w->end_a = w->a.n;
    w->end_b = w->b.n;
    while (w->end_a > w->first && w->end_b > w->first && same_word(w, w->end_a - 1, w->end_b - 1)) {
        w->end_a--;
        w->end_b--;
    }
    w->left = MOST_WORK;
    add_stretch(w, 0, 0, w->first);
    search(w);
    add_stretch(w, w->end_a, w->end_b, w->a.n - w->end_a);
    uint64_t all = (uint64_t)w->a.n + w->b.n;
    if (w->common < least && w->common * 200 < all * COMMON_PERCENT)
        w->n_found = 0;
}

/* --- runs --- */

static void add_run(nvb_runs *r, nvb_run_kind kind, const words *of, uint32_t from, uint32_t to)
{
    if (from == to)
        return;
    uint32_t start = of->item[from].start, end = of->item[to].start;
    r->items[r->n++] = (nvb_run){
        kind, {of->s + start, end - start}
    };
}

static void make_runs(nvb_runs *r, const work *w)
{
    uint32_t a = 0, b = 0;
    r->items = NVBI_NEW(&r->arena, nvb_run, 3 * (size_t)w->n_found + 2);
    if (!r->items)
        return;
    for (uint32_t i = 0; i <= w->n_found; i++) {
        stretch s = i < w->n_found ? w->found[i] : (stretch){w->a.n, w->b.n, 0};
        add_run(r, NVB_RUN_LAPSED, &w->a, a, s.before);
        add_run(r, NVB_RUN_ADDED, &w->b, b, s.after);
        add_run(r, NVB_RUN_SAME, &w->b, s.after, s.after + s.n);
        a = s.before + s.n;
        b = s.after + s.n;
    }
}

/* Without looking into them. */
static void replace_whole(nvb_runs *r, nvb_text before, nvb_text after)
{
    r->items = NVBI_NEW(&r->arena, nvb_run, 2);
    if (r->items && before.n)
        r->items[r->n++] = (nvb_run){NVB_RUN_LAPSED, before};
    if (r->items && after.n)
        r->items[r->n++] = (nvb_run){NVB_RUN_ADDED, after};
}

nvb_runs *nvb_runs_new(nvb_text before, nvb_text after)
{
    nvbi_arena scratch;
    nvb_runs *r = calloc(1, sizeof *r);
    work *w = calloc(1, sizeof *w);
    if (!r || !w) {
        free(r);
        free(w);
        return NULL;
    }
    nvbi_arena_init(&r->arena);
    nvbi_arena_init(&scratch);
    w->arena = &scratch;
    if (before.n > MOST_BYTES || after.n > MOST_BYTES) {
        replace_whole(r, before, after);
    } else if (split(&scratch, before, &w->a) && split(&scratch, after, &w->b)) {
        find_common(w);
        make_runs(r, w);
    }
    bool failed = scratch.failed || r->arena.failed;
    nvbi_arena_release(&scratch);
    free(w);
    if (!failed)
        return r;
    nvb_runs_free(r);
    return NULL;
}

void nvb_runs_free(nvb_runs *r)
{
    if (!r)
        return;
    nvbi_arena_release(&r->arena);
    free(r);
}

size_t nvb_runs_count(const nvb_runs *r)
{
    return r->n;
}

nvb_run nvb_runs_at(const nvb_runs *r, size_t i)
{
    return r->items[i];
}
