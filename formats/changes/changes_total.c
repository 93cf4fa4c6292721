/* changes_total.c: where the difference in turnover comes from, as a waterfall in text; see
 * changes.h. */
#include "changes.h"

enum {
    BAR = 20,    /* columns of bars, both sides of the axis together */
    CAUSES = 14, /* shown one by one; what is left is taken together */
    MIXES = 6,
    HALVES = 2 * BAR
};

/* --- bars: half a column is the smallest step, and what is not zero shows at least that --- */

typedef struct scale {
    nvb_num range; /* the largest rise and the largest fall together */
    unsigned left; /* columns for what falls */
} scale;

/* How many times range / HALVES goes into `size`, to the nearest. */
static unsigned halves_of(nvbi_changes *x, nvb_num range, nvb_num size)
{
    nvb_num scaled = nvb_num_mul(x->calc, size, nvb_num_int(2 * HALVES));
    unsigned n = 0;
    while (n < HALVES &&
           nvb_num_cmp(x->calc, scaled,
                       nvb_num_mul(x->calc, range, nvb_num_int(2 * (int64_t)n + 1))) >= 0)
        n++;
    return n;
}

static void widen(nvbi_changes *x, const nvb_bridge *b, nvb_num *up, nvb_num *down)
{
    for (size_t i = 0; b && i < b->n; i++) {
        nvb_num size = nvbi_changes_size(x, b->items[i].amount);
        nvb_num *most = nvb_num_sign(b->items[i].amount) > 0 ? up : down;
        if (nvb_num_cmp(x->calc, size, *most) > 0)
            *most = size;
    }
}

static scale measure(nvbi_changes *x, const nvb_bridge *total, const nvb_bridge *causes)
{
    nvb_num up = nvb_num_int(0), down = nvb_num_int(0);
    widen(x, total, &up, &down);
    widen(x, causes, &up, &down);
    scale s = {nvb_num_add(x->calc, up, down), 0};
    if (nvb_num_sign(s.range) > 0)
        s.left = (halves_of(x, s.range, down) + 1) / 2;
    if (s.left == 0 && nvb_num_sign(down) > 0)
        s.left = 1; /* the least there is still shows, on either side */
    if (s.left == BAR && nvb_num_sign(up) > 0)
        s.left = BAR - 1;
    return s;
}

/* None for what is printed as nothing. */
static void put_bar(nvbi_changes *x, const scale *s, const nvb_bridge_item *item, bool cause)
{
    nvb_num amount = item->amount;
    nvb_buffer *cell = nvbi_table_cell(&x->table);
    int sign = nvb_num_sign(amount);
    unsigned side = sign < 0 ? s->left : BAR - s->left;
    if (sign == 0 || nvb_num_sign(item->printed) == 0 || nvb_num_sign(s->range) == 0)
        return;
    unsigned n = halves_of(x, s->range, nvbi_changes_size(x, amount));
    n = n == 0 ? 1 : n;
    n = n > 2 * side ? 2 * side : n; /* nothing where that side has no room at all */
    unsigned columns = (n + 1) / 2;
    bool half = n % 2 && !cause;
    nvb_buffer_repeat(cell, ' ', sign < 0 ? s->left - columns : s->left);
    if (sign > 0)
        nvb_buffer_str(cell, "│");
    if (half && sign < 0)
        nvb_buffer_str(cell, "▐");
    for (unsigned i = half; i < columns; i++)
        nvb_buffer_str(cell, cause ? "▒" : "█");
    if (half && sign > 0)
        nvb_buffer_str(cell, "▌");
    if (sign < 0)
        nvb_buffer_str(cell, "│");
}

/* --- rows --- */

static void end_row(nvbi_changes *x, nvbi_tell label, nvb_num amount)
{
    nvbi_table_row(&x->table);
    nvbi_changes_put(x, nvbi_table_cell(&x->table), label);
    nvbi_changes_plain(x, nvbi_table_cell(&x->table), amount, 2, false);
}

/* The causes that weigh most, marked; there are few, so a few passes do. */
static void mark_largest(nvbi_changes *x, const nvb_bridge *b, bool *shown)
{
    for (size_t k = 0; k < CAUSES; k++) {
        size_t best = b->n;
        for (size_t i = 0; i < b->n; i++)
            if (!shown[i] &&
                (best == b->n || nvb_num_cmp(x->calc, nvbi_changes_size(x, b->items[i].amount),
                                             nvbi_changes_size(x, b->items[best].amount)) > 0))
                best = i;
        if (best < b->n)
            shown[best] = true;
    }
}

static void cause_rows(nvbi_changes *x, const nvb_bridge *b, const scale *s)
{
    bool *shown = NVBI_NEW(&x->scratch, bool, b->n + 1);
    nvb_bridge_item rest = {.amount = nvb_num_int(0), .printed = nvb_num_int(0)};
    size_t hidden = 0;
    if (!shown)
        return;
    mark_largest(x, b, shown);
    for (size_t i = 0; i < b->n; i++) {
        const nvb_bridge_item *item = &b->items[i];
        if (!shown[i]) {
            rest.printed = nvb_num_add(x->calc, rest.printed, item->printed);
            hidden++;
            continue;
        }
        nvbi_table_row(&x->table);
        nvb_buffer *cell = nvbi_table_cell(&x->table);
        nvb_buffer_str(cell, "    ");
        nvbi_changes_item(x, cell, item, NULL, true);
        nvbi_changes_item_cell(x, item, 2);
        put_bar(x, s, item, true);
    }
    if (hidden == 0)
        return;
    nvbi_table_row(&x->table);
    nvb_buffer *cell = nvbi_table_cell(&x->table);
    nvb_buffer_str(cell, "    ");
    nvbi_changes_word_count(x, 0, hidden);
    nvbi_changes_put(x, cell, NVBI_TELL_CAUSES_REST);
    nvbi_changes_item_cell(x, &rest, 2);
}

static void of_which(nvbi_changes *x)
{
    nvbi_table_row(&x->table);
    nvb_buffer *cell = nvbi_table_cell(&x->table);
    nvb_buffer_str(cell, "  ");
    nvbi_changes_put(x, cell, NVBI_TELL_OF_WHICH);
}

static void mix_row(nvbi_changes *x, const nvb_mix *m, nvbi_tell label, nvb_num amount)
{
    nvbi_table_row(&x->table);
    nvb_buffer *cell = nvbi_table_cell(&x->table);
    nvb_buffer_str(cell, "    ");
    nvbi_changes_word_label(x, 0, m->group);
    nvbi_word_number(nvbi_changes_word(x, 1), x->calc, m->before, NVB_UNITS, x->lang);
    nvbi_word_number(nvbi_changes_word(x, 2), x->calc, m->after, NVB_UNITS, x->lang);
    nvbi_changes_put(x, cell, label);
    nvbi_changes_plain(x, nvbi_table_cell(&x->table), amount, 2, true);
}

/* Of groups where it says something: the same units for all, and not all at one tariff. */
static void mix_rows(nvbi_changes *x, const nvb_comparison *c)
{
    for (size_t i = 0, n = 0; c && i < nvb_comparison_mixes(c) && n < MIXES; i++) {
        const nvb_mix *m = nvb_comparison_mix(c, i);
        nvb_num mix = nvb_num_round(x->calc, m->mix, 2, NVB_ARITHMETIC);
        if (nvb_num_sign(mix) == 0)
            continue;
        if (n++ == 0)
            of_which(x);
        x->mixed = true;
        nvb_num volume = nvb_num_round(x->calc, m->volume, 2, NVB_ARITHMETIC);
        nvb_num quantity = nvb_num_sub(x->calc, volume, mix);
        if (nvb_num_sign(quantity) != 0)
            mix_row(x, m, NVBI_TELL_MIX_QUANTITY, quantity);
        mix_row(x, m, NVBI_TELL_MIX, mix);
    }
}

static void item_rows(nvbi_changes *x,
                      const nvb_bridge *total,
                      const nvb_bridge *causes,
                      const nvb_comparison *c,
                      const scale *s)
{
    for (size_t i = 0; i < total->n; i++) {
        const nvb_bridge_item *item = &total->items[i];
        if (item->kind == NVB_BRIDGE_ROUNDING && nvb_num_sign(item->printed) == 0)
            continue;
        nvbi_table_row(&x->table);
        nvbi_changes_item(x, nvbi_table_cell(&x->table), item, NULL, false);
        nvbi_changes_item_cell(x, item, 2);
        put_bar(x, s, item, false);
        if (item->kind == NVB_BRIDGE_PRICE && causes && causes->n) {
            nvb_bridge parts;
            of_which(x);
            if (nvbi_changes_apportion(x, &parts, causes, item->printed, 2))
                cause_rows(x, &parts, s);
        }
        if (item->kind == NVB_BRIDGE_VOLUME)
            mix_rows(x, c);
    }
}

void nvbi_changes_waterfall(nvbi_changes *x,
                            const nvb_bridge *total,
                            const nvb_bridge *causes,
                            const nvb_comparison *c)
{
    scale s = measure(x, total, causes);
    nvbi_table_begin(&x->table, x->lang, 2, "tnw");
    end_row(x, NVBI_TELL_TURNOVER_OLD, total->from);
    item_rows(x, total, causes, c, &s);
    nvbi_table_rule(&x->table);
    end_row(x, NVBI_TELL_TURNOVER_NEW, total->to);
    nvbi_changes_table(x);
    nvbi_changes_note(x);
}

static bool has_item(const nvb_bridge *b, nvb_bridge_kind kind)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->items[i].kind == kind)
            return true;
    return false;
}

void nvbi_changes_total(nvbi_changes *x)
{
    const nvb_bridge *total = nvb_comparison_total(x->c);
    if (!x->old_counts || !x->new_counts || total->n == 0)
        return;
    nvbi_changes_title(x, NVBI_TELL_TITLE_TOTAL);
    nvbi_changes_waterfall(x, total, nvb_comparison_causes(x->c), x->c);
    bool middle = nvb_comparison_options(x->c)->attribution == NVB_MIDDLE;
    if (has_item(total, NVB_BRIDGE_PRICE))
        nvbi_changes_say(x, middle ? NVBI_TELL_PRICE_MIDDLE : NVBI_TELL_PRICE_IN_ORDER);
    if (has_item(total, NVB_BRIDGE_VOLUME))
        nvbi_changes_say(x, middle ? NVBI_TELL_VOLUME_MIDDLE : NVBI_TELL_VOLUME_IN_ORDER);
    if (x->mixed)
        nvbi_changes_say(x, NVBI_TELL_MIX_NOTE);
    nvbi_changes_flush(x, 0);
}
