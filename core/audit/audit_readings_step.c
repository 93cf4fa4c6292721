/*
 * audit_readings_step.c: the readings of steps worth trying. Steps that share an id are read
 * together; where several places introduce the same id, each place by itself as well. Those that
 * most lines have come first, and what is likely before what is not.
 */
#include "audit_readings.h"

#include <stdlib.h>

enum { RECENT = 32 };

/* What there is in a step to read otherwise; several steps of one id together. */
typedef struct entry {
    nvb_text id, path;
    const nvb_step *step;   /* the first */
    const nvb_tread *tread; /* that it came to on the first line */
    size_t lines, order;
    uint32_t places; /* of an id: how many paths it has */
    bool counts, unmet, percentage, shared, rounded, one_off, by_index;
    bool after_another, after_index;
} entry;

typedef struct catalogue {
    nvb_audit *a;
    nvbi_arena arena;
    nvbi_names names; /* of entries by path; then of ids */
    entry *paths, *ids;
    size_t n_paths, n_ids;
    struct { /* steps are shared: what the line before had in this place */
        const nvb_step *step;
        size_t entry;
        bool after_index;
    } recent[RECENT];
} catalogue;

/* --- the catalogue --- */

static void note(const catalogue *c, entry *e, const nvb_step *s)
{
    bool counts = nvbi_step_counts(s);
    nvb_calc *calc = c->a->calc;
    e->counts |= counts;
    e->unmet |= !counts;
    e->percentage |= nvbi_step_by_percentage(s);
    e->by_index |= s->index.s != NULL;
    e->shared |=
        nvb_input_given(&s->share) && nvb_num_cmp(calc, s->share.value, nvb_num_int(1)) != 0;
    e->rounded |= s->rounding.declared;
    e->one_off |= s->lasting == NVB_ONE_OFF &&
                  (s->kind == NVB_STEP_DISCOUNT || nvb_num_sign(s->amount.value) < 0 ||
                   nvb_num_sign(s->percentage.value) < 0);
}

static void note_step(catalogue *c, const nvb_line *line, size_t i, size_t k, bool after_index)
{
    const nvb_step *s = line->price.steps[k];
    if (!s)
        return;
    if (c->recent[k % RECENT].step == s && c->recent[k % RECENT].after_index == after_index) {
        c->paths[c->recent[k % RECENT].entry].lines++;
        return;
    }
    uint32_t at = nvbi_names_find(&c->names, s->path);
    if (at == NVBI_NO_NAME) {
        at = (uint32_t)c->n_paths++;
        nvbi_names_add(&c->names, s->path, at);
        c->paths[at] = (entry){.id = s->id, .path = s->path, .step = s, .order = at};
        const nvb_line_figures *f = nvb_breakdown_line(c->a->b, i);
        if (s->table && f->steps)
            c->paths[at].tread = nvb_breakdown_at(c->a->b, f->steps[k])->tread;
    }
    entry *e = &c->paths[at];
    note(c, e, s);
    e->lines++;
    e->after_another |= k > 0;
    e->after_index |= after_index;
    c->recent[k % RECENT].step = s;
    c->recent[k % RECENT].entry = at;
    c->recent[k % RECENT].after_index = after_index;
}

/* At most so many different steps: each step in a place where the line before had another. */
static size_t count_steps(const nvb_proposal *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_lines; i++) {
        const nvb_buildup *now = &p->lines[i].price, *last = i ? &p->lines[i - 1].price : NULL;
        for (size_t k = 0; k < now->n_steps; k++)
            n += !last || k >= last->n_steps || last->steps[k] != now->steps[k];
    }
    return n;
}

static bool gather_paths(catalogue *c)
{
    const nvb_proposal *p = c->a->p;
    size_t n = count_steps(p);
    c->paths = NVBI_NEW(&c->arena, entry, n + 1);
    if (!c->paths || !nvbi_names_init(&c->names, &c->arena, n))
        return false;
    for (size_t i = 0; i < p->n_lines; i++) {
        bool after_index = false;
        for (size_t k = 0; k < p->lines[i].price.n_steps; k++) {
            const nvb_step *s = p->lines[i].price.steps[k];
            note_step(c, &p->lines[i], i, k, after_index);
            after_index |= s && s->kind == NVB_STEP_INDEX;
        }
    }
    return true;
}

static void join(entry *into, const entry *e)
{
    into->lines += e->lines;
    into->places++;
    into->counts |= e->counts;
    into->unmet |= e->unmet;
    into->percentage |= e->percentage;
    into->by_index |= e->by_index;
    into->shared |= e->shared;
    into->rounded |= e->rounded;
    into->one_off |= e->one_off;
    into->after_another |= e->after_another;
    into->after_index |= e->after_index;
}

static bool gather_ids(catalogue *c)
{
    c->ids = NVBI_NEW(&c->arena, entry, c->n_paths + 1);
    if (!c->ids || !nvbi_names_init(&c->names, &c->arena, c->n_paths))
        return false;
    for (size_t i = 0; i < c->n_paths; i++) {
        uint32_t at = nvbi_names_find(&c->names, c->paths[i].id);
        if (at == NVBI_NO_NAME) {
            at = (uint32_t)c->n_ids++;
            nvbi_names_add(&c->names, c->paths[i].id, at);
            c->ids[at] = c->paths[i];
            c->ids[at].path = (nvb_text){0};
            c->ids[at].places = 1;
        } else
            join(&c->ids[at], &c->paths[i]);
    }
    /* A place that is the only one of its id needs no readings of its own. */
    size_t kept = 0;
    for (size_t i = 0; i < c->n_paths; i++)
        if (c->ids[nvbi_names_find(&c->names, c->paths[i].id)].places > 1)
            c->paths[kept++] = c->paths[i];
    c->n_paths = kept;
    return true;
}

static int by_lines(const void *pa, const void *pb)
{
    const entry *a = pa, *b = pb;
    if (a->lines != b->lines)
        return a->lines > b->lines ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

/* --- the readings --- */

static void put_if(nvbi_listing *l, bool worth, nvb_reading r, nvb_reading_kind kind)
{
    r.kind = kind;
    if (worth)
        nvbi_listing_put(l, &r);
}

static void list_over(nvbi_listing *l, const entry *e, nvb_reading r)
{
    static const nvb_over_kind kinds[] = {NVB_OVER_BASE, NVB_OVER_STAND, NVB_OVER_INDEXED,
                                          NVB_OVER_FIGURES};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        r.over = kinds[i];
        bool indexed = r.over == NVB_OVER_INDEXED || r.over == NVB_OVER_FIGURES;
        bool same = e->places < 2 && r.over == e->step->over.kind && r.over != NVB_OVER_FIGURES;
        put_if(l, e->percentage && e->after_another && !same && (e->after_index || !indexed), r,
               NVB_READ_STEP_OVER);
    }
}

static void list_likely(nvbi_listing *l, const entry *e)
{
    nvb_reading r = {.step = e->id, .step_path = e->path};
    put_if(l, e->counts && e->one_off, r, NVB_READ_ONE_OFF_KEPT);
    put_if(l, e->counts && !e->one_off, r, NVB_READ_STEP_OMITTED);
    put_if(l, e->unmet, r, NVB_READ_CONDITION_IGNORED);
    if (e->counts)
        list_over(l, e, r);
    put_if(l, e->counts && e->shared, r, NVB_READ_SHARE_IGNORED);
    put_if(l, e->counts, r, NVB_READ_STEP_REVERSED);
}

static void list_treads(nvbi_listing *l, const entry *e, nvb_reading r)
{
    enum { MOST = 12 };
    const nvb_table *t = e->step->table;
    for (size_t i = 0; t && i < t->n_treads && i < MOST; i++) {
        r.number = (int)i + 1;
        put_if(l, e->places > 1 || &t->treads[i] != e->tread, r, NVB_READ_OTHER_TREAD);
    }
}

static void list_unlikely(nvbi_listing *l, const entry *e)
{
    nvb_reading r = {.step = e->id, .step_path = e->path};
    put_if(l, e->counts, r, NVB_READ_STEP_TWICE);
    if (e->counts && e->percentage && !e->by_index)
        nvbi_listing_shifted(l, r);
    put_if(l, e->counts && e->rounded, r, NVB_READ_STEP_UNROUNDED);
    if (e->counts)
        list_treads(l, e, r);
}

static void list_entries(nvbi_listing *l, entry *entries, size_t n)
{
    enum { TOGETHER = 16 };
    if (n)
        qsort(entries, n, sizeof *entries, by_lines);
    for (size_t i = 0; i < n && l->out->n < l->most; i += TOGETHER) {
        size_t end = n - i < TOGETHER ? n : i + TOGETHER;
        for (size_t k = i; k < end; k++)
            list_likely(l, &entries[k]);
        for (size_t k = i; k < end; k++)
            list_unlikely(l, &entries[k]);
    }
}

void nvbi_list_steps(nvbi_listing *l)
{
    catalogue c = {.a = l->a};
    nvbi_arena_init(&c.arena);
    if (gather_paths(&c) && gather_ids(&c)) {
        list_entries(l, c.ids, c.n_ids);
        list_entries(l, c.paths, c.n_paths);
    } else
        l->a->failed = true;
    nvbi_arena_release(&c.arena);
}
