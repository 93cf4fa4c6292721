/*
 * test_audit.c: claims worked out, formulas followed to the letter, intervals, where a fault
 * enters, the order of findings. Expected values are worked out by hand in the case.
 */
#include "core/audit/audit.h"
#include "navolgbaar/formats.h"
#include "navolgbaar/validate.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct offer {
    nvb_diag *diag;
    nvb_document *document;
    nvb_breakdown *b;
    nvb_checks *checks;
    nvb_audit *a;
} offer;

static void close_offer(offer *o)
{
    nvb_audit_free(o->a);
    nvb_checks_free(o->checks);
    nvb_breakdown_free(o->b);
    nvb_document_free(o->document);
    nvb_diag_free(o->diag);
}

static bool open_text(offer *o, const char *text, size_t n, bool audited)
{
    nvb_source_file file = {
        NVB_TEXT("a.json"), {text, n}
    };
    nvb_read_options options = {.audited = audited};
    *o = (offer){.diag = nvb_diag_new()};
    o->document = nvb_document_read(&file, &options, o->diag);
    const nvb_proposal *p = o->document ? nvb_document_proposal(o->document) : NULL;
    if (!p || !nvb_proposal_validate(p, o->diag) || nvb_diag_count(o->diag, NVB_ERROR))
        return false;
    o->b = nvb_breakdown_new(p, NULL, o->diag);
    return o->b != NULL;
}

static void audit(offer *o, const nvb_claim *claims, size_t n)
{
    o->checks = nvb_checks_new(o->b, NULL, o->diag);
    nvb_audit_inputs in = {.breakdown = o->b,
                           .checks = o->checks,
                           .claims = claims,
                           .n_claims = n,
                           .is_explanation = n > 0};
    o->a = nvb_audit_new(&in, o->diag);
    assert_non_null(o->a);
}

/* --- formulas --- */

static nvb_num own_value(void *world, const nvb_figure *f, const nvb_term *t)
{
    (void)world;
    (void)f;
    return t->value;
}

static char *file_text(const char *path, size_t *n)
{
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    fseek(in, 0, SEEK_END);
    *n = (size_t)ftell(in);
    rewind(in);
    char *text = malloc(*n + 1);
    assert_int_equal(fread(text, 1, *n, in), *n);
    text[*n] = '\0';
    fclose(in);
    return text;
}

/* Every formula of a document gives its own figure, and so does the figure worked out again. */
static size_t formulas_of(const char *path)
{
    size_t n;
    char *text = file_text(path, &n);
    offer o;
    size_t seen = 0;
    if (open_text(&o, text, n, false)) {
        nvb_calc *calc = nvb_calc_new(NVB_CALC_LONG);
        for (size_t i = 0; i < nvb_breakdown_count(o.b); i++) {
            const nvb_figure *f = nvb_breakdown_at(o.b, i);
            nvb_num value;
            if (!f->n_terms || !nvbi_terms_value(calc, f, own_value, NULL, &value))
                fail_msg("%s: the formula of %s does not give it", path, f->path.s);
            if (!nvbi_figure_again(o.b, calc, f, own_value, NULL, &value) ||
                nvb_num_cmp(calc, value, f->value) != 0)
                fail_msg("%s: %s does not come out again", path, f->path.s);
            seen++;
        }
        nvb_calc_free(calc);
    }
    close_offer(&o);
    free(text);
    return seen;
}

static void test_every_formula_gives_its_figure(void **state)
{
    (void)state;
    size_t seen = 0;
    DIR *samples = opendir("samples");
    assert_non_null(samples);
    for (struct dirent *d; (d = readdir(samples));) {
        char folder[512];
        snprintf(folder, sizeof folder, "samples/%.200s", d->d_name);
        DIR *files = d->d_name[0] == '.' ? NULL : opendir(folder);
        for (struct dirent *f; files && (f = readdir(files));) {
            size_t n = strlen(f->d_name);
            char path[1024];
            snprintf(path, sizeof path, "%s/%.200s", folder, f->d_name);
            if (n > 5 && strcmp(f->d_name + n - 5, ".json") == 0)
                seen += formulas_of(path);
        }
        if (files)
            closedir(files);
    }
    closedir(samples);
    assert_true(seen > 500);
}

/* --- claims --- */

#define HEAD                                                                                       \
    "{\"formaat\":\"navolgbaar/voorstel/1\",\"soort\":\"contractvoorstel\",\"contractering\":"     \
    "\"digitaal\",\"kenmerk\":\"K\",\"contractjaar\":2026,\"zorgverzekeraar\":{\"naam\":\"V\","    \
    "\"uzovi\":\"0001\"},\"zorgaanbieder\":{\"naam\":\"A\",\"agb\":\"00000001\"},"
#define INDEX(claim)                                                                               \
    "\"indexen\":{\"x\":{\"jaar\":2026,\"componenten\":[{\"id\":\"ova\",\"soort\":\"loon\","       \
    "\"aandeel\":\"90%\",\"voorlopig\":\"5%\"},{\"id\":\"ppc\",\"soort\":\"prijs\",\"aandeel\":"   \
    "\"10%\",\"voorlopig\":\"3%\"}]" claim "}},"                                                   \
    "\"stappen\":[{\"id\":\"i\",\"soort\":\"index\",\"index\":\"x\"}],"
#define LINE(code, kind, base, more)                                                               \
    "{\"code\":\"" code "\",\"basis\":{\"soort\":\"" kind "\",\"bedrag\":\"" base                  \
    "\",\"omschrijving\":\"o\"}" more "}"

static void assert_is(nvb_num value, const char *digits)
{
    nvb_calc *calc = nvb_calc_new(0);
    nvb_num want;
    assert_int_equal(nvb_num_parse(calc, &want, (nvb_text){digits, strlen(digits)}), NVB_SYNTAX_OK);
    if (nvb_num_cmp(calc, value, want) != 0)
        fail_msg("not %s", digits);
    nvb_calc_free(calc);
}

static void open_offer(offer *o, const char *text)
{
    assert_true(open_text(o, text, strlen(text), true));
}

/* 100 x 1.048 = 104.80; of 104.80 the index of 4.8% follows (0.9 x 5 + 0.1 x 3). */
static void test_what_follows(void **state)
{
    (void)state;
    offer o;
    open_offer(&o, HEAD INDEX(",\"gesteld\":\"4.8%\"") "\"prestaties\":[" LINE(
                       "A", "anders", "100", ",\"tarief\":\"104.80\"") "]}");
    audit(&o, NULL, 0);
    assert_int_equal(nvb_audit_figures(o.a), 2);
    assert_int_equal(nvb_audit_count(o.a, NVB_FOLLOWS), 2);
    assert_int_equal(nvb_audit_verdict(o.a), NVB_FOLLOWS);
    const nvb_audited *c = nvb_audit_figure(o.a, 0);
    assert_string_equal(c->path.s, "/indexen/x");
    assert_string_equal(c->place.s, "/indexen/x/gesteld");
    assert_int_equal(c->unit, NVB_PERCENT);
    assert_is(c->claimed, "4.8");
    assert_ptr_equal(nvbi_audited_at(o.a, NVB_TEXT("/prestaties/A/tarief")),
                     nvb_audit_figure(o.a, 1));
    assert_null(nvbi_audited_at(o.a, NVB_TEXT("/prestaties/B/tarief")));
    close_offer(&o);
}

/* The index is claimed at 5% and the tariff follows from that: the fault enters at the index. */
static void test_where_a_fault_enters(void **state)
{
    (void)state;
    offer o;
    open_offer(
        &o, HEAD INDEX(",\"gesteld\":\"5%\"") "\"prestaties\":[" LINE(
                "A", "anders", "100", ",\"tarief\":\"105\"") "," LINE("B", "anders", "100",
                                                                      ",\"tarief\":\"104\"") "]}");
    audit(&o, NULL, 0);
    assert_int_equal(nvb_audit_count(o.a, NVB_FOLLOWS_NOT), 3);
    assert_true(nvb_audit_figure(o.a, 0)->enters);
    assert_false(nvb_audit_figure(o.a, 1)->enters);
    assert_true(nvb_audit_figure(o.a, 2)->enters);
    assert_is(nvb_audit_figure(o.a, 0)->difference, "0.2");
    assert_is(nvb_audit_figure(o.a, 1)->computed, "104.8");
    close_offer(&o);
}

/* --- rounded inputs --- */

/* 31.39 may be 31.385 to 31.395: times 1.048 that is 32.891 to 32.902, so 32.89 or 32.90. */
static void test_interval_of_a_tariff(void **state)
{
    (void)state;
    offer o;
    open_offer(
        &o,
        HEAD
            INDEX("") "\"prestaties\":[" LINE("A", "vorig_contract", "31.39", ",\"tarief\":\"32.89\"") "," LINE(
                "B", "vorig_contract", "31.39",
                ",\"tarief\":\"32.88\"") "," LINE("C", "kostprijs", "31.39",
                                                  ",\"tarief\":\"32.89\"") "," LINE("D",
                                                                                    "vorig_"
                                                                                    "contract",
                                                                                    "31.391",
                                                                                    ",\"tarief\":"
                                                                                    "\"32.89\"") "]"
                                                                                                 "}");
    audit(&o, NULL, 0);
    const nvb_verdict want[] = {NVB_FOLLOWS_ROUNDED, NVB_FOLLOWS_NOT, NVB_FOLLOWS_NOT,
                                NVB_FOLLOWS_NOT};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(nvb_audit_figure(o.a, i)->verdict, want[i]);
    const nvb_audited *c = nvb_audit_figure(o.a, 0);
    assert_true(c->has_interval);
    assert_is(c->computed, "32.9");
    assert_is(c->low, "32.89");
    assert_is(c->high, "32.9");
    assert_true(nvb_audit_figure(o.a, 1)->has_interval);
    assert_false(nvb_audit_figure(o.a, 2)->has_interval);
    assert_false(nvb_audit_figure(o.a, 3)->has_interval);
    nvb_num low, high;
    assert_true(nvbi_audit_base_bounds(o.a, 0, &low, &high));
    assert_is(low, "31.385");
    assert_is(high, "31.395");
    assert_false(nvbi_audit_base_bounds(o.a, 2, &low, &high));
    size_t within = 0;
    for (size_t i = 0; i < nvb_audit_findings(o.a); i++)
        within += nvb_audit_finding(o.a, i)->kind == NVB_FOUND_WITHIN;
    assert_int_equal(within, 1);
    close_offer(&o);
}

#define CONTRACT                                                                                   \
    "{\"formaat\":\"navolgbaar/voorstel/1\",\"soort\":\"contract\",\"kenmerk\":\"C\","             \
    "\"contractjaar\":2025,\"zorgverzekeraar\":{\"naam\":\"V\",\"uzovi\":\"0001\"},"               \
    "\"zorgaanbieder\":{\"naam\":\"A\",\"agb\":\"00000001\"},\"stappen\":[{\"id\":\"i\","          \
    "\"soort\":"                                                                                   \
    "\"index\",\"percentage\":\"4.624%\"}],\"prestaties\":["

/* Last year's build-up is at hand: 30 x 1.04624 = 31.3872, rounded to 31.39. So the base is between
 * those two, and the tariff between 32.8937856 and 32.89672, rounded. Of B (20 x 1.04624 = 20.9248)
 * the base is not last year's tariff: half a cent either way. */
static void test_interval_from_last_year(void **state)
{
    (void)state;
    offer old, o;
    open_offer(&old,
               CONTRACT LINE("A", "kostprijs", "30", "") "," LINE("B", "kostprijs", "20", "") "]}");
    open_offer(&o, HEAD INDEX("") "\"prestaties\":[" LINE(
                       "A", "vorig_contract", "31.39",
                       ",\"tarief\":\"32.89\"") "," LINE("B", "vorig_contract", "20.90",
                                                         ",\"tarief\":\"1\"") "]}");
    nvb_comparison *previous = nvb_comparison_new(old.b, o.b, NULL, o.diag);
    assert_non_null(previous);
    o.checks = nvb_checks_new(o.b, previous, o.diag);
    nvb_audit_inputs in = {.breakdown = o.b, .checks = o.checks, .previous = previous};
    o.a = nvb_audit_new(&in, o.diag);
    assert_non_null(o.a);
    nvb_num low, high;
    assert_true(nvbi_audit_base_bounds(o.a, 0, &low, &high));
    assert_is(low, "31.3872");
    assert_is(high, "31.39");
    assert_true(nvbi_audit_base_bounds(o.a, 1, &low, &high));
    assert_is(low, "20.895");
    const nvb_audited *c = nvb_audit_figure(o.a, 0);
    assert_int_equal(c->verdict, NVB_FOLLOWS_ROUNDED);
    assert_is(c->low, "32.89");
    assert_is(c->high, "32.9");
    nvb_audit_free(o.a);
    o.a = NULL;
    nvb_checks_free(o.checks);
    o.checks = NULL;
    nvb_comparison_free(previous);
    close_offer(&o);
    close_offer(&old);
}

/* --- an explanation --- */

static nvb_claim claim(const char *path, const char *digits)
{
    nvb_claim c = {
        .path = {path, strlen(path)}
    };
    nvb_calc *calc = nvb_calc_new(0);
    nvb_num_parse(calc, &c.value, (nvb_text){digits, strlen(digits)});
    nvb_calc_free(calc);
    return c;
}

/* The first of that kind; fails when there is none. */
static const nvb_finding *found(const offer *o, nvb_finding_kind kind)
{
    static const nvb_finding none;
    for (size_t i = 0; i < nvb_audit_findings(o->a); i++)
        if (nvb_audit_finding(o->a, i)->kind == kind)
            return nvb_audit_finding(o->a, i);
    fail_msg("no finding %s", nvb_finding_kind_key(kind));
    return &none;
}

/* The step should be 4.8; 5 is claimed, and what comes after it follows from that. */
static void test_an_explanation(void **state)
{
    (void)state;
    offer o;
    open_offer(&o, HEAD INDEX("") "\"prestaties\":[" LINE("A", "anders", "100", "") "]}");
    const nvb_claim claims[] = {
        claim("/indexen/x", "4.8"),
        claim("/prestaties/A/basis", "100"),
        claim("/prestaties/A/stappen/i", "5"),
        claim("/prestaties/A/onafgerond", "105"),
        claim("/prestaties/A/begrenzing", "0"),
        claim("/prestaties/A/tarief", "105"),
        claim("/prestaties/Z/tarief", "1"),
    };
    audit(&o, claims, sizeof claims / sizeof *claims);
    assert_int_equal(nvb_audit_count(o.a, NVB_FOLLOWS), 3);
    assert_int_equal(nvb_audit_count(o.a, NVB_FOLLOWS_NOT), 4);
    const nvb_audited *step = nvbi_audited_at(o.a, NVB_TEXT("/prestaties/A/stappen/i"));
    const nvb_audited *tariff = nvbi_audited_at(o.a, NVB_TEXT("/prestaties/A/tarief"));
    assert_true(step->enters);
    assert_false(tariff->enters);
    assert_string_equal(tariff->place.s, "/knopen/prestaties/A/tarief");
    const nvb_finding *f = found(&o, NVB_FOUND_FIGURE);
    assert_string_equal(f->path.s, "/prestaties/A/stappen/i");
    assert_is(f->number[0], "5");
    assert_is(f->number[1], "4.8");
    assert_is(f->number[2], "2");
    f = found(&o, NVB_FOUND_UNKNOWN);
    assert_string_equal(f->path.s, "/prestaties/Z/tarief");
    assert_is(f->number[0], "1");
    /* left out: four of ova, ppc (figure and gewogen each, nacalculatie each), four parts, two
     * totals */
    f = found(&o, NVB_FOUND_MISSING);
    assert_is(f->number[0], "12");
    close_offer(&o);
}

/* A figure known to 20 decimals is equal when it rounds to that. */
static void test_a_fraction_of_20_decimals(void **state)
{
    (void)state;
    offer o;
    open_offer(&o, HEAD "\"prestaties\":[{\"code\":\"A\",\"basis\":{\"soort\":\"kostprijs\","
                        "\"bedrag\":\"100\",\"factor\":\"1/3\"}}]}");
    nvb_claim c = claim("/prestaties/A/basis", "33.33333333333333333333");
    c.is_rounded = true;
    audit(&o, &c, 1);
    assert_int_equal(nvb_audit_figure(o.a, 0)->verdict, NVB_FOLLOWS);
    close_offer(&o);

    open_offer(&o, HEAD "\"prestaties\":[{\"code\":\"A\",\"basis\":{\"soort\":\"kostprijs\","
                        "\"bedrag\":\"100\",\"factor\":\"1/3\"}}]}");
    c.is_rounded = false;
    audit(&o, &c, 1);
    assert_int_equal(nvb_audit_figure(o.a, 0)->verdict, NVB_FOLLOWS_NOT);
    close_offer(&o);
}

/* Most serious first, of equals the most euros, and ids count per rule in that order. */
static void test_order_of_findings(void **state)
{
    (void)state;
    offer o;
    open_offer(&o, HEAD INDEX(",\"gesteld\":\"5%\"") "\"prestaties\":[" LINE(
                       "A", "anders", "100", ",\"tarief\":\"104\"") "]}");
    audit(&o, NULL, 0);
    size_t n = nvb_audit_findings(o.a);
    for (size_t i = 1; i < n; i++)
        assert_true(nvb_audit_finding(o.a, i - 1)->gravity <= nvb_audit_finding(o.a, i)->gravity);
    size_t claims = 0;
    for (size_t i = 0; i < n; i++) {
        const nvb_finding *f = nvb_audit_finding(o.a, i);
        char id[64];
        if (f->rule != NVB_RULE_CLAIMS)
            continue;
        snprintf(id, sizeof id, "gesteld-volgt-%zu", ++claims);
        assert_string_equal(f->id.s, id);
    }
    assert_int_equal(nvb_audit_count_of(o.a, NVB_FAULT) + nvb_audit_count_of(o.a, NVB_DOUBT) +
                         nvb_audit_count_of(o.a, NVB_NOTE),
                     n);
    close_offer(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_formula_gives_its_figure),
        cmocka_unit_test(test_what_follows),
        cmocka_unit_test(test_where_a_fault_enters),
        cmocka_unit_test(test_interval_of_a_tariff),
        cmocka_unit_test(test_interval_from_last_year),
        cmocka_unit_test(test_an_explanation),
        cmocka_unit_test(test_a_fraction_of_20_decimals),
        cmocka_unit_test(test_order_of_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
