/* audit_facts.c: what the sentences turn on: on whose side a difference is, what is asked of the
 * other party and what is for the reader alone. See audit_own.h. */
#include "audit_own.h"

#include "formats/changes/changes.h"

bool nvbi_audit_of_tariffs(nvb_finding_kind kind)
{
    return kind == NVB_FOUND_TARIFFS || kind == NVB_FOUND_EXPECTATION || kind == NVB_FOUND_CHANGED;
}

/* The offer; NULL: there is none (a test of words). */
static const nvb_proposal *offer_of(const nvb_audit *a)
{
    const nvb_breakdown *b = nvb_audit_inputs_of(a)->breakdown;
    return b ? nvb_breakdown_proposal(b) : NULL;
}

bool nvbi_audit_by_provider(const nvb_audit *a)
{
    const nvb_proposal *p = offer_of(a);
    return !p || p->kind != NVB_OFFER;
}

/* Below zero: the tariff that is claimed at a path is lower than what follows; zero: the same, or
 * no tariff. */
static int side_of(const nvb_audit *a, nvb_text path)
{
    const nvb_figure *f = nvbi_audit_figure_at(a, path);
    if (!f || !f->line || f->kind != NVB_FIG_TARIFF || !nvb_input_given(&f->line->tariff))
        return 0;
    return nvb_num_cmp(nvb_audit_calc(a), f->line->tariff.value, f->value);
}

nvbi_audit_sides nvbi_audit_sides_of(const nvb_audit *a, const nvb_finding *f)
{
    nvbi_audit_sides s = {0};
    for (size_t i = 0; i < f->n_paths && nvbi_audit_of_tariffs(f->kind); i++) {
        int side = side_of(a, f->paths[i]);
        if (side < 0 && s.lower++ == 0)
            s.first_lower = f->paths[i];
        if (side > 0 && s.higher++ == 0)
            s.first_higher = f->paths[i];
    }
    if (s.lower + s.higher == 0) {
        s.lower = f->n_less;
        s.higher = f->n_more;
    }
    return s;
}

static bool takes_sides(nvb_finding_kind kind)
{
    return kind == NVB_FOUND_TARIFFS || kind == NVB_FOUND_EXPECTATION;
}

bool nvbi_audit_against_asker(const nvb_audit *a, const nvb_finding *f, nvb_text path)
{
    int side = takes_sides(f->kind) ? side_of(a, path) : 0;
    return nvbi_audit_by_provider(a) ? side <= 0 : side >= 0;
}

/* How the sides lie for who asks: above zero: all that differs is in his favour. */
static bool in_favour(const nvb_audit *a, const nvb_finding *f)
{
    bool provider = nvbi_audit_by_provider(a);
    nvbi_audit_sides s = nvbi_audit_sides_of(a, f);
    if (takes_sides(f->kind) && s.lower + s.higher > 0)
        return (provider ? s.lower : s.higher) == 0;
    int sign = f->has_amount ? nvb_num_sign(f->amount) : 0;
    if (sign == 0 && f->kind == NVB_FOUND_INDEX)
        sign = nvb_num_cmp(nvb_audit_calc(a), f->number[1], f->number[0]);
    return provider ? sign < 0 : sign > 0;
}

static const nvb_index *index_at(const nvb_audit *a, nvb_text path)
{
    static const char within[] = "/indexen/";
    const size_t n = sizeof within - 1;
    const nvb_proposal *p = offer_of(a);
    if (!p || path.n <= n || memcmp(path.s, within, n) != 0)
        return NULL;
    for (size_t i = 0; i < p->n_indices; i++) {
        nvb_text own = p->indices[i].path;
        bool below = own.n <= path.n && memcmp(own.s, path.s, own.n) == 0;
        if (own.n > n && below && (own.n == path.n || path.s[own.n] == '/'))
            return &p->indices[i];
    }
    return NULL;
}

bool nvbi_audit_for_reader(const nvb_audit *a, const nvb_finding *f)
{
    if (f->kind != NVB_FOUND_PUBLISHED && f->kind != NVB_FOUND_PUBLISHED_OTHER &&
        f->kind != NVB_FOUND_OUTDATED)
        return false;
    const nvb_index *x = index_at(a, f->path);
    return x && x->expected;
}

bool nvbi_audit_is_asked(const nvb_audit *a, const nvb_finding *f)
{
    switch (f->kind) {
    case NVB_FOUND_WITHIN:
        return false;
    case NVB_FOUND_INDEX:
    case NVB_FOUND_TARIFFS:
    case NVB_FOUND_EXPECTATION:
    case NVB_FOUND_FIGURE:
        return !in_favour(a, f);
    case NVB_FOUND_BASE:
        return nvbi_audit_by_provider(a);
    case NVB_FOUND_BASE_RAISED:
        return !nvbi_audit_by_provider(a);
    case NVB_FOUND_PUBLISHED:
    case NVB_FOUND_PUBLISHED_OTHER:
    case NVB_FOUND_OUTDATED:
        return !nvbi_audit_for_reader(a, f);
    case NVB_FOUND_RULE:
    case NVB_FOUND_CHANGED:
    case NVB_FOUND_UNCHANGED:
    case NVB_FOUND_GONE:
    case NVB_FOUND_NO_EXPLANATION:
    case NVB_FOUND_UNKNOWN:
    case NVB_FOUND_MISSING:
    case NVB_FOUND_NOTHING:
    case NVB_FOUND_EXPECTED:
    case NVB_FOUND_CEILING:
    case NVB_FINDING_KIND_COUNT:
        break;
    }
    return true;
}

nvb_finding nvbi_audit_as_asked(const nvb_audit *a, const nvb_finding *f)
{
    nvb_finding own = *f;
    bool provider = nvbi_audit_by_provider(a);
    nvbi_audit_sides s = takes_sides(f->kind) ? nvbi_audit_sides_of(a, f) : (nvbi_audit_sides){0};
    size_t n = provider ? s.lower : s.higher;
    nvb_text first = provider ? s.first_lower : s.first_higher;
    const nvb_figure *figure =
        s.lower && s.higher && first.s ? nvbi_audit_figure_at(a, first) : NULL;
    if (!figure)
        return own;
    own.path = first;
    own.word[0] = figure->line->code;
    own.number[0] = nvb_num_int((int64_t)n);
    own.number[2] = figure->line->tariff.value;
    own.number[3] = figure->value;
    return own;
}

size_t nvbi_audit_asked_places(const nvb_audit *a, const nvb_finding *f)
{
    nvbi_audit_sides s = nvbi_audit_sides_of(a, f);
    if (!takes_sides(f->kind) || s.lower == 0 || s.higher == 0)
        return f->n_paths;
    return nvbi_audit_by_provider(a) ? s.lower : s.higher;
}

/* --- indices the reader expects --- */

size_t nvbi_audit_expected_indices(const nvb_audit *a)
{
    const nvb_proposal *p = offer_of(a);
    size_t n = 0;
    for (size_t i = 0; p && i < p->n_indices; i++)
        n += p->indices[i].expected;
    return n;
}

bool nvbi_audit_expects_steps(const nvb_audit *a)
{
    const nvb_proposal *p = offer_of(a);
    for (size_t i = 0; p && i < p->n_lines; i++) {
        const nvb_buildup *b = &p->lines[i].price;
        for (size_t k = 0; k < b->n_steps; k++)
            if (b->steps[k] && b->steps[k]->expected && b->steps[k]->kind != NVB_STEP_INDEX)
                return true;
    }
    return false;
}

bool nvbi_audit_names_own(const nvb_finding *f, const nvb_reading *r)
{
    return f->kind == NVB_FOUND_EXPECTATION && r->kind != NVB_READ_INDEX_LOWER &&
           r->kind != NVB_READ_INDEX_WRITTEN &&
           (r->index.s || r->component.s || r->step.s || r->other_step.s || r->ceiling.s);
}
