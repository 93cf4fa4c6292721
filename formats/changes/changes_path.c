/* changes_path.c: where something changed, and values, in words; the words are in
 * wording_changes.def. See changes.h. */
#include "changes.h"

#include "formats/word/wording_fill.h"

enum { SEGMENTS = 12 };

/* How the value of a key is written. */
typedef enum form { AS_TEXT, AS_WORD, AS_PHRASE, AS_ROUNDING, AS_EUR, AS_UNITS } form;

typedef struct key {
    const char *key;
    form form;
    const char *words[2];
} key;

/* A key whose members have names ("/indexen/<id>") or numbers, counted from 0 in a path and from 1
 * by people. */
typedef struct place {
    const char *key;
    const char *words[2];
    bool numbered;
} place;

typedef struct word {
    const char *word;
    const char *words[2];
} word;

typedef struct subject {
    const char *key;
    nvbi_topic topic;
} subject;

/* clang-format off */
static const key keys[] = {
#define CHANGES_KEY(name, as, nl, en) {name, as, {nl, en}},
#include "wording_changes.def"
#undef CHANGES_KEY
};

static const place places[] = {
#define CHANGES_PLACE(name, number, nl, en) {name, {nl, en}, number},
#include "wording_changes.def"
#undef CHANGES_PLACE
};

static const word words[] = {
#define CHANGES_WORD(name, nl, en) {name, {nl, en}},
#include "wording_changes.def"
#undef CHANGES_WORD
};
/* clang-format on */

static const subject subjects[] = {
    {"indexen",         NVBI_TOPIC_INDICES   },
    {"stappen",         NVBI_TOPIC_STEPS     },
    {"tariefafronding", NVBI_TOPIC_STEPS     },
    {"kenmerken",       NVBI_TOPIC_STEPS     },
    {"prestaties",      NVBI_TOPIC_LINES     },
    {"groepen",         NVBI_TOPIC_LINES     },
    {"plafonds",        NVBI_TOPIC_CEILINGS  },
    {"bronnen",         NVBI_TOPIC_SOURCES   },
    {"benchmark",       NVBI_TOPIC_BENCHMARK },
    {"akkoorden",       NVBI_TOPIC_AGREEMENTS},
    {"voorwaarden",     NVBI_TOPIC_TERMS     },
    {"afspraken",       NVBI_TOPIC_REPLY     },
    {"reactie",         NVBI_TOPIC_REPLY     },
    {"toelichting",     NVBI_TOPIC_TEXTS     }
};

/* What within a line or group belongs elsewhere. */
static const subject within_line[] = {
    {"volume",          NVBI_TOPIC_VOLUME},
    {"staffels",        NVBI_TOPIC_VOLUME},
    {"stappen",         NVBI_TOPIC_STEPS },
    {"zonder",          NVBI_TOPIC_STEPS },
    {"basis",           NVBI_TOPIC_STEPS },
    {"maximum",         NVBI_TOPIC_STEPS },
    {"minimum",         NVBI_TOPIC_STEPS },
    {"tariefafronding", NVBI_TOPIC_STEPS }
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is(nvb_text t, const char *s)
{
    return t.n == strlen(s) && memcmp(t.s, s, t.n) == 0;
}

bool nvbi_changes_segment(nvb_text *path, nvb_text *segment)
{
    if (path->n == 0)
        return false;
    size_t skip = path->s[0] == '/';
    const char *from = path->s + skip;
    const char *end = memchr(from, '/', path->n - skip);
    size_t n = end ? (size_t)(end - from) : path->n - skip;
    *segment = (nvb_text){from, n};
    *path = (nvb_text){from + n, path->n - skip - n};
    return true;
}

static nvbi_topic find_topic(const subject *list, size_t n, nvb_text key_, nvbi_topic otherwise)
{
    for (size_t i = 0; i < n; i++)
        if (is(key_, list[i].key))
            return list[i].topic;
    return otherwise;
}

nvbi_topic nvbi_changes_topic(nvb_text path)
{
    nvb_text segment = {"", 0};
    nvbi_changes_segment(&path, &segment);
    nvbi_topic topic = find_topic(subjects, COUNT(subjects), segment, NVBI_TOPIC_OTHER);
    if (topic != NVBI_TOPIC_LINES || !nvbi_changes_segment(&path, &segment) ||
        !nvbi_changes_segment(&path, &segment))
        return topic;
    return find_topic(within_line, COUNT(within_line), segment, topic);
}

bool nvbi_changes_line_of(nvb_text path, nvb_text *code, nvb_text *rest)
{
    nvb_text segment;
    if (!nvbi_changes_segment(&path, &segment) || !is(segment, "prestaties") ||
        !nvbi_changes_segment(&path, code))
        return false;
    *rest = path;
    return true;
}

void nvbi_changes_name(nvb_buffer *to, nvb_text segment)
{
    nvb_buffer plain = NVB_BUFFER_INIT;
    for (size_t i = 0; i < segment.n; i++) {
        bool escape = segment.s[i] == '~' && i + 1 < segment.n;
        nvb_buffer_byte(&plain, !escape ? segment.s[i] : segment.s[i + 1] == '1' ? '/' : '~');
        i += escape;
    }
    if (plain.s)
        nvbi_changes_label(to, (nvb_text){plain.s, plain.n});
    to->failed = to->failed || plain.failed;
    nvb_buffer_release(&plain);
}

/* --- where --- */

static const place *find_place(nvb_text segment)
{
    for (size_t i = 0; i < COUNT(places); i++)
        if (is(segment, places[i].key))
            return &places[i];
    return NULL;
}

/* "basis/vorig" is a key of its own; else the last part counts. */
static const key *find_key(nvb_text before, nvb_text segment)
{
    const key *found = NULL;
    for (size_t i = 0; i < COUNT(keys); i++) {
        const char *slash = strchr(keys[i].key, '/');
        size_t n = slash ? (size_t)(slash - keys[i].key) : 0;
        if (slash && before.n == n && memcmp(before.s, keys[i].key, n) == 0 &&
            is(segment, slash + 1))
            return &keys[i];
        if (!slash && is(segment, keys[i].key))
            found = &keys[i];
    }
    return found;
}

static bool all_digits(nvb_text t)
{
    for (size_t i = 0; i < t.n; i++)
        if (t.s[i] < '0' || t.s[i] > '9')
            return false;
    return t.n > 0 && t.n < 7;
}

/* "trede 2" of "/staffels/1". */
static void put_number(nvb_buffer *to, nvb_text digits)
{
    unsigned long long n = 1;
    for (size_t i = 0, v = 0; i < digits.n; i++) {
        v = v * 10 + (size_t)(digits.s[i] - '0');
        n = v + 1;
    }
    nvb_buffer_uint(to, n);
}

/* An arrangement goes by its article, not by its place. */
static bool put_article(const nvbi_changes *x, nvb_buffer *to, nvb_text digits)
{
    const nvb_proposal *p = x->of_old ? x->old : x->new_;
    size_t at = 0;
    for (size_t i = 0; i < digits.n; i++)
        at = at * 10 + (size_t)(digits.s[i] - '0');
    if (!p || at >= p->n_arrangements)
        return false;
    nvb_buffer_uint(to, (unsigned)p->arrangements[at].article);
    return true;
}

static void put_member(const nvbi_changes *x, nvb_buffer *to, const place *p, nvb_text segment)
{
    nvb_buffer_str(to, p->words[x->lang == NVB_EN]);
    nvb_buffer_byte(to, ' ');
    if (!p->numbered || !all_digits(segment))
        nvbi_changes_name(to, segment);
    else if (strcmp(p->key, "afspraken") != 0 || !put_article(x, to, segment))
        put_number(to, segment);
}

void nvbi_changes_where(nvbi_changes *x, nvb_buffer *to, nvb_text path, bool within)
{
    nvb_text segment, before = {"", 0};
    bool en = x->lang == NVB_EN;
    size_t from = to->n;
    for (size_t n = 0; n < SEGMENTS && nvbi_changes_segment(&path, &segment); n++) {
        const place *p = find_place(segment);
        const key *k = find_key(before, segment);
        before = segment;
        nvb_buffer_str(to, n || within ? ", " : "");
        if (p && path.n && nvbi_changes_segment(&path, &segment)) {
            put_member(x, to, p, segment);
        } else if (k) {
            nvb_buffer_str(to, k->words[en]);
        } else {
            nvbi_changes_name(to, segment);
        }
    }
    nvbi_changes_unmark(x, to, from);
}

nvb_text nvbi_changes_subject(nvb_text path)
{
    nvb_text rest = path, segment;
    bool named = nvbi_changes_segment(&rest, &segment) && find_place(segment) && rest.n > 0;
    if (named)
        nvbi_changes_segment(&rest, &segment);
    return (nvb_text){path.s, rest.n ? path.n - rest.n : 0};
}

bool nvbi_changes_is_item(nvb_text path)
{
    nvb_text segment;
    const place *p = NULL;
    while (nvbi_changes_segment(&path, &segment)) {
        p = find_place(segment);
        if (p && !nvbi_changes_segment(&path, &segment))
            return false;
    }
    return p && !p->numbered;
}

/* --- values --- */

/* After `before` ("over "), a word may read otherwise. */
static const word *find_word(const char *before, nvb_text value)
{
    size_t n = strlen(before);
    for (size_t i = 0; i < COUNT(words); i++)
        if (strncmp(words[i].word, before, n) == 0 && is(value, words[i].word + n))
            return &words[i];
    return NULL;
}

/* "per_component" as people say it; what is no such word is a name, and stays as it is. */
static void put_word(nvbi_changes *x, nvb_buffer *to, const char *before, nvb_text value)
{
    const word *found = find_word(before, value);
    if (!found)
        found = find_word("", value);
    if (found)
        nvb_buffer_str(to, found->words[x->lang == NVB_EN]);
    else
        nvbi_word_safe(to, value);
}

static bool is_number(nvb_text t)
{
    size_t points = 0;
    for (size_t i = 0; i < t.n; i++) {
        points += t.s[i] == '.';
        if (t.s[i] != '.' && (t.s[i] < '0' || t.s[i] > '9') && (i || t.s[i] != '-'))
            return false;
    }
    return t.n > 0 && points <= 1 && t.s[t.n - 1] >= '0' && t.s[t.n - 1] <= '9';
}

static bool is_rate(nvb_text t)
{
    return t.n > 1 && t.s[t.n - 1] == '%' && is_number((nvb_text){t.s, t.n - 1});
}

static void put_rate(nvbi_changes *x, nvb_buffer *to, nvb_text t)
{
    nvb_text digits = {t.s, t.n - 1};
    nvbi_word_fill(to, "{1:pct}", &digits, 1, x->lang);
}

/* What a step does, its first word: "afslag" of "afslag 0.4% over basis". */
static bool is_step_kind(nvb_text t)
{
    for (int k = 0; k < NVB_STEP_KIND_COUNT; k++)
        if (is(t, nvb_step_kind_key((nvb_step_kind)k)))
            return true;
    return false;
}

/* Where the word at `from` ends; a name in quotes may hold blanks. */
static size_t word_end(nvb_text t, size_t from)
{
    const char *quote =
        from + 1 < t.n && t.s[from] == '"' ? memchr(t.s + from + 1, '"', t.n - from - 1) : NULL;
    size_t end = quote ? (size_t)(quote - t.s) : from;
    while (end < t.n && t.s[end] != ' ')
        end++;
    return end;
}

/* What a phrase has said so far. */
typedef struct phrase {
    const char *number; /* how a plain number is written */
    bool step;          /* just the kind of a step */
    bool over;          /* "over": what follows are figures */
} phrase;

static void put_name(nvbi_changes *x, nvb_buffer *to, const phrase *p, nvb_text one)
{
    bool quoted = one.n > 1 && one.s[0] == '"' && one.s[one.n - 1] == '"';
    if (quoted) {
        nvb_buffer_str(to, nvbi_changes_sentence(NVBI_TELL_THE_LINE, x->lang));
        nvbi_word_safe(to, (nvb_text){one.s + 1, one.n - 2});
        return;
    }
    if (p->over && !find_word("", one) && !find_word("over ", one))
        nvb_buffer_str(to, nvbi_changes_sentence(NVBI_TELL_THE_STEP, x->lang));
    put_word(x, to, p->over ? "over " : "", one);
}

static void put_phrase_word(nvbi_changes *x, nvb_buffer *to, phrase *p, nvb_text one)
{
    bool rate = is_rate(one), plain = is_number(one);
    if (p->step && (rate || plain))
        nvb_buffer_str(to, nvbi_changes_sentence(NVBI_TELL_OF_RATE, x->lang));
    if (rate)
        put_rate(x, to, one);
    else if (plain)
        nvbi_word_fill(to, p->number, &one, 1, x->lang);
    else
        put_name(x, to, p, one);
    p->over = p->over || is(one, "over");
    p->step = false;
}

/* "afslag 0.4% over geindexeerd", word by word: rates, amounts, and words of the document. That a
 * base is another amount says nothing when it follows a line. */
static void put_phrase(nvbi_changes *x, nvb_buffer *to, nvb_text value, const char *number)
{
    static const char other[] = "anders ";
    phrase p = {number, false, false};
    size_t skip = sizeof other - 1;
    bool follows =
        value.n > skip && memcmp(value.s, other, skip) == 0 && memchr(value.s, '"', value.n);
    for (size_t at = follows ? skip : 0, end; at < value.n; at = end + 1) {
        end = word_end(value, at);
        bool comma = end > at && strchr(",;", value.s[end - 1]);
        nvb_text one = {value.s + at, end - at - comma};
        put_phrase_word(x, to, &p, one);
        p.step = at == 0 && is_step_kind(one);
        nvb_buffer_bytes(to, value.s + end - comma, comma);
        nvb_buffer_str(to, end < value.n ? " " : "");
    }
}

/* "2 rekenkundig stand": decimals, how, and of a step also what. */
static void put_rounding(nvbi_changes *x, nvb_buffer *to, nvb_text value)
{
    nvb_buffer said[3] = {NVB_BUFFER_INIT, NVB_BUFFER_INIT, NVB_BUFFER_INIT};
    nvb_text part[3];
    size_t n = 0;
    for (size_t at = 0, end; at < value.n && n < 3; at = end + 1, n++) {
        end = word_end(value, at);
        put_word(x, &said[n], "", (nvb_text){value.s + at, end - at});
    }
    for (size_t i = 0; i < 3; i++)
        part[i] = (nvb_text){said[i].s ? said[i].s : "", said[i].n};
    nvbi_word_fill(to, nvbi_changes_sentence(NVBI_TELL_ROUNDED, x->lang), part, 3, x->lang);
    for (size_t i = 0; i < 3; i++) {
        to->failed = to->failed || said[i].failed;
        nvb_buffer_release(&said[i]);
    }
}

/* The key a value belongs to; of the member of a list, that of the list. */
static form form_of(nvb_text path)
{
    nvb_text segment, before = {"", 0};
    const key *k = NULL;
    while (nvbi_changes_segment(&path, &segment)) {
        const place *p = find_place(segment);
        k = find_key(before, segment);
        before = segment;
        if (p && path.n && nvbi_changes_segment(&path, &segment) && path.n == 0)
            return strcmp(p->key, "stappen") == 0 || strcmp(p->key, "componenten") == 0 ||
                           p->numbered
                       ? AS_PHRASE
                       : AS_TEXT;
    }
    return k ? k->form : AS_TEXT;
}

static bool ends_in_last(nvb_text path)
{
    static const char last[] = "/basis/vorig";
    size_t n = sizeof last - 1;
    return path.n >= n && memcmp(path.s + path.n - n, last, n) == 0;
}

static void put_value(nvbi_changes *x, nvb_buffer *to, nvb_text path, nvb_text value)
{
    form f = form_of(path);
    bool units = f == AS_UNITS || nvbi_changes_topic(path) == NVBI_TOPIC_VOLUME;
    const char *number = units ? "{1:num}" : "{1:eur}";
    bool yes = is(value, "true");
    if (yes || is(value, "false"))
        nvb_buffer_str(to, nvbi_changes_sentence(yes ? NVBI_TELL_YES : NVBI_TELL_NO, x->lang));
    else if (is_rate(value))
        put_rate(x, to, value);
    else if (is_number(value) && f != AS_TEXT && f != AS_WORD)
        nvbi_word_fill(to, number, &value, 1, x->lang);
    else if (is_number(value) && memchr(value.s, '.', value.n))
        nvbi_word_fill(to, "{1:num}", &value, 1, x->lang);
    else if (f == AS_PHRASE)
        put_phrase(x, to, value, number);
    else if (f == AS_ROUNDING)
        put_rounding(x, to, value);
    else if (f == AS_WORD && value.n > 3 && memcmp(value.s, "na:", 3) == 0)
        nvbi_word_fill(to, nvbi_changes_sentence(NVBI_TELL_AFTER_STEP, x->lang),
                       &(nvb_text){value.s + 3, value.n - 3}, 1, x->lang);
    else if (f == AS_WORD)
        put_word(x, to, ends_in_last(path) ? "vorig " : "", value);
    else
        nvbi_word_fill(to, "{1:date}", &value, 1, x->lang);
}

void nvbi_changes_value(nvbi_changes *x, nvb_buffer *to, nvb_text path, nvb_text value)
{
    size_t from = to->n;
    put_value(x, to, path, value);
    nvbi_changes_unmark(x, to, from);
}
