/*
 * test_wording.c: numbers, texts and formulas as people read them, in Dutch and English, and how
 * they are set on a page.
 *
 * Expected texts are written by hand. Numbers are written with a calc that may use machine integers
 * and with one that may not: both must give the same text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "formats/word/layout.h"
#include "formats/word/wording.h"
#include "formats/word/wording_fill.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static nvb_text text(const char *s)
{
    return (nvb_text){s, strlen(s)};
}

static void expect(nvb_buffer *out, const char *wanted)
{
    assert_false(out->failed);
    assert_string_equal(out->s ? out->s : "", wanted);
    nvb_buffer_release(out);
}

/* "12.50" or "-2/3". */
static nvb_num number(nvb_calc *calc, const char *s)
{
    nvb_num v;
    bool minus = *s == '-';
    nvb_text t = text(s + minus);
    nvb_num_syntax syntax =
        strchr(s, '/') ? nvb_num_parse_fraction(calc, &v, t) : nvb_num_parse(calc, &v, t);
    assert_int_equal(syntax, NVB_SYNTAX_OK);
    return minus ? nvb_num_neg(calc, v) : v;
}

/* --- numbers --- */

typedef struct number_case {
    const char *value;
    nvb_unit unit;
    const char *nl, *en;
    bool exact;
} number_case;

static const number_case numbers[] = {
    {"0",                               NVB_EUR,     "€ 0,00",                                      "€0.00",                true },
    {"31.39",                           NVB_EUR,     "€ 31,39",                                     "€31.39",               true },
    {"5",                               NVB_EUR,     "€ 5,00",                                      "€5.00",                true },
    {"5.1",                             NVB_EUR,     "€ 5,10",                                      "€5.10",                true },
    {"999.995",                         NVB_EUR,     "€ 999,995",                                   "€999.995",             true },
    {"1000",                            NVB_EUR,     "€ 1.000,00",                                  "€1,000.00",            true },
    {"1234567.8",                       NVB_EUR,     "€ 1.234.567,80",                              "€1,234,567.80",        true },
    {"-1234.5",                         NVB_EUR,     "−€ 1.234,50",                               "−€1,234.50",         true },
    {"-0.01",                           NVB_EUR,     "−€ 0,01",                                   "−€0.01",             true },
    {"0.1234567891",                    NVB_EUR,     "€ 0,1234567891",                              "€0.1234567891",        true },
    {"0.12345678915",                   NVB_EUR,     "≈ € 0,1234567892",                          "≈ €0.1234567892",    false},
    {"-2/3",                            NVB_EUR,     "≈ −€ 0,6666666667",                       "≈ −€0.6666666667", false},
    {"12345678901234567890123456789.5", NVB_EUR,     "€ 12.345.678.901.234.567.890.123.456.789,50",
     "€12,345,678,901,234,567,890,123,456,789.50",                                                                            true },
    {"6.3",                             NVB_PERCENT, "6,30%",                                         "6.30%",                  true },
    {"100",                             NVB_PERCENT, "100%",                                          "100%",                   true },
    {"6",                               NVB_PERCENT, "6,00%",                                         "6.00%",                  true },
    {"-10",                             NVB_PERCENT, "−10%",                                        "−10%",                 true },
    {"12.5",                            NVB_PERCENT, "12,50%",                                        "12.50%",                 true },
    {"-1.25",                           NVB_PERCENT, "−1,25%",                                      "−1.25%",               true },
    {"8100/5237",                       NVB_PERCENT, "≈ 1,5466870346%",                             "≈ 1.5466870346%",      false},
    {"1200",                            NVB_UNITS,   "1.200",                                         "1,200",                  true },
    {"12.5",                            NVB_UNITS,   "12,5",                                          "12.5",                   true },
    {"-100",                            NVB_UNITS,   "−100",                                        "−100",                 true },
};

static void writes_numbers(void **state)
{
    for (size_t i = 0; i < COUNT(numbers); i++) {
        const number_case *c = &numbers[i];
        nvb_num v = number(*state, c->value);
        nvb_buffer nl = NVB_BUFFER_INIT, en = NVB_BUFFER_INIT;
        assert_int_equal(nvbi_word_number(&nl, *state, v, c->unit, NVB_NL), c->exact);
        assert_int_equal(nvbi_word_number(&en, *state, v, c->unit, NVB_EN), c->exact);
        expect(&nl, c->nl);
        expect(&en, c->en);
    }
}

static void writes_columns(void **state)
{
    static const struct {
        const char *value;
        unsigned decimals;
        const char *nl;
    } cases[] = {
        {"5",      2, "5,00"            },
        {"5.1234", 2, "5,1234"          },
        {"-5000",  0, "−5.000"        },
        {"-5000",  3, "−5.000,000"    },
        {"1/3",    2, "≈ 0,3333333333"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        nvb_buffer out = NVB_BUFFER_INIT;
        nvbi_word_plain(&out, *state, number(*state, cases[i].value), cases[i].decimals, NVB_NL);
        expect(&out, cases[i].nl);
    }
}

/* What stands before a number stays as it is, whatever moves behind it. */
static void appends(void **state)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_buffer_str(&out, "van ");
    nvbi_word_number(&out, *state, number(*state, "-1234567"), NVB_EUR, NVB_EN);
    nvb_buffer_str(&out, " en ");
    nvbi_word_number(&out, *state, number(*state, "1234567"), NVB_EUR, NVB_NL);
    expect(&out, "van −€1,234,567.00 en € 1.234.567,00");
}

/* --- operands and formulas --- */

static nvb_term
term(nvb_operator op, nvb_symbol symbol, nvb_unit unit, nvb_num value, const char *name)
{
    return (nvb_term){
        .op = op,
        .symbol = symbol,
        .unit = unit,
        .value = value,
        .name = name ? text(name) : (nvb_text){NULL, 0}
    };
}

static void writes_operands(void **state)
{
    static const struct {
        const char *value;
        nvb_unit unit;
        const char *nl;
        bool exact;
    } cases[] = {
        {"0.0475",                 NVB_PERCENT, "4,75%",                      true },
        {"0.12345678901234567890", NVB_UNITS,   "0,1234567890123456789",      true },
        {"0.000000000001",         NVB_EUR,     "€ 0,000000000001",         true },
        {"2/3",                    NVB_PERCENT, "2/3",                        true },
        {"-2/3",                   NVB_UNITS,   "−2/3",                     true },
        {"1/2640",                 NVB_UNITS,   "1/2640",                     true },
        {"81/5237",                NVB_PERCENT, "81/5237",                    true },
        {"999999999/7",            NVB_UNITS,   "999999999/7",                true },
        {"1000000000/7",           NVB_UNITS,   "≈ 142.857.142,8571428571", false},
        {"1000000/999999",         NVB_UNITS,   "≈ 1,0000010000",           false}, /* 13 digits together */
        {"100/3",                  NVB_EUR,     "€ 100/3",                  true },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        nvb_term t = term(NVB_NO_OPERATOR, NVB_SYM_FACTOR, cases[i].unit,
                          number(*state, cases[i].value), NULL);
        nvb_buffer out = NVB_BUFFER_INIT;
        assert_int_equal(nvbi_word_operand(&out, *state, &t, NVB_NL), cases[i].exact);
        expect(&out, cases[i].nl);
    }
}

static void check_formula(nvb_calc *calc,
                          nvb_term *terms,
                          uint32_t n,
                          nvb_lang lang,
                          const char *symbols,
                          const char *filled)
{
    nvb_figure f = {.kind = NVB_FIG_STEP, .terms = terms, .n_terms = n};
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_word_formula(&out, calc, &f, lang);
    expect(&out, symbols);
    nvbi_word_filled(&out, calc, &f, lang);
    expect(&out, filled);
}

static void writes_formulas(void **state)
{
    nvb_calc *calc = *state;
    nvb_term step[] = {
        term(NVB_NO_OPERATOR, NVB_SYM_BASIS, NVB_EUR, number(calc, "100"), NULL),
        term(NVB_TIMES, NVB_SYM_INDEX, NVB_PERCENT, number(calc, "0.063"), "lpo-2024")};
    check_formula(calc, step, 2, NVB_NL, "basis × lpo-2024", "€ 100,00 × 6,30%");
    check_formula(calc, step, 2, NVB_EN, "base × lpo-2024", "€100.00 × 6.30%");

    nvb_term discount[] = {
        term(NVB_MINUS, NVB_SYM_BASIS, NVB_EUR, number(calc, "100"), NULL),
        term(NVB_PLUS, NVB_SYM_STEP, NVB_EUR, number(calc, "-3.5"), "prem"),
        term(NVB_TIMES, NVB_SYM_PERCENTAGE, NVB_PERCENT, number(calc, "0.01"), NULL)};
    discount[0].open = 1;
    discount[1].close = 1;
    check_formula(calc, discount, 3, NVB_NL, "−(basis + prem) × percentage",
                  "−(€ 100,00 + (−€ 3,50)) × 1,00%");
    check_formula(calc, discount, 3, NVB_EN, "−(base + prem) × percentage",
                  "−(€100.00 + (−€3.50)) × 1.00%");

    nvb_term ratio[] = {
        term(NVB_NO_OPERATOR, NVB_SYM_NUMBER, NVB_UNITS, nvb_num_int(1), NULL),
        term(NVB_PLUS, NVB_SYM_LAST_DEFINITIVE, NVB_PERCENT, number(calc, "0.0636"), NULL),
        term(NVB_DIVIDED, NVB_SYM_NUMBER, NVB_UNITS, nvb_num_int(1), NULL),
        term(NVB_PLUS, NVB_SYM_LAST_PROVISIONAL, NVB_PERCENT, number(calc, "0.0474"), NULL),
        term(NVB_MINUS, NVB_SYM_NUMBER, NVB_UNITS, nvb_num_int(1), NULL)};
    ratio[0].open = ratio[2].open = 1;
    ratio[1].close = ratio[3].close = 1;
    check_formula(calc, ratio, 5, NVB_NL,
                  "(1 + definitief vorig jaar) ÷ (1 + voorlopig vorig jaar) − 1",
                  "(1 + 6,36%) ÷ (1 + 4,74%) − 1");

    nvb_term share[] = {term(NVB_NO_OPERATOR, NVB_SYM_AMOUNT, NVB_EUR, number(calc, "90"), NULL),
                        term(NVB_TIMES, NVB_SYM_SHARE, NVB_PERCENT, number(calc, "2/3"), NULL),
                        term(NVB_PLUS, NVB_SYM_FACTOR, NVB_UNITS, number(calc, "1/3"), NULL)};
    check_formula(calc, share, 3, NVB_NL, "bedrag × aandeel + factor", "€ 90,00 × (2/3) + 1/3");
}

static void names_tiers_from_one(void **state)
{
    nvb_term t = term(NVB_NO_OPERATOR, NVB_SYM_TIER, NVB_EUR, nvb_num_int(0), "0");
    nvb_buffer out = NVB_BUFFER_INIT;
    (void)state;
    nvbi_word_symbol(&out, &t, NVB_NL);
    expect(&out, "omzet trede 1");
}

/* A symbol or a kind without words would be a figure nobody can read. */
static void every_name_is_there(void **state)
{
    (void)state;
    static const nvb_component component = {
        .id = {"ova", 3}
    };
    for (int lang = NVB_NL; lang <= NVB_EN; lang++) {
        for (int s = 0; s < NVB_SYM_COUNT; s++) {
            nvb_buffer out = NVB_BUFFER_INIT;
            nvb_term t = {.symbol = (nvb_symbol)s};
            nvbi_word_symbol(&out, &t, (nvb_lang)lang);
            assert_true(out.n > 0);
            nvb_buffer_release(&out);
        }
        for (int k = 0; k < NVB_FIGURE_KIND_COUNT; k++) {
            nvb_buffer out = NVB_BUFFER_INIT;
            nvb_figure f = {.kind = (nvb_figure_kind)k, .component = &component};
            nvbi_word_label(&out, &f, (nvb_lang)lang);
            assert_true(out.n > 0);
            assert_true(out.s[out.n - 1] != ' ');
            nvb_buffer_release(&out);
        }
        for (int m = 0; m < NVB_MODE_COUNT; m++)
            assert_true(*nvbi_word_mode((nvb_mode)m, (nvb_lang)lang));
        for (int c = 0; c < NVB_CATEGORY_COUNT; c++)
            assert_true(*nvbi_word_category((nvb_category)c, (nvb_lang)lang));
        for (int i = 0; i < NVB_ITEM_COUNT; i++)
            assert_true(*nvbi_word_item((nvb_item)i, (nvb_lang)lang));
    }
    assert_string_equal(nvbi_word_category(NVB_CATEGORY_COUNT, NVB_NL), "");
}

static void labels(void **state)
{
    (void)state;
    nvb_step step = {.id = text("doel \x1B[31m"), .kind = NVB_STEP_DISCOUNT};
    nvb_index index = {.id = text("lpo-2024")};
    nvb_component component = {.id = text("ova")};
    nvb_figure f = {.kind = NVB_FIG_STEP, .step = &step};
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_word_label(&out, &f, NVB_NL);
    expect(&out, "Afslag doel ␛[31m");
    step.id = text("afslag");
    nvbi_word_label(&out, &f, NVB_NL);
    expect(&out, "Afslag");
    step.kind = NVB_STEP_INDEX;
    step.index = index.id;
    nvbi_word_label(&out, &f, NVB_EN);
    expect(&out, "Indexation lpo-2024");
    f = (nvb_figure){.kind = NVB_FIG_COMPONENT_AFTER, .index = &index, .component = &component};
    nvbi_word_label(&out, &f, NVB_NL);
    expect(&out, "Index lpo-2024: nacalculatie ova");
    nvbi_word_label_within(&out, &f, NVB_NL);
    expect(&out, "Nacalculatie ova");
    f = (nvb_figure){.kind = NVB_FIG_PART_REST, .cause = NVB_CAUSE_METHOD | NVB_CAUSE_ROUNDING};
    nvbi_word_label(&out, &f, NVB_NL);
    expect(&out, "Rest door methode en afronding van de index");
}

static void articles_and_roundings(void **state)
{
    nvb_rounded r = {NVB_ROUNDED_FIGURE, 2, NVB_ARITHMETIC, number(*state, "104.3512"),
                     number(*state, "104.35")};
    nvb_figure f = {.kind = NVB_FIG_TARIFF, .unit = NVB_EUR, .rounded = &r};
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_word_article(&out, &f, NVB_NL);
    expect(&out, "");
    f.items = 1U << NVB_ITEM_SURCHARGES;
    nvbi_word_article(&out, &f, NVB_NL);
    expect(&out, "TH/NR-038 art. 6 lid 4, onderdeel 3");
    f.items |= 1U << NVB_ITEM_VOLUME | 1U << NVB_ITEM_AGREEMENTS;
    nvbi_word_article(&out, &f, NVB_NL);
    expect(&out, "TH/NR-038 art. 6 lid 4, onderdelen 3, 4 en 6");
    nvbi_word_article(&out, &f, NVB_EN);
    expect(&out, "TH/NR-038 art. 6(4), items 3, 4 and 6");
    nvbi_word_rounding(&out, *state, &f, NVB_NL);
    expect(&out, "afgerond op 2 decimalen, rekenkundig: 104,3512 → 104,35");
    r.decimals = 1;
    r.what = NVB_ROUNDED_STAND;
    r.after = number(*state, "104.4");
    f.unit = NVB_PERCENT;
    nvbi_word_rounding(&out, *state, &f, NVB_NL);
    expect(&out, "stand afgerond op 1 decimaal, rekenkundig: 104,3512% → 104,4%");
}

static void dates(void **state)
{
    (void)state;
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_word_date(&out, (nvb_date){2025, 9, 24}, NVB_NL);
    expect(&out, "24 september 2025");
    nvbi_word_date(&out, (nvb_date){2025, 9, 24}, NVB_EN);
    expect(&out, "24 September 2025");
    nvbi_word_date(&out, (nvb_date){0, 0, 0}, NVB_NL);
    expect(&out, "");
}

/* --- texts of documents --- */

static void makes_texts_safe(void **state)
{
    (void)state;
    static const struct {
        const char *text, *safe;
    } cases[] = {
        {"gewoon, één € 5",               "gewoon, één € 5"       },
        {"regel\neen\r\ntwee\tdrie",          "regel een twee drie"       },
        {"\x1B[31mrood\x1B[0m",               "␛[31mrood␛[0m"         },
        {"a\x7F",                             "a␡"                      },
        {"\x01\x08",                          "␁␈"                    },
        {"a\xC2\x9B"
         "31m",                      "a‹U+009B›31m"          }, /* CSI in one character */
        {"ab\xE2\x80\xAE"
         "dc",                       "ab‹U+202E›dc"          }, /* right-to-left override */
        {"\xE2\x81\xA6x\xE2\x81\xA9",         "‹U+2066›x‹U+2069›" }, /* isolates */
        {"a\xE2\x80\x8B"
         "b",                        "a‹U+200B›b"            }, /* zero width space */
        {"a\xE2\x80\xA8"
         "b\xE2\x80\xA9"
         "c",                        "a b c"                     }, /* line separators */
        {"\xF3\xA0\x81\x81",                  "‹U+E0041›"             }, /* a tag */
        {"\xEF\xBB\xBFx",                     "‹U+FEFF›x"             },
        {"\xE3\x85\xA4\xEF\xBE\xA0",          "‹U+3164›‹U+FFA0›"  }, /* fillers of Hangul */
        {"\xE1\x85\x9F\xE1\x85\xA0",          "‹U+115F›‹U+1160›"  },
        {"\xE2\xA0\x80",                      "‹U+2800›"              }, /* blank Braille */
        {"a\xCD\x8F",                         "a‹U+034F›"             }, /* grapheme joiner */
        {"\xE2\x9A\x95\xEF\xB8\x8F",          "⚕‹U+FE0F›"           }, /* variation selectors */
        {"\xEF\xB8\x80\xF3\xA0\x84\x80",      "‹U+FE00›‹U+E0100›" },
        {"\xE1\xA0\x8B\xE1\xA0\x8E",          "‹U+180B›‹U+180E›"  },
        {"\xE1\x9E\xB4\xE1\x9E\xB5",          "‹U+17B4›‹U+17B5›"  },
        {"\xF3\xA0\x80\x80\xF3\xA0\xBF\xBF",  "‹U+E0000›‹U+E0FFF›"},
        {"\xF0\x9D\x85\xB3\xF0\x9D\x85\xBA",  "‹U+1D173›‹U+1D17A›"},
        {"e\xCC\x81\xE3\x85\xA3\xEF\xBD\xA1",
         "e\xCC\x81\xE3\x85\xA3\xEF\xBD\xA1"                              }, /* what is seen stays */
        {"👩\xE2\x80\x8D⚕",               "👩\xE2\x80\x8D⚕"       }, /* joiners stay */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        nvb_buffer out = NVB_BUFFER_INIT;
        nvbi_word_safe(&out, text(cases[i].text));
        expect(&out, cases[i].safe);
    }
}

static void counts_columns(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t columns;
    } cases[] = {
        {"",                   0},
        {"basis",              5},
        {"€ 5,00",           6},
        {"één",              3},
        {"e\xCC\x81\xCC\x82n", 2},
        {"─│└",          3}
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(nvbi_word_width(cases[i].text, strlen(cases[i].text)), cases[i].columns);
}

/* --- the page --- */

static void wraps(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned first, rest, width;
        const char *page;
    } cases[] = {
        {"een twee drie",             0, 0, 80, "een twee drie\n"             },
        {"een twee drie",             0, 0, 8,  "een twee\ndrie\n"            },
        {"een twee drie",             2, 4, 9,  "  een\n    twee\n    drie\n" },
        {"één twéé",              0, 0, 8,  "één twéé\n"              },
        {"  een   twee ",             0, 0, 80, "een twee\n"                  },
        {"abcdefgh",                  0, 1, 4,  "abcd\n efg\n h\n"            },
        {"a bcdefgh",                 0, 0, 4,  "a\nbcde\nfgh\n"              },
        {"€€€€€",           0, 0, 2,  "€€\n€€\n€\n"       },
        {"",                          3, 0, 10, "   \n"                       },
        {"abc",                       5, 5, 5,  "     a\n     b\n     c\n"    },
 /* A sign stays with its number. */
        {"kost € 12,50 nu",         0, 0, 8,  "kost\n€ 12,50\nnu\n"       },
        {"basis × lpo − € 5,00", 0, 0, 14, "basis × lpo\n− € 5,00\n"},
        {"is ≈ € 5,00",           0, 0, 7,  "is ≈\n€ 5,00\n"          },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        nvb_buffer out = NVB_BUFFER_INIT;
        nvbi_layout_wrap(&out, text(cases[i].text), cases[i].first, cases[i].rest, cases[i].width);
        expect(&out, cases[i].page);
    }
}

static void aligns(void **state)
{
    (void)state;
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_buffer_str(&out, "|");
    nvb_buffer_str(&out, "één");
    nvbi_layout_pad(&out, 1, 6);
    nvbi_layout_right(&out, "€ 5", strlen("€ 5"), 5);
    nvbi_layout_right(&out, "te breed", 8, 5);
    nvb_buffer_str(&out, "\n");
    nvbi_layout_rule(&out, "─", 3);
    expect(&out, "|één     € 5te breed\n───\n");
    assert_int_equal(nvbi_layout_fit("één", strlen("één"), 2), strlen("éé"));
    assert_int_equal(nvbi_layout_fit("e\xCC\x81n", 4, 1), 3);
}

static int machine_calc(void **state)
{
    *state = nvb_calc_new(0);
    return *state ? 0 : -1;
}

static int mpfr_calc(void **state)
{
    *state = nvb_calc_new(NVB_CALC_MPFR_ONLY);
    return *state ? 0 : -1;
}

static int free_calc(void **state)
{
    nvb_calc_free(*state);
    return 0;
}

/* The formatter takes the braces of a row for a block. */
/* clang-format off */
#define BOTH(test)                                                                                 \
    {#test ", machine", test, machine_calc, free_calc, NULL},                                      \
    {#test ", MPFR only", test, mpfr_calc, free_calc, NULL}
/* clang-format on */

/* Articles of rules: as the core has them in Dutch, in English without a Dutch word. */
static void articles_of_rules(void **state)
{
    (void)state;
    static const char *const dutch[] = {"lid", "onderdeel", "Handvatten", "richtsnoer", "eigen"};
    assert_string_equal(nvbi_word_rule_article(NVB_RULE_BASIS, NVB_EN),
                        "TH/NR-038 art. 6(4), item 1");
    assert_string_equal(nvbi_word_rule_article(NVB_RULE_OVA, NVB_EN), "NZa guidance, guideline 7");
    for (nvb_rule r = 0; r < NVB_RULE_COUNT; r++) {
        assert_string_equal(nvbi_word_rule_article(r, NVB_NL), nvb_rule_article(r));
        for (size_t i = 0; i < COUNT(dutch); i++)
            assert_null(strstr(nvbi_word_rule_article(r, NVB_EN), dutch[i]));
    }
}

/* --- forms of sentences --- */

static void chooses_forms(void **state)
{
    (void)state;
    static const struct {
        const char *sentence, *word, *filled;
    } cases[] = {
        {"{1#de ene|beide|alle {1}}",     "1",  "de ene"        },
        {"{1#de ene|beide|alle {1}}",     "2",  "beide"         },
        {"{1#de ene|beide|alle {1}}",     "3",  "alle 3"        },
        {"{1#dag|dagen}",                 "2",  "dagen"         },
        {"ten {1=28?minste|hoogste} {1}", "28", "ten minste 28" },
        {"ten {1=28?minste|hoogste} {1}", "42", "ten hoogste 42"},
        {"kort{1=28?: {1}|}.",            "42", "kort."         },
        {"{1?bekend: {1}|nog geen}",      "a",  "bekend: a"     },
        {"{1?bekend: {1}|nog geen}",      "-",  "nog geen"      },
        {"{1?bekend: {1}|nog geen}",      "",   "nog geen"      },
        {"{2?bekend: {2}|nog geen}",      "a",  "nog geen"      },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        nvb_buffer out = NVB_BUFFER_INIT;
        nvb_text words[] = {
            text(cases[i].word), {NULL, 0}
        };
        nvbi_word_fill(&out, cases[i].sentence, words, 2, NVB_NL);
        expect(&out, cases[i].filled);
    }
    assert_int_equal(nvbi_word_needed("{1} {2?{2}|-} {3#a|b}"), 5);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        BOTH(writes_numbers),
        BOTH(writes_columns),
        BOTH(appends),
        BOTH(writes_operands),
        BOTH(writes_formulas),
        BOTH(articles_and_roundings),
        cmocka_unit_test(articles_of_rules),
        cmocka_unit_test(chooses_forms),
        cmocka_unit_test(names_tiers_from_one),
        cmocka_unit_test(every_name_is_there),
        cmocka_unit_test(labels),
        cmocka_unit_test(dates),
        cmocka_unit_test(makes_texts_safe),
        cmocka_unit_test(counts_columns),
        cmocka_unit_test(wraps),
        cmocka_unit_test(aligns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
