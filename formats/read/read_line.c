/* read_line.c: lines with their volume and treads, and ceilings. See read.h and model sections 5
 * and 6. */
#include "read.h"

#define NONE ((nvb_text){0})

/* --- volume --- */

enum { VS_ID, VS_COUNT, VS_PERCENTAGE, VS_OVER, VS_CATEGORY, VS_REASON };

static void read_volume_over(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    static const char *const items[] = {"basis", "stand"};
    static const nvbi_words words = {items, 2};
    nvb_volume_step *s = target;
    unsigned which = 2;
    nvbi_row row = {"over", NVBI_V_ENUM, .words = &words};
    nvbi_read_value(r, &row, of, value, &which);
    s->over_given = which < 2;
    s->over_stand = which == 1;
}

/* clang-format off */
static const nvbi_row volume_step_rows[] = {
    [VS_ID] = {"id", NVBI_V_NAME, NVBI_REQUIRED, offsetof(nvb_volume_step, id),
        .example = "\"groei\""},
    [VS_COUNT] = {"aantal", NVBI_V_AMOUNT, 0, offsetof(nvb_volume_step, count),
        .example = "\"120\""},
    [VS_PERCENTAGE] = {"percentage", NVBI_V_PERCENT, 0, offsetof(nvb_volume_step, percentage),
        .example = "\"2.5%\""},
    [VS_OVER] = {"over", NVBI_V_CALL, .call = read_volume_over},
    [VS_CATEGORY] = {"categorie", NVBI_V_ENUM, 0, offsetof(nvb_volume_step, category),
        .words = &nvbi_words_category},
    [VS_REASON] = NVBI_PLAIN("reden", NVBI_V_TEXT, 0, offsetof(nvb_volume_step, reason)),
};
/* clang-format on */

static void init_volume_step(void *target)
{
    ((nvb_volume_step *)target)->category = NVB_CATEGORY_COUNT;
}

static void finish_volume_step(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    static const char *const items[] = {"basis", "stand", "geindexeerd"};
    static const nvbi_words reserved = {items, 3};
    static const unsigned what[] = {VS_COUNT, VS_PERCENTAGE};
    const nvb_volume_step *s = target;
    nvbi_refuse_name(r, at, s->id, &reserved);
    nvbi_one_of(r, at, seen, volume_step_rows, what, 2);
    if (nvbi_saw(seen, VS_COUNT) && nvbi_saw(seen, VS_OVER))
        nvbi_fault_key(r, NVB_E233, at, nvbi_member(at->json, "over"), NVB_TEXT("over"),
                       NVB_TEXT("\"aantal\""), NONE);
    if (nvbi_saw(seen, VS_PERCENTAGE) && !nvbi_saw(seen, VS_OVER))
        nvbi_fault(r, NVB_E203, at, NVB_TEXT("over"), NVB_TEXT("\"over\": \"basis\""), NONE);
}

static const nvbi_shape volume_step_shape = {
    NVBI_ROWS(volume_step_rows),
    sizeof(nvb_volume_step),
    "id",
    offsetof(nvb_volume_step, id),
    offsetof(nvb_volume_step, path),
    init_volume_step,
    finish_volume_step,
};

/* `basis` of a volume is part of the volume it stands in. */
static const nvbi_row volume_basis_rows[] = {
    {"aantal", NVBI_V_AMOUNT, NVBI_REQUIRED, offsetof(nvb_volume, count), .example = "\"1200\""},
    NVBI_PLAIN("omschrijving", NVBI_V_WORDS, 0, offsetof(nvb_volume, description)),
    NVBI_PLAIN("bron", NVBI_V_NAME, 0, offsetof(nvb_volume, source)),
};
static const nvbi_shape volume_basis_shape = {NVBI_ROWS(volume_basis_rows),
                                              sizeof(nvb_volume),
                                              NULL,
                                              NVBI_NO_OFFSET,
                                              NVBI_NO_OFFSET,
                                              NULL,
                                              NULL};

enum { V_COUNT, V_BASIS, V_STEPS, V_ROUNDING };

/* clang-format off */
static const nvbi_row volume_rows[] = {
    [V_COUNT] = {"aantal", NVBI_V_AMOUNT, NVBI_POSITIVE, offsetof(nvb_volume, count),
        .example = "\"1200\""},
    [V_BASIS] = {"basis", NVBI_V_OBJECT, 0, 0, .shape = &volume_basis_shape},
    [V_STEPS] = {"stappen", NVBI_V_LIST, 0, offsetof(nvb_volume, steps),
        offsetof(nvb_volume, n_steps), .shape = &volume_step_shape},
    [V_ROUNDING] = {"afronding", NVBI_V_OBJECT, 0, offsetof(nvb_volume, rounding),
        .shape = &nvbi_shape_rounding},
};
/* clang-format on */

static void init_volume(void *target)
{
    ((nvb_volume *)target)->given = true;
}

/* Rows that do not go with another one. */
static void refuse_beside(nvbi_reader *r,
                          const nvbi_at *at,
                          uint64_t seen,
                          const nvbi_row *rows,
                          unsigned row,
                          const char *beside)
{
    if (nvbi_saw(seen, row))
        nvbi_fault_key(r, NVB_E233, at, nvbi_member(at->json, rows[row].name),
                       nvbi_str(rows[row].name), nvbi_str(beside), NONE);
}

static void finish_volume(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    static const unsigned forms[] = {V_COUNT, V_BASIS};
    nvb_volume *v = target;
    v->built_up = nvbi_saw(seen, V_BASIS);
    nvbi_one_of(r, at, seen, volume_rows, forms, 2);
    if (!nvbi_saw(seen, V_COUNT))
        return;
    refuse_beside(r, at, seen, volume_rows, V_STEPS, "\"aantal\"");
    refuse_beside(r, at, seen, volume_rows, V_ROUNDING, "\"aantal\"");
}

static const nvbi_shape volume_shape = {
    NVBI_ROWS(volume_rows),     sizeof(nvb_volume), NULL,         NVBI_NO_OFFSET,
    offsetof(nvb_volume, path), init_volume,        finish_volume};

/* --- treads in the volume --- */

/* clang-format off */
static const nvbi_row tier_rows[] = {
    {"tot", NVBI_V_AMOUNT, NVBI_POSITIVE, offsetof(nvb_tier, upper), .example = "\"1000\""},
    {"percentage", NVBI_V_PERCENT, NVBI_REQUIRED | NVBI_POSITIVE, offsetof(nvb_tier, share),
        .example = "\"100%\""},
};
/* clang-format on */
static const nvbi_shape tier_shape = {NVBI_ROWS(tier_rows),
                                      sizeof(nvb_tier),
                                      NULL,
                                      NVBI_NO_OFFSET,
                                      offsetof(nvb_tier, path),
                                      NULL,
                                      NULL};

static void check_tiers(nvbi_reader *r, const nvbi_at *line, const nvb_line *l)
{
    const cJSON *value = nvbi_member(line->json, "staffels");
    if (!value || nvbi_kind_of(value) != NVBI_LIST || l->n_tiers != nvbi_count(value))
        return;
    nvbi_at list = nvbi_at_child(r, line, value, NVB_TEXT("staffels"));
    nvbi_ascending rising = {.list = &list};
    size_t i = 0;
    for (const cJSON *item = value->child; item; item = item->next, i++) {
        const cJSON *upper = nvbi_member(item, "tot");
        nvb_text token = nvbi_item_token(r, item, NULL, i);
        if (!item->next && upper)
            nvbi_fault_item(r, NVB_E236, &list, item, token, NVB_TEXT("tot"), NONE, NONE);
        if (item->next && !upper)
            nvbi_fault_item(r, NVB_E237, &list, item, token, NVB_TEXT("tot"), NONE, NONE);
        if (i == 0 && nvb_input_given(&l->tiers[0].upper) &&
            nvb_num_sign(l->tiers[0].upper.value) == 0) {
            nvbi_at first = nvbi_at_child(r, &list, item, token);
            nvbi_fault_value(r, NVB_E235, &first, upper, nvbi_shown(r->arena, upper), NVB_TEXT("0"),
                             NONE);
        }
        nvbi_check_ascending(r, &rising, item, i, &l->tiers[i].upper);
    }
}

/* --- a line --- */

static void read_was(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvb_line *l = target;
    nvb_texts names = {0};
    if (nvbi_kind_of(value) == NVBI_LIST) {
        nvbi_at list = nvbi_at_child(r, of, value, nvbi_node_key(value));
        if (!value->child)
            nvbi_fault_value(r, NVB_E234, of, value, NVB_TEXT("was"), NONE, NONE);
        nvbi_read_names(r, &list, "was", &names);
    } else {
        nvb_text *one = NVBI_NEW(r->arena, nvb_text, 1);
        if (one && nvbi_read_text(r, of, value, "was", false, one))
            names = (nvb_texts){one, 1};
    }
    l->was = names.items;
    l->n_was = names.n;
}

enum {
    L_CODE,
    L_DESCRIPTION,
    L_UNIT,
    L_GROUP,
    L_WAS,
    L_BASIS,
    L_STEPS,
    L_WITHOUT,
    L_ROUNDING,
    L_MAXIMUM,
    L_MINIMUM,
    L_TARIFF,
    L_VOLUME,
    L_TIERS
};

/* clang-format off */
static const nvbi_row line_rows[] = {
    [L_CODE] = {"code", NVBI_V_NAME, NVBI_REQUIRED, offsetof(nvb_line, code),
        .example = "\"12010\""},
    [L_DESCRIPTION] = NVBI_PLAIN("omschrijving", NVBI_V_WORDS, 0, offsetof(nvb_line, description)),
    [L_UNIT] = NVBI_PLAIN("eenheid", NVBI_V_WORDS, 0, offsetof(nvb_line, unit)),
    [L_GROUP] = NVBI_PLAIN("groep", NVBI_V_NAME, 0, offsetof(nvb_line, group)),
    [L_WAS] = {"was", NVBI_V_CALL, .call = read_was},
    [L_BASIS] = {"basis", NVBI_V_OBJECT, 0, offsetof(nvb_line, price.basis),
        .shape = &nvbi_shape_basis},
    [L_STEPS] = NVBI_PLAIN("stappen", NVBI_V_KEPT, 0, 0),
    [L_WITHOUT] = NVBI_PLAIN("zonder", NVBI_V_KEPT, 0, 0),
    [L_ROUNDING] = {"tariefafronding", NVBI_V_OBJECT, 0, offsetof(nvb_line, price.rounding),
        .shape = &nvbi_shape_tariff_rounding},
    [L_MAXIMUM] = {"maximum", NVBI_V_OBJECT, 0, offsetof(nvb_line, price.maximum),
        .shape = &nvbi_shape_limit},
    [L_MINIMUM] = {"minimum", NVBI_V_OBJECT, 0, offsetof(nvb_line, price.minimum),
        .shape = &nvbi_shape_limit},
    [L_TARIFF] = {"tarief", NVBI_V_AMOUNT, 0, offsetof(nvb_line, tariff), .example = "\"104.35\""},
    [L_VOLUME] = {"volume", NVBI_V_OBJECT, 0, offsetof(nvb_line, volume), .shape = &volume_shape},
    [L_TIERS] = {"staffels", NVBI_V_LIST, NVBI_NOT_EMPTY, offsetof(nvb_line, tiers),
        offsetof(nvb_line, n_tiers), .shape = &tier_shape},
};
/* clang-format on */

static void finish_line(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    static const unsigned not_flat[] = {L_STEPS, L_ROUNDING, L_MAXIMUM, L_MINIMUM};
    nvb_line *l = target;
    bool based = nvbi_saw(seen, L_BASIS) || nvbi_previous_basis(r, l);
    bool flat = nvbi_saw(seen, L_TARIFF) && !based;
    if (!nvbi_saw(seen, L_ROUNDING))
        l->price.rounding = r->rounding;
    check_tiers(r, at, l);
    if (!flat) {
        nvbi_line_steps(r, at, l->group, &l->price);
        return;
    }
    for (size_t i = 0; i < sizeof not_flat / sizeof *not_flat && !r->doc->audited; i++) {
        const char *name = line_rows[not_flat[i]].name;
        if (nvbi_saw(seen, not_flat[i]))
            nvbi_fault_key(r, NVB_E245, at, nvbi_member(at->json, name), nvbi_str(name), NONE,
                           NONE);
    }
}

const nvbi_shape nvbi_shape_line = {
    NVBI_ROWS(line_rows),
    sizeof(nvb_line),
    "code",
    offsetof(nvb_line, code),
    offsetof(nvb_line, path),
    NULL,
    finish_line,
};

/* --- a ceiling --- */

static void read_lines(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvb_ceiling *c = target;
    if (nvbi_kind_of(value) == NVBI_STRING &&
        nvb_text_equal(nvbi_node_text(value), NVB_TEXT("alle"))) {
        c->all = true;
        return;
    }
    if (nvbi_kind_of(value) != NVBI_LIST) {
        nvbi_fault_value(r, NVB_E209, of, value, NVB_TEXT("prestaties"),
                         nvbi_shown(r->arena, value), NVB_TEXT("[\"...\"]"));
        return;
    }
    nvb_texts names = {0};
    nvbi_at list = nvbi_at_child(r, of, value, nvbi_node_key(value));
    if (!value->child)
        nvbi_fault_value(r, NVB_E234, of, value, NVB_TEXT("prestaties"), NONE, NONE);
    nvbi_read_names(r, &list, "prestaties", &names);
    c->lines = names.items;
    c->n_lines = names.n;
}

enum {
    P_ID,
    P_DESCRIPTION,
    P_AMOUNT,
    P_BASIS,
    P_STEPS,
    P_ROUNDING,
    P_LINES,
    P_GROUP,
    P_BEYOND,
    P_REASON
};

/* clang-format off */
static const nvbi_row ceiling_rows[] = {
    [P_ID] = {"id", NVBI_V_NAME, NVBI_REQUIRED, offsetof(nvb_ceiling, id),
        .example = "\"omzetplafond\""},
    [P_DESCRIPTION] = NVBI_PLAIN("omschrijving", NVBI_V_WORDS, 0,
        offsetof(nvb_ceiling, description)),
    [P_AMOUNT] = {"bedrag", NVBI_V_AMOUNT, 0, offsetof(nvb_ceiling, amount),
        .example = "\"250000\""},
    [P_BASIS] = {"basis", NVBI_V_OBJECT, 0, offsetof(nvb_ceiling, buildup.basis),
        .shape = &nvbi_shape_basis},
    [P_STEPS] = NVBI_PLAIN("stappen", NVBI_V_KEPT, 0, 0),
    [P_ROUNDING] = {"tariefafronding", NVBI_V_OBJECT, 0, offsetof(nvb_ceiling, buildup.rounding),
        .shape = &nvbi_shape_tariff_rounding},
    [P_LINES] = {"prestaties", NVBI_V_CALL, .call = read_lines, .example = "\"alle\""},
    [P_GROUP] = NVBI_PLAIN("groep", NVBI_V_NAME, 0, offsetof(nvb_ceiling, group)),
    [P_BEYOND] = {"boven", NVBI_V_PERCENT, NVBI_UP_TO_1, offsetof(nvb_ceiling, beyond),
        .example = "\"50%\""},
    [P_REASON] = NVBI_PLAIN("reden", NVBI_V_TEXT, 0, offsetof(nvb_ceiling, reason)),
};
/* clang-format on */

static void finish_ceiling(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    static const unsigned whom[] = {P_LINES, P_GROUP}, what[] = {P_AMOUNT, P_BASIS};
    nvb_ceiling *c = target;
    nvbi_one_of(r, at, seen, ceiling_rows, whom, 2);
    nvbi_one_of(r, at, seen, ceiling_rows, what, 2);
    if (!nvbi_saw(seen, P_ROUNDING))
        c->buildup.rounding = r->rounding;
    if (nvbi_saw(seen, P_BASIS)) {
        nvbi_own_steps(r, at, &c->buildup);
        return;
    }
    refuse_beside(r, at, seen, ceiling_rows, P_STEPS, "\"bedrag\"");
    refuse_beside(r, at, seen, ceiling_rows, P_ROUNDING, "\"bedrag\"");
}

const nvbi_shape nvbi_shape_ceiling = {
    NVBI_ROWS(ceiling_rows),
    sizeof(nvb_ceiling),
    "id",
    offsetof(nvb_ceiling, id),
    offsetof(nvb_ceiling, path),
    NULL,
    finish_ceiling,
};
