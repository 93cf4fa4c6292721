/*
 * test_audit_tell.c: what is said of tariffs: what they are held against, what the two sides of a
 * difference are worth, and what there is to say of a price list. Every case is worked out by hand.
 */
#include "core/audit/audit.h"
#include "core/numtext.h"
#include "navolgbaar/formats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define PARTIES                                                                                    \
    "\"zorgverzekeraar\":{\"naam\":\"V\",\"uzovi\":\"0403\"},\"zorgaanbieder\":{\"naam\":\"A\","   \
    "\"agb\":\"01234567\"},"
#define HEAD                                                                                       \
    "{\"formaat\":\"navolgbaar/voorstel/1\",\"soort\":\"contractvoorstel\",\"contractering\":"     \
    "\"digitaal\",\"kenmerk\":\"V\",\"contractjaar\":2025," PARTIES
#define LAST                                                                                       \
    "{\"formaat\":\"navolgbaar/voorstel/1\",\"soort\":\"contract\",\"kenmerk\":\"C\","             \
    "\"contractjaar\":2024," PARTIES "\"prestaties\":["
#define INDEXED(percentage)                                                                        \
    "\"indexen\":{\"x\":{\"jaar\":2025,\"percentage\":\"" percentage "\",\"soort\":\"loon\"}},"    \
    "\"stappen\":[{\"id\":\"index\",\"soort\":\"index\",\"index\":\"x\",\"over\":\"basis\","       \
    "\"reden\":\"Loon en prijs.\"}],"
#define FLAT(code, tariff)                                                                         \
    "{\"code\":\"" code "\",\"omschrijving\":\"" code "\",\"tarief\":\"" tariff "\"}"
#define COUNTED(code, base, claim, count)                                                          \
    "{\"code\":\"" code "\",\"omschrijving\":\"" code "\",\"basis\":{\"soort\":\"kostprijs\","     \
    "\"bedrag\":\"" base "\",\"jaar\":2025},\"tarief\":\"" claim "\"" count "}"
#define LINE(code, base, claim) COUNTED(code, base, claim, ",\"volume\":{\"aantal\":10}")
#define FROM_LAST(code, base, more)                                                                \
    "{\"code\":\"" code "\",\"omschrijving\":\"" code                                              \
    "\",\"basis\":{\"soort\":\"vorig_contract\","                                                  \
    "\"bedrag\":\"" base "\"}" more "}"

typedef struct offer {
    nvb_diag *diag;
    nvb_document *last_doc, *doc;
    nvb_breakdown *last, *b;
    nvb_comparison *previous;
    nvb_audit *a;
} offer;

static nvb_breakdown *
worked_out(const char *text, const nvb_breakdown *last, nvb_diag *diag, nvb_document **doc)
{
    nvb_source_file file = {
        NVB_TEXT("doc"), {text, strlen(text)}
    };
    nvb_read_options options = {.audited = true, .previous = last};
    *doc = nvb_document_read(&file, &options, diag);
    const nvb_proposal *p = *doc ? nvb_document_proposal(*doc) : NULL;
    nvb_breakdown *b = p ? nvb_breakdown_new(p, NULL, diag) : NULL;
    if (!b) {
        nvb_buffer out = NVB_BUFFER_INIT;
        nvb_emit_problems(&out, diag, NVB_EN);
        fail_msg("%s", out.s ? out.s : "");
    }
    return b;
}

/* `last`: last year's contract, NULL for none. A list is an offer of tariffs alone. */
static offer audit_of(const char *last, const char *text, bool is_list)
{
    offer o = {.diag = nvb_diag_new()};
    if (last)
        o.last = worked_out(last, NULL, o.diag, &o.last_doc);
    o.b = worked_out(text, o.last, o.diag, &o.doc);
    if (last) {
        nvb_compare_options options = {.new_is_list = is_list};
        o.previous = nvb_comparison_new(o.last, o.b, &options, o.diag);
        assert_non_null(o.previous);
    }
    nvb_audit_inputs in = {.breakdown = o.b, .previous = o.previous, .is_list = is_list};
    o.a = nvb_audit_new(&in, o.diag);
    assert_non_null(o.a);
    return o;
}

static void done(offer *o)
{
    nvb_audit_free(o->a);
    nvb_comparison_free(o->previous);
    nvb_breakdown_free(o->b);
    nvb_document_free(o->doc);
    nvb_breakdown_free(o->last);
    nvb_document_free(o->last_doc);
    nvb_diag_free(o->diag);
}

static void assert_is(nvb_num value, const char *digits)
{
    nvb_calc *calc = nvb_calc_new(0);
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_num_append(calc, &out, value);
    assert_string_equal(out.s, digits);
    nvb_buffer_release(&out);
    nvb_calc_free(calc);
}

/* The i-th finding of a kind; an empty one when there are not so many. */
static const nvb_finding *found(const offer *o, nvb_finding_kind kind, size_t i)
{
    static const nvb_finding none = {.kind = NVB_FINDING_KIND_COUNT};
    for (size_t k = 0; k < nvb_audit_findings(o->a); k++)
        if (nvb_audit_finding(o->a, k)->kind == kind && i-- == 0)
            return nvb_audit_finding(o->a, k);
    return &none;
}

static void assert_reading(const nvb_finding *f, size_t i, nvb_reading_kind kind, nvb_fit fit)
{
    assert_true(i < f->n_readings);
    assert_string_equal(nvb_reading_kind_key(f->readings[i].kind), nvb_reading_kind_key(kind));
    assert_int_equal(f->readings[i].fit, fit);
}

/* --- a list against last year --- */

#define LAST_YEAR                                                                                  \
    LAST FLAT("A", "100.00") "," FLAT("B", "200.00") "," FLAT("C", "50.10") "," FLAT(              \
        "D", "54.10") "," FLAT("E", "77.77") "," FLAT("F", "33.33") "]}"

/* Two of three as last year, one up: follows, and yet that is what to say. */
static void unchanged(void **state)
{
    (void)state;
    offer o = audit_of(LAST_YEAR,
                       HEAD "\"prestaties\":[" FLAT("A", "100.00") "," FLAT("B", "201.00") "," FLAT(
                           "C", "50.10") "]}",
                       true);
    const nvb_finding *f = found(&o, NVB_FOUND_UNCHANGED, 0);
    assert_int_equal(f->gravity, NVB_DOUBT);
    assert_int_equal(f->rule, NVB_RULE_INDEXATION);
    assert_int_equal(f->n_paths, 2);
    assert_is(f->number[0], "2");
    assert_is(f->number[1], "3");
    assert_string_equal(f->word[0].s, "A");
    assert_int_equal(nvb_audit_count(o.a, NVB_FOLLOWS), 2);
    assert_is(found(&o, NVB_FOUND_NO_EXPLANATION, 0)->number[0], "3");
    f = found(&o, NVB_FOUND_GONE, 0);
    assert_int_equal(f->gravity, NVB_NOTE);
    assert_is(f->number[0], "3");
    assert_string_equal(f->word[0].s, "D");
    /* B alone: there is nothing it should follow from, and a number made up says nothing. */
    f = found(&o, NVB_FOUND_CHANGED, 0);
    assert_int_equal(f->gravity, NVB_DOUBT);
    assert_int_equal(f->n_readings, 0);
    done(&o);
}

/* +1,50%: 101,50; 203,00; 50,8515 -> 50,85; 78,93655 -> 78,94; 33,82995 -> 33,83. D should then be
 * 54,9115 -> 54,91 and says 54,19, which no slip makes of last year's 54,10. */
static void slip_in_a_pattern(void **state)
{
    (void)state;
    offer o = audit_of(
        LAST_YEAR,
        HEAD "\"prestaties\":[" FLAT("A", "101.50") "," FLAT("B", "203.00") "," FLAT(
            "C", "50.85") "," FLAT("D", "54.19") "," FLAT("E", "78.94") "," FLAT("F", "33.83") "]}",
        true);
    const nvb_finding *all = found(&o, NVB_FOUND_CHANGED, 0);
    const nvb_finding *slip = found(&o, NVB_FOUND_CHANGED, 1);
    assert_int_equal(all->n_paths, 5);
    assert_reading(all, 0, NVB_READ_INDEX_LOWER, NVB_FIT_EXACT);
    assert_is(all->readings[0].parameter, "-0.015");
    assert_int_equal(slip->n_paths, 1);
    assert_string_equal(slip->word[0].s, "D");
    assert_int_equal(slip->n_readings, 1);
    assert_reading(slip, 0, NVB_READ_DIGITS_SWAPPED, NVB_FIT_EXACT);
    assert_is(slip->readings[0].low, "54.91");
    assert_int_equal(found(&o, NVB_FOUND_UNCHANGED, 0)->n_paths, 0);
    done(&o);
}

/* Three of five up by exactly 2,50%: 102,50; 205,00; 51,3525 -> 51,35. D 3%, E a euro or so. */
static void a_quarter_of_a_percent(void **state)
{
    (void)state;
    offer o = audit_of(LAST_YEAR,
                       HEAD "\"prestaties\":[" FLAT("A", "102.50") "," FLAT("B", "205.00") "," FLAT(
                           "C", "51.35") "," FLAT("D", "55.72") "," FLAT("E", "79.10") "]}",
                       true);
    const nvb_finding *f = found(&o, NVB_FOUND_CHANGED, 0);
    assert_int_equal(f->n_paths, 3);
    assert_is(f->readings[0].parameter, "-0.025");
    done(&o);
}

/* --- amounts --- */

/* 2,2%: A 102,20 for 100,20, 10 units: 20 less; B 204,40 for 205,40: 10 more; C has no volume. */
static void two_sides(void **state)
{
    (void)state;
    offer o =
        audit_of(NULL,
                 HEAD INDEXED("2.2%") "\"prestaties\":[" LINE("A", "100.00", "100.20") "," LINE(
                     "B", "200.00", "205.40") "," COUNTED("C", "300.00", "311.11", "") "]}",
                 false);
    nvb_num amount = nvb_num_int(0), less = amount, more = amount;
    size_t n_less = 0, n_more = 0, without = 0;
    for (size_t i = 0; i < nvb_audit_findings(o.a); i++) {
        const nvb_finding *f = nvb_audit_finding(o.a, i);
        if (f->kind != NVB_FOUND_TARIFFS)
            continue;
        assert_int_equal(f->gravity, NVB_FAULT);
        assert_int_equal(f->n_less + f->n_more + f->without_volume, f->n_paths);
        amount = nvb_num_add(o.a->calc, amount, f->amount);
        less = nvb_num_add(o.a->calc, less, f->less);
        more = nvb_num_add(o.a->calc, more, f->more);
        n_less += f->n_less;
        n_more += f->n_more;
        without += f->without_volume;
    }
    assert_is(amount, "10");
    assert_is(less, "20");
    assert_is(more, "10");
    assert_int_equal(n_less, 1);
    assert_int_equal(n_more, 1);
    assert_int_equal(without, 1);
    done(&o);
}

/* Bases 98 for 100 and 198 for 200, and a line of half of A, indexed once more. 10%, so 107,80 for
 * 110,00; 217,80 for 220,00; 59,29 for 60,50. At 10, 20 and 4 units: 22 + 44 + 4,84. */
static void base_is_worth(void **state)
{
    (void)state;
    offer o = audit_of(
        LAST FLAT("A", "100.00") "," FLAT("B", "200.00") "," FLAT("C", "50.00") "]}",
        HEAD INDEXED("10%") "\"prestaties\":[" FROM_LAST(
            "A", "98.00", ",\"volume\":{\"aantal\":10}") "," FROM_LAST("B", "198.00",
                                                                       ",\"volume\":{\"aantal\":"
                                                                       "20}") ","
                                                                              "{\"code\":\"C\","
                                                                              "\"omschrijving\":"
                                                                              "\"C\",\"basis\":{"
                                                                              "\"soort\":"
                                                                              "\"anders\","
                                                                              "\"omschrijving\":"
                                                                              "\"half\","
                                                                              "\"prestatie\":\"A\","
                                                                              "\"factor\":\"0.5\"},"
                                                                              "\"volume\":{"
                                                                              "\"aantal\":4},"
                                                                              "\"stappen\":[]}]}",
        false);
    const nvb_finding *f = found(&o, NVB_FOUND_BASE, 0);
    assert_int_equal(f->n_paths, 2);
    assert_true(f->has_amount);
    assert_is(f->amount, "70.84");
    done(&o);
}

/* --- readings that must be made up --- */

/* 2,18% may be written as 2,2%: 1000 -> 1021,80; 1250 -> 1277,25; 386,40 -> 394,8235 -> 394,82. So
 * may a discount of 0,9% over the index, which leaves 2,1802%, the same in cents. */
static void written_rounded(void **state)
{
    (void)state;
    offer o =
        audit_of(NULL,
                 HEAD INDEXED("2.2%") "\"prestaties\":[" LINE("A", "1000.00", "1021.80") "," LINE(
                     "B", "1250.00", "1277.25") "," LINE("C", "386.40", "394.82") "]}",
                 false);
    const nvb_finding *f = found(&o, NVB_FOUND_TARIFFS, 0);
    size_t at = 0;
    while (at < f->n_readings && f->readings[at].kind != NVB_READ_INDEX_WRITTEN)
        at++;
    assert_true(at < f->n_readings && at <= 1);
    assert_reading(f, at, NVB_READ_INDEX_WRITTEN, NVB_FIT_EXACT);
    assert_is(f->readings[at].parameter, "0.0218");
    assert_string_equal(f->readings[at].index.s, "x");
    done(&o);
    /* 1,98% is not what anybody would write as 2,2%. */
    o = audit_of(NULL,
                 HEAD INDEXED("2.2%") "\"prestaties\":[" LINE("A", "1000.00", "1019.80") "," LINE(
                     "B", "1250.00", "1274.75") "]}",
                 false);
    f = found(&o, NVB_FOUND_TARIFFS, 0);
    assert_int_equal(f->n_paths, 2);
    for (size_t i = 0; i < f->n_readings; i++)
        assert_true(f->readings[i].kind != NVB_READ_INDEX_WRITTEN);
    done(&o);
}

/* 1,5% for 2,5% is a point lower, before it is a discount of 40% over the index. */
static void a_point_before_a_large_discount(void **state)
{
    (void)state;
    offer o =
        audit_of(NULL,
                 HEAD INDEXED("2.5%") "\"prestaties\":[" LINE("A", "1000.00", "1015.00") "," LINE(
                     "B", "1255.50", "1274.33") "," LINE("C", "386.40", "392.20") "]}",
                 false);
    const nvb_finding *f = found(&o, NVB_FOUND_TARIFFS, 0);
    assert_reading(f, 0, NVB_READ_INDEX_LOWER, NVB_FIT_EXACT);
    assert_is(f->readings[0].parameter, "0.01");
    done(&o);
}

/* One tariff: any number can be made up for it. */
static void one_tariff(void **state)
{
    (void)state;
    offer o = audit_of(
        NULL, HEAD INDEXED("2.5%") "\"prestaties\":[" LINE("A", "1000.00", "1013.00") "]}", false);
    const nvb_finding *f = found(&o, NVB_FOUND_TARIFFS, 0);
    for (size_t i = 0; i < f->n_readings; i++)
        assert_true(!nvbi_is_solved(f->readings[i].kind) || f->readings[i].fit == NVB_FIT_NEAR);
    done(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unchanged),
        cmocka_unit_test(slip_in_a_pattern),
        cmocka_unit_test(a_quarter_of_a_percent),
        cmocka_unit_test(two_sides),
        cmocka_unit_test(base_is_worth),
        cmocka_unit_test(written_rounded),
        cmocka_unit_test(a_point_before_a_large_discount),
        cmocka_unit_test(one_tariff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
