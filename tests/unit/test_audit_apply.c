/*
 * test_audit_apply.c: an offer read otherwise: what its tariffs come to under each kind of reading,
 * worked out by hand beside each row; and which readings are listed for an offer.
 */
#include "core/audit/audit.h"
#include "core/numtext.h"
#include "navolgbaar/formats.h"
#include "navolgbaar/validate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define T(literal)                                                                                 \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

/* Documents are written with ' for ". */
#define HEAD                                                                                       \
    "{'formaat':'navolgbaar/voorstel/1','soort':'contract','kenmerk':'K',"                         \
    "'contractjaar':2026,'zorgverzekeraar':{'naam':'V','uzovi':'0403'},"                           \
    "'zorgaanbieder':{'naam':'A','agb':'01234567'},"
#define BASE(amount) "'basis':{'soort':'vorig_contract','bedrag':'" amount "'}"

/* --- an offer and its audit, as far as a reading needs one --- */

typedef struct offer {
    char *text;
    nvb_diag *diag;
    nvb_document *doc;
    nvb_breakdown *breakdown;
    nvb_audit audit;
    nvbi_arena scratch;
    nvb_breakdown *work;
} offer;

static offer open_offer(const char *text, const nvb_reference *reference)
{
    offer o = {.diag = nvb_diag_new(), .text = malloc(strlen(text) + 1)};
    assert_non_null(o.text);
    memcpy(o.text, text, strlen(text) + 1);
    for (char *c = o.text; *c; c++)
        *c = (char)(*c == '\'' ? '"' : *c);
    nvb_source_file file = {
        NVB_TEXT("offer"), {o.text, strlen(o.text)}
    };
    o.doc = nvb_document_read(&file, NULL, o.diag);
    const nvb_proposal *p = o.doc ? nvb_document_proposal(o.doc) : NULL;
    if (p && nvb_proposal_validate(p, o.diag))
        o.breakdown = nvb_breakdown_new(p, NULL, o.diag);
    if (!o.breakdown) {
        nvb_buffer out = NVB_BUFFER_INIT;
        nvb_emit_problems(&out, o.diag, NVB_EN);
        fail_msg("no breakdown: %s", out.s ? out.s : "");
    }
    o.audit = (nvb_audit){.b = o.breakdown, .p = p, .diag = o.diag, .calc = nvb_calc_new(0)};
    o.audit.in = (nvb_audit_inputs){.breakdown = o.breakdown, .reference = reference};
    o.audit.in.n_claims = 1; /* so that what bears on turnover is listed too */
    nvbi_arena_init(&o.audit.arena);
    nvbi_arena_init(&o.scratch);
    nvb_engine_options bare = {.bare = true};
    o.work = nvb_breakdown_new(p, &bare, o.diag);
    assert_non_null(o.work);
    return o;
}

static void close_offer(offer *o)
{
    nvb_breakdown_free(o->work);
    nvbi_arena_release(&o->scratch);
    nvbi_arena_release(&o->audit.arena);
    nvb_calc_free(o->audit.calc);
    nvb_breakdown_free(o->breakdown);
    nvb_document_free(o->doc);
    nvb_diag_free(o->diag);
    free(o->text);
}

/* The tariff of line `i` under a reading, of the total when i is TOTAL; "" when it does not apply.
 */
enum { TOTAL = -1 };

static nvb_buffer under(offer *o, const nvb_reading *r, int i)
{
    nvb_proposal p;
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_arena_clear(&o->scratch);
    nvb_buffer_str(&out, "");
    if (!nvbi_reading_apply(&o->audit, r, o->audit.p, o->audit.calc, &o->scratch, &p))
        return out;
    assert_true(nvb_breakdown_renew(o->work, &p, o->diag));
    uint32_t figure =
        i == TOTAL ? nvb_breakdown_total(o->work) : nvb_breakdown_line(o->work, (size_t)i)->tariff;
    nvbi_num_append(o->audit.calc, &out, nvb_breakdown_at(o->work, figure)->value);
    return out;
}

typedef struct row {
    nvb_reading r;
    const char *parameter; /* NULL: none */
    const char *comes_to;  /* of the first line; "" when the reading changes nothing */
    int line;
} row;

static void check_rows(const char *text, const nvb_reference *reference, const row *rows, size_t n)
{
    offer o = open_offer(text, reference);
    for (size_t i = 0; i < n; i++) {
        nvb_reading r = rows[i].r;
        if (rows[i].parameter)
            assert_int_equal(
                nvb_num_parse(o.audit.calc, &r.parameter,
                              (nvb_text){rows[i].parameter, strlen(rows[i].parameter)}),
                NVB_SYNTAX_OK);
        nvb_buffer got = under(&o, &r, rows[i].line);
        if (strcmp(got.s ? got.s : "", rows[i].comes_to) != 0)
            fail_msg("row %zu, %s: %s, not %s", i, nvb_reading_kind_key(r.kind), got.s ? got.s : "",
                     rows[i].comes_to);
        nvb_buffer_release(&got);
    }
    close_offer(&o);
}

/* --- indices --- */

/* n = 7% - 5% = 2% and 6% - 3% = 3%; n + v = 6% and 5%; 90% x 6 + 10% x 5 = 5.9%: 1059.00. */
#define INDEX(how)                                                                                 \
    "'indexen':{'lpo':{'componenten':["                                                            \
    "{'id':'l','soort':'loon','aandeel':'90%','voorlopig':'4%',"                                   \
    "'vorig':{'jaar':2025,'voorlopig':'5%','definitief':'7%'}},"                                   \
    "{'id':'p','soort':'prijs','aandeel':'10%','voorlopig':'2%',"                                  \
    "'vorig':{'jaar':2025,'voorlopig':'3%','definitief':'6%'}}],"                                  \
    "'methode':{'nacalculatie':'verschil','samenstelling':'" how "'},'gesteld':'6%'}},"
#define AT_SHARES                                                                                  \
    HEAD INDEX("optellen") "'prestaties':[{'code':'A'," BASE(                                      \
        "1000") ",'stappen':[{'id':'index','soort':'index','index':'lpo','aandelen':"              \
                "{'l':'80%','p':'20%'}}]}]}"

static const char with_index[] =
    HEAD INDEX("optellen") "'stappen':[{'id':'index','soort':'index','index':'lpo'}],"
                           "'prestaties':[{'code':'A'," BASE("1000") "}]}";

#define U NVB_UNROUNDED

static void an_index_read_otherwise(void **state)
{
    (void)state;
    nvb_published wages[] = {
        {.year = 2024, .stage = NVB_STAGE_PROVISIONAL},
        {.year = 2024, .stage = NVB_STAGE_DEFINITIVE }
    };
    nvb_calc *calc = nvb_calc_new(0);
    nvb_num_parse(calc, &wages[0].percentage.value, NVB_TEXT("0.03"));
    nvb_num_parse(calc, &wages[1].percentage.value, NVB_TEXT("0.04"));
    nvb_series series = {.id = T("ova"), .kind = NVB_WAGE, .figures = wages, .n = 2};
    nvb_reference reference = {.series = &series, .n = 1};
    /* clang-format off */
    const row rows[] = {
        /* 1.02 x 1.04 - 1 = 6.08%, 1.03 x 1.02 - 1 = 5.06%; 5.472 + 0.506 = 5.978% */
        {{.kind = NVB_READ_CONVENTION,
          .index = T("lpo"),
          .convention = {NVB_DIFFERENCE, NVB_MULTIPLIED, NVB_PER_COMPONENT, U, U, U, U}},
         NULL, "1059.78", 0},
        /* the same to one decimal: 6.0% */
        {{.kind = NVB_READ_CONVENTION,
          .index = T("lpo"),
          .convention = {NVB_DIFFERENCE, NVB_MULTIPLIED, NVB_PER_COMPONENT, U, U, U, 1}},
         NULL, "1060", 0},
        /* the document's own */
        {{.kind = NVB_READ_CONVENTION,
          .index = T("lpo"),
          .convention = {NVB_DIFFERENCE, NVB_ADDED, NVB_PER_COMPONENT, U, U, U, U}},
         NULL, "", 0},
        {{.kind = NVB_READ_CLAIMED_INDEX, .index = T("lpo")}, "0.06", "1060", 0},
        {{.kind = NVB_READ_CLAIMED_INDEX, .index = T("other")}, "0.06", "", 0},
        /* 90% x 4 + 10% x 2 = 3.8% */
        {{.kind = NVB_READ_NO_AFTER, .index = T("lpo")}, NULL, "1038", 0},
        /* 90% x 6 + 10% x 2 = 5.6% */
        {{.kind = NVB_READ_NO_AFTER, .index = T("lpo"), .component = T("p")}, NULL, "1056", 0},
        /* 90% x (2 + 2 + 4) + 10% x (3 + 3 + 2) = 8% */
        {{.kind = NVB_READ_AFTER_TWICE, .index = T("lpo")}, NULL, "1080", 0},
        /* 90% x 8 + 10% x 5 = 7.7% */
        {{.kind = NVB_READ_AFTER_TWICE, .index = T("lpo"), .component = T("l")}, NULL, "1077", 0},
        /* wages of 2024: n = 4% - 3% = 1%; no series of prices: 90% x 5 + 10% x 5 = 5% */
        {{.kind = NVB_READ_AFTER_OTHER_YEAR, .index = T("lpo"), .year = 2024}, NULL, "1050", 0},
        {{.kind = NVB_READ_AFTER_OTHER_YEAR, .index = T("lpo"), .year = 2023}, NULL, "", 0},
        /* 90% x (2 + 7) + 10% x (3 + 6) = 9% */
        {{.kind = NVB_READ_YEAR_OLD, .index = T("lpo"), .stage = NVB_STAGE_DEFINITIVE},
         NULL, "1090", 0},
        /* 90% x (2 + 5) + 10% x 5 = 6.8% */
        {{.kind = NVB_READ_YEAR_OLD, .index = T("lpo"), .component = T("l")}, NULL, "1068", 0},
        /* 90% x 6 = 5.4% */
        {{.kind = NVB_READ_COMPONENT_OMITTED, .index = T("lpo"), .component = T("p")},
         NULL, "1054", 0},
        /* 10% x 6 + 90% x 5 = 5.1% */
        {{.kind = NVB_READ_SHARES_SWAPPED,
          .index = T("lpo"),
          .component = T("l"),
          .other_component = T("p")},
         NULL, "1051", 0},
        {{.kind = NVB_READ_SHIFTED, .index = T("lpo")}, "10", "1590", 0},
        {{.kind = NVB_READ_SHIFTED, .index = T("lpo")}, "0.01", "1000.59", 0},
    };
    /* clang-format on */
    check_rows(with_index, &reference, rows, COUNT(rows));
    nvb_calc_free(calc);
}

/* 80% x 6 + 20% x 5 = 5.8%: 1058.00. */
static void an_index_at_shares_of_the_line(void **state)
{
    (void)state;
    /* clang-format off */
    static const row rows[] = {
        {{.kind = NVB_READ_CLAIMED_INDEX, .index = T("lpo")}, "0.06", "1060", 0},
        /* 20% x 5 = 1% */
        {{.kind = NVB_READ_COMPONENT_OMITTED, .index = T("lpo"), .component = T("l")},
         NULL, "1010", 0},
        /* 20% x 6 + 80% x 5 = 5.2% */
        {{.kind = NVB_READ_SHARES_SWAPPED,
          .index = T("lpo"),
          .component = T("l"),
          .other_component = T("p")},
         NULL, "1052", 0},
        {{.kind = NVB_READ_SHIFTED, .index = T("lpo")}, "10", "1580", 0},
        /* 80% x 4 + 20% x 2 = 3.6% */
        {{.kind = NVB_READ_NO_AFTER, .index = T("lpo")}, NULL, "1036", 0},
    };
    /* clang-format on */
    check_rows(AT_SHARES, NULL, rows, COUNT(rows));
}

/* Under `vermenigvuldigen`: 1.02 x 1.02 x 1.04 - 1 = 8.2016% and 1.03 x 1.03 x 1.02 - 1 = 8.2118%;
 * 90% and 10% of those: 7.38144 + 0.82118 = 8.20262%. */
static void nacalculatie_twice_is_multiplied(void **state)
{
    (void)state;
    /* clang-format off */
    static const row rows[] = {
        {{.kind = NVB_READ_AFTER_TWICE, .index = T("lpo")}, NULL, "1082.03", 0},
    };
    /* clang-format on */
    check_rows(HEAD INDEX("vermenigvuldigen") "'prestaties':[{'code':'A'," BASE(
                   "1000") ",'stappen':[{'id':'index','soort':'index','index':'lpo'}]}]}",
               NULL, rows, COUNT(rows));
}

/* --- steps --- */

/* 200 + 5% x 200 = 210; + 50% of 4% x 210 = 4.20; - 1% x 200 = 2; 0; - 1.20: 211.00. */
static const char with_steps[] =
    HEAD "'stappen':["
         "{'id':'index','soort':'index','percentage':'5%'},"
         "{'id':'kwaliteit','soort':'opslag','percentage':'4%','over':'stand','aandeel':'50%'},"
         "{'id':'korting','soort':'afslag','percentage':'1%','over':'basis'},"
         "{'id':'bonus','soort':'opslag','bedrag':'3.00',"
         "'voorwaarde':{'omschrijving':'x','voldaan':false}},"
         "{'id':'weg','soort':'afslag','bedrag':'1.20','doorwerking':'eenmalig','jaar':2025}],"
         "'prestaties':[{'code':'A'," BASE("200") "}]}";

#define STEP(k, id) .kind = NVB_READ_##k, .step = T(id)

static void a_step_read_otherwise(void **state)
{
    (void)state;
    /* clang-format off */
    static const row rows[] = {
        /* 200 + 50% of 4% x 200 = 4; - 2 - 1.20 */
        {{STEP(STEP_OMITTED, "index")}, NULL, "200.8", 0},
        {{STEP(STEP_OMITTED, "bonus")}, NULL, "", 0},
        {{STEP(STEP_OMITTED, "nobody")}, NULL, "", 0},
        {{STEP(ONE_OFF_KEPT, "weg")}, NULL, "212.2", 0},
        {{STEP(ONE_OFF_KEPT, "korting")}, NULL, "", 0},
        {{STEP(STEP_TWICE, "korting")}, NULL, "209", 0},
        /* 220 + 4.40 - 2 - 1.20 */
        {{STEP(STEP_TWICE, "index")}, NULL, "221.2", 0},
        {{STEP(STEP_REVERSED, "korting")}, NULL, "215", 0},
        /* 190 + 3.80 - 2 - 1.20 */
        {{STEP(STEP_REVERSED, "index")}, NULL, "190.6", 0},
        {{STEP(CONDITION_IGNORED, "bonus")}, NULL, "214", 0},
        {{STEP(CONDITION_IGNORED, "korting")}, NULL, "", 0},
        /* 50% of 4% x 200 = 4 */
        {{STEP(STEP_OVER, "kwaliteit"), .over = NVB_OVER_BASE}, NULL, "210.8", 0},
        /* 1% x 214.20 = 2.142: 210.858 */
        {{STEP(STEP_OVER, "korting"), .over = NVB_OVER_STAND}, NULL, "210.86", 0},
        /* 1% x 210 = 2.10 */
        {{STEP(STEP_OVER, "korting"), .over = NVB_OVER_INDEXED}, NULL, "210.9", 0},
        /* 1% x 10 = 0.10 */
        {{STEP(STEP_OVER, "korting"), .over = NVB_OVER_FIGURES}, NULL, "212.9", 0},
        /* 1% x 4.20 = 0.042: 212.958 */
        {{STEP(STEP_OVER, "korting"), .over = NVB_OVER_FIGURES, .other_step = T("kwaliteit")},
         NULL, "212.96", 0},
        {{STEP(STEP_OVER, "korting"), .over = NVB_OVER_BASE}, NULL, "", 0},
        {{STEP(STEP_OVER, "weg"), .over = NVB_OVER_STAND}, NULL, "", 0},
        {{STEP(STEP_OVER, "index"), .over = NVB_OVER_FIGURES}, NULL, "", 0},
        {{STEP(SHARE_IGNORED, "kwaliteit")}, NULL, "215.2", 0},
        {{STEP(SHARE_IGNORED, "korting")}, NULL, "", 0},
        /* 50% of 40% x 210 = 42 */
        {{STEP(SHIFTED, "kwaliteit")}, "10", "248.8", 0},
        {{STEP(SHIFTED, "weg")}, "10", "", 0},
        {{STEP(OTHER_TREAD, "korting"), .number = 1}, NULL, "", 0},
    };
    /* clang-format on */
    check_rows(with_steps, NULL, rows, COUNT(rows));
}

/* 31.39 x 1.0475 = 32.881025, to one decimal 32.9; x 1.01 = 33.229: 33.23. */
static void roundings_read_otherwise(void **state)
{
    (void)state;
    /* clang-format off */
    static const row rows[] = {
        /* 32.881025 x 1.01 = 33.20983525 */
        {{STEP(STEP_UNROUNDED, "index")}, NULL, "33.21", 0},
        {{STEP(STEP_UNROUNDED, "opslag")}, NULL, "", 0},
        /* the index keeps its own: 32.9; x 1.01 = 33.229 to 33 */
        {{.kind = NVB_READ_ROUNDED_PER_STEP, .number = 0}, NULL, "33", 0},
        {{.kind = NVB_READ_ROUNDED_OTHERWISE, .mode = NVB_DOWN, .number = 2}, NULL, "33.22", 0},
        {{.kind = NVB_READ_ROUNDED_OTHERWISE, .number = 1}, NULL, "33.2", 0},
        {{.kind = NVB_READ_ROUNDED_OTHERWISE, .mode = NVB_UP, .number = 0}, NULL, "34", 0},
        {{.kind = NVB_READ_ROUNDED_OTHERWISE, .number = 2}, NULL, "", 0},
    };
    /* clang-format on */
    check_rows(HEAD "'stappen':[{'id':'index','soort':'index','percentage':'4.75%','afronden':"
                    "{'decimalen':1,'methode':'rekenkundig'}},{'id':'opslag','soort':'opslag',"
                    "'percentage':'1%','over':'stand'}],"
                    "'prestaties':[{'code':'A'," BASE("31.39") "}]}",
               NULL, rows, COUNT(rows));
}

/* 95% x 100 = 95; 8 is in the second tread: + 3% x 95 = 2.85: 97.85. */
static void a_table_and_a_base_percentage(void **state)
{
    (void)state;
    /* clang-format off */
    static const row rows[] = {
        {{STEP(OTHER_TREAD, "score"), .number = 1}, NULL, "95.95", 0},
        {{STEP(OTHER_TREAD, "score"), .number = 3}, NULL, "", 0},
        {{STEP(STEP_REVERSED, "score")}, NULL, "92.15", 0},
        {{STEP(SHIFTED, "score")}, "0.1", "95.29", 0}, /* 95 + 0.285 = 95.285 */
        {{.kind = NVB_READ_BASE_PERCENTAGE}, NULL, "103", 0},
    };
    /* clang-format on */
    check_rows(HEAD "'kenmerken':{'s':{'waarde':'8'}},'stappen':[{'id':'score','soort':'opslag',"
                    "'tabel':{'kenmerk':'s','treden':[{'tot':'7','percentage':'1%'},"
                    "{'percentage':'3%'}]},'over':'basis'}],'prestaties':[{'code':'A','basis':"
                    "{'soort':'vorig_contract','bedrag':'100','percentage':'95%'}}]}",
               NULL, rows, COUNT(rows));
}

/* 110 is cut to 105; 90 is raised to 95. */
static void limits_ignored(void **state)
{
    (void)state;
    /* clang-format off */
    static const row rows[] = {
        {{.kind = NVB_READ_MAXIMUM_IGNORED}, NULL, "110", 0},
        {{.kind = NVB_READ_MAXIMUM_IGNORED}, NULL, "95", 1},
        {{.kind = NVB_READ_MINIMUM_IGNORED}, NULL, "105", 0},
        {{.kind = NVB_READ_MINIMUM_IGNORED}, NULL, "90", 1},
    };
    /* clang-format on */
    check_rows(HEAD "'prestaties':[{'code':'A'," BASE(
                   "100") ",'maximum':{'bedrag':'105'},'stappen':[{'id':'x','soort':'opslag',"
                          "'percentage':'10%','over':'basis'}]},{'code':'B'," BASE(
                              "100") ",'minimum':{'bedrag':'95'},'stappen':[{'id':'y','soort':"
                                     "'afslag','percentage':'10%','over':'basis'}]}]}",
               NULL, rows, COUNT(rows));
}

/* 2 x 10.8345 = 21.669: 21.67. */
static void a_unit_carried_rounded(void **state)
{
    (void)state;
    /* clang-format off */
    static const row rows[] = {
        {{.kind = NVB_READ_BASE_ROUNDED}, NULL, "21.66", 1}, /* 2 x 10.83 */
    };
    /* clang-format on */
    check_rows(HEAD "'prestaties':[{'code':'U'," BASE(
                   "10.8345") "},{'code':'A','basis':"
                              "{'soort':'vorig_contract','prestatie':'U','factor':'2'}}]}",
               NULL, rows, COUNT(rows));
}

/* 1100 x 20 = 22000, under a ceiling of 20000; 1000 x 10, half of it at 50%: 7500. */
static void volumes_read_otherwise(void **state)
{
    (void)state;
    /* clang-format off */
    static const row rows[] = {
        {{.kind = NVB_READ_CEILING_IGNORED, .ceiling = T("p")}, NULL, "29500", TOTAL},
        {{.kind = NVB_READ_CEILING_IGNORED, .ceiling = T("q")}, NULL, "", TOTAL},
        {{.kind = NVB_READ_TIERS_IGNORED}, NULL, "30000", TOTAL},
        {{STEP(VOLUME_STEP_OMITTED, "minder")}, NULL, "29500", TOTAL}, /* 24000 */
        {{STEP(VOLUME_STEP_OMITTED, "meer")}, NULL, "25500", TOTAL}, /* 18000 */
    };
    /* clang-format on */
    check_rows(HEAD "'prestaties':[{'code':'A'," BASE(
                   "20") ",'volume':{'basis':{'aantal':'1000'},'stappen':[{'id':'meer',"
                         "'aantal':'200'},{'id':'minder','aantal':'-100'}]}},{'code':'B'," BASE(
                             "10") ",'volume':{'aantal':'1000'},'staffels':[{'tot':'500',"
                                   "'percentage':'100%'},{'percentage':'50%'}]}],"
                                   "'plafonds':[{'id':'p','bedrag':'20000','prestaties':['A']}]}",
               NULL, rows, 3);
    check_rows(HEAD "'prestaties':[{'code':'A'," BASE(
                   "20") ",'volume':{'basis':{'aantal':'1000'},'stappen':[{'id':'meer',"
                         "'aantal':'200'},{'id':'minder','aantal':'-100'}]}},{'code':'B'," BASE(
                             "10") ",'volume':{'aantal':'1000'},'staffels':[{'tot':'500',"
                                   "'percentage':'100%'},{'percentage':'50%'}]}]}",
               NULL, &(row){{STEP(VOLUME_STEP_OMITTED, "minder")}, NULL, "31500", TOTAL}, 1);
}

/* --- what nobody mentions --- */

/* with_index: 1000 + 59 = 1059. */
static void a_step_added(void **state)
{
    (void)state;
    /* clang-format off */
    static const row indexed[] = {
        {{.kind = NVB_READ_DISCOUNT_ON_INDEX}, "0.1", "1053.1", 0}, /* - 10% x 59 */
        {{.kind = NVB_READ_DISCOUNT_ON_INDEXED}, "0.01", "1048.41", 0}, /* - 1% x 1059 */
        {{.kind = NVB_READ_DISCOUNT_ON_TARIFF}, "0.01", "1048.41", 0}, /* - 1% x 1059 */
        {{.kind = NVB_READ_INDEX_LOWER}, "0.01", "1049", 0}, /* - 1% x 1000 */
        {{.kind = NVB_READ_INDEX_LOWER}, "-0.01", "1069", 0},
        {{.kind = NVB_READ_AMOUNT}, "2.5", "1056.5", 0},
        {{.kind = NVB_READ_AMOUNT}, "-2.5", "1061.5", 0},
        {{.kind = NVB_READ_PUBLISHED}, "0.0435", "", 0}, /* there is an index */
        {{.kind = NVB_READ_DISCOUNT_ON_INDEX}, "0", "1059", 0},
    };
    /* clang-format on */
    /* clang-format off */
    static const row bare[] = {
        {{.kind = NVB_READ_PUBLISHED}, "0.0435", "104.35", 0},
        {{.kind = NVB_READ_PUBLISHED}, "0.0435", "208.7", 1}, /* follows its unit */
        {{.kind = NVB_READ_INDEX_LOWER}, "-0.02", "204", 1},
        {{.kind = NVB_READ_DISCOUNT_ON_INDEX}, "0.1", "", 0},
    };
    /* clang-format on */
    check_rows(with_index, NULL, indexed, COUNT(indexed));
    check_rows(HEAD "'prestaties':[{'code':'A'," BASE(
                   "100") "},{'code':'B','basis':{'soort':'vorig_contract','prestatie':'A',"
                          "'factor':'2'}}]}",
               NULL, bare, COUNT(bare));
}

/* Kinds that are about a claim, not about the offer. */
static void some_readings_leave_the_offer_as_it_is(void **state)
{
    (void)state;
    /* clang-format off */
    static const row rows[] = {
        {{.kind = NVB_READ_OTHER_LINE}, NULL, "", 0},
        {{.kind = NVB_READ_DIGITS_SWAPPED}, NULL, "", 0},
        {{.kind = NVB_READ_POINT_MOVED}, NULL, "", 0},
        {{.kind = NVB_READ_LAST_TARIFF}, NULL, "", 0},
        {{.kind = NVB_READ_DIGIT_WRONG}, NULL, "", 0},
        {{.kind = NVB_READING_KIND_COUNT}, NULL, "", 0},
    };
    /* clang-format on */
    check_rows(with_steps, NULL, rows, COUNT(rows));
}

/* Two lines each have a step of that id, of their own: 110 and 120. */
static void one_of_several_steps_with_an_id(void **state)
{
    (void)state;
    /* clang-format off */
    static const row rows[] = {
        {{STEP(STEP_OMITTED, "x")}, NULL, "100", 0},
        {{STEP(STEP_OMITTED, "x")}, NULL, "100", 1},
        {{STEP(STEP_OMITTED, "x"), .step_path = T("/prestaties/B/stappen/x")}, NULL, "110", 0},
        {{STEP(STEP_OMITTED, "x"), .step_path = T("/prestaties/B/stappen/x")}, NULL, "100", 1},
    };
    /* clang-format on */
    check_rows(HEAD "'prestaties':[{'code':'A'," BASE(
                   "100") ",'stappen':[{'id':'x','soort':'opslag','bedrag':'10'}]},{'code':'B'"
                          "," BASE("100") ",'stappen':[{'id':'x','soort':'opslag','bedrag':'20'}]}]"
                                          "}",
               NULL, rows, COUNT(rows));
}

/* --- which are listed --- */

static size_t count_kind(const nvbi_readings *list, nvb_reading_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += list->items[i].kind == kind;
    return n;
}

static void what_changes_nothing_is_not_listed(void **state)
{
    (void)state;
    offer o = open_offer(with_steps, NULL);
    nvbi_readings list = {0};
    nvbi_readings_list(&o.audit, &list);
    assert_int_equal(count_kind(&list, NVB_READ_STEP_OMITTED), 3);
    assert_int_equal(count_kind(&list, NVB_READ_ONE_OFF_KEPT), 1);
    assert_int_equal(count_kind(&list, NVB_READ_CONDITION_IGNORED), 1);
    assert_int_equal(count_kind(&list, NVB_READ_SHARE_IGNORED), 1);
    assert_int_equal(count_kind(&list, NVB_READ_STEP_TWICE), 4);
    assert_int_equal(count_kind(&list, NVB_READ_SHIFTED), 3 * 4);
    assert_int_equal(count_kind(&list, NVB_READ_STEP_OVER), 2 * 3);
    assert_int_equal(count_kind(&list, NVB_READ_ROUNDED_OTHERWISE), 23);
    assert_int_equal(count_kind(&list, NVB_READ_MAXIMUM_IGNORED), 0);
    assert_int_equal(count_kind(&list, NVB_READ_CONVENTION), 0);
    assert_int_equal(count_kind(&list, NVB_READ_TIERS_IGNORED), 0);
    for (size_t i = 0; i < list.n; i++) {
        nvb_buffer got = under(&o, &list.items[i], 0);
        assert_true(got.n > 0);
        nvb_buffer_release(&got);
    }
    close_offer(&o);
}

/* Conventions: each once per outcome, none that gives what the document's own gives. */
static void conventions_differ_in_outcome(void **state)
{
    (void)state;
    offer o = open_offer(with_index, NULL);
    nvbi_readings list = {0};
    nvbi_readings_list(&o.audit, &list);
    nvb_calc *calc = o.audit.calc;
    const nvb_index *x = &o.audit.p->indices[0];
    nvb_convention own = nvbi_convention_of(x);
    nvb_num total = nvbi_index_under(calc, x, &own);
    const nvb_figure *engine = nvb_breakdown_at(o.breakdown, nvb_breakdown_index(o.breakdown, 0));
    assert_int_equal(nvb_num_cmp(calc, nvb_num_shift(calc, total, 2), engine->value), 0);
    assert_true(count_kind(&list, NVB_READ_CONVENTION) > 3);
    for (size_t i = 0; i < list.n; i++) {
        if (list.items[i].kind != NVB_READ_CONVENTION)
            continue;
        nvb_num one = nvbi_index_under(calc, x, &list.items[i].convention);
        assert_int_not_equal(nvb_num_cmp(calc, one, total), 0);
        for (size_t k = 0; k < i; k++)
            if (list.items[k].kind == NVB_READ_CONVENTION)
                assert_int_not_equal(
                    nvb_num_cmp(calc, one, nvbi_index_under(calc, x, &list.items[k].convention)),
                    0);
    }
    assert_int_equal(count_kind(&list, NVB_READ_CLAIMED_INDEX), 1);
    assert_int_equal(count_kind(&list, NVB_READ_NO_AFTER), 3);
    assert_int_equal(count_kind(&list, NVB_READ_SHARES_SWAPPED), 1);
    close_offer(&o);
}

/* However many steps a document has, no more than 400 readings. */
static void the_list_is_bounded(void **state)
{
    (void)state;
    nvb_buffer text = NVB_BUFFER_INIT;
    nvb_buffer_str(&text, HEAD "'prestaties':[{'code':'A'," BASE("100") ",'stappen':[");
    for (unsigned i = 0; i < 200; i++) {
        nvb_buffer_str(&text, i ? ",{'id':'s" : "{'id':'s");
        nvb_buffer_uint(&text, i);
        nvb_buffer_str(&text, "','soort':'opslag','percentage':'1%','over':'basis'}");
    }
    nvb_buffer_str(&text, "]}]}");
    offer o = open_offer(text.s, NULL);
    nvbi_readings list = {0};
    nvbi_readings_list(&o.audit, &list);
    assert_int_equal(list.n, 400);
    close_offer(&o);
    nvb_buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_index_read_otherwise),
        cmocka_unit_test(an_index_at_shares_of_the_line),
        cmocka_unit_test(nacalculatie_twice_is_multiplied),
        cmocka_unit_test(a_step_read_otherwise),
        cmocka_unit_test(roundings_read_otherwise),
        cmocka_unit_test(a_table_and_a_base_percentage),
        cmocka_unit_test(limits_ignored),
        cmocka_unit_test(a_unit_carried_rounded),
        cmocka_unit_test(volumes_read_otherwise),
        cmocka_unit_test(a_step_added),
        cmocka_unit_test(some_readings_leave_the_offer_as_it_is),
        cmocka_unit_test(one_of_several_steps_with_an_id),
        cmocka_unit_test(what_changes_nothing_is_not_listed),
        cmocka_unit_test(conventions_differ_in_outcome),
        cmocka_unit_test(the_list_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
