/*
 * document_locate.c: from a problem to file, line and column. Nobody kept positions while reading;
 * a file is scanned again, once for all its problems, and values are counted until their ordinals
 * are met (json_tree.h).
 */
#include "document_own.h"

#include "formats/json/json_place.h"

#include <stdlib.h>

typedef struct wanted {
    int ordinal;
    bool at_key;
    size_t problem; /* as nvb_diag_edit counts */
} wanted;

static int compare(const void *left, const void *right)
{
    const wanted *a = left, *b = right;
    if (a->ordinal != b->ordinal)
        return a->ordinal > b->ordinal ? 1 : -1;
    return (a->problem > b->problem) - (a->problem < b->problem);
}

/* Past a string that begins at `at`; the text has been scanned, so it ends. */
static size_t after_string(nvb_text t, size_t at)
{
    for (at++; at < t.n && t.s[at] != '"'; at++)
        at += t.s[at] == '\\';
    return at + 1;
}

static size_t after_blanks(nvb_text t, size_t at)
{
    while (at < t.n && (t.s[at] == ' ' || t.s[at] == '\n' || t.s[at] == '\r' || t.s[at] == '\t'))
        at++;
    return at;
}

/* Past the first token of a value: a bracket, a string, a number or a word. */
static size_t after_token(nvb_text t, size_t at)
{
    if (t.s[at] == '{' || t.s[at] == '[')
        return at + 1;
    if (t.s[at] == '"')
        return after_string(t, at);
    while (at < t.n && !strchr(" \n\r\t,]}", t.s[at]))
        at++;
    return at;
}

/* Where the wanted values (sorted) begin, in a text whose values are numbered from `ordinal`. */
static void find_offsets(nvb_text t, int ordinal, const wanted *want, size_t n, nvbi_mark *marks)
{
    size_t at = after_blanks(t, nvbi_bom_length(t)), key = SIZE_MAX;
    for (size_t i = 0; i < n && at < t.n;) {
        char c = t.s[at];
        if (c == ',' || c == ']' || c == '}') {
            at = after_blanks(t, at + 1);
            continue;
        }
        size_t after = after_token(t, at), next = after_blanks(t, after);
        if (c == '"' && next < t.n && t.s[next] == ':') {
            key = at;
            at = after_blanks(t, next + 1);
            continue;
        }
        for (; i < n && want[i].ordinal == ordinal; i++)
            marks[i] = (nvbi_mark){want[i].at_key && key != SIZE_MAX ? key : at, want[i].problem};
        ordinal++;
        key = SIZE_MAX;
        at = next;
    }
}

/* The node at a path, or the nearest one above it; *whole tells which. */
static const cJSON *nearest_node(const nvb_document *d, nvbi_arena *a, nvb_text path, bool *whole)
{
    nvbi_tokens tokens;
    const cJSON *node = d->root;
    *whole = false;
    if (!node || !nvbi_path_split(a, path, &tokens))
        return node;
    for (size_t i = 0; i < tokens.n; i++) {
        const cJSON *child = nvbi_child(node, tokens.item[i]);
        if (!child)
            return node;
        node = child;
    }
    *whole = true;
    return node;
}

static const nvbi_pending *pending_of(const nvb_document *d, const nvb_problem *p)
{
    size_t low = 0, high = d->n_pending;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->pending[middle].order < p->order)
            low = middle + 1;
        else
            high = middle;
    }
    bool found =
        low < d->n_pending && d->pending[low].order == p->order && d->pending[low].code == p->code;
    return found ? &d->pending[low] : NULL;
}

/* The value a problem lies at, when it has no place yet. */
static bool find_value(const nvb_document *d, nvbi_arena *a, const nvb_problem *p, wanted *out)
{
    if (nvb_text_given(p->place.file))
        return false;
    const nvbi_pending *known = pending_of(d, p);
    if (known) {
        *out = (wanted){.ordinal = known->ordinal, .at_key = p->at_key};
        return true;
    }
    bool whole;
    const cJSON *node = nvb_text_given(p->path) ? nearest_node(d, a, p->path, &whole) : NULL;
    if (node)
        *out = (wanted){.ordinal = node->valueint, .at_key = p->at_key && whole};
    return node != NULL;
}

bool nvbi_document_ordinal(const nvb_document *d, const nvb_problem *p, int *ordinal)
{
    nvbi_arena arena;
    wanted found = {0};
    nvbi_arena_init(&arena);
    bool any = find_value(d, &arena, p, &found);
    nvbi_arena_release(&arena);
    *ordinal = found.ordinal;
    return any;
}

/* The problems that have a node but no place yet, by ordinal. *well: none was lost for want of
 * memory. */
static size_t collect(const nvb_document *d, nvb_diag *diag, wanted *out, bool *well)
{
    nvbi_arena arena;
    size_t n = 0;
    nvbi_arena_init(&arena);
    for (size_t i = 0; i < nvb_diag_kept(diag); i++) {
        if (find_value(d, &arena, nvb_diag_at(diag, i), &out[n]))
            out[n++].problem = i;
        *well = *well && !arena.failed;
        nvbi_arena_clear(&arena);
    }
    nvbi_arena_release(&arena);
    if (n > 1)
        qsort(out, n, sizeof *out, compare);
    return n;
}

/* Places the problems that lie in one text: those from number `from` on, as far as its ordinals go.
 * The number of the first that does not. */
static size_t locate_in(const nvbi_origin *origin,
                        nvb_diag *diag,
                        const wanted *want,
                        size_t from,
                        size_t n,
                        nvbi_mark *marks)
{
    size_t to = from;
    while (to < n && want[to].ordinal < origin->end)
        to++;
    for (size_t i = from; i < to; i++)
        marks[i] = (nvbi_mark){0, want[i].problem};
    if (origin->tree)
        find_offsets(origin->bytes, origin->first, want + from, to - from, marks + from);
    nvbi_place_marks(diag, origin->name, origin->bytes, marks + from, to - from);
    return to;
}

static void
locate(const nvb_document *d, nvb_diag *diag, const wanted *want, size_t n, nvbi_mark *marks)
{
    size_t from = 0;
    for (size_t o = 0; o < d->n_origins; o++)
        from = locate_in(&d->origins[o], diag, want, from, n, marks);
    for (size_t o = 0; d->policies && o < d->policies->n; o++)
        from = locate_in(&d->policies->items[o], diag, want, from, n, marks);
}

/* Whether those that were looked for have their place, with the line it is in. */
static bool are_placed(const nvb_diag *diag, const wanted *want, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const nvb_place *at = &nvb_diag_at(diag, want[i].problem)->place;
        if (!nvb_text_given(at->file) || !nvb_text_given(at->excerpt))
            return false;
    }
    return true;
}

bool nvb_document_locate(const nvb_document *d, nvb_diag *diag)
{
    size_t kept = nvb_diag_kept(diag);
    if (d && d->locate)
        d->locate(d, diag);
    wanted *want = d && kept ? malloc(kept * sizeof *want) : NULL;
    nvbi_mark *marks = want ? malloc(kept * sizeof *marks) : NULL;
    bool well = !d || !kept || marks;
    if (marks) {
        size_t n = collect(d, diag, want, &well);
        locate(d, diag, want, n, marks);
        well = well && are_placed(diag, want, n);
    }
    free(marks);
    free(want);
    nvb_diag_sort(diag);
    return well;
}
