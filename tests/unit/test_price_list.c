/*
 * test_price_list.c: price lists as flat contracts: separators, headers, notations, quoting, places
 * and limits. What is said about bad lists is in tests/golden/invalid too; here stands what needs a
 * large or an odd file, or a good one.
 */
#include "formats/csv/csv_number.h"
#include "formats/csv/csv_rows.h"
#include "formats/csv/csv_survey.h"
#include "formats/json/json_scan.h"
#include "core/numtext.h"
#include "navolgbaar/validate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define TEXT(s) ((nvb_text){(s), strlen(s)})
#define BOM     "\xEF\xBB\xBF"

typedef struct reading {
    nvb_diag *diag;
    nvb_document *doc;
    const nvb_proposal *p;
} reading;

static reading read_bytes(nvb_text bytes, nvb_csv notation)
{
    reading r = {nvb_diag_new(), NULL, NULL};
    nvb_source_file file = {NVB_TEXT("lijst.csv"), bytes};
    r.doc = nvb_price_list_read(&file, notation, r.diag);
    r.p = r.doc ? nvb_document_proposal(r.doc) : NULL;
    return r;
}

static void done(reading r)
{
    nvb_document_free(r.doc);
    nvb_diag_free(r.diag);
}

static reading read_good(const char *text, nvb_csv notation)
{
    reading r = read_bytes(TEXT(text), notation);
    if (!r.p) {
        nvb_buffer out = NVB_BUFFER_INIT;
        nvb_emit_problems(&out, r.diag, NVB_NL);
        fail_msg("%s", out.s);
    }
    assert_int_equal(nvb_diag_count(r.diag, NVB_ERROR), 0);
    return r;
}

#define assert_text(actual, expected) assert_string_equal((actual).s, (expected))

static void assert_number(nvb_num value, const char *digits)
{
    nvb_calc *calc = nvb_calc_new(0);
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_num_append(calc, &out, value);
    assert_string_equal(out.s, digits);
    nvb_buffer_release(&out);
    nvb_calc_free(calc);
}

/* The first tariff of a list that must be good. */
static void assert_tariff(const char *text, nvb_csv notation, const char *digits)
{
    reading r = read_good(text, notation);
    assert_number(r.p->lines[0].tariff.value, digits);
    done(r);
}

/* The problems of a list that must be refused, as "E141 2:1, E143 3:5". */
static void assert_refused(nvb_text bytes, nvb_csv notation, const char *expected)
{
    reading r = read_bytes(bytes, notation);
    char said[1000] = "";
    assert_null(r.p);
    nvb_diag_sort(r.diag);
    for (size_t i = 0; i < nvb_diag_kept(r.diag) && strlen(said) < 900; i++) {
        const nvb_problem *p = nvb_diag_at(r.diag, i);
        snprintf(said + strlen(said), 40, "%s%s %zu:%zu", i ? ", " : "", nvb_code_name(p->code),
                 p->place.line, p->place.column);
    }
    assert_string_equal(said, expected);
    done(r);
}

#define assert_problems(text, notation, expected) assert_refused(TEXT(text), (notation), (expected))

/* --- what a list becomes --- */

static void test_a_flat_contract(void **state)
{
    (void)state;
    reading r = read_good("code;omschrijving;eenheid;tarief;volume\n"
                          "12/0~1;Consult;stuk;11,36;1200\n"
                          "B;;;-0,50;\n",
                          NVB_CSV_AUTO);
    assert_true(nvb_document_is_list(r.doc));
    assert_int_equal(r.p->kind, NVB_CONTRACT);
    assert_int_equal(r.p->year, 0);
    assert_int_equal(r.p->round, 1);
    assert_null(r.p->provider.code.s);
    assert_null(r.p->insurer.code.s);
    assert_text(r.p->reference, "lijst.csv");
    assert_int_equal(r.p->n_lines, 2);
    const nvb_line *a = &r.p->lines[0], *b = &r.p->lines[1];
    assert_text(a->code, "12/0~1");
    assert_text(a->description, "Consult");
    assert_text(a->unit, "stuk");
    assert_text(a->path, "/prestaties/12~10~01");
    assert_text(a->tariff.path, "/prestaties/12~10~01/tarief");
    assert_number(a->tariff.value, "11.36");
    assert_false(a->price.basis.given);
    assert_text(a->volume.path, "/prestaties/12~10~01/volume");
    assert_text(a->volume.count.path, "/prestaties/12~10~01/volume/aantal");
    assert_number(a->volume.count.value, "1200");
    assert_null(b->description.s);
    assert_null(b->unit.s);
    assert_number(b->tariff.value, "-0.5");
    assert_false(b->volume.given);
    assert_false(nvb_input_given(&b->volume.count));
    done(r);
}

static void test_it_can_be_computed(void **state)
{
    (void)state;
    reading r = read_good("A;a;10,00;100\nB;b;2,50;3\nC;c;7\n", NVB_CSV_AUTO);
    assert_true(nvb_proposal_validate(r.p, r.diag));
    nvb_breakdown *b = nvb_breakdown_new(r.p, NULL, r.diag);
    assert_non_null(b);
    const nvb_figure *total = nvb_breakdown_find(b, NVB_TEXT("/totaal/omzet"));
    assert_number(total->value, "1007.5"); /* 10,00 x 100 + 2,50 x 3 */
    nvb_breakdown_free(b);
    done(r);
}

static void test_the_list_outlives_nothing(void **state)
{
    (void)state;
    char *bytes = malloc(20);
    memcpy(bytes, "A;\"a\"\"b\";12,50", 15);
    reading r = read_good(bytes, NVB_CSV_AUTO);
    memset(bytes, 'x', 14);
    assert_text(r.p->lines[0].code, "A");
    assert_text(r.p->lines[0].description, "a\"b");
    done(r);
    free(bytes);
}

/* --- layout --- */

static void test_line_ends_and_marks(void **state)
{
    static const char *const lists[] = {
        "A;a;1,50\nB;b;2,50\n",
        "A;a;1,50\r\nB;b;2,50\r\n",
        "A;a;1,50\rB;b;2,50\r",
        BOM "A;a;1,50\nB;b;2,50",
        "\n\n A ; a ;\t1,50 \n;;\n \t\nB;b;2,50\n\n",
        "A,a,1.50\nB,b,2.50\n",
        "A,a,\"1,50\"\nB,b,\"2,50\"\n",
        "A;a;1,50;;;\nB;b;2,50;\n;;;;;\n",
        "\"A\";\"a\";\"1,50\"\n\"B\";\"b\";\"2,50\"\n",
        "\xC2\xA0"
        "A;a;1,50\xC2\xA0\nB;b;2,50\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        reading r = read_good(lists[i], NVB_CSV_AUTO);
        assert_int_equal(r.p->n_lines, 2);
        assert_text(r.p->lines[0].code, "A");
        assert_text(r.p->lines[0].description, "a");
        assert_number(r.p->lines[0].tariff.value, "1.5");
        assert_text(r.p->lines[1].code, "B");
        assert_number(r.p->lines[1].tariff.value, "2.5");
        done(r);
    }
}

static void test_headers(void **state)
{
    static const char *const lists[] = {
        "code;omschrijving;tarief;volume;eenheid\nA;a;1,5;7;u\n",
        "CODE;Description;PRIJS;Aantal;UNIT\nA;a;1,5;7;u\n",
        "Aantal,Price,Prestatiecode,unit,omschrijving\n7,1.5,A,u,a\n",
        "eenheid;x;tariff;volume;code;omschrijving\nu;?;1,5;7;A;a\n",
        "code;tarief;omschrijving;eenheid;aantal\nA;1,5;\"a\";u;7;;\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        reading r = read_good(lists[i], NVB_CSV_AUTO);
        assert_int_equal(r.p->n_lines, 1);
        assert_text(r.p->lines[0].code, "A");
        assert_text(r.p->lines[0].description, "a");
        assert_text(r.p->lines[0].unit, "u");
        assert_number(r.p->lines[0].tariff.value, "1.5");
        assert_number(r.p->lines[0].volume.count.value, "7");
        done(r);
    }
}

static void test_other_columns_are_named(void **state)
{
    (void)state;
    reading r = read_good("code;btw;tarief;;opmerking\nA;21;1,5;?;ja\n", NVB_CSV_AUTO);
    assert_int_equal(nvb_diag_count(r.diag, NVB_WARNING), 1);
    const nvb_problem *p = nvb_diag_at(r.diag, 0);
    assert_int_equal(p->code, NVB_E630);
    assert_text(p->word[0], "btw, opmerking");
    assert_int_equal(p->place.line, 1);
    assert_int_equal(p->place.column, 6);
    done(r);
}

static void test_a_row_may_stop_early(void **state)
{
    (void)state;
    reading r = read_good("code;tarief;omschrijving;volume\nA;1,5\nB;2,5;b\n", NVB_CSV_AUTO);
    assert_int_equal(r.p->n_lines, 2);
    assert_false(r.p->lines[0].volume.given);
    done(r);
    assert_problems("code;omschrijving;tarief\nA;a;1,5\nB;b\n", NVB_CSV_AUTO, "E141 3:1");
}

static void test_quotes(void **state)
{
    (void)state;
    reading r =
        read_good("A;\"een; \"\"twee\"\"\r\n drie\t\tvier\";\"1,50\"\nB;\"\";2\n", NVB_CSV_AUTO);
    assert_text(r.p->lines[0].description, "een; \"twee\" drie vier");
    assert_null(r.p->lines[1].description.s);
    done(r);
    assert_problems("A;a\"b;1,50\n", NVB_CSV_AUTO, "E135 1:4");
    assert_problems("A;\"a\"b;1,50\n", NVB_CSV_AUTO, "E135 1:6");
    assert_problems("A;a;1,50\nB;\"b;1,50\n\nC;c;2\n", NVB_CSV_AUTO, "E134 2:3");
}

static void test_the_separator(void **state)
{
    (void)state;
    /* Each in its own way only. */
    assert_tariff("A,a;b;12,50\n1,2,3;b;4\n", NVB_CSV_AUTO, "12.5");
    assert_tariff("A;b,c,12.50\nB,d,13\n", NVB_CSV_AUTO, "12.5");
    /* Both: 'A,a' 'b' '12,50', or 'A' 'a;b;12' 50. */
    assert_problems("A,a;b;12,50\n", NVB_CSV_AUTO, "E140 1:1");
    assert_problems(BOM "\n A,a;b;12,50\n", NVB_CSV_AUTO, "E140 2:2");
    /* Settled; the other one reads a number that is no tariff. */
    reading r = read_good("A,a;b;12,50\n", NVB_CSV_NL);
    assert_text(r.p->lines[0].code, "A,a");
    done(r);
    r = read_good("A,a;b,12.50\n", NVB_CSV_INTL);
    assert_text(r.p->lines[0].code, "A");
    assert_text(r.p->lines[0].description, "a;b");
    done(r);
    /* A header in both. */
    const char *twice = "code,tarief,x;code;tarief;y\n1,2,3;4;5;6\n";
    assert_problems(twice, NVB_CSV_AUTO, "E140 1:1");
    r = read_good(twice, NVB_CSV_INTL);
    assert_text(r.p->lines[0].code, "1");
    done(r);
    r = read_good(twice, NVB_CSV_NL);
    assert_text(r.p->lines[0].code, "4");
    done(r);
    /* The notation does not overrule what the header says. */
    assert_tariff("code,tarief\nA,\"1,50\"\n", NVB_CSV_NL, "1.5");
    assert_tariff("code;tarief\nA;1.50\n", NVB_CSV_INTL, "1.5");
}

/* A first line `sep=;` settles the separator, and is no row. */
static void test_the_separator_a_list_tells(void **state)
{
    (void)state;
    assert_tariff("sep=;\nA;a;12,50\n", NVB_CSV_AUTO, "12.5");
    assert_tariff(BOM "SEP=,\r\nA,a,12.50\r\n", NVB_CSV_AUTO, "12.5");
    assert_tariff("sep=;;; \rA;a;12,50\r", NVB_CSV_AUTO, "12.5");
    assert_tariff("sep=,\ncode,tarief,x;code;tarief;y\n1,2,3;4;5;6\n", NVB_CSV_AUTO, "2");
    reading r = read_good("sep=;\nA,a;b;12,50\n", NVB_CSV_AUTO); /* else E140 */
    assert_text(r.p->lines[0].code, "A,a");
    done(r);
    /* Lines count from the first of the file. */
    assert_problems("sep=;\r\nA;a;12,50\r\nA;a;x\r\n", NVB_CSV_AUTO, "E144 3:1, E145 3:5");
    assert_problems("sep=;\n\nA1;a\n", NVB_CSV_AUTO, "E141 3:1");
    assert_problems("sep=;", NVB_CSV_AUTO, "E130 1:1");
    assert_problems("sep=|\nA|a|1\n", NVB_CSV_AUTO, "E151 1:1");
    assert_problems(BOM "sep=\t\nA\ta\t1\n", NVB_CSV_NL, "E151 1:1");
    /* No such line. */
    assert_problems("sep=\n", NVB_CSV_AUTO, "E138 1:1, E138 1:1");
    assert_tariff("sep=1;a;12,50\n", NVB_CSV_AUTO, "12.5");
}

static void test_tabs_between_the_cells(void **state)
{
    (void)state;
    assert_problems("code\ttarief\nA\t1,50\n", NVB_CSV_AUTO, "E151 1:1");
    assert_problems("\nA\ta, b; c\t12,50\t10\nB\tb\t1\n", NVB_CSV_NL, "E151 2:1");
    assert_problems("A\ta\tgratis\n", NVB_CSV_AUTO, "E151 1:1");
    assert_problems("nummer\tbedrag\nA\t1\n", NVB_CSV_INTL, "E151 1:1");
    /* A tab inside a cell, in a list that has its own mistakes. */
    assert_problems("A;a\tb;12,50\nB;b\tc;x\n", NVB_CSV_AUTO, "E145 2:7");
    assert_tariff("A;a\tb;12,50\n", NVB_CSV_AUTO, "12.5");
}

static void test_what_is_no_list(void **state)
{
    (void)state;
    assert_problems("{\"formaat\": 1}", NVB_CSV_AUTO, "E150 1:1");
    assert_problems(BOM "\n [1, 2]", NVB_CSV_NL, "E150 2:2");
    assert_tariff("\"[A]\";a;12,50\n", NVB_CSV_AUTO, "12.5");
    /* Two lists put one after the other; or the mark twice. */
    assert_problems(BOM "A;a;1,50\n" BOM "B;b;2,50\n", NVB_CSV_AUTO, "E152 2:1");
    assert_problems("A;a;1,50\n" BOM "code;tarief\n", NVB_CSV_AUTO, "E152 2:1");
    assert_problems(BOM BOM "A;a;1,50\n", NVB_CSV_AUTO, "E152 1:1");
}

/* 12,50 without quotes in a list with commas reads as tariff 12 and volume 50. */
static void test_an_amount_cut_in_two(void **state)
{
    (void)state;
    const char *list = "A,a,12,50\nB,b,7,05\n";
    assert_problems(list, NVB_CSV_AUTO, "E148 1:5");
    assert_problems(list, NVB_CSV_NL, "E148 1:5");
    assert_tariff(list, NVB_CSV_INTL, "12");
    assert_tariff("A,a,12,50\nB,b,7,5\n", NVB_CSV_AUTO, "12");
    assert_tariff("A,a,12,50\nB,b,7.25,50\n", NVB_CSV_AUTO, "12");
    assert_tariff("code,omschrijving,tarief,volume\nA,a,12,50\n", NVB_CSV_AUTO, "12");
    assert_problems("code,omschrijving,tarief\nA,a,12,50\n", NVB_CSV_AUTO, "E142 2:8");
}

/* --- numbers --- */

static void assert_shape(const char *text, nvbi_csv_shape shape, char mark)
{
    nvbi_csv_figure f = nvbi_csv_figure_of(TEXT(text));
    assert_int_equal(f.shape, shape);
    assert_int_equal(f.mark, mark);
}

static void test_shapes(void **state)
{
    static const char *const others[] = {
        "",      "-",       ".5",       "5.",         "1..2",   "+1",        "1e5",
        "1 000", "1,2.3,4", "12.34,56", "1234.567,8", "1,23,4", "0.123.456", "1,234.567,890.12",
        "--1",   "1-"};
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_shape(others[i], NVBI_CSV_OTHER, 0);
    assert_shape("0", NVBI_CSV_WHOLE, 0);
    assert_shape("-1234", NVBI_CSV_WHOLE, 0);
    assert_shape("12,50", NVBI_CSV_DECIMAL, ',');
    assert_shape("-12.5", NVBI_CSV_DECIMAL, '.');
    assert_shape("1234,567", NVBI_CSV_DECIMAL, ','); /* thousands would have been set apart */
    assert_shape("0.123", NVBI_CSV_DECIMAL, '.');    /* no thousands begin with a zero */
    assert_shape("1.234", NVBI_CSV_EITHER, '.');
    assert_shape("-999,000", NVBI_CSV_EITHER, ',');
    assert_shape("1.234,5", NVBI_CSV_GROUPED, ',');
    assert_shape("1,234,567.89", NVBI_CSV_GROUPED, '.');
    assert_shape("1.234.567", NVBI_CSV_GROUPED, 0);
}

static void assert_mended(const char *text, char decimal, const char *expected)
{
    nvbi_arena a;
    nvbi_arena_init(&a);
    nvb_text got = nvbi_csv_mended(&a, TEXT(text), decimal);
    if (expected)
        assert_text(got, expected);
    else
        assert_null(got.s);
    nvbi_arena_release(&a);
}

static void test_what_to_write_instead(void **state)
{
    (void)state;
    assert_mended("1.234,50", ',', "1234,50");
    assert_mended("1.234,50", '.', "1234.50");
    assert_mended("1.234,50", 0, "1234,50");
    assert_mended("1.234", ',', "1234");
    assert_mended("1.234", '.', "1.234");
    assert_mended("12.5", ',', "12,5");
    assert_mended("1.234.567", ',', "1234567");
    assert_mended("\xE2\x82\xAC\xC2\xA0"
                  "1.234,50",
                  ',', "1234,50");
    assert_mended("EUR 12,-", ',', "12");
    assert_mended("+ 3,20", ',', "3,20");
    assert_mended("\xE2\x88\x92"
                  "3,20",
                  ',', "-3,20");
    assert_mended("1'234.50", '.', "1234.50");
    assert_mended("gratis", ',', NULL);
    assert_mended("\xE2\x82\xAC", ',', NULL);
}

static void test_the_notation(void **state)
{
    (void)state;
    assert_tariff("A;a;1,234\nB;b;12,50\n", NVB_CSV_AUTO, "1.234");
    assert_tariff("A;a;1.234\nB;b;0.5\n", NVB_CSV_AUTO, "1.234");
    assert_tariff("A;a;1234\nB;b;5\n", NVB_CSV_AUTO, "1234");
    assert_tariff("A;a;3;1,5\n", NVB_CSV_AUTO, "3");
    assert_tariff("A;a;1,234\n", NVB_CSV_NL, "1.234");
    assert_tariff("A;a;1.234\n", NVB_CSV_INTL, "1.234");
    /* Nothing settles it; said once. */
    assert_problems("A;a;1.234\nB;b;2.345;1,000\n", NVB_CSV_AUTO, "E146 1:5");
    /* The volume settles it. */
    assert_problems("A;a;1.234;2,5\n", NVB_CSV_AUTO, "E149 1:5");
    assert_problems("A;a;1.234\n", NVB_CSV_NL, "E149 1:5");
    assert_problems("A;a;12.5\n", NVB_CSV_NL, "E147 1:5");
    assert_problems("A;a;12,5\n", NVB_CSV_INTL, "E147 1:5");
    /* Both in use: the most used one stands. */
    assert_problems("A;a;1.5\nB;b;2,5\nC;c;3,5\n", NVB_CSV_AUTO, "E147 1:5");
    assert_problems("A;a;1.5\nB;b;2.5\nC;c;3,5\n", NVB_CSV_AUTO, "E147 3:5");
    assert_problems("A;a;1.5\nB;b;2,5\n", NVB_CSV_AUTO, "E147 1:5");
    /* A thousands separator shows which mark is the decimal one, and is refused. */
    assert_problems("A;a;1.234,50\nB;b;2.345\n", NVB_CSV_AUTO, "E149 1:5, E149 2:5");
}

static void test_forty_digits(void **state)
{
    (void)state;
    assert_tariff("A;a;12345678901234567890,12345678901234567891\n", NVB_CSV_AUTO,
                  "12345678901234567890.12345678901234567891");
    assert_problems("A;a;123456789012345678901,12345678901234567891\n", NVB_CSV_AUTO, "E215 1:5");
    assert_problems("A;a;0,123456789012345678901\n", NVB_CSV_AUTO, "E215 1:5");
    assert_problems("A;a;0000000000000000000000000000000000000000000000000000000000000000000000001"
                    ",5\n",
                    NVB_CSV_AUTO, "E215 1:5");
}

/* --- everything at once, and where --- */

static void test_all_problems_at_once(void **state)
{
    (void)state;
    assert_problems(
        "code;omschrijving;tarief;volume\r\n"
        "A;\xC3\xA9\xC3\xA9n;x;\r\n" /* columns count characters */
        ";b;1,5;-1\r\n"
        "A;\"c\r\nd\";;\r\n"
        "E;e\r\n"
        "F;f;1,5;1;1\r\n"
        "\"G\tg\";g;1,5\r\n",
        NVB_CSV_AUTO,
        "E145 2:7, E143 3:1, E226 3:8, E144 4:1, E143 5:4, E141 6:1, E142 7:11, E132 8:1");
    assert_problems("A;a;1,5\rB;\"b\rc\";x\r\rB;d;1\rC\r", NVB_CSV_AUTO,
                    "E145 3:4, E144 5:1, E141 6:1");
}

static void test_later_problems_find_their_line(void **state)
{
    (void)state;
    reading r = read_good("code;tarief\rA;1,5\r\"B/x\";2,5\r", NVB_CSV_AUTO);
    nvb_text none = {0};
    nvb_diag_add(r.diag, NVB_E607, NVB_TEXT("/prestaties/B~1x/eenheid"), none, none, none);
    nvb_diag_add(r.diag, NVB_E609, NVB_TEXT(""), none, none, none);
    nvb_diag_add(r.diag, NVB_E608, NVB_TEXT("/prestaties/A"), none, none, none);
    nvb_document_locate(r.doc, r.diag);
    static const size_t lines[] = {1, 2, 3};
    static const char *const excerpts[] = {"code;tarief", "A;1,5", "\"B/x\";2,5"};
    for (size_t i = 0; i < 3; i++) {
        const nvb_problem *p = nvb_diag_at(r.diag, i);
        assert_text(p->place.file, "lijst.csv");
        assert_int_equal(p->place.line, lines[i]);
        assert_int_equal(p->place.column, 1);
        assert_text(p->place.excerpt, excerpts[i]);
    }
    done(r);
}

/* --- no text, and limits --- */

static void test_no_text(void **state)
{
    (void)state;
    assert_problems("A;caf\xE9;1,5\n", NVB_CSV_AUTO, "E131 1:6");
    assert_problems("\xFF\xFE"
                    "A",
                    NVB_CSV_AUTO, "E131 1:1");
    assert_problems("A;\x01;1,5\n", NVB_CSV_AUTO, "E132 1:3");
    assert_refused((nvb_text){"A;\0;1,5", 7}, NVB_CSV_AUTO, "E132 1:3");
    assert_refused((nvb_text){"A;a;1,5\x7F", 8}, NVB_CSV_AUTO, "E132 1:8");
    assert_problems("", NVB_CSV_AUTO, "E130 1:1");
    assert_problems(BOM, NVB_CSV_AUTO, "E130 1:1");
    assert_problems("\n ; \n,,\n", NVB_CSV_AUTO, "E130 1:1");
    assert_problems("code;tarief\n", NVB_CSV_AUTO, "E130 1:1");
    assert_problems("naam;bedrag\nA;1\n", NVB_CSV_AUTO, "E138 1:1, E138 1:1");
    assert_problems("code;bedrag\nA;1\n", NVB_CSV_AUTO, "E138 1:1");
    assert_problems("code;prijs;tarief\nA;1;2\n", NVB_CSV_AUTO, "E139 1:12");
}

static void test_long_codes(void **state)
{
    (void)state;
    char list[700] = "";
    for (int i = 0; i < 200; i++)
        strcat(list, "\xC3\xA9");
    strcat(list, ";a;1,5\n");
    done(read_good(list, NVB_CSV_AUTO));
    char longer[701] = "x";
    strcat(longer, list);
    assert_problems(longer, NVB_CSV_AUTO, "E240 1:1");
}

/* `n` times `with`, then `end`; to be freed. */
static char *repeated(const char *with, size_t n, const char *end)
{
    size_t length = strlen(with);
    char *s = malloc(n * length + strlen(end) + 1);
    assert_non_null(s);
    for (size_t i = 0; i < n; i++)
        memcpy(s + i * length, with, length);
    memcpy(s + n * length, end, strlen(end) + 1);
    return s;
}

static void refuse_repeated(const char *with, size_t n, const char *end, const char *expected)
{
    char *own = repeated(with, n, end);
    assert_problems(own, NVB_CSV_AUTO, expected);
    free(own);
}

static void test_hostile_lists(void **state)
{
    (void)state;
    refuse_repeated("\"", 1 << 24, "", "E136 1:1");
    refuse_repeated(";", 1 << 24, "", "E133 1:1001");
    refuse_repeated("x;", 1000000, "", "E133 1:2001");
    refuse_repeated("1;", 1000000, "", "E133 1:2001");
    refuse_repeated("1;", 1001, "", "E133 1:2001");
    refuse_repeated("a", 1 << 24, "", "E136 1:1");
    refuse_repeated("\r", 1 << 24, "", "E130 1:1");
    refuse_repeated("1;2;3\n", NVBI_CSV_MAX_ROWS, "1;2;3\n", "E137 2000001:1");
    nvb_text huge = {"1;2;3", (size_t)NVBI_MAX_BYTES + 1}; /* is refused unread */
    assert_refused(huge, NVB_CSV_AUTO, "E118 0:0");
}

static void test_many_problems(void **state)
{
    (void)state;
    char *list = repeated("1;a;x\n", 5000, "");
    reading r = read_bytes(TEXT(list), NVB_CSV_AUTO);
    assert_null(r.p);
    assert_int_equal(nvb_diag_kept(r.diag), NVB_MAX_PROBLEMS);
    assert_int_equal(nvb_diag_count(r.diag, NVB_ERROR), 5000 + 4999); /* no numbers, and doubles */
    assert_int_equal(nvb_diag_at(r.diag, 999)->place.line, 1000);
    done(r);
    free(list);
}

/* --- rows --- */

typedef struct seen {
    size_t rows, stop_at;
    char text[200];
} seen;

static bool see(void *of, const nvbi_csv_row *row)
{
    seen *s = of;
    for (size_t i = 0; i < row->n; i++)
        snprintf(s->text + strlen(s->text), 60, "%.*s@%zu|", (int)row->cells[i].text.n,
                 row->cells[i].text.s, row->cells[i].offset);
    snprintf(s->text + strlen(s->text), 60, "used %zu line %zu\n", row->used, row->line);
    return ++s->rows != s->stop_at;
}

static void test_rows_and_offsets(void **state)
{
    (void)state;
    seen s = {0};
    nvbi_csv_result r = nvbi_csv_rows(TEXT(BOM " a ,\" b\n\"\"c\" , \n\n\"d\"\r\n,"), ',', see, &s);
    assert_int_equal(r.end, NVBI_CSV_DONE);
    assert_string_equal(s.text, "a@4|b\n\"c@7|@18|used 2 line 1\n"
                                "d@20|used 1 line 4\n"
                                "@25|@26|used 0 line 5\n");
    seen one = {.stop_at = 1};
    nvbi_csv_rows(TEXT("a\nb\n\""), ';', see, &one);
    assert_int_equal(one.rows, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_flat_contract),
        cmocka_unit_test(test_it_can_be_computed),
        cmocka_unit_test(test_the_list_outlives_nothing),
        cmocka_unit_test(test_line_ends_and_marks),
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_other_columns_are_named),
        cmocka_unit_test(test_a_row_may_stop_early),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_the_separator),
        cmocka_unit_test(test_the_separator_a_list_tells),
        cmocka_unit_test(test_tabs_between_the_cells),
        cmocka_unit_test(test_what_is_no_list),
        cmocka_unit_test(test_an_amount_cut_in_two),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_what_to_write_instead),
        cmocka_unit_test(test_the_notation),
        cmocka_unit_test(test_forty_digits),
        cmocka_unit_test(test_all_problems_at_once),
        cmocka_unit_test(test_later_problems_find_their_line),
        cmocka_unit_test(test_no_text),
        cmocka_unit_test(test_long_codes),
        cmocka_unit_test(test_hostile_lists),
        cmocka_unit_test(test_many_problems),
        cmocka_unit_test(test_rows_and_offsets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
