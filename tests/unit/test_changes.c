/*
 * test_changes.c: the words of the overview of changes are complete in both languages, and places
 * and values of a document read as people say them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "formats/changes/changes.h"
#include "formats/word/wording_fill.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void every_sentence_is_in_both_languages(void **state)
{
    (void)state;
    for (int s = 0; s < NVBI_TELL_COUNT; s++) {
        const char *nl = nvbi_changes_sentence((nvbi_tell)s, NVB_NL);
        const char *en = nvbi_changes_sentence((nvbi_tell)s, NVB_EN);
        assert_true(nl && nl[0] && en && en[0]);
        assert_int_equal(nvbi_word_places(nl), nvbi_word_places(en));
        assert_int_equal(nvbi_word_places(nl) & ~((1U << NVBI_CHANGES_WORDS) - 1), 0);
    }
}

typedef struct said {
    const char *path, *value, *where, *shown;
    nvb_lang lang;
} said;

static void places_and_values_read_as_people_say_them(void **state)
{
    static const said rows[] = {
        {"/indexen/lpo/methode/weging",                "per_component",                "index lpo, methode, weging",                "per deel",
         NVB_NL                                                                                                                                                            },
        {"/indexen/lpo/methode/weging",                "per_component",                "index lpo, method, weighting",              "per part",
         NVB_EN                                                                                                                                                            },
        {"/indexen/lpo/componenten/ova/voorlopig",     "4.9%",                         "index lpo, deel ova, voorlopig cijfer",
         "4,90%",                                                                                                                                                    NVB_NL},
        {"/indexen/lpo/jaar",                          "2026",                         "index lpo, jaar",                           "2026",                          NVB_NL},
        {"/stappen/a~1b/bedrag",                       "-1.5",                         "stap a/b, bedrag",                          "−€ 1,50",                   NVB_NL},
        {"/stappen/x",                                 "afslag 0.4% over geindexeerd", "stap x",
         "afslag van 0,40% over het geïndexeerde tarief",                                                                                                           NVB_NL},
        {"/stappen/x",                                 "opslag 4% over basis, index",  "step x",
         "surcharge of 4.00% on the base, step index",                                                                                                               NVB_EN},
        {"/plafonds/p/basis",                          "anders 9000000",               "plafond p, basis",                          "ander bedrag € 9.000.000,00",
         NVB_NL                                                                                                                                                            },
        {"/prestaties/1/basis",                        "anders 75% over \"A B\"",      "prestatie 1, basis",
         "75% over prestatie A B",                                                                                                                                   NVB_NL},
        {"/prestaties/1/basis/vorig",                  "tarief",                       "prestatie 1, basis, bedrag van vorig jaar",
         "het tarief",                                                                                                                                               NVB_NL},
        {"/prestaties/1/tariefafronding",              "1 naar_boven",                 "prestatie 1, afronding van tarieven",
         "1 decimaal, naar boven",                                                                                                                                   NVB_NL},
        {"/stappen/x/afronden",                        "2 rekenkundig stand",          "stap x, afronding van de stap",
         "2 decimalen, rekenkundig, stand",                                                                                                                          NVB_NL},
        {"/prestaties/1/staffels",                     "100% tot 2500, 60%",           "prestatie 1, staffels",
         "100% tot 2.500, 60%",                                                                                                                                      NVB_NL},
        {"/indexen/i/componenten/l",                   "loon 90% 4.94%",               "index i, deel l",                           "loon 90% 4,94%",                NVB_NL},
        {"/indexen/i/afronding/nacalculatie",          "2",
         "index i, afronding, decimalen van de nacalculatie",                                                                       "2",                             NVB_NL},
        {"/prestaties/1/staffels/0/tot",               "1200",                         "prestatie 1, staffel, trede 1, bovengrens",
         "1.200",                                                                                                                                                    NVB_NL},
        {"/prestaties/1/basis/vorig",                  "na:index",                     "prestatie 1, basis, bedrag van vorig jaar",
         "de stand na stap index",                                                                                                                                   NVB_NL},
        {"/prestaties/1/stappen/s/voorwaarde/voldaan", "true",
         "prestatie 1, stap s, voorwaarde, voldaan",                                                                                "ja",                            NVB_NL},
        {"/reactie/uiterlijk",                         "2025-10-01",                   "reactie, uiterste datum",                   "1 oktober 2025",                NVB_NL},
        {"/onbekend/sleutel",                          "1\n2",                         "onbekend, sleutel",                         "1 2",                           NVB_NL}
    };
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_calc *calc = nvb_calc_new(0);
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        nvb_text path = {rows[i].path, strlen(rows[i].path)};
        nvb_text value = {rows[i].value, strlen(rows[i].value)};
        nvbi_changes x;
        nvbi_changes_begin(&x, &out, calc, rows[i].lang);
        nvb_buffer_cut(&out, 0);
        nvbi_changes_where(&x, &out, path, false);
        assert_string_equal(out.s, rows[i].where);
        nvb_buffer_cut(&out, 0);
        nvbi_changes_value(&x, &out, path, value);
        assert_string_equal(out.s, rows[i].shown);
        nvbi_changes_end(&x);
    }
    nvb_calc_free(calc);
    nvb_buffer_release(&out);
}

static void subjects_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(nvbi_changes_topic(NVB_TEXT("/indexen/x")), NVBI_TOPIC_INDICES);
    assert_int_equal(nvbi_changes_topic(NVB_TEXT("/prestaties/a/omschrijving")), NVBI_TOPIC_LINES);
    assert_int_equal(nvbi_changes_topic(NVB_TEXT("/prestaties/a/volume/basis")), NVBI_TOPIC_VOLUME);
    assert_int_equal(nvbi_changes_topic(NVB_TEXT("/groepen/g/stappen/s/reden")), NVBI_TOPIC_STEPS);
    assert_int_equal(nvbi_changes_topic(NVB_TEXT("/prestaties/volume")), NVBI_TOPIC_LINES);
    assert_int_equal(nvbi_changes_topic(NVB_TEXT("/sector")), NVBI_TOPIC_OTHER);
    assert_int_equal(nvbi_changes_topic(NVB_TEXT("")), NVBI_TOPIC_OTHER);
}

static void a_path_has_a_subject(void **state)
{
    static const char *const rows[][2] = {
        {"/stappen/rom/tabel/treden/1/tot", "/stappen/rom"},
        {"/reactie/contact",                "/reactie"    },
        {"/stappen/rom",                    ""            },
        {"/sector",                         ""            }
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        nvb_text got = nvbi_changes_subject((nvb_text){rows[i][0], strlen(rows[i][0])});
        assert_int_equal(got.n, strlen(rows[i][1]));
        assert_memory_equal(got.s, rows[i][1], got.n);
    }
    assert_true(nvbi_changes_is_item(NVB_TEXT("/stappen/rom")));
    assert_true(nvbi_changes_is_item(NVB_TEXT("/prestaties/a/volume/stappen/groei")));
    assert_false(nvbi_changes_is_item(NVB_TEXT("/prestaties/a/staffels/0")));
    assert_false(nvbi_changes_is_item(NVB_TEXT("/prestaties/a/staffels")));
    assert_false(nvbi_changes_is_item(NVB_TEXT("/stappen/rom/reden")));
}

static void percentages_say_nothing_false(void **state)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_calc *calc = nvb_calc_new(0);
    nvbi_changes x;
    (void)state;
    nvbi_changes_begin(&x, &out, calc, NVB_NL);
    nvbi_changes_percent(&x, &out, nvb_num_int(0), nvb_num_int(5));
    nvbi_changes_percent(&x, &out, nvb_num_int(-1), nvb_num_int(5));
    assert_int_equal(out.n, 0);
    nvbi_changes_percent(&x, &out, nvb_num_int(3), nvb_num_int(1)); /* 33.333... */
    assert_string_equal(out.s, "+33,33%");
    nvb_buffer_cut(&out, 0);
    nvbi_changes_percent(&x, &out, nvb_num_int(30000), nvb_num_int(-1)); /* -0.0033... */
    assert_int_equal(out.n, 0);
    nvbi_changes_percent(&x, &out, nvb_num_int(3), nvb_num_int(0));
    assert_string_equal(out.s, "0,00%");
    nvbi_changes_end(&x);
    nvb_calc_free(calc);
    nvb_buffer_release(&out);
}

/* Labels are cut between characters, after 120 columns or 480 bytes. */
static void labels_are_cut(void **state)
{
    static const struct label {
        const char *one;
        size_t times, columns, bytes;
    } rows[] = {
        {"a",            120,  120, 120}, /* just fits */
        {"a",            121,  120, 122}, /* 119 and "…" */
        {"a",            5000, 120, 122},
        {"é",           5000, 120, 241},
        {"e\xCC\x81",    5000, 120, 360},
        {"\xE2\x80\x8D", 5000, 1,   483}, /* takes no columns */
        {"",             0,    0,   0  }
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        nvb_buffer whole = NVB_BUFFER_INIT, out = NVB_BUFFER_INIT;
        for (size_t k = 0; k < rows[i].times; k++)
            nvb_buffer_str(&whole, rows[i].one);
        nvb_buffer_str(&out, "x: ");
        nvbi_changes_label(&out, (nvb_text){whole.s ? whole.s : "", whole.n});
        assert_int_equal(nvbi_word_width(out.s, out.n), rows[i].columns + 3);
        assert_int_equal(out.n, rows[i].bytes + 3);
        nvb_buffer_release(&whole);
        nvb_buffer_release(&out);
    }
}

static void texts_of_the_same_words(void **state)
{
    static const struct pair {
        const char *a, *b;
        bool same;
    } rows[] = {
        {"a b",   "a  b",  true },
        {" a\nb", "a b\t", true },
        {"",      " ",     true },
        {"ab",    "a b",   false},
        {"a b",   "ab",    false},
        {"a",     "a b",   false},
        {" ab",   " a b",  false}
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        nvb_text a = {rows[i].a, strlen(rows[i].a)}, b = {rows[i].b, strlen(rows[i].b)};
        assert_int_equal(nvbi_changes_same_words(a, b), rows[i].same);
        assert_int_equal(nvbi_changes_same_words(b, a), rows[i].same);
    }
}

/* A text with marks of its own never shows them as marks. */
static void marks_of_a_text_are_undone(void **state)
{
    static const char *const rows[][3] = {
        {"a b",                "a c",              "a [-b-] {+c+}"          },
        {"a [-b-]",            "a",                "a [-[ -b- ]-]"          },
        {"a ]",                "a }",              "a [- ]-] {+ }+}"        },
        {"a [",                "a {",              "a [-[ -] {+{ +}"        },
        {"{+x+} a b",          "{+x+} a",          "{ +x+ } a [-b-]"        },
        {"[\xE2\x80\x8D- a b", "[\xE2\x80\x8D- a", "[\xE2\x80\x8D - a [-b-]"}
    };
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_calc *calc = nvb_calc_new(0);
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        nvb_text a = {rows[i][0], strlen(rows[i][0])}, b = {rows[i][1], strlen(rows[i][1])};
        nvbi_changes x;
        nvbi_changes_begin(&x, &out, calc, NVB_NL);
        nvb_buffer_cut(&out, 0);
        nvbi_changes_prose(&x, &out, a, b);
        assert_string_equal(out.s, rows[i][2]);
        nvbi_changes_end(&x);
    }
    nvb_calc_free(calc);
    nvb_buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sentence_is_in_both_languages),
        cmocka_unit_test(places_and_values_read_as_people_say_them),
        cmocka_unit_test(subjects_are_told_apart),
        cmocka_unit_test(a_path_has_a_subject),
        cmocka_unit_test(percentages_say_nothing_false),
        cmocka_unit_test(labels_are_cut),
        cmocka_unit_test(texts_of_the_same_words),
        cmocka_unit_test(marks_of_a_text_are_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
