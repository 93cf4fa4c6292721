/*
 * test_summary_lines.c: the lines of a run (overview, errors) and what is read back from them: a
 * summary made from lines is that made from the documents themselves; a line that makes no sense
 * changes nothing; whatever bytes a record had come back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/numtext.h"
#include "formats/json/json_tree.h"
#include "formats/summary/base64.h"
#include "formats/summary/overview_number.h"
#include "formats/summary/summary_text.h"
#include "formats/word/wording.h"
#include "formats/word/wording_fill.h"
#include "navolgbaar/validate.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* 100.00 and 4% is 104.00, of 10 units 1,040.00; a line without a volume beside it. */
#define PROPOSAL(year, date, base, volume, more)                                                   \
    "{\"formaat\":\"navolgbaar/voorstel/1\",\"soort\":\"contractvoorstel\","                       \
    "\"contractering\":\"digitaal\",\"kenmerk\":\"K \\\"é\\\" " year "\",\"datum\":\"" date        \
    "\",\"contractjaar\":" year ",\"zorgverzekeraar\":{\"naam\":\"Verzekeraar\","                  \
    "\"uzovi\":\"9991\"},\"zorgaanbieder\":{\"naam\":\"Praktijk\",\"agb\":\"04999902\"},"          \
    "\"bronnen\":{\"b\":{\"titel\":\"Beleid\"}},\"indexen\":{\"lpo\":{\"percentage\":\"4%\","      \
    "\"soort\":\"loon\",\"bron\":\"b\"}},\"stappen\":[{\"id\":\"index\",\"soort\":\"index\","      \
    "\"index\":\"lpo\"}],\"prestaties\":[{\"code\":\"A1\",\"basis\":{\"soort\":\"anders\","        \
    "\"bedrag\":\"" base "\",\"bron\":\"b\"},\"volume\":{\"aantal\":\"" volume "\"}},"             \
    "{\"code\":\"B2\",\"basis\":{\"soort\":\"anders\",\"bedrag\":\"10\",\"bron\":\"b\"}}" more     \
    "],\"reactie\":{\"uiterlijk\":\"2025-10-31\",\"contact\":\"a@voorbeeld.example\"}}"

#define NEW_LINE                                                                                   \
    ",{\"code\":\"C3\",\"basis\":{\"soort\":\"anders\",\"bedrag\":\"1\",\"bron\":\"b\"}}"

typedef struct side {
    nvb_diag *diag;
    nvb_document *document;
    nvb_breakdown *breakdown;
} side;

typedef struct pair {
    side before, now;
    nvb_comparison *changes;
    nvb_checks *checks;
    nvb_explanation e;
} pair;

static void open_side(side *s, const char *json)
{
    nvb_source_file file = {
        NVB_TEXT("x.json"), {json, strlen(json)}
    };
    s->diag = nvb_diag_new();
    s->document = nvb_document_read(&file, NULL, s->diag);
    const nvb_proposal *p = nvb_document_proposal(s->document);
    assert_non_null(p);
    assert_true(nvb_proposal_validate(p, s->diag));
    s->breakdown = nvb_breakdown_new(p, NULL, s->diag);
    assert_non_null(s->breakdown);
}

static void close_side(side *s)
{
    nvb_breakdown_free(s->breakdown);
    nvb_document_free(s->document);
    nvb_diag_free(s->diag);
}

/* `before`: NULL when there is none. */
static void open_pair(pair *p, const char *before, const char *now)
{
    *p = (pair){0};
    open_side(&p->now, now);
    if (before) {
        open_side(&p->before, before);
        p->changes = nvb_comparison_new(p->before.breakdown, p->now.breakdown, NULL, p->now.diag);
        assert_non_null(p->changes);
    }
    p->checks = nvb_checks_new(p->now.breakdown, p->changes, p->now.diag);
    p->e = (nvb_explanation){p->now.document, p->now.breakdown, p->checks,
                             p->now.diag,     p->changes,       true};
}

static void close_pair(pair *p)
{
    nvb_checks_free(p->checks);
    nvb_comparison_free(p->changes);
    close_side(&p->now);
    if (p->before.diag)
        close_side(&p->before);
}

static const char last_year[] = PROPOSAL("2025", "2024-09-24", "100.00", "10", "");
static const char this_year[] = PROPOSAL("2026", "2025-09-24", "105.00", "12", NEW_LINE);

static nvb_buffer json_of(const nvb_summary *s)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_emit_summary_json(&out, s, NULL, NULL);
    assert_false(out.failed);
    return out;
}

/* --- overview --- */

static void a_line_is_what_the_document_says(void **state)
{
    (void)state;
    static const nvb_written files[] = {
        {{"00001/K.txt", 11}, 1234, {"0f", 2}}
    };
    /* 104.00 x 10 = 1040.00; 105.00 x 1.04 = 109.20, x 12 = 1310.40: 270.40 more, 26%; A1 rose by
     * 5%, B2 stayed. */
    static const char expected[] =
        "{\"formaat\":\"navolgbaar/overzicht/1\",\"nummer\":7,\"kenmerk\":\"K \\\"é\\\" 2026\","
        "\"agb\":\"04999902\",\"naam\":\"Praktijk\",\"zorgverzekeraar\":\"Verzekeraar\","
        "\"contractjaar\":2026,\"vorig\":\"K \\\"é\\\" 2025\",\"bestanden\":[{\"naam\":"
        "\"00001/K.txt\",\"bytes\":1234,\"xxh3\":\"0f\"}],\"regels\":3,\"zonder_volume\":2,"
        "\"omzet\":\"1310.4\",\"omzet_vorig\":\"1040\",\"verschil\":\"270.4\","
        "\"verschil_pct\":\"26\",\"prestaties\":{\"nieuw\":1,\"vervallen\":0,\"gewijzigd\":1,"
        "\"ongewijzigd\":1},\"banden\":[0,0,0,0,1,0,0,1,0,0,0],\"niet_voldaan\":[";
    pair p;
    nvb_buffer out = NVB_BUFFER_INIT;
    open_pair(&p, last_year, this_year);
    nvb_emit_overview_line(&out, &p.e, 7, files, COUNT(files));
    assert_false(out.failed);
    assert_true(out.n > sizeof expected);
    assert_memory_equal(out.s, expected, sizeof expected - 1);
    assert_true(out.s[out.n - 1] == '\n' && memchr(out.s, '\n', out.n) == out.s + out.n - 1);
    nvb_buffer_release(&out);
    close_pair(&p);
}

static void a_summary_from_lines_is_that_from_documents(void **state)
{
    (void)state;
    static const char *const befores[] = {last_year, NULL, this_year};
    static const char *const nows[] = {this_year, last_year, this_year};
    nvb_summary *direct = nvb_summary_new(), *read = nvb_summary_new();
    for (size_t i = 0; i < COUNT(nows); i++) {
        pair p;
        nvb_buffer line = NVB_BUFFER_INIT;
        open_pair(&p, befores[i], nows[i]);
        nvb_emit_overview_line(&line, &p.e, i + 1, NULL, 0);
        assert_true(nvb_overview_add(read, (nvb_text){line.s, line.n - i % 2}));
        nvb_summary_row row =
            nvb_summary_row_of(p.now.breakdown, p.checks, p.changes, p.now.diag, i + 1);
        assert_true(nvb_summary_add(direct, &row));
        nvb_buffer_release(&line);
        close_pair(&p);
    }
    nvb_buffer a = json_of(direct), b = json_of(read);
    assert_string_equal(a.s, b.s);
    assert_non_null(strstr(a.s, "\"oud\":\"2350.4\",\"nieuw\":\"2620.8\"")); /* 1040 + 1310.4 */
    nvb_buffer_release(&a);
    nvb_buffer_release(&b);
    nvb_summary_free(direct);
    nvb_summary_free(read);
}

/* Every line that is cut short, and every one with a value of another kind, is refused and leaves
 * the summary as it was. */
static void a_line_that_makes_no_sense_changes_nothing(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "{}",
        "[]",
        "null",
        "{\"formaat\":\"navolgbaar/overzicht/2\"}",
        "{\"formaat\":\"navolgbaar/overzicht/1\",\"nummer\":-1,\"kenmerk\":\"k\",\"regels\":1,"
        "\"zonder_volume\":0,\"niet_voldaan\":[],\"onbekend\":[],\"gaten\":0}",
        "{\"formaat\":\"navolgbaar/overzicht/1\",\"nummer\":1,\"kenmerk\":\"k\",\"regels\":1,"
        "\"zonder_volume\":2,\"niet_voldaan\":[],\"onbekend\":[],\"gaten\":0}",
        "{\"formaat\":\"navolgbaar/overzicht/1\",\"nummer\":1,\"kenmerk\":\"k\",\"regels\":1,"
        "\"zonder_volume\":0,\"niet_voldaan\":[\"x\"],\"onbekend\":[],\"gaten\":0}",
        "{\"formaat\":\"navolgbaar/overzicht/1\",\"nummer\":1,\"kenmerk\":\"k\",\"regels\":1,"
        "\"zonder_volume\":0,\"omzet\":\"1,5\",\"niet_voldaan\":[],\"onbekend\":[],\"gaten\":0}",
        "{\"formaat\":\"navolgbaar/overzicht/1\",\"nummer\":1,\"kenmerk\":\"k\",\"regels\":1,"
        "\"zonder_volume\":0,\"omzet\":1.5,\"niet_voldaan\":[],\"onbekend\":[],\"gaten\":0}",
        "{\"formaat\":\"navolgbaar/overzicht/1\",\"nummer\":1,\"kenmerk\":\"k\",\"regels\":1,"
        "\"zonder_volume\":0,\"omzet_vorig\":\"1\",\"niet_voldaan\":[],\"onbekend\":[],"
        "\"gaten\":0}",
        "{\"formaat\":\"navolgbaar/overzicht/1\",\"nummer\":1,\"kenmerk\":\"k\",\"regels\":1,"
        "\"zonder_volume\":0,\"prestaties\":{\"nieuw\":0,\"vervallen\":0,\"gewijzigd\":0,"
        "\"ongewijzigd\":1},\"banden\":[1],\"niet_voldaan\":[],\"onbekend\":[],\"gaten\":0}",
    };
    nvb_summary *s = nvb_summary_new();
    nvb_buffer before = json_of(s);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_false(nvb_overview_add(s, (nvb_text){wrong[i], strlen(wrong[i])}));
        assert_false(nvb_error_add(s, (nvb_text){wrong[i], strlen(wrong[i])}));
    }
    pair p;
    nvb_buffer line = NVB_BUFFER_INIT;
    open_pair(&p, last_year, this_year);
    nvb_emit_overview_line(&line, &p.e, 1, NULL, 0);
    for (size_t n = 0; n + 1 < line.n; n++)
        assert_false(nvb_overview_add(s, (nvb_text){line.s, n}));
    nvb_buffer after = json_of(s);
    assert_string_equal(before.s, after.s);
    assert_false(nvb_error_add(s, (nvb_text){line.s, line.n}));
    nvb_buffer_release(&line);
    close_pair(&p);
    nvb_buffer_release(&before);
    nvb_buffer_release(&after);
    nvb_summary_free(s);
}

/* --- errors --- */

static nvb_diag *problems(void)
{
    static const nvb_text none = {NULL, 0};
    nvb_diag *diag = nvb_diag_new();
    nvb_diag_add(diag, NVB_E203, NVB_TEXT("/datum"), NVB_TEXT("datum"), NVB_TEXT("x"), none);
    nvb_diag_add(diag, NVB_E201, NVB_TEXT(""), NVB_TEXT(",\"invoer"), none, none);
    nvb_diag_add(diag, NVB_E509, NVB_TEXT("/a\xFF"), none, none, none);
    nvb_problem *p = nvb_diag_edit(diag, 0);
    p->place = (nvb_place){.file = NVB_TEXT("in.ndjson"), .line = 3, .column = 4};
    return diag;
}

/* The line of a record, and the same read as JSON. */
static nvb_buffer error_line(nvb_text input, cJSON **tree)
{
    nvb_diag *diag = problems(), *wrong = nvb_diag_new();
    nvb_refused r = {
        3, 5, NVB_TEXT("K\xC3"), {NULL, 0},
           input
    };
    nvb_buffer out = NVB_BUFFER_INIT;
    int ordinal = 0;
    nvb_emit_error_line(&out, &r, diag, NVB_NL);
    assert_false(out.failed);
    nvb_source_file file = {
        NVB_TEXT(""), {out.s, out.n}
    };
    *tree = nvbi_tree_parse(&file, &ordinal, wrong);
    assert_non_null(*tree);
    nvb_diag_free(diag);
    nvb_diag_free(wrong);
    return out;
}

static void an_error_line_keeps_the_record_to_the_byte(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *base64; /* NULL: it is a text */
    } records[] = {
        {"{\"a\": \"\\u0000\\\"\" }\r",         19, NULL      },
        {"",                                    0,  NULL      },
        {"\xE2\x82\xAC \xE2\x80\xAE\x7F\t\x01", 9,  NULL      },
        {"a\0b",                                3,  "YQBi"    },
        {"\xFF",                                1,  "/w=="    },
        {"\xC3\x28 ",                           3,  "wygg"    },
        {"\xED\xA0\x80z",                       4,  "7aCAeg=="}, /* half a surrogate */
    };
    for (size_t i = 0; i < COUNT(records); i++) {
        cJSON *tree;
        nvb_buffer line = error_line((nvb_text){records[i].bytes, records[i].n}, &tree);
        const cJSON *as_text = nvbi_member(tree, "invoer");
        const cJSON *as_base64 = nvbi_member(tree, "invoer_base64");
        assert_true(!as_text != !as_base64);
        nvb_text found = nvbi_node_text(as_text ? as_text : as_base64);
        if (records[i].base64) {
            assert_non_null(as_base64);
            assert_string_equal(found.s, records[i].base64);
        } else {
            assert_non_null(as_text);
            assert_int_equal(found.n, records[i].n);
            assert_memory_equal(found.s, records[i].bytes, records[i].n);
        }
        cJSON_Delete(tree);
        nvb_buffer_release(&line);
    }
}

static void an_error_line_says_all_problems(void **state)
{
    (void)state;
    static const char expected[] =
        "{\"formaat\":\"navolgbaar/fout/1\",\"taal\":\"nl\",\"nummer\":3,\"regel\":5,\"kenmerk\":"
        "\"K\xEF\xBF\xBD\",\"meldingen\":[{\"code\":\"E203\",\"ernst\":\"fout\",\"bestand\":"
        "\"in.ndjson\",\"regel\":3,\"kolom\":4,\"pad\":\"/datum\",\"melding\":\"'datum' "
        "ontbreekt\",\"hint\":\"voeg toe: x\"},{\"code\":\"E201\",\"ernst\":\"fout\",\"melding\":"
        "\"onbekende sleutel ',\\\"invoer'\"},{\"code\":\"E509\",\"ernst\":\"gat\",\"pad\":"
        "\"/a\xEF\xBF\xBD\",";
    cJSON *tree;
    nvb_buffer line = error_line((nvb_text){NULL, 0}, &tree);
    assert_true(line.n > sizeof expected);
    assert_memory_equal(line.s, expected, sizeof expected - 1);
    assert_null(nvbi_member(tree, "invoer"));
    assert_null(nvbi_member(tree, "invoer_base64"));
    cJSON_Delete(tree);
    nvb_buffer_release(&line);
}

/* Whatever the record holds: it is not read back. */
static void an_error_line_counts_its_codes(void **state)
{
    (void)state;
    static const nvb_text inputs[] = {
        {"x",                     1 },
        {"\"},{\"meldingen\":[]", 19},
        {"\xFF",                  1 },
        {NULL,                    0 }
    };
    nvb_summary *s = nvb_summary_new();
    for (size_t i = 0; i < COUNT(inputs); i++) {
        cJSON *tree;
        nvb_buffer line = error_line(inputs[i], &tree);
        assert_true(nvb_error_add(s, (nvb_text){line.s, line.n}));
        cJSON_Delete(tree);
        nvb_buffer_release(&line);
    }
    assert_int_equal(nvb_summary_bad(s), COUNT(inputs));
    assert_int_equal(nvb_summary_errors(s, NVB_E203), COUNT(inputs));
    assert_int_equal(nvb_summary_errors(s, NVB_E201), COUNT(inputs));
    assert_int_equal(nvb_summary_errors(s, NVB_E509), 0);
    const nvb_summary_example *e = nvb_summary_example_of(s, NVB_E203);
    assert_int_equal(e->number, 3);
    assert_int_equal(e->line, 3);
    assert_int_equal(e->column, 4);
    assert_string_equal(e->file.s, "in.ndjson");
    assert_string_equal(e->message.s, "'datum' ontbreekt");
    assert_string_equal(e->reference.s, "K\xEF\xBF\xBD");
    nvb_summary_free(s);
}

/* RFC 4648, section 10. */
static void base64_is_that_of_the_standard(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"",       ""        },
        {"f",      "Zg=="    },
        {"fo",     "Zm8="    },
        {"foo",    "Zm9v"    },
        {"foob",   "Zm9vYg=="},
        {"fooba",  "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"}
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        nvb_buffer out = NVB_BUFFER_INIT;
        nvbi_base64(&out, (nvb_text){rows[i][0], strlen(rows[i][0])});
        assert_string_equal(out.s, rows[i][1]);
        nvb_buffer_release(&out);
    }
}

/* --- numbers --- */

static void a_number_comes_back_as_it_was(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"0",                                                                                  "0/1"                              },
        {"-0.05",                                                                              "-1/20"                            },
        {"2/3",                                                                                "2/3"                              },
        {"-10/4",                                                                              "-5/2"                             },
        {"1040.00",                                                                            "1040/1"                           },
        {"-7",                                                                                 "-7/1"                             },
        {"007",                                                                                "7/1"                              },
        {"123456789012345678901234567890123456789012345678901234567890",
         "123456789012345678901234567890123456789012345678901234567890/1"                                                         },
        {"0.000000000000000000000000000001",                                                   "1/1000000000000000000000000000000"},
        {"100000000000000000000000000000000000000000000000/300000000000000000000000000000000",
         "1000000000000000/3"                                                                                                     },
    };
    static const char *const wrong[] = {"",   "-",  "1,5",   "1.",    ".5",   "1/0",
                                        "1/", "/2", "1/2/3", "1.2.3", "+1",   "1e5",
                                        " 1", "1 ", "--1",   "1/-2",  "1.5/2"};
    nvb_calc *calc = nvb_calc_new(NVB_CALC_LONG);
    nvb_num v;
    for (size_t i = 0; i < COUNT(rows); i++) {
        nvb_buffer out = NVB_BUFFER_INIT;
        assert_true(nvbi_overview_number(calc, (nvb_text){rows[i][0], strlen(rows[i][0])}, &v));
        nvbi_num_append_fraction(calc, &out, v);
        assert_string_equal(out.s, rows[i][1]);
        nvb_buffer_release(&out);
    }
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(nvbi_overview_number(calc, (nvb_text){wrong[i], strlen(wrong[i])}, &v));
    assert_int_equal(nvb_calc_take_error(calc), NVB_NUM_OK);
    nvb_calc_free(calc);
}

/* --- the text --- */

static void every_sentence_is_in_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < NVBI_SUMMARY_SENTENCE_COUNT; i++) {
        const char *nl = nvbi_summary_words((nvbi_summary_sentence)i, NVB_NL);
        const char *en = nvbi_summary_words((nvbi_summary_sentence)i, NVB_EN);
        assert_true(nl && nl[0] && en && en[0]);
        assert_int_equal(nvbi_word_places(nl), nvbi_word_places(en));
        assert_int_equal(nvbi_word_places(nl) & ~((1U << NVBI_SUMMARY_WORDS) - 1), 0);
    }
}

static void assert_narrow(nvb_text t)
{
    for (size_t at = 0; at < t.n;) {
        const char *end = memchr(t.s + at, '\n', t.n - at);
        assert_non_null(end);
        size_t n = (size_t)(end - (t.s + at));
        assert_true(nvbi_word_width(t.s + at, n) <= 80);
        assert_true(n == 0 || end[-1] != ' ');
        at += n + 1;
    }
}

static void the_text_fits_its_page(void **state)
{
    (void)state;
    static const char *const now[] = {"99999999999999999999.99", "0", "12.34", "-5"};
    nvb_summary *s = nvb_summary_new();
    for (size_t i = 0; i < 24; i++) {
        nvb_calc *calc = nvb_summary_calc(s);
        nvb_summary_row row = {
            .number = i + 1,
            .reference =
                NVB_TEXT("een heel lang kenmerk\nmet een regel erin, \xE2\x80\xAE omgekeerd"),
            .name = NVB_TEXT("Stichting Zorg en Welzijn Noordoost-Veluwe en Omstreken B.V."),
            .insurer =
                NVB_TEXT("Onderlinge Waarborgmaatschappij Verzekeraar Voorbeeld U.A., Zwolle"),
            .policy = NVB_TEXT("inkoopbeleid-paramedische-zorg-en-eerstelijns-ggz-2026-definitief"),
            .year = (int)(2025 + i % 2),
            .good = true,
            .lines = 1000000,
            .without_volume = 3,
            .has_turnover = true,
            .compared = i != 7,
            .has_previous = true,
            .not_met = i < 12 ? ~(uint64_t)0 >> (64 - NVB_RULE_COUNT) : 0,
            .unknown = 1,
            .gaps = i};
        nvb_num_parse(calc, &row.turnover, (nvb_text){now[i % 4], strlen(now[i % 4])});
        row.previous = nvb_num_int(i % 5 ? 1000000 : 0);
        row.bands[i % NVB_BAND_COUNT] = 900000;
        row.pairs[NVB_PAIR_CHANGED] = 999999;
        assert_true(nvb_summary_add(s, &row));
    }
    for (unsigned c = NVB_OK + 1; c < NVB_CODE_COUNT; c++) {
        nvb_code code = (nvb_code)c;
        nvb_place place = {
            .file = NVB_TEXT("tabellen/2026/aanbieders.csv"), .line = c, .column = 9};
        nvb_text message =
            NVB_TEXT("de AGB-code '4999911' heeft 7 cijfers en niet 8; een nul vooraan "
                     "is weggevallen: maak de kolom tekst");
        nvb_summary_row row = {.number = c + 30,
                               .reference = NVB_TEXT("een heel lang kenmerk van een document"),
                               .codes = &code,
                               .n_codes = 1,
                               .places = &place,
                               .messages = &message};
        assert_true(nvb_summary_add(s, &row));
    }
    nvb_summary_about about = {NVB_TEXT("uit/overzicht.ndjson"), NVB_TEXT("uit/fouten.ndjson")};
    for (int lang = NVB_NL; lang <= NVB_EN; lang++) {
        for (int k = 0; k < 2; k++) {
            nvb_buffer out = NVB_BUFFER_INIT;
            nvb_emit_summary_text(&out, s, k ? &about : NULL,
                                  &(nvb_emit_options){.lang = (nvb_lang)lang});
            assert_false(out.failed);
            assert_narrow((nvb_text){out.s, out.n});
            nvb_buffer_release(&out);
        }
    }
    nvb_summary_free(s);
}

static void an_empty_summary_says_so(void **state)
{
    (void)state;
    nvb_summary *s = nvb_summary_new();
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_emit_summary_text(&out, s, NULL, NULL);
    assert_false(out.failed);
    assert_non_null(strstr(out.s, "In de invoer staan 0 documenten: 0 goed en 0 geweigerd"));
    nvb_buffer_release(&out);
    nvb_summary_free(s);
}

static nvb_buffer text_of_one(uint64_t not_met, uint64_t gaps)
{
    nvb_summary *s = nvb_summary_new();
    nvb_summary_row row = {.number = 1,
                           .reference = NVB_TEXT("K"),
                           .good = true,
                           .lines = 1,
                           .not_met = not_met,
                           .gaps = gaps};
    nvb_buffer out = NVB_BUFFER_INIT;
    assert_true(nvb_summary_add(s, &row));
    nvb_emit_summary_text(&out, s, NULL, NULL);
    assert_false(out.failed);
    nvb_summary_free(s);
    return out;
}

/* Guidance that is not met does not keep anybody from signing. */
static void what_may_not_be_sent_is_not_signed(void **state)
{
    (void)state;
    static const struct {
        uint64_t not_met, gaps;
        const char *says; /* NULL: it is signed */
    } rows[] = {
        {0,                                   0, NULL                           },
        {(uint64_t)1 << NVB_RULE_BASIS,       0, "Verstuur dit document niet:"  },
        {(uint64_t)1 << NVB_RULE_BASIS,       0, "Afdwingbare regels:"          },
        {0,                                   2, "Verstuur nog niet: 1 document"},
        {(uint64_t)1 << (NVB_RULE_COUNT - 1), 0, NULL                           },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        nvb_buffer out = text_of_one(rows[i].not_met, rows[i].gaps);
        assert_true(!strstr(out.s, "Handtekening:") == !!rows[i].says);
        assert_true(!rows[i].says || strstr(out.s, rows[i].says));
        nvb_buffer_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_what_the_document_says),
        cmocka_unit_test(a_summary_from_lines_is_that_from_documents),
        cmocka_unit_test(a_line_that_makes_no_sense_changes_nothing),
        cmocka_unit_test(an_error_line_keeps_the_record_to_the_byte),
        cmocka_unit_test(an_error_line_says_all_problems),
        cmocka_unit_test(an_error_line_counts_its_codes),
        cmocka_unit_test(base64_is_that_of_the_standard),
        cmocka_unit_test(a_number_comes_back_as_it_was),
        cmocka_unit_test(every_sentence_is_in_both_languages),
        cmocka_unit_test(the_text_fits_its_page),
        cmocka_unit_test(an_empty_summary_says_so),
        cmocka_unit_test(what_may_not_be_sent_is_not_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
