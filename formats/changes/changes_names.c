/* changes_names.c: what documents and the items of a bridge are called; see changes.h. */
#include "changes.h"

#include "core/compare.h"
#include "formats/word/wording_fill.h"

/* --- documents --- */

static nvbi_tell kind_of(const nvb_proposal *p, bool list)
{
    if (list)
        return NVBI_TELL_DOCUMENT_LIST;
    switch (p->kind) {
    case NVB_PROPOSAL:
        return NVBI_TELL_DOCUMENT_PROPOSAL;
    case NVB_OFFER:
        return NVBI_TELL_DOCUMENT_OFFER;
    case NVB_CONTRACT:
    case NVB_DOCUMENT_KIND_COUNT:
        break;
    }
    return NVBI_TELL_DOCUMENT_CONTRACT;
}

/* Not through the words of a sentence: a document is one of them. */
static void put_digits(nvbi_changes *x, nvb_buffer *to, nvbi_tell s, int number)
{
    nvb_buffer digits = NVB_BUFFER_INIT;
    nvb_buffer_uint(&digits, (unsigned)number);
    nvb_text word = {digits.s ? digits.s : "", digits.n};
    nvbi_word_fill(to, nvbi_changes_sentence(s, x->lang), &word, 1, x->lang);
    to->failed = to->failed || digits.failed;
    nvb_buffer_release(&digits);
}

bool nvbi_changes_listed(const nvb_comparison *c)
{
    const nvb_compare_options *o = nvb_comparison_options(c);
    return o->old_is_list || o->new_is_list;
}

void nvbi_changes_called(
    nvbi_changes *x, nvb_buffer *to, const nvb_comparison *c, bool old_side, bool full)
{
    const nvb_breakdown *b = old_side ? nvb_comparison_old(c) : nvb_comparison_new_side(c);
    const nvb_proposal *p = nvb_breakdown_proposal(b);
    const nvb_compare_options *o = nvb_comparison_options(c);
    bool list = old_side ? o->old_is_list : o->new_is_list;
    nvb_buffer label = NVB_BUFFER_INIT;
    if (p->reference.n)
        nvbi_changes_label(&label, p->reference);
    nvb_text reference = {label.s ? label.s : "", label.n};
    size_t from = to->n;
    nvbi_word_fill(to, nvbi_changes_sentence(kind_of(p, list), x->lang), &reference, 1, x->lang);
    nvbi_word_unrepeat(to, from);
    to->failed = to->failed || label.failed;
    nvb_buffer_release(&label);
    if (!full || list)
        return;
    if (p->year > 0)
        put_digits(x, to, NVBI_TELL_DOCUMENT_YEAR, p->year);
    if (p->kind != NVB_CONTRACT && p->round > 0)
        put_digits(x, to, NVBI_TELL_DOCUMENT_ROUND, p->round);
}

/* Whether both documents are called the same. */
static bool alike(nvbi_changes *x, const nvb_comparison *c, bool full)
{
    nvb_buffer called[2] = {NVB_BUFFER_INIT, NVB_BUFFER_INIT};
    for (size_t side = 0; side < 2; side++)
        nvbi_changes_called(x, &called[side], c, side == 0, full);
    bool same = called[0].n == called[1].n &&
                (called[0].n == 0 || memcmp(called[0].s, called[1].s, called[0].n) == 0);
    for (size_t side = 0; side < 2; side++) {
        x->said.failed = x->said.failed || called[side].failed;
        nvb_buffer_release(&called[side]);
    }
    return same;
}

void nvbi_changes_document(
    nvbi_changes *x, nvb_buffer *to, const nvb_comparison *c, bool old_side, bool full)
{
    bool same = !full && alike(x, c, false), never = same && alike(x, c, true);
    nvbi_changes_called(x, to, c, old_side, full || (same && !never));
    if (never)
        nvb_buffer_str(
            to, nvbi_changes_sentence(old_side ? NVBI_TELL_DOCUMENT_OLD : NVBI_TELL_DOCUMENT_NEW,
                                      x->lang));
}

/* --- limits --- */

static unsigned limit_bit(const nvb_breakdown *b, uint32_t number, const nvb_line *line)
{
    const nvb_line_figures *f = nvb_breakdown_line(b, number);
    const nvb_figure *figure =
        f && f->limit != NVB_NO_FIGURE ? nvb_breakdown_at(b, f->limit) : NULL;
    if (!figure || !figure->limit || nvb_num_sign(figure->value) == 0)
        return 0;
    return figure->limit == &line->price.minimum ? NVBI_LIMIT_MINIMUM : NVBI_LIMIT_MAXIMUM;
}

unsigned nvbi_changes_limits_of(const nvb_comparison *c, const nvb_pair *p)
{
    unsigned bits = 0;
    if (!p->new_line || p->n_old == 0)
        return 0;
    for (size_t i = 0; i < p->n_old; i++)
        bits |= limit_bit(nvb_comparison_old(c), p->old[i].number, p->old[i].line);
    return bits | limit_bit(nvb_comparison_new_side(c), p->new_number, p->new_line);
}

unsigned nvbi_changes_limits(const nvb_comparison *c)
{
    unsigned bits = 0;
    for (size_t i = 0; i < nvb_comparison_pairs(c); i++)
        bits |= nvbi_changes_limits_of(c, nvb_comparison_pair(c, i));
    return bits;
}

/* --- items --- */

static nvbi_tell item_kind(nvb_bridge_kind kind, bool tariff, unsigned limits)
{
    switch (kind) {
    case NVB_BRIDGE_GAP:
        return NVBI_TELL_ITEM_GAP;
    case NVB_BRIDGE_BASIS:
        return NVBI_TELL_ITEM_BASIS;
    case NVB_BRIDGE_BASIS_PERCENTAGE:
        return NVBI_TELL_ITEM_BASIS_PERCENTAGE;
    case NVB_BRIDGE_BASIS_FACTOR:
        return NVBI_TELL_ITEM_BASIS_FACTOR;
    case NVB_BRIDGE_LIMIT:
        return limits == NVBI_LIMIT_MAXIMUM   ? NVBI_TELL_ITEM_MAXIMUM
               : limits == NVBI_LIMIT_MINIMUM ? NVBI_TELL_ITEM_MINIMUM
                                              : NVBI_TELL_ITEM_LIMIT;
    case NVB_BRIDGE_ROUNDING:
        return tariff ? NVBI_TELL_ITEM_ROUNDING : NVBI_TELL_ITEM_ROUNDING_TOTAL;
    case NVB_BRIDGE_TARIFF:
        return NVBI_TELL_ITEM_TARIFF;
    case NVB_BRIDGE_PRICE:
        return NVBI_TELL_ITEM_PRICE;
    case NVB_BRIDGE_VOLUME:
        return NVBI_TELL_ITEM_VOLUME;
    case NVB_BRIDGE_NEW:
        return NVBI_TELL_ITEM_NEW;
    case NVB_BRIDGE_LAPSED:
        return NVBI_TELL_ITEM_LAPSED;
    case NVB_BRIDGE_TIERS:
        return NVBI_TELL_ITEM_TIERS;
    case NVB_BRIDGE_CEILINGS:
        return NVBI_TELL_ITEM_CEILINGS;
    case NVB_BRIDGE_STEP_LAPSED:
    case NVB_BRIDGE_STEP_NEW:
    case NVB_BRIDGE_STEP_CHANGED:
    case NVB_BRIDGE_KIND_COUNT:
        break;
    }
    return NVBI_TELL_ITEM_STEP;
}

/* "(was 1,00%, nu 1,50%)" where both sides give it and it differs; percentages are fractions. */
static bool put_rates(
    nvbi_changes *x, nvb_buffer *to, const nvb_input *before, const nvb_input *after, nvb_unit unit)
{
    int places = unit == NVB_PERCENT ? 2 : 0;
    if (!nvb_input_given(before) || !nvb_input_given(after) ||
        nvb_num_cmp(x->calc, before->value, after->value) == 0)
        return false;
    nvbi_word_number(nvbi_changes_word(x, 0), x->calc,
                     nvb_num_shift(x->calc, before->value, places), unit, x->lang);
    nvbi_word_number(nvbi_changes_word(x, 1), x->calc, nvb_num_shift(x->calc, after->value, places),
                     unit, x->lang);
    nvbi_changes_put(x, to, NVBI_TELL_ITEM_RATES);
    return true;
}

/* "(was € 4,69, nu € 5,10)": what the step itself is on this line. The item is the difference. */
static void
put_step_amounts(nvbi_changes *x, nvb_buffer *to, const nvb_bridge_item *item, const nvb_pair *p)
{
    const nvb_breakdown *b = nvb_comparison_new_side(x->c);
    const nvb_line_figures *f = nvb_breakdown_line(b, p->new_number);
    const nvb_buildup *price = &p->new_line->price;
    size_t k = 0;
    while (k < price->n_steps && price->steps[k] != item->new_step)
        k++;
    if (k == price->n_steps || f->steps[k] == NVB_NO_FIGURE)
        return;
    nvb_num after = nvb_breakdown_at(b, f->steps[k])->value;
    nvb_num before = nvb_num_sub(x->calc, after, item->amount);
    unsigned decimals = x->decimals;
    nvbi_word_number(nvbi_changes_word(x, 0), x->calc,
                     nvb_num_round(x->calc, before, decimals, NVB_ARITHMETIC), NVB_EUR, x->lang);
    nvbi_word_number(nvbi_changes_word(x, 1), x->calc,
                     nvb_num_round(x->calc, after, decimals, NVB_ARITHMETIC), NVB_EUR, x->lang);
    nvbi_changes_put(x, to, NVBI_TELL_ITEM_RATES);
}

static void tell(nvbi_changes *x, const nvb_pair *p, nvb_bridge_kind kind)
{
    if (x->n_told < NVBI_CHANGES_TOLD)
        x->told[x->n_told++] = (nvbi_told){p->new_line->path, kind};
}

/* A base that comes from the old contract has no own amount to compare. */
static void
put_basis_rates(nvbi_changes *x, nvb_buffer *to, nvb_bridge_kind kind, const nvb_pair *p)
{
    if (p->n_old != 1 || !p->new_line || p->claims_last)
        return;
    const nvb_basis *a = &p->old[0].line->price.basis, *b = &p->new_line->price.basis;
    if (kind == NVB_BRIDGE_BASIS && b->line.s) {
        nvbi_changes_word_label(x, 0, b->line);
        nvbi_changes_put(x, to, NVBI_TELL_ITEM_FOLLOWS);
    } else if ((kind == NVB_BRIDGE_BASIS && put_rates(x, to, &a->amount, &b->amount, NVB_EUR)) ||
               (kind == NVB_BRIDGE_BASIS_PERCENTAGE &&
                put_rates(x, to, &a->percentage, &b->percentage, NVB_PERCENT))) {
        tell(x, p, kind);
    }
}

/* Of a step in the bridge of one line: what became of it. A base that comes from the old contract
 * holds all its steps: that those of this year are new says nothing then. */
static void
put_fate(nvbi_changes *x, nvb_buffer *to, const nvb_bridge_item *item, const nvb_pair *p)
{
    if (item->kind == NVB_BRIDGE_STEP_LAPSED)
        nvbi_changes_put(x, to, NVBI_TELL_ITEM_STEP_LAPSED);
    else if (item->kind == NVB_BRIDGE_STEP_NEW && !p->claims_last)
        nvbi_changes_put(x, to, NVBI_TELL_ITEM_STEP_NEW);
    else if (item->kind == NVB_BRIDGE_STEP_CHANGED && item->old_step && item->new_step)
        put_step_amounts(x, to, item, p);
    else
        put_basis_rates(x, to, item->kind, p);
}

void nvbi_changes_item(nvbi_changes *x,
                       nvb_buffer *to,
                       const nvb_bridge_item *item,
                       const nvb_pair *pair,
                       bool of_tariff)
{
    const nvb_step *step = item->new_step ? item->new_step : item->old_step;
    nvbi_tell kind =
        item_kind(item->kind, of_tariff, pair ? nvbi_changes_limits_of(x->c, pair) : x->limits);
    if (step) {
        nvb_step named = *step;
        const nvb_figure figure = {.kind = NVB_FIG_STEP, .step = &named};
        size_t from = to->n;
        if (x->by_id)
            named.index = (nvb_text){NULL, 0};
        nvbi_word_label(to, &figure, x->lang);
        nvbi_word_unrepeat(to, from);
        nvbi_changes_shorten(to, from);
    } else {
        nvbi_changes_word_label(x, 0, item->id);
        nvbi_changes_put(x, to, kind);
    }
    if (pair)
        put_fate(x, to, item, pair);
    else if (item->kind == NVB_BRIDGE_STEP_CHANGED)
        nvbi_changes_put(x, to, NVBI_TELL_ITEM_STEP_CHANGED);
}

void nvbi_changes_item_cell(nvbi_changes *x, const nvb_bridge_item *item, unsigned decimals)
{
    nvb_buffer *cell = nvbi_table_cell(&x->table);
    nvbi_changes_plain(x, cell, item->printed, decimals, true);
    if (!item->carries_cent)
        return;
    nvb_buffer_byte(cell, '*');
    x->starred = true;
}

bool nvbi_changes_apportion(
    nvbi_changes *x, nvb_bridge *copy, const nvb_bridge *of, nvb_num difference, unsigned decimals)
{
    nvb_bridge_item *items = NVBI_NEW(&x->scratch, nvb_bridge_item, of->n + 1);
    if (!items)
        return false;
    if (of->n)
        memcpy(items, of->items, of->n * sizeof *items);
    *copy = *of;
    copy->items = items;
    copy->difference = difference;
    nvbi_apportion(x->calc, &x->scratch, copy, items, decimals);
    return !x->scratch.failed;
}
