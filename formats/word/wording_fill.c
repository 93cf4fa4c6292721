/* wording_fill.c: see wording_fill.h. */
#include "wording_fill.h"

#include "wording.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Machine digits as the number module writes them: -?digits[.digits]. */
typedef struct digits {
    bool negative;
    const char *whole, *part;
    size_t n_whole, n_part;
} digits;

static bool read_digits(digits *d, nvb_text t)
{
    size_t at = 0;
    d->negative = t.n > 0 && t.s[0] == '-';
    if (d->negative)
        at++;
    d->whole = t.s + at;
    while (at < t.n && is_digit(t.s[at]))
        at++;
    d->n_whole = (size_t)(t.s + at - d->whole);
    d->part = t.s + at;
    d->n_part = 0;
    if (at < t.n && t.s[at] == '.') {
        d->part = t.s + ++at;
        while (at < t.n && is_digit(t.s[at]))
            at++;
        d->n_part = (size_t)(t.s + at - d->part);
    }
    return d->n_whole > 0 && at == t.n;
}

static void put_digits(nvb_buffer *out, const digits *d, size_t decimals, nvb_lang lang)
{
    char thousands = lang == NVB_NL ? '.' : ',', mark = lang == NVB_NL ? ',' : '.';
    for (size_t i = 0; i < d->n_whole; i++) {
        if (i > 0 && (d->n_whole - i) % 3 == 0)
            nvb_buffer_byte(out, thousands);
        nvb_buffer_byte(out, d->whole[i]);
    }
    if (d->n_part > 0 || decimals > 0)
        nvb_buffer_byte(out, mark);
    nvb_buffer_bytes(out, d->part, d->n_part);
    if (d->n_part < decimals)
        nvb_buffer_repeat(out, '0', decimals - d->n_part);
}

typedef enum unit { PLAIN, PERCENT, EURO } unit;

/* The minus stands where wording_number.c puts it: "−€ 1,00" in Dutch, "−€1.00" in English. */
static bool put_number(nvb_buffer *out, nvb_text word, unit u, nvb_lang lang)
{
    static const char minus[] = "−";
    digits d;
    if (!read_digits(&d, word))
        return false;
    if (d.negative)
        nvb_buffer_str(out, minus);
    if (u == EURO)
        nvb_buffer_str(out, lang == NVB_NL ? "€ " : "€");
    bool whole = d.n_part == 0 && d.n_whole > 1; /* as wording_number.c has percentages */
    put_digits(out, &d, u == EURO || (u == PERCENT && !whole) ? 2 : 0, lang);
    if (u == PERCENT)
        nvb_buffer_byte(out, '%');
    return true;
}

static bool put_date(nvb_buffer *out, nvb_text w, nvb_lang lang)
{
    static const char shape[] = "0000-00-00";
    int v[3] = {0, 0, 0};
    size_t part = 0;
    if (w.n != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < w.n; i++) {
        if ((shape[i] == '0') != is_digit(w.s[i]) || (shape[i] == '-' && w.s[i] != '-'))
            return false;
        if (shape[i] == '-')
            part++;
        else
            v[part] = v[part] * 10 + (w.s[i] - '0');
    }
    if (v[1] < 1 || v[1] > 12)
        return false;
    nvbi_word_date(out, (nvb_date){v[0], v[1], v[2]}, lang);
    return true;
}

static bool begins(nvb_text t, const char *with)
{
    return t.n >= strlen(with) && memcmp(t.s, with, strlen(with)) == 0;
}

/* `how` is what stands after the number: "", ":eur". */
static void put_value(nvb_buffer *out, nvb_text word, nvb_text how, nvb_lang lang)
{
    bool done = (begins(how, ":eur") && put_number(out, word, EURO, lang)) ||
                (begins(how, ":pct") && put_number(out, word, PERCENT, lang)) ||
                (begins(how, ":num") && put_number(out, word, PLAIN, lang)) ||
                (begins(how, ":date") && put_date(out, word, lang));
    if (!done)
        nvbi_word_safe(out, word);
}

/* A place to fill in: what stands before it, its number (0 to 7) and form. */
typedef struct place {
    nvb_text before, how;
    size_t number;
} place;

/* The closing brace of the one at `at`; braces within it come in pairs. */
static size_t closing(nvb_text t, size_t at)
{
    size_t depth = 0;
    for (; at < t.n; at++) {
        depth += t.s[at] == '{';
        if (t.s[at] == '}' && --depth == 0)
            break;
    }
    return at;
}

/* Takes the next place off the front of `*t`; false when there is none. */
static bool next_place(nvb_text *t, place *p)
{
    for (size_t at = 0; at + 2 < t->n; at++) {
        if (t->s[at] != '{' || t->s[at + 1] < '1' || t->s[at + 1] > '8')
            continue;
        size_t end = closing(*t, at);
        if (end == t->n)
            return false;
        *p = (place){
            {t->s,          at          },
            {t->s + at + 2, end - at - 2},
            (size_t)(t->s[at + 1] - '1')
        };
        *t = (nvb_text){t->s + end + 1, t->n - end - 1};
        return true;
    }
    return false;
}

/* A form of "{1#one|more}": its own places hold no further forms. */
static void
put_form(nvb_buffer *out, nvb_text form, const nvb_text *words, size_t n_words, nvb_lang lang)
{
    place p;
    while (next_place(&form, &p)) {
        nvb_buffer_text(out, p.before);
        if (p.number < n_words)
            put_value(out, words[p.number], p.how, lang);
    }
    nvb_buffer_text(out, form);
}

/* An empty list of names is "-". */
static bool is_given(nvb_text word)
{
    return word.n > 0 && !nvb_text_equal(word, NVB_TEXT("-"));
}

/* The next of some forms parted by bars; the last one takes all that is left. */
static nvb_text next_form(nvb_text *forms)
{
    const char *bar = memchr(forms->s, '|', forms->n);
    size_t n = bar ? (size_t)(bar - forms->s) : forms->n, taken = bar ? n + 1 : n;
    nvb_text form = {forms->s, n};
    *forms = (nvb_text){forms->s + taken, forms->n - taken};
    return form;
}

/* Which of the forms of "#one|more", "#one|two|more", "?given|absent" or "=28?so|else". */
static nvb_text chosen(nvb_text word, nvb_text how)
{
    nvb_text forms = {how.s + 1, how.n - 1};
    bool first = *how.s == '?' ? is_given(word) : nvb_text_equal(word, NVB_TEXT("1"));
    const char *mark = *how.s == '=' ? memchr(forms.s, '?', forms.n) : NULL;
    if (mark) {
        size_t n = (size_t)(mark - forms.s);
        first = nvb_text_equal(word, (nvb_text){forms.s, n});
        forms = (nvb_text){mark + 1, forms.n - n - 1};
    }
    nvb_text form = next_form(&forms);
    if (first)
        return form;
    form = next_form(&forms);
    bool two = *how.s == '#' && nvb_text_equal(word, NVB_TEXT("2"));
    return forms.n > 0 && !two ? forms : form;
}

void nvbi_word_fill(
    nvb_buffer *out, const char *sentence, const nvb_text *words, size_t n_words, nvb_lang lang)
{
    nvb_text rest = {sentence, strlen(sentence)};
    place p;
    while (next_place(&rest, &p)) {
        nvb_buffer_text(out, p.before);
        if (p.number >= n_words)
            continue;
        if (p.how.n > 0 && strchr("#?=", *p.how.s))
            put_form(out, chosen(words[p.number], p.how), words, n_words, lang);
        else
            put_value(out, words[p.number], p.how, lang);
    }
    nvb_buffer_text(out, rest);
}

unsigned nvbi_word_needed(const char *sentence)
{
    nvb_text rest = {sentence, strlen(sentence)};
    unsigned used = 0;
    place p;
    while (next_place(&rest, &p))
        if (!begins(p.how, "?"))
            used |= 1U << p.number;
    return used;
}

unsigned nvbi_word_places(const char *sentence)
{
    unsigned used = 0;
    for (const char *at = strchr(sentence, '{'); at; at = strchr(at + 1, '{'))
        if (at[1] >= '1' && at[1] <= '8')
            used |= 1U << (at[1] - '1');
    return used;
}
