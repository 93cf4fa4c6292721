/*
 * test_audit_words.c: findings, readings and questions of an audit have words in both languages,
 * and read as people say them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/audit/audit.h"
#include "formats/audit/audit_items.h"
#include "formats/audit/audit_words.h"
#include "formats/word/wording_fill.h"

/* --- tables --- */

/* A template in both languages, of the same words, below `words`; `partly`: there may be none. */
static void check_family(nvbi_audit_family family, unsigned n, unsigned words, bool partly)
{
    for (unsigned i = 0; i < n; i++) {
        const char *nl = nvbi_audit_template(family, i, NVB_NL);
        const char *en = nvbi_audit_template(family, i, NVB_EN);
        if (partly && !nl && !en)
            continue;
        assert_non_null(nl);
        assert_non_null(en);
        assert_true(nl[0] && en[0]);
        assert_int_equal(nvbi_word_places(nl), nvbi_word_places(en));
        assert_int_equal(nvbi_word_needed(nl), nvbi_word_needed(en));
        assert_int_equal(nvbi_word_places(nl) & ~((1U << words) - 1), 0);
    }
    assert_null(nvbi_audit_template(family, n, NVB_NL));
}

static void every_template_is_in_both_languages(void **state)
{
    (void)state;
    check_family(NVBI_AUDIT_TITLES, NVB_FINDING_KIND_COUNT, 8, false);
    check_family(NVBI_AUDIT_EXPLANATIONS, NVB_FINDING_KIND_COUNT, 8, false);
    check_family(NVBI_AUDIT_QUESTIONS, NVB_FINDING_KIND_COUNT, 8, false);
    check_family(NVBI_AUDIT_RULE_QUESTIONS, NVB_RULE_COUNT, 3, false);
    check_family(NVBI_AUDIT_WHY_QUESTIONS, NVB_WHY_COUNT, 3, true);
    check_family(NVBI_AUDIT_READINGS, NVB_READING_KIND_COUNT, 8, false);
    check_family(NVBI_AUDIT_READINGS_BELOW, NVB_READING_KIND_COUNT, 8, true);
}

static void every_sentence_is_in_both_languages(void **state)
{
    (void)state;
    for (unsigned s = 0; s < NVBI_AUDIT_SAY_COUNT; s++) {
        const char *nl = nvbi_audit_sentence((nvbi_audit_say)s, NVB_NL);
        const char *en = nvbi_audit_sentence((nvbi_audit_say)s, NVB_EN);
        assert_true(nl && nl[0] && en && en[0]);
        assert_int_equal(nvbi_word_places(nl), nvbi_word_places(en));
    }
    for (int lang = NVB_NL; lang <= NVB_EN; lang++) {
        for (int i = 0; i < NVB_FIT_COUNT; i++)
            assert_true(nvbi_audit_fit((nvb_fit)i, (nvb_lang)lang)[0]);
    }
    for (int i = 0; i < NVB_GRAVITY_COUNT; i++)
        assert_true(nvbi_audit_mark((nvb_gravity)i)[0]);
}

/* A question of a rule asks: it can be sent as it is. */
static void questions_ask(void **state)
{
    (void)state;
    for (int lang = NVB_NL; lang <= NVB_EN; lang++) {
        for (unsigned i = 0; i < NVB_RULE_COUNT; i++)
            assert_non_null(
                strchr(nvbi_audit_template(NVBI_AUDIT_RULE_QUESTIONS, i, (nvb_lang)lang), '?'));
        for (unsigned i = 0; i < NVB_WHY_COUNT; i++) {
            const char *t = nvbi_audit_template(NVBI_AUDIT_WHY_QUESTIONS, i, (nvb_lang)lang);
            assert_true(!t || t[strlen(t) - 1] == '?');
        }
    }
}

/* --- sentences, an audit made by hand --- */

typedef struct world {
    nvb_audit audit;
    nvb_buffer out;
} world;

static nvb_num number(world *w, const char *digits)
{
    nvb_num v;
    assert_int_equal(nvb_num_parse(w->audit.calc, &v, (nvb_text){digits, strlen(digits)}),
                     NVB_SYNTAX_OK);
    return v;
}

static int set_up(void **state)
{
    static world w;
    w = (world){.out = NVB_BUFFER_INIT};
    w.audit.calc = nvb_calc_new(0);
    *state = &w;
    return w.audit.calc ? 0 : -1;
}

static int tear_down(void **state)
{
    world *w = *state;
    nvb_calc_free(w->audit.calc);
    nvb_buffer_release(&w->out);
    return 0;
}

/* What was said since the last call. */
static void expect(world *w, const char *text)
{
    assert_false(w->out.failed);
    assert_string_equal(w->out.s ? w->out.s : "", text);
    nvb_buffer_cut(&w->out, 0);
}

static nvb_finding tariffs(world *w, const char *n, const char *of)
{
    nvb_finding f = {.kind = NVB_FOUND_TARIFFS, .rule = NVB_RULE_CLAIMS};
    f.word[0] = NVB_TEXT("12010");
    nvbi_found_number(&f, 0, number(w, n), NVB_UNITS);
    nvbi_found_number(&f, 1, number(w, of), NVB_UNITS);
    nvbi_found_number(&f, 2, number(w, "102.18"), NVB_EUR);
    nvbi_found_number(&f, 3, number(w, "102.2"), NVB_EUR);
    return f;
}

static void tariffs_that_do_not_follow(void **state)
{
    world *w = *state;
    nvb_finding many = tariffs(w, "12", "40"), one = tariffs(w, "1", "40");
    nvbi_audit_title(&w->out, &w->audit, &many, NVB_NL);
    expect(w, "12 tarieven volgen niet uit het aanbod");
    nvbi_audit_title(&w->out, &w->audit, &one, NVB_EN);
    expect(w, "1 tariff does not follow from the offer");
    nvbi_audit_explanation(&w->out, &w->audit, &one, NVB_NL);
    expect(w, "1 van de 40 tarieven in het aanbod volgt niet uit de basis, de index en de andere "
              "stappen van het aanbod. Het is prestatie '12010': in het aanbod staat € 102,18; wij "
              "komen uit op € 102,20.");
    nvbi_audit_question(&w->out, &w->audit, &many, NVB_EN);
    expect(w, "The tariffs of 12 services do not follow from your base, index and other steps. For "
              "service '12010' your offer says €102.18; with your own figures we arrive at "
              "€102.20. How did you calculate this?");
}

/* Case 6 of the field: a discount of 1% hidden in the index. */
static void a_hidden_discount_is_named_and_asked_about(void **state)
{
    world *w = *state;
    nvb_finding f = tariffs(w, "12", "40");
    nvb_reading r[2] = {
        {.kind = NVB_READ_DISCOUNT_ON_INDEX, .parameter = number(w, "0.01"),    .lines = 12},
        {.kind = NVB_READ_INDEX_LOWER,       .parameter = number(w, "0.00022"), .lines = 12}
    };
    f.readings = r;
    f.n_readings = 2;
    nvbi_audit_reading(&w->out, &w->audit, &f, &r[0], NVB_NL);
    expect(w, "past bij een afslag van 1,00% over de index");
    nvbi_audit_reading(&w->out, &w->audit, &f, &r[1], NVB_NL);
    expect(w, "past bij een index die 0,022 procentpunt lager is");
    nvbi_audit_question(&w->out, &w->audit, &f, NVB_NL);
    expect(w,
           "De tarieven van 12 prestaties volgen niet uit uw basis, index en andere stappen. "
           "Bij prestatie '12010' staat in uw aanbod € 102,18; wij komen met uw eigen cijfers uit "
           "op € 102,20. Hoe hebt u dit berekend? Uw tarieven passen bij een afslag van 1,00% over "
           "de index, "
           "of even goed bij een index die 0,022 procentpunt lager is. Dat staat niet in uw "
           "aanbod. Klopt dit, en welke reden en bron horen erbij?");
    assert_true(nvbi_audit_alike(&w->audit, &f));
    r[1].over = NVB_OVER_BASE;
    nvbi_audit_reading(&w->out, &w->audit, &f, &r[1], NVB_EN);
    expect(w, "fits a discount of 0.022% on the base");
    r[1].lines = 11;
    assert_false(nvbi_audit_alike(&w->audit, &f));
    r[0].parameter = number(w, "-0.025");
    r[0].fit = NVB_FIT_NEAR;
    nvbi_audit_reading(&w->out, &w->audit, &f, &r[0], NVB_EN);
    expect(w, "nearly fits a surcharge of 2.50% on the index");
    r[0].parameter = nvb_num_div(w->audit.calc, nvb_num_int(1), nvb_num_int(97));
    nvbi_audit_reading(&w->out, &w->audit, &f, &r[0], NVB_NL);
    expect(w, "past bijna bij een afslag van ongeveer 1,03% over de index");
}

static void a_range_is_told_within_its_bounds(void **state)
{
    world *w = *state;
    nvb_finding f = tariffs(w, "1", "2");
    nvb_reading r = {.kind = NVB_READ_DISCOUNT_ON_INDEXED,
                     .parameter = number(w, "0.01"),
                     .has_range = true,
                     .low = number(w, "0.00945001"),
                     .high = number(w, "0.01054999")};
    nvbi_audit_reading(&w->out, &w->audit, &f, &r, NVB_NL);
    expect(w, "past bij een afslag van tussen 0,95% en 1,05% over het geïndexeerde tarief");
    r.low = number(w, "0.0099");
    r.high = number(w, "0.0101");
    nvbi_audit_reading(&w->out, &w->audit, &f, &r, NVB_EN);
    expect(w, "fits a discount of 1.00% on the indexed tariff");
}

static void a_convention_is_told_as_a_sentence(void **state)
{
    world *w = *state;
    nvb_finding f = {.kind = NVB_FOUND_INDEX, .rule = NVB_RULE_CLAIMS};
    nvb_reading r = {
        .kind = NVB_READ_CONVENTION,
        .index = NVB_TEXT("lpo-2026"),
        .convention = {NVB_RATIO, NVB_ADDED, NVB_PER_COMPONENT, NVB_UNROUNDED, NVB_UNROUNDED, 2,
                       NVB_UNROUNDED},
        .others = 14
    };
    f.word[0] = NVB_TEXT("lpo-2026");
    nvbi_found_number(&f, 0, number(w, "4.91"), NVB_PERCENT);
    nvbi_found_number(&f, 1, number(w, "4.96"), NVB_PERCENT);
    nvbi_audit_reading(&w->out, &w->audit, &f, &r, NVB_NL);
    expect(w,
           "4,91% volgt bij nacalculatie als verhouding, opgeteld, per deel gewogen, tussentijds "
           "op twee decimalen (de gewogen cijfers); 14 andere manieren geven hetzelfde");
    r.convention =
        (nvb_convention){NVB_DIFFERENCE, NVB_MULTIPLIED, NVB_PER_TERM, 1, NVB_UNROUNDED, 1, 2};
    r.others = 1;
    nvbi_audit_reading(&w->out, &w->audit, &f, &r, NVB_EN);
    expect(w, "4.91% follows with the correction (nacalculatie) as a difference, multiplied, "
              "correction and provisional figure weighted apart, rounded on the way to one decimal "
              "(the correction and the weighted figures), rounded at the end to two decimals; 1 "
              "other way gives the same");
    r.convention.round_after = r.convention.round_weighted = r.convention.round_total = -1;
    r.others = 0;
    f = tariffs(w, "12", "40");
    nvbi_audit_reading(&w->out, &w->audit, &f, &r, NVB_NL);
    expect(w, "past bij index 'lpo-2026', berekend met nacalculatie als verschil, vermenigvuldigd, "
              "nacalculatie en voorlopig cijfer apart gewogen, zonder afronding");
}

/* What the reader expects is not the other party's: no figures "of your own", no ids of the reader.
 */
static void expectations_are_the_readers_own(void **state)
{
    world *w = *state;
    nvb_finding f = tariffs(w, "12", "12");
    nvb_reading r[2] = {
        {.kind = NVB_READ_INDEX_LOWER,
         .index = {"mijn-index", 10},
         .parameter = number(w,                       "0.00022"),
         .lines = 12},
        {.kind = NVB_READ_STEP_OMITTED,                  .step = {"mijn-stap", 9},               .lines = 12}
    };
    f.kind = NVB_FOUND_EXPECTATION;
    f.n_less = 12;
    w->audit.in.is_expected = true;
    nvbi_audit_title(&w->out, &w->audit, &f, NVB_NL);
    expect(w, "12 tarieven zijn lager dan u verwacht");
    nvbi_audit_title(&w->out, &w->audit, &f, NVB_EN);
    expect(w, "12 tariffs are lower than you expect");
    f.readings = r;
    f.n_readings = 2;
    nvbi_audit_question(&w->out, &w->audit, &f, NVB_NL);
    expect(w, "Bij 12 prestaties komen wij op een ander tarief. Daarmee komt prestatie '12010' op "
              "€ 102,20. In uw aanbod staat € 102,18. Met welke basis, index en op- of afslagen "
              "hebt u gerekend? Uw tarieven passen bij een index die 0,022 procentpunt lager is. "
              "Dat staat niet in uw aanbod. Klopt dit, en welke reden en bron horen erbij?");
    f.readings = &r[1];
    f.n_readings = 1;
    nvbi_audit_question(&w->out, &w->audit, &f, NVB_EN);
    expect(w, "For 12 services we arrive at another tariff. On that footing service '12010' comes "
              "to €102.20. Your offer says €102.18. Which base, index and surcharges or discounts "
              "did you use?");
    w->audit.in.is_expected = false;
}

/* A provider does not ask for a lower tariff. */
static void what_is_in_favour_is_not_asked(void **state)
{
    world *w = *state;
    nvb_finding f = tariffs(w, "2", "40");
    f.n_more = 2;
    assert_false(nvbi_audit_is_asked(&w->audit, &f));
    f.n_less = 1;
    assert_true(nvbi_audit_is_asked(&w->audit, &f));
    f.kind = NVB_FOUND_INDEX;
    f.number[0] = number(w, "5");
    f.number[1] = number(w, "4");
    assert_false(nvbi_audit_is_asked(&w->audit, &f));
    f.number[1] = number(w, "6");
    assert_true(nvbi_audit_is_asked(&w->audit, &f));
    f.kind = NVB_FOUND_WITHIN;
    assert_false(nvbi_audit_is_asked(&w->audit, &f));
}

/* All on one side of what follows, however little, is told with what it comes to. */
static void a_remainder_on_one_side_is_told(void **state)
{
    world *w = *state;
    nvb_finding f = {.kind = NVB_FOUND_WITHIN, .rule = NVB_RULE_CLAIMS, .has_amount = true};
    f.word[0] = NVB_TEXT("/prestaties/A/tarief");
    nvbi_found_count(&f, 0, 6);
    nvbi_found_count(&f, 1, 6);
    nvbi_found_count(&f, 2, 0);
    f.amount = number(w, "12.5");
    nvbi_audit_explanation(&w->out, &w->audit, &f, NVB_NL);
    assert_non_null(
        strstr(w->out.s, "Samen € 12,50 per jaar, allemaal lager; dat is meestal geen toeval."));
    nvb_buffer_cut(&w->out, 0);
    nvbi_found_count(&f, 2, 1);
    nvbi_audit_explanation(&w->out, &w->audit, &f, NVB_NL);
    assert_null(strstr(w->out.s, "toeval"));
    nvb_buffer_cut(&w->out, 0);
}

static void rules_are_asked_about_by_their_reason(void **state)
{
    world *w = *state;
    nvb_check check = {.rule = NVB_RULE_OVA,
                       .outcome = NVB_NOT_MET,
                       .because = NVB_WHY_OVA_DISCOUNT,
                       .word = {NVB_TEXT("doelmatigheid")}};
    nvb_finding f = {.kind = NVB_FOUND_RULE, .rule = NVB_RULE_OVA, .check = &check};
    nvbi_audit_title(&w->out, &w->audit, &f, NVB_NL);
    expect(w, "Loonindex (OVA) volledig, zonder korting");
    nvbi_audit_explanation(&w->out, &w->audit, &f, NVB_NL);
    expect(w, "Afslag doelmatigheid wordt alleen over de index genomen. Dat is een korting op de "
              "index.");
    nvbi_audit_question(&w->out, &w->audit, &f, NVB_NL);
    expect(w, "U neemt 'doelmatigheid' over de index. Waarom krijgen wij de OVA niet volledig, en "
              "welke reden en bron horen bij deze korting?");
    assert_int_equal(nvbi_audit_item(&w->audit, &f), NVB_ITEM_INDEXATION);
}

/* The other readings, one row each; every kind passes here in both languages without a hole. */
static void readings_say_what_they_change(void **state)
{
    world *w = *state;
    nvb_finding f = tariffs(w, "12", "40");
    static const struct {
        nvb_reading r;
        nvb_lang lang;
        const char *said;
    } rows[] = {
        {{.kind = NVB_READ_NO_AFTER, .index = {"lpo", 3}, .component = {"ova", 3}},
         NVB_NL, "past bij index 'lpo' zonder de nacalculatie van 'ova'"                    },
        {{.kind = NVB_READ_NO_AFTER, .index = {"lpo", 3}},
         NVB_EN, "fits index 'lpo' without the correction (nacalculatie)"                   },
        {{.kind = NVB_READ_YEAR_OLD,
          .index = {"lpo", 3},
          .component = {"ova", 3},
          .stage = NVB_STAGE_DEFINITIVE},
         NVB_EN, "fits index 'lpo' with, for 'ova', a figure of a year earlier (definitive)"},
        {{.kind = NVB_READ_STEP_OVER, .step = {"a", 1}, .over = NVB_OVER_INDEXED},
         NVB_NL, "past bij stap 'a' genomen over het geïndexeerde tarief"                  },
        {{.kind = NVB_READ_STEP_OVER,
          .step = {"a", 1},
          .over = NVB_OVER_FIGURES,
          .other_step = {"index", 5}},
         NVB_EN, "fits step 'a' taken of step 'index'"                                      },
        {{.kind = NVB_READ_ROUNDED_PER_STEP, .number = 2},
         NVB_NL, "past bij een berekening waarin elke stap is afgerond op 2 decimalen"      },
        {{.kind = NVB_READ_ROUNDED_OTHERWISE, .number = 1, .mode = NVB_DOWN},
         NVB_NL, "past bij een tarief dat naar beneden is afgerond op 1 decimaal"           },
        {{.kind = NVB_READ_OTHER_TREAD, .step = {"ladder", 6}, .number = 3},
         NVB_NL, "past bij trede 3 van de tabel van stap 'ladder'"                          },
        {{.kind = NVB_READ_OTHER_LINE, .other_line = {"12\033\n1", 5}},
         NVB_NL, "past bij het tarief van prestatie '12␛ 1'"                              },
        {{.kind = NVB_READ_AFTER_OTHER_YEAR, .index = {"lpo", 3}, .year = 2023},
         NVB_NL, "past bij index 'lpo' met de nacalculatie over 2023, een ander jaar"       }
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        nvbi_audit_reading(&w->out, &w->audit, &f, &rows[i].r, rows[i].lang);
        expect(w, rows[i].said);
    }
    for (int kind = 0; kind < NVB_READING_KIND_COUNT; kind++) {
        nvb_reading r = {.kind = (nvb_reading_kind)kind,
                         .number = 2,
                         .year = 2024,
                         .parameter = number(w, "0.05"),
                         .over = NVB_OVER_BASE};
        r.index = r.component = r.other_component = r.step = r.series = NVB_TEXT("x");
        for (int lang = NVB_NL; lang <= NVB_EN; lang++) {
            nvbi_audit_reading(&w->out, &w->audit, &f, &r, (nvb_lang)lang);
            assert_true(w->out.n > 10);
            assert_null(strstr(w->out.s, "''"));
            assert_null(strchr(w->out.s, '{'));
            nvb_buffer_cut(&w->out, 0);
        }
    }
}

/* The parameter is the factor: of an index, a step or a table. */
static void a_point_in_the_wrong_place_is_told_as_a_factor(void **state)
{
    world *w = *state;
    nvb_finding f = tariffs(w, "12", "40");
    nvb_reading r = {
        .kind = NVB_READ_SHIFTED, .index = {"lpo", 3},
             .parameter = nvb_num_int(10)
    };
    nvbi_audit_reading(&w->out, &w->audit, &f, &r, NVB_NL);
    expect(w, "past bij index 'lpo' met de komma van het percentage op de verkeerde plaats"
              " (een factor 10 te groot)");
    r.parameter = nvb_num_shift(w->audit.calc, nvb_num_int(1), -2);
    nvbi_audit_reading(&w->out, &w->audit, &f, &r, NVB_EN);
    expect(w, "fits index 'lpo' with the decimal point of its percentage in the wrong place"
              " (too small by a factor of 100)");
}

static void places_and_years_are_in_words(void **state)
{
    world *w = *state;
    nvb_finding f = {.kind = NVB_FOUND_PUBLISHED_OTHER, .rule = NVB_RULE_PUBLISHED};
    f.word[0] = NVB_TEXT("/indexen/lpo/componenten/ova/voorlopig");
    f.word[1] = NVB_TEXT("OVA");
    f.word[2] = NVB_TEXT("voorlopig");
    f.word[3] = NVB_TEXT("definitief");
    nvbi_found_number(&f, 0, number(w, "4.18"), NVB_PERCENT);
    nvbi_found_number(&f, 1, number(w, "4.94"), NVB_PERCENT);
    nvbi_found_count(&f, 2, 2024);
    nvbi_found_count(&f, 3, 2023);
    nvbi_audit_explanation(&w->out, &w->audit, &f, NVB_EN);
    expect(w, "At index lpo, part ova, provisional figure it says 4.18%. Published for 2024 "
              "(provisional): 4.94%. The figure in the offer is that of 2023 (definitive).");
}

static void a_path_with_controls_stays_on_its_line(void **state)
{
    world *w = *state;
    nvb_finding f = {.kind = NVB_FOUND_UNKNOWN, .rule = NVB_RULE_CLAIMS};
    f.word[0] = (nvb_text){"/prestaties/1\033[2J\n/tarief", 23};
    nvbi_found_count(&f, 0, 1);
    nvbi_audit_explanation(&w->out, &w->audit, &f, NVB_NL);
    assert_null(strchr(w->out.s, '\033'));
    assert_null(strchr(w->out.s, '\n'));
    nvb_buffer_cut(&w->out, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_template_is_in_both_languages),
        cmocka_unit_test(every_sentence_is_in_both_languages),
        cmocka_unit_test(questions_ask),
        cmocka_unit_test_setup_teardown(tariffs_that_do_not_follow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_hidden_discount_is_named_and_asked_about, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_range_is_told_within_its_bounds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(expectations_are_the_readers_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_in_favour_is_not_asked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_remainder_on_one_side_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_convention_is_told_as_a_sentence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rules_are_asked_about_by_their_reason, set_up, tear_down),
        cmocka_unit_test_setup_teardown(readings_say_what_they_change, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_point_in_the_wrong_place_is_told_as_a_factor, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(places_and_years_are_in_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_path_with_controls_stays_on_its_line, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
