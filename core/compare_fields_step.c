/*
 * compare_fields_step.c: see compare_content.h. Two steps with the same id, key by key, with their
 * tables, shares and conditions. Which steps belong together is not its concern
 * (compare_fields_steps.c).
 */
#include "compare_content.h"

NVBI_WORD_FUNCTION(step_kind)
NVBI_WORD_FUNCTION(category)
NVBI_WORD_FUNCTION(lasting)
NVBI_WORD_FUNCTION(mode)

/* --- what a percentage is taken of --- */

static bool is_base(const nvb_over *o)
{
    return o->kind == NVB_OVER_BASE ||
           (o->kind == NVB_OVER_FIGURES && o->with_base && o->n_steps == 0);
}

/* "basis, index"; the order of a sum says nothing. */
static nvb_text over_shown(nvbi_content *w, const void *of)
{
    const nvb_over *o = &((const nvb_step *)of)->over;
    if (is_base(o))
        return NVB_TEXT("basis");
    if (o->kind == NVB_OVER_STAND)
        return NVB_TEXT("stand");
    if (o->kind == NVB_OVER_INDEXED)
        return NVB_TEXT("geindexeerd");
    if (o->kind == NVB_OVER_NONE)
        return (nvb_text){0};
    nvb_text steps = nvbi_show_texts(w, o->steps, o->n_steps, ", ");
    nvb_text both[] = {NVB_TEXT("basis"), steps};
    return o->with_base ? nvbi_show_texts(w, both, 2, ", ") : steps;
}

static bool over_alike(nvbi_content *w, const void *a, const void *b)
{
    const nvb_over *x = &((const nvb_step *)a)->over, *y = &((const nvb_step *)b)->over;
    if (is_base(x) || is_base(y))
        return is_base(x) && is_base(y);
    return x->kind == y->kind && (x->kind != NVB_OVER_FIGURES ||
                                  (x->with_base == y->with_base &&
                                   nvbi_same_set(w, x->steps, x->n_steps, y->steps, y->n_steps)));
}

/* --- roundings --- */

static nvb_text what_shown(nvbi_content *w, const void *of)
{
    (void)w;
    return ((const nvb_step *)of)->rounds_amount ? NVB_TEXT("bedrag") : NVB_TEXT("stand");
}

/* --- tables --- */

/* A number by its value, a word letter by letter. */
static bool word_alike(nvbi_content *w, nvb_text a, nvb_text b)
{
    nvb_num x, y;
    if (nvb_text_equal(a, b))
        return true;
    return nvb_num_parse(w->c->calc, &x, a) == NVB_SYNTAX_OK &&
           nvb_num_parse(w->c->calc, &y, b) == NVB_SYNTAX_OK && nvb_num_cmp(w->c->calc, x, y) == 0;
}

static nvb_text tread_word(nvbi_content *w, const void *of)
{
    (void)w;
    return ((const nvb_tread *)of)->word;
}

static bool tread_word_alike(nvbi_content *w, const void *a, const void *b)
{
    return word_alike(w, ((const nvb_tread *)a)->word, ((const nvb_tread *)b)->word);
}

static nvb_text wanted(nvbi_content *w, const void *of)
{
    (void)w;
    return ((const nvb_condition *)of)->wanted;
}

static bool wanted_alike(nvbi_content *w, const void *a, const void *b)
{
    return word_alike(w, ((const nvb_condition *)a)->wanted, ((const nvb_condition *)b)->wanted);
}

/* Whether it is met is what the document says only where it says so. */
static nvb_text met(nvbi_content *w, const void *of)
{
    const nvb_condition *c = of;
    (void)w;
    if (!c->stated)
        return (nvb_text){0};
    return c->met ? NVB_TEXT("true") : NVB_TEXT("false");
}

/* clang-format off */
#define TREAD(member) offsetof(nvb_tread, member)
static const nvbi_field tread_rows[] = {
    {"/tot", NVBI_F_NUMBER, .at = TREAD(upper)},
    {"/is", NVBI_F_SHOWN, .shown = tread_word, .alike = tread_word_alike},
    {"/percentage", NVBI_F_PERCENT, .at = TREAD(percentage)},
    {"/bedrag", NVBI_F_NUMBER, .at = TREAD(amount)},
};
static const nvbi_field table_rows[] = {
    {"/kenmerk", NVBI_F_TEXT, .at = offsetof(nvb_table, fact)},
};

#define CONDITION(member) offsetof(nvb_condition, member)
static const nvbi_field condition_rows[] = {
    {"/omschrijving", NVBI_F_PROSE, .at = CONDITION(description)},
    {"/voldaan", NVBI_F_SHOWN, .shown = met},
    {"/kenmerk", NVBI_F_TEXT, .at = CONDITION(fact)},
    {"/is", NVBI_F_SHOWN, .shown = wanted, .alike = wanted_alike},
};

#define STEP(member) offsetof(nvb_step, member)
static const nvbi_field rate_rows[] = {
    {"/soort", NVBI_F_WORD, .at = STEP(kind), .word = step_kind_word, .none = NVB_STEP_KIND_COUNT},
    {"/index", NVBI_F_TEXT, .at = STEP(index)},
    {"/percentage", NVBI_F_PERCENT, .at = STEP(percentage)},
    {"/bedrag", NVBI_F_NUMBER, .at = STEP(amount)},
};
static const nvbi_field more_rows[] = {
    {"/over", NVBI_F_SHOWN, .shown = over_shown, .alike = over_alike},
    {"/aandeel", NVBI_F_PERCENT, .at = STEP(share), .standard = NVBI_STANDARD_1},
};
static const nvbi_field rounding_rows[] = {
    {"/afronden/decimalen", NVBI_F_DECIMALS, .at = STEP(rounding.decimals)},
    {"/afronden/methode", NVBI_F_WORD, .at = STEP(rounding.mode), .word = mode_word, .none = NVB_MODE_COUNT},
    {"/afronden/wat", NVBI_F_SHOWN, .shown = what_shown},
};
static const nvbi_field reason_rows[] = {
    {"/categorie", NVBI_F_WORD, .at = STEP(category), .word = category_word, .none = NVB_CATEGORY_COUNT},
    {"/reden", NVBI_F_PROSE, .at = STEP(reason)},
    {"/bron", NVBI_F_TEXT, .at = STEP(source)},
    {"/groepsmotivering", NVBI_F_FLAG, .at = STEP(group_reason)},
    {"/benchmark", NVBI_F_TEXT, .at = STEP(benchmark)},
    {"/akkoord", NVBI_F_TEXT, .at = STEP(agreement)},
};
static const nvbi_field lasting_rows[] = {
    {"/doorwerking", NVBI_F_WORD, .at = STEP(lasting), .word = lasting_word, .none = NVB_LASTING_COUNT},
    {"/jaar", NVBI_F_YEAR, .at = STEP(year)},
};
/* clang-format on */

static const nvbi_fields tread_fields = NVBI_FIELDS(tread_rows),
                         table_fields = NVBI_FIELDS(table_rows),
                         condition_fields = NVBI_FIELDS(condition_rows),
                         rate_fields = NVBI_FIELDS(rate_rows), more_fields = NVBI_FIELDS(more_rows),
                         rounding_fields = NVBI_FIELDS(rounding_rows),
                         reason_fields = NVBI_FIELDS(reason_rows),
                         lasting_fields = NVBI_FIELDS(lasting_rows);

/* --- summaries --- */

static nvb_text
amount_or_percentage(nvbi_content *w, const nvb_input *amount, const nvb_input *percentage)
{
    if (nvb_input_given(percentage))
        return nvbi_show_percent(w, percentage->value);
    return nvb_input_given(amount) ? nvbi_show_number(w, amount->value) : (nvb_text){0};
}

/* "0.75% tot 75", "1.5%" */
static nvb_text tread_summary(nvbi_content *w, const nvb_tread *t)
{
    bool upper = nvb_input_given(&t->upper);
    nvb_text words[] = {
        amount_or_percentage(w, &t->amount, &t->percentage),
        upper       ? NVB_TEXT("tot")
        : t->word.s ? NVB_TEXT("is")
                    : (nvb_text){0},
        upper ? nvbi_show_number(w, t->upper.value) : t->word,
    };
    return nvbi_show_words(w, words, 3);
}

/* "afslag 1% over geindexeerd" */
nvb_text nvbi_step_summary(nvbi_content *w, const nvb_step *s)
{
    nvb_text over = over_shown(w, s);
    nvb_text rate = amount_or_percentage(w, &s->amount, &s->percentage);
    if (nvb_text_given(s->index))
        rate = s->index;
    else if (s->table)
        rate = s->table->fact;
    nvb_text words[] = {
        nvbi_key_text(nvb_step_kind_key(s->kind)),
        s->table ? NVB_TEXT("tabel") : (nvb_text){0},
        rate,
        over.n ? NVB_TEXT("over") : (nvb_text){0},
        over,
    };
    return nvbi_show_words(w, words, 5);
}

static nvb_text rounding_summary(nvbi_content *w, const nvb_step *s)
{
    nvb_text words[] = {
        nvbi_show_number(w, nvb_num_int(s->rounding.decimals)),
        nvbi_key_text(nvb_mode_key(s->rounding.mode)),
        what_shown(w, s),
    };
    return s->rounding.declared ? nvbi_show_words(w, words, 3) : (nvb_text){0};
}

/* "loon 78%, materieel 17%" */
static nvb_text shares_summary(nvbi_content *w, const nvb_step *s)
{
    nvb_text *items = NVBI_NEW(&w->scratch, nvb_text, s->n_own_shares);
    for (size_t i = 0; items && i < s->n_own_shares; i++) {
        nvb_text words[] = {s->own_shares[i].component,
                            nvbi_show_percent(w, s->own_shares[i].share.value)};
        items[i] = nvbi_show_words(w, words, 2);
    }
    return items ? nvbi_show_texts(w, items, s->n_own_shares, ", ") : (nvb_text){0};
}

/* --- parts of a step that are more than a key --- */

static void
compare_treads(nvbi_content *w, const nvbi_place *at, const nvb_table *a, const nvb_table *b)
{
    size_t n = a->n_treads > b->n_treads ? a->n_treads : b->n_treads;
    for (size_t i = 0; i < n; i++) {
        bool both = i < a->n_treads && i < b->n_treads;
        if (both && nvbi_fields_equal(w, tread_fields, &a->treads[i], &b->treads[i]))
            continue;
        nvb_text number = nvbi_show_number(w, nvb_num_int((int64_t)i));
        nvbi_place tread = *at;
        tread.path = nvbi_content_path(w, at->path, "/treden/", number);
        if (both)
            nvbi_compare_fields(w, &tread, tread_fields, &a->treads[i], &b->treads[i]);
        else if (i < a->n_treads)
            nvbi_found_add(w, &tread, "", tread_summary(w, &a->treads[i]), (nvb_text){0}, false);
        else
            nvbi_found_add(w, &tread, "", (nvb_text){0}, tread_summary(w, &b->treads[i]), false);
    }
}

/* Lines that change something else of a step still share its table, which may be long. */
static void
compare_tables(nvbi_content *w, const nvbi_place *at, const nvb_step *x, const nvb_step *y)
{
    const nvb_table *a = x->table, *b = y->table;
    bool first;
    if (!a && !b)
        return;
    if (!a || !b) {
        nvbi_found_placed(w, at, "/tabel", a ? a->fact : (nvb_text){0}, b ? b->fact : (nvb_text){0},
                          a ? a->path : (nvb_text){0}, b ? b->path : (nvb_text){0});
        return;
    }
    nvbi_place within = nvbi_place_within(w, at, "/tabel", a->path, b->path);
    nvbi_visit_of(w, a, b, &first);
    if (!first)
        return;
    nvbi_compare_fields(w, &within, table_fields, a, b);
    compare_treads(w, &within, a, b);
}

static void
compare_conditions(nvbi_content *w, const nvbi_place *at, const nvb_step *x, const nvb_step *y)
{
    const nvb_condition *a = x->condition, *b = y->condition;
    if (a && b) {
        nvbi_place within = nvbi_place_within(w, at, "/voorwaarde", a->path, b->path);
        nvbi_compare_fields(w, &within, condition_fields, a, b);
    } else if (a || b) {
        nvbi_found_placed(w, at, "/voorwaarde", a ? a->description : (nvb_text){0},
                          b ? b->description : (nvb_text){0}, a ? a->path : (nvb_text){0},
                          b ? b->path : (nvb_text){0});
    }
}

static void
compare_share(nvbi_content *w, const nvbi_place *at, const nvb_own_share *a, const nvb_own_share *b)
{
    if (a && b && nvb_num_cmp(w->c->calc, a->share.value, b->share.value) == 0)
        return;
    nvb_text key = nvbi_content_path(w, NVB_TEXT(""), "/aandelen/", (a ? a : b)->component);
    nvbi_found_placed(w, at, key.s, a ? nvbi_show_percent(w, a->share.value) : (nvb_text){0},
                      b ? nvbi_show_percent(w, b->share.value) : (nvb_text){0},
                      a ? a->share.path : (nvb_text){0}, b ? b->share.path : (nvb_text){0});
}

/* Where the shares stand as a whole. */
static nvb_text shares_path(const nvb_step *s)
{
    nvb_text path = s->n_own_shares ? s->own_shares[0].share.path : (nvb_text){0};
    while (path.n && path.s[--path.n] != '/') {
    }
    return path;
}

static void
compare_shares(nvbi_content *w, const nvbi_place *at, const nvb_step *a, const nvb_step *b)
{
    if (!a->n_own_shares || !b->n_own_shares) {
        if (a->n_own_shares || b->n_own_shares)
            nvbi_found_placed(w, at, "/aandelen", shares_summary(w, a), shares_summary(w, b),
                              shares_path(a), shares_path(b));
        return;
    }
    bool *gone = NVBI_NEW(&w->scratch, bool, a->n_own_shares);
    if (!gone || !nvbi_ids_clear(w, a->n_own_shares))
        return;
    for (size_t i = 0; i < a->n_own_shares; i++)
        nvbi_names_add(&w->ids, a->own_shares[i].component, (uint32_t)i);
    for (size_t i = 0; i < b->n_own_shares; i++) {
        uint32_t old = nvbi_names_find(&w->ids, b->own_shares[i].component);
        compare_share(w, at, old == NVBI_NO_NAME ? NULL : &a->own_shares[old], &b->own_shares[i]);
        if (old != NVBI_NO_NAME)
            gone[old] = true;
    }
    for (size_t i = 0; i < a->n_own_shares; i++)
        if (!gone[i])
            compare_share(w, at, &a->own_shares[i], NULL);
}

void nvbi_compare_step(nvbi_content *w, const nvbi_place *at, const nvb_step *a, const nvb_step *b)
{
    nvbi_compare_fields(w, at, rate_fields, a, b);
    compare_tables(w, at, a, b);
    nvbi_compare_fields(w, at, more_fields, a, b);
    compare_shares(w, at, a, b);
    if (a->rounding.declared && b->rounding.declared)
        nvbi_compare_fields(w, at, rounding_fields, a, b);
    else
        nvbi_found_add(w, at, "/afronden", rounding_summary(w, a), rounding_summary(w, b), false);
    nvbi_compare_fields(w, at, reason_fields, a, b);
    compare_conditions(w, at, a, b);
    nvbi_compare_fields(w, at, lasting_fields, a, b);
    if (a->index.n && b->index.n)
        nvbi_index_replaced(w, a->index, b->index);
}
