/*
 * test_audit_solve.c: what an audit solves for and the slips of the pen it knows. Every offer is
 * worked out by hand: bases are round, so that the claims below can be checked with pencil and
 * paper. Offers at random are in tests/audit.
 */
#include "core/audit/audit.h"
#include "core/numtext.h"
#include "navolgbaar/formats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define HEAD                                                                                       \
    "{\"formaat\":\"navolgbaar/voorstel/1\",\"soort\":\"contractvoorstel\",\"contractering\":"     \
    "\"digitaal\",\"kenmerk\":\"V\",\"contractjaar\":2025,\"zorgverzekeraar\":{\"naam\":\"V\","    \
    "\"uzovi\":\"0403\"},\"zorgaanbieder\":{\"naam\":\"A\",\"agb\":\"01234567\"},"

/* Case 6 of the domain: 2.2%, over the base. */
#define INDEXED                                                                                    \
    "\"indexen\":{\"x\":{\"jaar\":2025,\"percentage\":\"2.2%\",\"soort\":\"loon\"}},"              \
    "\"stappen\":[{\"id\":\"index\",\"soort\":\"index\",\"index\":\"x\",\"over\":\"basis\","       \
    "\"reden\":\"Loon en prijs.\"}],"

#define LINE(code, base, claim)                                                                    \
    "{\"code\":\"" code "\",\"omschrijving\":\"" code "\",\"basis\":{\"soort\":\"kostprijs\","     \
    "\"bedrag\":\"" base "\",\"jaar\":2025},\"tarief\":\"" claim "\",\"volume\":{\"aantal\":10}}"

#define OFFER(head, lines) HEAD head "\"prestaties\":[" lines "]}"

typedef struct audited {
    nvb_diag *diag;
    nvb_document *doc;
    nvb_breakdown *b;
    nvb_audit *a;
} audited;

static void complain(const nvb_diag *diag, const char *what)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_emit_problems(&out, diag, NVB_EN);
    fail_msg("%s: %s", what, out.s ? out.s : "");
}

static audited audit_of(const char *text)
{
    audited out = {.diag = nvb_diag_new()};
    nvb_source_file file = {
        NVB_TEXT("doc"), {text, strlen(text)}
    };
    nvb_read_options options = {.audited = true};
    out.doc = nvb_document_read(&file, &options, out.diag);
    const nvb_proposal *p = out.doc ? nvb_document_proposal(out.doc) : NULL;
    out.b = p ? nvb_breakdown_new(p, NULL, out.diag) : NULL;
    if (!out.b)
        complain(out.diag, "no breakdown");
    nvb_audit_inputs in = {.breakdown = out.b};
    out.a = nvb_audit_new(&in, out.diag);
    if (!out.a)
        complain(out.diag, "no audit");
    return out;
}

static void done(audited *x)
{
    nvb_audit_free(x->a);
    nvb_breakdown_free(x->b);
    nvb_document_free(x->doc);
    nvb_diag_free(x->diag);
}

static void assert_number(nvb_calc *calc, nvb_num value, const char *digits)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_num_append(calc, &out, value);
    assert_string_equal(out.s, digits);
    nvb_buffer_release(&out);
}

/* The i-th finding on tariffs; an empty one when there are not so many. */
static const nvb_finding *tariffs(const nvb_audit *a, size_t i)
{
    static const nvb_finding none = {.kind = NVB_FINDING_KIND_COUNT};
    for (size_t k = 0; k < nvb_audit_findings(a); k++)
        if (nvb_audit_finding(a, k)->kind == NVB_FOUND_TARIFFS && i-- == 0)
            return nvb_audit_finding(a, k);
    return &none;
}

static void assert_findings(const nvb_audit *a, size_t n)
{
    size_t found = 0;
    for (size_t k = 0; k < nvb_audit_findings(a); k++)
        found += nvb_audit_finding(a, k)->kind == NVB_FOUND_TARIFFS;
    assert_int_equal(found, n);
}

/* The reading of that kind; without fit when there is none. */
static nvb_reading reading_of(const nvb_finding *f, nvb_reading_kind kind)
{
    for (size_t i = 0; i < f->n_readings; i++)
        if (f->readings[i].kind == kind)
            return f->readings[i];
    return (nvb_reading){.fit = NVB_FIT_COUNT};
}

static nvb_reading first_of(const nvb_finding *f)
{
    return f->n_readings ? f->readings[0]
                         : (nvb_reading){.kind = NVB_READING_KIND_COUNT, .fit = NVB_FIT_COUNT};
}

static void assert_first(const nvb_finding *f, nvb_reading_kind kind)
{
    nvb_reading r = first_of(f);
    assert_string_equal(nvb_reading_kind_key(r.kind), nvb_reading_kind_key(kind));
    assert_int_equal(r.fit, NVB_FIT_EXACT);
    assert_int_equal(r.lines, f->n_paths);
}

/* --- the roundest number --- */

static void roundest(void **state)
{
    static const char *const cases[][3] = {
        {"0.00995",  "0.0104",   "0.01"    },
        {"0.99",     "1.04",     "1"       },
        {"9.6",      "31",       "10"      },
        {"12.2",     "12.9",     "12.2"    },
        {"-0.0104",  "-0.00995", "-0.01"   },
        {"-31",      "-9.6",     "-10"     },
        {"-0.5",     "0.5",      "0"       },
        {"0",        "7",        "0"       },
        {"-7",       "0",        "0"       },
        {"1.234567", "1.234567", "1.234567"},
        {"1.2341",   "1.2348",   "1.2341"  },
    };
    (void)state;
    nvb_calc *calc = nvb_calc_new(0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nvb_num low, high;
        nvb_num_parse(calc, &low, (nvb_text){cases[i][0], strlen(cases[i][0])});
        nvb_num_parse(calc, &high, (nvb_text){cases[i][1], strlen(cases[i][1])});
        assert_number(calc, nvbi_roundest(calc, low, high), cases[i][2]);
    }
    nvb_calc_free(calc);
}

/* --- solved --- */

/* 2.2% less 1% of it: x 1.02178. 1.000,00 -> 1021,78 for 1022,00; 1.250,00 -> 1277,225 -> 1277,23
 * for 1277,50; 386,40 -> 394,815792 -> 394,82 for 394,90. */
static void discount_over_the_index(void **state)
{
    (void)state;
    audited x =
        audit_of(OFFER(INDEXED, LINE("A", "1000.00", "1021.78") "," LINE(
                                    "B", "1250.00", "1277.23") "," LINE("C", "386.40", "394.82")));
    const nvb_finding *f = tariffs(x.a, 0);
    assert_first(f, NVB_READ_DISCOUNT_ON_INDEX);
    assert_number(x.a->calc, first_of(f).parameter, "0.01");
    assert_true(first_of(f).has_range);
    assert_findings(x.a, 1);
    assert_int_equal(f->n_paths, 3);
    assert_int_equal(f->gravity, NVB_FAULT);
    assert_number(x.a->calc, f->number[0], "3");
    assert_number(x.a->calc, f->number[2], "1021.78");
    assert_number(x.a->calc, f->number[3], "1022");
    /* 10 x (0,22 + 0,27 + 0,08) */
    assert_number(x.a->calc, f->amount, "5.7");
    done(&x);
}

/* 1% of what was indexed: x 1.01178. 1.000,00 -> 1011,78; 1.250,00 -> 1264,725 -> 1264,73. */
static void discount_over_the_indexed(void **state)
{
    (void)state;
    audited x = audit_of(
        OFFER(INDEXED, LINE("A", "1000.00", "1011.78") "," LINE("B", "1250.00", "1264.73")));
    assert_first(tariffs(x.a, 0), NVB_READ_DISCOUNT_ON_INDEXED);
    assert_number(x.a->calc, first_of(tariffs(x.a, 0)).parameter, "0.01");
    done(&x);
}

/* 1.2% for 2.2%: 1.000,00 -> 1012,00; 1.255,50 -> 1270,566 -> 1270,57; 386,40 -> 391,0368. */
static void index_lowered(void **state)
{
    (void)state;
    audited x =
        audit_of(OFFER(INDEXED, LINE("A", "1000.00", "1012.00") "," LINE(
                                    "B", "1255.50", "1270.57") "," LINE("C", "386.40", "391.04")));
    assert_first(tariffs(x.a, 0), NVB_READ_INDEX_LOWER);
    assert_number(x.a->calc, first_of(tariffs(x.a, 0)).parameter, "0.01");
    done(&x);
}

/* € 1,50 off 1022,00, 1277,50 and 394,90. */
static void fixed_amount(void **state)
{
    (void)state;
    audited x =
        audit_of(OFFER(INDEXED, LINE("A", "1000.00", "1020.50") "," LINE(
                                    "B", "1250.00", "1276.00") "," LINE("C", "386.40", "393.40")));
    assert_first(tariffs(x.a, 0), NVB_READ_AMOUNT);
    assert_number(x.a->calc, first_of(tariffs(x.a, 0)).parameter, "1.5");
    done(&x);
}

/* The index left out altogether: no parameter has to be made up. */
static void index_left_out(void **state)
{
    (void)state;
    audited x = audit_of(
        OFFER(INDEXED, LINE("A", "1000.00", "1000.00") "," LINE("B", "1250.00", "1250.00")));
    assert_first(tariffs(x.a, 0), NVB_READ_STEP_OMITTED);
    done(&x);
}

/* Two causes: 1% off the index on three lines (as above), and a slip on a fourth that should be
 * 2.044,00. */
static void two_causes(void **state)
{
    (void)state;
    audited x = audit_of(
        OFFER(INDEXED, LINE("A", "1000.00", "1021.78") "," LINE("B", "1250.00", "1277.23") "," LINE(
                           "C", "5000.00", "5108.90") "," LINE("D", "2000.00", "2404.00")));
    const nvb_finding *slip = tariffs(x.a, 0), *hidden = tariffs(x.a, 1);
    if (slip->n_paths == 3) {
        const nvb_finding *other = slip;
        slip = hidden;
        hidden = other;
    }
    assert_first(hidden, NVB_READ_DISCOUNT_ON_INDEX);
    assert_int_equal(hidden->n_paths, 3);
    assert_first(slip, NVB_READ_DIGITS_SWAPPED);
    assert_findings(x.a, 2);
    done(&x);
}

/* --- slips: one line among others that do follow --- */

#define AMONG(claim)                                                                               \
    OFFER(INDEXED, LINE("A", "1000.00", "1022.00") "," LINE("B", "1250.00", claim) "," LINE(       \
                       "C", "386.40", "394.90") "," LINE("D", "200.00", "204.40"))

static void slips(void **state)
{
    static const struct {
        const char *offer;
        nvb_reading_kind kind;
    } cases[] = {
        {AMONG("1277.05"), NVB_READ_DIGITS_SWAPPED},
        {AMONG("1727.50"), NVB_READ_DIGITS_SWAPPED},
        {AMONG("127.75"),  NVB_READ_POINT_MOVED   },
        {AMONG("12775"),   NVB_READ_POINT_MOVED   },
        {AMONG("12.78"),   NVB_READ_POINT_MOVED   },
        {AMONG("394.90"),  NVB_READ_OTHER_LINE    },
        {AMONG("1022.00"), NVB_READ_OTHER_LINE    },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        audited x = audit_of(cases[i].offer);
        assert_first(tariffs(x.a, 0), cases[i].kind);
        assert_findings(x.a, 1);
        done(&x);
    }
}

/* The line nearest in the document is the one it was taken from. */
static void other_line(void **state)
{
    (void)state;
    audited x = audit_of(
        OFFER(INDEXED, LINE("A", "1000.00", "1022.00") "," LINE("B", "500.00", "511.00") "," LINE(
                           "C", "1000.00", "1022.00") "," LINE("D", "386.40", "1022.00")));
    nvb_reading r = reading_of(tariffs(x.a, 0), NVB_READ_OTHER_LINE);
    assert_int_equal(r.fit, NVB_FIT_EXACT);
    assert_string_equal(r.other_line.s, "C");
    done(&x);
}

/* 1.877,50 for 1.277,50: one digit, and no more than the last resort. */
static void one_digit(void **state)
{
    (void)state;
    audited x = audit_of(AMONG("1877.50"));
    assert_int_equal(reading_of(tariffs(x.a, 0), NVB_READ_DIGIT_WRONG).fit, NVB_FIT_EXACT);
    done(&x);
    x = audit_of(AMONG("1277.51"));
    assert_int_equal(reading_of(tariffs(x.a, 0), NVB_READ_DIGIT_WRONG).fit, NVB_FIT_COUNT);
    done(&x);
}

static void nothing_wrong(void **state)
{
    (void)state;
    audited x = audit_of(AMONG("1277.50"));
    assert_findings(x.a, 0);
    done(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roundest),
        cmocka_unit_test(discount_over_the_index),
        cmocka_unit_test(discount_over_the_indexed),
        cmocka_unit_test(index_lowered),
        cmocka_unit_test(fixed_amount),
        cmocka_unit_test(index_left_out),
        cmocka_unit_test(two_causes),
        cmocka_unit_test(slips),
        cmocka_unit_test(other_line),
        cmocka_unit_test(one_digit),
        cmocka_unit_test(nothing_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
