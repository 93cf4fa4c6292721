/* diag.c: see navolgbaar/diag.h. The table of codes is made from codes.def; texts live in one
 * arena. */
#include "navolgbaar/diag.h"

#include "arena.h"

#include <stdlib.h>

struct nvb_diag {
    nvbi_arena arena;
    nvb_problem *item[NVB_MAX_PROBLEMS];
    size_t kept;
    size_t count[NVB_WARNING + 1];
    nvb_problem spare; /* what a caller gets to write in when a problem is only counted */
};

typedef struct row {
    const char *name;
    nvb_severity severity;
    const char *message[NVB_EN + 1], *hint[NVB_EN + 1];
} row;

/* clang-format off */
#define NVB_CODE_ENUM(code, severity, nl, en, hint_nl, hint_en)                                    \
    {#code, severity, {nl, en}, {hint_nl, hint_en}},
static const row rows[NVB_CODE_COUNT] = {
    {"", NVB_WARNING, {"", ""}, {"", ""}},
#include "navolgbaar/codes.def"
};
#undef NVB_CODE_ENUM
/* clang-format on */

nvb_diag *nvb_diag_new(void)
{
    nvb_diag *d = calloc(1, sizeof *d);
    if (d)
        nvbi_arena_init(&d->arena);
    return d;
}

void nvb_diag_free(nvb_diag *d)
{
    if (!d)
        return;
    nvbi_arena_release(&d->arena);
    free(d);
}

void nvb_diag_clear(nvb_diag *d)
{
    nvbi_arena_clear(&d->arena);
    d->kept = 0;
    memset(d->count, 0, sizeof d->count);
}

nvb_text nvb_diag_keep(nvb_diag *d, nvb_text t)
{
    return t.s ? nvbi_arena_text(&d->arena, t.s, t.n) : t;
}

static size_t total(const nvb_diag *d)
{
    return d->count[NVB_ERROR] + d->count[NVB_GAP] + d->count[NVB_WARNING];
}

/* A text that was given and found no memory. */
static bool is_lost(nvb_text given, nvb_text kept)
{
    return nvb_text_given(given) && !nvb_text_given(kept);
}

nvb_problem *
nvb_diag_add(nvb_diag *d, nvb_code code, nvb_text path, nvb_text w1, nvb_text w2, nvb_text w3)
{
    size_t order = total(d);
    d->count[nvb_code_severity(code)]++;
    nvb_problem *p = d->kept < NVB_MAX_PROBLEMS ? NVBI_NEW(&d->arena, nvb_problem, 1) : NULL;
    if (p)
        *p = (nvb_problem){
            .code = code,
            .path = nvb_diag_keep(d, path),
            .word = {nvb_diag_keep(d, w1), nvb_diag_keep(d, w2), nvb_diag_keep(d, w3)},
            .order = order,
        };
    /* A problem without its words is not kept: half a message would pass for a whole one. */
    if (!p || is_lost(path, p->path) || is_lost(w1, p->word[0]) || is_lost(w2, p->word[1]) ||
        is_lost(w3, p->word[2])) {
        d->spare = (nvb_problem){.code = code, .order = order};
        return &d->spare;
    }
    d->item[d->kept++] = p;
    return p;
}

size_t nvb_diag_count(const nvb_diag *d, nvb_severity s)
{
    return d->count[s];
}

size_t nvb_diag_kept(const nvb_diag *d)
{
    return d->kept;
}

const nvb_problem *nvb_diag_at(const nvb_diag *d, size_t i)
{
    return i < d->kept ? d->item[i] : NULL;
}

nvb_problem *nvb_diag_edit(nvb_diag *d, size_t i)
{
    return i < d->kept ? d->item[i] : NULL;
}

static int compare_size(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_text(nvb_text a, nvb_text b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.s, b.s, n) : 0;
    return c ? c : compare_size(a.n, b.n);
}

/* By place; what has none comes last. `order` differs always, so the outcome does not hang on
 * qsort. */
static int compare(const void *left, const void *right)
{
    const nvb_problem *a = *(nvb_problem *const *)left, *b = *(nvb_problem *const *)right;
    if (nvb_text_given(a->place.file) != nvb_text_given(b->place.file))
        return nvb_text_given(a->place.file) ? -1 : 1;
    int c = compare_text(a->place.file, b->place.file);
    if (!c)
        c = compare_size(a->place.line, b->place.line);
    if (!c)
        c = compare_size(a->place.column, b->place.column);
    return c ? c : compare_size(a->order, b->order);
}

void nvb_diag_sort(nvb_diag *d)
{
    if (d->kept > 1)
        qsort(d->item, d->kept, sizeof *d->item, compare);
}

static const row *row_of(nvb_code c)
{
    return &rows[(unsigned)c < NVB_CODE_COUNT ? c : NVB_OK];
}

const char *nvb_code_name(nvb_code c)
{
    return row_of(c)->name;
}

nvb_severity nvb_code_severity(nvb_code c)
{
    return row_of(c)->severity;
}

const char *nvb_code_message(nvb_code c, nvb_lang lang)
{
    return row_of(c)->message[lang == NVB_EN];
}

const char *nvb_code_hint(nvb_code c, nvb_lang lang)
{
    return row_of(c)->hint[lang == NVB_EN];
}

nvb_code nvb_code_find(nvb_text name)
{
    for (int i = NVB_OK + 1; i < NVB_CODE_COUNT; i++)
        if (strlen(rows[i].name) == name.n && memcmp(rows[i].name, name.s, name.n) == 0)
            return (nvb_code)i;
    return NVB_OK;
}
