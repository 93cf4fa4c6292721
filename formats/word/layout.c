/* layout.c: see layout.h. */
#include "layout.h"

#include "wording.h"

void nvbi_layout_pad(nvb_buffer *out, size_t from, unsigned columns)
{
    if (out->failed || from > out->n)
        return;
    size_t width = nvbi_word_width(out->s + from, out->n - from);
    if (width < columns)
        nvb_buffer_repeat(out, ' ', columns - width);
}

void nvbi_layout_right(nvb_buffer *out, const char *s, size_t n, unsigned columns)
{
    size_t width = nvbi_word_width(s, n);
    if (width < columns)
        nvb_buffer_repeat(out, ' ', columns - width);
    nvb_buffer_bytes(out, s, n);
}

void nvbi_layout_rule(nvb_buffer *out, const char *utf8_char, unsigned columns)
{
    size_t n = strlen(utf8_char);
    for (unsigned i = 0; i < columns; i++)
        nvb_buffer_bytes(out, utf8_char, n);
    nvb_buffer_byte(out, '\n');
}

/* Bytes of the code point that starts at `s`; texts are valid UTF-8. */
static size_t point_bytes(const char *s, size_t n)
{
    size_t i = 1;
    while (i < n && ((unsigned char)s[i] & 0xC0U) == 0x80U)
        i++;
    return i;
}

size_t nvbi_layout_fit(const char *s, size_t n, unsigned columns)
{
    size_t at = 0, width = 0;
    while (at < n) {
        size_t bytes = point_bytes(s + at, n - at);
        width += nvbi_word_width(s + at, bytes);
        if (width > columns)
            break;
        at += bytes;
    }
    return at;
}

/* The line being filled. */
typedef struct line {
    nvb_buffer *out;
    unsigned at;    /* columns written, the indent included */
    unsigned start; /* where this line's text begins */
    unsigned rest, width;
} line;

static void next_line(line *l)
{
    nvb_buffer_byte(l->out, '\n');
    nvb_buffer_repeat(l->out, ' ', l->rest);
    l->at = l->start = l->rest;
}

/* A word that no line can hold is cut where the line ends. */
static void put_long_word(line *l, const char *s, size_t n)
{
    while (n) {
        unsigned room = l->width > l->at ? l->width - l->at : 0;
        size_t bytes = nvbi_layout_fit(s, n, room);
        if (bytes == 0 && l->at > l->start) {
            next_line(l);
            continue;
        }
        /* Narrower than one character: better too wide than without end. */
        if (bytes == 0)
            bytes = point_bytes(s, n);
        nvb_buffer_bytes(l->out, s, bytes);
        l->at += (unsigned)nvbi_word_width(s, bytes);
        s += bytes;
        n -= bytes;
        if (n)
            next_line(l);
    }
}

static void put_word(line *l, const char *s, size_t n)
{
    size_t wide = nvbi_word_width(s, n);
    bool first = l->at == l->start;
    if (!first && l->at + 1 + wide > l->width) {
        next_line(l);
        first = true;
    }
    if (!first) {
        nvb_buffer_byte(l->out, ' ');
        l->at++;
    }
    if (l->at + wide > l->width) {
        put_long_word(l, s, n);
        return;
    }
    nvb_buffer_bytes(l->out, s, n);
    l->at += (unsigned)wide;
}

/* True for a sign that belongs to what follows it: "€ 12,50" and "− € 12,50" are not parted. */
static bool holds_next(const char *s, size_t n)
{
    static const char *const signs[] = {"€",  "≈",  "−",  "×",   "÷", "+",  "=",
                                        "(€", "(≈", "−€", "(−€", "→", "+€", "(+€"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (n == strlen(signs[i]) && memcmp(s, signs[i], n) == 0)
            return true;
    return false;
}

static size_t word_bytes(nvb_text t, size_t at)
{
    const char *end = memchr(t.s + at, ' ', t.n - at);
    return end ? (size_t)(end - (t.s + at)) : t.n - at;
}

/* A word with the signs before it. */
static size_t held_bytes(nvb_text t, size_t at)
{
    size_t bytes = word_bytes(t, at), last = at;
    while (holds_next(t.s + last, at + bytes - last)) {
        last = at + bytes + 1;
        if (last >= t.n || t.s[last] == ' ')
            break;
        bytes += 1 + word_bytes(t, last);
    }
    return bytes;
}

void nvbi_layout_wrap_after(
    nvb_buffer *out, nvb_text t, unsigned taken, unsigned indent_rest, unsigned width)
{
    line l = {out, taken, taken, indent_rest, width};
    size_t at = 0;
    while (at < t.n && !out->failed) {
        if (t.s[at] == ' ') {
            at++;
            continue;
        }
        size_t bytes = held_bytes(t, at);
        if (nvbi_word_width(t.s + at, bytes) + indent_rest > width)
            bytes = word_bytes(t, at);
        put_word(&l, t.s + at, bytes);
        at += bytes;
    }
    nvb_buffer_byte(out, '\n');
}

void nvbi_layout_wrap(
    nvb_buffer *out, nvb_text t, unsigned indent_first, unsigned indent_rest, unsigned width)
{
    nvb_buffer_repeat(out, ' ', indent_first);
    nvbi_layout_wrap_after(out, t, indent_first, indent_rest, width);
}
