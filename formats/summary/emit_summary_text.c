/*
 * emit_summary_text.c: a summary as one page of text: what came in and went out, what it comes to
 * against last year, and what to do now. A row of parts, each a function of its own; those that are
 * tables stand in emit_summary_tables.c. A new part is a row in the table, its sentences in
 * wording_summary.def, and a function.
 */
#include "summary_text.h"

#include "formats/word/layout.h"
#include "formats/word/wording.h"

enum { LABEL = 60, POINT = 3, SIGN = 16, SIGN_LINE = 40 };

static void put_year(nvbi_summary_text *x, unsigned k, int year)
{
    nvb_buffer_cut(&x->word[k], 0);
    nvb_buffer_uint(&x->word[k], (unsigned long long)year);
}

static void head(nvbi_summary_text *x)
{
    int first = nvb_summary_first_year(x->s), last = nvb_summary_last_year(x->s);
    nvb_buffer years = NVB_BUFFER_INIT;
    if (first) {
        put_year(x, 0, first);
        put_year(x, 1, last);
        if (first == last)
            nvb_buffer_uint(&years, (unsigned long long)first);
        else
            nvbi_summary_put(x, &years, NVBI_SUMMARY_YEARS);
        nvbi_summary_word(x, 1, NVB_TEXT(""));
    }
    nvbi_summary_word(x, 0, (nvb_text){years.s, years.n});
    nvbi_summary_title(x, NVBI_SUMMARY_TITLE, "═");
    x->out->failed |= years.failed;
    nvb_buffer_release(&years);
}

static void say_shared(nvbi_summary_text *x,
                       nvb_text t,
                       bool mixed,
                       nvbi_summary_sentence one,
                       nvbi_summary_sentence more)
{
    if (!nvb_text_given(t))
        return;
    nvb_buffer_cut(&x->word[0], 0);
    nvbi_summary_label(&x->word[0], t, LABEL);
    nvbi_summary_say(x, mixed ? more : one);
}

static void parties(nvbi_summary_text *x)
{
    bool mixed;
    nvb_text insurer = nvb_summary_insurer(x->s, &mixed);
    say_shared(x, insurer, mixed, NVBI_SUMMARY_INSURER, NVBI_SUMMARY_INSURERS);
    nvb_text policy = nvb_summary_policy(x->s, &mixed);
    say_shared(x, policy, mixed, NVBI_SUMMARY_POLICY, NVBI_SUMMARY_POLICIES);
    nvbi_summary_flush(x);
}

static void counts(nvbi_summary_text *x)
{
    uint64_t good = nvb_summary_good(x->s), bad = nvb_summary_bad(x->s);
    nvbi_summary_count(x, 0, good + bad);
    nvbi_summary_count(x, 1, good);
    nvbi_summary_count(x, 2, bad);
    nvbi_summary_say(x, NVBI_SUMMARY_COUNTS);
    if (good) {
        nvbi_summary_count(x, 0, nvb_summary_lines(x->s));
        nvbi_summary_say(x, NVBI_SUMMARY_LINES);
    }
    uint64_t without = nvb_summary_without_volume(x->s);
    if (without && without < nvb_summary_lines(x->s)) {
        nvbi_summary_count(x, 0, without);
        nvbi_summary_say(x, NVBI_SUMMARY_WITHOUT_VOLUME);
    }
    if (nvb_summary_drafts(x->s)) {
        nvbi_summary_count(x, 0, nvb_summary_drafts(x->s));
        nvbi_summary_say(x, NVBI_SUMMARY_DRAFTS);
    }
    nvbi_summary_flush(x);
}

static nvbi_table *total_row(nvbi_summary_text *x, nvbi_summary_sentence s)
{
    nvbi_table_row(&x->table);
    nvbi_summary_put(x, nvbi_table_cell(&x->table), s);
    return &x->table;
}

static void totals(nvbi_summary_text *x)
{
    nvb_num before = nvb_summary_before(x->s), after = nvb_summary_after(x->s);
    nvbi_table_begin(&x->table, x->lang, 0, "tnn");
    nvbi_table *t = total_row(x, NVBI_SUMMARY_PROPOSED);
    nvbi_summary_euro(x, nvbi_table_cell(t), nvb_summary_turnover(x->s), false);
    if (nvb_summary_differences(x->s)) {
        total_row(x, NVBI_SUMMARY_BEFORE);
        nvbi_summary_euro(x, nvbi_table_cell(t), before, false);
        total_row(x, NVBI_SUMMARY_AFTER);
        nvbi_summary_euro(x, nvbi_table_cell(t), after, false);
        total_row(x, NVBI_SUMMARY_DIFFERENCE);
        nvbi_summary_euro(x, nvbi_table_cell(t), nvb_num_sub(x->calc, after, before), true);
        nvbi_summary_change(x, nvbi_table_cell(t), before, after);
    }
    nvbi_summary_table(x);
}

static void turnover(nvbi_summary_text *x)
{
    uint64_t good = nvb_summary_good(x->s), compared = nvb_summary_compared(x->s);
    uint64_t differences = nvb_summary_differences(x->s);
    if (good == 0)
        return;
    nvbi_summary_title(x, NVBI_SUMMARY_TITLE_TURNOVER, "─");
    if (nvb_summary_without_volume(x->s) < nvb_summary_lines(x->s))
        totals(x);
    else
        nvbi_summary_say(x, NVBI_SUMMARY_NO_TURNOVER);
    if (compared) {
        nvbi_summary_count(x, 0, compared);
        nvbi_summary_count(x, 1, good);
        nvbi_summary_say(x, NVBI_SUMMARY_COMPARED);
    } else {
        nvbi_summary_say(x, NVBI_SUMMARY_NOT_COMPARED);
    }
    if (differences < compared) {
        nvbi_summary_count(x, 0, compared - differences);
        nvbi_summary_say(x, NVBI_SUMMARY_NO_DIFFERENCE);
    }
    nvbi_summary_flush(x);
}

/* --- what to do --- */

static void point(nvbi_summary_text *x, nvbi_summary_sentence s)
{
    nvb_buffer text = NVB_BUFFER_INIT;
    nvbi_summary_put(x, &text, s);
    nvb_buffer_uint(x->out, ++x->points);
    nvb_buffer_str(x->out, ". ");
    nvbi_layout_wrap_after(x->out, (nvb_text){text.s ? text.s : "", text.n}, POINT, POINT,
                           NVBI_PAGE);
    x->out->failed |= text.failed;
    nvb_buffer_release(&text);
}

static void point_at(nvbi_summary_text *x, nvbi_summary_sentence s, nvb_text file)
{
    nvb_buffer_cut(&x->word[0], 0);
    if (nvb_text_given(file))
        nvbi_word_safe(&x->word[0], file);
    point(x, s);
}

static void point_of(nvbi_summary_text *x, nvbi_summary_sentence s, uint64_t documents)
{
    nvbi_summary_count(x, 0, documents);
    point(x, s);
}

static bool all_checks_fine(const nvb_summary *s)
{
    for (unsigned r = 0; r < NVB_RULE_COUNT; r++)
        if (nvb_summary_not_met(s, (nvb_rule)r) || nvb_summary_unknown(s, (nvb_rule)r))
            return false;
    return true;
}

/* Documents that have gaps and no errors: those of others are not counted. */
static bool some_lack_something(const nvb_summary *s)
{
    for (unsigned c = NVB_OK + 1; c < NVB_CODE_COUNT; c++)
        if (nvb_code_severity((nvb_code)c) == NVB_GAP && nvb_summary_errors(s, (nvb_code)c))
            return true;
    return false;
}

static void sign(nvbi_summary_text *x)
{
    static const nvbi_summary_sentence rows[] = {NVBI_SUMMARY_SIGN_NAME, NVBI_SUMMARY_SIGN_DATE,
                                                 NVBI_SUMMARY_SIGN_HAND};
    nvb_buffer_byte(x->out, '\n');
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t from = x->out->n;
        nvbi_summary_put(x, x->out, rows[i]);
        nvbi_layout_pad(x->out, from, SIGN);
        nvb_buffer_repeat(x->out, '_', SIGN_LINE);
        nvb_buffer_byte(x->out, '\n');
    }
}

static void next(nvbi_summary_text *x)
{
    uint64_t drafts = nvb_summary_drafts(x->s), unlawful = nvb_summary_unlawful(x->s);
    nvbi_summary_title(x, NVBI_SUMMARY_TITLE_NEXT, "─");
    if (nvb_summary_bad(x->s))
        point_at(x, NVBI_SUMMARY_NEXT_ERRORS, x->about->errors);
    if (some_lack_something(x->s))
        point(x, NVBI_SUMMARY_NEXT_GAPS);
    if (drafts)
        point_of(x, NVBI_SUMMARY_NEXT_DRAFTS, drafts);
    if (unlawful)
        point_of(x, NVBI_SUMMARY_NEXT_UNLAWFUL, unlawful);
    if (!all_checks_fine(x->s))
        point_at(x, NVBI_SUMMARY_NEXT_CHECKS, x->about->overview);
    if (nvb_summary_tops(x->s, false) || nvb_summary_tops(x->s, true))
        point(x, NVBI_SUMMARY_NEXT_TOPS);
    if (nvb_summary_good(x->s) == 0)
        return;
    if (drafts || unlawful) {
        point(x, NVBI_SUMMARY_NEXT_NOT_YET);
        return;
    }
    point(x, NVBI_SUMMARY_NEXT_SIGN);
    sign(x);
}

static void (*const parts[])(nvbi_summary_text *x) = {
    head,
    parties,
    counts,
    turnover,
    nvbi_summary_bands,
    nvbi_summary_top_lists,
    nvbi_summary_checks,
    nvbi_summary_refusals,
    next,
};

void nvb_emit_summary_text(nvb_buffer *out,
                           const nvb_summary *s,
                           const nvb_summary_about *about,
                           const nvb_emit_options *o)
{
    static const nvb_summary_about nothing = {
        {NULL, 0},
        {NULL, 0}
    };
    nvbi_summary_text x = {.out = out,
                           .s = s,
                           .about = about ? about : &nothing,
                           .calc = nvb_summary_calc(s),
                           .lang = o ? o->lang : NVB_NL};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        parts[i](&x);
    bool failed = x.said.failed || x.table.failed || x.table.text.failed ||
                  nvb_calc_take_error(x.calc) != NVB_NUM_OK;
    for (unsigned k = 0; k < NVBI_SUMMARY_WORDS; k++) {
        failed = failed || x.word[k].failed;
        nvb_buffer_release(&x.word[k]);
    }
    out->failed |= failed;
    nvb_buffer_release(&x.said);
    nvbi_table_release(&x.table);
}
