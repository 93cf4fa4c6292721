/*
 * test_own_figures.c: the figures that come with the library are read without a word of complaint,
 * and are those written out here by hand, no more and no fewer.
 */
#include "core/numtext.h"
#include "navolgbaar/formats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define V NVB_STAGE_PROVISIONAL
#define D NVB_STAGE_DEFINITIVE

typedef struct expected {
    int year;
    nvb_stage stage;
    const char *digits; /* of the fraction */
} expected;

typedef struct expected_series {
    const char *id;
    nvb_cost_kind kind;
    const expected *figures;
    size_t n;
} expected_series;

#define SERIES(id, kind, figures)                                                                  \
    {                                                                                              \
        id, kind, figures, sizeof(figures) / sizeof *(figures)                                     \
    }

/* clang-format off */
static const expected ova[] = {
    {2018, D, "0.0296"},
    {2019, V, "0.0398"}, {2019, D, "0.0342"},
    {2020, V, "0.0252"}, {2020, D, "0.0328"},
    {2021, V, "0.0324"}, {2021, D, "0.0201"},
    {2022, D, "0.0442"},
    {2023, V, "0.0447"}, {2023, V, "0.0474"}, {2023, D, "0.0636"},
    {2024, V, "0.0494"}, {2024, D, "0.06"},
    {2025, V, "0.0418"},
};
static const expected ppc[] = {
    {2019, D, "0.0249"},
    {2020, D, "0.0197"},
    {2021, D, "0.0177"},
    {2022, V, "0.017"}, {2022, V, "0.0183"}, {2022, D, "0.0925"},
    {2023, V, "0.0252"}, {2023, V, "0.0487"}, {2023, D, "0.0702"},
    {2024, V, "0.0251"}, {2024, D, "0.031"},
    {2025, V, "0.0182"},
};
static const expected capital[] = {
    {2018, D, "0.0189"},
    {2019, D, "0.0393"},
    {2020, D, "0.0232"},
    {2021, D, "0.0311"},
    {2022, D, "0.0682"},
    {2024, V, "0.0251"},
};
static const expected_series all[] = {
    SERIES("ova", NVB_WAGE, ova),
    SERIES("ppc", NVB_PRICE, ppc),
    SERIES("kapitaal", NVB_CAPITAL, capital),
};
/* clang-format on */
enum { N_SERIES = sizeof all / sizeof *all };

static nvb_figures_file *own(nvb_diag *diag)
{
    nvb_source_file file = {NVB_TEXT("cijfers.json"), nvb_figures_own()};
    nvb_figures_file *f = nvb_figures_read(&file, diag);
    assert_non_null(f);
    assert_int_equal(nvb_diag_kept(diag), 0);
    return f;
}

static void assert_series(nvb_calc *calc, const nvb_series *s, const expected_series *e)
{
    assert_string_equal(s->id.s, e->id);
    assert_int_equal(s->kind, e->kind);
    assert_int_equal(s->n, e->n);
    for (size_t i = 0; i < e->n; i++) {
        nvb_buffer out = NVB_BUFFER_INIT;
        nvbi_num_append(calc, &out, s->figures[i].percentage.value);
        assert_int_equal(s->figures[i].year, e->figures[i].year);
        assert_int_equal(s->figures[i].stage, e->figures[i].stage);
        assert_string_equal(out.s, e->figures[i].digits);
        assert_non_null(s->figures[i].source);
        assert_true(s->figures[i].source->title.n > 0);
        nvb_buffer_release(&out);
    }
}

static void test_every_figure(void **state)
{
    (void)state;
    nvb_diag *diag = nvb_diag_new();
    nvb_figures_file *f = own(diag);
    nvb_calc *calc = nvb_calc_new(0);
    const nvb_reference *r = nvb_figures_reference(f);
    assert_int_equal(r->n, N_SERIES);
    for (size_t i = 0; i < N_SERIES; i++)
        assert_series(calc, &r->series[i], &all[i]);
    nvb_calc_free(calc);
    nvb_figures_free(f);
    nvb_diag_free(diag);
}

/* Which one counts: the definitive one, else the last provisional one; where nothing was found,
 * nothing. */
static void test_the_figure_that_counts(void **state)
{
    (void)state;
    nvb_diag *diag = nvb_diag_new();
    nvb_figures_file *f = own(diag);
    const nvb_series *s = nvb_figures_reference(f)->series;
    assert_ptr_equal(nvb_series_of_year(&s[0], 2023), &s[0].figures[10]);
    assert_ptr_equal(nvb_series_of_year(&s[0], 2025), &s[0].figures[13]);
    assert_null(nvb_series_of_year(&s[0], 2017));
    assert_null(nvb_series_of_year(&s[0], 2026));
    assert_ptr_equal(nvb_series_of_year(&s[1], 2023), &s[1].figures[8]);
    assert_null(nvb_series_of_year(&s[1], 2018));
    assert_null(nvb_series_of_year(&s[2], 2023));
    nvb_figures_free(f);
    nvb_diag_free(diag);
}

/* The same text at every call, of the length it says. */
static void test_its_bytes(void **state)
{
    (void)state;
    const nvb_text text = nvb_figures_own();
    assert_ptr_equal(text.s, nvb_figures_own().s);
    assert_true(text.n > 2 && text.s[0] == '{' && text.s[text.n - 1] == '\n');
    assert_int_equal(text.s[text.n], '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_figure),
        cmocka_unit_test(test_the_figure_that_counts),
        cmocka_unit_test(test_its_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
