/* letter_total.c: what all lines come to together: turnovers, groups, ceilings and the total; it
 * adds up as printed. */
#include "letter.h"

static void line_rows(nvbi_letter *l)
{
    nvbi_table *t = &l->table;
    static const nvbi_sentence titles[] = {NVBI_SAY_COL_CODE, NVBI_SAY_COL_COUNT, NVBI_SAY_COL_UNIT,
                                           NVBI_SAY_COL_TARIFF, NVBI_SAY_COL_TURNOVER};
    for (unsigned i = 0; i < t->columns; i++)
        nvbi_table_title(t, i, nvbi_letter_sentence(titles[i], l->lang));
    for (size_t i = 0; i < l->p->n_lines; i++) {
        const nvb_line *line = &l->p->lines[i];
        const nvb_line_figures *f = nvb_breakdown_line(l->b, i);
        if (f->turnover == NVB_NO_FIGURE)
            continue;
        nvbi_table_row(t);
        nvbi_letter_text_cell(l, line->code);
        nvbi_letter_number_cell(l, nvbi_letter_figure(l, f->volume)->value, NVB_UNITS);
        nvbi_letter_text_cell(l, line->unit);
        nvbi_letter_amount_cell(l, nvbi_letter_figure(l, f->tariff)->value, false);
        nvbi_letter_amount_cell(l, nvbi_letter_figure(l, f->turnover)->value, false);
    }
}

static void sum_cell(nvbi_letter *l, nvb_num v)
{
    for (unsigned c = 1; c < 4; c++)
        nvbi_table_cell(&l->table);
    nvbi_letter_amount_cell(l, v, false);
}

static void sum_row(nvbi_letter *l, nvbi_sentence what, nvb_num v)
{
    nvbi_table_row(&l->table);
    nvbi_letter_put(l, nvbi_table_cell(&l->table), what);
    sum_cell(l, v);
}

static void ceilings(nvbi_letter *l)
{
    for (size_t i = 0; i < l->p->n_ceilings; i++) {
        const nvb_figure *f = nvbi_letter_figure(l, nvb_breakdown_cut(l->b, i));
        if (!f)
            continue;
        nvbi_table_row(&l->table);
        nvbi_letter_label(l, nvbi_table_cell(&l->table), f);
        sum_cell(l, f->value);
    }
}

/* How each cut came about. */
static void cuts(nvbi_letter *l)
{
    nvbi_table_begin(&l->table, l->lang, 2, "tn");
    l->table.full = true;
    for (size_t i = 0; i < l->p->n_ceilings; i++) {
        const nvb_figure *f = nvbi_letter_figure(l, nvb_breakdown_cut(l->b, i));
        if (!f)
            continue;
        nvbi_letter_figure_row(l, f);
        if (nvb_num_sign(f->value) == 0)
            nvbi_letter_put(l, nvbi_table_span(&l->table, 4), NVBI_SAY_CUT_NONE);
    }
    if (nvbi_table_empty(&l->table))
        return;
    nvbi_letter_say(l, NVBI_SAY_CUTS_INTRO);
    nvbi_letter_flush(l, 0);
    nvbi_letter_table(l);
}

static void groups(nvbi_letter *l)
{
    nvbi_table *t = &l->table;
    nvb_num rest = nvbi_letter_figure(l, nvb_breakdown_total_before(l->b))->value;
    if (l->p->n_groups == 0)
        return;
    nvbi_letter_say(l, NVBI_SAY_GROUPS_INTRO);
    nvbi_letter_flush(l, 0);
    nvbi_table_begin(t, l->lang, 2, "wtn");
    nvbi_table_title(t, 0, nvbi_letter_sentence(NVBI_SAY_COL_GROUP, l->lang));
    nvbi_table_title(t, 1, nvbi_letter_sentence(NVBI_SAY_COL_DESCRIPTION, l->lang));
    nvbi_table_title(t, 2, nvbi_letter_sentence(NVBI_SAY_COL_TURNOVER, l->lang));
    for (size_t i = 0; i < l->p->n_groups; i++) {
        const nvb_figure *f = nvbi_letter_figure(l, nvb_breakdown_group(l->b, i));
        if (!f)
            continue;
        rest = nvb_num_sub(l->calc, rest, f->value);
        nvbi_table_row(t);
        nvbi_letter_text_cell(l, l->p->groups[i].id);
        nvbi_letter_text_cell(l, l->p->groups[i].description);
        nvbi_letter_amount_cell(l, f->value, false);
    }
    if (nvb_num_sign(rest) != 0) {
        nvbi_table_row(t);
        nvbi_table_cell(t);
        nvbi_letter_put(l, nvbi_table_cell(t), NVBI_SAY_GROUP_NONE);
        nvbi_letter_amount_cell(l, rest, false);
    }
    nvbi_letter_table(l);
}

void nvbi_letter_totals(nvbi_letter *l)
{
    size_t without = 0;
    const nvb_figure *before = nvbi_letter_figure(l, nvb_breakdown_total_before(l->b));
    const nvb_figure *total = nvbi_letter_figure(l, nvb_breakdown_total(l->b));
    for (size_t i = 0; i < l->p->n_lines; i++)
        without += nvb_breakdown_line(l->b, i)->turnover == NVB_NO_FIGURE;
    nvbi_letter_word_count(l, 0, without);
    if (without == l->p->n_lines) {
        nvbi_letter_say(l, NVBI_SAY_TOTAL_NONE);
        nvbi_letter_flush(l, 0);
        return;
    }
    nvbi_letter_say(l, without ? NVBI_SAY_TOTAL_WITHOUT : NVBI_SAY_TOTAL_ALL);
    nvbi_letter_flush(l, 0);
    nvbi_table_begin(&l->table, l->lang, 2, "tnwnn");
    line_rows(l);
    nvbi_table_rule(&l->table);
    if (l->p->n_ceilings) {
        sum_row(l, NVBI_SAY_TOTAL_BEFORE, before->value);
        ceilings(l);
        nvbi_table_rule(&l->table);
    }
    sum_row(l, NVBI_SAY_TOTAL, total->value);
    nvbi_letter_table(l);
    cuts(l);
    groups(l);
}
