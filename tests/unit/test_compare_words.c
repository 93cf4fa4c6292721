/*
 * test_compare_words.c: two texts word by word.
 *
 * A case is two texts and the runs they must come to, written by hand: "=" stays, "-" lapsed, "+"
 * added, each run between brackets. Texts too long to write down are held against what every
 * outcome must be: the runs that stayed or were added are the new text, those that stayed or lapsed
 * have the words of the old one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "navolgbaar/buffer.h"
#include "navolgbaar/compare.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static nvb_text text(const char *s)
{
    return (nvb_text){s, s ? strlen(s) : 0};
}

static void write_runs(nvb_buffer *out, nvb_text before, nvb_text after)
{
    static const char signs[] = {
        [NVB_RUN_SAME] = '=', [NVB_RUN_LAPSED] = '-', [NVB_RUN_ADDED] = '+'};
    nvb_runs *r = nvb_runs_new(before, after);
    assert_non_null(r);
    nvb_buffer_str(out, "");
    for (size_t i = 0; i < nvb_runs_count(r); i++) {
        nvb_run run = nvb_runs_at(r, i);
        nvb_buffer_byte(out, signs[run.kind]);
        nvb_buffer_byte(out, '[');
        nvb_buffer_text(out, run.text);
        nvb_buffer_byte(out, ']');
    }
    nvb_runs_free(r);
}

typedef struct words_case {
    const char *before, *after, *runs;
} words_case;

/* clang-format off */
static const words_case cases[] = {
    {"", "", ""},
    {"", "een", "+[een]"},
    {"een", "", "-[een]"},
    {NULL, "een", "+[een]"},
    {"een twee", "een twee", "=[een twee]"},
    {"een twee drie", "een 2 drie", "=[een ]-[twee ]+[2 ]=[drie]"},
    {"een twee", "een twee drie", "=[een twee ]+[drie]"},
    {"een drie", "een twee drie", "=[een ]+[twee ]=[drie]"},
    {"een twee drie", "een drie", "=[een ]-[twee ]=[drie]"},
    {"een twee drie", "drie", "-[een twee ]=[drie]"},
    {"een een een", "een een", "=[een een]-[een]"},
    {"de prijs is laag", "de nieuwe prijs is heel laag", "=[de ]+[nieuwe ]=[prijs is ]+[heel ]=[laag]"},
    {"a b c a b b a", "c b a b a c", "-[a b ]=[c ]+[b ]=[a b ]-[b ]=[a ]+[c]"},
    /* which blanks stand between words makes no difference; the new text is what stays */
    {"een twee\tdrie", "een  twee\ndrie", "=[een  twee\ndrie]"},
    {"  een twee", "een twee", "-[  ]=[een twee]"},
    {"een twee ", "een twee", "=[een twee]"},
    {" ", "\n", "=[\n]"},
    /* characters of more bytes stay whole; a no-break space and an em space are no blanks */
    {"één café", "één caffè", "=[één ]-[café]+[caffè]"},
    {"€\u00A05 nu", "€\u00A06 nu", "-[€\u00A05 ]+[€\u00A06 ]=[nu]"},
    {"a\u2003b c", "a\u2003b d", "=[a\u2003b ]-[c]+[d]"},
    /* punctuation is part of its word */
    {"tot 1 mei, altijd", "tot 2 mei, altijd", "=[tot ]-[1 ]+[2 ]=[mei, altijd]"},
    /* too little in common: three words of ten would be three in ten, two are not */
    {"a b c d e f g h i j", "a b c 1 2 3 4 5 6 7", "=[a b c ]-[d e f g h i j]+[1 2 3 4 5 6 7]"},
    {"a b c d e f g h i j", "a b 1 2 3 4 5 6 7 8", "-[a b c d e f g h i j]+[a b 1 2 3 4 5 6 7 8]"},
    {"een twee drie", "vier vijf", "-[een twee drie]+[vier vijf]"},
    /* unless nothing but words were added, or lapsed */
    {"x", "1 2 3 4 5 x 6 7 8 9", "+[1 2 3 4 5 ]=[x ]+[6 7 8 9]"},
};
/* clang-format on */

static void by_hand(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        nvb_buffer out = NVB_BUFFER_INIT;
        write_runs(&out, text(cases[i].before), text(cases[i].after));
        assert_false(out.failed);
        assert_string_equal(out.s ? out.s : "", cases[i].runs);
        nvb_buffer_release(&out);
    }
}

/* --- texts too long to write down --- */

static bool blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The words of a text with one blank after each. */
static void add_words(nvb_buffer *out, nvb_text t)
{
    for (size_t i = 0; i < t.n; i++)
        if (!blank(t.s[i]))
            nvb_buffer_byte(out, t.s[i]);
        else if (i && !blank(t.s[i - 1]))
            nvb_buffer_byte(out, ' ');
    if (t.n && !blank(t.s[t.n - 1]))
        nvb_buffer_byte(out, ' ');
}

static size_t check_law(nvb_text before, nvb_text after)
{
    nvb_buffer old_words = NVB_BUFFER_INIT, kept = NVB_BUFFER_INIT, now = NVB_BUFFER_INIT;
    nvb_runs *r = nvb_runs_new(before, after);
    assert_non_null(r);
    size_t n = nvb_runs_count(r);
    for (size_t i = 0; i < n; i++) {
        nvb_run run = nvb_runs_at(r, i);
        assert_true(run.text.n > 0);
        if (run.kind != NVB_RUN_LAPSED)
            nvb_buffer_text(&now, run.text);
        if (run.kind != NVB_RUN_ADDED)
            add_words(&kept, run.text);
    }
    add_words(&old_words, before);
    assert_int_equal(now.n, after.n);
    assert_true(after.n == 0 || memcmp(now.s, after.s, after.n) == 0);
    assert_int_equal(kept.n, old_words.n);
    assert_true(kept.n == 0 || memcmp(kept.s, old_words.s, kept.n) == 0);
    nvb_buffer_release(&old_words);
    nvb_buffer_release(&kept);
    nvb_buffer_release(&now);
    nvb_runs_free(r);
    return n;
}

/* The same numbers on every run. */
static unsigned next(unsigned *seed)
{
    *seed = *seed * 1103515245U + 12345U;
    return *seed >> 16;
}

static void any_small_texts(void **state)
{
    unsigned seed = 20260;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char a[64], b[64];
        size_t na = next(&seed) % 40, nb = next(&seed) % 40;
        for (size_t i = 0; i < na; i++)
            a[i] = "ab c  "[next(&seed) % 6];
        for (size_t i = 0; i < nb; i++)
            b[i] = "ab c \n"[next(&seed) % 6];
        a[na] = b[nb] = '\0';
        check_law((nvb_text){a, na}, (nvb_text){b, nb});
    }
}

enum { LONG = 1000000 };

/* A long text of one-letter words, or (`blanks` 0) of one word. */
static char *long_text(unsigned letters, unsigned blanks, unsigned seed)
{
    char *s = malloc(LONG + 1);
    assert_non_null(s);
    for (size_t i = 0; i < LONG; i++) {
        s[i] = (char)('a' + next(&seed) % letters);
        if (blanks && i % blanks == blanks - 1)
            s[i] = ' ';
    }
    s[LONG] = '\0';
    return s;
}

/* The worst there is: much to slide along, and no end of edits. It must come back, and soon (ctest
 * has a limit). */
static void hostile(void **state)
{
    (void)state;
    static const struct {
        unsigned letters, blanks;
    } kinds[] = {
        {1,  2  },
        {2,  2  },
        {26, 2  },
        {26, 3  },
        {1,  500},
        {26, 0  },
    };
    for (size_t i = 0; i < COUNT(kinds); i++) {
        char *a = long_text(kinds[i].letters, kinds[i].blanks, 1);
        char *b = long_text(kinds[i].letters, kinds[i].blanks, 2);
        for (size_t at = 0; at < LONG; at += 1000) {
            a[at] = 'X';
            b[LONG - 1 - at] = 'Y';
        }
        check_law((nvb_text){a, LONG}, (nvb_text){b, LONG});
        free(a);
        free(b);
    }
}

/* A few hundred changes in a long text are found as such. */
static void few_in_many(void **state)
{
    (void)state;
    char *a = long_text(26, 6, 1), *b = long_text(26, 6, 1);
    for (size_t at = 3000; at < LONG; at += 5000)
        b[at] = '#';
    size_t changed = 0;
    for (size_t at = 3000; at < LONG; at += 5000)
        changed++;
    assert_int_equal(check_law((nvb_text){a, LONG}, (nvb_text){b, LONG}), 3 * changed + 1);
    free(a);
    free(b);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(any_small_texts),
        cmocka_unit_test(hostile),
        cmocka_unit_test(few_in_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
