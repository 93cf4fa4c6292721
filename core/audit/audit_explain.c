/*
 * audit_explain.c: claimed tariffs that do not follow, told as few causes: the reading that gives
 * most of them is one finding, then the next on what is left; what no shared reading gives goes
 * line by line, with slips of the pen. Readings are tried on a sample and then worked out on all,
 * as far as a budget of lines goes. Other figures of an explanation get readings at the finding
 * they already have.
 */
#include "audit.h"

#include <stdlib.h>

enum {
    ROUNDS = 12,
    MOST_READINGS = 8,
    MOST_SINGLE = 50,  /* findings of one line */
    MOST_FIGURES = 50, /* other figures that get readings */
    FEW_LINES = 50,    /* in a document of so few, a line's tariff elsewhere is no accident … */
    NEIGHBOUR = 3,     /* … and in any document when it stands so near */
    FEW_FAILS = 4,
    PATTERN = 3,     /* so many lines with one reading are one */
    BUDGET = 100000, /* lines worked out beyond the samples, for the first reading of findings */
    FURTHER_BUDGET = 40000, /* and for further readings */
    WIDE_BUDGET = 200000    /* the same, where each reading takes the whole document */
};

typedef struct explaining {
    nvb_audit *a;
    const nvb_audited **fails, **follows;
    size_t n_fails, n_follows, n_claims;
    size_t n_all;     /* of fails at first */
    nvb_num *pattern; /* per claim: what the reading of most lines makes of it */
    bool *has_pattern;
    nvbi_readings list;
    size_t budget, further;
} explaining;

/* --- what there is to explain --- */

static bool is_tariff(const nvb_audited *f)
{
    return f->figure && f->figure->kind == NVB_FIG_TARIFF && f->line;
}

static bool make_room(explaining *x)
{
    nvb_audit *a = x->a;
    x->fails = NVBI_NEW(&a->arena, const nvb_audited *, a->n_figures + 1);
    x->follows = NVBI_NEW(&a->arena, const nvb_audited *, a->n_figures + 1);
    x->pattern = NVBI_NEW(&a->arena, nvb_num, a->n_figures + 1);
    x->has_pattern = NVBI_NEW(&a->arena, bool, a->n_figures + 1);
    return x->fails && x->follows && x->pattern && x->has_pattern;
}

/* The claims held against the same kind of thing. */
static void collect(explaining *x, nvb_finding_kind kind)
{
    nvb_audit *a = x->a;
    x->n_fails = x->n_follows = x->n_claims = 0;
    for (size_t i = 0; i < a->n_figures; i++) {
        const nvb_audited *f = &a->figures[i];
        if (!is_tariff(f) || nvbi_tariff_kind(a, f->line) != kind)
            continue;
        x->n_claims++;
        if (f->verdict == NVB_FOLLOWS_NOT)
            x->fails[x->n_fails++] = f;
        else if (f->verdict == NVB_FOLLOWS && f->line->price.basis.given)
            x->follows[x->n_follows++] = f;
    }
    x->n_all = x->n_fails;
}

/* --- slips --- */

static bool is_slip(const nvb_reading *r)
{
    return r->kind == NVB_READ_OTHER_LINE || r->kind == NVB_READ_DIGITS_SWAPPED ||
           r->kind == NVB_READ_POINT_MOVED || r->kind == NVB_READ_LAST_TARIFF;
}

/* A slip that is unlikely to be an accident. */
static bool is_strong(const nvb_audit *a, const nvb_audited *f, const nvb_reading *r)
{
    if (r->kind != NVB_READ_OTHER_LINE || a->p->n_lines <= FEW_LINES)
        return is_slip(r);
    const nvb_line *other = nvb_proposal_line(a->p, r->other_line);
    return other && (other > f->line ? other - f->line : f->line - other) <= NEIGHBOUR;
}

/* Slips against what follows, and against what the other lines of the list would have it be. */
static nvbi_readings slips_of(const explaining *x, const nvb_audited *f)
{
    nvbi_readings slips = {0};
    size_t at = (size_t)(f - x->a->figures);
    if (x->has_pattern[at])
        nvbi_pattern_slips(x->a, f, x->pattern[at], &slips);
    nvbi_digit_readings(x->a, f, &slips);
    return slips;
}

static uint64_t strong_slips(const explaining *x, const nvbi_cover *table)
{
    uint64_t out = 0;
    for (size_t i = 0; i < table->n_fails; i++) {
        nvbi_readings slips = slips_of(x, table->t.targets[i]);
        for (size_t k = 0; k < slips.n; k++)
            if (is_strong(x->a, table->t.targets[i], &slips.items[k]))
                out |= (uint64_t)1 << i;
    }
    return out;
}

/* --- one round --- */

static size_t bits(uint64_t set)
{
    size_t n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

/* As the choice weighs it: targets that are a slip of their own do not count for a reading that
 * must be made up or that changes what does follow; coming near counts for half. */
static nvbi_cover_row
weighed(const explaining *x, const nvbi_cover *table, const nvbi_cover_row *row, uint64_t slips)
{
    nvbi_cover_row w = *row;
    bool all = row->n_hits == table->n_fails && x->n_fails == x->n_all &&
               (row->breaks == 0 || table->n_fails >= FEW_FAILS);
    bool doubtful = nvbi_is_solved(row->r.kind) || row->breaks > 0;
    if (doubtful && !all && row->r.kind != NVB_READ_LAST_TARIFF)
        w.n_hits = bits(row->hits & ~slips);
    if (row->r.fit == NVB_FIT_NEAR && !row->r.has_range)
        w.n_hits /= 2;
    return w;
}

/* The rows best first; NULL when memory is out. */
static nvbi_cover_row **in_order(const explaining *x, nvbi_cover *table, uint64_t slips)
{
    nvbi_cover_row **order = NVBI_NEW(&table->t.room.arena, nvbi_cover_row *, table->n + 1);
    nvbi_cover_row *w = NVBI_NEW(&table->t.room.arena, nvbi_cover_row, table->n + 1);
    if (!order || !w)
        return NULL;
    size_t best = 0;
    for (size_t i = 0; i < table->n; i++) {
        w[i] = weighed(x, table, &table->rows[i], slips);
        order[i] = &table->rows[i];
    }
    /* Only the first few matter. */
    for (size_t i = 0; i < table->n && i <= 4 * MOST_READINGS; i++) {
        best = i;
        for (size_t k = i + 1; k < table->n; k++)
            if (nvbi_cover_order(&w[k], &w[best]) < 0)
                best = k;
        nvbi_cover_row *row = order[best];
        nvbi_cover_row weight = w[best];
        memmove(order + i + 1, order + i, (best - i) * sizeof *order);
        memmove(w + i + 1, w + i, (best - i) * sizeof *w);
        order[i] = row;
        w[i] = weight;
        if (i == 0 && weight.n_hits < 2)
            return NULL;
    }
    nvbi_cover_place(order, table->n);
    return order;
}

/* What a reading gives of all that is left. */
typedef struct full {
    const nvbi_cover_row *row;
    nvb_reading r;
    bool *gives;
    size_t n, breaks;
    size_t exact; /* of n, where the rest is only come near to; 0: all */
} full;

/* Works one reading out on all. */
static bool
run_full(const explaining *x, size_t *budget, nvbi_trial *t, const nvbi_cover_row *row, full *out)
{
    out->row = row;
    out->r = row->r;
    out->gives = NVBI_NEW(&t->room.arena, bool, t->n_targets + 1);
    out->n = out->breaks = out->exact = 0;
    *budget -= *budget < t->n_targets ? *budget : t->n_targets;
    nvbi_given given = {.gives = out->gives};
    if (!out->gives || !nvbi_gives(t, &row->r, &given))
        return false;
    for (size_t i = 0; i < t->n_targets; i++) {
        if (i < x->n_fails)
            out->n += out->gives[i];
        else
            out->breaks += !out->gives[i];
    }
    if (t->n_targets == x->n_fails)
        out->breaks = row->breaks; /* at least */
    return true;
}

/* A made-up reading that gives most, and comes within cents of nearly all the rest, is one cause
 * that was rounded in between: told as near, in place of a tail of fragments with a parameter each.
 * True when `f` became that. */
static bool widen(const explaining *x, size_t *budget, nvbi_trial *t, full *f)
{
    enum { SHARE = 20 }; /* a rest of less is slips; so much of it may stay behind */
    size_t rest = x->n_fails - f->n;
    bool made_up = nvbi_is_solved(f->r.kind) && f->r.kind != NVB_READ_AMOUNT;
    if (!made_up || f->r.fit != NVB_FIT_EXACT || f->n < rest || rest < FEW_FAILS ||
        rest * SHARE < x->n_fails)
        return false;
    nvbi_cover_row row = *f->row;
    full wide;
    row.r.fit = NVB_FIT_NEAR;
    row.r.has_range = false;
    if (!run_full(x, budget, t, &row, &wide) || (wide.n - f->n) * SHARE < rest * (SHARE - 1))
        return false;
    wide.row = f->row;
    wide.exact = f->n;
    *f = wide;
    return true;
}

static bool gives_same(const full *a, const full *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (b->gives[i] && !a->gives[i])
            return false;
    return true;
}

/* Best fit first; of those that fit alike in the order they had. */
static void by_fit(nvbi_readings *list)
{
    for (size_t i = 1; i < list->n; i++) {
        nvb_reading r = list->items[i];
        size_t at = i;
        for (; at > 0 && list->items[at - 1].fit > r.fit; at--)
            list->items[at] = list->items[at - 1];
        list->items[at] = r;
    }
}

/* Adds to `list` the reading `best` and those of the table that give all it gives. */
static void others_too(explaining *x,
                       nvbi_trial *t,
                       nvbi_cover_row **order,
                       size_t n,
                       const full *best,
                       nvbi_readings *list)
{
    nvb_reading first = best->r;
    first.lines = best->exact ? best->exact : best->n;
    first.breaks = best->breaks;
    nvbi_readings_add(x->a, list, &first);
    uint64_t wanted = best->row->hits;
    for (size_t i = 0; i < n && list->n < MOST_READINGS; i++) {
        full other;
        bool gives =
            best->exact ? nvbi_is_solved(order[i]->r.kind) : (order[i]->hits & wanted) == wanted;
        if (order[i] == best->row || nvbi_cover_idle(&first, order[i], list) || !gives)
            continue;
        if (x->further < t->n_targets && t->n_targets > NVBI_TRIED)
            break;
        if (!run_full(x, &x->further, t, order[i], &other) ||
            (best->exact && !widen(x, &x->further, t, &other)) ||
            !gives_same(&other, best, x->n_fails))
            continue;
        other.r.lines = best->exact ? other.exact : best->n;
        other.r.breaks = other.breaks;
        nvbi_readings_add(x->a, list, &other.r);
    }
    by_fit(list);
}

/* Makes a finding of what `best` gives, and leaves the rest. */
static void take(explaining *x, const full *best, nvbi_readings *list)
{
    const nvb_audited **set = NVBI_NEW(&x->a->arena, const nvb_audited *, best->n + 1);
    size_t n = 0, left = 0;
    for (size_t i = 0; set && i < x->n_fails; i++) {
        if (best->gives[i])
            set[n++] = x->fails[i];
        else
            x->fails[left++] = x->fails[i];
    }
    if (!set)
        return;
    nvbi_tell_tariffs(x->a, set, n, x->n_claims, list);
    x->n_fails = left;
}

/* All that is left, and those that follow with it as long as the budget lasts. */
static const nvb_audited **whole(const explaining *x, nvbi_arena *arena, size_t *n)
{
    const nvb_audited **all = NVBI_NEW(arena, const nvb_audited *, x->n_fails + x->n_follows + 1);
    *n = x->n_fails;
    if (!all)
        return NULL;
    memcpy(all, x->fails, x->n_fails * sizeof *all);
    if (x->n_follows && x->budget >= x->n_fails + x->n_follows) {
        memcpy(all + *n, x->follows, x->n_follows * sizeof *all);
        *n += x->n_follows;
    }
    return all;
}

/* Whether a reading gives as many of all as the sample had it expect, or nearly. */
static bool as_expected(const explaining *x, const nvbi_cover *table, const full *f)
{
    if (f->row->n_hits == table->n_fails)
        return f->n == x->n_fails;
    return f->n * table->n_fails * 20 >= f->row->n_hits * x->n_fails * 19;
}

/* What the reading of most lines makes of the few it does not give, which may be slips. */
static void note_pattern(explaining *x, const full *best)
{
    const nvb_audited *few[NVBI_SAMPLE];
    size_t n = 0;
    if (x->n_fails != x->n_all || best->n * 2 <= x->n_fails || best->n < PATTERN)
        return;
    for (size_t i = 0; i < x->n_fails && n < NVBI_SAMPLE; i++)
        if (!best->gives[i])
            few[n++] = x->fails[i];
    if (!n)
        return;
    nvbi_trial t;
    bool ok = nvbi_trial_init(&t, x->a, few, n) &&
              nvbi_trial_run(&t, &best->r, false, t.value[0], t.has[0]);
    for (size_t i = 0; ok && i < n; i++) {
        size_t at = (size_t)(few[i] - x->a->figures);
        x->has_pattern[at] = t.has[0][i];
        x->pattern[at] = t.value[0][i];
    }
    nvbi_trial_release(&t);
}

/* Works the best of `order` out on all that is left; the next ones where it disappoints. */
static bool choose(explaining *x, const nvbi_cover *table, nvbi_cover_row **order, size_t n)
{
    enum { TRIES = 3 };
    size_t n_all;
    const nvb_audited **all = whole(x, &x->a->arena, &n_all);
    nvbi_trial t;
    full best = {0}, next;
    bool ok = nvbi_trial_init(&t, x->a, all, all ? n_all : 0);
    for (size_t i = 0; ok && all && i < n && i < TRIES; i++) {
        if (i > 0 && (order[i]->n_hits < order[0]->n_hits || as_expected(x, table, &best)))
            break;
        if (run_full(x, &x->budget, &t, order[i], &next) && (!best.row || next.n > best.n))
            best = next;
        if (!best.row)
            break;
    }
    if (best.n > 0) {
        nvbi_readings list = {0};
        widen(x, &x->budget, &t, &best);
        others_too(x, &t, order, n, &best, &list);
        note_pattern(x, &best);
        take(x, &best, &list);
    }
    nvbi_trial_release(&t);
    return best.n > 0;
}

static bool round_of(explaining *x)
{
    nvbi_cover table;
    bool found = false;
    bool ok = nvbi_cover_init(&table, x->a, x->fails, x->n_fails, x->follows, x->n_follows,
                              &x->list, false);
    if (ok && table.n_fails > 1 && table.n > 0) {
        nvbi_cover_row **order = in_order(x, &table, strong_slips(x, &table));
        size_t n = table.n < 4 * MOST_READINGS ? table.n : 4 * MOST_READINGS;
        found = order && choose(x, &table, order, n);
    }
    nvbi_cover_release(&table);
    return found;
}

/* --- line by line --- */

typedef struct option {
    nvbi_cover_row row;
    int tier;
    size_t at; /* among all, which decides when nothing else does */
} option;

static int tier_of(
    const nvb_audit *a, const nvb_audited *f, const nvbi_cover_row *row, bool slip, size_t follows)
{
    if (slip)
        return is_strong(a, f, &row->r) ? 1 : 3;
    if (nvbi_is_solved(row->r.kind) || row->r.fit == NVB_FIT_NEAR)
        return 4;
    return row->breaks == 0 || follows == 0 ? 0 : 2;
}

static int by_tier(const void *a, const void *b)
{
    const option *x = a, *y = b;
    int c = x->tier != y->tier ? x->tier - y->tier : nvbi_cover_order(&x->row, &y->row);
    return c ? c : (x->at > y->at) - (x->at < y->at);
}

/* A claim that lies within what the bases may make of it lies so under nearly any reading. */
static bool lies_within(const nvb_audit *a, const nvb_audited *f)
{
    return f->has_interval && nvb_num_cmp(a->calc, f->low, f->claimed) <= 0 &&
           nvb_num_cmp(a->calc, f->claimed, f->high) <= 0;
}

/* The readings of failing figure `i` of a table, slips among them. */
static nvbi_readings single(explaining *x, const nvbi_cover *table, size_t i)
{
    const nvb_audited *f = table->t.targets[i];
    nvbi_readings slips = slips_of(x, f), out = {0};
    option *all = NVBI_NEW(&x->a->arena, option, table->n + slips.n + 1);
    size_t n = 0;
    for (size_t k = 0; all && k < table->n; k++) {
        nvbi_cover_row row = table->rows[k];
        /* What touches other lines that fail and gives none of them fits this one by accident. */
        bool accident = row.missed >= (x->n_follows ? FEW_FAILS : FEW_FAILS / 2);
        bool made_up = accident || (row.r.fit == NVB_FIT_NEAR && x->n_follows > 0) ||
                       (row.r.fit == NVB_FIT_ROUNDED && lies_within(x->a, f));
        if (!(row.hits >> i & 1) || row.r.kind == NVB_READ_LAST_TARIFF || made_up)
            continue;
        row.n_hits = row.r.lines = 1;
        all[n] = (option){row, tier_of(x->a, f, &row, false, x->n_follows), n};
        n++;
    }
    for (size_t k = 0; all && k < slips.n; k++) {
        nvbi_cover_row row = {.r = slips.items[k], .n_hits = 1};
        all[n] = (option){row, tier_of(x->a, f, &row, true, x->n_follows), n};
        n++;
    }
    if (n)
        qsort(all, n, sizeof *all, by_tier);
    for (size_t k = 0; k < n && out.n < MOST_READINGS; k++)
        if (!nvbi_cover_idle(&all[0].row.r, &all[k].row, &out))
            nvbi_readings_add(x->a, &out, &all[k].row.r);
    by_fit(&out);
    return out;
}

static void line_by_line(explaining *x)
{
    size_t left = 0, single_ones = 0, tried = 0;
    while (tried < x->n_fails && single_ones < MOST_SINGLE && !x->a->failed) {
        size_t n = x->n_fails - tried < NVBI_SAMPLE ? x->n_fails - tried : NVBI_SAMPLE;
        nvbi_cover table;
        bool ok =
            tried < 2 * NVBI_SAMPLE && nvbi_cover_init(&table, x->a, x->fails + tried, n,
                                                       x->follows, x->n_follows, &x->list, true);
        for (size_t i = 0; ok && i < n; i++) {
            const nvb_audited *f = x->fails[tried + i];
            nvbi_readings list = single(x, &table, i);
            if (list.n && single_ones < MOST_SINGLE) {
                nvbi_tell_tariffs(x->a, &f, 1, x->n_claims, &list);
                single_ones++;
            } else {
                x->fails[left++] = f;
            }
        }
        if (tried < 2 * NVBI_SAMPLE)
            nvbi_cover_release(&table);
        if (!ok)
            break;
        tried += n;
    }
    while (tried < x->n_fails)
        x->fails[left++] = x->fails[tried++];
    nvbi_readings none = {0};
    if (left)
        nvbi_tell_tariffs(x->a, x->fails, left, x->n_claims, &none);
    x->n_fails = 0;
}

/* --- other figures of an explanation --- */

static nvb_finding *finding_of(nvb_audit *a, const nvb_audited *f)
{
    for (size_t i = 0; i < a->n_findings; i++)
        if (a->findings[i].kind == NVB_FOUND_FIGURE && nvb_text_equal(a->findings[i].path, f->path))
            return &a->findings[i];
    return NULL;
}

/* Whether the tariff of its line is claimed and does not follow, with a finding of its own: that
 * says it already. */
static bool tariff_fails(const nvb_audit *a, const nvb_audited *f)
{
    if (!f->line)
        return false;
    uint32_t tariff = nvb_breakdown_line(a->b, (size_t)(f->line - a->p->lines))->tariff;
    const nvb_audited *claim =
        tariff == NVB_NO_FIGURE ? NULL : nvbi_audited_at(a, nvb_breakdown_at(a->b, tariff)->path);
    return claim && claim->verdict == NVB_FOLLOWS_NOT && !nvbi_told_by(a, claim);
}

static bool is_wide(const nvb_audited *f)
{
    return !f->line || f->figure->kind == NVB_FIG_EFFECTIVE;
}

static size_t other_figures(nvb_audit *a, bool wide, const nvb_audited **out)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_figures && n < MOST_FIGURES; i++) {
        const nvb_audited *f = &a->figures[i];
        if (f->verdict != NVB_FOLLOWS_NOT || !f->enters || !f->figure || is_tariff(f) ||
            f->figure->index || is_wide(f) != wide || tariff_fails(a, f))
            continue;
        if (finding_of(a, f))
            out[n++] = f;
    }
    return n;
}

/* What concerns more than a line's price comes first where not all can be tried. */
static nvbi_readings for_wide(explaining *x)
{
    nvbi_readings out = {0};
    size_t most = WIDE_BUDGET / (x->a->p->n_lines + 1) + 1;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < x->list.n && out.n < most; i++) {
            nvb_reading_kind kind = x->list.items[i].kind;
            bool first = kind == NVB_READ_CEILING_IGNORED || kind == NVB_READ_TIERS_IGNORED ||
                         kind == NVB_READ_VOLUME_STEP_OMITTED;
            if (first == (pass == 0))
                nvbi_readings_add(x->a, &out, &x->list.items[i]);
        }
    return out;
}

static void explain_others(explaining *x, bool wide)
{
    const nvb_audited *figures[MOST_FIGURES];
    size_t n = other_figures(x->a, wide, figures);
    if (n == 0)
        return;
    nvbi_cover table;
    nvbi_readings list = wide ? for_wide(x) : x->list;
    bool ok = nvbi_cover_init(&table, x->a, figures, n, NULL, 0, &list, true);
    for (size_t i = 0; ok && i < n; i++) {
        nvb_finding *f = finding_of(x->a, figures[i]);
        nvbi_readings found = {0};
        for (size_t k = 0; k < table.n && found.n < MOST_READINGS; k++)
            if ((table.rows[k].hits >> i & 1) && table.rows[k].r.fit != NVB_FIT_ROUNDED)
                nvbi_readings_add(x->a, &found, &table.rows[k].r);
        for (size_t k = 0; k < found.n; k++)
            found.items[k].lines = 1;
        if (f && !f->n_readings)
            nvbi_found_readings(x->a, f, &found);
    }
    nvbi_cover_release(&table);
}

static bool anything_fails(const nvb_audit *a)
{
    for (size_t i = 0; i < a->n_figures; i++)
        if (a->figures[i].verdict == NVB_FOLLOWS_NOT && is_tariff(&a->figures[i]))
            return true;
    return false;
}

static void explain_kind(explaining *x, nvb_finding_kind kind)
{
    collect(x, kind);
    for (int i = 0; i < ROUNDS && x->n_fails > 1 && !x->a->failed; i++)
        if (!round_of(x))
            break;
    if (x->n_fails && !x->a->failed)
        line_by_line(x);
}

void nvbi_audit_explain(nvb_audit *a)
{
    static const nvb_finding_kind kinds[] = {NVB_FOUND_TARIFFS, NVB_FOUND_EXPECTATION,
                                             NVB_FOUND_CHANGED};
    explaining x = {.a = a, .budget = BUDGET, .further = FURTHER_BUDGET};
    if ((!anything_fails(a) && !a->in.is_explanation) || !make_room(&x))
        return;
    nvbi_readings_list(a, &x.list);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !a->failed; i++)
        explain_kind(&x, kinds[i]);
    if (!a->failed)
        nvbi_tell_one_cause(a);
    if (a->in.is_explanation && !a->failed) {
        explain_others(&x, false);
        explain_others(&x, true);
    }
    nvbi_audit_watch(a, NVB_TEXT(""));
}
