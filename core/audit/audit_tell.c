/*
 * audit_tell.c: what there is to say of tariffs that do not follow: what they are held against,
 * what that is worth, and where the cause is that of an index which does not follow either; and of
 * a price list as a whole.
 */
#include "audit.h"
#include "compare.h"

/* --- what a line is held against --- */

static bool any_expected(const nvb_proposal *p)
{
    for (size_t i = 0; i < p->n_indices; i++)
        if (p->indices[i].expected)
            return true;
    return false;
}

static nvb_finding_kind own_kind(const nvb_proposal *p, const nvb_buildup *b, bool indices)
{
    if (b->basis.assumed)
        return b->n_steps ? NVB_FOUND_EXPECTATION : NVB_FOUND_CHANGED;
    bool expected = b->basis.expected;
    for (size_t i = 0; i < b->n_steps && !expected; i++) {
        const nvb_step *s = b->steps[i];
        const nvb_index *x = s && indices && s->index.s ? nvb_proposal_index(p, s->index) : NULL;
        expected = s && (s->expected || (x && x->expected));
    }
    return expected ? NVB_FOUND_EXPECTATION : NVB_FOUND_TARIFFS;
}

/* Per line, that of the lines it leans on too. */
static nvb_finding_kind *find_kinds(nvb_audit *a)
{
    const nvb_proposal *p = a->p;
    nvbi_names codes = {0};
    nvb_finding_kind *kinds = NVBI_NEW(&a->arena, nvb_finding_kind, p->n_lines + 1);
    nvbi_name_lines(&codes, &a->arena, p);
    if (!kinds || !codes.slots) {
        a->failed = true;
        return NULL;
    }
    bool indices = any_expected(p);
    for (size_t i = 0; i < p->n_lines; i++)
        kinds[i] = own_kind(p, &p->lines[i].price, indices);
    for (size_t i = 0; i < p->n_lines; i++) {
        uint32_t at = (uint32_t)i;
        for (size_t n = 0; n < p->n_lines && kinds[i] == NVB_FOUND_TARIFFS; n++) {
            at = nvbi_names_find(&codes, p->lines[at].price.basis.line);
            if (at == NVBI_NO_NAME)
                break;
            if (kinds[at] != NVB_FOUND_TARIFFS)
                kinds[i] = NVB_FOUND_EXPECTATION;
        }
    }
    return kinds;
}

nvb_finding_kind nvbi_tariff_kind(nvb_audit *a, const nvb_line *line)
{
    if (!a->tariff_kinds)
        a->tariff_kinds = find_kinds(a);
    return a->tariff_kinds ? a->tariff_kinds[line - a->p->lines] : NVB_FOUND_TARIFFS;
}

/* --- what it is worth --- */

void nvbi_found_worth(nvb_audit *a, nvb_finding *f, const nvb_audited *const *set, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t line = (size_t)(set[i]->line - a->p->lines);
        uint32_t volume = nvb_breakdown_line(a->b, line)->volume;
        if (volume == NVB_NO_FIGURE) {
            f->without_volume++;
            continue;
        }
        nvb_num each = nvb_num_sub(a->calc, set[i]->computed, set[i]->claimed);
        nvb_num worth = nvb_num_mul(a->calc, each, nvbi_value_of(a->b, volume));
        f->has_amount = true;
        f->amount = nvb_num_add(a->calc, f->amount, worth);
        if (nvb_num_sign(each) > 0) {
            f->less = nvb_num_add(a->calc, f->less, worth);
            f->n_less++;
        } else {
            f->more = nvb_num_sub(a->calc, f->more, worth);
            f->n_more++;
        }
    }
}

/* --- a finding --- */

/* A number made up for one tariff always fits: it comes after all that was not made up, and where
 * there is but the reader's own expectation it says nothing. */
static nvbi_readings for_one(nvb_audit *a, nvb_finding_kind kind, const nvbi_readings *list)
{
    nvbi_readings out = {0};
    for (int solved = 0; solved < 2; solved++)
        for (size_t i = 0; i < list->n; i++) {
            nvb_reading r = list->items[i];
            if (nvbi_is_solved(r.kind) != (solved == 1))
                continue;
            if (solved)
                r.fit = NVB_FIT_NEAR;
            if (!solved || kind == NVB_FOUND_TARIFFS)
                nvbi_readings_add(a, &out, &r);
        }
    return out;
}

void nvbi_tell_tariffs(nvb_audit *a,
                       const nvb_audited *const *set,
                       size_t n,
                       size_t n_claims,
                       const nvbi_readings *list)
{
    if (n == 0 || (a->in.is_explanation && nvbi_join_causes(a, set, n, list)))
        return;
    nvb_text *paths = NVBI_NEW(&a->arena, nvb_text, n);
    if (!paths)
        return;
    for (size_t i = 0; i < n; i++)
        paths[i] = set[i]->place;
    nvb_finding_kind kind = nvbi_tariff_kind(a, set[0]->line);
    nvbi_readings readings = n == 1 ? for_one(a, kind, list) : *list;
    nvb_gravity gravity = kind == NVB_FOUND_TARIFFS ? NVB_FAULT : NVB_DOUBT;
    nvb_finding *f = nvbi_found(a, kind, gravity, paths[0]);
    nvbi_found_paths(a, f, paths, n);
    f->word[0] = set[0]->line->code;
    nvbi_found_count(f, 0, n);
    nvbi_found_count(f, 1, n_claims);
    nvbi_found_number(f, 2, set[0]->claimed, NVB_EUR);
    nvbi_found_number(f, 3, set[0]->computed, NVB_EUR);
    nvbi_found_worth(a, f, set, n);
    nvbi_found_readings(a, f, &readings);
}

/* --- tariffs that go with an index that does not follow --- */

static bool same_text(nvb_text x, nvb_text y)
{
    return x.s && y.s ? nvb_text_equal(x, y) : x.s == y.s;
}

static bool same_reading(const nvb_reading *x, const nvb_reading *y)
{
    const nvb_convention *c = &x->convention, *d = &y->convention;
    bool same = x->kind == y->kind && same_text(x->component, y->component) &&
                same_text(x->other_component, y->other_component) && x->year == y->year &&
                x->stage == y->stage;
    if (!same || x->kind != NVB_READ_CONVENTION)
        return same;
    return c->after == d->after && c->combination == d->combination &&
           c->weighting == d->weighting && c->round_after == d->round_after &&
           c->round_component == d->round_component && c->round_weighted == d->round_weighted &&
           c->round_total == d->round_total;
}

/* Whether the reading of tariffs is that the index is what is claimed for it. */
static bool says_claimed(const nvb_finding *index, const nvb_reading *r)
{
    if (r->kind == NVB_READ_CLAIMED_INDEX)
        return true;
    for (size_t i = 0; i < index->n_readings; i++)
        if (index->readings[i].fit == NVB_FIT_EXACT && same_reading(&index->readings[i], r))
            return true;
    return false;
}

static nvb_finding *index_finding(const nvb_audit *a, const nvb_finding *f)
{
    if (f->kind != NVB_FOUND_TARIFFS || !f->n_readings || !f->readings[0].index.s ||
        f->readings[0].fit != NVB_FIT_EXACT)
        return NULL;
    for (size_t i = 0; i < a->n_findings; i++) {
        nvb_finding *x = &a->findings[i];
        if (x->kind == NVB_FOUND_INDEX && nvb_text_equal(x->word[0], f->readings[0].index) &&
            says_claimed(x, &f->readings[0]))
            return x;
    }
    return NULL;
}

/* What the tariffs say goes to the finding on the index. */
static bool join(nvb_audit *a, nvb_finding *to, const nvb_finding *from)
{
    size_t n = to->n_paths + from->n_paths;
    nvb_text *paths = NVBI_NEW(&a->arena, nvb_text, n);
    if (!paths)
        return false;
    memcpy(paths, to->paths, to->n_paths * sizeof *paths);
    memcpy(paths + to->n_paths, from->paths, from->n_paths * sizeof *paths);
    to->paths = paths;
    to->n_paths = n;
    to->has_amount = to->has_amount || from->has_amount;
    to->amount = nvb_num_add(a->calc, to->amount, from->amount);
    to->less = nvb_num_add(a->calc, to->less, from->less);
    to->more = nvb_num_add(a->calc, to->more, from->more);
    to->n_less += from->n_less;
    to->n_more += from->n_more;
    to->without_volume += from->without_volume;
    /* A percentage that tariffs were worked out with is no slip of the pen alone. */
    if (!to->n_readings || to->readings[0].kind == NVB_READ_DIGITS_SWAPPED ||
        to->readings[0].fit == NVB_FIT_NEAR) {
        nvbi_readings list = {0};
        nvbi_readings_add(a, &list, &from->readings[0]);
        for (size_t i = 0; i < to->n_readings; i++)
            nvbi_readings_add(a, &list, &to->readings[i]);
        nvbi_found_readings(a, to, &list);
    }
    return true;
}

void nvbi_tell_one_cause(nvb_audit *a)
{
    size_t left = 0;
    for (size_t i = 0; i < a->n_findings; i++) {
        nvb_finding *to = index_finding(a, &a->findings[i]);
        if (!to || !join(a, to, &a->findings[i]))
            a->findings[left++] = a->findings[i];
    }
    a->n_findings = left;
}

/* --- a price list as a whole --- */

static void tell_unchanged(nvb_audit *a)
{
    nvb_text *paths = NVBI_NEW(&a->arena, nvb_text, a->n_figures + 1);
    const nvb_line *first = NULL;
    size_t n = 0, of = 0;
    for (size_t i = 0; paths && i < a->n_figures; i++) {
        const nvb_audited *f = &a->figures[i];
        if (!f->figure || f->figure->kind != NVB_FIG_TARIFF || !f->line ||
            nvbi_tariff_kind(a, f->line) != NVB_FOUND_CHANGED)
            continue;
        of++;
        if (nvb_num_sign(f->difference) != 0)
            continue;
        first = first ? first : f->line;
        paths[n++] = f->place;
    }
    if (!n)
        return;
    nvb_finding *found = nvbi_found(a, NVB_FOUND_UNCHANGED, NVB_DOUBT, paths[0]);
    nvbi_found_paths(a, found, paths, n);
    found->word[0] = first->code;
    nvbi_found_count(found, 0, n);
    nvbi_found_count(found, 1, of);
}

static void tell_unexplained(nvb_audit *a)
{
    size_t n = 0;
    for (size_t i = 0; i < a->p->n_lines; i++)
        n += nvb_input_given(&a->p->lines[i].tariff);
    if (!n)
        return;
    nvb_text path = NVB_TEXT("/prestaties");
    nvb_finding *f = nvbi_found(a, NVB_FOUND_NO_EXPLANATION, NVB_NOTE, path);
    nvbi_found_paths(a, f, &path, 1);
    nvbi_found_count(f, 0, n);
}

/* Codes of last year's contract that are not in the offer. */
static void tell_gone(nvb_audit *a)
{
    size_t n = 0;
    nvb_text first = {0}, path = NVB_TEXT("/prestaties");
    for (size_t i = 0; i < nvb_comparison_pairs(a->in.previous); i++) {
        const nvb_pair *pair = nvb_comparison_pair(a->in.previous, i);
        if (pair->state != NVB_PAIR_LAPSED)
            continue;
        first = first.s ? first : pair->code;
        n++;
    }
    if (!n)
        return;
    nvb_finding *f = nvbi_found(a, NVB_FOUND_GONE, NVB_NOTE, path);
    nvbi_found_paths(a, f, &path, 1);
    f->word[0] = first;
    nvbi_found_count(f, 0, n);
}

void nvbi_tell_whole(nvb_audit *a)
{
    if (a->in.is_list) {
        tell_unchanged(a);
        tell_unexplained(a);
    }
    if (a->in.previous)
        tell_gone(a);
}
