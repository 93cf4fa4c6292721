/* changes_pairs.c: lines that are new, have lapsed, or go on under another code; see changes.h. */
#include "changes.h"

enum { ROWS = 40, NAMED = 10 };

/* --- new and lapsed --- */

static void titles(nvbi_changes *x)
{
    static const nvbi_tell columns[] = {NVBI_TELL_COLUMN_CODE, NVBI_TELL_COLUMN_DESCRIPTION,
                                        NVBI_TELL_COLUMN_TARIFF, NVBI_TELL_COLUMN_COUNT,
                                        NVBI_TELL_COLUMN_TURNOVER};
    nvbi_table_begin(&x->table, x->lang, 2, "wtnnn");
    for (unsigned i = 0; i < sizeof columns / sizeof columns[0]; i++)
        nvbi_table_title(&x->table, i, nvbi_changes_sentence(columns[i], x->lang));
}

static void row(nvbi_changes *x, const nvb_pair *p)
{
    const nvb_side *side = p->new_line ? &p->after : &p->before;
    const nvb_line *line = p->new_line ? p->new_line : p->old[0].line;
    nvbi_table_row(&x->table);
    nvbi_changes_label(nvbi_table_cell(&x->table), p->code);
    nvb_buffer *cell = nvbi_table_cell(&x->table);
    if (line->description.n)
        nvbi_changes_label(cell, line->description);
    cell = nvbi_table_cell(&x->table);
    if (side->has_tariff)
        nvbi_changes_plain(x, cell, side->tariff, nvbi_changes_decimals(x, side->tariff, 4), false);
    cell = nvbi_table_cell(&x->table);
    if (side->has_count)
        nvbi_word_number(cell, x->calc, side->count, NVB_UNITS, x->lang);
    cell = nvbi_table_cell(&x->table);
    if (side->has_turnover)
        nvbi_changes_plain(x, cell, side->turnover, 2, false);
}

static void list(nvbi_changes *x, nvb_pair_state state, nvbi_tell title)
{
    size_t n = nvb_comparison_count(x->c, state), shown = 0;
    if (n == 0)
        return;
    nvbi_changes_title(x, title);
    titles(x);
    for (size_t i = 0; i < nvb_comparison_pairs(x->c) && shown < ROWS; i++) {
        const nvb_pair *p = nvb_comparison_pair(x->c, i);
        if (p->state != state)
            continue;
        row(x, p);
        shown++;
    }
    nvbi_changes_table(x);
    nvbi_changes_word_count(x, 0, n - shown);
    if (n > shown)
        nvbi_changes_say(x, NVBI_TELL_LINES_MORE);
    nvbi_changes_flush(x, 0);
}

/* --- other codes --- */

static bool other_code(const nvb_pair *p)
{
    return p->new_line && p->n_old && (p->renamed || p->split || p->n_old > 1);
}

static void say_other_code(nvbi_changes *x, const nvb_pair *p)
{
    nvb_buffer *old = nvbi_changes_word(x, 1);
    for (size_t i = 0; i < p->n_old && i < NAMED; i++) {
        nvb_buffer_str(old, i ? ", " : "");
        nvbi_changes_label(old, p->old[i].line->code);
    }
    nvb_buffer_str(old, p->n_old > NAMED ? ", …" : "");
    nvbi_changes_word_label(x, 0, p->code);
    nvbi_changes_say(x, p->n_old > 1 ? (p->simple_mean ? NVBI_TELL_MERGED_SIMPLE : NVBI_TELL_MERGED)
                        : p->split   ? NVBI_TELL_SPLIT
                                     : NVBI_TELL_RENAMED);
    nvbi_changes_flush_hanging(x, 2, 2);
}

static void other_codes(nvbi_changes *x)
{
    size_t n = 0;
    for (size_t i = 0; i < nvb_comparison_pairs(x->c); i++) {
        const nvb_pair *p = nvb_comparison_pair(x->c, i);
        if (!other_code(p))
            continue;
        if (n == 0)
            nvbi_changes_title(x, NVBI_TELL_TITLE_CODES);
        if (n++ < ROWS)
            say_other_code(x, p);
    }
    nvbi_changes_word_count(x, 0, n > ROWS ? n - ROWS : 0);
    if (n > ROWS) {
        nvbi_changes_say(x, NVBI_TELL_LINES_MORE);
        nvbi_changes_flush_hanging(x, 2, 2);
    }
    if (n)
        nvbi_changes_blank(x);
}

void nvbi_changes_pairs(nvbi_changes *x)
{
    list(x, NVB_PAIR_NEW, NVBI_TELL_TITLE_NEW);
    list(x, NVB_PAIR_LAPSED, NVBI_TELL_TITLE_LAPSED);
    other_codes(x);
}
