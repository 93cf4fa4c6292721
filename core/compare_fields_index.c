/*
 * compare_fields_index.c: see compare_content.h. Indices: which takes the place of which, and what
 * changed in method, rounding and components.
 */
#include "compare_content.h"

NVBI_WORD_FUNCTION(cost_kind)
NVBI_WORD_FUNCTION(after_method)
NVBI_WORD_FUNCTION(combination)
NVBI_WORD_FUNCTION(weighting)

/* clang-format off */
#define COMPONENT(member) offsetof(nvb_component, member)
static const nvbi_field component_rows[] = {
    {"/soort", NVBI_F_WORD, .at = COMPONENT(kind), .word = cost_kind_word, .none = NVB_COST_KIND_COUNT},
    {"/aandeel", NVBI_F_PERCENT, .at = COMPONENT(share), .standard = NVBI_STANDARD_1},
    {"/voorlopig", NVBI_F_PERCENT, .at = COMPONENT(provisional)},
    {"/vorig/jaar", NVBI_F_YEAR, .at = COMPONENT(last_year)},
    {"/vorig/voorlopig", NVBI_F_PERCENT, .at = COMPONENT(last_provisional)},
    {"/vorig/definitief", NVBI_F_PERCENT, .at = COMPONENT(last_definitive)},
    {"/nacalculatie", NVBI_F_PERCENT, .at = COMPONENT(after)},
    {"/bron", NVBI_F_TEXT, .at = COMPONENT(source)},
};

#define INDEX(member) offsetof(nvb_index, member)
static const nvbi_field index_rows[] = {
    {"/omschrijving", NVBI_F_PROSE, .at = INDEX(description)},
    {"/jaar", NVBI_F_YEAR, .at = INDEX(year)},
    {"/percentage", NVBI_F_PERCENT, .at = INDEX(percentage)},
    {"/soort", NVBI_F_WORD, .at = INDEX(kind), .word = cost_kind_word, .none = NVB_COST_KIND_COUNT},
};
/* The short form has none of these. */
static const nvbi_field method_rows[] = {
    {"/methode/nacalculatie", NVBI_F_WORD, .at = INDEX(after_method), .word = after_method_word,
        .none = NVB_AFTER_METHOD_COUNT},
    {"/methode/samenstelling", NVBI_F_WORD, .at = INDEX(combination), .word = combination_word,
        .none = NVB_COMBINATION_COUNT},
    {"/methode/weging", NVBI_F_WORD, .at = INDEX(weighting), .word = weighting_word,
        .none = NVB_WEIGHTING_COUNT},
    {"/afronding/nacalculatie", NVBI_F_PLACES, .at = INDEX(round_after)},
    {"/afronding/component", NVBI_F_PLACES, .at = INDEX(round_component)},
    {"/afronding/gewogen", NVBI_F_PLACES, .at = INDEX(round_weighted)},
    {"/afronding/totaal", NVBI_F_PLACES, .at = INDEX(round_total)},
    {"/gesteld", NVBI_F_PERCENT, .at = INDEX(claimed)},
    {"/restant_niet_geindexeerd", NVBI_F_FLAG, .at = INDEX(rest_not_indexed)},
};
static const nvbi_field source_rows[] = {{"/bron", NVBI_F_TEXT, .at = INDEX(source)}};
/* clang-format on */

static const nvbi_fields method_fields = NVBI_FIELDS(method_rows);
static const nvbi_fields source_fields = NVBI_FIELDS(source_rows);

/* "loon 90% 4.94%" */
static nvb_text component_summary(nvbi_content *w, const void *item)
{
    const nvb_component *c = item;
    nvb_text share = {0}, rate = {0};
    if (nvb_input_given(&c->share))
        share = nvbi_show_percent(w, c->share.value);
    if (nvb_input_given(&c->provisional))
        rate = nvbi_show_percent(w, c->provisional.value);
    nvb_text words[] = {nvbi_key_text(nvb_cost_kind_key(c->kind)), share, rate};
    return nvbi_show_words(w, words, 3);
}

static nvb_text index_summary(nvbi_content *w, const void *item)
{
    (void)w;
    return ((const nvb_index *)item)->description;
}

static const nvbi_list components = {
    "/componenten/",
    NVBI_PART_INDICES,
    sizeof(nvb_component),
    COMPONENT(id),
    NVBI_FIELDS(component_rows),
    component_summary,
    NULL,
};

static void
more_of_index(nvbi_content *w, const nvbi_place *at, const void *before, const void *after)
{
    const nvb_index *a = before, *b = after;
    nvbi_compare_list(w, &components, at, a->path, (nvbi_items){a->components, a->n_components},
                      (nvbi_items){b->components, b->n_components}, NULL);
    if (a->n_components && b->n_components)
        nvbi_compare_fields(w, at, method_fields, a, b);
    nvbi_compare_fields(w, at, source_fields, a, b);
}

static const nvbi_list indices = {
    "/indexen/",   NVBI_PART_INDICES, sizeof(nvb_index), INDEX(id), NVBI_FIELDS(index_rows),
    index_summary, more_of_index,
};

void nvbi_indices_begin(nvbi_content *w)
{
    const nvb_proposal *p[2] = {w->c->old, w->c->new_};
    w->index_before = NVBI_NEW(&w->scratch, uint32_t, p[1]->n_indices + 1);
    w->index_gone = NVBI_NEW(&w->scratch, bool, p[0]->n_indices + 1);
    for (size_t side = 0; side < 2; side++) {
        if (!nvbi_names_init(&w->indices[side], &w->scratch, p[side]->n_indices))
            return;
        for (size_t i = 0; i < p[side]->n_indices; i++)
            nvbi_names_add(&w->indices[side], p[side]->indices[i].id, (uint32_t)i);
    }
    if (!w->index_before || !w->index_gone)
        return;
    for (size_t i = 0; i < p[1]->n_indices; i++) {
        w->index_before[i] = nvbi_names_find(&w->indices[0], p[1]->indices[i].id);
        if (w->index_before[i] != NVBI_NO_NAME)
            w->index_gone[w->index_before[i]] = true;
    }
}

/* Only when neither id is in both documents; who came first, stays. */
void nvbi_index_replaced(nvbi_content *w, nvb_text before, nvb_text after)
{
    uint32_t old = nvbi_names_find(&w->indices[0], before);
    uint32_t new_ = nvbi_names_find(&w->indices[1], after);
    if (old == NVBI_NO_NAME || new_ == NVBI_NO_NAME || w->index_gone[old] ||
        w->index_before[new_] != NVBI_NO_NAME)
        return;
    w->index_before[new_] = old;
    w->index_gone[old] = true;
}

void nvbi_compare_indices(nvbi_content *w)
{
    const nvb_proposal *a = w->c->old, *b = w->c->new_;
    nvbi_place in = {NVB_TEXT(""), NVBI_PART_INDICES, NVBI_NO_NAME, NULL};
    nvbi_compare_list(w, &indices, &in, in.path, (nvbi_items){a->indices, a->n_indices},
                      (nvbi_items){b->indices, b->n_indices}, w->index_before);
}
