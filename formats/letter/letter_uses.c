/*
 * letter_uses.c: groups, once, what the letter explains together: uses of one step with the same
 * words, figures by index and by ceiling, and the look-ups. Sorting keeps the time near linear for
 * 20,000 lines; see letter.h.
 */
#include "letter.h"

#include <stdlib.h>

/* --- comparing steps --- */

static int by_text(nvb_text a, nvb_text b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int bytes = n ? memcmp(a.s, b.s, n) : 0;
    if (bytes)
        return bytes;
    if (a.n != b.n)
        return a.n < b.n ? -1 : 1;
    return (a.s != NULL) - (b.s != NULL);
}

static int by_int(long a, long b)
{
    return (a > b) - (a < b);
}

static bool begins(nvb_text t, const char *with)
{
    size_t n = strlen(with);
    return t.n >= n && memcmp(t.s, with, n) == 0;
}

/* Shared and group steps are one step wherever they are taken; steps of lines are told apart by
 * their name. */
static nvb_text place_of(const nvb_step *s)
{
    return begins(s->path, "/groepen/") || begins(s->path, "/stappen/") ? s->path : s->id;
}

static int by_over(const nvb_over *a, const nvb_over *b)
{
    int d = by_int((long)a->kind, (long)b->kind);
    d = d ? d : by_int(a->with_base, b->with_base);
    d = d ? d : by_int((long)a->n_steps, (long)b->n_steps);
    for (size_t i = 0; !d && i < a->n_steps; i++)
        d = by_text(a->steps[i], b->steps[i]);
    return d;
}

static int by_condition(const nvb_condition *a, const nvb_condition *b)
{
    if (!a || !b)
        return by_int(a != NULL, b != NULL);
    int d = by_text(a->description, b->description);
    d = d ? d : by_int(a->met, b->met);
    d = d ? d : by_text(a->fact, b->fact);
    return d ? d : by_text(a->wanted, b->wanted);
}

/* The same place in the document is the same value, so the path of an input stands for it. */
static int by_origin(const nvb_step *a, const nvb_step *b)
{
    int d = by_text(a->table ? a->table->path : (nvb_text){NULL, 0},
                    b->table ? b->table->path : (nvb_text){NULL, 0});
    /* Shares of their own are told line by line, so they do not part a group. */
    d = d ? d : by_int(a->n_own_shares > 0, b->n_own_shares > 0);
    return d ? d : by_text(a->share.path, b->share.path);
}

static int by_words(const nvb_step *a, const nvb_step *b)
{
    int d = by_text(a->reason, b->reason);
    d = d ? d : by_text(a->source, b->source);
    d = d ? d : by_text(a->index, b->index);
    d = d ? d : by_text(a->benchmark, b->benchmark);
    d = d ? d : by_text(a->agreement, b->agreement);
    d = d ? d : by_int((long)a->category, (long)b->category);
    d = d ? d : by_int((long)a->lasting, (long)b->lasting);
    d = d ? d : by_int(a->year, b->year);
    d = d ? d : by_int(a->group_reason, b->group_reason);
    d = d ? d : by_int(a->rounding.declared, b->rounding.declared);
    d = d ? d : by_int((long)a->rounding.decimals, (long)b->rounding.decimals);
    d = d ? d : by_int((long)a->rounding.mode, (long)b->rounding.mode);
    return d ? d : by_int(a->rounds_amount, b->rounds_amount);
}

static int by_step(const nvb_step *a, const nvb_step *b)
{
    if (a == b)
        return 0;
    int d = by_text(place_of(a), place_of(b));
    d = d ? d : by_int((long)a->kind, (long)b->kind);
    d = d ? d : by_words(a, b);
    d = d ? d : by_over(&a->over, &b->over);
    d = d ? d : by_condition(a->condition, b->condition);
    return d ? d : by_origin(a, b);
}

static int compare_uses(const void *left, const void *right)
{
    const nvbi_use *a = left, *b = right;
    int d = by_step(a->step, b->step);
    return d ? d : by_int((long)a->order, (long)b->order);
}

/* --- gathering uses --- */

static void add_use(nvbi_letter *l, nvbi_use use)
{
    use.order = (uint32_t)l->n_uses;
    l->uses[l->n_uses++] = use;
}

static void gather_lines(nvbi_letter *l)
{
    for (size_t i = 0; i < l->p->n_lines; i++) {
        const nvb_line *line = &l->p->lines[i];
        const nvb_line_figures *f = nvb_breakdown_line(l->b, i);
        for (size_t k = 0; k < line->price.n_steps; k++)
            add_use(l, (nvbi_use){.step = line->price.steps[k],
                                  .line = line,
                                  .figure = f->steps ? f->steps[k] : NVB_NO_FIGURE});
    }
}

/* Ceilings keep no list of their steps' figures; they are found among the figures of the ceiling.
 */
static void gather_ceilings(nvbi_letter *l)
{
    for (size_t i = 0; i < l->p->n_ceilings; i++)
        for (size_t k = l->ceiling_start[i]; k < l->ceiling_start[i + 1]; k++) {
            const nvb_figure *f = nvb_breakdown_at(l->b, l->ceiling_figures[k]);
            if (f->kind == NVB_FIG_STEP && f->step)
                add_use(l, (nvbi_use){.step = f->step,
                                      .ceiling = f->ceiling,
                                      .figure = l->ceiling_figures[k]});
        }
}

/* Groups in the order in which their first use stands in the document; versions of one step (a line
 * changed it in its place) stay together, at the first of them. */
typedef struct first_use {
    uint32_t place, order;
    nvbi_group group;
} first_use;

static int compare_first(const void *left, const void *right)
{
    const first_use *a = left, *b = right;
    int d = by_int((long)a->place, (long)b->place);
    return d ? d : by_int((long)a->order, (long)b->order);
}

/* Sorted by place, versions of one step are neighbours. */
static void mark_places(const nvbi_letter *l, first_use *firsts, size_t n)
{
    for (size_t i = 0, end; i < n; i = end) {
        nvb_text place = place_of(l->uses[firsts[i].group.first].step);
        uint32_t first = firsts[i].order;
        for (end = i + 1;
             end < n && nvb_text_equal(place, place_of(l->uses[firsts[end].group.first].step));
             end++)
            first = firsts[end].order < first ? firsts[end].order : first;
        for (size_t k = i; k < end; k++)
            firsts[k].place = first;
    }
}

static void cut_groups(nvbi_letter *l)
{
    if (l->n_uses == 0)
        return;
    qsort(l->uses, l->n_uses, sizeof *l->uses, compare_uses);
    first_use *firsts = calloc(l->n_uses, sizeof *firsts);
    l->groups = calloc(l->n_uses, sizeof *l->groups);
    if (firsts && l->groups) {
        for (uint32_t i = 0; i < l->n_uses; i++) {
            if (i == 0 || by_step(l->uses[i - 1].step, l->uses[i].step))
                firsts[l->n_groups++] = (first_use){
                    0, l->uses[i].order, {i, i}
                };
            firsts[l->n_groups - 1].group.end = i + 1;
        }
        mark_places(l, firsts, l->n_groups);
        qsort(firsts, l->n_groups, sizeof *firsts, compare_first);
        for (size_t i = 0; i < l->n_groups; i++)
            l->groups[i] = firsts[i].group;
    } else {
        l->no_room = true;
    }
    free(firsts);
}

static void gather_uses(nvbi_letter *l)
{
    size_t most = l->ceiling_start[l->p->n_ceilings];
    for (size_t i = 0; i < l->p->n_lines; i++)
        most += l->p->lines[i].price.n_steps;
    l->uses = calloc(most + 1, sizeof *l->uses);
    if (!l->uses) {
        l->no_room = true;
        return;
    }
    gather_lines(l);
    gather_ceilings(l);
    cut_groups(l);
}

/* --- figures by index and by ceiling --- */

/* The number of the index or ceiling a figure belongs to, or `none`. */
static size_t bucket_of(const nvbi_letter *l, const nvb_figure *f, bool ceilings, size_t none)
{
    if (ceilings)
        return f->ceiling && !f->line ? (size_t)(f->ceiling - l->p->ceilings) : none;
    return f->index && !f->step ? (size_t)(f->index - l->p->indices) : none;
}

static bool
gather_figures(nvbi_letter *l, bool ceilings, size_t n, uint32_t **figures, size_t **start)
{
    size_t count = nvb_breakdown_count(l->b), total = 0;
    *start = calloc(n + 2, sizeof **start);
    if (!*start)
        return false;
    size_t *fill =
        *start + 1; /* fill[k] counts, then is where bucket k begins, then where it ends */
    for (size_t i = 0; i < count; i++) {
        size_t k = bucket_of(l, nvb_breakdown_at(l->b, i), ceilings, n);
        if (k < n)
            fill[k]++;
    }
    for (size_t k = 0; k < n; k++) {
        size_t size = fill[k];
        fill[k] = total;
        total += size;
    }
    *figures = calloc(total + 1, sizeof **figures);
    if (!*figures)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t k = bucket_of(l, nvb_breakdown_at(l->b, i), ceilings, n);
        if (k < n)
            (*figures)[fill[k]++] = (uint32_t)i;
    }
    return true;
}

/* --- look-ups --- */

static bool look_up_names(nvbi_letter *l)
{
    bool ok = true;
    for (size_t i = 0; i < l->p->n_sources; i++)
        ok = nvbi_lookup_add(&l->sources, l->p->sources[i].id, i) && ok;
    for (size_t i = 0; i < l->p->n_lines; i++)
        ok = nvbi_lookup_add(&l->lines, l->p->lines[i].code, i) && ok;
    for (size_t i = 0; i < l->p->n_facts; i++)
        ok = nvbi_lookup_add(&l->facts, l->p->facts[i].id, i) && ok;
    for (size_t i = 0; l->diag && i < nvb_diag_kept(l->diag); i++) {
        const nvb_problem *q = nvb_diag_at(l->diag, i);
        if (q->code == NVB_E508)
            ok = nvbi_lookup_add(&l->not_indexed, q->word[0], i) && ok;
    }
    nvbi_lookup_sort(&l->sources);
    nvbi_lookup_sort(&l->lines);
    nvbi_lookup_sort(&l->facts);
    nvbi_lookup_sort(&l->not_indexed);
    return ok;
}

static bool look_up_groups(nvbi_letter *l)
{
    bool ok = true;
    for (size_t i = 0; i < l->n_groups; i++) {
        const nvb_step *s = nvbi_group_step(l, &l->groups[i]);
        ok = nvbi_lookup_add(&l->of_id, s->id, i) && ok;
        if (s->index.s)
            ok = nvbi_lookup_add(&l->of_index, s->index, i) && ok;
        if (s->benchmark.s)
            ok = nvbi_lookup_add(&l->of_benchmark, s->benchmark, i) && ok;
        if (s->agreement.s)
            ok = nvbi_lookup_add(&l->of_agreement, s->agreement, i) && ok;
    }
    nvbi_lookup_sort(&l->of_id);
    nvbi_lookup_sort(&l->of_index);
    nvbi_lookup_sort(&l->of_benchmark);
    nvbi_lookup_sort(&l->of_agreement);
    return ok;
}

void nvbi_letter_gather(nvbi_letter *l)
{
    if (!gather_figures(l, false, l->p->n_indices, &l->index_figures, &l->index_start) ||
        !gather_figures(l, true, l->p->n_ceilings, &l->ceiling_figures, &l->ceiling_start) ||
        !look_up_names(l)) {
        l->no_room = true;
        return;
    }
    gather_uses(l);
    if (!l->no_room && !look_up_groups(l))
        l->no_room = true;
}

void nvbi_letter_release(nvbi_letter *l)
{
    nvbi_table_release(&l->table);
    for (size_t k = 0; k < NVBI_LETTER_WORDS; k++)
        nvb_buffer_release(&l->word[k]);
    nvb_buffer_release(&l->said);
    nvb_buffer_release(&l->scrap);
    nvbi_lookup *const all[] = {&l->of_id,    &l->sources,      &l->lines,        &l->facts,
                                &l->of_index, &l->of_benchmark, &l->of_agreement, &l->not_indexed};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        nvbi_lookup_release(all[i]);
    free(l->uses);
    free(l->groups);
    free(l->index_figures);
    free(l->index_start);
    free(l->ceiling_figures);
    free(l->ceiling_start);
}
