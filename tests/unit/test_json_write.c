/*
 * test_json_write.c: the JSON writer: what it escapes, how it nests, and that it never writes half
 * a thing.
 *
 * Expected texts are written by hand from RFC 8259. Texts of every length and place around the
 * eight-byte words are held against a writer of one byte at a time.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "formats/json/json_write.h"

static nvb_text text(const char *s)
{
    return (nvb_text){s, strlen(s)};
}

static void expect(nvb_buffer *out, const char *wanted)
{
    assert_false(out->failed);
    assert_string_equal(out->s ? out->s : "", wanted);
    assert_int_equal(out->n, strlen(wanted));
    nvb_buffer_release(out);
}

static void writes_text(const char *s, size_t n, const char *wanted)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_json j;
    nvbi_json_begin(&j, &out, false);
    nvbi_json_text(&j, (nvb_text){s, n});
    expect(&out, wanted);
}

static void escapes(void **state)
{
    (void)state;
    writes_text("", 0, "\"\"");
    writes_text("basis", 5, "\"basis\"");
    writes_text("zegt \"ja\"", 9, "\"zegt \\\"ja\\\"\"");
    writes_text("a\\b", 3, "\"a\\\\b\"");
    writes_text("\b\t\n\f\r", 5, "\"\\b\\t\\n\\f\\r\"");
    writes_text("\x01\x1B\x1F", 3, "\"\\u0001\\u001b\\u001f\"");
    writes_text("\x7F", 1, "\"\\u007f\"");
    writes_text("\0", 1, "\"\\u0000\"");
    writes_text("/a~1b", 5, "\"/a~1b\"");
}

static void keeps_utf8(void **state)
{
    (void)state;
    static const char money[] = "€ 31,39 × 5% − één";
    writes_text(money, sizeof money - 1, "\"€ 31,39 × 5% − één\"");
    writes_text("\xF0\x9F\x98\x80", 4, "\"\xF0\x9F\x98\x80\"");
    /* Line and paragraph separators end a line in JavaScript; their neighbours do not. */
    writes_text("a\xE2\x80\xA8"
                "b\xE2\x80\xA9",
                8, "\"a\\u2028b\\u2029\"");
    writes_text("\xE2\x80\xA7\xE2\x80\xAF", 6, "\"\xE2\x80\xA7\xE2\x80\xAF\"");
    /* What moves a terminal or turns text around is written as its number: CSI, RLM, RLO, FSI. */
    writes_text("\xC2\x9B\xC2\xA0", 4, "\"\\u009b\xC2\xA0\"");
    writes_text("\xE2\x80\x8F\xE2\x80\xAE\xE2\x81\xA8\xE2\x81\xAA", 12,
                "\"\\u200f\\u202e\\u2068\xE2\x81\xAA\"");
    writes_text("\xE2\x80", 2, "\"\xE2\x80\""); /* cut short: nothing is read beyond the end */
}

/* One byte at a time, without any table or word. */
static size_t slow_escape(char *to, const char *s, size_t n)
{
    char *p = to;
    *p++ = '"';
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c == '"' || c == '\\') {
            *p++ = '\\';
            *p++ = (char)c;
        } else if (c == '\n') {
            *p++ = '\\';
            *p++ = 'n';
        } else if (c < 0x20 || c == 0x7F) {
            p += sprintf(p, "\\u%04x", c);
        } else {
            *p++ = (char)c;
        }
    }
    *p++ = '"';
    *p = '\0';
    return (size_t)(p - to);
}

static void every_length_and_place(void **state)
{
    (void)state;
    static const char special[] = {'"',  '\\', '\n', 0x01, 0x1F, 0x7F,   0x20,
                                   0x21, 0x23, 0x5B, 0x5D, 0x7E, '\xC3', '\xFF'};
    char s[40], wanted[300];
    for (size_t n = 1; n <= sizeof s; n++) {
        for (size_t at = 0; at < n; at++) {
            for (size_t k = 0; k < sizeof special; k++) {
                memset(s, 'a', n);
                s[at] = special[k];
                s[(at + 9) % n] = special[(k + 3) % sizeof special];
                slow_escape(wanted, s, n);
                writes_text(s, n, wanted);

                nvb_buffer out = NVB_BUFFER_INIT;
                nvbi_json j;
                nvbi_json_begin(&j, &out, false);
                size_t from = nvbi_json_begin_string(&j);
                nvb_buffer_bytes(&out, s, n);
                nvbi_json_settle_string(&j, from);
                expect(&out, wanted);
            }
        }
    }
}

/* A text of escapes only grows sixfold: room is asked for along the way. */
static void grows(void **state)
{
    (void)state;
    enum { N = 3000 };
    static char s[N], wanted[6 * N + 3];
    memset(s, 1, sizeof s);
    slow_escape(wanted, s, sizeof s);
    writes_text(s, sizeof s, wanted);
}

static void write_all(nvbi_json *j)
{
    nvbi_json_object(j);
    nvbi_json_key(j, "leeg");
    nvbi_json_object(j);
    nvbi_json_end_object(j);
    nvbi_json_key(j, "niets");
    nvbi_json_array(j);
    nvbi_json_end_array(j);
    nvbi_json_key(j, "lijst");
    nvbi_json_array(j);
    nvbi_json_int(j, -3);
    nvbi_json_bool(j, true);
    nvbi_json_raw(j, "12.50", 5);
    nvbi_json_plain(j, "EUR", 3);
    nvbi_json_array(j);
    nvbi_json_bool(j, false);
    nvbi_json_end_array(j);
    nvbi_json_end_array(j);
    nvbi_json_key_text(j, text("een \"sleutel\""));
    nvbi_json_str(j, "waarde");
    nvbi_json_key(j, "stukken");
    nvbi_json_open_string(j);
    nvbi_json_append(j, "a\"", 2);
    nvbi_json_append(j, "/b", 2);
    nvbi_json_close_string(j);
    nvbi_json_end_object(j);
}

static void nests(void **state)
{
    (void)state;
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_json j;
    nvbi_json_begin(&j, &out, false);
    write_all(&j);
    expect(&out, "{\"leeg\":{},\"niets\":[],\"lijst\":[-3,true,12.50,\"EUR\",[false]],"
                 "\"een \\\"sleutel\\\"\":\"waarde\",\"stukken\":\"a\\\"/b\"}");
}

static void indents(void **state)
{
    (void)state;
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_json j;
    nvbi_json_begin(&j, &out, true);
    write_all(&j);
    expect(&out, "{\n"
                 "  \"leeg\": {},\n"
                 "  \"niets\": [],\n"
                 "  \"lijst\": [\n"
                 "    -3,\n"
                 "    true,\n"
                 "    12.50,\n"
                 "    \"EUR\",\n"
                 "    [\n"
                 "      false\n"
                 "    ]\n"
                 "  ],\n"
                 "  \"een \\\"sleutel\\\"\": \"waarde\",\n"
                 "  \"stukken\": \"a\\\"/b\"\n"
                 "}");
}

static void copies(void **state)
{
    (void)state;
    static const char compact[] = "{\"a\":[1.50,\"x,}\\\"]:\",{}],\"b\":{\"c\":null}}";
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_json j;
    for (int indent = 0; indent < 2; indent++) {
        nvbi_json_begin(&j, &out, indent);
        nvbi_json_array(&j);
        nvbi_json_bool(&j, true);
        nvbi_json_copy(&j, compact, sizeof compact - 1);
        nvbi_json_end_array(&j);
        expect(&out, indent ? "[\n"
                              "  true,\n"
                              "  {\n"
                              "    \"a\": [\n"
                              "      1.50,\n"
                              "      \"x,}\\\"]:\",\n"
                              "      {}\n"
                              "    ],\n"
                              "    \"b\": {\n"
                              "      \"c\": null\n"
                              "    }\n"
                              "  }\n"
                              "]"
                            : "[true,{\"a\":[1.50,\"x,}\\\"]:\",{}],\"b\":{\"c\":null}}]");
    }
}

static void whole_numbers(void **state)
{
    (void)state;
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_json j;
    nvbi_json_begin(&j, &out, false);
    nvbi_json_array(&j);
    nvbi_json_int(&j, 0);
    nvbi_json_int(&j, LLONG_MAX);
    nvbi_json_int(&j, LLONG_MIN);
    nvbi_json_end_array(&j);
    expect(&out, "[0,9223372036854775807,-9223372036854775808]");
}

/* Once memory was out nothing more is written, not even what would fit. */
static void stops_when_failed(void **state)
{
    (void)state;
    nvb_buffer out = NVB_BUFFER_INIT;
    nvbi_json j;
    nvbi_json_begin(&j, &out, false);
    nvbi_json_object(&j);
    size_t before = out.n;
    out.failed = true;
    nvbi_json_key(&j, "a");
    nvbi_json_str(&j, "b");
    size_t from = nvbi_json_begin_string(&j);
    nvbi_json_settle_string(&j, from);
    nvbi_json_plain(&j, "c", 1);
    nvbi_json_end_object(&j);
    assert_int_equal(out.n, before);
    assert_string_equal(out.s, "{");
    nvb_buffer_release(&out);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes),
        cmocka_unit_test(keeps_utf8),
        cmocka_unit_test(grows),
        cmocka_unit_test(every_length_and_place),
        cmocka_unit_test(nests),
        cmocka_unit_test(indents),
        cmocka_unit_test(copies),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(stops_when_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
