/*
 * json_peek.c: see peek.h. The text is walked token by token with two numbers for a stack: how deep
 * it is, and how many keys of the path lead there. Depth beyond that of a document, and brackets
 * that do not fit, are left to whoever reads the document: here they only end the walk.
 */
#include "json_scan.h"

#include "json_place.h"
#include "navolgbaar/peek.h"

typedef struct peek {
    const char *s;
    size_t n, at;
    size_t depth;     /* brackets open */
    size_t matched;   /* keys of the path that lead to the innermost object */
    uint64_t objects; /* bit per depth: whether that bracket is an object */
    bool odd;
} peek;

static void skip_blanks(peek *p)
{
    while (p->at < p->n && (p->s[p->at] == ' ' || p->s[p->at] == '\t' || p->s[p->at] == '\n' ||
                            p->s[p->at] == '\r'))
        p->at++;
}

/* The text between the quotes of the string at `at`, escapes and all; moves past it. */
static nvb_text take_string(peek *p)
{
    size_t from = ++p->at;
    while (p->at < p->n && p->s[p->at] != '"') {
        if ((unsigned char)p->s[p->at] < 0x20)
            break;
        p->at += p->s[p->at] == '\\' && p->at + 1 < p->n ? 2 : 1;
    }
    p->odd = p->at >= p->n || p->s[p->at] != '"';
    nvb_text t = {p->s + from, p->odd ? 0 : p->at - from};
    p->at++;
    return t;
}

/* --- escapes --- */

static unsigned hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    return c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 16;
}

/* The unit of \uXXXX at `at`; 0 when there is none. */
static unsigned unit_at(nvb_text t, size_t at)
{
    unsigned unit = 0;
    if (t.n - at < 6 || t.s[at] != '\\' || t.s[at + 1] != 'u')
        return 0;
    for (size_t i = 2; i < 6; i++) {
        unsigned digit = hex_value(t.s[at + i]);
        if (digit > 15)
            return 0;
        unit = unit * 16 + digit;
    }
    return unit;
}

static size_t encode(char *to, unsigned c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0U | c >> 6);
        to[1] = (char)(0x80U | (c & 63U));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xE0U | c >> 12);
        to[1] = (char)(0x80U | (c >> 6 & 63U));
        to[2] = (char)(0x80U | (c & 63U));
        return 3;
    }
    to[0] = (char)(0xF0U | c >> 18);
    to[1] = (char)(0x80U | (c >> 12 & 63U));
    to[2] = (char)(0x80U | (c >> 6 & 63U));
    to[3] = (char)(0x80U | (c & 63U));
    return 4;
}

/* The escape at `at` as bytes in `to`, *length of them; the bytes it takes, or 0 when it is none.
 */
static size_t take_escape(nvb_text t, size_t at, char *to, size_t *length)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *found = at + 1 < t.n && t.s[at + 1] ? strchr(letters, t.s[at + 1]) : NULL;
    if (found) {
        to[0] = meant[found - letters];
        *length = 1;
        return 2;
    }
    unsigned unit = unit_at(t, at);
    bool high = unit >= 0xD800 && unit <= 0xDBFF;
    unsigned low = high ? unit_at(t, at + 6) : 0;
    bool pair = low >= 0xDC00 && low <= 0xDFFF;
    if (unit == 0 || (unit >= 0xD800 && unit <= 0xDFFF && !pair))
        return 0;
    *length = encode(to, pair ? 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00) : unit);
    return pair ? 12 : 6;
}

/* The bytes of the next character of a string, put in `to`; 0 when it is none. `*at` moves on. */
static size_t next_bytes(nvb_text t, size_t *at, char *to)
{
    size_t length = 0;
    if (t.s[*at] == '\\') {
        *at += take_escape(t, *at, to, &length);
        return length;
    }
    length = nvbi_utf8_length(t.s + *at, t.n - *at);
    memcpy(to, t.s + *at, length);
    *at += length;
    return length;
}

static bool append_unescaped(nvb_buffer *to, nvb_text t)
{
    char bytes[4];
    for (size_t at = 0; at < t.n;) {
        size_t length = next_bytes(t, &at, bytes);
        if (length == 0)
            return false;
        nvb_buffer_bytes(to, bytes, length);
    }
    return !to->failed;
}

static bool is_key(nvb_text t, const char *key)
{
    char bytes[4];
    size_t n = strlen(key), done = 0;
    if (!memchr(t.s, '\\', t.n))
        return t.n == n && memcmp(t.s, key, n) == 0;
    for (size_t at = 0; at < t.n;) {
        size_t length = next_bytes(t, &at, bytes);
        if (length == 0 || done + length > n || memcmp(key + done, bytes, length) != 0)
            return false;
        done += length;
    }
    return done == n;
}

/* --- the walk --- */

static bool in_object(const peek *p)
{
    return p->depth > 0 && (p->objects >> (p->depth - 1) & 1U) != 0;
}

static void open_bracket(peek *p, bool is_object)
{
    if (p->depth == NVBI_MAX_DEPTH) {
        p->odd = true;
        return;
    }
    uint64_t bit = (uint64_t)1 << p->depth++;
    p->objects = is_object ? p->objects | bit : p->objects & ~bit;
    p->at++;
}

static void close_bracket(peek *p, char c)
{
    p->odd = p->depth == 0 || in_object(p) != (c == '}');
    p->depth -= !p->odd;
    if (p->depth <= p->matched) /* the object the path leads into is over */
        p->odd = true;
    p->at++;
}

/* A string: a key when a colon follows in an object. True: the path ends in this value. */
static bool take_key(peek *p, const char *const *keys, size_t n)
{
    nvb_text t = take_string(p);
    skip_blanks(p);
    if (p->odd || p->at >= p->n || p->s[p->at] != ':' || !in_object(p))
        return false;
    p->at++;
    skip_blanks(p);
    if (p->at >= p->n || p->depth != p->matched + 1 || !is_key(t, keys[p->matched]))
        return false;
    if (p->matched + 1 == n)
        return true;
    p->odd = p->s[p->at] != '{';
    p->matched++;
    return false;
}

/* Past the next token; true when it was the last key of the path. */
static bool step(peek *p, const char *const *keys, size_t n)
{
    switch (p->s[p->at]) {
    case '{':
    case '[':
        open_bracket(p, p->s[p->at] == '{');
        return false;
    case '}':
    case ']':
        close_bracket(p, p->s[p->at]);
        return false;
    case '"':
        return take_key(p, keys, n);
    default:
        p->at++; /* a letter of a number or a word, a comma: left to the reader of documents */
        return false;
    }
}

bool nvb_peek(nvb_buffer *to, nvb_text json, const char *const *keys, size_t n)
{
    peek p = {.s = json.s, .n = json.n, .at = nvbi_bom_length(json)};
    bool found = false;
    nvb_buffer_cut(to, 0);
    skip_blanks(&p);
    if (n == 0 || p.at >= p.n || p.s[p.at] != '{')
        return false;
    while (!found && !p.odd && p.at < p.n) {
        found = step(&p, keys, n);
        skip_blanks(&p);
        if (p.depth == 0)
            break;
    }
    if (!found || p.at >= p.n || p.s[p.at] != '"')
        return false;
    nvb_text t = take_string(&p);
    if (!p.odd && append_unescaped(to, t))
        return true;
    nvb_buffer_cut(to, 0);
    return false;
}
