/*
 * audit_index.c: what gives the percentage that is claimed for an index, when its parts do not:
 * another convention (audit_convention.c), or one of the readings of that index
 * (audit_readings_index.c), applied to it and worked out. Each reading is tried as the document
 * rounds, and with the total rounded to the decimals of the claim, as a published percentage may
 * be. Slips of the pen come after them.
 */
#include "audit_convention.h"
#include "audit_readings.h"
#include "numtext.h"

enum { MOST_READINGS = 8, MOST_OF_INDEX = 200 };

typedef struct work {
    nvb_audit *a;
    nvb_calc *calc;
    const nvb_index *x;
    nvb_num claimed, computed;
    int total[2]; /* how the total may be rounded: as the document does, then at the claim's */
    size_t n_total;
    nvbi_readings *out;
} work;

static void add(work *w, const nvb_reading *r, nvb_fit fit)
{
    if (w->out->n >= MOST_READINGS)
        return;
    nvb_reading all = *r;
    all.index = w->x->id;
    all.fit = fit;
    all.lines = 1;
    nvbi_readings_add(w->a, w->out, &all);
}

/* --- the readings of the index --- */

/* Whether a percentage that a reading leads to is the claim, rounded in one of the ways. */
static bool gives(const work *w, nvb_num outcome)
{
    for (size_t i = 0; i < w->n_total; i++)
        if (nvb_num_cmp(w->calc, nvbi_percentage_round(w->calc, outcome, w->total[i]),
                        w->claimed) == 0)
            return true;
    return false;
}

/* What an index comes to by its own convention, its total not rounded. */
static nvb_num before_total(const work *w, const nvb_index *x)
{
    nvb_convention own = nvbi_convention_of(x);
    own.round_total = NVB_UNROUNDED;
    return nvbi_index_under(w->calc, x, &own);
}

/* Tries each reading on a proposal of this index alone. What it does not alter is no reading. */
static void try_readings(work *w, uint64_t until)
{
    nvbi_readings list = {0};
    nvbi_listing listing = {.a = w->a, .out = &list, .most = MOST_OF_INDEX};
    if (w->x->n_components > NVBI_MOST_COMPONENTS || nvb_calc_work(w->calc) >= until)
        return;
    nvbi_list_index(&listing, w->x);
    nvb_proposal alone = *w->a->p, read;
    alone.indices = w->x;
    alone.n_indices = 1;
    alone.n_lines = alone.n_ceilings = 0;
    nvb_num before = before_total(w, w->x);
    nvbi_arena scratch;
    nvbi_arena_init(&scratch);
    for (size_t i = 0; i < list.n && !w->a->failed && nvb_calc_work(w->calc) < until; i++) {
        nvbi_arena_clear(&scratch);
        if (nvbi_reading_apply(w->a, &list.items[i], &alone, w->calc, &scratch, &read)) {
            nvb_num after = before_total(w, &read.indices[0]);
            if (nvb_num_cmp(w->calc, before, after) != 0 && gives(w, after))
                add(w, &list.items[i], NVB_FIT_EXACT);
        }
        w->a->failed |= scratch.failed;
    }
    nvbi_arena_release(&scratch);
}

/* --- slips with the percentage itself --- */

/* The percentage with the two digits at `at` in each other's place; false when it has none there,
 * or they are the same. */
static bool swapped(const work *w, const nvb_buffer *digits, size_t at, nvb_num *out)
{
    char s[NVB_MAX_INPUT_DIGITS + 2];
    size_t second = at + 1;
    if (digits->n >= sizeof s)
        return false;
    memcpy(s, digits->s, digits->n);
    s[digits->n] = '\0';
    if (second < digits->n && s[second] == '.')
        second++;
    if (s[at] < '0' || s[at] > '9' || second >= digits->n || s[at] == s[second])
        return false;
    char kept = s[at];
    s[at] = s[second];
    s[second] = kept;
    return nvb_num_parse_percent(w->calc, out, (nvb_text){s, digits->n}) == NVB_SYNTAX_OK;
}

/* As digits, with as many decimals as percentages have at least. */
static void write_digits(const work *w, nvb_buffer *out)
{
    int decimals = nvbi_percentage_decimals(w->calc, w->claimed);
    nvbi_num_append(w->calc, out, nvb_num_shift(w->calc, w->claimed, 2));
    if (decimals == 0)
        nvb_buffer_bytes(out, ".", 1);
    for (; decimals < NVBI_USUAL_DECIMALS; decimals++)
        nvb_buffer_bytes(out, "0", 1);
}

static void try_digits(work *w)
{
    nvb_buffer digits = NVB_BUFFER_INIT;
    if (nvbi_percentage_decimals(w->calc, w->claimed) >= 0)
        write_digits(w, &digits);
    nvb_num rounded = nvbi_percentage_round(w->calc, w->computed, w->total[w->n_total - 1]);
    bool found = false;
    for (size_t at = 0; !digits.failed && !found && at + 1 < digits.n; at++) {
        nvb_num other;
        found = swapped(w, &digits, at, &other) && (nvb_num_cmp(w->calc, other, w->computed) == 0 ||
                                                    nvb_num_cmp(w->calc, other, rounded) == 0);
    }
    if (found)
        add(w, &(nvb_reading){.kind = NVB_READ_DIGITS_SWAPPED}, NVB_FIT_EXACT);
    w->a->failed |= digits.failed;
    nvb_buffer_release(&digits);
}

/* --- a published figure; points off --- */

static void try_published(work *w)
{
    const nvb_reference *r = w->a->in.reference;
    int year = w->x->year ? w->x->year : w->a->p->year;
    for (size_t s = 0; r && s < r->n; s++)
        for (size_t i = 0; i < r->series[s].n; i++) {
            const nvb_published *f = &r->series[s].figures[i];
            if ((f->year != year && f->year != year - 1) ||
                nvb_num_cmp(w->calc, f->percentage.value, w->claimed) != 0)
                continue;
            add(w,
                &(nvb_reading){.kind = NVB_READ_PUBLISHED,
                               .series = r->series[s].id,
                               .year = f->year,
                               .stage = f->stage,
                               .parameter = w->claimed},
                NVB_FIT_EXACT);
        }
}

/* So many points less than what follows, as that would be published. It always fits: a quarter of a
 * point or a multiple is what somebody would agree, and anything else is said only for want of
 * better. */
static void try_lower(work *w)
{
    nvb_num shown = nvbi_percentage_round(w->calc, w->computed, w->total[w->n_total - 1]);
    nvb_num less = nvb_num_sub(w->calc, shown, w->claimed);
    nvb_num quarters = nvb_num_mul(w->calc, less, nvb_num_int(400));
    bool agreed = nvb_num_terminates(w->calc, quarters, 0);
    if (nvb_num_sign(less) == 0 || (!agreed && w->out->n))
        return;
    add(w, &(nvb_reading){.kind = NVB_READ_INDEX_LOWER, .parameter = less},
        agreed ? NVB_FIT_EXACT : NVB_FIT_NEAR);
}

/* --- all of it --- */

/* How the total may be rounded. Where that alone gives the claim it is the convention that differs,
 * and a reading must give the claim as the document rounds. */
static void set_totals(work *w)
{
    int decimals = nvbi_percentage_decimals(w->calc, w->claimed);
    w->total[w->n_total++] = w->x->round_total;
    if (decimals < 0)
        return;
    int at = decimals < NVBI_USUAL_DECIMALS ? NVBI_USUAL_DECIMALS : decimals;
    nvb_num rounded = nvbi_percentage_round(w->calc, w->computed, at);
    if (nvb_num_cmp(w->calc, rounded, w->claimed) != 0)
        w->total[w->n_total++] = at;
}

void nvbi_index_readings(nvb_audit *a, const nvb_index *x, nvb_num claimed, nvbi_readings *out)
{
    work w = {.a = a, .calc = a->calc, .x = x, .claimed = claimed, .out = out};
    size_t number = (size_t)(x - a->p->indices);
    nvb_num percentage = nvb_breakdown_at(a->b, nvb_breakdown_index(a->b, number))->value;
    w.computed = nvb_num_shift(a->calc, percentage, -2);
    nvb_reading convention;
    uint64_t from = nvb_calc_work(a->calc), until = nvbi_budget_of_search(a);
    if (from < until && nvbi_convention_search(a->calc, x, claimed, until, &convention))
        nvbi_readings_add(a, out, &convention);
    set_totals(&w);
    try_readings(&w, until);
    nvbi_budget_searched(a, from, until);
    try_digits(&w);
    try_published(&w);
    try_lower(&w);
    nvbi_audit_watch(a, x->path);
}

/* A claim on an index that does not follow, unless the fault came in with a part of it. */
static const nvb_audited *fault_of(const nvb_audit *a, size_t i)
{
    const nvb_figure *f = nvb_breakdown_at(a->b, nvb_breakdown_index(a->b, i));
    const nvb_audited *claim = nvbi_audited_at(a, f->path);
    if (!claim || claim->verdict != NVB_FOLLOWS_NOT || !claim->figure)
        return NULL;
    return a->in.is_explanation && !claim->enters ? NULL : claim;
}

void nvbi_audit_indices(nvb_audit *a)
{
    for (size_t i = 0; i < a->p->n_indices && !a->failed; i++) {
        const nvb_index *x = &a->p->indices[i];
        const nvb_audited *claim = fault_of(a, i);
        if (!claim)
            continue;
        nvbi_readings readings = {0};
        nvbi_index_readings(a, x, nvb_num_shift(a->calc, claim->claimed, -2), &readings);
        nvb_finding *f = nvbi_found(a, NVB_FOUND_INDEX, NVB_FAULT, claim->place);
        nvbi_found_paths(a, f, &claim->place, 1);
        f->word[0] = x->id;
        nvbi_found_number(f, 0, claim->claimed, NVB_PERCENT);
        nvbi_found_number(f, 1, claim->computed, NVB_PERCENT);
        nvbi_found_readings(a, f, &readings);
    }
}
