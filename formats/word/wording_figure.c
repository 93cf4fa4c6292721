/*
 * wording_figure.c: the names of figures and their formulas in words. See wording.h; the words are
 * in wording_figure.def.
 *
 * These run for every figure of every explanation, so words lie ready with their lengths and
 * nothing here allocates. The arithmetic stays in core: a formula is the row of terms of the
 * figure, read aloud.
 */
#include "wording_operands.h"

#include "core/append.h"

typedef struct words {
    const char *s;
    size_t n;
} words;

#define WORDS(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static inline void add(nvb_buffer *out, words w)
{
    nvbi_add(out, w.s, w.n);
}

/* "before NAME after"; without a name, the space that would part them goes as well. */
static void add_named(nvb_buffer *out, words before, nvb_text name, words after)
{
    if (!nvb_text_given(name) || name.n == 0) {
        if (before.n && before.s[before.n - 1] == ' ')
            before.n--;
        add(out, before);
    } else {
        add(out, before);
        nvbi_word_safe(out, name);
    }
    add(out, after);
}

/* --- labels --- */

/* Whose name stands in a label. */
typedef enum name_of {
    NAME_NONE,
    NAME_INDEX,
    NAME_COMPONENT,
    NAME_STEP,
    NAME_STEP_NAME, /* left out when it only repeats the kind of step */
    NAME_STEP_INDEX,
    NAME_VOLUME_STEP,
    NAME_TIER,
    NAME_GROUP,
    NAME_CEILING
} name_of;

typedef struct label {
    name_of first, second;
    words before[2], between[2], after[2]; /* by language */
} label;

/* The formatter takes the braces of a row for a block. */
/* clang-format off */
#define ROW(first, second, before, between, after, before_en, between_en, after_en)                \
    {NAME_##first, NAME_##second, {WORDS(before), WORDS(before_en)},                               \
     {WORDS(between), WORDS(between_en)}, {WORDS(after), WORDS(after_en)}}

static const label labels[NVB_FIGURE_KIND_COUNT] = {
#define LABEL(kind, ...) [kind] = ROW(__VA_ARGS__),
#include "wording_figure.def"
#undef LABEL
};

typedef enum variant {
#define VARIANT(row, ...) row,
#include "wording_figure.def"
#undef VARIANT
} variant;

static const label variants[] = {
#define VARIANT(row, ...) [row] = ROW(__VA_ARGS__),
#include "wording_figure.def"
#undef VARIANT
};
/* clang-format on */

static const label *step_label(const nvb_figure *f)
{
    if (!f->step)
        return &labels[NVB_FIG_STEP];
    switch (f->step->kind) {
    case NVB_STEP_INDEX:
        return &variants[STEP_OF_INDEX];
    case NVB_STEP_AFTER:
        return &variants[STEP_OF_AFTER];
    case NVB_STEP_SURCHARGE:
        return &variants[STEP_OF_SURCHARGE];
    case NVB_STEP_DISCOUNT:
        return &variants[STEP_OF_DISCOUNT];
    case NVB_STEP_KIND_COUNT:
        break;
    }
    return &labels[NVB_FIG_STEP];
}

static const label *rest_label(const nvb_figure *f)
{
    bool method = f->cause & NVB_CAUSE_METHOD, rounding = f->cause & NVB_CAUSE_ROUNDING;
    if (method && rounding)
        return &variants[REST_BOTH];
    if (method)
        return &variants[REST_METHOD];
    return rounding ? &variants[REST_ROUNDING] : &labels[NVB_FIG_PART_REST];
}

static const label *limit_label(const nvb_figure *f)
{
    if (f->limit && f->line && f->limit == &f->line->price.maximum)
        return &variants[LIMIT_MAXIMUM];
    if (f->limit && f->line && f->limit == &f->line->price.minimum)
        return &variants[LIMIT_MINIMUM];
    return &labels[NVB_FIG_LIMIT];
}

/* A few kinds have names that depend on what they belong to; all others are a row of the table. */
static const label *label_of(const nvb_figure *f)
{
    if (f->kind == NVB_FIG_STEP)
        return step_label(f);
    if (f->kind == NVB_FIG_PART_REST)
        return rest_label(f);
    if (f->kind == NVB_FIG_LIMIT)
        return limit_label(f);
    if (f->kind == NVB_FIG_UNROUNDED && f->ceiling)
        return &variants[CEILING_UNROUNDED];
    return &labels[f->kind];
}

/* "Indexatie lpo-2024" says more than the id of the step; "Afslag afslag" says nothing more than
 * "Afslag". */
static nvb_text step_name(const nvb_step *step)
{
    if (step->kind == NVB_STEP_INDEX && nvb_text_given(step->index))
        return step->index;
    const char *kind = nvb_step_kind_key(step->kind);
    if (nvb_text_equal(step->id, (nvb_text){kind, strlen(kind)}))
        return (nvb_text){NULL, 0};
    return step->id;
}

/* The number of the tread, counted from 1 as people do; the path counts from 0. */
static nvb_text tier_name(const nvb_figure *f, char digits[static 8])
{
    size_t i = f->line && f->tier ? (size_t)(f->tier - f->line->tiers) + 1 : 0, at = 8;
    if (i == 0 || i > 9999999)
        return (nvb_text){NULL, 0};
    for (; i; i /= 10)
        digits[--at] = (char)('0' + i % 10);
    return (nvb_text){digits + at, 8 - at};
}

static nvb_text name_for(const nvb_figure *f, name_of which, char digits[static 8])
{
    static const nvb_text none = {NULL, 0};
    switch (which) {
    case NAME_NONE:
        return none;
    case NAME_INDEX:
        return f->index ? f->index->id : none;
    case NAME_COMPONENT:
        return f->component ? f->component->id : none;
    case NAME_STEP:
        return f->step ? f->step->id : none;
    case NAME_STEP_NAME:
        return f->step ? step_name(f->step) : none;
    case NAME_STEP_INDEX:
        return f->step ? f->step->index : none;
    case NAME_VOLUME_STEP:
        return f->volume_step ? f->volume_step->id : none;
    case NAME_TIER:
        return tier_name(f, digits);
    case NAME_GROUP:
        return f->group ? f->group->id : none;
    case NAME_CEILING:
        return f->ceiling ? f->ceiling->id : none;
    }
    return none;
}

static void add_label(nvb_buffer *out, const nvb_figure *f, const label *row, nvb_lang lang)
{
    char digits[8];
    size_t l = lang == NVB_EN;
    if (row->first == NAME_NONE) {
        add(out, row->before[l]);
        return;
    }
    add_named(out, row->before[l], name_for(f, row->first, digits), row->between[l]);
    if (row->second != NAME_NONE)
        nvbi_word_safe(out, name_for(f, row->second, digits));
    add(out, row->after[l]);
}

void nvbi_word_label(nvb_buffer *out, const nvb_figure *f, nvb_lang lang)
{
    add_label(out, f, label_of(f), lang);
}

void nvbi_word_label_within(nvb_buffer *out, const nvb_figure *f, nvb_lang lang)
{
    const label *row = label_of(f);
    if (f->kind == NVB_FIG_INDEX_AFTER)
        row = &variants[WITHIN_AFTER];
    else if (f->kind == NVB_FIG_INDEX_PROVISIONAL)
        row = &variants[WITHIN_PROVISIONAL];
    else if (f->kind == NVB_FIG_COMPONENT)
        row = &variants[WITHIN_COMPONENT];
    else if (f->kind == NVB_FIG_COMPONENT_AFTER)
        row = &variants[WITHIN_COMPONENT_AFTER];
    else if (f->kind == NVB_FIG_COMPONENT_WEIGHTED)
        row = &variants[WITHIN_WEIGHTED];
    add_label(out, f, row, lang);
}

/* --- formulas --- */

typedef struct symbol {
    words bare[2], before[2], after[2]; /* by language */
} symbol;

/* clang-format off */
static const symbol symbols[NVB_SYM_COUNT] = {
#define SYMBOL(which, bare, before, after, bare_en, before_en, after_en)                           \
    [which] = {{WORDS(bare), WORDS(bare_en)},                                                      \
               {WORDS(before), WORDS(before_en)}, {WORDS(after), WORDS(after_en)}},
#include "wording_figure.def"
#undef SYMBOL
};
/* clang-format on */

static void add_operator(nvb_buffer *out, nvb_operator op, bool first)
{
    switch (op) {
    case NVB_NO_OPERATOR:
        break;
    case NVB_PLUS:
        if (!first)
            NVBI_ADD(out, " + ");
        break;
    case NVB_MINUS:
        if (first)
            NVBI_ADD(out, "\xE2\x88\x92"); /* nothing to take it from: a sign, not a difference */
        else
            NVBI_ADD(out, " \xE2\x88\x92 ");
        break;
    case NVB_TIMES:
        NVBI_ADD(out, " \xC3\x97 ");
        break;
    case NVB_DIVIDED:
        NVBI_ADD(out, " \xC3\xB7 ");
        break;
    }
}

static void add_brackets(nvb_buffer *out, char bracket, unsigned times)
{
    for (; times; times--)
        nvbi_add_byte(out, bracket);
}

/* Puts what was written since `from` between brackets. */
static void enclose(nvb_buffer *out, size_t from)
{
    if (out->failed || !nvb_buffer_reserve(out, 2))
        return;
    char *s = out->s + from;
    size_t n = out->n - from;
    memmove(s + 1, s, n);
    *s = '(';
    s[n + 1] = ')';
    nvbi_wrote(out, s + n + 2);
}

static void
add_number(nvb_buffer *out, nvb_calc *calc, nvbi_operands *known, const nvb_term *t, nvb_lang lang)
{
    size_t from = out->n;
    nvbi_form form = nvbi_word_operand_again(out, calc, known, t, lang);
    if (t->op == NVB_NO_OPERATOR || t->open)
        return;
    bool binds = t->op == NVB_TIMES || t->op == NVB_DIVIDED;
    if ((form == NVBI_FRACTION && binds) || nvb_num_sign(t->value) < 0)
        enclose(out, from);
}

/* Treads count from 0 in paths and from 1 for people. */
static void add_tier(nvb_buffer *out, words before, nvb_text name)
{
    size_t n = 0;
    for (size_t i = 0; i < name.n && n <= UINT32_MAX && name.s[i] >= '0' && name.s[i] <= '9'; i++)
        n = n * 10 + (size_t)(name.s[i] - '0');
    add(out, before);
    nvb_buffer_uint(out, n + 1);
}

void nvbi_word_symbol(nvb_buffer *out, const nvb_term *t, nvb_lang lang)
{
    size_t l = lang == NVB_EN;
    if (t->symbol >= NVB_SYM_COUNT)
        return;
    if (!nvb_text_given(t->name))
        add(out, symbols[t->symbol].bare[l]);
    else if (t->symbol == NVB_SYM_TIER)
        add_tier(out, symbols[t->symbol].before[l], t->name);
    else
        add_named(out, symbols[t->symbol].before[l], t->name, symbols[t->symbol].after[l]);
}

void nvbi_word_formula(nvb_buffer *out, nvb_calc *calc, const nvb_figure *f, nvb_lang lang)
{
    for (uint32_t i = 0; i < f->n_terms; i++) {
        const nvb_term *t = &f->terms[i];
        add_operator(out, t->op, i == 0);
        add_brackets(out, '(', t->open);
        if (t->symbol == NVB_SYM_NUMBER)
            add_number(out, calc, NULL, t, lang);
        else
            nvbi_word_symbol(out, t, lang);
        add_brackets(out, ')', t->close);
    }
}

void nvbi_word_filled(nvb_buffer *out, nvb_calc *calc, const nvb_figure *f, nvb_lang lang)
{
    nvbi_word_filled_again(out, calc, NULL, f, lang);
}

void nvbi_word_filled_again(
    nvb_buffer *out, nvb_calc *calc, nvbi_operands *known, const nvb_figure *f, nvb_lang lang)
{
    for (uint32_t i = 0; i < f->n_terms; i++) {
        const nvb_term *t = &f->terms[i];
        add_operator(out, t->op, i == 0);
        add_brackets(out, '(', t->open);
        add_number(out, calc, known, t, lang);
        add_brackets(out, ')', t->close);
    }
}

/* --- what goes with a figure --- */

void nvbi_word_article(nvb_buffer *out, const nvb_figure *f, nvb_lang lang)
{
    static const char *const start[2] = {"TH/NR-038 art. 6 lid 4, onderdeel ",
                                         "TH/NR-038 art. 6(4), item "};
    static const char *const several[2] = {"TH/NR-038 art. 6 lid 4, onderdelen ",
                                           "TH/NR-038 art. 6(4), items "};
    static const char *const last[2] = {" en ", " and "};
    size_t l = lang == NVB_EN;
    unsigned left = f->items & ((1U << NVB_ITEM_COUNT) - 1);
    if (left == 0)
        return;
    nvb_buffer_str(out, left & (left - 1) ? several[l] : start[l]);
    for (unsigned i = 0, written = 0; left; i++) {
        unsigned bit = 1U << i;
        if (!(left & bit))
            continue;
        left &= ~bit;
        if (written++)
            nvb_buffer_str(out, left ? ", " : last[l]);
        nvbi_add_byte(out, (char)('1' + i));
    }
}

void nvbi_word_rounding(nvb_buffer *out, nvb_calc *calc, const nvb_figure *f, nvb_lang lang)
{
    static const char *const what[2][3] = {
        {"afgerond op ", "stand afgerond op ",         "betaling boven het plafond afgerond op "},
        {"rounded to ",  "running amount rounded to ", "payment above the ceiling rounded to "  }
    };
    const nvb_rounded *r = f->rounded;
    size_t l = lang == NVB_EN;
    if (!r)
        return;
    nvb_buffer_str(out, what[l][r->what]);
    nvb_buffer_uint(out, r->decimals);
    if (l)
        nvb_buffer_str(out, r->decimals == 1 ? " decimal, " : " decimals, ");
    else
        nvb_buffer_str(out, r->decimals == 1 ? " decimaal, " : " decimalen, ");
    nvb_buffer_str(out, nvbi_word_mode(r->mode, lang));
    NVBI_ADD(out, ": ");
    nvbi_word_plain(out, calc, r->before, r->decimals, lang);
    if (f->unit == NVB_PERCENT)
        nvbi_add_byte(out, '%');
    NVBI_ADD(out, " \xE2\x86\x92 ");
    nvbi_word_plain(out, calc, r->after, r->decimals, lang);
    if (f->unit == NVB_PERCENT)
        nvbi_add_byte(out, '%');
}

const char *nvbi_word_missing(unsigned bit, nvb_lang lang)
{
    size_t l = lang == NVB_EN;
    if (bit == NVB_MISSING_REASON)
        return ((const char *const[]){"reden", "reason"})[l];
    if (bit == NVB_MISSING_SOURCE)
        return ((const char *const[]){"bron", "source"})[l];
    if (bit == NVB_MISSING_OVER)
        return ((const char *const[]){"waarover", "what it is taken of"})[l];
    if (bit == NVB_MISSING_DESCRIPTION)
        return ((const char *const[]){"omschrijving", "description"})[l];
    return "";
}

nvb_num nvbi_word_formula_value(const nvb_figure *f)
{
    const nvb_rounded *r = f->rounded;
    if (!r || r->what != NVB_ROUNDED_FIGURE)
        return f->value;
    for (uint32_t i = 0; i < f->n_terms; i++)
        if (f->terms[i].symbol == NVB_SYM_ROUNDING)
            return f->value;
    return r->before;
}
