/*
 * read_price.c: what a price is built of: a base, steps with their tables and conditions, limits,
 * roundings. See read.h and model sections 4 and 5. How steps come together from layers is in
 * read_steps.c.
 */
#include "read.h"

#define NONE ((nvb_text){0})

NVBI_WORDS_OF(step_kinds, NVB_STEP_KINDS);
NVBI_WORDS_OF(lastings, NVB_LASTINGS);
static const char *const category_items[] = {NVB_CATEGORIES(NVBI_WORD_ITEM)};
const nvbi_words nvbi_words_category = {category_items, NVB_CATEGORY_COUNT};
static const char *const mode_items[] = {NVB_MODES(NVBI_WORD_ITEM)};
const nvbi_words nvbi_words_mode = {mode_items, NVB_MODE_COUNT};

/* --- roundings --- */

#define ROUNDING_ROWS(flags)                                                                       \
    {"decimalen",    NVBI_V_WHOLE, flags,     offsetof(nvb_rounding, decimals),                    \
     .example = "2", .low = 0,     .high = 20},                                                    \
    {                                                                                              \
        "methode", NVBI_V_ENUM, 0, offsetof(nvb_rounding, mode), .words = &nvbi_words_mode         \
    }

static const nvbi_row rounding_rows[] = {ROUNDING_ROWS(NVBI_REQUIRED)};
static const nvbi_row tariff_rounding_rows[] = {ROUNDING_ROWS(0)};

static void init_rounding(void *target)
{
    *(nvb_rounding *)target =
        (nvb_rounding){.declared = true, .decimals = 2, .mode = NVB_ARITHMETIC};
}

const nvbi_shape nvbi_shape_rounding = {
    NVBI_ROWS(rounding_rows), sizeof(nvb_rounding), NULL, NVBI_NO_OFFSET,
    NVBI_NO_OFFSET,           init_rounding,        NULL};
const nvbi_shape nvbi_shape_tariff_rounding = {NVBI_ROWS(tariff_rounding_rows),
                                               sizeof(nvb_rounding),
                                               NULL,
                                               NVBI_NO_OFFSET,
                                               NVBI_NO_OFFSET,
                                               init_rounding,
                                               NULL};

/* `afronden` of a step also says what is rounded. */
typedef struct step_rounding {
    nvb_rounding rounding;
    unsigned what;
} step_rounding;

enum { WHAT_STAND, WHAT_AMOUNT };
static const char *const what_items[] = {[WHAT_STAND] = "stand", [WHAT_AMOUNT] = "bedrag"};
static const nvbi_words whats = {what_items, 2};

static const nvbi_row step_rounding_rows[] = {
    ROUNDING_ROWS(NVBI_REQUIRED),
    {"wat", NVBI_V_ENUM, 0, offsetof(step_rounding, what), .words = &whats},
};
static const nvbi_shape step_rounding_shape = {NVBI_ROWS(step_rounding_rows),
                                               sizeof(step_rounding),
                                               NULL,
                                               NVBI_NO_OFFSET,
                                               NVBI_NO_OFFSET,
                                               init_rounding,
                                               NULL};

static void read_step_rounding(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvb_step *s = target;
    step_rounding found = {.what = WHAT_STAND};
    if (!nvbi_need_object(r, of, value, &step_rounding_shape))
        return;
    nvbi_at at = nvbi_at_child(r, of, value, nvbi_node_key(value));
    nvbi_read_object(r, &step_rounding_shape, &at, &found);
    s->rounding = found.rounding;
    s->rounds_amount = found.what == WHAT_AMOUNT;
}

/* --- tables --- */

/* `is`: a word, or a number as it was written. */
static void read_is(nvbi_reader *r, const nvbi_at *of, const cJSON *value, nvb_text *out)
{
    if (nvbi_kind_of(value) == NVBI_NUMBER)
        *out = nvbi_node_text(value);
    else
        nvbi_read_text(r, of, value, "is", false, out);
}

static void read_tread_word(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvb_tread *t = target;
    read_is(r, of, value, &t->word);
}

enum { T_UPPER, T_WORD, T_PERCENTAGE, T_AMOUNT };

/* clang-format off */
static const nvbi_row tread_rows[] = {
    [T_UPPER] = {"tot", NVBI_V_AMOUNT, 0, offsetof(nvb_tread, upper), .example = "\"8.0\""},
    [T_WORD] = {"is", NVBI_V_CALL, .call = read_tread_word},
    [T_PERCENTAGE] = {"percentage", NVBI_V_PERCENT, 0, offsetof(nvb_tread, percentage),
        .example = "\"1.5%\""},
    [T_AMOUNT] = {"bedrag", NVBI_V_AMOUNT, 0, offsetof(nvb_tread, amount), .example = "\"0.50\""},
};
/* clang-format on */

static void finish_tread(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    static const unsigned what[] = {T_PERCENTAGE, T_AMOUNT};
    (void)target;
    nvbi_one_of(r, at, seen, tread_rows, what, 2);
    nvbi_refuse_both(r, at, seen, tread_rows, T_UPPER, T_WORD);
    r->work++;
}

static const nvbi_shape tread_shape = {NVBI_ROWS(tread_rows), sizeof(nvb_tread), NULL,
                                       NVBI_NO_OFFSET,        NVBI_NO_OFFSET,    NULL,
                                       finish_tread};

/* The order of treads: all but the last have `tot`, or all but the last have `is`. */
static void check_tread(nvbi_reader *r, const nvbi_at *list, const cJSON *item, size_t i)
{
    bool tot = nvbi_member(item, "tot") != NULL, is = nvbi_member(item, "is") != NULL,
         last = !item->next;
    bool words = nvbi_member(list->json->child, "is") != NULL;
    nvb_code code = NVB_OK;
    nvb_text word = words ? NVB_TEXT("is") : NVB_TEXT("tot");
    if (last && (tot || is)) {
        code = NVB_E236;
        word = tot ? NVB_TEXT("tot") : NVB_TEXT("is");
    } else if (!last && !tot && !is) {
        code = NVB_E237;
    } else if (!last && (words ? tot : is)) {
        code = NVB_E238;
    }
    if (code != NVB_OK)
        nvbi_fault_item(r, code, list, item, nvbi_item_token(r, item, NULL, i), word, NONE, NONE);
}

enum { TABLE_FACT, TABLE_TREADS };

/* clang-format off */
static const nvbi_row table_rows[] = {
    [TABLE_FACT] = {"kenmerk", NVBI_V_NAME, NVBI_REQUIRED, offsetof(nvb_table, fact),
        .example = "\"behandelindex\""},
    [TABLE_TREADS] = {"treden", NVBI_V_LIST, NVBI_REQUIRED | NVBI_NOT_EMPTY,
        offsetof(nvb_table, treads), offsetof(nvb_table, n_treads), .shape = &tread_shape,
        .example = "[{\"tot\": \"8.0\", \"percentage\": \"1%\"}, {\"percentage\": \"0%\"}]"},
};
/* clang-format on */

static void finish_table(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    const nvb_table *table = target;
    const cJSON *list = nvbi_member(at->json, "treden");
    (void)seen;
    if (!list || nvbi_kind_of(list) != NVBI_LIST || table->n_treads != nvbi_count(list))
        return;
    nvbi_at place = nvbi_at_child(r, at, list, NVB_TEXT("treden"));
    nvbi_ascending rising = {.list = &place};
    size_t i = 0;
    for (const cJSON *item = list->child; item; item = item->next, i++) {
        check_tread(r, &place, item, i);
        nvbi_check_ascending(r, &rising, item, i, &table->treads[i].upper);
    }
}

static const nvbi_shape table_shape = {NVBI_ROWS(table_rows), sizeof(nvb_table),         NULL,
                                       NVBI_NO_OFFSET,        offsetof(nvb_table, path), NULL,
                                       finish_table};

static void read_table(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvb_step *s = target;
    if (nvbi_child_layer(of, value) < r->patching && r->earlier &&
        r->earlier->table) { /* a ladder may be long: not once more */
        s->table = r->earlier->table;
        return;
    }
    nvb_table *table =
        nvbi_need_object(r, of, value, &table_shape) ? NVBI_NEW(r->arena, nvb_table, 1) : NULL;
    if (!table)
        return;
    nvbi_at at = nvbi_at_child(r, of, value, nvbi_node_key(value));
    nvbi_read_object(r, &table_shape, &at, table);
    s->table = table;
}

/* --- conditions --- */

static void read_wanted(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvb_condition *c = target;
    read_is(r, of, value, &c->wanted);
}

enum { D_DESCRIPTION, D_MET, D_FACT, D_WANTED };

/* clang-format off */
static const nvbi_row condition_rows[] = {
    [D_DESCRIPTION] = NVBI_PLAIN("omschrijving", NVBI_V_TEXT, NVBI_REQUIRED,
        offsetof(nvb_condition, description)),
    [D_MET] = NVBI_PLAIN("voldaan", NVBI_V_BOOL, 0, offsetof(nvb_condition, met)),
    [D_FACT] = NVBI_PLAIN("kenmerk", NVBI_V_NAME, 0, offsetof(nvb_condition, fact)),
    [D_WANTED] = {"is", NVBI_V_CALL, .call = read_wanted, .example = "\"ja\""},
};
/* clang-format on */

/* By value when both are numbers, else letter by letter. */
static bool same(nvbi_reader *r, const nvb_fact *fact, nvb_text wanted)
{
    nvb_num number;
    if (fact->is_number && nvb_num_parse(r->calc, &number, wanted) == NVB_SYNTAX_OK)
        return nvb_num_cmp(r->calc, fact->number, number) == 0;
    return nvb_text_equal(fact->text, wanted);
}

static nvb_text nth_fact(const void *of, size_t i)
{
    const nvb_proposal *p = of;
    return p->facts[i].id;
}

static void resolve(nvbi_reader *r, const nvbi_at *at, nvb_condition *c)
{
    const nvb_fact *fact = nvbi_fact_find(r, c->fact);
    if (fact)
        c->met = same(r, fact, c->wanted);
    else
        nvbi_fault_value(r, NVB_E301, at, nvbi_member(at->json, "kenmerk"), NVB_TEXT("kenmerk"),
                         c->fact, nvbi_list_names(r->arena, nth_fact, r->p, r->p->n_facts));
}

static void finish_condition(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    static const unsigned forms[] = {D_MET, D_FACT};
    nvb_condition *c = target;
    c->stated = nvbi_saw(seen, D_MET);
    if (!nvbi_one_of(r, at, seen, condition_rows, forms, 2))
        return;
    if (c->stated) {
        if (nvbi_saw(seen, D_WANTED))
            nvbi_fault_beside(r, NVB_E233, at, nvbi_member(at->json, "is"), NVB_TEXT("is"),
                              NVB_TEXT("\"voldaan\""));
    } else if (!nvbi_saw(seen, D_WANTED)) {
        nvbi_fault(r, NVB_E203, at, NVB_TEXT("is"), NVB_TEXT("\"is\": \"ja\""), NONE);
    } else if (nvb_text_given(c->fact)) {
        resolve(r, at, c);
    }
}

static const nvbi_shape condition_shape = {
    NVBI_ROWS(condition_rows),
    sizeof(nvb_condition),
    NULL,
    NVBI_NO_OFFSET,
    offsetof(nvb_condition, path),
    NULL,
    finish_condition,
};

static void read_condition(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvb_step *s = target;
    bool object = nvbi_need_object(r, of, value, &condition_shape);
    nvb_condition *c = object ? NVBI_NEW(r->arena, nvb_condition, 1) : NULL;
    if (!c)
        return;
    nvbi_at at = nvbi_at_child(r, of, value, nvbi_node_key(value));
    nvbi_read_object(r, &condition_shape, &at, c);
    s->condition = c;
}

/* --- what a percentage is taken of --- */

static const char *const base_words[] = {"basis", "stand", "geindexeerd"};

static bool is_base_word(nvb_text t)
{
    return nvb_text_equal(t, NVB_TEXT("stand")) || nvb_text_equal(t, NVB_TEXT("geindexeerd"));
}

static void read_over_list(nvbi_reader *r, const nvbi_at *of, const cJSON *value, nvb_over *over)
{
    nvb_text *steps = NVBI_NEW(r->arena, nvb_text, nvbi_count(value));
    nvbi_at list = nvbi_at_child(r, of, value, NVB_TEXT("over"));
    nvb_texts names = {0};
    if (!value->child)
        nvbi_fault_value(r, NVB_E234, of, value, NVB_TEXT("over"), NONE, NONE);
    if (!steps || !nvbi_read_names(r, &list, "over", &names))
        return;
    over->kind = NVB_OVER_FIGURES;
    size_t i = 0;
    for (const cJSON *item = value->child; item && i < names.n; item = item->next, i++) {
        nvb_text name = names.items[i];
        if (is_base_word(name))
            nvbi_fault_item(r, NVB_E233, &list, item, nvbi_item_token(r, item, NULL, i), name,
                            NVB_TEXT("\"over\": [...]"), NONE);
        else if (nvb_text_equal(name, NVB_TEXT("basis")))
            over->with_base = true;
        else
            steps[over->n_steps++] = name;
    }
    over->steps = steps;
}

static void read_over(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    static const nvb_over_kind kinds[] = {NVB_OVER_BASE, NVB_OVER_STAND, NVB_OVER_INDEXED};
    nvb_over *over = &((nvb_step *)target)->over;
    over->in_words = true;
    if (nvbi_kind_of(value) == NVBI_LIST) {
        read_over_list(r, of, value, over);
        return;
    }
    nvb_text *name = NVBI_NEW(r->arena, nvb_text, 1);
    if (!name || !nvbi_read_text(r, of, value, "over", false, name))
        return;
    for (size_t i = 0; i < 3; i++) {
        if (nvb_text_equal(*name, nvbi_str(base_words[i]))) {
            over->kind = kinds[i];
            return;
        }
    }
    over->kind = NVB_OVER_FIGURES;
    over->steps = name;
    over->n_steps = 1;
}

/* --- a step --- */

static void read_own_shares(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvb_step *s = target;
    if (!nvbi_need_object(r, of, value, NULL))
        return;
    nvbi_at at = nvbi_at_child(r, of, value, nvbi_node_key(value));
    nvb_own_share *shares = NVBI_NEW(r->arena, nvb_own_share, nvbi_count(value));
    if (!shares)
        return;
    for (const cJSON *child = value->child; child; child = child->next) {
        nvbi_row row = {child->string, NVBI_V_SHARE, NVBI_UP_TO_1, .example = "\"90%\""};
        if (child->string[0] == 'x' && child->string[1] == '-')
            continue;
        if (nvbi_kind_of(child) == NVBI_NULL) {
            nvbi_fault_value(r, NVB_E230, &at, child, nvbi_node_key(child), NONE, NONE);
            continue;
        }
        shares[s->n_own_shares].component = nvbi_node_key(child);
        nvbi_read_number(r, &row, &at, child, &shares[s->n_own_shares++].share);
    }
    s->own_shares = shares;
}

enum {
    S_ID,
    S_KIND,
    S_INDEX,
    S_PERCENTAGE,
    S_AMOUNT,
    S_TABLE,
    S_OVER,
    S_SHARE,
    S_OWN_SHARES,
    S_ROUNDING,
    S_CATEGORY,
    S_REASON,
    S_SOURCE,
    S_GROUP_REASON,
    S_BENCHMARK,
    S_AGREEMENT,
    S_CONDITION,
    S_LASTING,
    S_YEAR
};

/* clang-format off */
static const nvbi_row step_rows[] = {
    [S_ID] = {"id", NVBI_V_NAME, NVBI_REQUIRED, offsetof(nvb_step, id),
        .example = "\"doelmatigheid\""},
    [S_KIND] = {"soort", NVBI_V_ENUM, NVBI_REQUIRED, offsetof(nvb_step, kind), .words = &step_kinds,
        .example = "\"opslag\""},
    [S_INDEX] = {"index", NVBI_V_NAME, 0, offsetof(nvb_step, index), .example = "\"lpo-2026\""},
    [S_PERCENTAGE] = {"percentage", NVBI_V_PERCENT, 0, offsetof(nvb_step, percentage),
        .example = "\"1.5%\""},
    [S_AMOUNT] = {"bedrag", NVBI_V_AMOUNT, 0, offsetof(nvb_step, amount), .example = "\"0.50\""},
    [S_TABLE] = {"tabel", NVBI_V_CALL, .call = read_table},
    [S_OVER] = {"over", NVBI_V_CALL, .call = read_over},
    [S_SHARE] = {"aandeel", NVBI_V_SHARE, NVBI_UP_TO_1, offsetof(nvb_step, share),
        .example = "\"90%\""},
    [S_OWN_SHARES] = {"aandelen", NVBI_V_CALL, .call = read_own_shares},
    [S_ROUNDING] = {"afronden", NVBI_V_CALL, .call = read_step_rounding},
    [S_CATEGORY] = {"categorie", NVBI_V_ENUM, 0, offsetof(nvb_step, category),
        .words = &nvbi_words_category},
    [S_REASON] = NVBI_PLAIN("reden", NVBI_V_TEXT, 0, offsetof(nvb_step, reason)),
    [S_SOURCE] = NVBI_PLAIN("bron", NVBI_V_NAME, 0, offsetof(nvb_step, source)),
    [S_GROUP_REASON] = NVBI_PLAIN("groepsmotivering", NVBI_V_BOOL, 0,
        offsetof(nvb_step, group_reason)),
    [S_BENCHMARK] = NVBI_PLAIN("benchmark", NVBI_V_NAME, 0, offsetof(nvb_step, benchmark)),
    [S_AGREEMENT] = NVBI_PLAIN("akkoord", NVBI_V_NAME, 0, offsetof(nvb_step, agreement)),
    [S_CONDITION] = {"voorwaarde", NVBI_V_CALL, .call = read_condition},
    [S_LASTING] = {"doorwerking", NVBI_V_ENUM, 0, offsetof(nvb_step, lasting), .words = &lastings,
        .example = "\"structureel\""},
    [S_YEAR] = {"jaar", NVBI_V_WHOLE, 0, offsetof(nvb_step, year), .example = "2025", .low = 1000,
        .high = 9999},
};
/* clang-format on */

static void init_step(void *target)
{
    nvb_step *s = target;
    s->category = NVB_CATEGORY_COUNT;
    s->kind = NVB_STEP_KIND_COUNT;
}

static void misplaced(nvbi_reader *r, const nvbi_at *at, const char *key, const char *beside)
{
    nvbi_fault_beside(r, NVB_E233, at, nvbi_member(at->json, key), nvbi_str(key), nvbi_str(beside));
}

/* Which keys go with which: what a step adds decides. */
static void check_keys(nvbi_reader *r, const nvbi_at *at, uint64_t seen, const nvb_step *s)
{
    static const unsigned what[] = {S_INDEX, S_PERCENTAGE, S_AMOUNT, S_TABLE};
    static const char *const kinds[] = {"", "\"soort\": \"nacalculatie\"", "\"soort\": \"opslag\"",
                                        "\"soort\": \"afslag\""};
    bool of_kind = s->kind != NVB_STEP_KIND_COUNT, is_index = s->kind == NVB_STEP_INDEX;
    bool sole = false;
    if (of_kind && !is_index && nvbi_saw(seen, S_INDEX))
        misplaced(r, at, "index", kinds[s->kind]);
    else
        sole = nvbi_one_of(r, at, seen, step_rows, what, 4);
    if (of_kind && !is_index && nvbi_saw(seen, S_OWN_SHARES))
        misplaced(r, at, "aandelen", kinds[s->kind]);
    else if (is_index && nvbi_saw(seen, S_OWN_SHARES) && !nvbi_saw(seen, S_INDEX))
        nvbi_fault(r, NVB_E203, at, NVB_TEXT("index"), NVB_TEXT("\"index\": \"lpo-2026\""), NONE);
    if (sole && nvbi_saw(seen, S_AMOUNT) && nvbi_saw(seen, S_OVER))
        misplaced(r, at, "over", "\"bedrag\"");
    if (s->kind != NVB_STEP_AFTER)
        return;
    for (unsigned row = S_LASTING; row <= S_YEAR; row++)
        if (!nvbi_saw(seen, row))
            nvbi_fault(r, NVB_E203, at, nvbi_str(step_rows[row].name),
                       nvbi_pair(r, step_rows[row].name, step_rows[row].example), NONE);
}

static void check_sign(nvbi_reader *r, const nvbi_at *at, const char *key, const nvb_input *in)
{
    const cJSON *value = nvbi_member(at->json, key);
    if (value && nvb_input_given(in) && nvb_num_sign(in->value) < 0)
        nvbi_fault_value(r, NVB_E246, at, value, nvbi_str(key), nvbi_shown(r->arena, value), NONE);
}

static void check_tread_signs(nvbi_reader *r, const nvbi_at *at, const nvb_table *t)
{
    const cJSON *table = nvbi_member(at->json, "tabel"), *list = nvbi_member(table, "treden");
    if (!list || t->n_treads != nvbi_count(list))
        return;
    nvbi_at in_table = nvbi_at_child(r, at, table, NVB_TEXT("tabel"));
    nvbi_at treads = nvbi_at_child(r, &in_table, list, NVB_TEXT("treden"));
    const cJSON *item = list->child;
    for (size_t i = 0; i < t->n_treads; i++, item = item->next) {
        if (nvb_num_sign(t->treads[i].percentage.value) >= 0 &&
            nvb_num_sign(t->treads[i].amount.value) >= 0)
            continue;
        nvbi_at tread = nvbi_at_child(r, &treads, item, nvbi_item_token(r, item, NULL, i));
        check_sign(r, &tread, "percentage", &t->treads[i].percentage);
        check_sign(r, &tread, "bedrag", &t->treads[i].amount);
    }
}

/* Figures of an opslag or afslag are written without a sign; a ladder on an opslag may run through
 * zero. */
static void check_signs(nvbi_reader *r, const nvbi_at *at, const nvb_step *s)
{
    if (s->kind != NVB_STEP_SURCHARGE && s->kind != NVB_STEP_DISCOUNT)
        return;
    check_sign(r, at, "percentage", &s->percentage);
    check_sign(r, at, "bedrag", &s->amount);
    if (s->kind == NVB_STEP_DISCOUNT && s->table)
        check_tread_signs(r, at, s->table);
}

static void finish_step(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    static const nvbi_words reserved = {base_words, 3};
    nvb_step *s = target;
    s->expected = nvbi_is_expected(r->doc, at->json);
    nvbi_refuse_name(r, at, s->id, &reserved);
    check_keys(r, at, seen, s);
    check_signs(r, at, s);
    if (s->kind == NVB_STEP_INDEX && !nvbi_saw(seen, S_OVER) && !nvbi_saw(seen, S_AMOUNT))
        s->over.kind = NVB_OVER_BASE;
}

/* The path of a step is that of the layer that introduced it, which read_steps.c knows. */
const nvbi_shape nvbi_shape_step = {
    NVBI_ROWS(step_rows), sizeof(nvb_step), "id",       offsetof(nvb_step, id),
    NVBI_NO_OFFSET,       init_step,        finish_step};
