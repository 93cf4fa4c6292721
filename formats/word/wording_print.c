/*
 * wording_print.c: problems for people, one block each, in the form of compilers:
 *
 *     voorstel.json:41:23: fout E312: the message (/the/path)
 *        41 |     {"id": "doelmatigheid", "soort": "afslag",
 *           |      ^ the hint
 *
 * Nothing of a file reaches the terminal as it is: names, words and source lines pass
 * nvbi_word_safe.
 */
#include "wording.h"

enum { GUTTER = 5 };

typedef struct words {
    const char *one, *more;
} words;

static const words severity_words[NVB_EN + 1][NVB_WARNING + 1] = {
    {{"fout", "fouten"},  {"gat", "gaten"}, {"waarschuwing", "waarschuwingen"}},
    {{"error", "errors"}, {"gap", "gaps"},  {"warning", "warnings"}           },
};

static size_t width_of(size_t number)
{
    size_t width = 1;
    while (number /= 10)
        width++;
    return width;
}

static void put_place(nvb_buffer *out, const nvb_place *place)
{
    if (!nvb_text_given(place->file))
        return;
    nvbi_word_safe(out, place->file);
    if (place->line) {
        nvb_buffer_byte(out, ':');
        nvb_buffer_uint(out, place->line);
        nvb_buffer_byte(out, ':');
        nvb_buffer_uint(out, place->column);
    }
    nvb_buffer_str(out, ": ");
}

/* The bytes of the first `characters` characters. */
static size_t bytes_of(nvb_text t, size_t characters)
{
    size_t at = 0;
    while (at < t.n && characters) {
        at++;
        while (at < t.n && ((unsigned char)t.s[at] & 0xC0U) == 0x80)
            at++;
        characters--;
    }
    return at;
}

/* How far right the column comes to lie once the source line before it has been made safe. */
static size_t caret_offset(const nvb_place *place)
{
    nvb_buffer before = NVB_BUFFER_INIT;
    size_t characters = place->column - 1 - place->skipped;
    nvbi_word_safe(&before, (nvb_text){place->excerpt.s, bytes_of(place->excerpt, characters)});
    size_t width = before.s ? nvbi_word_width(before.s, before.n) : 0;
    nvb_buffer_release(&before);
    return width;
}

static void put_source(nvb_buffer *out, const nvb_place *place, nvb_text hint)
{
    size_t digits = width_of(place->line), gutter = digits > GUTTER ? digits : GUTTER;
    nvb_buffer_repeat(out, ' ', gutter - digits);
    nvb_buffer_uint(out, place->line);
    nvb_buffer_str(out, " | ");
    nvbi_word_safe(out, place->excerpt);
    nvb_buffer_byte(out, '\n');
    nvb_buffer_repeat(out, ' ', gutter);
    nvb_buffer_str(out, " | ");
    nvb_buffer_repeat(out, ' ', caret_offset(place));
    nvb_buffer_byte(out, '^');
    if (hint.n) {
        nvb_buffer_byte(out, ' ');
        nvb_buffer_text(out, hint);
    }
    nvb_buffer_byte(out, '\n');
}

static void put_problem(nvb_buffer *out, const nvb_problem *p, nvb_lang lang)
{
    nvb_buffer hint = NVB_BUFFER_INIT;
    nvbi_word_hint(&hint, p, lang);
    put_place(out, &p->place);
    nvb_buffer_str(out, severity_words[lang == NVB_EN][nvb_code_severity(p->code)].one);
    nvb_buffer_byte(out, ' ');
    nvb_buffer_str(out, nvb_code_name(p->code));
    nvb_buffer_str(out, ": ");
    nvbi_word_problem(out, p, lang);
    if (p->path.n) {
        nvb_buffer_str(out, " (");
        nvbi_word_safe(out, p->path);
        nvb_buffer_byte(out, ')');
    }
    nvb_buffer_byte(out, '\n');
    if (p->place.line) {
        put_source(out, &p->place, (nvb_text){hint.s, hint.n});
    } else if (hint.n) {
        nvb_buffer_repeat(out, ' ', GUTTER);
        nvb_buffer_str(out, " | ");
        nvb_buffer_bytes(out, hint.s, hint.n);
        nvb_buffer_byte(out, '\n');
    }
    out->failed |= hint.failed;
    nvb_buffer_release(&hint);
}

/* "2 fouten, 1 gat"; and how many of them stand above, when that is not all. */
static void put_count(nvb_buffer *out, const nvb_diag *diag, nvb_lang lang)
{
    size_t total = 0;
    for (int s = NVB_ERROR; s <= NVB_WARNING; s++) {
        size_t n = nvb_diag_count(diag, (nvb_severity)s);
        const words *w = &severity_words[lang == NVB_EN][s];
        if (n == 0)
            continue;
        nvb_buffer_str(out, total ? ", " : "");
        nvb_buffer_uint(out, n);
        nvb_buffer_byte(out, ' ');
        nvb_buffer_str(out, n == 1 ? w->one : w->more);
        total += n;
    }
    if (total > nvb_diag_kept(diag)) {
        nvb_buffer_str(out, lang == NVB_EN ? "; shown: the first " : "; getoond: de eerste ");
        nvb_buffer_uint(out, nvb_diag_kept(diag));
    }
    nvb_buffer_byte(out, '\n');
}

void nvb_emit_problems(nvb_buffer *out, const nvb_diag *diag, nvb_lang lang)
{
    size_t total = nvb_diag_count(diag, NVB_ERROR) + nvb_diag_count(diag, NVB_GAP) +
                   nvb_diag_count(diag, NVB_WARNING);
    for (size_t i = 0; i < nvb_diag_kept(diag); i++)
        put_problem(out, nvb_diag_at(diag, i), lang);
    if (total > 1)
        put_count(out, diag, lang);
}
