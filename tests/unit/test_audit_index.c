/*
 * test_audit_index.c: the conventions and other readings of an index, index figures against what
 * was published, where a ceiling bites, and findings from rules. Published cases and hand
 * arithmetic; the working stands beside each figure.
 */
#include "core/audit/audit_convention.h"
#include "core/numtext.h"
#include "navolgbaar/formats.h"
#include "navolgbaar/validate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* --- an audit with nothing in it but what a test asks for --- */

typedef struct bench {
    nvb_audit a;
    nvb_document *document;
    nvb_diag *diag;
    nvb_figures_file *figures;
    nvb_checks *checks;
    nvbi_readings readings;
    char text[8192], published[4096]; /* of the documents, which borrow them */
} bench;

static void
set_up_as(bench *t, const char *kind, const char *year, const char *indices, const char *rest)
{
    nvb_source_file file = {NVB_TEXT("voorstel.json"), {0}};
    nvb_read_options options = {.audited = true};
    memset(t, 0, sizeof *t);
    int n =
        snprintf(t->text, sizeof t->text,
                 "{\"formaat\":\"navolgbaar/voorstel/1\",\"soort\":\"%s\","
                 "\"contractering\":\"face_to_face\",\"kenmerk\":\"K\",\"datum\":\"2023-09-01\","
                 "\"contractjaar\":%s,\"zorgverzekeraar\":{\"naam\":\"V\",\"uzovi\":\"9992\"},"
                 "\"zorgaanbieder\":{\"naam\":\"A\",\"agb\":\"41999906\"},"
                 "\"indexen\":{%s},%s}",
                 kind, year, indices, rest);
    assert_in_range(n, 1, sizeof t->text - 1);
    file.bytes = (nvb_text){t->text, (size_t)n};
    t->diag = nvb_diag_new();
    t->document = nvb_document_read(&file, &options, t->diag);
    assert_non_null(t->document);
    t->a.p = nvb_document_proposal(t->document);
    if (!t->a.p)
        for (size_t i = 0; i < nvb_diag_kept(t->diag); i++)
            print_error("%s\n", nvb_diag_at(t->diag, i)->path.s);
    assert_non_null(t->a.p);
    nvbi_arena_init(&t->a.arena);
    t->a.calc = nvb_calc_new(0);
    t->a.diag = t->diag;
    t->a.b = nvb_breakdown_new(t->a.p, NULL, t->diag);
    assert_non_null(t->a.b);
    t->a.in.breakdown = t->a.b;
}

static void set_up(bench *t, const char *indices, const char *rest)
{
    set_up_as(t, "contractvoorstel", "2024", indices, rest);
}

static void publish(bench *t, const char *series)
{
    nvb_source_file file = {NVB_TEXT("cijfers.json"), {0}};
    int n = snprintf(t->published, sizeof t->published,
                     "{\"formaat\":\"navolgbaar/cijfers/1\",\"titel\":\"T\","
                     "\"bronnen\":{\"b\":{\"titel\":\"B\"}},\"reeksen\":[%s]}",
                     series);
    file.bytes = (nvb_text){t->published, (size_t)n};
    t->figures = nvb_figures_read(&file, t->diag);
    assert_non_null(t->figures);
    t->a.in.reference = nvb_figures_reference(t->figures);
}

static void tear_down(bench *t)
{
    assert_false(t->a.failed);
    nvb_checks_free(t->checks);
    nvb_breakdown_free(t->a.b);
    nvb_calc_free(t->a.calc);
    nvbi_arena_release(&t->a.arena);
    free(t->a.findings);
    nvb_figures_free(t->figures);
    nvb_document_free(t->document);
    nvb_diag_free(t->diag);
}

static nvb_num number(bench *t, const char *digits)
{
    nvb_num v;
    assert_int_equal(nvb_num_parse(t->a.calc, &v, (nvb_text){digits, strlen(digits)}),
                     NVB_SYNTAX_OK);
    return v;
}

static void assert_number(bench *t, nvb_num v, const char *digits)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_num_append(t->a.calc, &out, v);
    assert_string_equal(out.s, digits);
    nvb_buffer_release(&out);
}

static void assert_index(bench *t, const char *digits)
{
    assert_number(t, nvb_breakdown_at(t->a.b, nvb_breakdown_index(t->a.b, 0))->value, digits);
}

/* All readings of a claimed percentage of the first index. */
static void read_claim(bench *t, const char *claimed)
{
    t->readings = (nvbi_readings){0};
    nvb_num fraction = nvb_num_shift(t->a.calc, number(t, claimed), -2);
    nvbi_index_readings(&t->a, &t->a.p->indices[0], fraction, &t->readings);
}

/* The first of a kind; one of no kind when there is none. */
static const nvb_reading *reading(bench *t, nvb_reading_kind kind)
{
    static const nvb_reading none = {.kind = NVB_READING_KIND_COUNT};
    for (size_t i = 0; i < t->readings.n; i++)
        if (t->readings.items[i].kind == kind)
            return &t->readings.items[i];
    return &none;
}

static bool has_reading(bench *t, nvb_reading_kind kind)
{
    return reading(t, kind)->kind == kind;
}

static void assert_convention(bench *t, nvb_convention want, size_t others)
{
    const nvb_reading *r = reading(t, NVB_READ_CONVENTION);
    assert_ptr_equal(r, &t->readings.items[0]);
    assert_int_equal(r->fit, NVB_FIT_EXACT);
    assert_int_equal(r->convention.after, want.after);
    assert_int_equal(r->convention.combination, want.combination);
    assert_int_equal(r->convention.weighting, want.weighting);
    assert_int_equal(r->convention.round_after, want.round_after);
    assert_int_equal(r->convention.round_component, want.round_component);
    assert_int_equal(r->convention.round_weighted, want.round_weighted);
    assert_int_equal(r->convention.round_total, want.round_total);
    assert_int_equal(r->others, others);
}

#define OFF NVB_UNROUNDED
#define ONE_LINE                                                                                   \
    "\"prestaties\":[{\"code\":\"L1\",\"omschrijving\":\"l\",\"eenheid\":\"uur\",\"tarief\":"      \
    "\"10.00\"}]"

/* VNG 2024: weights 90/10; OVA 2023 4.74, later 6.36; ppc 2023 4.87, later 7.02; 2024 4.94, 2.51.
 */
#define VNG_PARTS                                                                                  \
    "\"componenten\":[{\"id\":\"ova\",\"soort\":\"loon\",\"aandeel\":\"90%\",\"voorlopig\":\"4."   \
    "94%"                                                                                          \
    "\",\"vorig\":{\"jaar\":2023,\"voorlopig\":\"4.74%\",\"definitief\":\"6.36%\"}},"              \
    "{\"id\":\"ppc\",\"soort\":\"prijs\",\"aandeel\":\"10%\",\"voorlopig\":\"2.51%\",\"vorig\":{"  \
    "\"jaar\":2023,\"voorlopig\":\"4.87%\",\"definitief\":\"7.02%\"}}]"
#define VNG                                                                                        \
    "\"i\":{\"jaar\":2024," VNG_PARTS ",\"methode\":{\"nacalculatie\":\"verhouding\","             \
    "\"samenstelling\":\"optellen\",\"weging\":\"per_term\"},\"afronding\":{\"gewogen\":2}}"
#define VNG_UNROUNDED                                                                              \
    "\"i\":{\"jaar\":2024," VNG_PARTS ",\"methode\":{\"nacalculatie\":\"verhouding\","             \
    "\"samenstelling\":\"optellen\",\"weging\":\"per_term\"},\"afronding\":{\"totaal\":2}}"

/* --- conventions --- */

/* N = 0.9 x 1.5466870... + 0.1 x 2.0501573... = 1.59703...; V = 4.446 + 0.251 = 4.697. */
static void test_vng_2024(void **state)
{
    (void)state;
    bench t;
    set_up(&t, VNG, ONE_LINE);
    assert_index(&t, "6.3");
    /* not rounded in between: 6.29403, so 6.29 */
    read_claim(&t, "6.29");
    assert_convention(&t, (nvb_convention){NVB_RATIO, NVB_ADDED, NVB_PER_TERM, OFF, OFF, OFF, 2},
                      0);
    /* multiplied gives 6.369 and so 6.37; but differences, 1.62 and 2.15, added to 4.697 are 6.37
     * without any rounding: fewest roundings goes first. The others: differences rounded per
     * component or per term; ratio multiplied per component 7 ways, per term 2 ways. */
    read_claim(&t, "6.37");
    assert_convention(
        &t, (nvb_convention){NVB_DIFFERENCE, NVB_ADDED, NVB_PER_TERM, OFF, OFF, OFF, OFF}, 11);
    tear_down(&t);

    set_up(&t, VNG_UNROUNDED, ONE_LINE);
    assert_index(&t, "6.29");
    /* 1.60 + 4.70; also with n rounded, before that or instead, and four ways per component. That
     * the document rounds the total too changes nothing, so it is not named */
    read_claim(&t, "6.30");
    assert_convention(&t, (nvb_convention){NVB_RATIO, NVB_ADDED, NVB_PER_TERM, OFF, OFF, 2, OFF},
                      6);
    tear_down(&t);
}

#define YEAR_2025                                                                                  \
    "\"i\":{\"jaar\":2025,\"componenten\":[{\"id\":\"ova\",\"soort\":\"loon\",\"aandeel\":\"90%"   \
    "\","                                                                                          \
    "\"voorlopig\":\"4.18%\",\"vorig\":{\"jaar\":2024,\"voorlopig\":\"4.94%\",\"definitief\":"     \
    "\"6.00%\"}},{\"id\":\"ppc\",\"soort\":\"prijs\",\"aandeel\":\"10%\",\"voorlopig\":\"1.82%\"," \
    "\"vorig\":{\"jaar\":2024,\"voorlopig\":\"2.51%\",\"definitief\":\"3.10%\"}}],"                \
    "\"afronding\":{\"totaal\":2}}"

/* Differences 1.06 and 0.59: 0.9 x 5.24 + 0.1 x 2.41 = 4.957, or 4.72 + 0.24. By ratio,
 * multiplied, 4.9497. */
static void test_differences(void **state)
{
    (void)state;
    bench t;
    set_up(&t, YEAR_2025, ONE_LINE);
    assert_index(&t, "4.95");
    read_claim(&t, "4.96");
    assert_convention(
        &t, (nvb_convention){NVB_DIFFERENCE, NVB_ADDED, NVB_PER_COMPONENT, OFF, OFF, OFF, 2}, 1);
    tear_down(&t);
}

/* 0.6 x 4.12 + 0.3 x 2.37 + 0.1 x 2.80 = 2.472 + 0.711 + 0.28 = 3.463. Rounded part by part it is
 * 2.47 + 0.71 + 0.28 = 3.46 as well: one other. There is no nacalculatie, so methods do not count.
 */
static void test_hospital(void **state)
{
    (void)state;
    bench t;
    set_up(
        &t,
        "\"i\":{\"componenten\":[{\"id\":\"loon\",\"soort\":\"loon\",\"aandeel\":\"60%\","
        "\"voorlopig\":\"4.12%\"},{\"id\":\"prijs\",\"soort\":\"prijs\",\"aandeel\":\"30%\","
        "\"voorlopig\":\"2.37%\"},{\"id\":\"kapitaal\",\"soort\":\"kapitaal\",\"aandeel\":\"10%\","
        "\"voorlopig\":\"2.80%\"}]}",
        ONE_LINE);
    assert_index(&t, "3.463");
    read_claim(&t, "3.46");
    assert_convention(
        &t, (nvb_convention){NVB_RATIO, NVB_MULTIPLIED, NVB_PER_COMPONENT, OFF, OFF, OFF, 2}, 1);
    assert_false(has_reading(&t, NVB_READ_NO_AFTER));
    read_claim(&t, "3.47");
    assert_false(has_reading(&t, NVB_READ_CONVENTION));
    tear_down(&t);
}

/* 0.9 x 4.74 + 0.1 x 4.87 = 4.266 + 0.487 = 4.753; part by part it would be 4.76. */
static void test_community_nursing(void **state)
{
    (void)state;
    bench t;
    set_up(&t,
           "\"i\":{\"componenten\":[{\"id\":\"ova\",\"soort\":\"loon\",\"aandeel\":\"90%\","
           "\"voorlopig\":\"4.74%\"},{\"id\":\"ppc\",\"soort\":\"prijs\",\"aandeel\":\"10%\","
           "\"voorlopig\":\"4.87%\"}]}",
           ONE_LINE);
    assert_index(&t, "4.753");
    read_claim(&t, "4.75");
    assert_convention(
        &t, (nvb_convention){NVB_RATIO, NVB_MULTIPLIED, NVB_PER_COMPONENT, OFF, OFF, OFF, 2}, 0);
    read_claim(&t, "4.8"); /* nothing gives 4.80; 4.3 + 0.5 and 4.27 + 0.49 do too */
    assert_convention(
        &t, (nvb_convention){NVB_RATIO, NVB_MULTIPLIED, NVB_PER_COMPONENT, OFF, OFF, OFF, 1}, 2);
    read_claim(&t, "4.76");
    assert_convention(
        &t, (nvb_convention){NVB_RATIO, NVB_MULTIPLIED, NVB_PER_COMPONENT, OFF, OFF, 2, OFF}, 0);
    tear_down(&t);
}

/* --- the same as the engine --- */

static uint32_t next(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (*seed >> 8) % below;
}

static nvb_input random_input(nvb_calc *calc, uint32_t *seed)
{
    nvb_num v = nvb_num_shift(calc, nvb_num_int((int64_t)next(seed, 1500) - 400), -4);
    return (nvb_input){v, NVB_TEXT("/x")};
}

static int random_stage(uint32_t *seed)
{
    return (int)next(seed, 5) - 1;
}

static nvb_index random_index(nvb_calc *calc, uint32_t *seed, nvb_component *c)
{
    nvb_index x = {.id = NVB_TEXT("i"), .path = NVB_TEXT("/indexen/i"), .components = c};
    x.n_components = 1 + next(seed, 3);
    for (size_t i = 0; i < x.n_components; i++) {
        c[i] = (nvb_component){.id = NVB_TEXT("c"), .path = NVB_TEXT("/indexen/i/componenten/c")};
        c[i].share = (nvb_input){nvb_num_div(calc, nvb_num_int(1 + next(seed, 9)), nvb_num_int(12)),
                                 NVB_TEXT("/x")};
        c[i].provisional = random_input(calc, seed);
        if (next(seed, 3)) {
            c[i].last_provisional = random_input(calc, seed);
            c[i].last_definitive = random_input(calc, seed);
        } else if (next(seed, 2))
            c[i].after = random_input(calc, seed);
    }
    x.after_method = (nvb_after_method)next(seed, NVB_AFTER_METHOD_COUNT);
    x.combination = (nvb_combination)next(seed, NVB_COMBINATION_COUNT);
    x.weighting = (nvb_weighting)next(seed, NVB_WEIGHTING_COUNT);
    x.round_after = random_stage(seed);
    x.round_component = x.weighting == NVB_PER_TERM ? OFF : random_stage(seed);
    x.round_weighted = random_stage(seed);
    x.round_total = random_stage(seed);
    return x;
}

static void test_same_as_engine(void **state)
{
    (void)state;
    uint32_t seed = 20240101;
    nvb_calc *calc = nvb_calc_new(0);
    nvb_diag *diag = nvb_diag_new();
    for (int i = 0; i < 3000; i++) {
        nvb_component c[3];
        nvb_index x = random_index(calc, &seed, c);
        nvb_proposal p = {.indices = &x, .n_indices = 1, .year = 2024};
        nvb_breakdown *b = nvb_breakdown_new(&p, NULL, diag);
        assert_non_null(b);
        nvb_num engine = nvb_breakdown_at(b, nvb_breakdown_index(b, 0))->value;
        nvb_convention own = nvbi_convention_of(&x);
        nvb_num ours = nvbi_index_under(calc, &x, &own);
        assert_int_equal(nvb_num_cmp(calc, engine, nvb_num_shift(calc, ours, 2)), 0);
        nvb_breakdown_free(b);
    }
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_OK);
    nvb_diag_free(diag);
    nvb_calc_free(calc);
}

/* What a search finds gives the claim, and the first of them has the fewest roundings that change
 * anything: one at most, as the claim was made with one. */
static void test_found_gives_claim(void **state)
{
    (void)state;
    uint32_t seed = 77;
    nvb_calc *calc = nvb_calc_new(0);
    for (int i = 0; i < 300; i++) {
        nvb_component c[3];
        nvb_index x = random_index(calc, &seed, c);
        nvb_convention other = nvbi_convention_of(&x);
        other.after = NVB_DIFFERENCE;
        other.combination = NVB_ADDED;
        other.round_after = other.round_component = other.round_weighted = OFF;
        other.round_total = 2;
        nvb_num claim = nvbi_index_under(calc, &x, &other);
        nvb_reading r;
        assert_true(nvbi_convention_search(calc, &x, claim, 0, &r));
        assert_int_equal(nvb_num_cmp(calc, nvbi_index_under(calc, &x, &r.convention), claim), 0);
        unsigned moved;
        nvbi_index_moved(calc, &x, &r.convention, &moved);
        moved &= ~(unsigned)NVBI_HAS_PRODUCT;
        assert_int_equal(moved & (moved - 1), 0);
    }
    nvb_calc_free(calc);
}

static void test_many_indices(void **state)
{
    (void)state;
    uint32_t seed = 5;
    nvb_calc *calc = nvb_calc_new(0);
    for (int i = 0; i < 1000; i++) {
        nvb_component c[3];
        nvb_index x = random_index(calc, &seed, c);
        nvb_reading r;
        nvbi_convention_search(calc, &x, nvb_num_shift(calc, nvb_num_int(417), -4), 0, &r);
    }
    nvb_calc_free(calc);
}

/* The proposal as a reading has it, worked out by the engine, gives the claim. */
static void assert_applies(bench *t, const nvb_reading *r, const char *claimed)
{
    nvb_proposal as_read;
    nvbi_arena scratch;
    nvbi_arena_init(&scratch);
    assert_true(nvbi_reading_apply(&t->a, r, t->a.p, t->a.calc, &scratch, &as_read));
    nvb_breakdown *b = nvb_breakdown_new(&as_read, NULL, t->diag);
    assert_non_null(b);
    nvb_num v = nvb_breakdown_at(b, nvb_breakdown_index(b, 0))->value;
    assert_int_equal(nvb_num_cmp(t->a.calc, v, number(t, claimed)), 0);
    nvb_breakdown_free(b);
    nvbi_arena_release(&scratch);
}

/* --- other readings of the VNG index; its N and V are rounded to 2 decimals and added --- */

typedef struct slip {
    const char *claim;
    nvb_reading_kind kind;
    const char *component, *other;
} slip;

static void test_slips(void **state)
{
    (void)state;
    static const slip slips[] = {
        {"4.70", NVB_READ_NO_AFTER,          NULL,  NULL }, /* V */
        {"4.91", NVB_READ_NO_AFTER,          "ova", NULL }, /* N = 0.205 -> 0.21 */
        {"7.89", NVB_READ_AFTER_TWICE,       NULL,  NULL }, /* N = 3.19406 -> 3.19 */
        {"8.03", NVB_READ_YEAR_OLD,          NULL,  NULL }, /* V = 5.724 + 0.702 -> 6.43 */
        {"0.46", NVB_READ_COMPONENT_OMITTED, "ova", NULL }, /* 0.21 + 0.25 */
        {"4.75", NVB_READ_SHARES_SWAPPED,    "ova", "ppc"}, /* 2.00 + 2.75 */
        {"0.63", NVB_READ_SHIFTED,           NULL,  NULL },
        {"63",   NVB_READ_SHIFTED,           NULL,  NULL },
        {"3.60", NVB_READ_DIGITS_SWAPPED,    NULL,  NULL },
        {"6.03", NVB_READ_DIGITS_SWAPPED,    NULL,  NULL },
        {"5.30", NVB_READ_INDEX_LOWER,       NULL,  NULL },
    };
    bench t;
    set_up(&t, VNG, ONE_LINE);
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        read_claim(&t, slips[i].claim);
        const nvb_reading *r = reading(&t, slips[i].kind);
        assert_int_equal(r->kind, slips[i].kind);
        assert_int_equal(r->fit, NVB_FIT_EXACT);
        assert_string_equal(r->index.s, "i");
        assert_int_equal(r->component.s != NULL, slips[i].component != NULL);
        if (slips[i].component)
            assert_string_equal(r->component.s, slips[i].component);
        if (slips[i].other)
            assert_string_equal(r->other_component.s, slips[i].other);
        if (r->kind <= NVB_READ_SHIFTED)
            assert_applies(&t, r, slips[i].claim);
    }
    tear_down(&t);
}

/* Twice, where parts are multiplied: n = 1.0636 / 1.0474 - 1 and twice is (1 + n)^2 - 1; per
 * component, total to 2: 0.9 x (1.0102 x 1.0102 x 1.0418 - 1), and so on. */
static void test_twice_multiplied(void **state)
{
    (void)state;
    bench t;
    set_up(&t, YEAR_2025, ONE_LINE);
    /* 1.06 / 1.0494 = 1.01010101: squared 1.02030405 x 1.0418 = 1.06295276; 1.031 / 1.0251 =
     * 1.00575554: squared 1.01154421 x 1.0182 = 1.02995431; 5.665748 + 0.299543 = 5.965291... */
    read_claim(&t, "5.97");
    const nvb_reading *r = reading(&t, NVB_READ_AFTER_TWICE);
    assert_int_equal(r->kind, NVB_READ_AFTER_TWICE);
    assert_null(r->component.s);
    assert_applies(&t, r, "5.97");
    tear_down(&t);
}

/* Points less: a quarter or a multiple is what somebody agrees on; it comes last. */
static void test_points_less(void **state)
{
    (void)state;
    bench t;
    set_up(&t, VNG, ONE_LINE);
    read_claim(&t, "5.30");
    assert_int_equal(t.readings.items[t.readings.n - 1].kind, NVB_READ_INDEX_LOWER);
    assert_number(&t, reading(&t, NVB_READ_INDEX_LOWER)->parameter, "0.01");
    read_claim(&t, "5.17");
    assert_int_equal(reading(&t, NVB_READ_INDEX_LOWER)->fit, NVB_FIT_NEAR);
    assert_number(&t, reading(&t, NVB_READ_INDEX_LOWER)->parameter, "0.0113");
    tear_down(&t);
}

/* --- what was published --- */

/* clang-format off */
#define FIGURE(year, stage, rate)                                                                  \
    "{\"jaar\":" year ",\"stadium\":\"" stage "\",\"percentage\":\"" rate "\",\"bron\":\"b\"}"
#define OVA                                                                                        \
    "{\"id\":\"OVA\",\"soort\":\"loon\",\"cijfers\":["                                           \
    FIGURE("2021", "voorlopig", "3.24") "," FIGURE("2021", "definitief", "2.01") ","               \
    FIGURE("2023", "voorlopig", "4.47") "," FIGURE("2023", "voorlopig", "4.74") ","                \
    FIGURE("2023", "definitief", "6.36") "," FIGURE("2024", "voorlopig", "4.94") "]}"
/* clang-format on */

/* n = 1.0201 / 1.0324 - 1 = -1.19140%: N = -1.07226 + 0.20502 -> -0.87; 4.70 - 0.87 = 3.83. */
static void test_nacalculatie_of_another_year(void **state)
{
    (void)state;
    bench t;
    set_up(&t, VNG, ONE_LINE);
    publish(&t, OVA);
    read_claim(&t, "3.83");
    const nvb_reading *r = reading(&t, NVB_READ_AFTER_OTHER_YEAR);
    assert_int_equal(r->kind, NVB_READ_AFTER_OTHER_YEAR);
    assert_int_equal(r->year, 2021);
    assert_applies(&t, r, "3.83");
    assert_string_equal(r->component.s, "ova");
    read_claim(&t, "4.94");
    r = reading(&t, NVB_READ_PUBLISHED);
    assert_int_equal(r->kind, NVB_READ_PUBLISHED);
    assert_string_equal(r->series.s, "OVA");
    tear_down(&t);
}

#define WITH(year, provisional, last, definitive)                                                  \
    "\"i\":{\"jaar\":" year ",\"componenten\":[{\"id\":\"ova\",\"soort\":\"loon\",\"aandeel\":"    \
    "\"100%\",\"voorlopig\":\"" provisional "\",\"vorig\":{\"jaar\":2023,\"voorlopig\":\"" last    \
    "\",\"definitief\":\"" definitive "\"}}]}"

static void
published(const char *indices, bool any, nvb_finding_kind kind, const char *place, int year)
{
    bench t;
    set_up(&t, indices, ONE_LINE);
    publish(&t, OVA);
    nvbi_audit_published(&t.a);
    assert_int_equal(t.a.n_findings, any ? 1 : 0);
    if (any) {
        const nvb_finding *f = &t.a.findings[0];
        assert_int_equal(f->kind, kind);
        assert_int_equal(f->gravity, kind == NVB_FOUND_OUTDATED ? NVB_NOTE : NVB_DOUBT);
        assert_string_equal(f->path.s, place);
        assert_string_equal(f->word[1].s, "OVA");
        if (kind == NVB_FOUND_PUBLISHED_OTHER)
            assert_int_equal(nvb_num_cmp(t.a.calc, f->number[3], nvb_num_int(year)), 0);
    }
    tear_down(&t);
}

static void test_published(void **state)
{
    (void)state;
    const char *now = "/indexen/i/componenten/ova/voorlopig";
    const char *then = "/indexen/i/componenten/ova/vorig/definitief";
    published(WITH("2024", "4.94", "4.74", "6.36"), false, 0, NULL, 0);
    published(WITH("2024", "4.94", "4.47", "6.36"), false, 0, NULL, 0); /* what was used then */
    published(WITH("2024", "6.36", "4.74", "6.36"), true, NVB_FOUND_PUBLISHED_OTHER, now, 2023);
    published(WITH("2024", "5.00", "4.74", "6.36"), true, NVB_FOUND_PUBLISHED, now, 0);
    published(WITH("2024", "4.94", "4.74", "4.94"), true, NVB_FOUND_PUBLISHED_OTHER, then, 2024);
    published(WITH("2023", "4.47", "4.74", "6.36"), true, NVB_FOUND_OUTDATED, now, 0);
    published(WITH("2030", "5.00", "4.74", "6.36"), false, 0, NULL, 0); /* nothing known of 2030 */
}

/* The same wrong figure in two components is one finding with both places. */
static void test_published_once(void **state)
{
    (void)state;
    bench t;
    set_up(&t,
           "\"i\":{\"jaar\":2024,\"componenten\":[{\"id\":\"ova\",\"soort\":\"loon\",\"aandeel\":"
           "\"100%\",\"voorlopig\":\"5.00%\"}]},\"k\":{\"jaar\":2024,\"componenten\":[{\"id\":"
           "\"salaris\",\"soort\":\"loon\",\"aandeel\":\"100%\",\"voorlopig\":\"5.00%\"}]}",
           ONE_LINE);
    publish(&t, OVA);
    nvbi_audit_published(&t.a);
    assert_int_equal(t.a.n_findings, 1);
    assert_int_equal(t.a.findings[0].n_paths, 2);
    assert_string_equal(t.a.findings[0].paths[1].s, "/indexen/k/componenten/salaris/voorlopig");
    tear_down(&t);
}

/* --- where a ceiling bites --- */

#define CEILING(count, tiers, amount)                                                              \
    "\"prestaties\":[{\"code\":\"L1\",\"omschrijving\":\"l\",\"eenheid\":\"uur\",\"tarief\":"      \
    "\"10.00\",\"volume\":{\"aantal\":" count "}" tiers "}],\"plafonds\":[{\"id\":\"p\","          \
    "\"omschrijving\":\"p\",\"bedrag\":\"" amount "\",\"prestaties\":\"alle\",\"reden\":\"r\"}]"
#define HALF    ",\"staffels\":[{\"tot\":100,\"percentage\":\"100%\"},{\"percentage\":\"50%\"}]"
#define NOTHING ",\"staffels\":[{\"tot\":100,\"percentage\":\"100%\"},{\"percentage\":\"0%\"}]"

static void
bites(const char *rest, const char *units, bool bites_now, const char *share, const char *amount)
{
    bench t;
    set_up(&t, "", rest);
    nvbi_audit_effective(&t.a);
    assert_int_equal(t.a.n_bites, 1);
    const nvb_bite *b = &t.a.bites[0];
    assert_int_equal(b->bites, bites_now);
    assert_int_equal(b->line != NULL, units != NULL);
    if (units)
        assert_number(&t, b->units, units);
    assert_number(&t, b->share, share);
    assert_int_equal(t.a.n_findings, bites_now);
    if (bites_now) {
        assert_true(t.a.findings[0].has_amount);
        assert_number(&t, t.a.findings[0].amount, amount);
    }
    tear_down(&t);
}

static void test_ceilings(void **state)
{
    (void)state;
    bites(CEILING("80", "", "1000.00"), "101", false, "1.25", NULL);
    bites(CEILING("160", "", "1000.00"), "101", true, "0.625", "600");
    bites(CEILING("160", "", "999.99"), "100", true, "0.62499375", "600.01");
    /* 1000 for the first hundred, then 5 a unit: 41 more are above 1200 */
    bites(CEILING("160", HALF, "1200.00"), "141", true, "0.92307692307692307692", "100");
    bites(CEILING("160", NOTHING, "1000.00"), NULL, false, "1", NULL);
    bites(CEILING("160", NOTHING, "999.00"), "100", true, "0.999", "1");
}

static void test_effective_tariff(void **state)
{
    (void)state;
    bench t;
    set_up(&t, "", CEILING("160", HALF, "1200.00"));
    nvbi_audit_effective(&t.a);
    assert_int_equal(t.a.n_effectives, 1);
    assert_number(&t, t.a.effectives[0].tariff, "10");
    assert_number(&t, t.a.effectives[0].effective, "7.5"); /* (1300 - 100) / 160 */
    assert_number(&t, t.a.effectives[0].count, "160");
    tear_down(&t);
}

/* --- rules --- */

#define STEPS(share, more)                                                                         \
    "\"stappen\":[{\"id\":\"index\",\"soort\":\"index\",\"index\":\"i\",\"over\":\"basis\"," share \
    "\"reden\":\"r\"}" more "],"
#define DISCOUNT                                                                                   \
    ",{\"id\":\"korting\",\"soort\":\"afslag\",\"percentage\":\"10%\",\"over\":[\"index\"],"       \
    "\"categorie\":\"doelmatigheid\",\"reden\":\"r\",\"bron\":\"b\"}"
/* 1,000 of the first, and of the second, which is half of it, 500 */
#define TWO_LINES                                                                                  \
    "\"bronnen\":{\"b\":{\"titel\":\"B\"}},\"prestaties\":[{\"code\":\"L1\",\"omschrijving\":"     \
    "\"l\","                                                                                       \
    "\"eenheid\":\"uur\",\"basis\":{\"soort\":\"vorig_contract\",\"bedrag\":\"100.00\"},"          \
    "\"volume\":{\"aantal\":1000}},{\"code\":\"L2\",\"omschrijving\":\"l\",\"eenheid\":\"uur\","   \
    "\"zonder\":\"alle\",\"basis\":{\"soort\":\"anders\",\"omschrijving\":\"half\",\"prestatie\":" \
    "\"L1\",\"factor\":\"1/2\"},\"volume\":{\"aantal\":500}}]"

/* The finding of a rule; one of no rule when there is none. */
static const nvb_finding *rule_found(bench *t, nvb_rule rule)
{
    static const nvb_finding none = {.rule = NVB_RULE_COUNT};
    for (size_t i = 0; i < t->a.n_findings; i++)
        if (t->a.findings[i].kind == NVB_FOUND_RULE && t->a.findings[i].rule == rule)
            return &t->a.findings[i];
    return &none;
}

static void ova(const char *rest, const char *amount)
{
    bench t;
    set_up(&t, VNG, rest);
    t.checks = nvb_checks_new(t.a.b, NULL, t.diag);
    t.a.in.checks = t.checks;
    nvbi_audit_rules(&t.a);
    const nvb_finding *f = rule_found(&t, NVB_RULE_OVA);
    assert_int_equal(f->rule == NVB_RULE_OVA, amount != NULL);
    if (amount) {
        assert_int_equal(f->gravity, NVB_DOUBT);
        assert_true(f->has_amount);
        assert_number(&t, f->amount, amount);
        assert_ptr_equal(f->check, nvb_checks_at(t.checks, NVB_RULE_OVA));
    }
    assert_int_equal(rule_found(&t, NVB_RULE_CLAIMS)->rule, NVB_RULE_COUNT);
    tear_down(&t);
}

static void test_rules(void **state)
{
    (void)state;
    ova(STEPS("", "") TWO_LINES, NULL);
    /* 10% of 6.30 a unit: 0.63 x 1000, and half of it x 500 on the line that leans on the first */
    ova(STEPS("", DISCOUNT) TWO_LINES, "787.5");
    /* 60% of 6.30 is passed on; 2.52 a unit is not: x 1000 and half of it x 500 */
    ova(STEPS("\"aandeel\":\"60%\",", "") TWO_LINES, "3150");
}

/* --- bases against last year's contract --- */

/* clang-format off */
#define LAST(code, tariff)                                                                         \
    "{\"code\":\"" code "\",\"omschrijving\":\"l\",\"eenheid\":\"uur\",\"tarief\":\"" tariff "\"}"
#define NOW(code, base, count)                                                                     \
    "{\"code\":\"" code "\",\"omschrijving\":\"l\",\"eenheid\":\"uur\",\"basis\":{"                \
    "\"soort\":\"vorig_contract\",\"bedrag\":\"" base "\"},\"volume\":{\"aantal\":" count "}}"
#define LAST_YEAR                                                                                  \
    "\"prestaties\":["                                                                             \
    LAST("A", "50.00") "," LAST("B", "20.00") "," LAST("C", "10.00") "," LAST("D", "5.00") "]"
#define THIS_YEAR                                                                                  \
    "\"prestaties\":["                                                                             \
    NOW("A", "48.00", "100") "," NOW("B", "19.00", "10") ","                                       \
    NOW("C", "15.00", "7") "," NOW("D", "5.00", "1") "]"
/* clang-format on */

static const nvb_finding *kind_found(bench *t, nvb_finding_kind kind)
{
    static const nvb_finding none = {.kind = NVB_FINDING_KIND_COUNT};
    for (size_t i = 0; i < t->a.n_findings; i++)
        if (t->a.findings[i].kind == kind)
            return &t->a.findings[i];
    return &none;
}

/* A is 2.00 short and B 1.00, C is 5.00 too high, D is right. */
static void test_bases(void **state)
{
    (void)state;
    bench old, t;
    set_up_as(&old, "contract", "2023", "", LAST_YEAR);
    set_up(&t, "", THIS_YEAR);
    nvb_comparison *previous = nvb_comparison_new(old.a.b, t.a.b, NULL, t.diag);
    assert_non_null(previous);
    t.a.in.previous = previous;
    t.checks = nvb_checks_new(t.a.b, previous, t.diag);
    t.a.in.checks = t.checks;
    nvbi_audit_rules(&t.a);
    const nvb_finding *f = kind_found(&t, NVB_FOUND_BASE);
    assert_int_equal(f->kind, NVB_FOUND_BASE);
    assert_int_equal(f->gravity, NVB_FAULT);
    assert_int_equal(f->n_paths, 2);
    assert_string_equal(f->path.s, "/prestaties/A/basis");
    assert_number(&t, f->number[0], "2");
    assert_number(&t, f->number[1], "48");
    assert_number(&t, f->number[2], "50");
    assert_number(&t, f->amount, "210"); /* 2 x 100 + 1 x 10 */
    f = kind_found(&t, NVB_FOUND_BASE_RAISED);
    assert_int_equal(f->gravity, NVB_NOTE);
    assert_number(&t, f->amount, "-35"); /* -5 x 7 */
    assert_int_equal(rule_found(&t, NVB_RULE_BASIS)->rule, NVB_RULE_COUNT);
    nvb_comparison_free(previous);
    tear_down(&t);
    tear_down(&old);
}

/* --- what was expected --- */

static void test_expected(void **state)
{
    (void)state;
    bench t, expected;
    set_up(&t, VNG_UNROUNDED, STEPS("", "") TWO_LINES);
    set_up(&expected, VNG, ONE_LINE);
    t.a.in.expected = expected.a.b;
    nvbi_audit_rules(&t.a);
    assert_int_equal(t.a.n_findings, 1);
    const nvb_finding *f = kind_found(&t, NVB_FOUND_EXPECTED);
    assert_int_equal(f->gravity, NVB_DOUBT);
    assert_number(&t, f->number[0], "6.29");
    assert_number(&t, f->number[1], "6.3");
    assert_number(&t, f->amount, "12.5"); /* 0.01 x 1000 + 0.005 x 500 */
    tear_down(&t);
    tear_down(&expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vng_2024),
        cmocka_unit_test(test_differences),
        cmocka_unit_test(test_hospital),
        cmocka_unit_test(test_community_nursing),
        cmocka_unit_test(test_same_as_engine),
        cmocka_unit_test(test_found_gives_claim),
        cmocka_unit_test(test_many_indices),
        cmocka_unit_test(test_slips),
        cmocka_unit_test(test_twice_multiplied),
        cmocka_unit_test(test_points_less),
        cmocka_unit_test(test_nacalculatie_of_another_year),
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_published_once),
        cmocka_unit_test(test_ceilings),
        cmocka_unit_test(test_effective_tariff),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_bases),
        cmocka_unit_test(test_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
