/*
 * letter_head.c: the top of the letter: what it is, from whom to whom, what a draft lacks, and the
 * essence: how many lines, what they come to, and one row for each. See letter.h.
 */
#include "letter.h"

enum { FEW_LINES = 40 }; /* up to so many stand in the head; more get a section of their own */

static void field_sentence(nvbi_letter *l, nvbi_sentence label, nvbi_sentence text)
{
    nvbi_letter_say(l, text);
    nvbi_letter_flush_field(l, label);
}

static void party(nvbi_letter *l, nvbi_sentence label, const nvb_party *who, bool insurer)
{
    nvbi_letter_word_text(l, 0, who->name);
    nvbi_letter_word_text(l, 1, who->code);
    field_sentence(l, label, insurer ? NVBI_SAY_INSURER : NVBI_SAY_PROVIDER);
}

static void parties(nvbi_letter *l)
{
    const nvb_proposal *p = l->p;
    switch (p->kind) {
    case NVB_OFFER:
        party(l, NVBI_SAY_FIELD_FROM, &p->provider, false);
        party(l, NVBI_SAY_FIELD_TO, &p->insurer, true);
        break;
    case NVB_CONTRACT:
        party(l, NVBI_SAY_FIELD_INSURER, &p->insurer, true);
        party(l, NVBI_SAY_FIELD_PROVIDER, &p->provider, false);
        break;
    case NVB_PROPOSAL:
    case NVB_DOCUMENT_KIND_COUNT:
        party(l, NVBI_SAY_FIELD_FROM, &p->insurer, true);
        party(l, NVBI_SAY_FIELD_TO, &p->provider, false);
        break;
    }
}

static void year_word(nvbi_letter *l, unsigned k)
{
    nvb_buffer_uint(nvbi_letter_word(l, k), (unsigned long long)(l->p->year > 0 ? l->p->year : 0));
}

static void reply_by(nvbi_letter *l)
{
    const nvb_proposal *p = l->p;
    if (p->reply_by.year) {
        nvbi_word_date(nvbi_letter_word(l, 0), p->reply_by, l->lang);
        nvbi_letter_say(l, NVBI_SAY_REPLY_BY);
    } else if (l->owes) {
        nvbi_letter_say(l, NVBI_SAY_REPLY_NOT_STATED);
    }
    nvbi_letter_flush_field(l, NVBI_SAY_FIELD_REPLY);
    nvbi_letter_field(l, NVBI_SAY_FIELD_CONTACT, p->contact);
}

/* What the abbreviations of the head and of item 2 stand for. */
static void names(nvbi_letter *l)
{
    bool parts = false;
    for (size_t i = 0; i < l->p->n_indices; i++)
        parts = parts || l->p->indices[i].n_components;
    nvbi_letter_say(l, NVBI_SAY_NAMES);
    if (parts)
        nvbi_letter_say(l, NVBI_SAY_NAMES_INDEX);
    nvbi_letter_flush(l, 0);
}

static void facts(nvbi_letter *l)
{
    const nvb_proposal *p = l->p;
    parties(l);
    nvbi_letter_field(l, NVBI_SAY_FIELD_SECTOR, p->sector);
    year_word(l, 0);
    field_sentence(l, NVBI_SAY_FIELD_CONTRACT_YEAR,
                   p->additional ? NVBI_SAY_YEAR_ADDITIONAL : NVBI_SAY_YEAR);
    nvbi_letter_say_text(l, p->reference);
    if (p->round > 1) {
        nvb_buffer_uint(nvbi_letter_word(l, 0), (unsigned)p->round);
        nvbi_letter_say(l, NVBI_SAY_ROUND);
    } else if (l->owes) {
        nvbi_letter_say(l, NVBI_SAY_ROUND_FIRST);
    }
    nvbi_letter_flush_field(l, NVBI_SAY_FIELD_REFERENCE_NUMBER);
    if (p->policy.s)
        nvbi_letter_field(l, NVBI_SAY_FIELD_POLICY, p->policy);
    if (p->date.year)
        nvbi_word_date(&l->said, p->date, l->lang);
    nvbi_letter_flush_field(l, NVBI_SAY_FIELD_DATE);
    reply_by(l);
    nvbi_letter_blank(l);
    names(l);
}

/* --- what a draft lacks --- */

static void gaps(nvbi_letter *l)
{
    size_t n = l->diag ? nvb_diag_count(l->diag, NVB_GAP) : 0, shown = 0;
    if (!l->draft)
        return;
    nvbi_letter_word_count(l, 0, n);
    nvbi_letter_say(l, n ? NVBI_SAY_DRAFT_LACKS : NVBI_SAY_DRAFT_COMPLETE);
    nvbi_letter_flush(l, 0);
    for (size_t i = 0; l->diag && i < nvb_diag_kept(l->diag); i++) {
        const nvb_problem *q = nvb_diag_at(l->diag, i);
        if (nvb_code_severity(q->code) != NVB_GAP)
            continue;
        shown++;
        nvb_buffer_str(&l->said, "-");
        nvb_buffer_byte(&l->said, ' ');
        nvbi_word_problem(&l->said, q, l->lang);
        if (q->path.n) {
            nvbi_letter_word_text(l, 0, q->path);
            nvbi_letter_say(l, NVBI_SAY_IN_BRACKETS);
        }
        nvbi_letter_flush_hanging(l, 2, 2);
    }
    nvbi_letter_word_count(l, 0, n - shown);
    if (n > shown)
        nvbi_letter_say(l, NVBI_SAY_DRAFT_MORE);
    nvbi_letter_flush_hanging(l, 2, 2);
    if (n)
        nvbi_letter_blank(l);
}

/* --- the essence --- */

/* How the tariff differs from its base, in percent; "≈" unless two decimals say it exactly. */
static void difference_cell(nvbi_letter *l, nvb_num base, nvb_num tariff)
{
    nvb_buffer *cell = nvbi_table_cell(&l->table);
    if (nvb_num_sign(base) <= 0)
        return;
    nvb_num part =
        nvb_num_shift(l->calc, nvb_num_div(l->calc, nvb_num_sub(l->calc, tariff, base), base), 2);
    nvb_num shown = nvb_num_round(l->calc, part, 2, NVB_ARITHMETIC);
    if (nvb_num_cmp(l->calc, part, shown) != 0)
        nvb_buffer_str(cell, "≈ ");
    if (nvb_num_sign(shown) > 0)
        nvb_buffer_byte(cell, '+');
    nvbi_word_plain(cell, l->calc, shown, 2, l->lang);
    nvb_buffer_byte(cell, '%');
}

bool nvbi_letter_has_bases(const nvbi_letter *l)
{
    for (size_t i = 0; i < l->p->n_lines; i++)
        if (l->p->lines[i].price.basis.given)
            return true;
    return false;
}

static void tariff_table(nvbi_letter *l)
{
    static const nvbi_sentence titles[] = {NVBI_SAY_COL_CODE, NVBI_SAY_COL_DESCRIPTION,
                                           NVBI_SAY_COL_BASE, NVBI_SAY_COL_TARIFF,
                                           NVBI_SAY_COL_DIFFERENCE};
    nvbi_table *t = &l->table;
    bool bases = nvbi_letter_has_bases(l), derived = false;
    nvbi_table_begin(t, l->lang, 0, "wtnnn");
    for (unsigned i = 0; i < t->columns; i++)
        nvbi_table_title(t, i, nvbi_letter_sentence(titles[i], l->lang));
    for (size_t i = 0; i < l->p->n_lines; i++) {
        const nvb_line_figures *f = nvb_breakdown_line(l->b, i);
        const nvb_figure *basis = nvbi_letter_figure(l, f->basis),
                         *tariff = nvbi_letter_figure(l, f->tariff);
        nvbi_table_row(t);
        nvbi_letter_text_cell(l, l->p->lines[i].code);
        nvbi_letter_text_cell(l, l->p->lines[i].description);
        if (!tariff) {
            nvbi_letter_put(l, nvbi_table_cell(t), NVBI_SAY_NO_NUMBER);
            nvbi_letter_put(l, nvbi_table_cell(t), NVBI_SAY_NO_NUMBER);
            continue;
        }
        if (basis)
            nvbi_letter_amount_cell(l, basis->value, false);
        else if (bases)
            nvbi_letter_put(l, nvbi_table_cell(t), NVBI_SAY_NO_NUMBER);
        else
            nvbi_table_cell(t);
        nvbi_letter_amount_cell(l, tariff->value, false);
        /* The base of a derived tariff is itself a new tariff: no rise or fall to show. */
        if (basis && l->p->lines[i].price.basis.line.s)
            derived = true;
        else if (basis)
            difference_cell(l, basis->value, tariff->value);
    }
    nvbi_letter_table(l);
    nvbi_letter_say(l, NVBI_SAY_TABLE_NOTE);
    if (bases)
        nvbi_letter_say(l, l->changes ? NVBI_SAY_TABLE_NOTE_CHANGES : NVBI_SAY_TABLE_NOTE_BASE);
    if (derived)
        nvbi_letter_say(l, NVBI_SAY_TABLE_NOTE_DERIVED);
    nvbi_letter_flush(l, 0);
}

static void say_directions(nvbi_letter *l, size_t up, size_t down, size_t same)
{
    size_t all = up + down + same;
    if (all == 0)
        return;
    bool one_way = up == all || down == all || same == all;
    bool one = all == 1 && l->p->n_lines > 1; /* the other tariffs have no base of their own */
    nvbi_letter_word_count(l, 0, one_way ? all : up);
    nvbi_letter_word_count(l, 1, down);
    nvbi_letter_word_count(l, 2, same);
    nvbi_letter_say(l, up == all     ? one ? NVBI_SAY_DIRECTION_ONE_UP : NVBI_SAY_DIRECTION_UP
                       : down == all ? one ? NVBI_SAY_DIRECTION_ONE_DOWN : NVBI_SAY_DIRECTION_DOWN
                       : same == all ? one ? NVBI_SAY_DIRECTION_ONE_SAME : NVBI_SAY_DIRECTION_SAME
                       : !same       ? NVBI_SAY_DIRECTIONS_UP_DOWN
                       : !down       ? NVBI_SAY_DIRECTIONS_UP_SAME
                       : !up         ? NVBI_SAY_DIRECTIONS_DOWN_SAME
                                     : NVBI_SAY_DIRECTIONS);
}

static void directions(nvbi_letter *l)
{
    size_t up = 0, down = 0, same = 0, derived = 0;
    for (size_t i = 0; i < l->p->n_lines; i++) {
        const nvb_line_figures *f = nvb_breakdown_line(l->b, i);
        const nvb_figure *basis = nvbi_letter_figure(l, f->basis);
        const nvb_figure *unrounded = nvbi_letter_figure(l, f->unrounded);
        if (!basis || !unrounded)
            continue;
        if (l->p->lines[i].price.basis.line.s) {
            derived++;
            continue;
        }
        /* Rounding alone makes no tariff higher or lower than its base. */
        int d = nvb_num_cmp(l->calc, unrounded->value, basis->value);
        up += d > 0;
        down += d < 0;
        same += d == 0;
    }
    say_directions(l, up, down, same);
    nvbi_letter_word_count(l, 0, derived);
    if (derived)
        nvbi_letter_say(l, NVBI_SAY_DIRECTION_FOLLOWS);
}

static void volume_in_short(nvbi_letter *l)
{
    const nvb_figure *total = nvbi_letter_figure(l, nvb_breakdown_total(l->b));
    size_t without = 0, counted = 0;
    for (size_t i = 0; i < l->p->n_lines; i++) {
        without += !l->p->lines[i].volume.given;
        counted += nvb_breakdown_line(l->b, i)->turnover != NVB_NO_FIGURE;
    }
    if (counted == 0) {
        nvbi_letter_say(l, NVBI_SAY_NO_TURNOVER);
        return;
    }
    nvbi_letter_word_number(l, 0, total->value, NVB_EUR);
    year_word(l, 1);
    nvbi_letter_say(l, NVBI_SAY_TURNOVER_IS);
    nvbi_letter_word_count(l, 0, without);
    if (without)
        nvbi_letter_say(l, NVBI_SAY_TURNOVER_WITHOUT);
}

static void essence(nvbi_letter *l)
{
    nvbi_letter_heading(l, nvbi_letter_sentence(NVBI_SAY_TITLE_ESSENCE, l->lang));
    nvbi_letter_word_count(l, 0, l->p->n_lines);
    nvbi_letter_say(l, l->p->kind == NVB_OFFER      ? NVBI_SAY_ABOUT_OFFER
                       : l->p->kind == NVB_CONTRACT ? NVBI_SAY_ABOUT_CONTRACT
                                                    : NVBI_SAY_ABOUT_PROPOSAL);
    directions(l);
    volume_in_short(l);
    nvbi_letter_flush(l, 0);
    if (l->p->n_lines <= FEW_LINES)
        tariff_table(l);
    else {
        nvbi_letter_say(l, NVBI_SAY_TABLE_LATER);
        nvbi_letter_flush(l, 0);
    }
    nvbi_letter_say(l, l->owes ? NVBI_SAY_GUIDE : NVBI_SAY_GUIDE_CONTRACT);
    nvbi_letter_flush(l, 0);
}

void nvbi_letter_head(nvbi_letter *l)
{
    nvbi_sentence title = l->p->kind == NVB_OFFER      ? NVBI_SAY_TITLE_OFFER
                          : l->p->kind == NVB_CONTRACT ? NVBI_SAY_TITLE_CONTRACT
                                                       : NVBI_SAY_TITLE_PROPOSAL;
    year_word(l, 0);
    nvbi_letter_say(l, title);
    nvbi_letter_flush_hanging(l, 0, 0);
    nvbi_layout_rule(l->out, "═", NVBI_PAGE);
    nvbi_letter_blank(l);
    facts(l);
    gaps(l);
    essence(l);
}

void nvbi_letter_tariffs(nvbi_letter *l)
{
    tariff_table(l);
}

bool nvbi_letter_many(const nvbi_letter *l)
{
    return l->p->n_lines > FEW_LINES;
}
