/*
 * chain.c: several documents in a row. See chain.h.
 *
 * A line is followed from the last document back, by the pairs of each comparison. What its tariff
 * changed by over the whole is what it changed by in each step, gathered by cause: so it adds up
 * without being worked out again. What index figures make of a first tariff is worked out once per
 * document, not per line.
 */
#include "compare.h"
#include "gather.h"
#include "invariants.h"
#include "navolgbaar/chain.h"

#include <stdlib.h>

struct nvb_chain {
    nvbi_arena arena;
    nvb_calc *calc;
    const nvb_comparison **steps;
    size_t n;
    const nvb_reference *reference;
    nvb_trace *traces;
    size_t n_traces;
    nvb_bridge total, causes;
    struct used *used; /* per series of the reference */
};

/* The figures of a series that count, by year. */
typedef struct used {
    const nvb_published **figures;
    size_t n;
} used;

/* What a series makes of one euro of a document by the time of the last. */
typedef struct indexed {
    nvb_num factor;
    int missing_year;
} indexed;

/* While it is made. Documents count from 0 to n, as there are n steps between them. */
typedef struct making {
    nvb_chain *chain;
    nvbi_arena tables, scratch; /* for the whole, and for one line */
    const nvb_pair ***pair_of;  /* [step][number of the line in its newer document] */
    const nvb_pair **way;       /* [step]: the pair that the line at hand went through */
    nvb_point *points;          /* [document]: of the line at hand */
    indexed *series;            /* [series x documents + document] */
} making;

static const nvb_proposal *document_of(const nvb_chain *c, size_t i)
{
    return nvb_breakdown_proposal(i == 0 ? nvb_comparison_old(c->steps[0])
                                         : nvb_comparison_new_side(c->steps[i - 1]));
}

/* --- index figures --- */

const char *nvb_stage_key(nvb_stage v)
{
#define KEY_ROW(name, key) [name] = key,
    static const char *const keys[] = {NVB_STAGES(KEY_ROW)};
    return v < NVB_STAGE_COUNT ? keys[v] : "";
}

const char *nvb_growth_kind_key(nvb_growth_kind v)
{
    static const char *const keys[] = {NVB_GROWTH_KINDS(KEY_ROW)};
#undef KEY_ROW
    return v < NVB_GROWTH_KIND_COUNT ? keys[v] : "";
}

/* Whether a figure of the same year takes the place of what there was. */
static bool replaces(const nvb_published *was)
{
    return !was || was->stage == NVB_STAGE_PROVISIONAL;
}

const nvb_published *nvb_series_of_year(const nvb_series *s, int year)
{
    const nvb_published *found = NULL;
    for (size_t i = 0; i < s->n; i++)
        if (s->figures[i].year == year && replaces(found))
            found = &s->figures[i];
    return found;
}

/* Of the documents before the last, and that one itself. */
static int earliest_year(const nvb_chain *c)
{
    int first = document_of(c, c->n)->year;
    for (size_t i = 0; i < c->n; i++) {
        int year = document_of(c, i)->year;
        if (year && year < first)
            first = year;
    }
    return first;
}

/* Both tables count years from the earliest. From the last year back, so that each year is looked
 * at once: the factor grows, and the first year that is missing is the last one met. */
static void index_documents(making *m, const nvb_series *s, used *kept, indexed *out)
{
    nvb_chain *c = m->chain;
    int first = earliest_year(c), last = document_of(c, c->n)->year;
    size_t span = (size_t)(last - first);
    const nvb_published **of_year = NVBI_NEW(&m->tables, const nvb_published *, span + 1);
    indexed *from = NVBI_NEW(&m->tables, indexed, span + 1);
    if (!of_year || !from)
        return;
    for (size_t i = 0; i < s->n; i++) {
        const nvb_published *f = &s->figures[i];
        if (f->year > first && f->year <= last && replaces(of_year[f->year - first]))
            of_year[f->year - first] = f;
    }
    kept->figures = NVBI_NEW(&c->arena, const nvb_published *, span + 1);
    for (size_t k = 1; kept->figures && k <= span; k++)
        if (of_year[k])
            kept->figures[kept->n++] = of_year[k];
    from[span].factor = nvb_num_int(1);
    for (size_t k = span; k > 0; k--) {
        from[k - 1] = from[k];
        if (!of_year[k]) {
            from[k - 1].missing_year = first + (int)k;
            continue;
        }
        nvb_num grown = nvb_num_add(c->calc, nvb_num_int(1), of_year[k]->percentage.value);
        from[k - 1].factor = nvb_num_mul(c->calc, from[k].factor, grown);
    }
    for (size_t i = 0; i <= c->n; i++) {
        int year = document_of(c, i)->year;
        if (year && year <= last)
            out[i] = from[year - first];
    }
}

/* The years from the first point of a line to the last document; 0 when unknown or none. */
static unsigned years_since(const nvb_chain *c, size_t document)
{
    int first = document_of(c, document)->year, last = document_of(c, c->n)->year;
    return first && last > first ? (unsigned)(last - first) : 0;
}

static void hold_against(making *m, nvb_trace *t)
{
    nvb_chain *c = m->chain;
    const nvb_reference *r = c->reference;
    if (!r || t->growth.years == 0)
        return;
    nvb_against *all = NVBI_NEW(&c->arena, nvb_against, r->n + 1);
    if (!all)
        return;
    for (size_t i = 0; i < r->n; i++) {
        const indexed *x = &m->series[i * (c->n + 1) + t->points[0].document];
        all[i] = (nvb_against){.series = &r->series[i], .missing_year = x->missing_year};
        if (x->missing_year)
            continue;
        all[i].indexed = nvb_num_mul(c->calc, t->points[0].tariff, x->factor);
        all[i].gap = nvb_num_sub(c->calc, t->points[t->n - 1].tariff, all[i].indexed);
    }
    t->against = all;
    t->n_against = r->n;
}

/* --- the items of several bridges as those of one --- */

static void gather(nvb_calc *calc, nvbi_gather *g, const nvb_bridge *b)
{
    for (size_t i = 0; i < b->n; i++)
        nvbi_gather_add(calc, g, &b->items[i], b->items[i].amount);
}

/* --- one line --- */

/* The points of a line and the pairs between them; the first document it was in. */
static size_t follow(making *m, uint32_t number, nvb_trace *t)
{
    size_t first = m->chain->n;
    const nvb_pair *p = m->pair_of[first - 1][number];
    m->points[first] = (nvb_point){first, p->code, p->after.tariff};
    while (first > 0) {
        p = m->pair_of[first - 1][number];
        t->merged = p && p->n_old > 1;
        if (!p || p->n_old != 1 || !p->before.has_tariff)
            break;
        m->way[--first] = p;
        number = p->old[0].number;
        m->points[first] = (nvb_point){first, p->old[0].line->code, p->before.tariff};
    }
    return first;
}

static void trace(making *m, uint32_t number, nvb_trace *t)
{
    nvb_chain *c = m->chain;
    nvbi_gather g;
    size_t first = follow(m, number, t), items = 0;
    t->n = c->n + 1 - first;
    nvb_point *points = NVBI_NEW(&c->arena, nvb_point, t->n);
    for (size_t i = first; i < c->n; i++)
        items += m->way[i]->tariff.n;
    if (!points || !nvbi_gather_begin(&g, &m->scratch, items))
        return;
    memcpy(points, m->points + first, t->n * sizeof *points);
    t->points = points;
    t->line = &document_of(c, c->n)->lines[number];
    t->code = t->line->code;
    for (size_t i = first; i < c->n; i++)
        gather(c->calc, &g, &m->way[i]->tariff);
    nvb_num from = points[0].tariff, to = points[t->n - 1].tariff;
    t->bridge = (nvb_bridge){.from = from, .to = to};
    nvbi_gather_finish(c->calc, &c->arena, &g, &t->bridge, NULL);
    t->growth = nvb_growth_of(c->calc, from, to, years_since(c, first), NVB_GROWTH_DECIMALS);
    hold_against(m, t);
}

/* --- the whole --- */

/* Per step, from a line of its newer document to its pair. */
static bool find_pairs(making *m)
{
    nvb_chain *c = m->chain;
    for (size_t s = 0; s < c->n; s++) {
        const nvb_comparison *step = c->steps[s];
        m->pair_of[s] = NVBI_NEW(&m->tables, const nvb_pair *, document_of(c, s + 1)->n_lines + 1);
        if (!m->pair_of[s])
            return false;
        for (size_t i = 0; i < nvb_comparison_pairs(step); i++) {
            const nvb_pair *p = nvb_comparison_pair(step, i);
            if (p->new_line)
                m->pair_of[s][p->new_number] = p;
        }
    }
    return true;
}

static bool prepare(making *m)
{
    nvb_chain *c = m->chain;
    size_t n_series = c->reference ? c->reference->n : 0;
    m->pair_of = NVBI_NEW(&m->tables, const nvb_pair **, c->n);
    m->way = NVBI_NEW(&m->tables, const nvb_pair *, c->n);
    m->points = NVBI_NEW(&m->tables, nvb_point, c->n + 1);
    m->series = NVBI_NEW(&m->tables, indexed, n_series * (c->n + 1) + 1);
    if (!m->pair_of || !m->way || !m->points || !m->series || !find_pairs(m))
        return false;
    c->used = NVBI_NEW(&c->arena, used, n_series + 1);
    for (size_t i = 0; c->used && i < n_series; i++)
        index_documents(m, &c->reference->series[i], &c->used[i], m->series + i * (c->n + 1));
    return true;
}

static void make_traces(making *m)
{
    nvb_chain *c = m->chain;
    size_t lines = document_of(c, c->n)->n_lines;
    c->traces = NVBI_NEW(&c->arena, nvb_trace, lines + 1);
    for (size_t i = 0; c->traces && i < lines && !c->arena.failed; i++) {
        const nvb_pair *p = m->pair_of[c->n - 1][i];
        if (!p || !p->after.has_tariff)
            continue;
        m->tables.failed |= m->scratch.failed;
        nvbi_arena_clear(&m->scratch);
        trace(m, (uint32_t)i, &c->traces[c->n_traces++]);
    }
}

/* The turnover, and below it the causes of all steps. */
static void make_total(making *m)
{
    nvb_chain *c = m->chain;
    nvbi_gather g, causes;
    size_t items = 0;
    for (size_t i = 0; i < c->n; i++)
        items += nvb_comparison_causes(c->steps[i])->n;
    if (!nvbi_gather_begin(&g, &m->scratch, 0) || !nvbi_gather_begin(&causes, &m->scratch, items))
        return;
    for (size_t i = 0; i < c->n; i++) {
        gather(c->calc, &g, nvb_comparison_total(c->steps[i]));
        gather(c->calc, &causes, nvb_comparison_causes(c->steps[i]));
    }
    c->total = (nvb_bridge){.from = nvb_comparison_total(c->steps[0])->from,
                            .to = nvb_comparison_total(c->steps[c->n - 1])->to};
    nvbi_gather_finish(c->calc, &c->arena, &g, &c->total, NULL);
    nvbi_gather_finish(c->calc, &c->arena, &causes, &c->causes, &c->total);
}

/* False when memory is out, or a number takes more digits than a number may; `diag` has the latter.
 */
static bool make(nvb_chain *c, nvb_diag *diag)
{
    making m = {.chain = c};
    nvbi_arena_init(&m.tables);
    nvbi_arena_init(&m.scratch);
    if (prepare(&m)) {
        make_traces(&m);
        make_total(&m);
    }
    c->arena.failed |= m.tables.failed | m.scratch.failed;
    nvbi_arena_release(&m.tables);
    nvbi_arena_release(&m.scratch);
    nvb_num_error error = nvb_calc_take_error(c->calc);
    if (error == NVB_NUM_DIGITS)
        nvb_diag_add(diag, NVB_E402, NVB_TEXT("/prestaties"), (nvb_text){0}, (nvb_text){0},
                     (nvb_text){0});
    return error == NVB_NUM_OK && !c->arena.failed;
}

nvb_chain *nvb_chain_new(nvb_comparison *const *steps,
                         size_t n,
                         const nvb_reference *reference,
                         nvb_diag *diag)
{
    nvb_chain *c = n ? calloc(1, sizeof *c) : NULL;
    if (!c)
        return NULL;
    nvbi_arena_init(&c->arena);
    c->calc = nvb_calc_new(NVB_CALC_LONG);
    c->steps = NVBI_NEW(&c->arena, const nvb_comparison *, n);
    c->n = n;
    c->reference = reference;
    for (size_t i = 0; c->steps && i < n; i++)
        c->steps[i] = steps[i];
    if (c->calc && c->steps && make(c, diag)) {
#ifdef NVB_CHECK_INVARIANTS
        nvbi_invariants_chain(c);
#endif
        return c;
    }
    nvb_chain_free(c);
    return NULL;
}

void nvb_chain_free(nvb_chain *c)
{
    if (!c)
        return;
    nvb_calc_free(c->calc);
    nvbi_arena_release(&c->arena);
    free(c);
}

size_t nvb_chain_steps(const nvb_chain *c)
{
    return c->n;
}

const nvb_comparison *nvb_chain_step(const nvb_chain *c, size_t i)
{
    return c->steps[i];
}

const nvb_reference *nvb_chain_reference(const nvb_chain *c)
{
    return c->reference;
}

const nvb_published *const *nvb_chain_published(const nvb_chain *c, size_t i, size_t *n)
{
    *n = c->used[i].n;
    return c->used[i].figures;
}

nvb_calc *nvb_chain_calc(const nvb_chain *c)
{
    return c->calc;
}

size_t nvb_chain_traces(const nvb_chain *c)
{
    return c->n_traces;
}

const nvb_trace *nvb_chain_trace(const nvb_chain *c, size_t i)
{
    return &c->traces[i];
}

const nvb_bridge *nvb_chain_total(const nvb_chain *c)
{
    return &c->total;
}

const nvb_bridge *nvb_chain_causes(const nvb_chain *c)
{
    return &c->causes;
}

bool nvb_chain_differs(const nvb_chain *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (nvb_comparison_differs(c->steps[i]))
            return true;
    return false;
}
