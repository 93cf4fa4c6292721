/*
 * test_number.c: the number module against hand arithmetic: laws, every rounding mode, syntax, the
 * borders of the machine's integers and the limit of digits.
 *
 * Every case runs twice, with a calc that may use machine integers and with one that may not.
 * Random operands against another implementation are in tests/property/test_number_oracle.py.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "numbig.h"
#include "numtext.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITISED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITISED
#endif
#endif

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define INT128_LAST  "170141183460469231731687303715884105727" /* 2^127 - 1 */
#define INT128_AFTER "170141183460469231731687303715884105728" /* 2^127 */
#define MINUS_LAST   "-170141183460469231731687303715884105727"
#define TWO_128      "340282366920938463463374607431768211456" /* 2^128 */
#define NINES_38     "99999999999999999999999999999999999999"
#define NINES_39     "999999999999999999999999999999999999999"
#define NINES_40     "9999999999999999999999999999999999999999"

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

/* A test that leaves an error behind has not looked at it. */
static int free_calc(void **state)
{
    nvb_num_error left = nvb_calc_take_error(*state);
    nvb_calc_free(*state);
    return left == NVB_NUM_OK ? 0 : -1;
}

static nvb_num num(nvb_calc *calc, const char *s)
{
    nvb_text text = {s, strlen(s)};
    nvb_num v;
    nvb_num_syntax why =
        strchr(s, '/') ? nvb_num_parse_fraction(calc, &v, text) : nvb_num_parse(calc, &v, text);
    assert_int_equal(why, NVB_SYNTAX_OK);
    return v;
}

static void assert_text(nvb_calc *calc, nvb_num v, const char *expected)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_num_append(calc, &out, v);
    assert_string_equal(out.s, expected);
    nvb_buffer_release(&out);
}

static void assert_fraction(nvb_calc *calc, nvb_num v, const char *expected)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_num_append_fraction(calc, &out, v);
    assert_string_equal(out.s, expected);
    nvb_buffer_release(&out);
}

static void
assert_fixed(nvb_calc *calc, nvb_num v, unsigned decimals, const char *expected, bool exact)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    assert_int_equal(nvbi_num_append_fixed(calc, &out, v, decimals), exact);
    assert_string_equal(out.s, expected);
    nvb_buffer_release(&out);
}

static void assert_same(nvb_calc *calc, nvb_num a, nvb_num b)
{
    assert_int_equal(nvb_num_cmp(calc, a, b), 0);
}

/* Operations. */

static void sums_carry(void **state)
{
    static const char *const cases[][3] = {
        {"999.99",                 "0.01",                   "1000"                                     },
        {"0.99999999999999999999", "0.00000000000000000001", "1"                                        },
        {"9999999999999999999",    "1",                      "10000000000000000000"                     },
        {"18446744073709551615",   "1",                      "18446744073709551616"                     },
        {NINES_38,                 "1",                      "100000000000000000000000000000000000000"  },
        {NINES_40,                 "1",                      "10000000000000000000000000000000000000000"},
        {INT128_LAST,              "1",                      INT128_AFTER                               },
        {"-" INT128_LAST,          "-1",                     "-" INT128_AFTER                           },
        {"31.39",                  "1.491025",               "32.881025"                                },
        {"-1.5",                   "1.50",                   "0"                                        },
        {"1/3",                    "1/6",                    "0.5"                                      },
        {"1/3",                    "0.5",                    "0.83333333333333333333"                   },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        nvb_num a = num(*state, cases[i][0]), b = num(*state, cases[i][1]);
        assert_text(*state, nvb_num_add(*state, a, b), cases[i][2]);
        assert_text(*state, nvb_num_add(*state, b, a), cases[i][2]);
        assert_text(*state, nvb_num_sub(*state, a, nvb_num_neg(*state, b)), cases[i][2]);
    }
}

static void products_are_exact(void **state)
{
    static const char *const cases[][3] = {
        {"31.39",                "0.0475",                "1.491025"              },
        {"-0.5",                 "0.05",                  "-0.025"                },
        {"0",                    "-7",                    "0"                     },
        {"99999999999",          "99999999999",           "9999999999800000000001"},
        {"18446744073709551616", "18446744073709551616",  TWO_128                 },
        {"9223372036854775808",  "-18446744073709551616", "-" INT128_AFTER        },
        {"2/3",                  "3/2",                   "1"                     },
        {"1/2640",               "66",                    "0.025"                 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        nvb_num a = num(*state, cases[i][0]), b = num(*state, cases[i][1]);
        assert_text(*state, nvb_num_mul(*state, a, b), cases[i][2]);
        assert_text(*state, nvb_num_mul(*state, b, a), cases[i][2]);
    }
}

static void quotients_keep_their_sign(void **state)
{
    static const char *const cases[][3] = {
        {"1",      "-3",         "-1/3"                                       },
        {"-1",     "-8",         "1/8"                                        },
        {"-1/3",   "2/9",        "-3/2"                                       },
        {"0",      "-8",         "0/1"                                        },
        {"1.0636", "-0.04",      "-2659/100"                                  },
        {NINES_40, "-3",         "-3333333333333333333333333333333333333333/1"},
        {"-1",     "-" NINES_40, "1/" NINES_40                                },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        nvb_num a = num(*state, cases[i][0]), b = num(*state, cases[i][1]);
        nvb_num quotient = nvb_num_div(*state, a, b);
        assert_fraction(*state, quotient, cases[i][2]);
        assert_int_equal(nvb_num_sign(quotient), nvb_num_sign(a) * nvb_num_sign(b));
    }
}

static void operations_undo_each_other(void **state)
{
    static const char *const values[] = {
        "1",
        "-7",
        "0.01",
        "-123.45",
        "1/3",
        "-22/7",
        "1/2640",
        "104.35",
        NINES_38,
        NINES_40,
        "0.00000000000000000001",
        MINUS_LAST,
        INT128_AFTER,
        "99999999999999999999.99999999999999999999",
        "85070591730234615865843651857942052864", /* 2^126 */
    };
    for (size_t i = 0; i < COUNT(values); i++) {
        for (size_t j = 0; j < COUNT(values); j++) {
            nvb_num a = num(*state, values[i]), b = num(*state, values[j]);
            assert_same(*state, nvb_num_sub(*state, nvb_num_add(*state, a, b), b), a);
            assert_same(*state, nvb_num_div(*state, nvb_num_mul(*state, a, b), b), a);
            assert_same(*state, nvb_num_neg(*state, nvb_num_sub(*state, a, b)),
                        nvb_num_sub(*state, b, a));
            assert_same(*state, nvb_num_shift(*state, nvb_num_shift(*state, a, 44), -44), a);
            assert_int_equal(nvb_num_cmp(*state, a, b), -nvb_num_cmp(*state, b, a));
        }
    }
}

static void shifts(void **state)
{
    assert_text(*state, nvb_num_shift(*state, num(*state, "4.75"), -2), "0.0475");
    assert_text(*state, nvb_num_shift(*state, num(*state, "4.75"), 2), "475");
    assert_text(*state, nvb_num_shift(*state, num(*state, "4.75"), 3), "4750");
    assert_text(*state, nvb_num_shift(*state, num(*state, "-1/3"), 1), "-3.33333333333333333333");
    assert_fraction(*state, nvb_num_shift(*state, num(*state, "1/3"), -40),
                    "1/30000000000000000000000000000000000000000");
    assert_text(*state, nvb_num_shift(*state, num(*state, "0"), INT_MAX), "0");
    assert_text(*state, nvb_num_shift(*state, num(*state, "0"), INT_MIN), "0");
}

/* (1 + 6.36%) / (1 + 4.74%) - 1: 1.0474 x 1.0154 = 1.06352996 leaves 0.00007004, which is 0.0000668
 * of 1.0474; so 1.54668...%. */
static void a_correction_of_an_index(void **state)
{
    nvb_num one = nvb_num_int(1), d, p;
    nvb_num_parse_percent(*state, &d, NVB_TEXT("6.36%"));
    nvb_num_parse_percent(*state, &p, NVB_TEXT("4.74"));
    nvb_num n = nvb_num_div(*state, nvb_num_add(*state, one, d), nvb_num_add(*state, one, p));
    n = nvb_num_shift(*state, nvb_num_sub(*state, n, one), 2);
    assert_text(*state, nvb_num_round(*state, n, 2, NVB_ARITHMETIC), "1.55");
    assert_fraction(*state, n, "8100/5237"); /* 100 x 162 / 10474 */
    assert_false(nvb_num_terminates(*state, n, 20));
}

static void comparison(void **state)
{
    static const char *const rising[] = {
        "-" NINES_40,
        "-" INT128_AFTER,
        "-1",
        "-1/3",
        "-0.33333333333333333333",
        "0",
        "0.00000000000000000001",
        "0.33333333333333333333",
        "1/3",
        "0.33333333333333333334",
        "1",
        INT128_LAST,
        INT128_AFTER,
        NINES_40,
    };
    for (size_t i = 0; i < COUNT(rising); i++) {
        nvb_num a = num(*state, rising[i]);
        assert_int_equal(nvb_num_sign(a), (i > 5) - (i < 5));
        for (size_t j = 0; j < COUNT(rising); j++)
            assert_int_equal(nvb_num_cmp(*state, a, num(*state, rising[j])), (i > j) - (i < j));
    }
}

static void termination(void **state)
{
    static const struct {
        const char *value;
        unsigned decimals;
        bool expected;
    } cases[] = {
        {"1/8",    3,        true },
        {"1/8",    2,        false},
        {"3/24",   3,        true },
        {"1/3",    20,       false},
        {"1/3",    UINT_MAX, false},
        {"6/3",    0,        true },
        {"1.10",   1,        true },
        {"1.11",   1,        false},
        {"0.000",  0,        true },
        {NINES_40, 0,        true },
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(nvb_num_terminates(*state, num(*state, cases[i].value), cases[i].decimals),
                         cases[i].expected);
    nvb_num tiny = nvb_num_shift(*state, nvb_num_int(1), -45);
    assert_true(nvb_num_terminates(*state, tiny, 45));
    assert_false(nvb_num_terminates(*state, tiny, 44));
    assert_false(nvb_num_terminates(*state, tiny, 0));
}

static void division_by_zero(void **state)
{
    nvb_num zero = num(*state, "0.00");
    assert_text(*state, nvb_num_div(*state, nvb_num_int(1), zero), "0");
    assert_int_equal(nvb_calc_take_error(*state), NVB_NUM_DIVISION);
    assert_int_equal(nvb_calc_take_error(*state), NVB_NUM_OK);
    nvb_num_div(*state, zero, zero);
    assert_int_equal(nvb_calc_take_error(*state), NVB_NUM_DIVISION);
}

/* Rounding: the modes in the order of NVB_MODES. */

static void every_mode(void **state)
{
    static const struct {
        const char *value;
        unsigned decimals;
        const char *expected[NVB_MODE_COUNT];
    } cases[] = {
        {"1.235",                                     2, {"1.24", "1.24", "1.24", "1.23", "1.23", "1.24"}                                  },
        {"-1.235",                                    2, {"-1.24", "-1.24", "-1.23", "-1.24", "-1.23", "-1.24"}                            },
        {"1.225",                                     2, {"1.23", "1.22", "1.23", "1.22", "1.22", "1.23"}                                  },
        {"-1.225",                                    2, {"-1.23", "-1.22", "-1.22", "-1.23", "-1.22", "-1.23"}                            },
        {"1.2349",                                    2, {"1.23", "1.23", "1.24", "1.23", "1.23", "1.24"}                                  },
        {"-1.2349",                                   2, {"-1.23", "-1.23", "-1.23", "-1.24", "-1.23", "-1.24"}                            },
        {"1.2351",                                    2, {"1.24", "1.24", "1.24", "1.23", "1.23", "1.24"}                                  },
        {"1.23",                                      2, {"1.23", "1.23", "1.23", "1.23", "1.23", "1.23"}                                  },
        {"1.2300",                                    2, {"1.23", "1.23", "1.23", "1.23", "1.23", "1.23"}                                  },
        {"0.5",                                       0, {"1", "0", "1", "0", "0", "1"}                                                    },
        {"-0.5",                                      0, {"-1", "0", "0", "-1", "0", "-1"}                                                 },
        {"2.5",                                       0, {"3", "2", "3", "2", "2", "3"}                                                    },
        {"9.995",                                     2, {"10", "10", "10", "9.99", "9.99", "10"}                                          },
        {"-9.995",                                    2, {"-10", "-10", "-9.99", "-10", "-9.99", "-10"}                                    },
        {"2/3",                                       2, {"0.67", "0.67", "0.67", "0.66", "0.66", "0.67"}                                  },
        {"-2/3",                                      2, {"-0.67", "-0.67", "-0.66", "-0.67", "-0.66", "-0.67"}                            },
        {"1/2000",                                    3, {"0.001", "0", "0.001", "0", "0", "0.001"}                                        },
        {"7/200",                                     2, {"0.04", "0.04", "0.04", "0.03", "0.03", "0.04"}                                  },
        {"-9/6",                                      0, {"-2", "-2", "-1", "-2", "-1", "-2"}                                              },
        {"0.00000000000000000001",                    0, {"0", "0", "1", "0", "0", "1"}                                                    },
        {"-0.00000000000000000001",
         19,                                             {"0", "0", "0", "-0.0000000000000000001", "0", "-0.0000000000000000001"}          },
        {INT128_LAST ".5",
         0,                                              {INT128_AFTER, INT128_AFTER, INT128_AFTER, INT128_LAST, INT128_LAST, INT128_AFTER}},
        {"99999999999999999999.99999999999999999999",
         19,                                             {"100000000000000000000", "100000000000000000000", "100000000000000000000",
          "99999999999999999999.9999999999999999999", "99999999999999999999.9999999999999999999",
          "100000000000000000000"}                                                                                             },
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        for (nvb_mode mode = NVB_ARITHMETIC; mode < NVB_MODE_COUNT; mode++)
            assert_text(*state,
                        nvb_num_round(*state, num(*state, cases[i].value), cases[i].decimals, mode),
                        cases[i].expected[mode]);
}

/* Half of 10^-2 must not be taken for reached, nor passed, by what lies far beyond the shown
 * decimals. */
static void ties_by_a_hair(void **state)
{
    nvb_num tie = num(*state, "0.125"), hair = nvb_num_shift(*state, nvb_num_int(1), -58);
    nvb_num over = nvb_num_add(*state, tie, hair), under = nvb_num_sub(*state, tie, hair);
    assert_text(*state, nvb_num_round(*state, over, 2, NVB_HALF_EVEN), "0.13");
    assert_text(*state, nvb_num_round(*state, under, 2, NVB_ARITHMETIC), "0.12");
    assert_text(*state, nvb_num_round(*state, hair, 2, NVB_UP), "0.01");
    assert_text(*state, nvb_num_round(*state, hair, 2, NVB_ARITHMETIC), "0");
    nvb_num third_of_hair = nvb_num_div(*state, hair, nvb_num_int(3));
    over = nvb_num_add(*state, tie, third_of_hair);
    assert_text(*state, nvb_num_round(*state, over, 2, NVB_HALF_EVEN), "0.13");
    assert_text(*state, nvb_num_round(*state, nvb_num_neg(*state, over), 2, NVB_HALF_EVEN),
                "-0.13");
}

/* Coefficients that just fit 128 bits, quotients that just do not. With 2^127 = ...105728:
 * 7 x 2^127 - 6 = 10 x 1190...4009, so 1190...4009 / 7 is 2^127 / 10 less 6/70, and 1190...4010 / 7
 * is 4/70 more. */
static void rounding_at_the_border(void **state)
{
    nvb_calc *calc = *state;
    nvb_num v = num(calc, "150000000000000000000000000000000000001");
    nvb_num above = nvb_num_shift(calc, v, -38), below = nvb_num_shift(calc, v, -39);
    assert_text(calc, nvb_num_round(calc, above, 0, NVB_HALF_EVEN), "2");
    assert_text(calc, nvb_num_round(calc, above, 0, NVB_DOWN), "1");
    assert_text(calc, nvb_num_round(calc, above, 1, NVB_UP), "1.6");
    assert_text(calc, nvb_num_round(calc, below, 0, NVB_ARITHMETIC), "0");
    assert_text(calc, nvb_num_round(calc, below, 0, NVB_UP), "1");
    assert_text(calc, nvb_num_round(calc, below, 1, NVB_ARITHMETIC), "0.2");

    nvb_num under = num(calc, "119098828422328462212181112601118874009/7");
    assert_text(calc, nvb_num_round(calc, under, 1, NVB_DOWN),
                "17014118346046923173168730371588410572.7");
    assert_text(calc, nvb_num_round(calc, under, 1, NVB_UP),
                "17014118346046923173168730371588410572.8");
    assert_text(calc, nvb_num_round(calc, nvb_num_neg(calc, under), 1, NVB_DOWN),
                "-17014118346046923173168730371588410572.8");
    nvb_num over = num(calc, "119098828422328462212181112601118874010/7");
    assert_text(calc, nvb_num_round(calc, over, 1, NVB_DOWN),
                "17014118346046923173168730371588410572.8");
    assert_text(calc, nvb_num_round(calc, over, 1, NVB_UP),
                "17014118346046923173168730371588410572.9");

    nvb_num deep = nvb_num_div(calc, nvb_num_shift(calc, nvb_num_int(1), -60), nvb_num_int(1000));
    assert_non_null(deep.big);
    assert_same(calc, nvb_num_shift(calc, deep, 63), nvb_num_int(1));
}

/* Text in. */

static void reads_decimals(void **state)
{
    static const char *const cases[][2] = {
        {"1.10",                                       "1.1"                                      },
        {"-0",                                         "0"                                        },
        {"-0.00",                                      "0"                                        },
        {"007",                                        "7"                                        },
        {"100",                                        "100"                                      },
        {"12345678901234567.89",                       "12345678901234567.89"                     },
        {"9999999999999999999",                        "9999999999999999999"                      },
        {"18446744073709551615",                       "18446744073709551615"                     },
        {"-18446744073709551616",                      "-18446744073709551616"                    },
        {"-0.00000000000000000001",                    "-0.00000000000000000001"                  },
        {"1234567890123456789012345678901234567890",   "1234567890123456789012345678901234567890" },
        {"-12345678901234567890.12345678901234567890", "-12345678901234567890.1234567890123456789"},
        {"0000000000000000000000000000000000000001",   "1"                                        },
        {NINES_40,                                     NINES_40                                   },
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_text(*state, num(*state, cases[i][0]), cases[i][1]);
}

typedef nvb_num_syntax reader(nvb_calc *calc, nvb_num *out, nvb_text s);

typedef struct refusal {
    const char *text;
    nvb_num_syntax why;
} refusal;

static void assert_refused(nvb_calc *calc, reader *read, const refusal *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        nvb_num v = nvb_num_int(5);
        assert_int_equal(read(calc, &v, (nvb_text){cases[i].text, strlen(cases[i].text)}),
                         cases[i].why);
        assert_int_equal(nvb_num_sign(v), 0);
    }
}

static void refuses_other_decimals(void **state)
{
    static const refusal cases[] = {
        {"",                                          NVB_SYNTAX_EMPTY   },
        {"1,5",                                       NVB_SYNTAX_COMMA   },
        {"1.234,56",                                  NVB_SYNTAX_COMMA   },
        {"1e5",                                       NVB_SYNTAX_EXPONENT},
        {"1.5E-3",                                    NVB_SYNTAX_EXPONENT},
        {"+1",                                        NVB_SYNTAX_PLUS    },
        {" 1",                                        NVB_SYNTAX_SPACE   },
        {"1 ",                                        NVB_SYNTAX_SPACE   },
        {"1 000",                                     NVB_SYNTAX_SPACE   },
        {"12345678901234567890123456789012345678901", NVB_SYNTAX_TOO_LONG},
        {"00000000000000000000000000000000000000001", NVB_SYNTAX_TOO_LONG},
        {"0.000000000000000000001",                   NVB_SYNTAX_TOO_LONG},
        {"1.",                                        NVB_SYNTAX_OTHER   },
        {".5",                                        NVB_SYNTAX_OTHER   },
        {"-",                                         NVB_SYNTAX_OTHER   },
        {"--1",                                       NVB_SYNTAX_OTHER   },
        {"abc",                                       NVB_SYNTAX_OTHER   },
        {"e5",                                        NVB_SYNTAX_OTHER   },
        {"1.2.3",                                     NVB_SYNTAX_OTHER   },
        {"1%",                                        NVB_SYNTAX_OTHER   },
        {"2/3",                                       NVB_SYNTAX_OTHER   },
        {"0x10",                                      NVB_SYNTAX_OTHER   },
    };
    assert_refused(*state, nvb_num_parse, cases, COUNT(cases));
    nvb_num v;
    assert_int_equal(nvb_num_parse(*state, &v, (nvb_text){NULL, 0}), NVB_SYNTAX_EMPTY);
    assert_int_equal(nvb_num_parse(*state, &v, NVB_TEXT("1\0")), NVB_SYNTAX_OTHER);
}

static void reads_percentages(void **state)
{
    static const char *const same[] = {"4.75%", "4.75", "4.750%"};
    static const refusal refused[] = {
        {"",       NVB_SYNTAX_EMPTY},
        {"%",      NVB_SYNTAX_OTHER},
        {"4.75%%", NVB_SYNTAX_OTHER},
        {"4.75 %", NVB_SYNTAX_SPACE},
        {"4,75%",  NVB_SYNTAX_COMMA},
        {"%4",     NVB_SYNTAX_OTHER},
    };
    nvb_num v;
    for (size_t i = 0; i < COUNT(same); i++) {
        assert_int_equal(nvb_num_parse_percent(*state, &v, (nvb_text){same[i], strlen(same[i])}),
                         NVB_SYNTAX_OK);
        assert_text(*state, v, "0.0475");
    }
    /* Exact beyond the decimals that are ever shown. */
    nvb_num_parse_percent(*state, &v, NVB_TEXT("0.00000000000000000001"));
    assert_fraction(*state, v, "1/10000000000000000000000");
    assert_refused(*state, nvb_num_parse_percent, refused, COUNT(refused));
}

static void reads_fractions(void **state)
{
    static const refusal refused[] = {
        {"",                                            NVB_SYNTAX_EMPTY           },
        {"2",                                           NVB_SYNTAX_OTHER           },
        {"1/",                                          NVB_SYNTAX_OTHER           },
        {"/3",                                          NVB_SYNTAX_OTHER           },
        {"1/0",                                         NVB_SYNTAX_ZERO_DENOMINATOR},
        {"0/000",                                       NVB_SYNTAX_ZERO_DENOMINATOR},
        {"1/-3",                                        NVB_SYNTAX_OTHER           },
        {"1/2/3",                                       NVB_SYNTAX_OTHER           },
        {"1.5/3",                                       NVB_SYNTAX_OTHER           },
        {"1/3%",                                        NVB_SYNTAX_OTHER           },
        {"1,5/3",                                       NVB_SYNTAX_COMMA           },
        {"1/ 3",                                        NVB_SYNTAX_SPACE           },
        {"1/+3",                                        NVB_SYNTAX_PLUS            },
        {"1/12345678901234567890123456789012345678901", NVB_SYNTAX_TOO_LONG        },
    };
    assert_fraction(*state, num(*state, "2/3"), "2/3");
    assert_fraction(*state, num(*state, "-4/6"), "-2/3");
    assert_fraction(*state, num(*state, "1/2640"), "1/2640");
    assert_fraction(*state, num(*state, "0/7"), "0/1");
    assert_fraction(*state, num(*state, NINES_40 "/3"),
                    "3333333333333333333333333333333333333333/1");
    assert_fraction(*state, num(*state, "1/" NINES_40), "1/" NINES_40);
    assert_refused(*state, nvb_num_parse_fraction, refused, COUNT(refused));
}

/* Text out. */

static void writes_values(void **state)
{
    static const struct {
        const char *value, *expected;
        bool exact;
    } cases[] = {
        {"0",                                 "0",                                                   true },
        {"100.00",                            "100",                                                 true },
        {"-0.10",                             "-0.1",                                                true },
        {"1/8",                               "0.125",                                               true },
        {"1/3",                               "0.33333333333333333333",                              false},
        {"-2/3",                              "-0.66666666666666666667",                             false},
        {"1/100000000000000000000",           "0.00000000000000000001",                              true },
        {"1/200000000000000000000",           "0.00000000000000000001",                              false},
        {"-1/300000000000000000000",          "0",                                                   false},
        {NINES_40 "/10",                      "999999999999999999999999999999999999999.9",           true },
        {"1000000000000000000000000000001/3", "333333333333333333333333333333.66666666666666666667",
         false                                                                                            },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        nvb_buffer out = NVB_BUFFER_INIT;
        assert_int_equal(nvbi_num_append(*state, &out, num(*state, cases[i].value)),
                         cases[i].exact);
        assert_string_equal(out.s, cases[i].expected);
        nvb_buffer_release(&out);
    }
}

static void writes_fixed_places(void **state)
{
    assert_fixed(*state, num(*state, "1.1"), 2, "1.10", true);
    assert_fixed(*state, num(*state, "1.005"), 2, "1.01", false);
    assert_fixed(*state, num(*state, "-1.005"), 2, "-1.01", false);
    assert_fixed(*state, num(*state, "-0.004"), 2, "0.00", false);
    assert_fixed(*state, num(*state, "0"), 0, "0", true);
    assert_fixed(*state, num(*state, "0"), 3, "0.000", true);
    assert_fixed(*state, num(*state, "99.5"), 0, "100", false);
    assert_fixed(*state, num(*state, "7.100"), 1, "7.1", true);
    assert_fixed(*state, num(*state, "1/3"), 4, "0.3333", false);
    assert_fixed(*state, num(*state, "1"), 20, "1.00000000000000000000", true);
    assert_fixed(*state, num(*state, NINES_40), 2, NINES_40 ".00", true);
    assert_fixed(*state, num(*state, "12345678901234567890.5"), 1, "12345678901234567890.5", true);
}

static void writes_fractions(void **state)
{
    assert_fraction(*state, num(*state, "5"), "5/1");
    assert_fraction(*state, num(*state, "-0.125"), "-1/8");
    assert_fraction(*state, num(*state, "0.00"), "0/1");
    assert_fraction(*state, num(*state, "0.00000000000000000005"), "1/20000000000000000000");
}

/* Text is appended: what stands in the buffer stays. */
static void appends(void **state)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_buffer_str(&out, "<");
    nvbi_num_append(*state, &out, num(*state, "1.50"));
    nvb_buffer_str(&out, "><");
    nvbi_num_append(*state, &out, num(*state, NINES_40));
    nvb_buffer_str(&out, ">");
    assert_string_equal(out.s, "<1.5><" NINES_40 ">");
    nvb_buffer_release(&out);
}

/* Limits. */

static void crosses_the_machine_and_back(void **state)
{
    nvb_calc *calc = *state;
    nvb_num last = num(calc, INT128_LAST), over = nvb_num_add(calc, last, nvb_num_int(1));
    assert_text(calc, over, INT128_AFTER);
    assert_non_null(over.big);
    nvb_num back = nvb_num_sub(calc, over, nvb_num_int(1));
    assert_same(calc, back, last);
    assert_int_equal(back.big != NULL, calc->mpfr_only);
    nvb_num low = nvb_num_sub(calc, nvb_num_neg(calc, last), nvb_num_int(1));
    assert_text(calc, low, "-" INT128_AFTER);
    assert_text(calc, nvb_num_neg(calc, low), INT128_AFTER);
    /* 3 x (2^127 / 3) needs the big form in between. */
    nvb_num third = nvb_num_div(calc, over, nvb_num_int(3));
    assert_same(calc, nvb_num_mul(calc, third, nvb_num_int(3)), over);
}

static nvb_num_error after_add(nvb_calc *calc, nvb_num a, nvb_num b)
{
    nvb_num sum = nvb_num_add(calc, a, b);
    nvb_num_error error = nvb_calc_take_error(calc);
    assert_true(error == NVB_NUM_OK || nvb_num_sign(sum) == 0);
    return error;
}

/* (10^2048 - 1)(10^2048 + 1) = 10^4096 - 1 has 4,096 nines: the largest numerator there is. */
static void limit_of_digits(void **state)
{
    nvb_calc *calc = *state;
    nvb_num one = nvb_num_int(1), half = nvb_num_shift(calc, one, 2048);
    nvb_num most = nvb_num_mul(calc, nvb_num_sub(calc, half, one), nvb_num_add(calc, half, one));
    char nines[NVB_MAX_DIGITS + 1];
    memset(nines, '9', NVB_MAX_DIGITS);
    nines[NVB_MAX_DIGITS] = '\0';
    assert_text(calc, most, nines);
    assert_int_equal(after_add(calc, most, one), NVB_NUM_DIGITS);
    assert_int_equal(after_add(calc, most, num(calc, "0.1")), NVB_NUM_DIGITS);
    assert_int_equal(after_add(calc, most, nvb_num_int(-1)), NVB_NUM_OK);
    /* The same digits as a denominator; one more does not go. */
    nvb_num least = nvb_num_div(calc, one, most);
    assert_same(calc, nvb_num_mul(calc, least, most), one);
    nvb_num_div(calc, least, nvb_num_int(2));
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_DIGITS);
    /* Text may be longer than what is reckoned with: 9...9 / 7 to 20 decimals. 10^6 - 1 = 7 x
     * 142857 and 4096 = 6 x 682 + 4, so the quotient repeats 142857 and the last 9999 gives 1428
     * and 3/7. */
    nvb_buffer out = NVB_BUFFER_INIT;
    assert_false(nvbi_num_append(calc, &out, nvb_num_div(calc, most, nvb_num_int(7))));
    assert_int_equal(out.n, NVB_MAX_DIGITS + 1 + 20);
    assert_memory_equal(out.s, "142857142857", 12);
    assert_string_equal(out.s + NVB_MAX_DIGITS - 4, "1428.42857142857142857143");
    nvb_buffer_release(&out);
}

static void shift_to_the_limit(void **state)
{
    nvb_calc *calc = *state;
    static const int refused[] = {4096, 5000, 8192, 8193, INT_MAX, -4096, -8193, INT_MIN};
    nvb_num one = nvb_num_int(1), large = nvb_num_shift(calc, one, 4095),
            small = nvb_num_shift(calc, one, -4095);
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_OK);
    assert_same(calc, nvb_num_mul(calc, large, small), one);
    assert_same(calc, nvb_num_shift(calc, small, 8190), large);
    assert_true(nvb_num_terminates(calc, small, 4095));
    assert_false(nvb_num_terminates(calc, small, 4094));
    assert_true(nvb_num_terminates(calc, small, UINT_MAX));
    nvb_num sevenths = nvb_num_div(calc, nvb_num_sub(calc, large, one), nvb_num_int(7));
    assert_false(nvb_num_terminates(calc, sevenths, UINT_MAX)); /* 10^4095 - 1 is 5 modulo 7 */
    assert_int_equal(after_add(calc, small, large), NVB_NUM_DIGITS);
    for (size_t i = 0; i < COUNT(refused); i++) {
        assert_text(calc, nvb_num_shift(calc, one, refused[i]), "0");
        assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_DIGITS);
    }
}

/* (7/3)^400 is long on both sides, and 7 and 3 share nothing. Times 11 and divided by 11 it is the
 * same value in terms that are not lowest, however often. */
static void long_fractions_in_other_terms(void **state)
{
    nvb_calc *calc = *state;
    nvb_num v = num(calc, "1"), base = num(calc, "7/3"), eleven = num(calc, "11");
    for (int i = 0; i < 400; i++)
        v = nvb_num_mul(calc, v, base);
    nvb_num same = v;
    for (int i = 0; i < 5000; i++) /* 5,207 digits of elevens, were they kept */
        same = nvb_num_div(calc, nvb_num_mul(calc, same, eleven), eleven);
    assert_int_equal(nvb_num_cmp(calc, same, v), 0);
    assert_int_equal(nvb_num_sign(nvb_num_sub(calc, same, v)), 0);
    assert_text(calc, nvb_num_div(calc, v, same), "1");
    assert_false(nvb_num_terminates(calc, same, NVB_SHOWN_DECIMALS));
    nvb_buffer a = NVB_BUFFER_INIT, b = NVB_BUFFER_INIT;
    nvbi_num_append_fraction(calc, &a, v);
    nvbi_num_append_fraction(calc, &b, same);
    assert_string_equal(a.s, b.s);
    nvb_buffer_release(&a);
    nvb_buffer_release(&b);
    for (int i = 0; i < 400; i++)
        same = nvb_num_div(calc, same, base);
    assert_text(calc, same, "1");
}

/* Squaring on and on must end in an error, not in a long wait. */
static void growth_ends(void **state)
{
    nvb_calc *calc = *state;
    nvb_num v = num(calc, NINES_40 "/7");
    for (int i = 0; i < 100; i++)
        v = nvb_num_mul(calc, v, v);
    assert_text(calc, v, "0");
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_DIGITS);
}

static void the_first_error_stays(void **state)
{
    nvb_calc *calc = *state;
    nvb_num_shift(calc, nvb_num_int(1), INT_MAX);
    nvb_num_div(calc, nvb_num_int(1), nvb_num_int(0));
    assert_text(calc, nvb_num_add(calc, nvb_num_int(1), nvb_num_int(1)), "2");
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_DIGITS);
    nvb_num_div(calc, nvb_num_int(1), nvb_num_int(0));
    nvb_calc_clear(calc);
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_OK);
}

/* One for each operation of the machine; more for longer numbers, the same each time. */
static void work_is_counted(void **state)
{
    (void)state;
    nvb_calc *calc = nvb_calc_new(0);
    assert_int_equal(nvb_calc_work(calc), 0);
    nvb_num third = nvb_num_div(calc, nvb_num_int(1), nvb_num_int(3));
    nvb_num_cmp(calc, nvb_num_round(calc, third, 2, NVB_ARITHMETIC), third);
    assert_int_equal(nvb_calc_work(calc), 3);
    uint64_t took[6], before = 3;
    nvb_num power = third;
    for (int i = 0; i < 6; i++) {
        for (int k = 0; k < 80; k++)
            power = nvb_num_mul(calc, power, third);
        took[i] = nvb_calc_work(calc) - before;
        before += took[i];
        assert_true(i == 0 || took[i] > took[i - 1]);
    }
    assert_true(took[0] > 80);
    nvb_calc_clear(calc);
    assert_int_equal(nvb_calc_work(calc), before);
    power = third;
    for (int k = 0; k < 80; k++)
        power = nvb_num_mul(calc, power, third);
    assert_int_equal(nvb_calc_work(calc) - before, took[0]);
    nvb_calc_free(calc);
}

static void a_cleared_struct_is_zero(void **state)
{
    nvb_calc *calc = *state;
    nvb_num zero = {0};
    assert_text(calc, zero, "0");
    assert_fraction(calc, zero, "0/1");
    assert_text(calc, nvb_num_add(calc, zero, num(calc, "1/3")), "0.33333333333333333333");
    assert_text(calc, nvb_num_mul(calc, zero, num(calc, "1/3")), "0");
    assert_text(calc, nvb_num_round(calc, zero, 2, NVB_UP), "0");
    assert_text(calc, nvb_num_neg(calc, zero), "0");
    assert_text(calc, nvb_num_div(calc, zero, num(calc, "7")), "0");
    assert_same(calc, zero, nvb_num_shift(calc, zero, -2));
    nvb_num_div(calc, nvb_num_int(1), zero);
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_DIVISION);
}

static void calcs_share_values(void **state)
{
    nvb_calc *here = *state, *there = nvb_calc_new(NVB_CALC_MPFR_ONLY);
    assert_non_null(there);
    nvb_num a = num(there, "104.35"), b = num(here, "0.0475"), c = num(there, NINES_40);
    assert_text(here, nvb_num_mul(here, a, b), "4.956625");
    assert_text(there, nvb_num_mul(there, b, a), "4.956625");
    assert_text(here, nvb_num_sub(here, c, num(here, NINES_40)), "0");
    assert_int_equal(nvb_num_cmp(here, a, num(here, "104.350")), 0);
    assert_text(here, nvb_num_round(here, a, 0, NVB_UP), "105");
    nvb_calc_free(there);
}

/* Memory. GMP and MPFR abort when theirs runs out, so they are never to ask for any. */

static size_t asked;

static void *counted_alloc(size_t n)
{
    asked++;
    return malloc(n);
}

static void *counted_realloc(void *p, size_t old, size_t n)
{
    (void)old;
    asked++;
    return realloc(p, n);
}

static void counted_free(void *p, size_t n)
{
    (void)n;
    free(p);
}

static void mpfr_asks_for_no_memory(void **state)
{
    asked = 0;
    mp_set_memory_functions(counted_alloc, counted_realloc, counted_free);
    operations_undo_each_other(state);
    every_mode(state);
    writes_values(state);
    limit_of_digits(state);
    shift_to_the_limit(state);
    growth_ends(state);
    mp_set_memory_functions(NULL, NULL, NULL);
    assert_int_equal(asked, 0);
}

static void out_of_memory(void **state)
{
#ifdef SANITISED
    (void)state;
    skip(); /* the sanitiser ends the program at a request of this size */
#else
    nvb_calc *calc = *state;
    nvbi_arena *const arenas[] = {&calc->values, &calc->scratch};
    for (size_t i = 0; i < COUNT(arenas); i++) {
        nvb_num large = nvb_num_mul(calc, num(calc, NINES_40), nvb_num_int(3));
        nvbi_arena_release(arenas[1]);
        nvbi_arena *none = arenas[i];
        *none = (nvbi_arena){.chunks = none->chunks,
                             .grow = SIZE_MAX / 2 + 1}; /* no system gives that */
        assert_int_equal(nvb_num_sign(nvb_num_add(calc, large, nvb_num_int(1))), 0);
        assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_MEMORY);
        if (none == &calc->scratch) {
            nvb_buffer out = NVB_BUFFER_INIT;
            assert_false(nvbi_num_append(calc, &out, large));
            assert_true(out.failed);
            assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_MEMORY);
            nvb_buffer_release(&out);
        }
        nvbi_arena_release(none);
        assert_text(calc, nvb_num_sub(calc, num(calc, NINES_40), nvb_num_int(9)), NINES_39 "0");
    }
#endif
}

/* Each case under both calcs. */
#define BOTH(test)                                                                                 \
    {#test ", machine", test, machine_calc, free_calc, NULL},                                      \
    {                                                                                              \
#test ", MPFR only", test, mpfr_calc, free_calc, NULL                                      \
    }

int main(void)
{
    static const struct CMUnitTest tests[] = {
        BOTH(sums_carry),
        BOTH(products_are_exact),
        BOTH(quotients_keep_their_sign),
        BOTH(operations_undo_each_other),
        BOTH(shifts),
        BOTH(a_correction_of_an_index),
        BOTH(comparison),
        BOTH(termination),
        BOTH(division_by_zero),
        BOTH(every_mode),
        BOTH(ties_by_a_hair),
        BOTH(rounding_at_the_border),
        BOTH(reads_decimals),
        BOTH(refuses_other_decimals),
        BOTH(reads_percentages),
        BOTH(reads_fractions),
        BOTH(writes_values),
        BOTH(writes_fixed_places),
        BOTH(writes_fractions),
        BOTH(appends),
        BOTH(crosses_the_machine_and_back),
        BOTH(limit_of_digits),
        BOTH(shift_to_the_limit),
        BOTH(long_fractions_in_other_terms),
        BOTH(growth_ends),
        BOTH(the_first_error_stays),
        BOTH(work_is_counted),
        BOTH(a_cleared_struct_is_zero),
        BOTH(calcs_share_values),
        BOTH(mpfr_asks_for_no_memory),
        BOTH(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
