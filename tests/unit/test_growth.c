/*
 * test_growth.c: several documents in a row: lines followed back, causes gathered over the years,
 * yearly growth, index figures. Amounts are worked out by hand in the case; growth at random is in
 * tests/property/test_growth.py.
 */
#include "core/numtext.h"
#include "navolgbaar/formats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define HEAD(year)                                                                                 \
    "{\"formaat\":\"navolgbaar/voorstel/1\",\"soort\":\"contract\",\"kenmerk\":\"C" year           \
    "\",\"contractjaar\":" year ",\"zorgverzekeraar\":{\"naam\":\"V\",\"uzovi\":\"0403\"},"        \
    "\"zorgaanbieder\":{\"naam\":\"A\",\"agb\":\"01234567\"},"

enum { MOST = 6 };

typedef struct row {
    nvb_diag *diag;
    nvb_document *doc[MOST];
    nvb_breakdown *breakdown[MOST];
    nvb_comparison *step[MOST];
    size_t n;
    nvb_chain *chain;
} row;

static void complain(row *r, const char *what)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_emit_problems(&out, r->diag, NVB_EN);
    fail_msg("%s: %s", what, out.s ? out.s : "");
}

static row chain_of(const char *const *texts, size_t n, const nvb_reference *reference)
{
    row r = {.diag = nvb_diag_new(), .n = n};
    for (size_t i = 0; i < n; i++) {
        nvb_source_file file = {
            NVB_TEXT("doc"), {texts[i], strlen(texts[i])}
        };
        r.doc[i] = nvb_document_read(&file, NULL, r.diag);
        const nvb_proposal *p = r.doc[i] ? nvb_document_proposal(r.doc[i]) : NULL;
        r.breakdown[i] = p ? nvb_breakdown_new(p, NULL, r.diag) : NULL;
        if (!r.breakdown[i])
            complain(&r, "no breakdown");
        if (i == 0)
            continue;
        r.step[i - 1] = nvb_comparison_new(r.breakdown[i - 1], r.breakdown[i], NULL, r.diag);
        if (!r.step[i - 1])
            complain(&r, "no comparison");
    }
    r.chain = nvb_chain_new(r.step, n - 1, reference, r.diag);
    if (!r.chain)
        complain(&r, "no chain");
    return r;
}

static void done(row *r)
{
    nvb_chain_free(r->chain);
    for (size_t i = 0; i < r->n; i++) {
        nvb_comparison_free(r->step[i]);
        nvb_breakdown_free(r->breakdown[i]);
        nvb_document_free(r->doc[i]);
    }
    nvb_diag_free(r->diag);
}

static void assert_number(nvb_calc *calc, nvb_num value, const char *digits)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_num_append(calc, &out, value);
    assert_string_equal(out.s, digits);
    nvb_buffer_release(&out);
}

static void assert_item(nvb_calc *calc,
                        const nvb_bridge *b,
                        size_t i,
                        const char *id,
                        nvb_bridge_kind kind,
                        const char *amount,
                        const char *printed)
{
    assert_true(i < b->n);
    assert_string_equal(b->items[i].id.s, id);
    assert_int_equal(b->items[i].kind, kind);
    assert_number(calc, b->items[i].amount, amount);
    assert_number(calc, b->items[i].printed, printed);
}

static void assert_adds_up(nvb_calc *calc, const nvb_bridge *b)
{
    nvb_num exact = nvb_num_sub(calc, b->to, b->from), printed = nvb_num_int(0);
    assert_int_equal(nvb_num_cmp(calc, exact, b->difference), 0);
    for (size_t i = 0; i < b->n; i++) {
        assert_int_not_equal(nvb_num_sign(b->items[i].amount), 0);
        exact = nvb_num_sub(calc, exact, b->items[i].amount);
        printed = nvb_num_add(calc, printed, b->items[i].printed);
    }
    assert_int_equal(nvb_num_sign(exact), 0);
    assert_int_equal(nvb_num_cmp(calc, printed, b->printed), 0);
}

/* --- growth --- */

static void test_growth_by_hand(void **state)
{
    (void)state;
    nvb_calc *calc = nvb_calc_new(0);
    nvb_growth g = nvb_growth_of(calc, nvb_num_int(100), nvb_num_int(121), 2, 2);
    assert_int_equal(g.kind, NVB_GROWTH_EXACT);
    assert_number(calc, g.value, "10");
    /* The fourth root of 2 is 1.18920711500272106671749997...: 18.92071150027210667174(9997). */
    g = nvb_growth_of(calc, nvb_num_int(1), nvb_num_int(2), 4, 2);
    assert_int_equal(g.kind, NVB_GROWTH_ENCLOSED);
    assert_number(calc, g.value, "18.92");
    assert_number(calc, g.low, "18.92071150027210667174");
    assert_number(calc, g.high, "18.92071150027210667175");
    assert_int_equal(g.years, 4);
    assert_int_equal(nvb_growth_of(calc, nvb_num_int(0), nvb_num_int(2), 4, 2).kind,
                     NVB_GROWTH_NONE);
    assert_int_equal(nvb_growth_of(calc, nvb_num_int(2), nvb_num_int(-2), 4, 2).kind,
                     NVB_GROWTH_NONE);
    assert_int_equal(nvb_growth_of(calc, nvb_num_int(1), nvb_num_int(2), 0, 2).kind,
                     NVB_GROWTH_NONE);
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_OK);
    nvb_calc_free(calc);
}

/* A growth of more digits than a number may have is an error, not a wrong figure. */
static void test_growth_beyond_all_digits(void **state)
{
    (void)state;
    nvb_calc *calc = nvb_calc_new(0);
    nvb_num huge = nvb_num_shift(calc, nvb_num_int(1), 4095),
            tiny = nvb_num_shift(calc, nvb_num_int(1), -4095);
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_OK);
    assert_int_equal(nvb_growth_of(calc, tiny, huge, 1, 2).kind, NVB_GROWTH_NONE);
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_DIGITS);
    /* Its root of degree 4095 x 2 is ten; of one degree less it is a little more. */
    nvb_growth g = nvb_growth_of(calc, tiny, huge, 8190, 2);
    assert_int_equal(g.kind, NVB_GROWTH_EXACT);
    assert_number(calc, g.value, "900");
    g = nvb_growth_of(calc, tiny, huge, 8189, 2);
    assert_int_equal(g.kind, NVB_GROWTH_ENCLOSED);
    /* 10^(1 + 1/8189) = 10 x (1 + ln 10 / 8189 + ...) = 10.00281214... */
    assert_number(calc, g.value, "900.28");
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_OK);
    nvb_calc_free(calc);
}

/* --- chains --- */

#define INDEX(p) "\"stappen\":[{\"id\":\"index\",\"soort\":\"index\",\"percentage\":\"" p "\"}],"
#define LAST(amount)                                                                               \
    "\"basis\":{\"soort\":\"vorig_contract\",\"bedrag\":\"" amount "\"},\"volume\":{\"aantal\":"   \
    "\"10\"}"

/* clang-format off */

/* 100.00 in 2023; plus 2% in 2024 is 102.00; plus 3% and a bonus of 1.00 in 2025 is 106.06; minus the bonus, plus 1% in
 * 2026 over 106.06 (the bonus now sits in the base): 107.1206, so 107.12. */
static const char *const years[] = {
    HEAD("2023") "\"prestaties\":[{\"code\":\"A\",\"tarief\":\"100.00\",\"volume\":{\"aantal\":\"10\"}}]}",
    HEAD("2024") INDEX("2%") "\"prestaties\":[{\"code\":\"A\"," LAST("100.00") "}]}",
    HEAD("2025") INDEX("3%") "\"prestaties\":[{\"code\":\"A2\",\"was\":\"A\"," LAST("102.00") ",\"stappen\":[{\"id\":\"bonus\",\"soort\":\"opslag\",\"bedrag\":\"1.00\"}]}]}",
    HEAD("2026") INDEX("1%") "\"prestaties\":[{\"code\":\"A2\"," LAST("106.06") "},{\"code\":\"B\",\"tarief\":\"5.00\"}]}",
};

/* clang-format on */

static void test_line_followed_back(void **state)
{
    (void)state;
    row r = chain_of(years, 4, NULL);
    nvb_calc *calc = nvb_chain_calc(r.chain);
    assert_int_equal(nvb_chain_steps(r.chain), 3);
    assert_int_equal(nvb_chain_traces(r.chain), 2);
    const nvb_trace *t = nvb_chain_trace(r.chain, 0);
    static const char *const codes[] = {"A", "A", "A2", "A2"};
    static const char *const tariffs[] = {"100", "102", "106.06", "107.12"};
    assert_int_equal(t->n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(t->points[i].document, i);
        assert_string_equal(t->points[i].code.s, codes[i]);
        assert_number(calc, t->points[i].tariff, tariffs[i]);
    }
    assert_string_equal(t->code.s, "A2");
    assert_false(t->merged);
    /* 7.12 = index 2 + 3.06 + 1.0606, bonus 1, rounding -0.0006. */
    assert_adds_up(calc, &t->bridge);
    assert_number(calc, t->bridge.difference, "7.12");
    assert_int_equal(t->bridge.n, 3);
    assert_item(calc, &t->bridge, 0, "index", NVB_BRIDGE_STEP_NEW, "6.1206", "6.12");
    assert_item(calc, &t->bridge, 1, "bonus", NVB_BRIDGE_STEP_NEW, "1", "1");
    assert_item(calc, &t->bridge, 2, "afronding", NVB_BRIDGE_ROUNDING, "-0.0006", "0");
    /* 1.0712^(1/3) = 1.023188...: 1.0232^3 = 1.071226..., 1.0231^3 = 1.070912... */
    assert_int_equal(t->growth.kind, NVB_GROWTH_ENCLOSED);
    assert_int_equal(t->growth.years, 3);
    assert_number(calc, t->growth.value, "2.32");
    assert_int_equal(t->n_against, 0);
    done(&r);
}

static void test_new_line_and_total(void **state)
{
    (void)state;
    row r = chain_of(years, 4, NULL);
    nvb_calc *calc = nvb_chain_calc(r.chain);
    const nvb_trace *t = nvb_chain_trace(r.chain, 1);
    assert_string_equal(t->code.s, "B");
    assert_int_equal(t->n, 1);
    assert_int_equal(t->points[0].document, 3);
    assert_false(t->merged);
    assert_int_equal(t->bridge.n, 0);
    assert_number(calc, t->bridge.difference, "0");
    assert_int_equal(t->growth.kind, NVB_GROWTH_NONE);
    /* Ten units: 1,000.00 becomes 1,071.20, all of it price. */
    const nvb_bridge *total = nvb_chain_total(r.chain);
    assert_adds_up(calc, total);
    assert_number(calc, total->from, "1000");
    assert_number(calc, total->to, "1071.2");
    assert_int_equal(total->n, 1);
    assert_item(calc, total, 0, "prijs", NVB_BRIDGE_PRICE, "71.2", "71.2");
    assert_true(nvb_chain_differs(r.chain));
    done(&r);
}

#define FLAT(code, tariff) "{\"code\":\"" code "\",\"tarief\":\"" tariff "\"}"

static void test_stops_where_lines_were_put_together(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HEAD("2023") "\"prestaties\":[" FLAT("A", "10") "," FLAT("B", "20") "]}",
        HEAD("2024") "\"prestaties\":[{\"code\":\"C\",\"was\":[\"A\",\"B\"],\"tarief\":\"16\"}]}",
        HEAD("2026") "\"prestaties\":[" FLAT("C", "36") "]}",
    };
    row r = chain_of(texts, 3, NULL);
    nvb_calc *calc = nvb_chain_calc(r.chain);
    const nvb_trace *t = nvb_chain_trace(r.chain, 0);
    assert_true(t->merged);
    assert_int_equal(t->n, 2);
    assert_int_equal(t->points[0].document, 1);
    assert_adds_up(calc, &t->bridge);
    assert_number(calc, t->bridge.difference, "20");
    /* 36 / 16 is the square of 3/2. */
    assert_int_equal(t->growth.kind, NVB_GROWTH_EXACT);
    assert_number(calc, t->growth.value, "50");
    done(&r);
}

/* A split line is followed to the whole it came from, by each of its parts. */
static void test_goes_on_through_a_split(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HEAD("2024") "\"prestaties\":[" FLAT("A", "10") "]}",
        HEAD("2025") "\"prestaties\":[{\"code\":\"A1\",\"was\":\"A\",\"tarief\":\"11\"},"
                     "{\"code\":\"A2\",\"was\":\"A\",\"tarief\":\"12\"}]}",
    };
    row r = chain_of(texts, 2, NULL);
    for (size_t i = 0; i < 2; i++) {
        const nvb_trace *t = nvb_chain_trace(r.chain, i);
        assert_int_equal(t->n, 2);
        assert_string_equal(t->points[0].code.s, "A");
        assert_adds_up(nvb_chain_calc(r.chain), &t->bridge);
    }
    done(&r);
}

static void test_causes_that_cancel_are_left_out(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HEAD("2024") "\"prestaties\":[" FLAT("A", "10") "]}",
        HEAD("2025") "\"prestaties\":[" FLAT("A", "11") "]}",
        HEAD("2026") "\"prestaties\":[" FLAT("A", "10") "]}",
    };
    row r = chain_of(texts, 3, NULL);
    const nvb_trace *t = nvb_chain_trace(r.chain, 0);
    assert_int_equal(t->bridge.n, 0);
    assert_int_equal(t->growth.kind, NVB_GROWTH_EXACT);
    assert_number(nvb_chain_calc(r.chain), t->growth.value, "0");
    assert_true(nvb_chain_differs(r.chain)); /* there and back is two differences */
    done(&r);
    static const char *const same[] = {
        HEAD("2025") "\"prestaties\":[" FLAT("A", "10") "]}",
        HEAD("2026") "\"prestaties\":[" FLAT("A", "10") "]}",
    };
    r = chain_of(same, 2, NULL);
    assert_false(nvb_chain_differs(r.chain));
    done(&r);
}

static void test_rounds_of_one_year_have_no_growth(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HEAD("2026") "\"ronde\":1,\"prestaties\":[" FLAT("A", "10") "]}",
        HEAD("2026") "\"ronde\":2,\"prestaties\":[" FLAT("A", "11") "]}",
    };
    static const nvb_series none = {
        .id = {"s", 1}
    };
    const nvb_reference reference = {.series = &none, .n = 1};
    row r = chain_of(texts, 2, &reference);
    const nvb_trace *t = nvb_chain_trace(r.chain, 0);
    assert_int_equal(t->growth.kind, NVB_GROWTH_NONE);
    assert_int_equal(t->growth.years, 0);
    assert_int_equal(t->n_against, 0);
    assert_adds_up(nvb_chain_calc(r.chain), &t->bridge);
    done(&r);
}

/* --- index figures --- */

static const char figures[] =
    "{\"formaat\":\"navolgbaar/cijfers/"
    "1\",\"titel\":\"T\",\"bronnen\":{\"b\":{\"titel\":\"B\"}},\"reeksen\":["
    "{\"id\":\"ova\",\"soort\":\"loon\",\"cijfers\":["
    "{\"jaar\":2024,\"stadium\":\"voorlopig\",\"percentage\":\"1%\",\"bron\":\"b\"},"
    "{\"jaar\":2024,\"stadium\":\"definitief\",\"percentage\":\"5%\",\"bron\":\"b\"},"
    "{\"jaar\":2024,\"stadium\":\"voorlopig\",\"percentage\":\"2%\",\"bron\":\"b\"},"
    "{\"jaar\":2025,\"stadium\":\"voorlopig\",\"percentage\":\"9%\",\"bron\":\"b\"},"
    "{\"jaar\":2025,\"stadium\":\"voorlopig\",\"percentage\":\"-1%\",\"bron\":\"b\"},"
    "{\"jaar\":2026,\"stadium\":\"definitief\",\"percentage\":2.5,\"bron\":\"b\"}]},"
    "{\"id\":\"ppc\",\"cijfers\":[{\"jaar\":2026,\"stadium\":\"definitief\",\"percentage\":\"3\","
    "\"bron\":\"b\"}]}]}";

static void test_against_index_figures(void **state)
{
    (void)state;
    nvb_diag *diag = nvb_diag_new();
    nvb_source_file file = {
        NVB_TEXT("cijfers.json"), {figures, sizeof figures - 1}
    };
    nvb_figures_file *f = nvb_figures_read(&file, diag);
    assert_non_null(f);
    const nvb_reference *reference = nvb_figures_reference(f);
    row r = chain_of(years, 4, reference);
    nvb_calc *calc = nvb_chain_calc(r.chain);
    assert_ptr_equal(nvb_chain_reference(r.chain), reference);
    const nvb_trace *t = nvb_chain_trace(r.chain, 0);
    assert_int_equal(t->n_against, 2);
    /* 100 x 1.05 x 0.99 x 1.025 = 106.54875; 107.12 lies 0.57125 above. */
    assert_string_equal(t->against[0].series->id.s, "ova");
    assert_int_equal(t->against[0].missing_year, 0);
    assert_number(calc, t->against[0].indexed, "106.54875");
    assert_number(calc, t->against[0].gap, "0.57125");
    assert_int_equal(t->against[1].missing_year, 2024);
    assert_int_equal(nvb_chain_trace(r.chain, 1)->n_against, 0);
    done(&r);
    /* From 2025 on the second series is there: 106.06 x 1.03 = 109.2418. */
    r = chain_of(years + 2, 2, reference);
    calc = nvb_chain_calc(r.chain);
    t = nvb_chain_trace(r.chain, 0);
    assert_int_equal(t->against[1].missing_year, 0);
    assert_number(calc, t->against[1].indexed, "109.2418");
    assert_number(calc, t->against[1].gap, "-2.1218");
    done(&r);
    nvb_figures_free(f);
    nvb_diag_free(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_growth_by_hand),
        cmocka_unit_test(test_growth_beyond_all_digits),
        cmocka_unit_test(test_line_followed_back),
        cmocka_unit_test(test_new_line_and_total),
        cmocka_unit_test(test_stops_where_lines_were_put_together),
        cmocka_unit_test(test_goes_on_through_a_split),
        cmocka_unit_test(test_causes_that_cancel_are_left_out),
        cmocka_unit_test(test_rounds_of_one_year_have_no_growth),
        cmocka_unit_test(test_against_index_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
