/*
 * audit_readings_index.c: the readings of an index worth trying: its nacalculatie, its figures of
 * another year, its shares, and other conventions: one for each outcome, since conventions that
 * come to the same percentage give the same tariffs.
 */
#include "audit_convention.h"
#include "audit_readings.h"

#include <stdlib.h>

enum { MOST_COMPONENTS = 8 }; /* taken one by one, or in pairs */

static size_t few(const nvb_index *x)
{
    return x->n_components < MOST_COMPONENTS ? x->n_components : MOST_COMPONENTS;
}

/* --- nacalculatie and year --- */

/* Whether a reading would change a component. */
typedef bool (*changes)(const nvb_audit *a,
                        const nvb_index *x,
                        const nvb_component *c,
                        const nvb_reading *r);

static bool
has_after(const nvb_audit *a, const nvb_index *x, const nvb_component *c, const nvb_reading *r)
{
    (void)r;
    nvb_convention how = nvbi_convention_of(x);
    return nvb_num_sign(nvbi_after_under(a->calc, c, &how)) != 0;
}

static bool
is_old(const nvb_audit *a, const nvb_index *x, const nvb_component *c, const nvb_reading *r)
{
    (void)x;
    const nvb_input *old =
        r->stage == NVB_STAGE_DEFINITIVE ? &c->last_definitive : &c->last_provisional;
    return nvb_input_given(old) && nvb_num_cmp(a->calc, old->value, c->provisional.value) != 0;
}

/* Whether the published figures of a year could be taken for those a component is corrected with.
 */
static bool
year_is_other(const nvb_audit *a, const nvb_index *x, const nvb_component *c, const nvb_reading *r)
{
    (void)x;
    const nvb_series *s = c->last_year == r->year ? NULL : nvbi_series_of(a, c);
    unsigned stages = 0;
    for (size_t i = 0; s && i < s->n; i++)
        if (s->figures[i].year == r->year)
            stages |= 1U << s->figures[i].stage;
    return stages == (1U << NVB_STAGE_PROVISIONAL | 1U << NVB_STAGE_DEFINITIVE);
}

static bool is_corrected(const nvb_component *c)
{
    return nvb_input_given(&c->last_definitive) || nvb_input_given(&c->after);
}

static bool corrected_by_other(const nvb_audit *a,
                               const nvb_index *x,
                               const nvb_component *c,
                               const nvb_reading *r)
{
    return is_corrected(c) && year_is_other(a, x, c, r);
}

/* A reading of all components that it changes, which may be one, and of each when there are
 * several. */
static void each_component(nvbi_listing *l, const nvb_index *x, nvb_reading r, changes does)
{
    bool of[MOST_COMPONENTS];
    size_t some = 0, last = 0;
    for (size_t i = 0; i < x->n_components; i++) {
        bool one = does(l->a, x, &x->components[i], &r);
        if (i < MOST_COMPONENTS)
            of[i] = one;
        some += one;
        last = one ? i : last;
    }
    nvb_reading whole = r;
    if (some == 1 && x->n_components > 1)
        whole.component = x->components[last].id;
    if (some)
        nvbi_listing_put(l, &whole);
    for (size_t i = 0; some > 1 && i < few(x); i++) {
        r.component = x->components[i].id;
        if (of[i])
            nvbi_listing_put(l, &r);
    }
}

static void list_after(nvbi_listing *l, const nvb_index *x)
{
    enum { BACK = 4 };
    nvb_reading r = {.kind = NVB_READ_NO_AFTER, .index = x->id};
    each_component(l, x, r, has_after);
    r.kind = NVB_READ_AFTER_TWICE;
    each_component(l, x, r, has_after);
    int last = x->year ? x->year : l->a->p->year;
    bool some = false;
    for (size_t i = 0; i < x->n_components; i++)
        some |= is_corrected(&x->components[i]);
    r.kind = NVB_READ_AFTER_OTHER_YEAR;
    for (r.year = last; l->a->in.reference && r.year >= last - BACK; r.year--)
        each_component(l, x, r, some ? corrected_by_other : year_is_other);
    r = (nvb_reading){.kind = NVB_READ_YEAR_OLD, .index = x->id};
    for (int s = 0; s < NVB_STAGE_COUNT; s++) {
        r.stage = (nvb_stage)s;
        each_component(l, x, r, is_old);
    }
}

/* --- shares --- */

static void list_shares(nvbi_listing *l, const nvb_index *x)
{
    size_t n = few(x);
    nvb_reading r = {.kind = NVB_READ_COMPONENT_OMITTED, .index = x->id};
    for (size_t i = 0; n > 1 && i < n; i++) {
        r.component = x->components[i].id;
        if (nvb_num_sign(x->components[i].share.value) != 0)
            nvbi_listing_put(l, &r);
    }
    r.kind = NVB_READ_SHARES_SWAPPED;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++) {
            r.component = x->components[i].id;
            r.other_component = x->components[k].id;
            nvbi_listing_put(l, &r);
        }
}

/* --- conventions --- */

typedef struct outcome {
    nvb_num total;
    nvb_convention how, own; /* the plainest, and the document's */
    size_t order, others;
} outcome;

enum { MOST_OUTCOMES = 512 };

typedef struct outcomes {
    nvbi_conventions all;
    nvb_num total; /* under the document's own */
    outcome *found;
    size_t n;
} outcomes;

static void note(void *with, const nvb_convention *how, nvb_num total)
{
    outcomes *s = with;
    if (nvb_num_cmp(s->all.calc, total, s->total) == 0)
        return;
    for (size_t i = 0; i < s->n; i++) {
        outcome *o = &s->found[i];
        if (nvb_num_cmp(s->all.calc, o->total, total) != 0)
            continue;
        o->others++;
        if (nvbi_convention_order(&s->all.own, how, &o->how) < 0)
            o->how = *how;
        return;
    }
    if (s->n < MOST_OUTCOMES) {
        s->found[s->n] = (outcome){total, *how, s->all.own, s->n, 0};
        s->n++;
    }
}

static int by_likelihood(const void *pa, const void *pb)
{
    const outcome *a = pa, *b = pb;
    int order = nvbi_convention_order(&a->own, &a->how, &b->how);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static void list_conventions(nvbi_listing *l, const nvb_index *x, size_t most)
{
    outcomes s = {.found = malloc(MOST_OUTCOMES * sizeof *s.found)};
    if (!s.found) {
        l->a->failed = true;
        return;
    }
    nvbi_conventions_init(&s.all, l->a->calc, x);
    nvbi_conventions_option(&s.all, 1);
    s.all.even = true;
    s.all.see = note;
    s.all.with = &s;
    s.total = nvbi_index_under(l->a->calc, x, &s.all.own);
    uint64_t from = nvb_calc_work(l->a->calc);
    s.all.until = nvbi_budget_of_search(l->a);
    if (from < s.all.until)
        nvbi_conventions_each(&s.all);
    if (!nvbi_budget_searched(l->a, from, s.all.until))
        s.n = 0;
    qsort(s.found, s.n, sizeof *s.found, by_likelihood);
    for (size_t i = 0; i < s.n && i < most; i++) {
        nvb_reading r = {.kind = NVB_READ_CONVENTION,
                         .index = x->id,
                         .convention = nvbi_convention_kept(&s.all, s.found[i].how),
                         .others = s.found[i].others};
        nvbi_listing_put(l, &r);
    }
    free(s.found);
}

/* --- an index --- */

void nvbi_list_index(nvbi_listing *l, const nvb_index *x)
{
    nvb_convention own = nvbi_convention_of(x);
    if (x->n_components) {
        list_after(l, x);
        list_shares(l, x);
    }
    if (nvb_num_sign(nvbi_index_under(l->a->calc, x, &own)) != 0)
        nvbi_listing_shifted(l, (nvb_reading){.index = x->id});
}

static void list_claimed(nvbi_listing *l, const nvb_index *x)
{
    nvb_convention own = nvbi_convention_of(x);
    nvb_reading r = {.kind = NVB_READ_CLAIMED_INDEX, .index = x->id, .parameter = x->claimed.value};
    if (nvb_input_given(&x->claimed) &&
        nvb_num_cmp(l->a->calc, x->claimed.value, nvbi_index_under(l->a->calc, x, &own)) != 0)
        nvbi_listing_put(l, &r);
}

void nvbi_list_indices(nvbi_listing *l)
{
    enum { FOR_CONVENTIONS = 96, FEWEST = 4, MOST_SEARCHED = 64, LARGEST = 64 };
    const nvb_proposal *p = l->a->p;
    size_t built = 0, all = l->most;
    for (size_t i = 0; i < p->n_indices; i++)
        built += p->indices[i].n_components > 0;
    l->most = all - FOR_CONVENTIONS;
    for (size_t i = 0; i < p->n_indices; i++) {
        list_claimed(l, &p->indices[i]);
        nvbi_list_index(l, &p->indices[i]);
    }
    l->most = all;
    size_t each = built ? FOR_CONVENTIONS / built : 0, searched = 0;
    for (size_t i = 0; i < p->n_indices && searched < MOST_SEARCHED; i++)
        if (p->indices[i].n_components > 0 && p->indices[i].n_components <= LARGEST) {
            list_conventions(l, &p->indices[i], each < FEWEST ? FEWEST : each);
            searched++;
        }
}
