/*
 * summary.c: running totals over documents; see summary.h.
 *
 * Sums may grow beyond the machine, and their digits then live in an arena, which only grows. So
 * there are two, of which one is in use: every so often the numbers that are kept move to the
 * other, and the first is emptied.
 */
#include "navolgbaar/summary.h"

#include <stdlib.h>

enum { MOVE_AFTER = 256 }; /* documents */

/* A text that documents share, or do not. */
typedef struct shared {
    nvb_text text; /* own copy; s == NULL: none yet */
    bool mixed;
} shared;

/* The largest differences one way, the largest first. */
typedef struct top_list {
    nvb_summary_top item[NVB_SUMMARY_TOP]; /* their texts are own copies */
    size_t n;
} top_list;

struct nvb_summary {
    nvb_calc *calc[2];
    unsigned in_use; /* of the two */
    unsigned since;  /* documents since the numbers moved */
    uint64_t good, bad, compared, differences, drafts, unlawful;
    uint64_t lines, without_volume;
    uint64_t pairs[NVB_PAIR_STATE_COUNT];
    uint64_t documents_in[NVB_BAND_COUNT], lines_in[NVB_BAND_COUNT];
    uint64_t not_met[NVB_RULE_COUNT], unknown[NVB_RULE_COUNT], errors[NVB_CODE_COUNT];
    nvb_num turnover, before, after;
    shared insurer, policy;
    int first_year, last_year;
    top_list tops[2];                             /* risen, fallen */
    nvb_summary_example examples[NVB_CODE_COUNT]; /* their texts are own copies */
};

nvb_summary *nvb_summary_new(void)
{
    nvb_summary *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->turnover = s->before = s->after = nvb_num_int(0);
    for (int i = 0; i < 2; i++)
        s->calc[i] = nvb_calc_new(NVB_CALC_LONG);
    if (s->calc[0] && s->calc[1])
        return s;
    nvb_summary_free(s);
    return NULL;
}

/* --- texts of its own --- */

static bool keep(nvb_text *to, nvb_text t)
{
    *to = (nvb_text){NULL, 0};
    if (!nvb_text_given(t))
        return true;
    char *copy = malloc(t.n + 1);
    if (!copy)
        return false;
    if (t.n)
        memcpy(copy, t.s, t.n);
    copy[t.n] = '\0';
    *to = (nvb_text){copy, t.n};
    return true;
}

static void drop(nvb_text *t)
{
    union {
        const char *borrowed;
        void *own;
    } s = {t->s};
    free(s.own);
    *t = (nvb_text){NULL, 0};
}

static void drop_top(nvb_summary_top *t)
{
    drop(&t->reference);
    drop(&t->code);
    drop(&t->name);
}

static bool share(shared *to, nvb_text t, bool first)
{
    if (!first && !(nvb_text_given(to->text) == nvb_text_given(t) && nvb_text_equal(to->text, t)))
        to->mixed = true;
    return nvb_text_given(to->text) || keep(&to->text, t);
}

void nvb_summary_free(nvb_summary *s)
{
    if (!s)
        return;
    for (int i = 0; i < 2; i++) {
        for (size_t k = 0; k < s->tops[i].n; k++)
            drop_top(&s->tops[i].item[k]);
        nvb_calc_free(s->calc[i]);
    }
    for (unsigned c = 0; c < NVB_CODE_COUNT; c++) {
        drop(&s->examples[c].reference);
        drop(&s->examples[c].file);
        drop(&s->examples[c].message);
    }
    drop(&s->insurer.text);
    drop(&s->policy.text);
    free(s);
}

/* --- numbers --- */

static void move(nvb_calc *to, nvb_num *v)
{
    *v = nvb_num_add(to, *v, nvb_num_int(0));
}

static void move_numbers(nvb_summary *s)
{
    nvb_calc *to = s->calc[!s->in_use];
    nvb_num *sums[] = {&s->turnover, &s->before, &s->after};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        move(to, sums[i]);
    for (int i = 0; i < 2; i++) {
        for (size_t k = 0; k < s->tops[i].n; k++) {
            move(to, &s->tops[i].item[k].previous);
            move(to, &s->tops[i].item[k].turnover);
            move(to, &s->tops[i].item[k].difference);
        }
    }
    nvb_calc_clear(s->calc[s->in_use]);
    s->in_use = !s->in_use;
    s->since = 0;
}

/* --- the largest differences --- */

/* 1 when `a` is the larger of two differences of the same sign. */
static int larger(nvb_calc *calc, nvb_num a, nvb_num b)
{
    return nvb_num_sign(a) < 0 ? nvb_num_cmp(calc, b, a) : nvb_num_cmp(calc, a, b);
}

static bool add_top(top_list *list, nvb_calc *calc, const nvb_summary_row *row, nvb_num difference)
{
    size_t at = list->n;
    while (at > 0 && larger(calc, difference, list->item[at - 1].difference) > 0)
        at--;
    if (at == NVB_SUMMARY_TOP)
        return true;
    nvb_summary_top t = {.number = row->number, .difference = difference};
    /* A copy: the numbers of the row belong to whoever made it. */
    t.previous = nvb_num_add(calc, row->previous, nvb_num_int(0));
    t.turnover = nvb_num_add(calc, row->turnover, nvb_num_int(0));
    if (!keep(&t.reference, row->reference) || !keep(&t.code, row->code) ||
        !keep(&t.name, row->name)) {
        drop_top(&t);
        return false;
    }
    if (list->n == NVB_SUMMARY_TOP)
        drop_top(&list->item[--list->n]);
    for (size_t k = list->n++; k > at; k--)
        list->item[k] = list->item[k - 1];
    list->item[at] = t;
    return true;
}

static bool add_difference(nvb_summary *s, nvb_calc *calc, const nvb_summary_row *row)
{
    nvb_num difference = nvb_num_sub(calc, row->turnover, row->previous);
    int sign = nvb_num_sign(difference);
    s->differences++;
    s->before = nvb_num_add(calc, s->before, row->previous);
    s->after = nvb_num_add(calc, s->after, row->turnover);
    if (nvb_num_sign(row->previous) > 0)
        s->documents_in[nvb_band_of(calc, row->previous, row->turnover)]++;
    return sign == 0 || add_top(&s->tops[sign < 0], calc, row, difference);
}

/* --- a row --- */

static bool keep_example(nvb_summary_example *to, const nvb_summary_row *row, size_t i)
{
    static const nvb_text none = {NULL, 0};
    to->number = row->number;
    to->line = row->places ? row->places[i].line : 0;
    to->column = row->places ? row->places[i].column : 0;
    return keep(&to->reference, row->reference) &&
           keep(&to->file, row->places ? row->places[i].file : none) &&
           keep(&to->message, row->messages ? row->messages[i] : none);
}

static bool add_bad(nvb_summary *s, const nvb_summary_row *row)
{
    bool well = true;
    s->bad++;
    for (size_t i = 0; well && i < row->n_codes; i++)
        if (s->errors[row->codes[i]]++ == 0)
            well = keep_example(&s->examples[row->codes[i]], row, i);
    return well;
}

static bool breaks_the_law(const nvb_summary_row *row)
{
    for (unsigned r = 0; r < NVB_RULE_COUNT; r++)
        if ((row->not_met >> r & 1U) && nvb_rule_kind_of((nvb_rule)r) == NVB_LEGAL)
            return true;
    return false;
}

static void add_counts(nvb_summary *s, const nvb_summary_row *row)
{
    s->good++;
    s->compared += row->compared;
    s->drafts += row->gaps > 0;
    s->unlawful += breaks_the_law(row);
    s->lines += row->lines;
    s->without_volume += row->without_volume;
    for (unsigned k = 0; k < NVB_PAIR_STATE_COUNT; k++)
        s->pairs[k] += row->pairs[k];
    for (unsigned k = 0; k < NVB_BAND_COUNT; k++)
        s->lines_in[k] += row->bands[k];
    for (unsigned r = 0; r < NVB_RULE_COUNT; r++) {
        s->not_met[r] += row->not_met >> r & 1U;
        s->unknown[r] += row->unknown >> r & 1U;
    }
    if (row->year && (!s->first_year || row->year < s->first_year))
        s->first_year = row->year;
    if (row->year > s->last_year)
        s->last_year = row->year;
}

bool nvb_summary_add(nvb_summary *s, const nvb_summary_row *row)
{
    nvb_calc *calc = s->calc[s->in_use];
    if (!row->good)
        return add_bad(s, row);
    bool first = s->good == 0;
    bool well = share(&s->insurer, row->insurer, first) && share(&s->policy, row->policy, first);
    add_counts(s, row);
    if (row->has_turnover)
        s->turnover = nvb_num_add(calc, s->turnover, row->turnover);
    if (well && row->compared && row->has_turnover && row->has_previous)
        well = add_difference(s, calc, row);
    well = well && nvb_calc_take_error(calc) == NVB_NUM_OK;
    if (well && ++s->since == MOVE_AFTER) {
        move_numbers(s);
        well = nvb_calc_take_error(s->calc[s->in_use]) == NVB_NUM_OK;
    }
    return well;
}

/* --- what it came to --- */

nvb_calc *nvb_summary_calc(const nvb_summary *s)
{
    return s->calc[s->in_use];
}

uint64_t nvb_summary_good(const nvb_summary *s)
{
    return s->good;
}

uint64_t nvb_summary_bad(const nvb_summary *s)
{
    return s->bad;
}

uint64_t nvb_summary_compared(const nvb_summary *s)
{
    return s->compared;
}

uint64_t nvb_summary_differences(const nvb_summary *s)
{
    return s->differences;
}

uint64_t nvb_summary_drafts(const nvb_summary *s)
{
    return s->drafts;
}

uint64_t nvb_summary_unlawful(const nvb_summary *s)
{
    return s->unlawful;
}

uint64_t nvb_summary_lines(const nvb_summary *s)
{
    return s->lines;
}

uint64_t nvb_summary_without_volume(const nvb_summary *s)
{
    return s->without_volume;
}

uint64_t nvb_summary_pairs(const nvb_summary *s, nvb_pair_state state)
{
    return s->pairs[state];
}

nvb_text nvb_summary_insurer(const nvb_summary *s, bool *mixed)
{
    *mixed = s->insurer.mixed;
    return s->insurer.text;
}

nvb_text nvb_summary_policy(const nvb_summary *s, bool *mixed)
{
    *mixed = s->policy.mixed;
    return s->policy.text;
}

int nvb_summary_first_year(const nvb_summary *s)
{
    return s->first_year;
}

int nvb_summary_last_year(const nvb_summary *s)
{
    return s->last_year;
}

nvb_num nvb_summary_turnover(const nvb_summary *s)
{
    return s->turnover;
}

nvb_num nvb_summary_before(const nvb_summary *s)
{
    return s->before;
}

nvb_num nvb_summary_after(const nvb_summary *s)
{
    return s->after;
}

uint64_t nvb_summary_documents_in(const nvb_summary *s, size_t band)
{
    return s->documents_in[band];
}

uint64_t nvb_summary_lines_in(const nvb_summary *s, size_t band)
{
    return s->lines_in[band];
}

size_t nvb_summary_tops(const nvb_summary *s, bool fallen)
{
    return s->tops[fallen].n;
}

const nvb_summary_top *nvb_summary_top_at(const nvb_summary *s, bool fallen, size_t i)
{
    return &s->tops[fallen].item[i];
}

uint64_t nvb_summary_not_met(const nvb_summary *s, nvb_rule r)
{
    return s->not_met[r];
}

uint64_t nvb_summary_unknown(const nvb_summary *s, nvb_rule r)
{
    return s->unknown[r];
}

uint64_t nvb_summary_errors(const nvb_summary *s, nvb_code c)
{
    return s->errors[c];
}

const nvb_summary_example *nvb_summary_example_of(const nvb_summary *s, nvb_code c)
{
    return &s->examples[c];
}
