/* read_index.c: indices and their components. See read.h and model section 3. */
#include "read.h"

#define NONE ((nvb_text){0})

NVBI_WORDS_OF(cost_kinds, NVB_COST_KINDS);
NVBI_WORDS_OF(after_methods, NVB_AFTER_METHODS);
NVBI_WORDS_OF(combinations, NVB_COMBINATIONS);
NVBI_WORDS_OF(weightings, NVB_WEIGHTINGS);

/* --- a component --- */

/* clang-format off */
static const nvbi_row last_rows[] = {
    {"jaar", NVBI_V_WHOLE, 0, offsetof(nvb_component, last_year), .example = "2025", .low = 1000,
        .high = 9999},
    {"voorlopig", NVBI_V_PERCENT, NVBI_REQUIRED, offsetof(nvb_component, last_provisional),
        .example = "\"4.74%\""},
    {"definitief", NVBI_V_PERCENT, NVBI_REQUIRED, offsetof(nvb_component, last_definitive),
        .example = "\"6.36%\""},
};
/* clang-format on */

/* `vorig` is part of the component it stands in. */
static const nvbi_shape last_shape = {
    NVBI_ROWS(last_rows), sizeof(nvb_component), NULL, NVBI_NO_OFFSET, NVBI_NO_OFFSET, NULL, NULL};

enum { C_ID, C_KIND, C_SHARE, C_PROVISIONAL, C_LAST, C_AFTER, C_SOURCE };

/* clang-format off */
static const nvbi_row component_rows[] = {
    [C_ID] = {"id", NVBI_V_NAME, NVBI_REQUIRED, offsetof(nvb_component, id), .example = "\"ova\""},
    [C_KIND] = {"soort", NVBI_V_ENUM, NVBI_REQUIRED, offsetof(nvb_component, kind),
        .words = &cost_kinds, .example = "\"loon\""},
    [C_SHARE] = {"aandeel", NVBI_V_SHARE, NVBI_UP_TO_1, offsetof(nvb_component, share),
        .example = "\"90%\""},
    [C_PROVISIONAL] = {"voorlopig", NVBI_V_PERCENT, NVBI_REQUIRED,
        offsetof(nvb_component, provisional), .example = "\"4.94%\""},
    [C_LAST] = {"vorig", NVBI_V_OBJECT, 0, 0, .shape = &last_shape},
    [C_AFTER] = {"nacalculatie", NVBI_V_PERCENT, 0, offsetof(nvb_component, after),
        .example = "\"0.49%\""},
    [C_SOURCE] = NVBI_PLAIN("bron", NVBI_V_NAME, 0, offsetof(nvb_component, source)),
};
/* clang-format on */

static void finish_component(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    static const char *const items[] = {"index",      "rest",         "afronding",
                                        "potentieel", "nacalculatie", "voorlopig"};
    static const nvbi_words reserved = {items, sizeof items / sizeof *items};
    const nvb_component *c = target;
    nvbi_refuse_name(r, at, c->id, &reserved);
    nvbi_refuse_both(r, at, seen, component_rows, C_LAST, C_AFTER);
}

static const nvbi_shape component_shape = {
    NVBI_ROWS(component_rows),
    sizeof(nvb_component),
    "id",
    offsetof(nvb_component, id),
    offsetof(nvb_component, path),
    NULL,
    finish_component,
};

/* --- an index --- */

static const nvbi_row method_rows[] = {
    {"nacalculatie",  NVBI_V_ENUM, 0, offsetof(nvb_index, after_method), .words = &after_methods},
    {"samenstelling", NVBI_V_ENUM, 0, offsetof(nvb_index, combination),  .words = &combinations },
    {"weging",        NVBI_V_ENUM, 0, offsetof(nvb_index, weighting),    .words = &weightings   },
};

enum { R_AFTER, R_COMPONENT, R_WEIGHTED, R_TOTAL };

#define DECIMALS(name, field)                                                                      \
    {                                                                                              \
        name, NVBI_V_WHOLE, 0, offsetof(nvb_index, field), .example = "2", .low = 0, .high = 20    \
    }

static const nvbi_row rounding_rows[] = {
    [R_AFTER] = DECIMALS("nacalculatie", round_after),
    [R_COMPONENT] = DECIMALS("component", round_component),
    [R_WEIGHTED] = DECIMALS("gewogen", round_weighted),
    [R_TOTAL] = DECIMALS("totaal", round_total),
};

/* Both are parts of the index they stand in. */
static const nvbi_shape method_shape = {
    NVBI_ROWS(method_rows), sizeof(nvb_index), NULL, NVBI_NO_OFFSET, NVBI_NO_OFFSET, NULL, NULL};
static const nvbi_shape rounding_shape = {
    NVBI_ROWS(rounding_rows), sizeof(nvb_index), NULL, NVBI_NO_OFFSET, NVBI_NO_OFFSET, NULL, NULL};

enum {
    I_DESCRIPTION,
    I_YEAR,
    I_COMPONENTS,
    I_METHOD,
    I_ROUNDING,
    I_CLAIMED,
    I_REST,
    I_PERCENTAGE,
    I_KIND,
    I_SOURCE
};

/* clang-format off */
static const nvbi_row index_rows[] = {
    [I_DESCRIPTION] = NVBI_PLAIN("omschrijving", NVBI_V_WORDS, 0, offsetof(nvb_index, description)),
    [I_YEAR] = {"jaar", NVBI_V_WHOLE, 0, offsetof(nvb_index, year), .example = "2026", .low = 1000,
        .high = 9999},
    [I_COMPONENTS] = {"componenten", NVBI_V_LIST, NVBI_NOT_EMPTY, offsetof(nvb_index, components),
        offsetof(nvb_index, n_components), .shape = &component_shape},
    [I_METHOD] = {"methode", NVBI_V_OBJECT, 0, 0, .shape = &method_shape},
    [I_ROUNDING] = {"afronding", NVBI_V_OBJECT, 0, 0, .shape = &rounding_shape,
        .example = "{\"totaal\": 2}"},
    [I_CLAIMED] = {"gesteld", NVBI_V_PERCENT, 0, offsetof(nvb_index, claimed),
        .example = "\"6.30%\""},
    [I_REST] = NVBI_PLAIN("restant_niet_geindexeerd", NVBI_V_BOOL, 0,
        offsetof(nvb_index, rest_not_indexed)),
    [I_PERCENTAGE] = {"percentage", NVBI_V_PERCENT, 0, offsetof(nvb_index, percentage),
        .example = "\"4.75%\""},
    [I_KIND] = {"soort", NVBI_V_ENUM, 0, offsetof(nvb_index, kind), .words = &cost_kinds},
    [I_SOURCE] = NVBI_PLAIN("bron", NVBI_V_NAME, 0, offsetof(nvb_index, source)),
};
/* clang-format on */

static void init_index(void *target)
{
    nvb_index *x = target;
    x->kind = NVB_COST_KIND_COUNT;
    x->round_after = x->round_component = x->round_weighted = x->round_total = NVB_UNROUNDED;
}

/* The short form has no method, no rounding, no claim and no parts; the long form says its kinds
 * per component. */
static void check_form(nvbi_reader *r, const nvbi_at *at, uint64_t seen)
{
    static const unsigned long_only[] = {I_METHOD, I_ROUNDING, I_CLAIMED, I_REST};
    if (nvbi_saw(seen, I_COMPONENTS)) {
        if (nvbi_saw(seen, I_KIND))
            nvbi_fault_key(r, NVB_E233, at, nvbi_member(at->json, "soort"), NVB_TEXT("soort"),
                           NVB_TEXT("\"componenten\""), NONE);
        return;
    }
    for (size_t i = 0; i < sizeof long_only / sizeof *long_only; i++) {
        const char *name = index_rows[long_only[i]].name;
        if (nvbi_saw(seen, long_only[i]))
            nvbi_fault_key(r, NVB_E233, at, nvbi_member(at->json, name), nvbi_str(name),
                           NVB_TEXT("\"percentage\""), NONE);
    }
}

static void finish_index(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    static const unsigned forms[] = {I_COMPONENTS, I_PERCENTAGE};
    nvb_index *x = target;
    x->expected = nvbi_is_expected(r->doc, at->json);
    if (nvbi_one_of(r, at, seen, index_rows, forms, 2))
        check_form(r, at, seen);
    if (x->weighting != NVB_PER_TERM || x->round_component == NVB_UNROUNDED)
        return;
    const cJSON *rounding = nvbi_member(at->json, "afronding");
    nvbi_at place = nvbi_at_child(r, at, rounding, NVB_TEXT("afronding"));
    nvbi_fault_key(r, NVB_E233, &place, nvbi_member(rounding, "component"), NVB_TEXT("component"),
                   NVB_TEXT("\"weging\": \"per_term\""), NONE);
}

const nvbi_shape nvbi_shape_index = {
    NVBI_ROWS(index_rows),     sizeof(nvb_index), NULL,         offsetof(nvb_index, id),
    offsetof(nvb_index, path), init_index,        finish_index,
};
