/* json_write.c: see json_write.h. Text is scanned and copied eight bytes at a time. */
#include "json_write.h"

#define EVERY(byte) (0x0101010101010101U * (uint64_t)(byte))

/* Sets the high bit of every byte of `w` that must be escaped: a control, a quote, a backslash or
 * DEL. What is borrowed from a byte above can add false ones, but only next to a true one; bytes of
 * characters beyond ASCII may be marked as well. */
static inline uint64_t mark_special(uint64_t w)
{
    return (w - EVERY(0x20)) | ((w ^ EVERY('"')) - EVERY(1)) | ((w ^ EVERY('\\')) - EVERY(1)) |
           ((w & EVERY(0x7F)) + EVERY(1));
}

/* Nonzero when one of the eight bytes must be escaped. */
static inline uint64_t has_special(uint64_t w)
{
    return mark_special(w) & ~w & EVERY(0x80);
}

/* Nonzero when one of the eight must be looked at: the same, and all that is not ASCII. */
static inline uint64_t has_suspect(uint64_t w)
{
    return (mark_special(w) | w) & EVERY(0x80);
}

/* A byte to be escaped, or one that a character to be escaped begins with (as do the euro sign and
 * the minus). */
static inline bool is_suspect(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == 0x7F || c == 0xC2 || c == 0xE2;
}

/* The character at the start of `s` when it must be escaped though it is not ASCII, else 0: the
 * controls U+0080 to U+009F, which move a terminal; the line ends U+2028 and U+2029; the marks that
 * turn the direction of text. */
static unsigned dangerous(const char *s, size_t n)
{
    const unsigned char *u = (const unsigned char *)s;
    if (u[0] == 0xC2)
        return n >= 2 && u[1] < 0xA0 ? u[1] : 0;
    if (n < 3 || (u[1] != 0x80 && u[1] != 0x81))
        return 0;
    unsigned code = 0x2000U + ((u[1] & 1U) << 6) + (u[2] & 0x3FU);
    bool turns = code == 0x200E || code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
                 (code >= 0x2066 && code <= 0x2069);
    return turns ? code : 0;
}

/* Writes `\uXXXX`, code below 0x10000. */
static char *put_unicode(char *p, unsigned code)
{
    static const char hex[] = "0123456789abcdef";
    memcpy(p, "\\u", 2);
    p[2] = hex[code >> 12 & 15U];
    p[3] = hex[code >> 8 & 15U];
    p[4] = hex[code >> 4 & 15U];
    p[5] = hex[code & 15U];
    return p + 6;
}

/* Writes the suspect character at the start of `s`, escaped or not, and tells how many bytes of `s`
 * it took. */
static char *put_suspect(char *p, const char *s, size_t n, size_t *taken)
{
    static const char letter[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n',  ['\f'] = 'f',
                                  ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\', [0x7F] = 0};
    unsigned char c = (unsigned char)*s;
    *taken = 1;
    if (c >= 0x80) {
        unsigned code = dangerous(s, n);
        if (code) {
            *taken = c == 0xC2 ? 2 : 3;
            return put_unicode(p, code);
        }
        *p++ = *s;
        return p;
    }
    if (letter[c] == 0)
        return put_unicode(p, c);
    *p++ = '\\';
    *p++ = letter[c];
    return p;
}

/* Sixteen bytes in one, for any machine; the compiler knows how. */
typedef signed char lanes __attribute__((vector_size(16)));
typedef uint64_t halves __attribute__((vector_size(16)));

/* Nonzero in every byte that is not printable ASCII, or is a quote or a backslash. Bytes beyond
 * ASCII are negative, so below the space as well. */
static inline halves mark_other(lanes v)
{
    return (halves)((v < ' ') | (v == '"') | (v == '\\') | (v == 0x7F));
}

static inline bool is_none(halves marks)
{
    return (marks[0] | marks[1]) == 0;
}

/* Copies a text of at least sixteen bytes; false, and nothing is said of what stands at `p`, when
 * it has a byte to look at. */
static inline bool copy_plain(char *p, const char *s, size_t n)
{
    lanes v;
    halves other = {0, 0};
    for (size_t at = 0; n - at > sizeof v; at += sizeof v) {
        memcpy(&v, s + at, sizeof v);
        memcpy(p + at, &v, sizeof v);
        other |= mark_other(v);
    }
    /* The last bytes may go together with some that were copied already. */
    memcpy(&v, s + n - sizeof v, sizeof v);
    memcpy(p + n - sizeof v, &v, sizeof v);
    return is_none(other | mark_other(v));
}

/* Copies `n` bytes one by one up to the first suspect one; returns how many. */
static inline size_t copy_bytes(char *p, const char *s, size_t n)
{
    size_t at = 0;
    for (; at < n && !is_suspect((unsigned char)s[at]); at++)
        p[at] = s[at];
    return at;
}

/* Copies a text of 8 to 16 bytes as two words that may overlap; false, and nothing is said of what
 * stands at `p`, when it has a suspect byte. */
static inline bool copy_two_words(char *p, const char *s, size_t n)
{
    uint64_t first, last;
    memcpy(&first, s, sizeof first);
    memcpy(&last, s + n - sizeof last, sizeof last);
    memcpy(p, &first, sizeof first);
    memcpy(p + n - sizeof last, &last, sizeof last);
    return !(has_suspect(first) | has_suspect(last));
}

/* The same for a text that is not plain: most of it is, and goes sixteen bytes at a time. */
static size_t copy_mixed(char *p, const char *s, size_t n)
{
    size_t at = 0;
    lanes v;
    for (; n - at >= sizeof v; at += sizeof v) {
        memcpy(&v, s + at, sizeof v);
        memcpy(p + at, &v, sizeof v);
        size_t clean = is_none(mark_other(v)) ? sizeof v : copy_bytes(p + at, s + at, sizeof v);
        if (clean < sizeof v)
            return at + clean;
    }
    return at + copy_bytes(p + at, s + at, n - at);
}

/* Copies the part of `s` before the first suspect byte and returns its length. There is room for n
 * bytes at `p`. */
static inline size_t copy_clean(char *p, const char *s, size_t n)
{
    if (n >= sizeof(lanes))
        return copy_plain(p, s, n) ? n : copy_mixed(p, s, n);
    if (n >= sizeof(uint64_t))
        return copy_two_words(p, s, n) ? n : copy_bytes(p, s, n);
    return copy_bytes(p, s, n);
}

static void escape(nvb_buffer *out, const char *s, size_t n)
{
    while (n) {
        char *p = nvbi_room(out, n + 6);
        if (!p)
            return;
        size_t clean = copy_mixed(p, s, n); /* no further than the first: texts may be all quotes */
        p += clean;
        s += clean;
        n -= clean;
        if (n) {
            size_t taken;
            p = put_suspect(p, s, n, &taken);
            s += taken;
            n -= taken;
        }
        nvbi_wrote(out, p);
    }
}

void nvbi_json_break(nvbi_json *j)
{
    if (j->comma)
        nvbi_add_byte(j->out, ',');
    if (j->indent && j->depth) {
        nvbi_add_byte(j->out, '\n');
        nvb_buffer_repeat(j->out, ' ', (size_t)j->depth * 2);
    }
}

/* What comes before a value: nothing after its key. */
static inline void before_value(nvbi_json *j)
{
    if (!j->value) {
        if (j->indent)
            nvbi_json_break(j);
        else if (j->comma)
            nvbi_add_byte(j->out, ',');
    }
    j->value = false;
    j->comma = true;
}

static void open_level(nvbi_json *j, char bracket)
{
    before_value(j);
    nvbi_add_byte(j->out, bracket);
    j->depth++;
    j->comma = false;
}

static void close_level(nvbi_json *j, char bracket)
{
    bool filled = j->comma;
    j->depth--;
    if (filled && j->indent) {
        nvbi_add_byte(j->out, '\n');
        nvb_buffer_repeat(j->out, ' ', (size_t)j->depth * 2);
    }
    nvbi_add_byte(j->out, bracket);
    j->comma = true;
}

void nvbi_json_begin(nvbi_json *j, nvb_buffer *out, bool indent)
{
    *j = (nvbi_json){.out = out, .indent = indent};
}

void nvbi_json_object(nvbi_json *j)
{
    open_level(j, '{');
}

void nvbi_json_end_object(nvbi_json *j)
{
    close_level(j, '}');
}

void nvbi_json_array(nvbi_json *j)
{
    open_level(j, '[');
}

void nvbi_json_end_array(nvbi_json *j)
{
    close_level(j, ']');
}

void nvbi_json_key_text(nvbi_json *j, nvb_text key)
{
    nvbi_json_text(j, key);
    if (j->indent)
        NVBI_ADD(j->out, ": ");
    else
        nvbi_add_byte(j->out, ':');
    j->value = true;
}

/* Most texts need no escape: then they are written in one go, quotes and comma included. */
void nvbi_json_text(nvbi_json *j, nvb_text t)
{
    bool comma = !j->value && j->comma && !j->indent;
    if (!j->value && j->indent)
        nvbi_json_break(j);
    j->value = false;
    j->comma = true;
    char *p = nvbi_room(j->out, t.n + 3);
    if (!p)
        return;
    if (comma)
        *p++ = ',';
    *p++ = '"';
    size_t clean = copy_clean(p, t.s, t.n);
    p += clean;
    if (clean == t.n)
        *p++ = '"';
    nvbi_wrote(j->out, p);
    if (clean == t.n)
        return;
    escape(j->out, t.s + clean, t.n - clean);
    nvbi_json_close_string(j);
}

void nvbi_json_str(nvbi_json *j, const char *s)
{
    nvbi_json_text(j, (nvb_text){s, strlen(s)});
}

void nvbi_json_plain(nvbi_json *j, const char *s, size_t n)
{
    before_value(j);
    char *p = nvbi_room(j->out, n + 2);
    if (!p)
        return;
    *p++ = '"';
    if (n)
        memcpy(p, s, n);
    p += n;
    *p++ = '"';
    nvbi_wrote(j->out, p);
}

void nvbi_json_int(nvbi_json *j, long long v)
{
    before_value(j);
    if (v < 0)
        nvbi_add_byte(j->out, '-');
    nvb_buffer_uint(j->out, v < 0 ? 0 - (unsigned long long)v : (unsigned long long)v);
}

void nvbi_json_bool(nvbi_json *j, bool v)
{
    before_value(j);
    if (v)
        NVBI_ADD(j->out, "true");
    else
        NVBI_ADD(j->out, "false");
}

void nvbi_json_raw(nvbi_json *j, const char *s, size_t n)
{
    before_value(j);
    nvb_buffer_bytes(j->out, s, n);
}

/* The bytes of the string that starts at `s`, quotes included. */
static size_t string_bytes(const char *s, size_t n)
{
    size_t at = 1;
    while (at < n && s[at] != '"')
        at += s[at] == '\\' ? 2 : 1;
    return at < n ? at + 1 : n;
}

/* The bytes of the number or word that starts at `s`. */
static size_t token_bytes(const char *s, size_t n)
{
    size_t at = 1;
    while (at < n && s[at] != ',' && s[at] != ']' && s[at] != '}')
        at++;
    return at;
}

/* Copies the string, number or word at `s`, or a key with its colon; returns the bytes taken. */
static size_t copy_scalar(nvbi_json *j, const char *s, size_t n)
{
    size_t bytes = *s == '"' ? string_bytes(s, n) : token_bytes(s, n);
    nvbi_json_raw(j, s, bytes);
    if (bytes == n || s[bytes] != ':')
        return bytes;
    NVBI_ADD(j->out, ": ");
    j->value = true;
    return bytes + 1;
}

void nvbi_json_copy(nvbi_json *j, const char *s, size_t n)
{
    if (!j->indent) {
        nvbi_json_raw(j, s, n);
        return;
    }
    for (size_t at = 0; at < n;) {
        switch (s[at]) {
        case '{':
        case '[':
            open_level(j, s[at++]);
            break;
        case '}':
        case ']':
            close_level(j, s[at++]);
            break;
        case ',':
            at++;
            break;
        default:
            at += copy_scalar(j, s + at, n - at);
        }
    }
}

void nvbi_json_open_string(nvbi_json *j)
{
    before_value(j);
    nvbi_add_byte(j->out, '"');
}

void nvbi_json_append(nvbi_json *j, const char *s, size_t n)
{
    escape(j->out, s, n);
}

void nvbi_json_close_string(nvbi_json *j)
{
    nvbi_add_byte(j->out, '"');
}

size_t nvbi_json_begin_string(nvbi_json *j)
{
    nvbi_json_open_string(j);
    return j->out->n;
}

/* True when `s` can stand between quotes as it is. */
static bool is_clean(const char *s, size_t n)
{
    size_t at = 0;
    uint64_t w;
    for (; n - at >= sizeof w; at += sizeof w) {
        memcpy(&w, s + at, sizeof w);
        if (has_special(w))
            return false;
    }
    if (at && at < n) {
        memcpy(&w, s + n - sizeof w, sizeof w);
        return !has_special(w);
    }
    for (; at < n; at++)
        if ((unsigned char)s[at] < 0x80 && is_suspect((unsigned char)s[at]))
            return false;
    return true;
}

/* The text from `from` on, escaped into a buffer of its own and put back. */
static void escape_in_place(nvb_buffer *out, size_t from)
{
    nvb_buffer escaped = NVB_BUFFER_INIT;
    escape(&escaped, out->s + from, out->n - from);
    nvb_buffer_cut(out, from);
    nvb_buffer_bytes(out, escaped.s, escaped.n);
    out->failed |= escaped.failed;
    nvb_buffer_release(&escaped);
}

void nvbi_json_settle_string(nvbi_json *j, size_t from)
{
    nvb_buffer *out = j->out;
    if (!out->failed && !is_clean(out->s + from, out->n - from))
        escape_in_place(out, from);
    nvbi_json_close_string(j);
}

void nvbi_json_again(nvbi_json *j, size_t from, size_t n)
{
    char *p = nvbi_room(j->out, n);
    if (!p)
        return;
    memcpy(p, j->out->s + from, n);
    nvbi_wrote(j->out, p + n);
    j->comma = true;
    j->value = false;
}
