/*
 * validate.c: does a proposal hang together? References, circles, shares, limits, ceilings; then
 * the gaps (gaps.c). Everything is reported in one go. A step that many lines share is looked at
 * once; only what depends on the line (which steps come before it) is looked at per line.
 */
#include "validate.h"

#include "navolgbaar/buffer.h"

#include "sets.h"

#define NONE ((nvb_text){0})

enum { DEEPEST = 16, KNOWN_SHOWN = 6 };

static void problem(nvbi_validation *v,
                    nvb_code code,
                    nvb_text path,
                    const char *key,
                    nvb_text a,
                    nvb_text b,
                    nvb_text c)
{
    nvb_text at = *key ? nvbi_arena_join(&v->arena, path, key) : path;
    nvb_diag_add(v->diag, code, at, a, b, c);
    if (nvb_code_severity(code) == NVB_ERROR)
        v->failed = true;
}

/* --- references --- */

/* A list of names that can be referred to; which were, so that the unused can be told. */
static bool registry_init(nvbi_registry *r, nvbi_arena *a, size_t n, const char *what)
{
    r->what = (nvb_text){what, strlen(what)};
    r->n = n;
    r->used = NVBI_NEW(a, bool, n + 1);
    r->ids = NVBI_NEW(a, nvb_text, n + 1);
    return r->used && r->ids && nvbi_names_init(&r->names, a, n);
}

static void registry_add(nvbi_registry *r, size_t i, nvb_text id)
{
    r->ids[i] = id;
    nvbi_names_add(&r->names, id, (uint32_t)i);
}

static nvb_text known(nvbi_validation *v, const nvbi_registry *r)
{
    nvb_buffer b = NVB_BUFFER_INIT;
    for (size_t i = 0; i < r->n && i < KNOWN_SHOWN; i++) {
        nvb_buffer_str(&b, i ? ", " : "");
        nvb_buffer_text(&b, r->ids[i]);
    }
    nvb_buffer_str(&b, r->n == 0 ? "-" : r->n > KNOWN_SHOWN ? ", ..." : "");
    nvb_text t = nvbi_arena_text(&v->arena, b.s ? b.s : "", b.n);
    nvb_buffer_release(&b);
    return t;
}

/* The number of what `id` refers to, marked as used; NVBI_NO_NAME when it is absent, or unknown and
 * reported. */
static uint32_t
refer(nvbi_validation *v, nvbi_registry *r, nvb_text id, nvb_text path, const char *key)
{
    if (!id.s)
        return NVBI_NO_NAME;
    uint32_t at = nvbi_names_find(&r->names, id);
    if (at == NVBI_NO_NAME)
        problem(v, NVB_E301, path, key, r->what, id, known(v, r));
    else
        r->used[at] = true;
    return at;
}

static bool prepare(nvbi_validation *v)
{
    const nvb_proposal *p = v->p;
    nvbi_arena *a = &v->arena;
    if (!registry_init(&v->sources, a, p->n_sources, "bron") ||
        !registry_init(&v->facts, a, p->n_facts, "kenmerk") ||
        !registry_init(&v->indices, a, p->n_indices, "index") ||
        !registry_init(&v->groups, a, p->n_groups, "groep") ||
        !registry_init(&v->lines, a, p->n_lines, "prestatie") ||
        !registry_init(&v->benchmarks, a, p->n_benchmarks, "benchmark") ||
        !registry_init(&v->agreements, a, p->n_agreements, "akkoord"))
        return false;
    for (size_t i = 0; i < p->n_sources; i++)
        registry_add(&v->sources, i, p->sources[i].id);
    for (size_t i = 0; i < p->n_facts; i++)
        registry_add(&v->facts, i, p->facts[i].id);
    for (size_t i = 0; i < p->n_indices; i++)
        registry_add(&v->indices, i, p->indices[i].id);
    for (size_t i = 0; i < p->n_groups; i++)
        registry_add(&v->groups, i, p->groups[i].id);
    for (size_t i = 0; i < p->n_lines; i++)
        registry_add(&v->lines, i, p->lines[i].code);
    for (size_t i = 0; i < p->n_benchmarks; i++)
        registry_add(&v->benchmarks, i, p->benchmarks[i].id);
    for (size_t i = 0; i < p->n_agreements; i++)
        registry_add(&v->agreements, i, p->agreements[i].id);
    return true;
}

/* --- indices --- */

/* Shares of an index or of a line: exactly 100%, or at most 100% when a rest may stay unindexed. */
static void check_sum(nvbi_validation *v, const nvb_index *x, nvb_num sum, nvb_text path)
{
    int cmp = nvb_num_cmp(v->calc, sum, nvb_num_int(1));
    if (cmp == 0 || (cmp < 0 && x->rest_not_indexed))
        return;
    nvb_code code = x->rest_not_indexed ? NVB_E306 : NVB_E305;
    problem(v, code, path, "", nvbi_validation_digits(v, sum, 2), NONE, NONE);
}

static void check_component(nvbi_validation *v, const nvb_index *x, const nvb_component *c)
{
    refer(v, &v->sources, c->source, c->path, "/bron");
    bool ratio = x->after_method == NVB_RATIO && nvb_input_given(&c->last_provisional);
    if (ratio && nvb_num_cmp(v->calc, c->last_provisional.value, nvb_num_int(-1)) == 0)
        problem(v, NVB_E401, c->last_provisional.path, "", NONE, NONE, NONE);
}

static void check_index(nvbi_validation *v, const nvb_index *x)
{
    refer(v, &v->sources, x->source, x->path, "/bron");
    nvb_num sum = nvb_num_int(0);
    bool complete = true;
    for (size_t i = 0; i < x->n_components; i++) {
        const nvb_component *c = &x->components[i];
        check_component(v, x, c);
        if (!nvb_input_given(&c->share) && x->n_components > 1) {
            problem(v, NVB_E307, c->path, "", c->id, x->id, NONE);
            complete = false;
        }
        sum =
            nvb_num_add(v->calc, sum, nvb_input_given(&c->share) ? c->share.value : nvb_num_int(1));
    }
    if (x->n_components && complete)
        check_sum(v, x, sum, nvbi_arena_join(&v->arena, x->path, "/componenten"));
}

/* --- steps --- */

static const nvb_component *component_of(const nvb_index *x, nvb_text id)
{
    for (size_t i = 0; i < x->n_components; i++)
        if (nvb_text_equal(x->components[i].id, id))
            return &x->components[i];
    return NULL;
}

static void check_own_shares(nvbi_validation *v, const nvb_index *x, const nvb_step *s)
{
    if (x->n_components == 0) {
        problem(v, NVB_E313, s->path, "/aandelen", x->id, NONE, NONE);
        return;
    }
    nvb_num sum = nvb_num_int(0);
    bool complete = true;
    for (size_t i = 0; i < s->n_own_shares; i++) {
        sum = nvb_num_add(v->calc, sum, s->own_shares[i].share.value);
        if (!component_of(x, s->own_shares[i].component)) {
            problem(v, NVB_E309, s->own_shares[i].share.path, "", s->own_shares[i].component, x->id,
                    NONE);
            complete = false;
        }
    }
    for (size_t i = 0; i < x->n_components; i++) {
        bool named = false;
        for (size_t k = 0; k < s->n_own_shares; k++)
            named |= nvb_text_equal(s->own_shares[k].component, x->components[i].id);
        if (!named) {
            problem(v, NVB_E308, s->path, "/aandelen", x->components[i].id, x->id, NONE);
            complete = false;
        }
    }
    if (complete)
        check_sum(v, x, sum, nvbi_arena_join(&v->arena, s->path, "/aandelen"));
}

static void check_table(nvbi_validation *v, const nvb_table *t)
{
    uint32_t at = refer(v, &v->facts, t->fact, t->path, "/kenmerk");
    if (at == NVBI_NO_NAME || v->p->facts[at].is_number)
        return;
    for (size_t i = 0; i < t->n_treads; i++)
        if (nvb_input_given(&t->treads[i].upper)) {
            problem(v, NVB_E310, t->path, "/kenmerk", t->fact, v->p->facts[at].text, NONE);
            return;
        }
}

/* What holds for a step whatever line it is on. */
static void check_step_once(nvbi_validation *v, const nvb_step *s)
{
    uint32_t at = refer(v, &v->indices, s->index, s->path, "/index");
    if (at != NVBI_NO_NAME && s->n_own_shares)
        check_own_shares(v, &v->p->indices[at], s);
    refer(v, &v->sources, s->source, s->path, "/bron");
    refer(v, &v->benchmarks, s->benchmark, s->path, "/benchmark");
    refer(v, &v->agreements, s->agreement, s->path, "/akkoord");
    if (s->condition)
        refer(v, &v->facts, s->condition->fact, s->condition->path, "/kenmerk");
    if (s->table)
        check_table(v, s->table);
    nvbi_gaps_of_step(v, s);
}

/* A shared step is in the lists of many lines and stands in one place: once is enough. */
static bool told_before(nvbi_validation *v, const nvb_text *name)
{
    if (v->n_told == NVB_MAX_PROBLEMS) /* as many as are kept */
        return false;
    bool first = nvbi_seen_first(&v->told, name);
    v->n_told += first;
    return !first;
}

/* Every step that a list of `over` names comes before it. */
static void check_order(nvbi_validation *v, const nvb_buildup *b, nvb_text owner)
{
    bool any = false;
    for (size_t i = 0; i < b->n_steps; i++)
        any |= b->steps[i] && b->steps[i]->over.n_steps;
    nvbi_names before;
    if (!any || !nvbi_names_init(&before, &v->arena, b->n_steps))
        return;
    for (size_t i = 0; i < b->n_steps; i++) {
        const nvb_step *s = b->steps[i];
        for (size_t k = 0; s && k < s->over.n_steps; k++)
            if (nvbi_names_find(&before, s->over.steps[k]) == NVBI_NO_NAME &&
                !told_before(v, &s->over.steps[k]))
                problem(v, NVB_E302, s->path, "/over", s->over.steps[k], owner, NONE);
        if (s)
            nvbi_names_add(&before, s->id, (uint32_t)i);
    }
}

static void check_limit(nvbi_validation *v, const nvb_limit *l)
{
    refer(v, &v->sources, l->source, l->path, "/bron");
}

static nvb_num limit_amount(nvbi_validation *v, const nvb_limit *l)
{
    return nvb_input_given(&l->percentage)
               ? nvb_num_mul(v->calc, l->amount.value, l->percentage.value)
               : l->amount.value;
}

static void check_buildup(nvbi_validation *v, const nvb_buildup *b, nvb_text owner)
{
    refer(v, &v->sources, b->basis.source, b->basis.path, "/bron");
    refer(v, &v->lines, b->basis.line, b->basis.path, "/prestatie");
    for (size_t i = 0; i < b->n_steps; i++) {
        const nvb_step *s = b->steps[i];
        if (!s)
            continue;
        if (nvbi_seen_first(&v->seen, s))
            check_step_once(v, s);
    }
    check_order(v, b, owner);
    if (b->maximum.given)
        check_limit(v, &b->maximum);
    if (b->minimum.given)
        check_limit(v, &b->minimum);
    if (!b->maximum.given || !b->minimum.given)
        return;
    nvb_num low = limit_amount(v, &b->minimum), high = limit_amount(v, &b->maximum);
    if (nvb_num_cmp(v->calc, low, high) > 0)
        problem(v, NVB_E311, b->minimum.path, "", nvbi_validation_digits(v, low, 0),
                nvbi_validation_digits(v, high, 0), NONE);
}

/* --- lines that lean on each other --- */

/* The line that line i leans on, or NVBI_NO_NAME. */
static uint32_t leans_on(const nvbi_validation *v, size_t i)
{
    return nvbi_names_find(&v->lines.names, v->p->lines[i].price.basis.line);
}

static nvb_text circle_words(nvbi_validation *v, size_t start)
{
    nvb_buffer b = NVB_BUFFER_INIT;
    size_t i = start;
    for (int shown = 0; shown <= DEEPEST; shown++) {
        nvb_buffer_text(&b, v->p->lines[i].code);
        nvb_buffer_str(&b, " -> ");
        i = leans_on(v, i);
        if (i == start)
            break;
    }
    nvb_buffer_text(&b, i == start ? v->p->lines[i].code : NVB_TEXT("..."));
    nvb_text t = nvbi_arena_text(&v->arena, b.s ? b.s : "", b.n);
    nvb_buffer_release(&b);
    return t;
}

/* How deep each line leans; 0: on an amount of its own. A circle is reported once, at the first of
 * its lines. */
static void check_leaning(nvbi_validation *v)
{
    enum { UNKNOWN = -1, UNDER_WAY = -2, IN_CIRCLE = -3 };
    size_t n = v->p->n_lines;
    int *depth = nvbi_arena_alloc(&v->arena, (n + 1) * sizeof *depth);
    uint32_t *chain = nvbi_arena_alloc(&v->arena, (n + 1) * sizeof *chain);
    if (!depth || !chain)
        return;
    for (size_t i = 0; i < n; i++)
        depth[i] = UNKNOWN;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        uint32_t at = (uint32_t)i;
        while (at != NVBI_NO_NAME && depth[at] == UNKNOWN) {
            depth[at] = UNDER_WAY;
            chain[k++] = at;
            at = leans_on(v, at);
        }
        bool circle = at != NVBI_NO_NAME && depth[at] == UNDER_WAY;
        if (circle)
            problem(v, NVB_E303, v->p->lines[at].price.basis.path, "/prestatie",
                    circle_words(v, at), NONE, NONE);
        int below = at == NVBI_NO_NAME ? -1 : depth[at];
        while (k > 0) {
            at = chain[--k];
            bool lost = circle || below == IN_CIRCLE;
            depth[at] = below = lost ? IN_CIRCLE : below + 1;
            if (below == DEEPEST + 1)
                problem(v, NVB_E304, v->p->lines[at].price.basis.path, "/prestatie", NVB_TEXT("17"),
                        NONE, NONE);
        }
    }
}

/* --- lines and ceilings --- */

static void check_line(nvbi_validation *v, const nvb_line *l)
{
    check_buildup(v, &l->price, l->code);
    refer(v, &v->groups, l->group, l->path, "/groep");
    refer(v, &v->sources, l->volume.source, l->volume.path, "/basis/bron");
}

static void check_ceilings(nvbi_validation *v)
{
    const nvb_proposal *p = v->p;
    nvbi_set *sets = NVBI_NEW(&v->arena, nvbi_set, p->n_ceilings + 1);
    for (size_t i = 0; sets && i < p->n_ceilings; i++) {
        const nvb_ceiling *c = &p->ceilings[i];
        if (c->buildup.basis.given)
            check_buildup(v, &c->buildup, c->id);
        refer(v, &v->groups, c->group, c->path, "/groep");
        for (size_t k = 0; k < c->n_lines; k++)
            refer(v, &v->lines, c->lines[k], c->path, "/prestaties");
        if (!nvbi_set_of_ceiling(&sets[i], &v->arena, p, c, &v->lines.names))
            return;
        for (size_t k = 0; k < i; k++)
            if (nvbi_set_relation(&sets[k], &sets[i]) == NVBI_CROSSING)
                problem(v, NVB_E312, c->path, "", c->id, p->ceilings[k].id, NONE);
    }
}

static void warn_unused(nvbi_validation *v, const nvbi_registry *r, const char *under)
{
    for (size_t i = 0; i < r->n; i++)
        if (!r->used[i]) {
            nvb_text path = nvbi_arena_pointer(&v->arena, NVB_TEXT(""), under, r->ids[i]);
            nvb_diag_add(v->diag, NVB_E601, path, r->what, r->ids[i], NONE);
        }
}

static bool prepare_seen(nvbi_validation *v)
{
    size_t n = 0;
    for (size_t i = 0; i < v->p->n_lines; i++)
        n += v->p->lines[i].price.n_steps;
    for (size_t i = 0; i < v->p->n_ceilings; i++)
        n += v->p->ceilings[i].buildup.n_steps;
    return nvbi_seen_init(&v->seen, &v->arena, n) &&
           nvbi_seen_init(&v->told, &v->arena, NVB_MAX_PROBLEMS);
}

static void check_all(nvbi_validation *v)
{
    const nvb_proposal *p = v->p;
    for (size_t i = 0; i < p->n_facts; i++)
        refer(v, &v->sources, p->facts[i].source, p->facts[i].path, "/bron");
    for (size_t i = 0; i < p->n_indices; i++)
        check_index(v, &p->indices[i]);
    for (size_t i = 0; i < p->n_lines; i++)
        check_line(v, &p->lines[i]);
    check_leaning(v);
    check_ceilings(v);
    if (!v->failed)
        nvbi_gaps_of_lines(v);
    warn_unused(v, &v->sources, "/bronnen/");
    warn_unused(v, &v->indices, "/indexen/");
    warn_unused(v, &v->facts, "/kenmerken/");
}

bool nvb_proposal_validate(const nvb_proposal *p, nvb_diag *diag)
{
    nvbi_validation v = {.p = p, .diag = diag, .calc = nvb_calc_new(0)};
    nvbi_arena_init(&v.arena);
    bool ready = v.calc && prepare(&v) && prepare_seen(&v);
    if (ready)
        check_all(&v);
    bool well = ready && !v.failed && !v.arena.failed;
    nvb_calc_free(v.calc);
    nvbi_arena_release(&v.arena);
    return well;
}
