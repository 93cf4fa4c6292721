/*
 * rules_items.c: the six items of the inhoudelijke toelichting (Regeling TH/NR-038 art. 6 lid 4,
 * Handvatten 4.7.1), and whether every surcharge, discount, claim and figure is accounted for.
 */
#include "checks.h"
#include "compare.h"
#include "validate.h"

/* --- item 1 --- */

static bool base_is_stated(const nvb_proposal *p, const nvb_line *l)
{
    const nvb_basis *b = &l->price.basis;
    if (!b->given)
        return nvb_input_given(&l->tariff) && p->statement[NVB_ITEM_BASIS].s;
    return b->kind != NVB_OTHER_BASE || b->description.s;
}

/* A base that says it comes from last year's contract is right when the figure it names is there,
 * and is that. */
static bool connects(const nvb_pair *p)
{
    return p->n_old && p->before.has_tariff && !p->gap;
}

/* Such bases held against that contract: true (and the outcome is set) when there are any. */
static bool bases_connect(nvbi_checking *c, nvb_check *out)
{
    size_t claims = 0, differ = 0;
    for (size_t i = 0; c->previous && i < c->previous->n_pairs; i++) {
        const nvb_pair *p = &c->previous->pairs[i];
        if (!p->new_line || !p->after.has_tariff || !nvbi_claims_last(c->previous, p->new_line))
            continue;
        claims++;
        if (connects(p))
            continue;
        if (differ++ == 0)
            nvbi_check_word(out, 2, p->code);
        nvbi_check_path(c, out, p->new_line->price.basis.path);
    }
    if (claims == 0)
        return false;
    nvbi_check_set(out, differ ? NVB_NOT_MET : NVB_MET,
                   differ ? NVB_WHY_BASIS_DIFFERS : NVB_WHY_BASIS_CONNECTS);
    nvbi_check_count(c, out, 0, differ ? differ : claims);
    if (differ || claims < c->p->n_lines)
        nvbi_check_count(c, out, 1, differ ? claims : c->p->n_lines - claims);
    if (!differ)
        nvbi_check_path(c, out, NVB_TEXT("/prestaties"));
    return true;
}

void nvbi_rule_basis(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    size_t missing = 0, flat = 0;
    for (size_t i = 0; i < c->p->n_lines; i++) {
        const nvb_line *l = &c->p->lines[i];
        flat += !l->price.basis.given;
        if (base_is_stated(c->p, l))
            continue;
        missing++;
        nvbi_check_path(c, out, l->path);
    }
    for (size_t i = 0; i < c->p->n_ceilings; i++) {
        const nvb_basis *b = &c->p->ceilings[i].buildup.basis;
        if (!b->given || b->kind != NVB_OTHER_BASE || b->description.s)
            continue;
        missing++;
        nvbi_check_path(c, out, b->path);
    }
    if (missing) {
        nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_BASIS_MISSING);
        nvbi_check_count(c, out, 0, missing);
        nvbi_check_count(c, out, 1, c->p->n_lines);
        return;
    }
    if (bases_connect(c, out))
        return;
    nvbi_check_set(out, NVB_MET, flat ? NVB_WHY_BASIS_IN_WORDS : NVB_WHY_BASIS_ALL);
    nvbi_check_count(c, out, 0, flat ? flat : c->p->n_lines);
    nvbi_check_path(c, out, flat ? NVB_TEXT("/toelichting/basis") : NVB_TEXT("/prestaties"));
}

/* --- item 2 --- */

void nvbi_rule_indexation(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    bool stated = c->p->statement[NVB_ITEM_INDEXATION].s != NULL;
    size_t without = 0;
    for (size_t i = 0; i < c->p->n_lines; i++)
        if (!nvbi_line_is_indexed(c->p, &c->lines, i)) {
            without++;
            if (!stated)
                nvbi_check_path(c, out, c->p->lines[i].path);
        }
    if (without && !stated) {
        nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_INDEX_MISSING);
        nvbi_check_count(c, out, 1, c->p->n_lines);
    } else
        nvbi_check_set(out, NVB_MET, without ? NVB_WHY_INDEX_IN_WORDS : NVB_WHY_INDEX_ALL);
    nvbi_check_count(c, out, 0, without ? without : c->p->n_lines);
    if (!out->n_paths)
        nvbi_check_path(c, out,
                        without           ? NVB_TEXT("/toelichting/indexatie")
                        : c->p->n_indices ? NVB_TEXT("/indexen")
                                          : NVB_TEXT("/prestaties"));
}

/* --- item 3, and all that asks for a reason --- */

static bool is_argued(const nvb_step *s)
{
    return s->kind == NVB_STEP_SURCHARGE || s->kind == NVB_STEP_DISCOUNT;
}

/* Counts what asks for an explanation, and what lacks one of the bits in `lacking`. `all`: also
 * reduced bases and partial indices. */
static void count_explained(
    nvbi_checking *c, nvb_check *out, unsigned lacking, bool all, size_t *n, size_t *bad)
{
    for (size_t i = 0; i < c->n_steps; i++) {
        const nvb_figure *f = c->steps[i];
        bool counts = is_argued(f->step) || (all && f->missing);
        *n += counts;
        if (!counts || !(f->missing & lacking))
            continue;
        ++*bad;
        nvbi_check_path(c, out, f->path);
    }
    for (uint32_t i = 0; i < c->b->n; i++) {
        const nvb_figure *f = nvbi_figure_at(c->b, i);
        if (f->kind != NVB_FIG_BASIS || !(f->items & 1U << NVB_ITEM_SURCHARGES))
            continue;
        ++*n;
        if (!(f->missing & lacking & NVB_MISSING_REASON))
            continue;
        ++*bad;
        nvbi_check_path(c, out, f->path);
    }
}

static void explained(nvbi_checking *c, nvb_check *out, unsigned lacking, bool all)
{
    if (nvbi_check_contract(c, out))
        return;
    size_t n = 0, bad = 0;
    count_explained(c, out, lacking, all, &n, &bad);
    if (n == 0) {
        nvbi_check_set(out, NVB_NOT_APPLICABLE, NVB_WHY_STEPS_NONE);
        return;
    }
    nvbi_check_set(out, bad ? NVB_NOT_MET : NVB_MET,
                   bad ? NVB_WHY_STEPS_UNEXPLAINED : NVB_WHY_STEPS_EXPLAINED);
    nvbi_check_count(c, out, 0, bad ? bad : n);
    if (bad)
        nvbi_check_count(c, out, 1, n);
    else
        for (size_t i = 0; i < c->n_steps; i++)
            if (is_argued(c->steps[i]->step))
                nvbi_check_path(c, out, c->steps[i]->path);
}

/* Item 3 asks what a surcharge or discount is and which tariff it applies to. */
void nvbi_rule_surcharges(nvbi_checking *c, nvb_check *out)
{
    explained(c, out, NVB_MISSING_OVER | NVB_MISSING_REASON, false);
}

void nvbi_rule_explained(nvbi_checking *c, nvb_check *out)
{
    explained(c, out, NVB_MISSING_OVER | NVB_MISSING_REASON | NVB_MISSING_SOURCE, true);
}

/* --- item 4 --- */

void nvbi_rule_volume(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    size_t built_up = 0, plain = 0;
    for (size_t i = 0; i < c->p->n_lines; i++) {
        built_up += c->p->lines[i].volume.built_up;
        plain += c->p->lines[i].volume.given && !c->p->lines[i].volume.built_up;
    }
    bool any = built_up || plain;
    nvbi_check_set(out, any ? NVB_MET : NVB_NOT_APPLICABLE,
                   built_up ? NVB_WHY_VOLUME_BUILT_UP
                   : plain  ? NVB_WHY_VOLUME_PLAIN
                            : NVB_WHY_VOLUME_NONE);
    nvbi_check_count(c, out, 0, built_up ? built_up : plain);
    if (any)
        nvbi_check_path(c, out, NVB_TEXT("/prestaties"));
}

/* --- item 5 --- */

static const char *thin_part(const nvb_benchmark *b)
{
    return !b->population.s    ? "populatie"
           : !b->measure.s     ? "maatstaf"
           : !b->outcome.s     ? "uitkomst"
           : !b->elaboration.s ? "uitwerking"
                               : NULL;
}

/* A figure that leans on a benchmark while none is described. */
static const nvb_figure *leans_on_nothing(const nvbi_checking *c)
{
    for (uint32_t i = 0; c->p->n_benchmarks == 0 && i < c->b->n; i++) {
        const nvb_figure *f = nvbi_figure_at(c->b, i);
        bool step = f->kind == NVB_FIG_STEP && f->step->category == NVB_PRICE_BENCHMARK;
        bool base = f->kind == NVB_FIG_BASIS && f->basis->kind == NVB_BASE_BENCHMARK;
        if (step || base)
            return f;
    }
    return NULL;
}

void nvbi_rule_benchmark(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    const nvb_figure *bare = leans_on_nothing(c);
    if (bare) {
        nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_BENCHMARK_MISSING);
        nvbi_check_word(out, 0, bare->path);
        nvbi_check_path(c, out, bare->path);
        return;
    }
    if (c->p->n_benchmarks == 0) {
        nvbi_check_set(out, NVB_NOT_APPLICABLE, NVB_WHY_BENCHMARK_NONE);
        return;
    }
    nvbi_check_set(out, NVB_MET, NVB_WHY_BENCHMARK_GIVEN);
    nvbi_check_count(c, out, 0, c->p->n_benchmarks);
    for (size_t i = 0; i < c->p->n_benchmarks; i++) {
        const nvb_benchmark *b = &c->p->benchmarks[i];
        const char *lacks = thin_part(b);
        nvbi_check_path(c, out, b->path);
        if (!lacks || out->outcome == NVB_NOT_MET)
            continue;
        nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_BENCHMARK_THIN);
        nvbi_check_word(out, 0, b->id);
        nvbi_check_word(out, 1, (nvb_text){lacks, strlen(lacks)});
    }
}

/* --- item 6 --- */

/* An agreement that is named but neither worked out nor referred to. */
static const nvb_agreement *thin_agreement(const nvbi_checking *c)
{
    for (size_t i = 0; i < c->p->n_agreements; i++)
        if (!c->p->agreements[i].contribution.s && !c->p->agreements[i].reference.s)
            return &c->p->agreements[i];
    return NULL;
}

void nvbi_rule_agreements(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    const nvb_agreement *thin = thin_agreement(c);
    if (thin) {
        nvbi_check_set(out, NVB_NOT_MET, NVB_WHY_AGREEMENTS_THIN);
        nvbi_check_word(out, 0, thin->id);
        nvbi_check_path(c, out, thin->path);
        return;
    }
    bool any = c->p->n_agreements || c->p->statement[NVB_ITEM_AGREEMENTS].s;
    nvbi_check_set(out, any ? NVB_MET : NVB_NOT_APPLICABLE,
                   any ? NVB_WHY_AGREEMENTS_GIVEN : NVB_WHY_AGREEMENTS_NONE);
    nvbi_check_count(c, out, 0, c->p->n_agreements);
    for (size_t i = 0; i < c->p->n_agreements; i++)
        nvbi_check_path(c, out, c->p->agreements[i].path);
}

/* --- claims --- */

void nvbi_rule_claims(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    size_t claims = 0, differ = 0;
    for (size_t i = 0; i < c->p->n_lines; i++)
        claims += c->p->lines[i].price.basis.given && nvb_input_given(&c->p->lines[i].tariff);
    for (size_t i = 0; i < c->p->n_indices; i++)
        claims += nvb_input_given(&c->p->indices[i].claimed);
    for (size_t i = 0; c->diag && i < nvb_diag_kept(c->diag); i++) {
        const nvb_problem *problem = nvb_diag_at(c->diag, i);
        if (problem->code != NVB_E509)
            continue;
        differ++;
        nvbi_check_path(c, out, problem->path);
    }
    if (claims == 0)
        nvbi_check_set(out, NVB_NOT_APPLICABLE, NVB_WHY_CLAIMS_NONE);
    else
        nvbi_check_set(out, differ ? NVB_NOT_MET : NVB_MET,
                       differ ? NVB_WHY_CLAIMS_DIFFER : NVB_WHY_CLAIMS_FOLLOW);
    nvbi_check_count(c, out, 0, differ ? differ : claims);
    if (differ)
        nvbi_check_count(c, out, 1, claims);
}

/* --- our own norm: a source for every base, index, step, limit, fact and built-up volume --- */

typedef struct source_count {
    nvbi_checking *c;
    nvb_check *out;
    size_t all, without;
} source_count;

static void count_source(source_count *n, bool has, nvb_text path)
{
    n->all++;
    if (has)
        return;
    if (n->without++ == 0)
        nvbi_check_word(n->out, 1, path);
    nvbi_check_path(n->c, n->out, path);
}

static void count_limit(source_count *n, const nvb_limit *l)
{
    if (l->given)
        count_source(n, l->source.s != NULL, l->path);
}

static void count_buildup(source_count *n, const nvb_buildup *b)
{
    if (b->basis.given && !b->basis.line.s)
        count_source(n, b->basis.source.s != NULL, b->basis.path);
    count_limit(n, &b->maximum);
    count_limit(n, &b->minimum);
}

static void count_index(source_count *n, const nvb_index *x)
{
    for (size_t i = 0; i < x->n_components; i++)
        count_source(n, x->components[i].source.s || x->source.s, x->components[i].path);
    if (x->n_components == 0)
        count_source(n, x->source.s != NULL, x->path);
}

void nvbi_rule_sources(nvbi_checking *c, nvb_check *out)
{
    if (nvbi_check_contract(c, out))
        return;
    const nvb_proposal *p = c->p;
    source_count n = {c, out, 0, 0};
    for (size_t i = 0; i < p->n_facts; i++)
        count_source(&n, p->facts[i].source.s != NULL, p->facts[i].path);
    for (size_t i = 0; i < p->n_indices; i++)
        count_index(&n, &p->indices[i]);
    for (size_t i = 0; i < c->n_steps; i++)
        if (!c->steps[i]->step->index.s)
            count_source(&n, c->steps[i]->step->source.s != NULL, c->steps[i]->path);
    for (size_t i = 0; i < p->n_lines; i++) {
        count_buildup(&n, &p->lines[i].price);
        if (p->lines[i].volume.built_up)
            count_source(&n, p->lines[i].volume.source.s != NULL, p->lines[i].volume.path);
    }
    for (size_t i = 0; i < p->n_ceilings; i++)
        count_buildup(&n, &p->ceilings[i].buildup);
    nvbi_check_set(out, n.without ? NVB_NOT_MET : NVB_MET,
                   n.without ? NVB_WHY_SOURCES_MISSING : NVB_WHY_SOURCES_ALL);
    nvbi_check_count(c, out, 0, n.without ? n.without : n.all);
    if (!n.without)
        nvbi_check_path(c, out, NVB_TEXT("/bronnen"));
}
