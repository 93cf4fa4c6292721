/* What the files of a run are called, and how its progress is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "cli/batch/names.h"
#include "cli/batch/progress.h"

static const char *name_of(nvb_buffer *b, const char *kenmerk)
{
    nvb_buffer_cut(b, 0);
    batch_name(b, (nvb_text){kenmerk, strlen(kenmerk)});
    return b->s;
}

static void test_a_plain_name_stays(void **state)
{
    (void)state;
    nvb_buffer b = NVB_BUFFER_INIT;
    static const char *const plain[] = {"A", "2026-04000001", "a.b_c-D9", "x."};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        assert_string_equal(name_of(&b, plain[i]), plain[i]);
    nvb_buffer_release(&b);
}

/* What was changed carries a digest: two kenmerken never share a name. */
static void test_what_is_changed_is_marked(void **state)
{
    (void)state;
    nvb_buffer b = NVB_BUFFER_INIT;
    static const struct {
        const char *kenmerk, *begin;
    } cases[] = {
        {"a/b",           "a_b-"          },
        {"a//b",          "a_b-"          },
        {"../../etc",     "_.._.._etc-"   },
        {"-rf",           "_-rf-"         },
        {".",             "_.-"           },
        {"caf\xC3\xA9",   "caf_-"         },
        {"X.wijzigingen", "X.wijzigingen-"},
        {"X.TOETSEN",     "X.TOETSEN-"    },
        {"",              "-"             },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *name = name_of(&b, cases[i].kenmerk);
        size_t n = strlen(cases[i].begin);
        assert_memory_equal(name, cases[i].begin, n);
        assert_int_equal(strlen(name), n + 8);
        assert_int_equal(strspn(name + n, "0123456789abcdef"), 8);
    }
    char first[128];
    snprintf(first, sizeof first, "%s", name_of(&b, "a/b"));
    assert_string_not_equal(first, name_of(&b, "a//b"));
    nvb_buffer_release(&b);
}

static void test_a_long_name_is_cut(void **state)
{
    (void)state;
    nvb_buffer b = NVB_BUFFER_INIT;
    char kenmerk[302];
    for (size_t n = 95; n <= 300; n++) {
        memset(kenmerk, 'k', n);
        kenmerk[n] = '\0';
        size_t length = strlen(name_of(&b, kenmerk));
        assert_int_equal(length, n <= 100 ? n : 100);
    }
    nvb_buffer_release(&b);
}

static void test_blocks(void **state)
{
    (void)state;
    static const struct {
        uint64_t number;
        const char *block;
    } cases[] = {
        {1,       "00001-01000"    },
        {1000,    "00001-01000"    },
        {1001,    "01001-02000"    },
        {30000,   "29001-30000"    },
        {99999,   "99001-100000"   },
        {1000001, "1000001-1001000"},
    };
    nvb_buffer b = NVB_BUFFER_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nvb_buffer_cut(&b, 0);
        batch_block(&b, cases[i].number);
        assert_string_equal(b.s, cases[i].block);
    }
    nvb_buffer_release(&b);
}

static void test_progress(void **state)
{
    (void)state;
    static const struct {
        batch_progress_numbers n;
        nvb_lang lang;
        const char *line;
    } cases[] = {
        {{.done = 1234, .bad = 3, .bytes = 4113, .size = 100000, .milliseconds = 1520},
         NVB_NL,                                                                                "1.234 van circa 30.002 (4%), 811 per seconde, 3 fouten, nog 0:35"                    },
        {{.done = 1234, .bad = 1, .bytes = 4113, .size = 100000, .milliseconds = 1520},
         NVB_EN,                                                                                "1,234 of about 30,002 (4%), 811 per second, 1 error, 0:35 left"                      },
        {{.done = 5, .milliseconds = 1000},                                             NVB_NL, "5 klaar, 5 per seconde, 0 fouten"                                                    },
        {{.done = 10, .bytes = 100, .size = 100, .milliseconds = 2000},
         NVB_NL,                                                                                "10 van circa 10 (100%), 5 per seconde, 0 fouten, nog 0:00"                           },
        {{.done = 1000000, .bytes = 1, .size = 7200, .milliseconds = 1000},
         NVB_NL,                                                                                "1.000.000 van circa 7.200.000.000 (0%), 1.000.000 per seconde, 0 fouten, nog 1:59:59"},
        {{.done = 300,
          .began = 200,
          .bytes = 300,
          .began_bytes = 200,
          .size = 600,
          .milliseconds = 1000},
         NVB_NL,                                                                                "300 van circa 600 (50%), 100 per seconde, 0 fouten, nog 0:03"                        },
    };
    nvb_buffer b = NVB_BUFFER_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nvb_buffer_cut(&b, 0);
        batch_progress_line(&b, &cases[i].n, cases[i].lang);
        assert_string_equal(b.s, cases[i].line);
    }
    nvb_buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_plain_name_stays), cmocka_unit_test(test_what_is_changed_is_marked),
        cmocka_unit_test(test_a_long_name_is_cut), cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
