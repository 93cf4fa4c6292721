/* emit_summary_tables.c: the tables in the text of a summary; see emit_summary_text.c. */
#include "summary_text.h"

#include "formats/word/layout.h"
#include "formats/word/wording.h"

/* INDENT, MESSAGE: columns before an example, and for what is said there at most. */
enum { BAR = 14, INDENT = 4, MESSAGE = 300 };
/* Columns for the reference at most, for it and the name of the provider together, and for that
 * name at least: what is left beside amounts of millions. */
enum { REFERENCE = 22, WHO = 42, PROVIDER = 20 };

static void title(nvbi_summary_text *x, unsigned column, nvbi_summary_sentence s)
{
    nvbi_table_title(&x->table, column, nvbi_summary_words(s, x->lang));
}

/* --- the distribution --- */

static void put_size(nvbi_summary_text *x, unsigned k, int percent)
{
    nvbi_summary_count(x, k, (uint64_t)(percent < 0 ? -percent : percent));
}

static void put_band(nvbi_summary_text *x, const nvb_band *band)
{
    nvb_buffer *to = nvbi_table_cell(&x->table);
    if (band->zero) {
        nvbi_summary_put(x, to, NVBI_SUMMARY_SAME);
    } else if (!band->has_low) {
        put_size(x, 0, band->high);
        nvbi_summary_put(x, to, NVBI_SUMMARY_FALLEN_MORE);
    } else if (!band->has_high) {
        put_size(x, 0, band->low);
        nvbi_summary_put(x, to, NVBI_SUMMARY_RISEN_MORE);
    } else {
        bool fallen = band->low < 0;
        put_size(x, 0, fallen ? band->high : band->low);
        put_size(x, 1, fallen ? band->low : band->high);
        nvbi_summary_put(x, to, fallen ? NVBI_SUMMARY_FALLEN : NVBI_SUMMARY_RISEN);
    }
}

/* As long as its part of the longest, but never nothing when there is something. */
static void put_bar(nvb_buffer *to, uint64_t n, uint64_t most)
{
    uint64_t length = most ? n * BAR / most + (n * BAR % most != 0) : 0;
    for (uint64_t i = 0; i < length; i++)
        nvb_buffer_str(to, "█");
}

typedef uint64_t in_band(const nvb_summary *s, size_t band);

static uint64_t largest(const nvb_summary *s, in_band *count)
{
    uint64_t most = 0;
    for (size_t i = 0; i < NVB_BAND_COUNT; i++)
        if (count(s, i) > most)
            most = count(s, i);
    return most;
}

static uint64_t sum(const nvb_summary *s, in_band *count)
{
    uint64_t all = 0;
    for (size_t i = 0; i < NVB_BAND_COUNT; i++)
        all += count(s, i);
    return all;
}

static void put_counted(nvbi_summary_text *x, in_band *count, size_t band)
{
    uint64_t n = count(x->s, band), most = largest(x->s, count);
    nvb_buffer *cell = nvbi_table_cell(&x->table);
    if (most)
        nvbi_summary_number(x, cell, n);
    put_bar(nvbi_table_cell(&x->table), n, most);
}

/* What the table leaves out. */
static void say_rest(nvbi_summary_text *x)
{
    uint64_t documents = nvb_summary_differences(x->s) - sum(x->s, nvb_summary_documents_in);
    uint64_t fresh = nvb_summary_pairs(x->s, NVB_PAIR_NEW);
    uint64_t lapsed = nvb_summary_pairs(x->s, NVB_PAIR_LAPSED);
    uint64_t paired =
        nvb_summary_pairs(x->s, NVB_PAIR_CHANGED) + nvb_summary_pairs(x->s, NVB_PAIR_SAME);
    uint64_t lines = sum(x->s, nvb_summary_lines_in);
    if (documents) {
        nvbi_summary_count(x, 0, documents);
        nvbi_summary_say(x, NVBI_SUMMARY_BANDS_DOCUMENTS);
    }
    if (fresh || lapsed) {
        nvbi_summary_count(x, 0, fresh);
        nvbi_summary_count(x, 1, lapsed);
        nvbi_summary_say(x, NVBI_SUMMARY_BANDS_LINES);
    }
    if (lines < paired) {
        nvbi_summary_count(x, 0, paired - lines);
        nvbi_summary_say(x, NVBI_SUMMARY_BANDS_APART);
    }
    nvbi_summary_flush(x);
}

void nvbi_summary_bands(nvbi_summary_text *x)
{
    if (nvb_summary_compared(x->s) == 0)
        return;
    nvbi_summary_title(x, NVBI_SUMMARY_TITLE_BANDS, "─");
    nvbi_table_begin(&x->table, x->lang, 0, "wnwnw");
    title(x, 0, NVBI_SUMMARY_HEAD_CHANGE);
    if (largest(x->s, nvb_summary_documents_in))
        title(x, 2, NVBI_SUMMARY_HEAD_DOCUMENTS);
    if (largest(x->s, nvb_summary_lines_in))
        title(x, 4, NVBI_SUMMARY_HEAD_LINES);
    for (size_t i = 0; i < NVB_BAND_COUNT; i++) {
        nvb_band band = nvb_band_at(i);
        nvbi_table_row(&x->table);
        put_band(x, &band);
        put_counted(x, nvb_summary_documents_in, i);
        put_counted(x, nvb_summary_lines_in, i);
    }
    nvbi_summary_table(x);
    say_rest(x);
}

/* --- the largest differences --- */

/* The room for names: what the longest reference leaves of it. */
static unsigned provider_columns(const nvb_summary *s, bool fallen)
{
    size_t longest = 0;
    for (size_t i = 0; i < nvb_summary_tops(s, fallen); i++) {
        nvb_text t = nvb_summary_top_at(s, fallen, i)->reference;
        size_t width = t.n > REFERENCE ? REFERENCE : nvbi_word_width(t.s, t.n);
        longest = width > longest ? width : longest;
    }
    return longest > WHO - PROVIDER ? PROVIDER : (unsigned)(WHO - longest);
}

static void top_list(nvbi_summary_text *x, bool fallen, nvbi_summary_sentence heading)
{
    size_t n = nvb_summary_tops(x->s, fallen);
    unsigned room = provider_columns(x->s, fallen);
    if (n == 0)
        return;
    nvbi_summary_title(x, heading, "─");
    nvbi_table_begin(&x->table, x->lang, 0, "wtnnn");
    title(x, 0, NVBI_SUMMARY_HEAD_REFERENCE);
    title(x, 1, NVBI_SUMMARY_HEAD_PROVIDER);
    title(x, 2, NVBI_SUMMARY_HEAD_NEW);
    title(x, 3, NVBI_SUMMARY_HEAD_DIFFERENCE);
    for (size_t i = 0; i < n; i++) {
        const nvb_summary_top *t = nvb_summary_top_at(x->s, fallen, i);
        nvbi_table_row(&x->table);
        nvbi_summary_label(nvbi_table_cell(&x->table), t->reference, REFERENCE);
        nvbi_summary_label(nvbi_table_cell(&x->table), t->name, room);
        nvbi_summary_whole(x, nvbi_table_cell(&x->table), t->turnover, false);
        nvbi_summary_whole(x, nvbi_table_cell(&x->table), t->difference, true);
        nvbi_summary_change(x, nvbi_table_cell(&x->table), t->previous, t->turnover);
    }
    nvbi_summary_table(x);
}

void nvbi_summary_top_lists(nvbi_summary_text *x)
{
    top_list(x, false, NVBI_SUMMARY_TITLE_RISEN);
    top_list(x, true, NVBI_SUMMARY_TITLE_FALLEN);
}

/* --- checks and errors --- */

static void put_some(nvbi_summary_text *x, uint64_t n)
{
    nvb_buffer *cell = nvbi_table_cell(&x->table);
    if (n)
        nvbi_summary_number(x, cell, n);
}

static bool some_of_kind(const nvb_summary *s, nvb_rule_kind kind)
{
    for (unsigned k = 0; k < NVB_RULE_COUNT; k++) {
        nvb_rule r = (nvb_rule)k;
        if (nvb_rule_kind_of(r) == kind && (nvb_summary_not_met(s, r) || nvb_summary_unknown(s, r)))
            return true;
    }
    return false;
}

/* The rules of one kind, below a line that says which. */
static void put_kind(nvbi_summary_text *x, nvb_rule_kind kind, nvbi_summary_sentence heading)
{
    if (!some_of_kind(x->s, kind))
        return;
    nvbi_summary_put(x, nvbi_table_span(&x->table, 0), heading);
    for (unsigned k = 0; k < NVB_RULE_COUNT; k++) {
        nvb_rule r = (nvb_rule)k;
        uint64_t not_met = nvb_summary_not_met(x->s, r), unknown = nvb_summary_unknown(x->s, r);
        if (nvb_rule_kind_of(r) != kind || (not_met == 0 && unknown == 0))
            continue;
        nvbi_table_row(&x->table);
        nvb_buffer_str(nvbi_table_cell(&x->table), nvbi_word_rule_title(r, x->lang));
        nvb_buffer_str(nvbi_table_cell(&x->table), nvbi_word_rule_article(r, x->lang));
        put_some(x, not_met);
        put_some(x, unknown);
    }
}

void nvbi_summary_checks(nvbi_summary_text *x)
{
    if (nvb_summary_good(x->s) == 0)
        return;
    nvbi_summary_title(x, NVBI_SUMMARY_TITLE_CHECKS, "─");
    nvbi_table_begin(&x->table, x->lang, 0, "twnn");
    title(x, 0, NVBI_SUMMARY_HEAD_CHECK);
    title(x, 1, NVBI_SUMMARY_HEAD_RULE);
    title(x, 2, NVBI_SUMMARY_HEAD_NOT_MET);
    title(x, 3, NVBI_SUMMARY_HEAD_UNKNOWN);
    put_kind(x, NVB_LEGAL, NVBI_SUMMARY_KIND_LEGAL);
    put_kind(x, NVB_GUIDANCE, NVBI_SUMMARY_KIND_GUIDANCE);
    put_kind(x, NVB_OWN, NVBI_SUMMARY_KIND_OWN);
    if (nvbi_table_empty(&x->table)) {
        nvbi_summary_say(x, NVBI_SUMMARY_CHECKS_FINE);
        nvbi_summary_flush(x);
        return;
    }
    nvbi_summary_table(x);
}

/* Which document it was, where, and what was wrong, in the words of that document. */
static void put_example(nvbi_summary_text *x, const nvb_summary_example *e)
{
    nvb_buffer *to = nvbi_table_span(&x->table, INDENT);
    if (nvb_text_given(e->reference))
        nvbi_summary_label(&x->word[1], e->reference, REFERENCE);
    nvbi_summary_count(x, 0, e->number);
    nvbi_summary_put(x, to, NVBI_SUMMARY_EXAMPLE);
    if (nvb_text_given(e->file)) {
        nvb_buffer_byte(to, ' ');
        nvbi_word_safe(to, e->file);
        if (e->line) {
            nvb_buffer_byte(to, ':');
            nvb_buffer_uint(to, e->line);
            nvb_buffer_byte(to, ':');
            nvb_buffer_uint(to, e->column);
        }
        nvb_buffer_byte(to, ':');
    }
    nvb_buffer_byte(to, ' ');
    nvbi_summary_label(to, e->message, MESSAGE);
}

void nvbi_summary_refusals(nvbi_summary_text *x)
{
    if (nvb_summary_bad(x->s) == 0)
        return;
    nvbi_summary_title(x, NVBI_SUMMARY_TITLE_ERRORS, "─");
    nvbi_table_begin(&x->table, x->lang, 0, "nwt");
    title(x, 0, NVBI_SUMMARY_HEAD_REFUSED);
    title(x, 1, NVBI_SUMMARY_HEAD_CODE);
    title(x, 2, NVBI_SUMMARY_HEAD_MESSAGE);
    for (unsigned c = NVB_OK + 1; c < NVB_CODE_COUNT; c++) {
        uint64_t n = nvb_summary_errors(x->s, (nvb_code)c);
        if (n == 0)
            continue;
        nvbi_table_row(&x->table);
        nvbi_summary_number(x, nvbi_table_cell(&x->table), n);
        nvb_buffer_str(nvbi_table_cell(&x->table), nvb_code_name((nvb_code)c));
        nvbi_summary_code(nvbi_table_cell(&x->table), (nvb_code)c, x->lang);
        const nvb_summary_example *e = nvb_summary_example_of(x->s, (nvb_code)c);
        if (nvb_text_given(e->message))
            put_example(x, e);
    }
    if (!nvbi_table_empty(&x->table))
        nvbi_summary_table(x);
    nvbi_summary_say(x, NVBI_SUMMARY_ERRORS_NOTE);
    nvbi_summary_flush(x);
}
