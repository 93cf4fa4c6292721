/*
 * wording_safe.c: texts of documents made harmless for a terminal or a page. See wording.h.
 *
 * What could move a cursor, colour a terminal, hide text or turn its direction is shown instead of
 * sent: a control as its picture (U+241B for escape), anything else as "‹U+202E›". Whatever breaks
 * a line becomes a space. Texts of documents are valid UTF-8 since they were scanned; names of
 * files and words of a command line need not be, and a byte that is no character is shown as
 * U+FFFD.
 */
#include "wording.h"

#include "core/append.h"

typedef struct range {
    uint32_t first, last;
} range;

/* Sorted. C1 controls, the blank Braille pattern, and all that Unicode would have ignored when it
 * cannot be shown: soft hyphen, fillers, zero width space, directional marks and overrides,
 * invisible operators, variation selectors, byte order mark, interlinear marks, controls of
 * shorthand and music, tags. The joiners U+200C and U+200D are letters' own. */
static const range hidden[] = {
    {0x80,    0x9F   },
    {0xAD,    0xAD   },
    {0x34F,   0x34F  },
    {0x61C,   0x61C  },
    {0x115F,  0x1160 },
    {0x17B4,  0x17B5 },
    {0x180B,  0x180F },
    {0x200B,  0x200B },
    {0x200E,  0x200F },
    {0x202A,  0x202E },
    {0x2060,  0x206F },
    {0x2800,  0x2800 },
    {0x3164,  0x3164 },
    {0xFE00,  0xFE0F },
    {0xFEFF,  0xFEFF },
    {0xFFA0,  0xFFA0 },
    {0xFFF0,  0xFFFB },
    {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF}
};

/* Sorted. Marks that take no column of their own: the combining blocks and joiners. What is hidden
 * is not among them: in a safe text it is spelled out. */
static const range marks[] = {
    {0x300,  0x34E },
    {0x350,  0x36F },
    {0x483,  0x489 },
    {0x591,  0x5BD },
    {0x610,  0x61A },
    {0x64B,  0x65F },
    {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF},
    {0x200C, 0x200D},
    {0x20D0, 0x20FF},
    {0xFE20, 0xFE2F}
};

static bool is_in(const range *table, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count && table[i].first <= c; i++)
        if (c <= table[i].last)
            return true;
    return false;
}

#define IS_IN(table, c) is_in((table), sizeof(table) / sizeof *(table), (c))

/* The code point at `s` and its bytes; a byte that begins none counts as one of its own. */
static uint32_t decode(const char *s, size_t n, size_t *bytes)
{
    const unsigned char *u = (const unsigned char *)s;
    size_t more = u[0] < 0xC0 ? 0 : u[0] < 0xE0 ? 1 : u[0] < 0xF0 ? 2 : 3;
    *bytes = 1;
    if (more == 0 || more >= n)
        return u[0];
    uint32_t c = u[0] & (0x3FU >> more);
    for (size_t i = 1; i <= more; i++) {
        if ((u[i] & 0xC0U) != 0x80)
            return u[0];
        c = c << 6 | (u[i] & 0x3FU);
    }
    *bytes = more + 1;
    return c;
}

static void put_code(nvb_buffer *out, uint32_t c)
{
    static const char hex[] = "0123456789ABCDEF";
    NVBI_ADD(out, "\xE2\x80\xB9U+");
    for (unsigned shift = c > 0xFFFF ? 20 : 16; shift;) {
        shift -= 4;
        nvbi_add_byte(out, hex[c >> shift & 15U]);
    }
    NVBI_ADD(out, "\xE2\x80\xBA");
}

/* U+2400 to U+2421 are pictures of the controls. */
static void put_picture(nvb_buffer *out, uint32_t c)
{
    char picture[3] = {'\xE2', '\x90', (char)(0x80U + (c == 0x7F ? 0x21U : c))};
    nvb_buffer_bytes(out, picture, sizeof picture);
}

static bool breaks_line(uint32_t c)
{
    return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static void put_point(nvb_buffer *out, uint32_t c, const char *s, size_t bytes)
{
    if (bytes == 1 && c >= 0x80)
        NVBI_ADD(out, "\xEF\xBF\xBD"); /* no character: U+FFFD */
    else if (breaks_line(c))
        nvbi_add_byte(out, ' ');
    else if (c < 0x20 || c == 0x7F)
        put_picture(out, c);
    else if (IS_IN(hidden, c))
        put_code(out, c);
    else
        nvb_buffer_bytes(out, s, bytes);
}

/* How many bytes at the start of `s` are plain printable ASCII. */
static size_t plain_length(const char *s, size_t n)
{
    size_t i = 0;
    while (i < n && s[i] >= 0x20 && s[i] < 0x7F)
        i++;
    return i;
}

void nvbi_word_safe(nvb_buffer *out, nvb_text t)
{
    size_t at = 0;
    while (at < t.n) {
        size_t plain = plain_length(t.s + at, t.n - at), bytes;
        nvbi_add(out, t.s + at, plain);
        at += plain;
        if (at == t.n)
            break;
        uint32_t c = decode(t.s + at, t.n - at, &bytes);
        if (c == '\r' && at + 1 < t.n && t.s[at + 1] == '\n')
            bytes = 2;
        put_point(out, c, t.s + at, bytes);
        at += bytes;
    }
}

size_t nvbi_word_width(const char *s, size_t n)
{
    size_t at = 0, width = 0;
    while (at < n) {
        size_t plain = plain_length(s + at, n - at), bytes;
        width += plain;
        at += plain;
        if (at == n)
            break;
        uint32_t c = decode(s + at, n - at, &bytes);
        width += !IS_IN(marks, c);
        at += bytes;
    }
    return width;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool nvbi_word_same(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (small(a[i]) != small(b[i]))
            return false;
    return true;
}

void nvbi_word_unrepeat(nvb_buffer *out, size_t from)
{
    for (size_t at = from, word = from; !out->failed && at < out->n; at++) {
        if (out->s[at] != ' ')
            continue;
        size_t n = at - word, after = at + 1 + n;
        if (n > 3 && after <= out->n && nvbi_word_same(out->s + word, out->s + at + 1, n) &&
            (after == out->n || strchr("-_:", out->s[after]))) {
            memmove(out->s + at, out->s + after, out->n - after);
            nvb_buffer_cut(out, out->n - n - 1);
            return;
        }
        word = at + 1;
    }
}
