/* audit_findings.c: the findings of the report, most serious first; see audit_text.h. */
#include "audit_text.h"

enum { INDENT = 5, HANG = 2, PLACES = 8, CANDIDATES = 8 };

/* "1. ✗ 12 tarieven volgen niet uit het aanbod" */
static void heading(nvbi_report *x, const nvb_finding *f, size_t number)
{
    nvb_buffer_uint(&x->said, number);
    nvb_buffer_str(&x->said, number < 10 ? ".  " : ". ");
    nvb_buffer_str(&x->said, nvbi_audit_mark(f->gravity));
    nvb_buffer_byte(&x->said, ' ');
    nvbi_audit_title(nvbi_report_word(x, 0), x->a, f, x->lang);
    if (f->check)
        nvb_buffer_str(nvbi_report_word(x, 1), nvbi_word_outcome(f->check->outcome, x->lang));
    nvbi_report_go_on(x, f->check ? NVBI_AUDIT_RULE_OUTCOME : NVBI_AUDIT_JUST_TITLE);
    nvbi_report_flush(x, 0, INDENT);
}

static void places(nvbi_report *x, const nvb_finding *f)
{
    nvb_buffer *word = nvbi_report_word(x, 0);
    if (f->kind == NVB_FOUND_GONE || f->kind == NVB_FOUND_NO_EXPLANATION)
        return; /* about the offer as a whole */
    nvbi_report_places(x, word, f, PLACES);
    if (word->n == 0)
        return;
    nvbi_report_say(x, NVBI_AUDIT_WHERE);
    nvbi_report_flush(x, INDENT, HANG);
}

static void both_sides(nvbi_report *x, const nvb_finding *f)
{
    nvbi_report_cents(x, nvbi_report_word(x, 0), f->less);
    nvbi_report_word_count(x, 1, f->n_less);
    nvbi_report_cents(x, nvbi_report_word(x, 2), f->more);
    nvbi_report_word_count(x, 3, f->n_more);
    nvbi_report_say(x, NVBI_AUDIT_YEARLY_BOTH);
}

static void amount(nvbi_report *x, const nvb_finding *f)
{
    bool sides = nvbi_audit_of_tariffs(f->kind) && f->n_less && f->n_more;
    if (sides) {
        both_sides(x, f);
    } else if (f->has_amount && nvb_num_sign(f->amount) != 0) {
        nvbi_report_cents(x, nvbi_report_word(x, 0), f->amount);
        nvbi_report_say(x, nvb_num_sign(f->amount) > 0 ? NVBI_AUDIT_YEARLY_LESS
                                                       : NVBI_AUDIT_YEARLY_MORE);
    }
    nvbi_report_flush(x, INDENT, HANG);
    if (!nvbi_audit_of_tariffs(f->kind) || f->without_volume == 0)
        return;
    nvbi_report_word_count(x, 0, f->without_volume);
    nvbi_report_word_count(x, 1, f->without_volume + f->n_less + f->n_more);
    nvbi_report_say(x, f->n_less + f->n_more ? NVBI_AUDIT_WITHOUT_VOLUME : NVBI_AUDIT_NO_VOLUMES);
    nvbi_report_flush(x, INDENT, 0);
}

/* On how many figures a reading was tried; 0 when that needs no saying. */
static size_t asked_of(const nvb_finding *f, const nvb_reading *r)
{
    bool many = nvbi_audit_of_tariffs(f->kind) && f->n_paths > 1 && r->lines > 0;
    return many && r->lines <= f->n_paths ? f->n_paths : 0;
}

static void candidate(nvbi_report *x, const nvb_finding *f, const nvb_reading *r, bool best)
{
    size_t n = asked_of(f, r);
    nvbi_audit_reading(nvbi_report_word(x, 0), x->a, f, r, x->lang);
    nvb_buffer_str(nvbi_report_word(x, 1), nvbi_audit_fit(r->fit, x->lang));
    if (n && r->lines < n) {
        nvbi_report_word_count(x, 6, r->lines);
        nvbi_report_word_count(x, 3, n);
    } else if (n && r->breaks) {
        nvbi_report_word_count(x, 2, n);
    }
    if (r->breaks)
        nvbi_report_word_count(x, r->breaks > 1 ? 4 : 5, r->breaks);
    if (!best)
        nvb_buffer_str(&x->said, "-");
    nvbi_report_say(x, best ? NVBI_AUDIT_BEST : NVBI_AUDIT_CANDIDATE);
    nvbi_report_flush(x, INDENT, HANG);
}

/* All but the best, which stands below the title. */
static void candidates(nvbi_report *x, const nvb_finding *f)
{
    if (f->n_readings < 2)
        return;
    nvbi_report_say(x, NVBI_AUDIT_EXPLAINED_BY);
    nvbi_report_flush(x, INDENT, HANG);
    for (size_t i = 1; i < f->n_readings && i < CANDIDATES; i++)
        candidate(x, f, &f->readings[i], false);
}

static void question(nvbi_report *x, const nvb_finding *f)
{
    nvb_buffer *word = nvbi_report_word(x, 0);
    nvbi_audit_question(word, x->a, f, x->lang);
    if (word->n == 0)
        return;
    nvbi_report_say(x, NVBI_AUDIT_QUESTION);
    nvbi_report_flush(x, INDENT, HANG);
}

static void help(nvbi_report *x, const nvb_finding *f)
{
    if (f->rule >= NVB_RULE_COUNT)
        return;
    nvb_buffer_str(nvbi_report_word(x, 0), nvb_rule_id(f->rule));
    nvbi_report_say(x, NVBI_AUDIT_HELP);
    nvbi_report_flush(x, INDENT, HANG);
}

static void one(nvbi_report *x, const nvb_finding *f, size_t number)
{
    heading(x, f, number);
    if (f->n_readings)
        candidate(x, f, &f->readings[0], true);
    nvbi_audit_explanation(&x->said, x->a, f, x->lang);
    nvbi_report_flush(x, INDENT, 0);
    places(x, f);
    amount(x, f);
    candidates(x, f);
    question(x, f);
    help(x, f);
}

void nvbi_report_findings(nvbi_report *x)
{
    size_t n = nvb_audit_findings(x->a);
    if (n == 0)
        return;
    nvbi_report_title(x, NVBI_AUDIT_FINDINGS);
    for (size_t i = 0; i < n && i < NVBI_REPORT_FINDINGS; i++) {
        if (i)
            nvbi_report_blank(x);
        one(x, nvb_audit_finding(x->a, i), i + 1);
    }
    if (n <= NVBI_REPORT_FINDINGS)
        return;
    nvbi_report_blank(x);
    nvbi_report_word_count(x, 0, n - NVBI_REPORT_FINDINGS);
    nvbi_report_say(x, NVBI_AUDIT_MORE_FINDINGS);
    nvbi_report_flush(x, 0, 0);
}
