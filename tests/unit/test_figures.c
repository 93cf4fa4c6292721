/*
 * test_figures.c: a file of index figures: what comes out of a good one, and what is said of a bad
 * one and where. Expected texts are written by hand from the rules.
 */
#include "core/numtext.h"
#include "navolgbaar/formats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define HEAD                                                                                       \
    "{\"formaat\":\"navolgbaar/cijfers/"                                                           \
    "1\",\"titel\":\"T\",\"bronnen\":{\"b\":{\"titel\":\"B\"}},\n"
#define FIGURE(year, stage, rate)                                                                  \
    "{\"jaar\":" year ",\"stadium\":\"" stage "\",\"percentage\":" rate ",\"bron\":\"b\"}"
#define SERIES(figures) HEAD "\"reeksen\":[{\"id\":\"ova\",\"cijfers\":[\n" figures "]}]}"

static nvb_figures_file *read(const char *text, nvb_diag *diag)
{
    nvb_source_file file = {
        NVB_TEXT("c.json"), {text, strlen(text)}
    };
    return nvb_figures_read(&file, diag);
}

static void assert_percentage(const nvb_published *f, const char *digits, const char *path)
{
    nvb_calc *calc = nvb_calc_new(0);
    nvb_buffer out = NVB_BUFFER_INIT;
    assert_non_null(f);
    nvbi_num_append(calc, &out, f->percentage.value);
    assert_string_equal(out.s, digits);
    assert_string_equal(f->percentage.path.s, path);
    nvb_buffer_release(&out);
    nvb_calc_free(calc);
}

static void test_all_that_is_read(void **state)
{
    (void)state;
    nvb_diag *diag = nvb_diag_new();
    nvb_figures_file *f = read(
        "{\"reeksen\":[{\"id\":\"ova\",\"omschrijving\":\"OVA\",\"soort\":\"loon\",\"x-eigen\":1,"
        "\"cijfers\":["
        "{\"jaar\":2023,\"stadium\":\"voorlopig\",\"percentage\":\"4.74%\",\"bron\":\"cep\","
        "\"datum\":\"2023-03-09\"},"
        "{\"jaar\":2023,\"stadium\":\"definitief\",\"percentage\":6.36,\"bron\":\"cep\"}]},"
        "{\"id\":\"ppc\",\"cijfers\":[]}],"
        "\"bronnen\":{\"cep\":{\"titel\":\"CEP\",\"vindplaats\":\"v\",\"datum\":\"2023-03-09\"}},"
        "\"titel\":\"Landelijke cijfers\",\"formaat\":\"navolgbaar/cijfers/1\"}",
        diag);
    assert_int_equal(nvb_diag_kept(diag), 0);
    const nvb_reference *r = nvb_figures_reference(f);
    assert_string_equal(r->title.s, "Landelijke cijfers");
    assert_int_equal(r->n, 2);
    const nvb_series *ova = &r->series[0];
    assert_string_equal(ova->id.s, "ova");
    assert_string_equal(ova->description.s, "OVA");
    assert_int_equal(ova->kind, NVB_WAGE);
    assert_int_equal(ova->n, 2);
    assert_int_equal(ova->figures[0].year, 2023);
    assert_int_equal(ova->figures[0].stage, NVB_STAGE_PROVISIONAL);
    assert_int_equal(ova->figures[1].stage, NVB_STAGE_DEFINITIVE);
    assert_percentage(&ova->figures[0], "0.0474", "/reeksen/ova/cijfers/0/percentage");
    assert_percentage(&ova->figures[1], "0.0636", "/reeksen/ova/cijfers/1/percentage");
    assert_string_equal(ova->figures[0].source->id.s, "cep");
    assert_string_equal(ova->figures[0].date.s, "2023-03-09");
    assert_null(ova->figures[1].date.s);
    assert_int_equal(r->series[1].kind, NVB_COST_KIND_COUNT);
    assert_int_equal(r->series[1].n, 0);
    nvb_figures_free(f);
    nvb_diag_free(diag);
}

/* The definitive figure wherever it stands; else the last provisional one of the file. */
static void test_figure_of_a_year(void **state)
{
    (void)state;
    nvb_diag *diag = nvb_diag_new();
    nvb_figures_file *f = read(
        SERIES(FIGURE("2024", "voorlopig", "1") "," FIGURE("2024", "voorlopig", "2") "," FIGURE(
            "2025", "definitief", "3") "," FIGURE("2025", "voorlopig", "4")),
        diag);
    assert_non_null(f);
    const nvb_series *s = &nvb_figures_reference(f)->series[0];
    assert_percentage(nvb_series_of_year(s, 2024), "0.02", "/reeksen/ova/cijfers/1/percentage");
    assert_percentage(nvb_series_of_year(s, 2025), "0.03", "/reeksen/ova/cijfers/2/percentage");
    assert_null(nvb_series_of_year(s, 2026));
    nvb_figures_free(f);
    nvb_diag_free(diag);
}

typedef struct bad {
    const char *text, *said; /* without the source line and what stands under it */
    const char *hint;
} bad;

static void assert_said(const bad *b)
{
    nvb_diag *diag = nvb_diag_new();
    nvb_buffer out = NVB_BUFFER_INIT;
    assert_null(read(b->text, diag));
    nvb_emit_problems(&out, diag, NVB_NL);
    char *end = strchr(out.s, '\n');
    assert_non_null(end);
    if (!strstr(end, b->hint))
        fail_msg("%s lacks %s", out.s, b->hint);
    *end = '\0';
    assert_string_equal(out.s, b->said);
    assert_int_equal(nvb_diag_kept(diag), 1);
    nvb_buffer_release(&out);
    nvb_diag_free(diag);
}

static void test_what_is_wrong(void **state)
{
    (void)state;
    /* clang-format off */
    static const bad all[] = {
        {"{\"formaat\":\"navolgbaar/voorstel/1\"}",
         "c.json:1:12: fout E239: formaat \"navolgbaar/voorstel/1\" is hier niet bekend (/formaat)",
         "schrijf \"formaat\": \"navolgbaar/cijfers/1\""},
        {"{\"titel\":\"T\"}", "c.json:1:1: fout E203: 'formaat' ontbreekt",
         "voeg toe: \"formaat\": \"navolgbaar/cijfers/1\""},
        {"[]", "c.json:1:1: fout E208: 'document' is []; hier hoort een object",
         "{\"formaat\": \"navolgbaar/cijfers/1\", ...}"},
        {"{\"formaat\":", "c.json:1:12: fout E106: de tekst houdt op terwijl '{' van regel 1 nog open staat",
         "sluit af met '}'"},
        {HEAD "\"reekse\":[],\"reeksen\":[{\"id\":\"a\",\"cijfers\":[]}]}",
         "c.json:2:1: fout E201: onbekende sleutel 'reekse' (/reekse)", "bedoelt u 'reeksen'?"},
        {HEAD "\"reeksen\":[]}", "c.json:2:11: fout E234: 'reeksen' is leeg (/reeksen)", "vul het in"},
        {HEAD "\"reeksen\":[{\"id\":\"a\",\"cijfers\":[]},\n{\"id\":\"a\",\"cijfers\":[]}]}",
         "c.json:3:7: fout E228: id 'a' komt twee keer voor (/reeksen/a/id)", "eigen naam"},
        {SERIES("{\"jaar\":2024,\"percentage\":\"1%\",\"bron\":\"b\"}"),
         "c.json:3:1: fout E203: 'stadium' ontbreekt (/reeksen/ova/cijfers/0)",
         "voeg toe: \"stadium\": \"definitief\""},
        {SERIES(FIGURE("2024", "definitieve", "1")),
         "c.json:3:24: fout E224: 'stadium' kan niet \"definitieve\" zijn (/reeksen/ova/cijfers/0/stadium)",
         "bedoelt u \"definitief\"?"},
        {SERIES(FIGURE("2024", "voorlopig", "\"4,94%\"")),
         "c.json:3:49: fout E211: in 'percentage' staat een komma: \"4,94%\" (/reeksen/ova/cijfers/0/percentage)",
         "schrijf een punt: \"4.94%\""},
        {SERIES(FIGURE("2024", "voorlopig", "-100")),
         "c.json:3:49: fout E227: 'percentage' is -100; toegestaan is > -100% (/reeksen/ova/cijfers/0/percentage)",
         "^"},
        {SERIES(FIGURE("24", "voorlopig", "1")),
         "c.json:3:9: fout E227: 'jaar' is 24; toegestaan is 1000 – 9999 (/reeksen/ova/cijfers/0/jaar)", "^"},
        {SERIES("{\"jaar\":2024,\"stadium\":\"voorlopig\",\"percentage\":1,\"bron\":\"c\"}"),
         "c.json:3:58: fout E301: bron 'c' bestaat niet (/reeksen/ova/cijfers/0/bron)", "bekend zijn: b"},
        {SERIES(FIGURE("2024", "definitief", "1") ",\n" FIGURE("2023", "definitief", "1") ",\n"
                FIGURE("2024", "definitief", "1")),
         "c.json:5:9: fout E244: '2024 definitief' staat twee keer in 'cijfers' (/reeksen/ova/cijfers/2/jaar)",
         "noem het een keer"},
    };
    /* clang-format on */
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_said(&all[i]);
}

/* All in one run, sorted by place. */
static void test_all_problems_at_once(void **state)
{
    (void)state;
    nvb_diag *diag = nvb_diag_new();
    assert_null(read(
        SERIES("{\"jaar\":\"2024\",\"stadium\":\"x\",\"percentage\":null,\"bron\":1},\n7"), diag));
    static const nvb_code codes[] = {NVB_E206, NVB_E225, NVB_E230, NVB_E204, NVB_E208};
    assert_int_equal(nvb_diag_kept(diag), 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(nvb_diag_at(diag, i)->code, codes[i]);
        assert_int_equal(nvb_diag_at(diag, i)->place.line, i < 4 ? 3 : 4);
    }
    nvb_diag_free(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_that_is_read),
        cmocka_unit_test(test_figure_of_a_year),
        cmocka_unit_test(test_what_is_wrong),
        cmocka_unit_test(test_all_problems_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
