/*
 * test_summary.c: running totals over documents, worked out by hand: sums, bands and their edges,
 * the ten largest, checks and errors; big numbers; and a size that does not grow.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/numtext.h"
#include "navolgbaar/summary.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static nvb_text text(const char *s)
{
    return (nvb_text){s, strlen(s)};
}

static nvb_num number(nvb_calc *calc, const char *s)
{
    nvb_num v;
    assert_int_equal(nvb_num_parse(calc, &v, text(s)), NVB_SYNTAX_OK);
    return v;
}

static void assert_number(const nvb_summary *s, nvb_num v, const char *expected)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    assert_true(nvbi_num_append(nvb_summary_calc(s), &out, v));
    assert_string_equal(out.s, expected);
    nvb_buffer_release(&out);
}

/* A good document that was compared; NULL: no turnover on that side. */
static void add(nvb_summary *s, uint64_t number_in, const char *previous, const char *turnover)
{
    nvb_calc *calc = nvb_summary_calc(s);
    char name[32];
    snprintf(name, sizeof name, "K-%u", (unsigned)number_in);
    nvb_summary_row row = {.number = number_in,
                           .reference = text(name),
                           .good = true,
                           .lines = 2,
                           .compared = true,
                           .has_previous = previous != NULL,
                           .has_turnover = turnover != NULL};
    if (previous)
        row.previous = number(calc, previous);
    if (turnover)
        row.turnover = number(calc, turnover);
    assert_true(nvb_summary_add(s, &row));
}

/* --- bands --- */

typedef struct edge {
    const char *from, *to;
    size_t band;
} edge;

/* 0: below -10; 1: -10 to -5; 2: -5 to -2; 3: -2 to 0; 4: none; 5: 0 to 2; 6: 2 to 4; 7: 4 to 6;
 * 8: 6 to 8; 9: 8 to 10; 10: from 10. The lower bound is in the band. */
static void every_change_is_in_its_band(void **state)
{
    (void)state;
    static const edge edges[] = {
        {"100",   "89.99",  0 },
        {"100",   "90",     1 },
        {"100",   "94.99",  1 },
        {"100",   "95",     2 },
        {"100",   "97.99",  2 },
        {"100",   "98",     3 },
        {"100",   "99.99",  3 },
        {"100",   "100",    4 },
        {"100",   "100.01", 5 },
        {"100",   "101.99", 5 },
        {"100",   "102",    6 },
        {"100",   "103.99", 6 },
        {"100",   "104",    7 },
        {"100",   "106",    8 },
        {"100",   "107.99", 8 },
        {"100",   "108",    9 },
        {"100",   "109.99", 9 },
        {"100",   "110",    10},
        {"100",   "1000",   10},
        {"100",   "0",      0 },
        {"100",   "-5",     0 },
        {"31.39", "31.39",  4 },
        {"0.01",  "0.02",   10},
        {"3",     "3.06",   6 },
    };
    nvb_calc *calc = nvb_calc_new(0);
    for (size_t i = 0; i < COUNT(edges); i++)
        assert_int_equal(nvb_band_of(calc, number(calc, edges[i].from), number(calc, edges[i].to)),
                         edges[i].band);
    nvb_calc_free(calc);
}

static void bands_touch_and_cover_everything(void **state)
{
    (void)state;
    assert_false(nvb_band_at(0).has_low);
    assert_false(nvb_band_at(NVB_BAND_COUNT - 1).has_high);
    for (size_t i = 1; i < NVB_BAND_COUNT; i++) {
        nvb_band before = nvb_band_at(i - 1), band = nvb_band_at(i);
        assert_true(before.has_high && band.has_low);
        assert_int_equal(before.high, band.low);
        assert_true(before.zero || band.zero || before.high != before.low);
    }
    assert_true(nvb_band_at(4).zero);
    assert_int_equal(nvb_band_at(4).low, 0);
    assert_int_equal(nvb_band_at(4).high, 0);
    assert_int_equal(nvb_band_at(3).low, -2);
    assert_int_equal(nvb_band_at(5).high, 2);
}

/* --- sums --- */

static void sums_are_exact(void **state)
{
    (void)state;
    nvb_summary *s = nvb_summary_new();
    add(s, 1, "100.10", "101.10"); /* +1.00, 0.99% */
    add(s, 2, "200.20", "200.20"); /* 0 */
    add(s, 3, "0", "50");          /* +50.00, no percentage */
    add(s, 4, NULL, "7.07");       /* no volumes last year */
    add(s, 5, "40", NULL);         /* none now */
    assert_int_equal(nvb_summary_good(s), 5);
    assert_int_equal(nvb_summary_bad(s), 0);
    assert_int_equal(nvb_summary_compared(s), 5);
    assert_int_equal(nvb_summary_differences(s), 3);
    assert_int_equal(nvb_summary_lines(s), 10);
    assert_number(s, nvb_summary_turnover(s), "358.37"); /* 101.10 + 200.20 + 50 + 7.07 */
    assert_number(s, nvb_summary_before(s), "300.3");
    assert_number(s, nvb_summary_after(s), "351.3");
    assert_int_equal(nvb_summary_documents_in(s, 5), 1);
    assert_int_equal(nvb_summary_documents_in(s, 4), 1);
    size_t all = 0;
    for (size_t i = 0; i < NVB_BAND_COUNT; i++)
        all += nvb_summary_documents_in(s, i);
    assert_int_equal(all, 2);
    assert_int_equal(nvb_summary_tops(s, false), 2);
    assert_int_equal(nvb_summary_top_at(s, false, 0)->number, 3);
    assert_int_equal(nvb_summary_tops(s, true), 0);
    nvb_summary_free(s);
}

/* A third a thousand times over, and a number of forty digits: neither is lost when the numbers
 * move from one arena to the other. */
static void fractions_and_long_numbers_add_up(void **state)
{
    (void)state;
    nvb_summary *s = nvb_summary_new();
    static const char longest[] = "12345678901234567890.12345678901234567891";
    for (uint64_t i = 1; i <= 1500; i++) {
        nvb_calc *calc = nvb_summary_calc(s);
        nvb_num third = nvb_num_div(calc, nvb_num_int(1), nvb_num_int(3));
        nvb_summary_row row = {.number = i,
                               .reference = NVB_TEXT("K"),
                               .good = true,
                               .has_turnover = true,
                               .turnover = nvb_num_add(calc, third, number(calc, longest)),
                               .compared = true,
                               .has_previous = true,
                               .previous = third};
        assert_true(nvb_summary_add(s, &row));
    }
    /* 1,500 x 12345678901234567890.12345678901234567891 + 500 */
    assert_number(s, nvb_summary_turnover(s), "18518518351851851835685.185183518518518365");
    nvb_summary_free(s);
}

/* --- the largest --- */

static void the_ten_largest_come_first_and_equals_stay_in_order(void **state)
{
    (void)state;
    nvb_summary *s = nvb_summary_new();
    /* rises of 1 to 12 euros, of which 5 twice; falls of 3, 3 and 9 */
    static const char *const now[] = {"101", "102", "103", "104", "105", "106", "107", "105",
                                      "108", "109", "110", "111", "112", "97",  "97",  "91"};
    static const unsigned risen[] = {13, 12, 11, 10, 9, 7, 6, 5, 8, 4}, fallen[] = {16, 14, 15};
    for (size_t i = 0; i < COUNT(now); i++)
        add(s, i + 1, "100", now[i]);
    assert_int_equal(nvb_summary_tops(s, false), COUNT(risen));
    for (size_t i = 0; i < COUNT(risen); i++) {
        char name[16];
        snprintf(name, sizeof name, "K-%u", risen[i]);
        assert_int_equal(nvb_summary_top_at(s, false, i)->number, risen[i]);
        assert_string_equal(nvb_summary_top_at(s, false, i)->reference.s, name);
    }
    assert_int_equal(nvb_summary_tops(s, true), COUNT(fallen));
    for (size_t i = 0; i < COUNT(fallen); i++)
        assert_int_equal(nvb_summary_top_at(s, true, i)->number, fallen[i]);
    assert_number(s, nvb_summary_top_at(s, true, 0)->difference, "-9");
    assert_number(s, nvb_summary_top_at(s, false, 0)->turnover, "112");
    assert_number(s, nvb_summary_top_at(s, false, 0)->previous, "100");
    nvb_summary_free(s);
}

/* --- counts --- */

static void checks_lines_and_codes_are_counted_by_document(void **state)
{
    (void)state;
    static const nvb_code twice[] = {NVB_E201, NVB_E203}, once[] = {NVB_E203};
    nvb_summary *s = nvb_summary_new();
    nvb_summary_row good = {.number = 1,
                            .reference = NVB_TEXT("A"),
                            .insurer = NVB_TEXT("Z"),
                            .policy = NVB_TEXT("B"),
                            .year = 2026,
                            .good = true,
                            .lines = 5,
                            .without_volume = 2,
                            .not_met = 1U << NVB_RULE_BASIS,
                            .unknown = 1U << NVB_RULE_OFFERED,
                            .compared = true};
    good.pairs[NVB_PAIR_NEW] = 1;
    good.pairs[NVB_PAIR_SAME] = 4;
    good.bands[4] = 3;
    assert_true(nvb_summary_add(s, &good));
    good.number = 2;
    good.year = 2025;
    good.policy = (nvb_text){NULL, 0};
    good.gaps = 3;
    good.unknown = 0;
    assert_true(nvb_summary_add(s, &good));
    nvb_summary_row bad = {.number = 3, .codes = twice, .n_codes = COUNT(twice)};
    assert_true(nvb_summary_add(s, &bad));
    bad = (nvb_summary_row){.number = 4, .codes = once, .n_codes = COUNT(once)};
    assert_true(nvb_summary_add(s, &bad));

    bool mixed;
    assert_int_equal(nvb_summary_good(s), 2);
    assert_int_equal(nvb_summary_bad(s), 2);
    assert_int_equal(nvb_summary_drafts(s), 1);
    assert_int_equal(nvb_summary_unlawful(s), 2);
    assert_int_equal(nvb_summary_example_of(s, NVB_E201)->number, 3);
    assert_int_equal(nvb_summary_example_of(s, NVB_E203)->number, 3);
    assert_int_equal(nvb_summary_example_of(s, NVB_E509)->number, 0);
    assert_int_equal(nvb_summary_without_volume(s), 4);
    assert_int_equal(nvb_summary_not_met(s, NVB_RULE_BASIS), 2);
    assert_int_equal(nvb_summary_unknown(s, NVB_RULE_OFFERED), 1);
    assert_int_equal(nvb_summary_not_met(s, NVB_RULE_OFFERED), 0);
    assert_int_equal(nvb_summary_errors(s, NVB_E203), 2);
    assert_int_equal(nvb_summary_errors(s, NVB_E201), 1);
    assert_int_equal(nvb_summary_pairs(s, NVB_PAIR_SAME), 8);
    assert_int_equal(nvb_summary_lines_in(s, 4), 6);
    assert_string_equal(nvb_summary_insurer(s, &mixed).s, "Z");
    assert_false(mixed);
    assert_string_equal(nvb_summary_policy(s, &mixed).s, "B");
    assert_true(mixed);
    assert_int_equal(nvb_summary_first_year(s), 2025);
    assert_int_equal(nvb_summary_last_year(s), 2026);
    nvb_summary_free(s);
}

static void a_document_is_refused_for_its_errors_or_else_its_gaps(void **state)
{
    (void)state;
    static const nvb_text none = {NULL, 0};
    nvb_code codes[NVB_CODE_COUNT];
    nvb_diag *diag = nvb_diag_new();
    assert_int_equal(nvb_summary_codes(diag, codes), 0);
    nvb_diag_add(diag, NVB_E509, none, none, none, none);
    assert_int_equal(nvb_summary_codes(diag, codes), 1);
    assert_int_equal(codes[0], NVB_E509);
    nvb_diag_add(diag, NVB_E203, none, none, none, none);
    nvb_diag_add(diag, NVB_E201, none, none, none, none);
    nvb_diag_add(diag, NVB_E203, none, none, none, none);
    assert_int_equal(nvb_summary_codes(diag, codes), 2);
    assert_int_equal(codes[0], NVB_E201);
    assert_int_equal(codes[1], NVB_E203);
    nvb_diag_free(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_change_is_in_its_band),
        cmocka_unit_test(bands_touch_and_cover_everything),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(fractions_and_long_numbers_add_up),
        cmocka_unit_test(the_ten_largest_come_first_and_equals_stay_in_order),
        cmocka_unit_test(checks_lines_and_codes_are_counted_by_document),
        cmocka_unit_test(a_document_is_refused_for_its_errors_or_else_its_gaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
