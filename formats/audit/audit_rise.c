/* audit_rise.c: of a price list beside last year's: how much the tariffs rise, beside what was
 * published for the year. See audit_text.h. */
#include "audit_text.h"

enum { PLACES = 20 };

typedef struct rise {
    nvb_num before, after;  /* turnover at the volumes of the offer; without all volumes: */
    nvb_num sum, low, high; /* of the changes of each, as factors */
    size_t n;
    bool weighed; /* every line has a volume */
} rise;

static void add_line(nvbi_report *x, rise *r, const nvb_pair *pair)
{
    const nvb_line *l = pair->new_line;
    if (!l || !pair->n_old || !pair->before.has_tariff || !nvb_input_given(&l->tariff) ||
        nvb_num_sign(pair->before.tariff) <= 0)
        return;
    nvb_num factor = nvb_num_div(x->calc, l->tariff.value, pair->before.tariff);
    /* Thousands of fractions have no common denominator that is still a number to work with; of the
     * sum two decimals are shown. */
    r->sum = nvb_num_add(x->calc, r->sum, nvb_num_round(x->calc, factor, PLACES, NVB_ARITHMETIC));
    r->low = r->n == 0 || nvb_num_cmp(x->calc, factor, r->low) < 0 ? factor : r->low;
    r->high = r->n == 0 || nvb_num_cmp(x->calc, factor, r->high) > 0 ? factor : r->high;
    r->n++;
    r->weighed = r->weighed && pair->after.has_count;
    if (!pair->after.has_count)
        return;
    nvb_num old = nvb_num_mul(x->calc, pair->before.tariff, pair->after.count);
    nvb_num new = nvb_num_mul(x->calc, l->tariff.value, pair->after.count);
    r->before = nvb_num_add(x->calc, r->before, old);
    r->after = nvb_num_add(x->calc, r->after, new);
}

/* A factor as a change in percent, to two decimals. */
static nvb_num percent_of(nvbi_report *x, nvb_num factor)
{
    nvb_num part = nvb_num_sub(x->calc, factor, nvb_num_int(1));
    return nvb_num_round(x->calc, nvb_num_shift(x->calc, part, 2), 2, NVB_ARITHMETIC);
}

static void put_percent(nvbi_report *x, unsigned k, nvb_num v)
{
    nvbi_word_number(nvbi_report_word(x, k), x->calc, v, NVB_PERCENT, x->lang);
}

/* "OVA 4,18%, ppc 1,82%": of the contract year, those of one stage. */
static void put_published(nvbi_report *x, nvb_buffer *list, nvb_stage stage)
{
    for (size_t i = 0; i < x->in->reference->n; i++) {
        const nvb_series *s = &x->in->reference->series[i];
        const nvb_published *f = nvb_series_of_year(s, x->p->year);
        if (!f || f->stage != stage)
            continue;
        if (list->n)
            nvb_buffer_str(list, ", ");
        nvb_num v = nvb_num_shift(x->calc, f->percentage.value, 2);
        nvbi_audit_series(nvbi_report_word(x, 0), s->id);
        put_percent(x, 1, v);
        nvbi_audit_fill(list, nvbi_audit_sentence(NVBI_AUDIT_RISE_FIGURE, x->lang), &x->words,
                        x->lang);
    }
}

static void compare(nvbi_report *x)
{
    for (int stage = 0; x->in->reference && x->p->year && stage < NVB_STAGE_COUNT; stage++) {
        nvb_buffer list = NVB_BUFFER_INIT;
        put_published(x, &list, (nvb_stage)stage);
        if (list.n) {
            nvb_buffer_uint(nvbi_report_word(x, 0), (unsigned long long)x->p->year);
            nvb_buffer_str(nvbi_report_word(x, 1), nvbi_audit_stage((nvb_stage)stage, x->lang));
            nvbi_report_word_text(x, 2, (nvb_text){list.s, list.n});
            nvbi_report_say(x, NVBI_AUDIT_RISE_COMPARE);
        }
        x->said.failed = x->said.failed || list.failed;
        nvb_buffer_release(&list);
    }
}

void nvbi_report_rise(nvbi_report *x)
{
    rise r = {.weighed = true, .sum = nvb_num_int(0)};
    r.before = r.after = r.low = r.high = r.sum;
    if (!x->in->is_list || !x->in->previous)
        return;
    for (size_t i = 0; i < nvb_comparison_pairs(x->in->previous); i++)
        add_line(x, &r, nvb_comparison_pair(x->in->previous, i));
    if (r.n == 0)
        return;
    bool weighed = r.weighed && nvb_num_sign(r.before) > 0;
    nvb_num mean = weighed ? nvb_num_div(x->calc, r.after, r.before)
                           : nvb_num_div(x->calc, r.sum, nvb_num_int((int64_t)r.n));
    mean = percent_of(x, mean);
    bool down = nvb_num_sign(mean) < 0;
    put_percent(x, 0, nvbi_report_size(x, mean));
    put_percent(x, 1, percent_of(x, r.low));
    put_percent(x, 2, percent_of(x, r.high));
    nvb_buffer_str(
        nvbi_report_word(x, 3),
        nvbi_audit_sentence(weighed ? NVBI_AUDIT_RISE_WEIGHTED : NVBI_AUDIT_RISE_PLAIN, x->lang));
    nvb_buffer_str(nvbi_report_word(x, 4),
                   nvbi_audit_sentence(down ? NVBI_AUDIT_RISE_DOWN : NVBI_AUDIT_RISE_UP, x->lang));
    nvbi_report_say(x, NVBI_AUDIT_RISE);
    compare(x);
    nvbi_report_flush(x, 0, 0);
}
