/*
 * audit_rules.c: findings from the rules of checks.h, from last year's contract (bases that are not
 * the figure they name) and from what was expected. A price list is no proposal: no rule applies to
 * it.
 */
#include "audit.h"
#include "checks.h"
#include "compare.h"

/* --- what a change on a line is worth --- */

/* What one unit of a line gains: on the line itself, and through the lines it leans on. */
typedef nvb_num (*on_line)(nvb_audit *a, size_t line, const void *what);

typedef struct lines {
    nvbi_names codes;
} lines;

static bool name_lines(nvb_audit *a, lines *l)
{
    if (!nvbi_names_init(&l->codes, &a->arena, a->p->n_lines + 1)) {
        a->failed = true;
        return false;
    }
    for (size_t i = 0; i < a->p->n_lines; i++)
        nvbi_names_add(&l->codes, a->p->lines[i].code, (uint32_t)i);
    return true;
}

/* What of the amount below it a base takes: percentage x factor. */
static nvb_num part_taken(nvb_audit *a, const nvb_basis *b)
{
    nvb_num part = nvb_num_int(1);
    if (nvb_input_given(&b->percentage))
        part = nvb_num_mul(a->calc, part, b->percentage.value);
    if (nvb_input_given(&b->factor))
        part = nvb_num_mul(a->calc, part, b->factor.value);
    return part;
}

static nvb_num per_unit(nvb_audit *a, const lines *l, size_t line, on_line f, const void *what)
{
    nvb_num sum = nvb_num_int(0), part = nvb_num_int(1);
    for (uint32_t at = (uint32_t)line; at != NVBI_NO_NAME;) {
        const nvb_basis *b = &a->p->lines[at].price.basis;
        nvb_num own = f(a, at, what);
        if (nvb_num_sign(own) != 0)
            sum = nvb_num_add(a->calc, sum, nvb_num_mul(a->calc, part, own));
        part = nvb_num_mul(a->calc, part, part_taken(a, b));
        at = b->given ? nvbi_names_find(&l->codes, b->line) : NVBI_NO_NAME;
    }
    return sum;
}

/* The same over all lines, at the expected volume. Nothing at all is no amount. */
static void
set_amount(nvb_audit *a, nvb_finding *found, const lines *l, on_line f, const void *what)
{
    nvb_num sum = nvb_num_int(0);
    for (size_t i = 0; i < a->p->n_lines; i++) {
        uint32_t volume = nvb_breakdown_line(a->b, i)->volume;
        if (volume == NVB_NO_FIGURE)
            continue;
        nvb_num units = nvb_breakdown_at(a->b, volume)->value;
        nvb_num each = per_unit(a, l, i, f, what);
        sum = nvb_num_add(a->calc, sum, nvb_num_mul(a->calc, units, each));
    }
    found->has_amount = nvb_num_sign(sum) != 0;
    found->amount = sum;
}

/* --- rules --- */

/* The steps an outcome names: those of the figures it lists, or, as it lists only so many, all that
 * are called like one of them. */
typedef struct named {
    const nvb_step *const *steps;
    size_t n;
    bool by_id;
} named;

static bool is_named(const named *s, const nvb_step *step)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->steps[i] == step || (s->by_id && nvb_text_equal(s->steps[i]->id, step->id)))
            return true;
    return false;
}

static nvb_num figure_of_step(const nvb_audit *a, size_t line, size_t step)
{
    uint32_t number = nvb_breakdown_line(a->b, line)->steps[step];
    return number == NVB_NO_FIGURE ? nvb_num_int(0) : nvb_breakdown_at(a->b, number)->value;
}

/* What the named steps take off a line. */
static nvb_num taken_off(nvb_audit *a, size_t line, const void *what)
{
    const nvb_buildup *b = &a->p->lines[line].price;
    nvb_num sum = nvb_num_int(0);
    for (size_t i = 0; nvb_breakdown_line(a->b, line)->steps && i < b->n_steps; i++) {
        if (!b->steps[i] || !is_named(what, b->steps[i]))
            continue;
        nvb_num v = figure_of_step(a, line, i);
        if (nvb_num_sign(v) < 0)
            sum = nvb_num_sub(a->calc, sum, v);
    }
    return sum;
}

/* What index steps of that name leave out by their share. */
static nvb_num left_out(nvb_audit *a, size_t line, const void *what)
{
    const nvb_text *id = what;
    const nvb_buildup *b = &a->p->lines[line].price;
    nvb_num sum = nvb_num_int(0), one = nvb_num_int(1);
    for (size_t i = 0; nvb_breakdown_line(a->b, line)->steps && i < b->n_steps; i++) {
        const nvb_step *s = b->steps[i];
        if (!s || s->kind != NVB_STEP_INDEX || !nvb_text_equal(s->id, *id) ||
            !nvb_input_given(&s->share) || nvb_num_sign(s->share.value) <= 0)
            continue;
        nvb_num rest =
            nvb_num_div(a->calc, nvb_num_sub(a->calc, one, s->share.value), s->share.value);
        nvb_num out = nvb_num_mul(a->calc, rest, figure_of_step(a, line, i));
        sum = nvb_num_add(a->calc, sum, out);
    }
    return sum;
}

static void set_steps_amount(nvb_audit *a, nvb_finding *f, const lines *l, const nvb_check *check)
{
    const nvb_step **steps = NVBI_NEW(&a->arena, const nvb_step *, check->n_paths + 1);
    named s = {steps, 0, check->n_paths >= NVBI_PATHS_SHOWN};
    for (size_t i = 0; steps && i < check->n_paths; i++) {
        const nvb_figure *at = nvb_breakdown_find(a->b, check->paths[i]);
        if (at && at->step)
            steps[s.n++] = at->step;
    }
    if (s.n)
        set_amount(a, f, l, taken_off, &s);
}

/* Amounts only where the outcome is about steps that can be pointed at. */
static void set_rule_amount(nvb_audit *a, nvb_finding *f, const lines *l, const nvb_check *check)
{
    if (check->because == NVB_WHY_OVA_SHARE)
        set_amount(a, f, l, left_out, &check->word[0]);
    else if (check->because == NVB_WHY_OVA_DISCOUNT || check->because == NVB_WHY_STEPS_UNEXPLAINED)
        set_steps_amount(a, f, l, check);
}

/* That an index is claimed lower than follows is said where the index is (INDEX). */
static bool index_says_it(const nvb_audit *a, const nvb_check *check)
{
    const nvb_index *x = nvb_proposal_index(a->p, check->word[0]);
    const nvb_audited *claim = x ? nvbi_audited_at(a, x->path) : NULL;
    return check->because == NVB_WHY_OVA_CLAIM && claim && claim->verdict == NVB_FOLLOWS_NOT;
}

/* That nothing is indexed says that wages, or a year, are not. */
static bool indexation_says_it(const nvb_audit *a, const nvb_check *check)
{
    bool follows =
        check->because == NVB_WHY_OVA_NO_WAGE_INDEX || check->because == NVB_WHY_YEARS_GAP;
    return follows && nvb_checks_at(a->in.checks, NVB_RULE_INDEXATION)->outcome == NVB_NOT_MET;
}

static bool is_said(const nvb_audit *a, const nvb_check *check, bool bases_said)
{
    return check->rule == NVB_RULE_CLAIMS || index_says_it(a, check) ||
           indexation_says_it(a, check) || (bases_said && check->because == NVB_WHY_BASIS_DIFFERS);
}

/* What we could not see is no doubt about the offer: the overview of changes goes with it on a
 * sheet of its own. */
static nvb_gravity gravity_of(const nvb_check *check)
{
    if (check->outcome == NVB_UNKNOWN || check->because == NVB_WHY_CHANGES_MISSING)
        return NVB_NOTE;
    nvb_rule_kind kind = nvb_rule_kind_of(check->rule);
    return kind == NVB_LEGAL ? NVB_FAULT : kind == NVB_GUIDANCE ? NVB_DOUBT : NVB_NOTE;
}

static void hold_rule(nvb_audit *a, const lines *l, const nvb_check *check)
{
    nvb_text path = check->n_paths ? check->paths[0] : (nvb_text){"", 0};
    nvb_finding *f = nvbi_found(a, NVB_FOUND_RULE, gravity_of(check), path);
    nvbi_found_paths(a, f, check->paths,
                     check->n_paths < NVBI_PATHS_SHOWN ? check->n_paths : NVBI_PATHS_SHOWN);
    f->rule = check->rule;
    f->check = check;
    if (check->outcome == NVB_NOT_MET)
        set_rule_amount(a, f, l, check);
}

static void hold_rules(nvb_audit *a, const lines *l, bool bases_said)
{
    for (nvb_rule r = 0; r < NVB_RULE_COUNT && !a->failed; r++) {
        if (nvb_rule_place_of(r) != NVB_IN_CHECK)
            continue;
        const nvb_check *check = nvb_checks_at(a->in.checks, r);
        bool open = check->outcome == NVB_NOT_MET || check->outcome == NVB_UNKNOWN;
        if (open && !is_said(a, check, bases_said))
            hold_rule(a, l, check);
    }
}

/* --- bases against last year's contract --- */

/* Lines whose base is below, or above, the figure of last year it says it is. */
typedef struct off_base {
    int sign;        /* of claimed - named */
    nvb_line *lines; /* of the offer, from the figures named */
    nvb_text *paths;
    size_t n;
    const nvb_pair *first;
} off_base;

/* Whether the figure it names can be held against it: one line of that contract, of its year. */
static bool is_comparable(const nvb_audit *a, const nvb_pair *p)
{
    int year = p->new_line->price.basis.year;
    int last = nvb_breakdown_proposal(nvb_comparison_old(a->in.previous))->year;
    return p->n_old == 1 && (!year || !last || year == last);
}

static void gather(nvb_audit *a, off_base *o)
{
    size_t n = nvb_comparison_pairs(a->in.previous);
    for (size_t i = 0; i < n; i++) {
        const nvb_pair *p = nvb_comparison_pair(a->in.previous, i);
        if (!p->new_line || !p->claims_last || !p->gap || p->new_number >= a->p->n_lines ||
            !is_comparable(a, p) || nvb_num_cmp(a->calc, p->claimed, p->named) != o->sign)
            continue;
        o->lines[p->new_number].price.basis.amount.value = p->named;
        o->paths[o->n] = p->new_line->price.basis.path;
        if (o->n++ == 0)
            o->first = p;
    }
}

/* What the lines come to from the figures named, less what they come to as offered, at the expected
 * volume. */
static void set_bases_amount(nvb_audit *a, nvb_finding *found, const off_base *o)
{
    nvb_proposal offer = *a->p;
    offer.lines = o->lines;
    nvb_diag *diag = nvb_diag_new();
    nvb_breakdown *b =
        diag ? nvb_breakdown_new(&offer, &(nvb_engine_options){.bare = true}, diag) : NULL;
    /* Out of memory, unless something is wrong with the outcome. */
    a->failed |= !b && (!diag || !nvb_diag_count(diag, NVB_ERROR));
    for (size_t i = 0; b && i < a->p->n_lines; i++) {
        const nvb_line_figures *was = nvb_breakdown_line(a->b, i), *is = nvb_breakdown_line(b, i);
        if (was->volume == NVB_NO_FIGURE || was->tariff == NVB_NO_FIGURE ||
            is->tariff == NVB_NO_FIGURE)
            continue;
        nvb_num each =
            nvb_num_sub(a->calc, nvbi_value_of(b, is->tariff), nvbi_value_of(a->b, was->tariff));
        nvb_num worth = nvb_num_mul(a->calc, each, nvbi_value_of(a->b, was->volume));
        found->amount = nvb_num_add(a->calc, found->amount, worth);
    }
    found->has_amount = nvb_num_sign(found->amount) != 0;
    nvb_breakdown_free(b);
    nvb_diag_free(diag);
}

static bool hold_bases(nvb_audit *a, int sign)
{
    off_base o = {.sign = sign};
    o.lines = NVBI_NEW(&a->arena, nvb_line, a->p->n_lines + 1);
    o.paths = NVBI_NEW(&a->arena, nvb_text, a->p->n_lines + 1);
    if (!o.lines || !o.paths)
        return false;
    for (size_t i = 0; i < a->p->n_lines; i++) {
        o.lines[i] = a->p->lines[i];
        if (o.lines[i].price.basis.given)
            o.lines[i].tariff.path = (nvb_text){0};
    }
    gather(a, &o);
    if (!o.n)
        return false;
    bool lower = sign < 0;
    nvb_finding *f = nvbi_found(a, lower ? NVB_FOUND_BASE : NVB_FOUND_BASE_RAISED,
                                lower ? NVB_FAULT : NVB_NOTE, o.paths[0]);
    nvbi_found_paths(a, f, o.paths, o.n);
    f->word[0] = o.first->code;
    nvbi_found_count(f, 0, o.n);
    nvbi_found_number(f, 1, o.first->claimed, NVB_EUR);
    nvbi_found_number(f, 2, o.first->named, NVB_EUR);
    set_bases_amount(a, f, &o);
    return true;
}

/* A base that names a figure last year's contract does not have: the rule says that, not BASE. */
static bool names_nothing(const nvb_audit *a)
{
    for (size_t i = 0; i < nvb_comparison_pairs(a->in.previous); i++) {
        const nvb_pair *p = nvb_comparison_pair(a->in.previous, i);
        if (p->new_line && p->after.has_tariff && nvbi_claims_last(a->in.previous, p->new_line) &&
            (!p->n_old || !p->before.has_tariff))
            return true;
    }
    return false;
}

/* --- what was expected --- */

typedef struct more {
    nvb_text index;
    nvb_num part; /* of the step's figure: expected / offered - 1 */
} more;

static nvb_num would_add(nvb_audit *a, size_t line, const void *what)
{
    const more *m = what;
    const nvb_buildup *b = &a->p->lines[line].price;
    nvb_num sum = nvb_num_int(0);
    for (size_t i = 0; nvb_breakdown_line(a->b, line)->steps && i < b->n_steps; i++) {
        const nvb_step *s = b->steps[i];
        if (s && s->index.s && !s->n_own_shares && nvb_text_equal(s->index, m->index))
            sum = nvb_num_add(a->calc, sum,
                              nvb_num_mul(a->calc, m->part, figure_of_step(a, line, i)));
    }
    return sum;
}

static void hold_expected(nvb_audit *a, const lines *l)
{
    const nvb_proposal *expected = nvb_breakdown_proposal(a->in.expected);
    for (size_t i = 0; i < a->p->n_indices && !a->failed; i++) {
        const nvb_index *x = &a->p->indices[i], *other = nvb_proposal_index(expected, x->id);
        if (!other)
            continue;
        uint32_t number = nvb_breakdown_index(a->in.expected, (size_t)(other - expected->indices));
        nvb_num offered = nvb_breakdown_at(a->b, nvb_breakdown_index(a->b, i))->value;
        nvb_num wanted = nvb_breakdown_at(a->in.expected, number)->value;
        if (nvb_num_cmp(a->calc, offered, wanted) == 0)
            continue;
        nvb_finding *f = nvbi_found(a, NVB_FOUND_EXPECTED, NVB_DOUBT, x->path);
        nvbi_found_paths(a, f, &x->path, 1);
        f->word[0] = x->id;
        nvbi_found_number(f, 0, offered, NVB_PERCENT);
        nvbi_found_number(f, 1, wanted, NVB_PERCENT);
        if (nvb_num_sign(offered) == 0)
            continue;
        nvb_num ratio = nvb_num_div(a->calc, wanted, offered);
        more m = {x->id, nvb_num_sub(a->calc, ratio, nvb_num_int(1))};
        set_amount(a, f, l, would_add, &m);
        nvbi_audit_watch(a, x->path);
    }
}

void nvbi_audit_rules(nvb_audit *a)
{
    lines l = {0};
    nvbi_tell_whole(a);
    if (!name_lines(a, &l))
        return;
    bool said = false;
    if (a->in.previous) {
        said = hold_bases(a, -1);
        said |= hold_bases(a, 1);
        said = said && !names_nothing(a);
    }
    if (a->in.checks && !a->in.is_list)
        hold_rules(a, &l, said);
    if (a->in.expected)
        hold_expected(a, &l);
    nvbi_audit_watch(a, NVB_TEXT("/prestaties"));
}
