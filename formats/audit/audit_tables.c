/* audit_tables.c: the tables of the report: figures that do not follow, figures that lie in an
 * interval, and the price in effect. See audit_text.h. */
#include "audit_text.h"

static void number_cell(nvbi_report *x, nvb_num v, nvb_unit unit)
{
    nvbi_audit_number(nvbi_table_cell(&x->table), x->calc, v, unit, x->lang);
}

static void column(nvbi_report *x, unsigned k, nvbi_audit_say s)
{
    nvbi_table_title(&x->table, k, nvbi_audit_sentence(s, x->lang));
}

/* The table so far, and below it how many rows were left out. */
static void set_table(nvbi_report *x, size_t n)
{
    nvbi_table_write(&x->table, x->out);
    if (n <= NVBI_REPORT_ROWS)
        return;
    nvbi_report_word_count(x, 0, n - NVBI_REPORT_ROWS);
    nvbi_report_say(x, NVBI_AUDIT_ROWS_MORE);
    nvbi_report_flush(x, 0, 0);
}

/* --- what was worked out --- */

/* A bound as it is printed: low rounded down, high up, so that nothing that fits is left out. */
static void bound_cell(nvbi_report *x, nvb_num v, nvb_unit unit, nvb_mode mode)
{
    enum { PLACES = 4 };
    number_cell(x, nvb_num_round(x->calc, v, PLACES, mode), unit);
}

/* Between two percentages lie points. */
static void difference_cell(nvbi_report *x, const nvb_audited *f)
{
    if (f->unit != NVB_PERCENT) {
        number_cell(x, f->difference, f->unit);
        return;
    }
    enum { PLACES = 4 };
    nvbi_audit_words w = {0};
    nvb_num shown = nvb_num_round(x->calc, f->difference, PLACES, NVB_ARITHMETIC);
    nvbi_word_plain(&w.word[0], x->calc, shown, 2, x->lang);
    nvbi_audit_fill(nvbi_table_cell(&x->table),
                    nvbi_audit_sentence(NVBI_AUDIT_POINTS_SHORT, x->lang), &w, x->lang);
}

/* A letter does not ask for less than was offered. */
static bool is_left_out(const nvbi_report *x, const nvb_audited *f)
{
    bool tariff = f->figure && f->figure->kind == NVB_FIG_TARIFF;
    int sign = nvb_num_sign(f->difference);
    return x->letter && tariff && (nvbi_audit_by_provider(x->a) ? sign > 0 : sign < 0);
}

size_t nvbi_report_count(const nvbi_report *x, nvb_verdict verdict)
{
    size_t n = 0;
    for (size_t i = 0; i < nvb_audit_figures(x->a); i++) {
        const nvb_audited *f = nvb_audit_figure(x->a, i);
        n += f->verdict == verdict && !is_left_out(x, f);
    }
    return n;
}

/* `between`: with the two amounts it lies between. */
static void figure_row(nvbi_report *x, const nvb_audited *f, bool between)
{
    nvbi_table_row(&x->table);
    nvbi_report_place(x, nvbi_table_cell(&x->table), f->path, false);
    number_cell(x, f->claimed, f->unit);
    if (!f->figure)
        return;
    number_cell(x, f->computed, f->unit);
    difference_cell(x, f);
    if (!between || !f->has_interval)
        return;
    bound_cell(x, f->low, f->unit, NVB_DOWN);
    bound_cell(x, f->high, f->unit, NVB_UP);
}

/* How far the rounding of inputs moves what follows, at most. */
static nvb_num widest(nvbi_report *x, nvb_num most, const nvb_audited *f)
{
    nvb_num up = nvb_num_sub(x->calc, f->high, f->computed);
    nvb_num down = nvb_num_sub(x->calc, f->computed, f->low);
    most = nvb_num_cmp(x->calc, up, most) > 0 ? up : most;
    return nvb_num_cmp(x->calc, down, most) > 0 ? down : most;
}

/* Below the table: what the rounding of last year's bases has to do with it. */
static void note_rounding(nvbi_report *x, nvb_verdict verdict, nvb_num most)
{
    if (nvb_num_sign(most) == 0)
        return;
    nvbi_audit_number(nvbi_report_word(x, 0), x->calc, nvb_num_round(x->calc, most, 4, NVB_UP),
                      NVB_EUR, x->lang);
    nvbi_report_say(x, verdict == NVB_FOLLOWS_ROUNDED ? NVBI_AUDIT_ROUNDED_NOTE
                                                      : NVBI_AUDIT_ROUNDED_WRONG);
    nvbi_report_flush(x, 0, 0);
}

void nvbi_report_figures(nvbi_report *x, nvb_verdict verdict, nvbi_audit_say title)
{
    static const nvbi_audit_say titles[] = {
        NVBI_AUDIT_COLUMN_FIGURE,     NVBI_AUDIT_COLUMN_CLAIMED, NVBI_AUDIT_COLUMN_COMPUTED,
        NVBI_AUDIT_COLUMN_DIFFERENCE, NVBI_AUDIT_COLUMN_LOW,     NVBI_AUDIT_COLUMN_HIGH};
    size_t n = 0;
    nvb_num most = nvb_num_int(0);
    nvbi_table_begin(&x->table, x->lang, 0, "tnnnnn");
    for (unsigned k = 0; k < sizeof titles / sizeof *titles; k++)
        column(x, k, titles[k]);
    for (size_t i = 0; i < nvb_audit_figures(x->a); i++) {
        const nvb_audited *f = nvb_audit_figure(x->a, i);
        if (f->verdict != verdict || is_left_out(x, f) || n++ >= NVBI_REPORT_ROWS)
            continue;
        figure_row(x, f, verdict == NVB_FOLLOWS_ROUNDED);
        if (f->has_interval && f->unit == NVB_EUR)
            most = widest(x, most, f);
    }
    if (n == 0)
        return;
    nvbi_report_title(x, title);
    set_table(x, n);
    note_rounding(x, verdict, most);
}

void nvbi_report_wrong(nvbi_report *x)
{
    nvbi_report_figures(x, NVB_FOLLOWS_NOT, NVBI_AUDIT_FIGURES_WRONG);
}

void nvbi_report_rounded(nvbi_report *x)
{
    nvbi_report_figures(x, NVB_FOLLOWS_ROUNDED, NVBI_AUDIT_FIGURES_ROUNDED);
}

/* --- the price in effect --- */

static void effectives(nvbi_report *x)
{
    size_t n = nvb_audit_effectives(x->a);
    if (n == 0)
        return;
    nvbi_report_say(x, NVBI_AUDIT_IN_EFFECT_NOTE);
    nvbi_report_flush(x, 0, 0);
    nvbi_table_begin(&x->table, x->lang, 0, "tnnn");
    column(x, 0, NVBI_AUDIT_COLUMN_CODE);
    column(x, 1, NVBI_AUDIT_COLUMN_TARIFF);
    column(x, 2, NVBI_AUDIT_COLUMN_EFFECTIVE);
    column(x, 3, NVBI_AUDIT_COLUMN_COUNT);
    for (size_t i = 0; i < n && i < NVBI_REPORT_ROWS; i++) {
        const nvb_effective *e = nvb_audit_effective(x->a, i);
        nvbi_table_row(&x->table);
        nvbi_word_safe(nvbi_table_cell(&x->table), e->line->code);
        number_cell(x, e->tariff, NVB_EUR);
        number_cell(x, e->effective, NVB_EUR);
        number_cell(x, e->count, NVB_UNITS);
    }
    set_table(x, n);
}

static void bite(nvbi_report *x, const nvb_bite *b)
{
    nvbi_report_word_text(x, 0, b->ceiling->id);
    nvbi_report_cents(x, nvbi_report_word(x, 1), b->amount);
    nvbi_report_cents(x, nvbi_report_word(x, 2), b->turnover);
    nvbi_report_cents(x, nvbi_report_word(x, 3), b->cut);
    nvbi_report_say(x, b->bites ? NVBI_AUDIT_BITES : NVBI_AUDIT_BITES_NOT);
    if (b->has_share) {
        nvb_num part = nvb_num_shift(x->calc, b->share, 2);
        nvbi_word_number(nvbi_report_word(x, 0), x->calc,
                         nvb_num_round(x->calc, part, 2, NVB_ARITHMETIC), NVB_PERCENT, x->lang);
        nvbi_report_say(x, NVBI_AUDIT_BITES_FROM);
    }
    if (b->line) {
        nvbi_report_word_text(x, 0, b->line->code);
        nvbi_word_number(nvbi_report_word(x, 1), x->calc, b->units, NVB_UNITS, x->lang);
        nvbi_report_say(x, NVBI_AUDIT_BITES_UNITS);
    }
    nvbi_report_flush(x, 0, 0);
}

void nvbi_report_effect(nvbi_report *x)
{
    size_t bites = nvb_audit_bites(x->a);
    if (bites == 0 && nvb_audit_effectives(x->a) == 0)
        return;
    nvbi_report_title(x, NVBI_AUDIT_IN_EFFECT);
    effectives(x);
    for (size_t i = 0; i < bites && i < NVBI_REPORT_ROWS; i++)
        bite(x, nvb_audit_bite(x->a, i));
    if (bites > NVBI_REPORT_ROWS) {
        nvbi_report_word_count(x, 0, bites - NVBI_REPORT_ROWS);
        nvbi_report_say(x, NVBI_AUDIT_ROWS_MORE);
        nvbi_report_flush(x, 0, 0);
    }
}
