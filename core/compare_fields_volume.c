/*
 * compare_fields_volume.c: see compare_content.h. The volumes and the treads of two lines. Which
 * lines are held against each other is not its concern (compare_fields_line.c).
 */
#include "compare_content.h"

NVBI_WORD_FUNCTION(category)
NVBI_WORD_FUNCTION(mode)

/* clang-format off */
#define VOLUME(member) offsetof(nvb_volume, member)
static const nvbi_field volume_rows[] = {
    {"/basis/aantal", NVBI_F_NUMBER, .at = VOLUME(count)},
    {"/basis/omschrijving", NVBI_F_PROSE, .at = VOLUME(description)},
    {"/basis/bron", NVBI_F_TEXT, .at = VOLUME(source)},
};
static const nvbi_field volume_rounding_rows[] = {
    {"/afronding/decimalen", NVBI_F_DECIMALS, .at = VOLUME(rounding.decimals)},
    {"/afronding/methode", NVBI_F_WORD, .at = VOLUME(rounding.mode), .word = mode_word,
        .none = NVB_MODE_COUNT},
};

static nvb_text volume_over(nvbi_content *w, const void *of);
#define VOLUME_STEP(member) offsetof(nvb_volume_step, member)
static const nvbi_field volume_step_rows[] = {
    {"/aantal", NVBI_F_NUMBER, .at = VOLUME_STEP(count)},
    {"/percentage", NVBI_F_PERCENT, .at = VOLUME_STEP(percentage)},
    {"/over", NVBI_F_SHOWN, .shown = volume_over},
    {"/categorie", NVBI_F_WORD, .at = VOLUME_STEP(category), .word = category_word,
        .none = NVB_CATEGORY_COUNT},
    {"/reden", NVBI_F_PROSE, .at = VOLUME_STEP(reason)},
};

static const nvbi_field tier_rows[] = {
    {"/tot", NVBI_F_NUMBER, .at = offsetof(nvb_tier, upper)},
    {"/percentage", NVBI_F_PERCENT, .at = offsetof(nvb_tier, share)},
};
/* clang-format on */

static const nvbi_fields volume_fields = NVBI_FIELDS(volume_rows),
                         volume_rounding_fields = NVBI_FIELDS(volume_rounding_rows),
                         tier_fields = NVBI_FIELDS(tier_rows);

nvb_text nvbi_show_given(nvbi_content *w, const nvb_input *in)
{
    return nvb_input_given(in) ? nvbi_show_number(w, in->value) : (nvb_text){0};
}

/* --- volume --- */

static nvb_text volume_over(nvbi_content *w, const void *of)
{
    const nvb_volume_step *s = of;
    (void)w;
    if (!s->over_given)
        return (nvb_text){0};
    return s->over_stand ? NVB_TEXT("stand") : NVB_TEXT("basis");
}

/* "120", "2.5% over basis" */
static nvb_text volume_step_summary(nvbi_content *w, const void *item)
{
    const nvb_volume_step *s = item;
    nvb_text over = volume_over(w, s);
    if (!nvb_input_given(&s->percentage))
        return nvbi_show_given(w, &s->count);
    nvb_text words[] = {
        nvbi_show_percent(w, s->percentage.value),
        over.n ? NVB_TEXT("over") : (nvb_text){0},
        over,
    };
    return nvbi_show_words(w, words, 3);
}

static const nvbi_list volume_steps = {
    "/stappen/",
    NVBI_PART_LINES,
    sizeof(nvb_volume_step),
    VOLUME_STEP(id),
    NVBI_FIELDS(volume_step_rows),
    volume_step_summary,
    NULL,
};

nvb_text nvbi_show_rounding(nvbi_content *w, const nvb_rounding *r)
{
    nvb_text words[] = {
        nvbi_show_number(w, nvb_num_int(r->decimals)),
        nvbi_key_text(nvb_mode_key(r->mode)),
    };
    return nvbi_show_words(w, words, 2);
}

static nvb_text rounding_summary(nvbi_content *w, const nvb_volume *v)
{
    return v->rounding.declared ? nvbi_show_rounding(w, &v->rounding) : (nvb_text){0};
}

/* The outcome of a volume is a figure; how it is built up is not. Of a build-up that is new, or has
 * lapsed, every part. */
void nvbi_compare_volume(nvbi_content *w,
                         const nvbi_place *line,
                         nvb_text path_before,
                         const nvb_volume *x,
                         const nvb_volume *y)
{
    nvb_text none = {0};
    if (!x->built_up && !y->built_up)
        return;
    nvbi_place at = *line;
    at.path = nvbi_arena_join(&w->c->arena, line->path, "/volume");
    if (x->built_up && y->built_up)
        nvbi_compare_fields(w, &at, volume_fields, x, y);
    else
        nvbi_found_add(w, &at, "/basis", x->built_up ? nvbi_show_given(w, &x->count) : none,
                       y->built_up ? nvbi_show_given(w, &y->count) : none, false);
    nvbi_compare_list(w, &volume_steps, &at, nvbi_arena_join(&w->c->arena, path_before, "/volume"),
                      (nvbi_items){x->steps, x->n_steps}, (nvbi_items){y->steps, y->n_steps}, NULL);
    if (x->rounding.declared && y->rounding.declared)
        nvbi_compare_fields(w, &at, volume_rounding_fields, x, y);
    else if (x->rounding.declared || y->rounding.declared)
        nvbi_found_add(w, &at, "/afronding", rounding_summary(w, x), rounding_summary(w, y), false);
}

/* --- treads --- */

/* "100% tot 1000", "90%" */
static nvb_text tier_summary(nvbi_content *w, const nvb_tier *t)
{
    nvb_text words[] = {
        nvbi_show_percent(w, t->share.value),
        nvb_input_given(&t->upper) ? NVB_TEXT("tot") : (nvb_text){0},
        nvbi_show_given(w, &t->upper),
    };
    return nvbi_show_words(w, words, 3);
}

static nvb_text tiers_summary(nvbi_content *w, const nvb_line *l)
{
    nvb_text *items = l->n_tiers ? NVBI_NEW(&w->scratch, nvb_text, l->n_tiers) : NULL;
    for (size_t i = 0; items && i < l->n_tiers; i++)
        items[i] = tier_summary(w, &l->tiers[i]);
    return items ? nvbi_show_texts(w, items, l->n_tiers, ", ") : (nvb_text){0};
}

void nvbi_compare_tiers(nvbi_content *w,
                        const nvbi_place *line,
                        const nvb_line *a,
                        const nvb_line *b)
{
    size_t n = a->n_tiers > b->n_tiers ? a->n_tiers : b->n_tiers;
    nvb_text none = {0};
    if (!a->n_tiers || !b->n_tiers) {
        if (n)
            nvbi_found_add(w, line, "/staffels", tiers_summary(w, a), tiers_summary(w, b), false);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        bool both = i < a->n_tiers && i < b->n_tiers;
        if (both && nvbi_fields_equal(w, tier_fields, &a->tiers[i], &b->tiers[i]))
            continue;
        nvb_text number = nvbi_show_number(w, nvb_num_int((int64_t)i));
        nvbi_place at = *line;
        at.path = nvbi_content_path(w, line->path, "/staffels/", number);
        if (both)
            nvbi_compare_fields(w, &at, tier_fields, &a->tiers[i], &b->tiers[i]);
        else if (i < a->n_tiers)
            nvbi_found_add(w, &at, "", tier_summary(w, &a->tiers[i]), none, false);
        else
            nvbi_found_add(w, &at, "", none, tier_summary(w, &b->tiers[i]), false);
    }
}
