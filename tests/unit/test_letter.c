/*
 * test_letter.c: the sentences of the letter and of the checks are complete (each in both
 * languages, with the same words to fill in), numbers stand in their columns, and a small proposal
 * becomes a letter that says what applies and what does not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "formats/letter/letter.h"
#include "formats/word/table.h"
#include "formats/word/wording_check.h"
#include "formats/word/wording_fill.h"
#include "navolgbaar/validate.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { CHECK_WORDS = 7 }; /* {1} {2} {3} */

/* --- completeness --- */

static void assert_pair(const char *nl, const char *en, unsigned allowed)
{
    assert_non_null(nl);
    assert_non_null(en);
    assert_true(nl[0] != '\0' && en[0] != '\0');
    assert_int_equal(nvbi_word_places(nl), nvbi_word_places(en));
    assert_int_equal(nvbi_word_places(nl) & ~allowed, 0);
}

static void every_reason_has_a_sentence(void **state)
{
    (void)state;
    for (int i = 0; i < NVB_WHY_COUNT; i++)
        assert_pair(nvbi_word_because((nvb_because)i, NVB_NL),
                    nvbi_word_because((nvb_because)i, NVB_EN), CHECK_WORDS);
}

static void every_rule_and_outcome_has_words(void **state)
{
    (void)state;
    for (int r = 0; r < NVB_RULE_COUNT; r++)
        assert_pair(nvbi_word_rule_title((nvb_rule)r, NVB_NL),
                    nvbi_word_rule_title((nvb_rule)r, NVB_EN), 0);
    for (int o = NVB_MET; o <= NVB_UNKNOWN; o++) {
        const char *mark = nvbi_word_outcome_mark((nvb_outcome)o);
        assert_pair(nvbi_word_outcome((nvb_outcome)o, NVB_NL),
                    nvbi_word_outcome((nvb_outcome)o, NVB_EN), 0);
        assert_int_equal(nvbi_word_width(mark, strlen(mark)), 1);
        assert_true(nvbi_outcome_key((nvb_outcome)o)[0] != '\0');
    }
    for (int k = NVB_LEGAL; k <= NVB_OWN; k++) {
        assert_pair(nvbi_word_rule_kind((nvb_rule_kind)k, NVB_NL),
                    nvbi_word_rule_kind((nvb_rule_kind)k, NVB_EN), 0);
        assert_true(nvbi_rule_kind_key((nvb_rule_kind)k)[0] != '\0');
    }
}

static void every_sentence_is_in_both_languages(void **state)
{
    (void)state;
    for (int s = 0; s < NVBI_SAY_COUNT; s++)
        assert_pair(nvbi_letter_sentence((nvbi_sentence)s, NVB_NL),
                    nvbi_letter_sentence((nvbi_sentence)s, NVB_EN), (1U << NVBI_LETTER_WORDS) - 1);
}

/* --- filling in --- */

typedef struct filled {
    const char *sentence, *word;
    nvb_lang lang;
    const char *want;
} filled;

static void places_are_filled_as_people_write(void **state)
{
    static const filled rows[] = {
        {"{1} {1#dag|dagen}",         "1",          NVB_NL, "1 dag"           },
        {"{1} {1#dag|dagen}",         "2",          NVB_NL, "2 dagen"         },
        {"{1} {1#dag|dagen}",         "0",          NVB_NL, "0 dagen"         },
        {"{1#de enige|alle {1:num}}", "1",          NVB_NL, "de enige"        },
        {"{1#de enige|alle {1:num}}", "2000",       NVB_NL, "alle 2.000"      },
        {"{1:eur}",                   "1234567.5",  NVB_NL, "€ 1.234.567,50"},
        {"{1:eur}",                   "-1.25",      NVB_NL, "−€ 1,25"     },
        {"{1:eur}",                   "-0.125",     NVB_EN, "−€0.125"     },
        {"{1:pct}",                   "6.3",        NVB_NL, "6,30%"           },
        {"{1:num}",                   "20000",      NVB_EN, "20,000"          },
        {"{1:date}",                  "2025-10-01", NVB_NL, "1 oktober 2025"  },
        {"{1:date}",                  "2025-13-01", NVB_NL, "2025-13-01"      },
        {"{1:eur}",                   "niets",      NVB_NL, "niets"           },
        {"{1}",                       "a\nb",       NVB_NL, "a b"             },
        {"{ {9} {1",                  "x",          NVB_NL, "{ {9} {1"        },
        {"{1} en {2}",                "x",          NVB_NL, "x en "           }
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        nvb_buffer out = NVB_BUFFER_INIT;
        nvb_text word = {rows[i].word, strlen(rows[i].word)};
        nvbi_word_fill(&out, rows[i].sentence, &word, 1, rows[i].lang);
        assert_string_equal(out.s, rows[i].want);
        nvb_buffer_release(&out);
    }
}

static void a_check_is_one_filled_sentence(void **state)
{
    static const nvb_check check = {
        .rule = NVB_RULE_OVA,
        .outcome = NVB_NOT_MET,
        .because = NVB_WHY_OVA_CLAIM,
        .word = {{"lpo", 3}, {"6.29", 4}, {"6.3", 3}}
    };
    nvb_buffer out = NVB_BUFFER_INIT;
    (void)state;
    nvbi_word_check(&out, &check, NVB_NL);
    assert_string_equal(out.s, "Index lpo: opgegeven is 6,29%, maar uit de cijfers volgt 6,30%.");
    nvb_buffer_release(&out);
}

/* --- columns --- */

static void row(nvbi_table *t, const char *what, const char *number)
{
    nvbi_table_row(t);
    nvb_buffer_str(nvbi_table_cell(t), what);
    nvb_buffer_str(nvbi_table_cell(t), number);
}

static void assert_fits_the_page(const nvb_buffer *out)
{
    for (const char *at = out->s; *at;) {
        size_t n = strcspn(at, "\n");
        assert_true(nvbi_word_width(at, n) <= NVBI_PAGE);
        assert_true(n == 0 || at[n - 1] != ' ');
        at += n + (at[n] == '\n');
    }
}

static void numbers_align_on_their_mark(void **state)
{
    nvbi_table t = NVBI_TABLE_INIT;
    nvb_buffer out = NVB_BUFFER_INIT;
    (void)state;
    nvbi_table_begin(&t, NVB_NL, 0, "wn");
    row(&t, "a", "1.234,5");
    row(&t, "b", "−0,125");
    row(&t, "c", "7");
    row(&t, "d", "6,3%");
    nvbi_table_write(&t, &out);
    assert_string_equal(out.s, "a  1.234,5\nb     −0,125\nc      7\nd      6,3%\n");
    nvb_buffer_release(&out);
    nvbi_table_release(&t);
}

/* A number that no column holds stands apart, whole; a label that wraps stays under its own
 * beginning. */
static void nothing_passes_the_edge(void **state)
{
    static const char number[] = "0,12345678901234567890123456789";
    nvbi_table t = NVBI_TABLE_INIT;
    nvb_buffer out = NVB_BUFFER_INIT;
    (void)state;
    nvbi_table_begin(&t, NVB_NL, 2, "tn");
    nvbi_table_title(&t, 1, "bedrag");
    t.full = true;
    row(&t,
        "  een naam die lang genoeg is om over de rand te lopen van een bladzijde van tachtig "
        "tekens",
        number);
    row(&t, "kort", "1,00");
    nvbi_table_write(&t, &out);
    assert_non_null(strstr(out.s, "bedrag: 0,12345678901234567890123456789\n"));
    assert_non_null(strstr(out.s, "\n    "));
    assert_fits_the_page(&out);
    nvb_buffer_release(&out);
    nvbi_table_release(&t);
}

/* --- a letter --- */

/* 100 x 6% = 6; 1% of 106 = 1.06; 104.94 exactly; 10 x 104.94 = 1049.40. */
static const char proposal[] =
    "{\"formaat\":\"navolgbaar/voorstel/"
    "1\",\"soort\":\"contractvoorstel\",\"contractering\":\"digitaal\",\"kenmerk\":\"K-1\","
    "\"contractjaar\":2026,\"zorgverzekeraar\":{\"naam\":\"V\",\"uzovi\":\"9991\"},"
    "\"zorgaanbieder\":{\"naam\":\"A\",\"agb\":"
    "\"04999999\"},\"bronnen\":{\"b\":{\"titel\":\"Bron "
    "B\"}},\"indexen\":{\"i\":{\"percentage\":\"6%\",\"soort\":\"loon\"}},"
    "\"stappen\":[{\"id\":\"index\",\"soort\":\"index\",\"index\":\"i\"},{\"id\":\"korting\","
    "\"soort\":\"afslag\","
    "\"percentage\":\"1%\",\"over\":\"stand\",\"bron\":\"b\"}],\"prestaties\":[{\"code\":\"P1\","
    "\"eenheid\":\"uur\",\"basis\":"
    "{\"soort\":\"vorig_contract\",\"bedrag\":\"100\",\"jaar\":2025,\"bron\":\"b\"},\"volume\":{"
    "\"aantal\":10}}]}";

typedef struct whole {
    nvb_diag *diag;
    nvb_document *document;
    nvb_breakdown *breakdown;
    nvb_checks *checks;
    nvb_buffer out;
} whole;

static void explain(whole *w, const char *text)
{
    nvb_source_file file = {
        NVB_TEXT("voorstel.json"), {text, strlen(text)}
    };
    *w = (whole){.diag = nvb_diag_new()};
    w->document = nvb_document_read(&file, NULL, w->diag);
    assert_non_null(nvb_document_proposal(w->document));
    assert_true(nvb_proposal_validate(nvb_document_proposal(w->document), w->diag));
    w->breakdown = nvb_breakdown_new(nvb_document_proposal(w->document), NULL, w->diag);
    assert_non_null(w->breakdown);
    w->checks = nvb_checks_new(w->breakdown, NULL, w->diag);
    assert_non_null(w->checks);
}

static const char *write_letter(whole *w, nvb_lang lang)
{
    nvb_explanation e = {w->document, w->breakdown, w->checks, w->diag, NULL, true};
    nvb_buffer_cut(&w->out, 0);
    nvb_emit_letter(&w->out, &e, &(nvb_emit_options){.lang = lang});
    assert_false(w->out.failed);
    assert_fits_the_page(&w->out);
    return w->out.s;
}

static void forget(whole *w)
{
    nvb_buffer_release(&w->out);
    nvb_checks_free(w->checks);
    nvb_breakdown_free(w->breakdown);
    nvb_document_free(w->document);
    nvb_diag_free(w->diag);
}

static void assert_says(const char *letter, const char *const *wanted, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strstr(letter, wanted[i]))
            fail_msg("the letter does not say: %s", wanted[i]);
}

static void a_letter_says_what_applies_and_what_does_not(void **state)
{
    static const char *const dutch[] = {"CONCEPT.",
                                        "[ONTBREEKT: reden]",
                                        "basis × i = € 100,00 × 6,00% = € 6,00",
                                        "−stand × percentage = −€ 106,00 × 1,00% = −€ 1,06",
                                        "volume × tarief = 10 × € 104,94 = € 1.049,40",
                                        "Dit document noemt geen benchmark.",
                                        "Er is geen nacalculatie over vorig jaar verwerkt.",
                                        "geen omzetplafond.",
                                        "[b] Bron B.",
                                        "Er zijn geen minimum- of maximumtarieven genoemd.",
                                        "Dit document kent 1 afslag en geen opslagen.",
                                        "Rekenkundig: precies",
                                        "wettelijke punten die gelden, "};
    static const char *const english[] = {
        "DRAFT.", "[MISSING: reason]", "This proposal covers 1 service.",
        "base × i = €100.00 × 6.00% = €6.00", "This document names no benchmark."};
    whole w;
    (void)state;
    explain(&w, proposal);
    assert_says(write_letter(&w, NVB_NL), dutch, COUNT(dutch));
    assert_says(write_letter(&w, NVB_EN), english, COUNT(english));
    forget(&w);
}

/* 100 + 10 is above 90 × 120% = 108; the id of the step begins with its kind. */
static const char limited[] =
    "{\"formaat\":\"navolgbaar/voorstel/1\",\"soort\":\"contractvoorstel\","
    "\"contractering\":\"digitaal\",\"kenmerk\":\"K-2\",\"contractjaar\":2026,"
    "\"zorgverzekeraar\":{\"naam\":\"V\",\"uzovi\":\"9991\"},"
    "\"zorgaanbieder\":{\"naam\":\"A\",\"agb\":\"04999999\"},"
    "\"bronnen\":{\"b\":{\"titel\":\"Bron B\"}},\"prestaties\":[{\"code\":\"P1\","
    "\"eenheid\":\"uur\",\"stappen\":[{\"id\":\"opslag-x\",\"soort\":\"opslag\","
    "\"bedrag\":\"10\",\"bron\":\"b\",\"reden\":\"r\"}],\"basis\":{\"soort\":\"vorig_contract\","
    "\"bedrag\":\"100\",\"jaar\":2025,\"bron\":\"b\"},\"maximum\":{\"bedrag\":\"90\","
    "\"percentage\":\"120%\",\"bron\":\"b\"}},{\"code\":\"P2\",\"eenheid\":\"uur\","
    "\"basis\":{\"soort\":\"anders\",\"prestatie\":\"P1\",\"van\":\"tarief\","
    "\"omschrijving\":\"Het nieuwe tarief van prestatie P1.\"}}]}";

static void a_letter_explains_limits_and_derived_tariffs(void **state)
{
    static const char *const dutch[] = {"Het ene tarief met", "geen verschil",
                                        "maximum € 90,00 × 120% = € 108,00",
                                        "tarief van P1 = € 108,00"};
    whole w;
    (void)state;
    explain(&w, limited);
    assert_says(write_letter(&w, NVB_NL), dutch, COUNT(dutch));
    assert_null(strstr(w.out.s, "Omschrijving: Het nieuwe tarief"));
    assert_null(strstr(w.out.s, "Opslag opslag"));
    assert_null(strstr(w.out.s, "= ="));
    forget(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reason_has_a_sentence),
        cmocka_unit_test(every_rule_and_outcome_has_words),
        cmocka_unit_test(every_sentence_is_in_both_languages),
        cmocka_unit_test(places_are_filled_as_people_write),
        cmocka_unit_test(a_check_is_one_filled_sentence),
        cmocka_unit_test(numbers_align_on_their_mark),
        cmocka_unit_test(nothing_passes_the_edge),
        cmocka_unit_test(a_letter_says_what_applies_and_what_does_not),
        cmocka_unit_test(a_letter_explains_limits_and_derived_tariffs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
