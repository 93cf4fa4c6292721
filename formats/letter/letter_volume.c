/*
 * letter_volume.c: item 4, how volumes are built up, the treads and ceilings on them, and the steps
 * on the price that come from volume development. See letter.h.
 */
#include "letter.h"

/* --- plain volumes --- */

static size_t plain_volumes(nvbi_letter *l)
{
    size_t n = 0;
    nvbi_table *t = &l->table;
    nvbi_table_begin(t, l->lang, 2, "wtnw");
    nvbi_table_title(t, 0, nvbi_letter_sentence(NVBI_SAY_COL_CODE, l->lang));
    nvbi_table_title(t, 1, nvbi_letter_sentence(NVBI_SAY_COL_DESCRIPTION, l->lang));
    nvbi_table_title(t, 2, nvbi_letter_sentence(NVBI_SAY_COL_COUNT, l->lang));
    for (size_t i = 0; i < l->p->n_lines; i++) {
        const nvb_line *line = &l->p->lines[i];
        if (!line->volume.given || line->volume.built_up)
            continue;
        n++;
        nvbi_table_row(t);
        nvbi_letter_text_cell(l, line->code);
        nvbi_letter_text_cell(l, line->description);
        nvbi_letter_number_cell(l, line->volume.count.value, NVB_UNITS);
        nvbi_letter_text_cell(l, line->unit);
    }
    if (n) {
        nvbi_letter_word_count(l, 0, n);
        nvbi_letter_say(l, NVBI_SAY_VOLUME_PLAIN);
        nvbi_letter_flush(l, 0);
        nvbi_letter_table(l);
    }
    return n;
}

/* --- built-up volumes --- */

static void volume_step(nvbi_letter *l, const nvb_volume_step *s)
{
    nvbi_letter_word_text(l, 0, s->id);
    nvbi_letter_say(l, NVBI_SAY_VOLUME_STEP);
    nvbi_letter_say_text(l, s->reason);
    if (s->category != NVB_CATEGORY_COUNT) {
        nvb_buffer_str(nvbi_letter_word(l, 0), nvbi_word_category(s->category, l->lang));
        nvbi_letter_say(l, NVBI_SAY_IN_BRACKETS);
    }
    nvbi_letter_flush_hanging(l, 2, 2);
}

static void built_up(nvbi_letter *l, size_t i)
{
    const nvb_line *line = &l->p->lines[i];
    const nvb_line_figures *f = nvb_breakdown_line(l->b, i);
    const nvb_volume *v = &line->volume;
    nvbi_letter_word_text(l, 0, line->code);
    nvbi_letter_say(l, NVBI_SAY_VOLUME_OF);
    nvbi_letter_say_text(l, line->description);
    nvbi_letter_subheading(l);
    if (v->description.s || v->source.s) {
        nvbi_letter_say(l, NVBI_SAY_VOLUME_FROM);
        nvbi_letter_say_text(l, v->description);
        nvbi_letter_full_stop(l);
        if (v->source.s)
            nvbi_letter_say(l, NVBI_SAY_SOURCE);
        nvbi_letter_say_source(l, v->source);
        nvbi_letter_flush_hanging(l, 2, 2);
    }
    for (size_t k = 0; k < v->n_steps; k++)
        volume_step(l, &v->steps[k]);
    nvbi_letter_blank(l);
    nvbi_table_begin(&l->table, l->lang, 2, "tn");
    l->table.full = true;
    for (uint32_t k = f->first; k < f->end; k++) {
        const nvb_figure *g = nvb_breakdown_at(l->b, k);
        if (g->kind == NVB_FIG_VOLUME_BASIS || g->kind == NVB_FIG_VOLUME_STEP ||
            g->kind == NVB_FIG_VOLUME_ROUNDING || g->kind == NVB_FIG_VOLUME)
            nvbi_letter_figure_row(l, g);
    }
    nvbi_letter_table(l);
}

/* --- treads and ceilings --- */

static size_t tiers(nvbi_letter *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->p->n_lines; i++) {
        const nvb_line *line = &l->p->lines[i];
        if (line->n_tiers == 0)
            continue;
        if (n++ == 0) {
            nvbi_letter_say(l, NVBI_SAY_TIERS_INTRO);
            nvbi_letter_flush(l, 0);
        }
        nvbi_letter_word_text(l, 0, line->code);
        nvbi_letter_say(l, NVBI_SAY_TIERS_OF);
        for (size_t k = 0; k < line->n_tiers; k++) {
            bool last = !nvb_input_given(&line->tiers[k].upper);
            nvbi_letter_word_input(l, 0, &line->tiers[k].share, NVB_PERCENT);
            if (!last)
                nvbi_letter_word_input(l, 1, &line->tiers[k].upper, NVB_UNITS);
            nvbi_letter_say(l,
                            last ? (k ? NVBI_SAY_TIER_LAST : NVBI_SAY_TIER_ALL) : NVBI_SAY_TIER_TO);
        }
        nvbi_letter_flush_hanging(l, 2, 2);
    }
    if (n)
        nvbi_letter_blank(l);
    return n;
}

static void ceiling(nvbi_letter *l, size_t i)
{
    const nvb_ceiling *c = &l->p->ceilings[i];
    const nvb_figure *built = nvbi_letter_figure(l, nvb_breakdown_ceiling_amount(l->b, i));
    nvbi_letter_word_text(l, 0, c->id);
    nvbi_letter_word_text(l, 1, c->description);
    nvbi_letter_say(l, c->description.s ? NVBI_SAY_CEILING_IS : NVBI_SAY_CEILING_IS_BARE);
    if (nvb_input_given(&c->amount) || built) {
        nvbi_letter_word_number(l, 0, built ? built->value : c->amount.value, NVB_EUR);
        nvbi_letter_say(l, NVBI_SAY_CEILING_AMOUNT);
    }
    nvbi_letter_word_count(l, 0, c->n_lines);
    if (c->group.s)
        nvbi_letter_word_text(l, 0, c->group);
    nvb_buffer *codes = nvbi_letter_word(l, 1);
    for (size_t k = 0; k < c->n_lines; k++) {
        nvb_buffer_str(codes, k ? ", " : "");
        nvbi_word_safe(codes, c->lines[k]);
    }
    nvbi_letter_say(l, c->all       ? NVBI_SAY_CEILING_ALL
                       : c->group.s ? NVBI_SAY_CEILING_GROUP
                                    : NVBI_SAY_CEILING_LINES);
    nvb_num beyond =
        nvb_input_given(&c->beyond) ? nvb_num_shift(l->calc, c->beyond.value, 2) : nvb_num_int(0);
    nvbi_letter_word_number(l, 0, beyond, NVB_PERCENT);
    nvbi_letter_say(l,
                    nvb_num_sign(beyond) ? NVBI_SAY_CEILING_BEYOND : NVBI_SAY_CEILING_BEYOND_NONE);
    nvbi_letter_say_text(l, c->reason);
    nvbi_letter_flush(l, 0);
    if (!built)
        return;
    nvbi_letter_say(l, NVBI_SAY_CEILING_BUILD_UP);
    nvbi_letter_subheading(l);
    nvbi_letter_build_up(l, (nvbi_numbers){l->ceiling_figures + l->ceiling_start[i], 0,
                                           l->ceiling_start[i + 1] - l->ceiling_start[i]});
}

/* --- steps on the price --- */

static size_t price_steps(nvbi_letter *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n_groups; i++) {
        const nvbi_group *g = &l->groups[i];
        const nvb_step *s = nvbi_group_step(l, g);
        if (s->category != NVB_VOLUME_DEVELOPMENT)
            continue;
        n++;
        nvbi_letter_word_text(l, 0, s->id);
        nvb_buffer_str(nvbi_letter_word(l, 1), nvbi_word_step_kind(s->kind, l->lang));
        nvbi_letter_say(l, NVBI_SAY_VOLUME_PRICE_STEP);
        nvbi_letter_flush(l, 0);
        nvbi_letter_outcome_table(l, g);
    }
    return n;
}

void nvbi_letter_volume(nvbi_letter *l)
{
    size_t without = 0;
    nvbi_letter_statement(l, NVB_ITEM_VOLUME);
    for (size_t i = 0; i < l->p->n_lines; i++)
        without += !l->p->lines[i].volume.given;
    size_t plain = plain_volumes(l);
    for (size_t i = 0; i < l->p->n_lines; i++)
        if (l->p->lines[i].volume.given && l->p->lines[i].volume.built_up)
            built_up(l, i);
    nvbi_letter_word_count(l, 0, without);
    if (without == l->p->n_lines)
        nvbi_letter_say(l, NVBI_SAY_VOLUME_NONE);
    else if (without)
        nvbi_letter_say(l, NVBI_SAY_VOLUME_WITHOUT);
    else if (plain == 0)
        nvbi_letter_say(l, NVBI_SAY_VOLUME_ALL_BUILT);
    if (without < l->p->n_lines)
        nvbi_letter_flush(l, 0);
    if (without == l->p->n_lines && l->p->n_ceilings == 0) {
        nvbi_letter_say(l, NVBI_SAY_VOLUME_NO_LIMITS);
    } else {
        if (tiers(l) == 0)
            nvbi_letter_say(l, NVBI_SAY_TIERS_NONE);
        if (l->p->n_ceilings == 0)
            nvbi_letter_say(l, NVBI_SAY_CEILINGS_NONE);
    }
    nvbi_letter_flush(l, 0);
    for (size_t i = 0; i < l->p->n_ceilings; i++)
        ceiling(l, i);
    if (price_steps(l) == 0) {
        nvbi_letter_say(l, NVBI_SAY_VOLUME_NO_PRICE_STEP);
        nvbi_letter_flush(l, 0);
    }
}
