/* test_json_peek.c: one text of a document, found without reading it: what counts as found, what as
 * absent, and that it holds against `explain`'s own reader on every cut of a document. */
#include "navolgbaar/peek.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *const kenmerk[] = {"kenmerk"};
static const char *const agb[] = {"zorgaanbieder", "agb"};

/* What stands at the path; NULL when nothing is found. The text is copied to its exact size, so
 * that a sanitizer sees a byte too many. */
static const char *peek(const char *json, size_t n, const char *const *keys, size_t n_keys)
{
    static char found[256];
    nvb_buffer to = NVB_BUFFER_INIT;
    char *copy = malloc(n ? n : 1);
    assert_non_null(copy);
    memcpy(copy, json, n);
    nvb_buffer_str(&to, "old");
    bool is_found = nvb_peek(&to, (nvb_text){copy, n}, keys, n_keys);
    if (is_found)
        memcpy(found, to.n ? to.s : "", to.n + 1);
    else
        assert_int_equal(to.n, 0);
    nvb_buffer_release(&to);
    free(copy);
    return is_found ? found : NULL;
}

#define FOUND(json, keys, what)                                                                    \
    assert_string_equal(peek((json), strlen(json), keys, sizeof keys / sizeof *keys), (what))
#define ABSENT(json, keys) assert_null(peek((json), strlen(json), keys, sizeof keys / sizeof *keys))

static void finds(void **state)
{
    (void)state;
    FOUND("{\"kenmerk\":\"A\"}", kenmerk, "A");
    FOUND("\xEF\xBB\xBF \n{ \"kenmerk\" : \"A\" }", kenmerk, "A");
    FOUND("{\"kenmerk\":\"\"}", kenmerk, "");
    FOUND("{\"x\":[1,{\"kenmerk\":\"in\"},\"kenmerk\"],\"kenmerk\":\"uit\"}", kenmerk, "uit");
    FOUND("{\"x\":\"\\\"kenmerk\\\":\\\"nee\\\"\",\"kenmerk\":\"ja\"}", kenmerk, "ja");
    FOUND("{\"zorgaanbieder\":{\"naam\":\"N\",\"agb\":\"01234567\"}}", agb, "01234567");
    FOUND("{\"agb\":\"1\",\"zorgaanbieder\":{\"x\":{\"agb\":\"2\"},\"agb\":\"3\"}}", agb, "3");
    FOUND("{\"kenmerk\":\"A\", en dan niets meer dat klopt", kenmerk, "A");
}

static void unescapes(void **state)
{
    (void)state;
    FOUND("{\"kenmerk\":\"a\\\"\\\\\\/\\n\\t\\u0041\\u00e9\\u20AC\\ud83d\\ude00z\"}", kenmerk,
          "a\"\\/\n\tA\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z");
    FOUND("{\"k\\u0065nmerk\":\"A\"}", kenmerk, "A");
    ABSENT("{\"kenmerk\":\"\\u0000\"}", kenmerk);
    ABSENT("{\"kenmerk\":\"\\ud83d\"}", kenmerk);
    ABSENT("{\"kenmerk\":\"\\ude00\"}", kenmerk);
    ABSENT("{\"kenmerk\":\"\\x\"}", kenmerk);
    ABSENT("{\"kenmerk\":\"\\u12G4\"}", kenmerk);
}

static void is_absent(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        " ",
        "[]",
        "\"kenmerk\"",
        "{}",
        "{\"kenmerk\":1}",
        "{\"kenmerk\":null}",
        "{\"kenmerk\":{\"kenmerk\":\"A\"}}",
        "{\"kenmerk\"}",
        "{\"Kenmerk\":\"A\"}",
        "{\"kenmerken\":\"A\"}",
        "{\"x\":{\"kenmerk\":\"A\"}}",
        "{\"kenmerk\":\"A",
        "{\"kenmerk\":\"A\\",
        "{\"kenmerk\":\"A\nB\"}",
        "{\"kenmerk\":\"\xFF\"}",
        "{\"x\":]\"kenmerk\":\"A\"}",
        "{}{\"kenmerk\":\"A\"}",
        "[{\"kenmerk\":\"A\"}]",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ABSENT(texts[i], kenmerk);
    ABSENT("{\"zorgaanbieder\":{\"naam\":\"N\"},\"x\":{\"agb\":\"1\"}}", agb);
    ABSENT("{\"zorgaanbieder\":[{\"agb\":\"1\"}]}", agb);
    ABSENT("{\"zorgaanbieder\":\"agb\",\"agb\":\"1\"}", agb);
}

static void of_two_the_first_counts(void **state)
{
    (void)state;
    FOUND("{\"kenmerk\":\"A\",\"kenmerk\":\"B\"}", kenmerk, "A");
    ABSENT("{\"zorgaanbieder\":{},\"zorgaanbieder\":{\"agb\":\"1\"}}", agb);
}

/* Depth costs nothing and ends the walk where a document would be refused. */
static void is_safe_for_depth(void **state)
{
    (void)state;
    enum { DEEP = 1000000 };
    char *text = malloc(DEEP + 32);
    assert_non_null(text);
    memcpy(text, "{\"x\":", 5);
    memset(text + 5, '[', DEEP);
    memcpy(text + 5 + DEEP, ",\"kenmerk\":\"A\"}", 16);
    assert_null(peek(text, DEEP + 20, kenmerk, 1));
    free(text);
}

/* Cut short anywhere, a document gives its text or nothing. */
static void survives_every_cut(void **state)
{
    (void)state;
    static const char text[] = "{\"x\":[{\"a\":\"\\u00e9\\\"\"},1.5,null],\"zorgaanbieder\":"
                               "{\"naam\":\"\\ud83d\\ude00\",\"agb\":\"01234567\"},\"y\":true}";
    const char *end = strstr(text, "567\"") + 4;
    for (size_t n = 0; n < sizeof text; n++) {
        const char *found = peek(text, n, agb, 2);
        if (n < (size_t)(end - text))
            assert_null(found);
        else
            assert_string_equal(found, "01234567");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),
        cmocka_unit_test(unescapes),
        cmocka_unit_test(is_absent),
        cmocka_unit_test(of_two_the_first_counts),
        cmocka_unit_test(is_safe_for_depth),
        cmocka_unit_test(survives_every_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
