/*
 * changes_content.c: what else changed, by subject; see changes.h.
 *
 * A person reads it in a minute: the same change on several lines is one row, with the codes of the
 * first few; rows about the same thing that follow each other are one paragraph; and what is many
 * and says little is told together (changes_digest.c). The rows are gathered in one pass, under
 * what they say apart from the code.
 */
#include "changes.h"

enum {
    ROWS = 40,
    CODES = 3,
    TEXT_SHOWN = 400,
    LABEL_SHOWN = 120,
    LONG_TEXT = 40,
    ITEMS = 12, /* in one list of what is new, or has lapsed */
    ALIKE = 3,  /* so many rows about the same key, with other values, become one without values */
    ALIKE_TEXTS = 6 /* and so many of reasons and conditions, which are worth more room */
};

typedef struct row {
    const nvb_change *change;
    nvb_text rest; /* of a line: the path after its code */
    nvb_text codes[CODES];
    size_t lines;  /* 0: it is not of a line */
    uint32_t next; /* the next row of this topic */
    uint32_t key;  /* of lines: which of the keys; else NVBI_NO_NAME */
} row;

/* A key that changed on lines, whatever its values. */
typedef struct key_of_lines {
    nvb_text codes[CODES];
    size_t rows, lines;
    bool said;
} key_of_lines;

typedef struct gathered {
    row *rows;
    uint32_t n;
    nvbi_names names, key_names;
    key_of_lines *keys;
    uint32_t n_keys;
    uint32_t first[NVBI_TOPIC_COUNT], last[NVBI_TOPIC_COUNT];
    size_t count[NVBI_TOPIC_COUNT];
    nvbi_digest digest;
    size_t indices; /* changes within indices */
    bool marked;    /* a text is shown word by word */
} gathered;

/* Titles and names that are as long as a text are worth comparing word by word too. */
static bool reads_as_prose(const nvb_change *c)
{
    return c->prose ||
           (c->before.n >= LONG_TEXT && c->after.n >= LONG_TEXT &&
            memchr(c->before.s, ' ', c->before.n) && memchr(c->after.s, ' ', c->after.n));
}

/* --- gathering --- */

/* What a change of a line says, apart from which line it is; or its key alone. */
static nvb_text what_it_says(nvbi_changes *x, const nvb_change *c, nvb_text rest, bool values)
{
    nvb_buffer b = NVB_BUFFER_INIT;
    nvb_buffer_byte(&b, (char)('0' + (int)c->kind));
    nvb_buffer_text(&b, rest);
    if (values) {
        nvb_buffer_byte(&b, '\x1f');
        nvb_buffer_text(&b, c->before);
        nvb_buffer_byte(&b, '\x1f');
        nvb_buffer_text(&b, c->after);
    }
    nvb_text t = nvbi_arena_text(&x->scratch, b.s ? b.s : "", b.n);
    x->scratch.failed = x->scratch.failed || b.failed;
    nvb_buffer_release(&b);
    return t;
}

static void append(gathered *g, const nvb_change *c, nvb_text rest, nvb_text code)
{
    nvbi_topic t = nvbi_changes_topic(c->path);
    row *r = &g->rows[g->n];
    *r = (row){.change = c,
               .rest = rest,
               .lines = code.s != NULL,
               .next = NVBI_NO_NAME,
               .key = NVBI_NO_NAME};
    r->codes[0] = code;
    if (g->first[t] == NVBI_NO_NAME)
        g->first[t] = g->n;
    else
        g->rows[g->last[t]].next = g->n;
    g->last[t] = g->n++;
    g->count[t]++;
}

static bool ends_in(nvb_text path, const char *key)
{
    size_t n = strlen(key);
    return path.n >= n && memcmp(path.s + path.n - n, key, n) == 0;
}

/* From how many rows on those about the same key are told as one. */
static size_t rows_told(const nvb_change *c)
{
    return !reads_as_prose(c) || ends_in(c->path, "/omschrijving") ? ALIKE : ALIKE_TEXTS;
}

static void count_line(key_of_lines *k, nvb_text code)
{
    if (k->lines < CODES)
        k->codes[k->lines] = code;
    k->lines++;
}

/* The row just added is about line `code`: which key it is about. */
static void count_key(nvbi_changes *x, gathered *g, nvb_text rest, nvb_text code)
{
    row *r = &g->rows[g->n - 1];
    nvb_text key = what_it_says(x, r->change, rest, false);
    r->key = nvbi_names_find(&g->key_names, key);
    if (r->key == NVBI_NO_NAME) {
        r->key = g->n_keys++;
        nvbi_names_add(&g->key_names, key, r->key);
    }
    g->keys[r->key].rows++;
    count_line(&g->keys[r->key], code);
}

static void gather(nvbi_changes *x, gathered *g, const nvb_change *c)
{
    nvb_text code = {NULL, 0}, rest = {NULL, 0};
    size_t told = g->digest.told;
    bool taken = nvbi_digest_take(x, &g->digest, c);
    x->short_ = x->short_ || (taken && told == g->digest.told) || nvbi_changes_in_index(c);
    if (taken)
        return;
    if (nvbi_changes_in_index(c)) {
        g->indices++;
        return;
    }
    g->marked = g->marked || (reads_as_prose(c) && c->before.s && c->after.s);
    bool of_line = nvbi_changes_line_of(c->path, &code, &rest) && rest.n > 0;
    nvb_text says = of_line ? what_it_says(x, c, rest, true) : rest;
    uint32_t same = of_line && says.s ? nvbi_names_find(&g->names, says) : NVBI_NO_NAME;
    if (same != NVBI_NO_NAME) {
        row *r = &g->rows[same];
        if (r->lines < CODES)
            r->codes[r->lines] = code;
        r->lines++;
        if (r->key != NVBI_NO_NAME)
            count_line(&g->keys[r->key], code);
        return;
    }
    if (of_line && says.s)
        nvbi_names_add(&g->names, says, g->n);
    append(g, c, rest, of_line ? code : (nvb_text){NULL, 0});
    if (of_line)
        count_key(x, g, rest, code);
}

static bool gather_all(nvbi_changes *x, gathered *g)
{
    size_t n = nvb_comparison_changes(x->c);
    *g = (gathered){.rows = NVBI_NEW(&x->scratch, row, n + 1)};
    for (int t = 0; t < NVBI_TOPIC_COUNT; t++)
        g->first[t] = g->last[t] = NVBI_NO_NAME;
    g->keys = NVBI_NEW(&x->scratch, key_of_lines, n + 1);
    if (!g->rows || !g->keys || !nvbi_names_init(&g->names, &x->scratch, n) ||
        !nvbi_names_init(&g->key_names, &x->scratch, n) || !nvbi_digest_init(x, &g->digest))
        return false;
    for (size_t i = 0; i < n; i++)
        gather(x, g, nvb_comparison_change(x->c, i));
    return !x->scratch.failed;
}

/* --- one row --- */

/* "2 prestaties (A, B)", or "stap index": what the change is in. */
static void put_lines(nvbi_changes *x, nvb_buffer *to, const nvb_text *codes, size_t n)
{
    x->short_ = x->short_ || n > CODES;
    nvbi_changes_word_count(x, 0, n);
    nvbi_changes_names(nvbi_changes_word(x, 1), codes, CODES, n);
    nvbi_changes_unmark(x, &x->word[1], 0);
    nvbi_changes_put(x, to, NVBI_TELL_CHANGE_LINES);
}

static void put_subject(nvbi_changes *x, nvb_buffer *to, const row *r)
{
    if (r->lines == 0) {
        nvbi_changes_where(x, to, nvbi_changes_subject(r->change->path), false);
        return;
    }
    put_lines(x, to, r->codes, r->lines);
}

/* How much of a place a paragraph says again. */
typedef enum place { WHOLE, WITHIN_SUBJECT, WITHIN_PARENT } place;

static nvb_text parent_of(nvb_text path);

/* What of it changed. */
static void put_key(nvbi_changes *x, nvb_buffer *to, const row *r, place from)
{
    nvb_text path = r->change->path, rest = r->rest;
    size_t skip = r->lines ? path.n - rest.n : nvbi_changes_subject(path).n;
    if (from == WITHIN_PARENT)
        skip = parent_of(path).n;
    rest = (nvb_text){path.s + skip, path.n - skip};
    nvbi_changes_where(x, to, rest, from == WHOLE && skip);
}

static void put_where(nvbi_changes *x, unsigned k, const row *r, place from)
{
    nvb_buffer where = NVB_BUFFER_INIT;
    x->of_old = r->change->kind == NVB_CHANGE_LAPSED;
    if (from == WHOLE)
        put_subject(x, &where, r);
    put_key(x, &where, r, from);
    x->of_old = false;
    nvbi_changes_word_text(x, k, (nvb_text){where.s ? where.s : "", where.n});
    x->said.failed = x->said.failed || where.failed;
    nvb_buffer_release(&where);
}

/* A long text is cut, and what names an item sooner: the document has it whole. */
static void put_value(nvbi_changes *x, unsigned k, const nvb_change *c, nvb_text value)
{
    nvb_buffer *to = nvbi_changes_word(x, k);
    bool label = !c->prose && (!c->before.s || !c->after.s);
    if (!value.s)
        return;
    nvb_text shown = {value.s, nvbi_changes_cut(value, label ? LABEL_SHOWN : TEXT_SHOWN)};
    if (c->prose)
        nvbi_word_safe(to, shown);
    else
        nvbi_changes_value(x, to, c->path, shown);
    nvbi_changes_unmark(x, to, 0);
    if (shown.n == value.n)
        return;
    nvb_buffer_str(to, " …");
    x->short_ = true;
}

/* --- rows as paragraphs --- */

/* A topic tells first what reads otherwise, then what is new, then what has lapsed. */
typedef enum shape { NO_SHAPE, KEYS, PROSE, ITEMS_ADDED, ITEMS_LAPSED } shape;

/* What the paragraph under way is about; NO_SHAPE: none is. */
typedef struct paragraph {
    shape shape;
    const row *row; /* the last one; NULL where it stands for more */
} paragraph;

static shape shape_of(const row *r)
{
    const nvb_change *c = r->change;
    if (reads_as_prose(c) && (c->prose || (c->before.s && c->after.s)))
        return PROSE;
    if (c->before.s && c->after.s)
        return KEYS;
    return c->after.s ? ITEMS_ADDED : ITEMS_LAPSED;
}

/* "/prestaties/A/volume" of "/prestaties/A/volume/stappen/groei", and of its key "basis". */
static nvb_text parent_of(nvb_text path)
{
    size_t n = path.n;
    for (int up = nvbi_changes_is_item(path) ? 2 : 1; up > 0; up--)
        while (n > 0 && path.s[--n] != '/') {
        }
    return (nvb_text){path.s, n};
}

static bool same_subject(const row *a, const row *b)
{
    if (a->lines != b->lines)
        return false;
    if (a->lines == 0) {
        nvb_text subject = nvbi_changes_subject(a->change->path);
        return subject.n && nvb_text_equal(subject, nvbi_changes_subject(b->change->path));
    }
    for (size_t i = 0; i < a->lines && i < CODES; i++)
        if (!nvb_text_equal(a->codes[i], b->codes[i]))
            return false;
    return true;
}

static void end_paragraph(nvbi_changes *x, paragraph *p)
{
    if (p->shape != NO_SHAPE && p->shape != PROSE)
        nvb_buffer_byte(&x->said, '.');
    nvbi_changes_flush_hanging(x, 2, 2);
    p->shape = NO_SHAPE;
}

static void say_prose(nvbi_changes *x, const row *r)
{
    const nvb_change *c = r->change;
    nvb_buffer prose = NVB_BUFFER_INIT;
    if (c->before.s && c->after.s)
        nvbi_changes_prose(x, &prose, c->before, c->after);
    put_where(x, 0, r, WHOLE);
    if (c->before.s && c->after.s) {
        nvbi_changes_word_text(x, 1, (nvb_text){prose.s ? prose.s : "", prose.n});
    } else {
        put_value(x, 1, c, c->before);
        put_value(x, 2, c, c->after);
    }
    nvbi_changes_say(x, !c->before.s  ? NVBI_TELL_CHANGE_ADDED_PROSE
                        : !c->after.s ? NVBI_TELL_CHANGE_LAPSED_PROSE
                                      : NVBI_TELL_CHANGE_PROSE);
    x->said.failed = x->said.failed || prose.failed;
    nvb_buffer_release(&prose);
}

/* Whether a row goes on with the paragraph under way, and how much of its place it then says. */
static bool goes_on(const paragraph *p, const row *r, shape s, place *from)
{
    bool same = p->shape == s && s != PROSE && p->row && same_subject(p->row, r);
    *from = same ? WITHIN_SUBJECT : WHOLE;
    if (p->shape != s || s == PROSE)
        return false;
    if (s != KEYS && same && p->row->lines == r->lines && r->lines < 2 &&
        nvb_text_equal(parent_of(p->row->change->path), parent_of(r->change->path)))
        *from = WITHIN_PARENT;
    return s != KEYS || same;
}

static void go_on(nvbi_changes *x, paragraph *p, shape s, bool same)
{
    if (same) {
        nvb_buffer_byte(&x->said, ';');
        return;
    }
    end_paragraph(x, p);
    *p = (paragraph){s, NULL};
    if (s == KEYS)
        nvb_buffer_byte(&x->said, '-');
    else if (s != PROSE)
        nvbi_changes_say(x, s == ITEMS_ADDED ? NVBI_TELL_CHANGE_ITEMS_ADDED
                                             : NVBI_TELL_CHANGE_ITEMS_LAPSED);
}

/* "- stap rom, tabel, trede 2, bovengrens: was 80, nu 75; tabel, …" */
static void say_row(nvbi_changes *x, paragraph *p, const row *r)
{
    const nvb_change *c = r->change;
    shape s = shape_of(r);
    place from;
    go_on(x, p, s, goes_on(p, r, s, &from));
    p->row = r;
    if (s == PROSE) {
        say_prose(x, r);
        return;
    }
    put_where(x, 0, r, from);
    put_value(x, 1, c, c->before);
    put_value(x, 2, c, c->after);
    nvbi_changes_say(x, s == KEYS ? NVBI_TELL_CHANGE : NVBI_TELL_CHANGE_ITEM);
}

/* "- 4 prestaties (A, B, C, …), maximum, bedrag: anders": once for all rows about the key. */
static void say_key(nvbi_changes *x, paragraph *p, key_of_lines *k, const row *r)
{
    shape s = shape_of(r) == PROSE ? KEYS : shape_of(r);
    nvb_buffer where = NVB_BUFFER_INIT;
    go_on(x, p, s, s != KEYS && p->shape == s);
    p->row = NULL;
    put_lines(x, &where, k->codes, k->lines);
    nvbi_changes_where(x, &where, r->rest, true);
    nvbi_changes_word_text(x, 0, (nvb_text){where.s ? where.s : "", where.n});
    nvbi_changes_say(x, s == KEYS ? NVBI_TELL_CHANGE_OTHER : NVBI_TELL_CHANGE_ITEM);
    k->said = x->short_ = true;
    x->said.failed = x->said.failed || where.failed;
    nvb_buffer_release(&where);
}

/* Which rows of a topic a round tells. */
static bool of_round(shape s, shape round)
{
    return s == round || (round == KEYS && s == PROSE);
}

/* What of a topic a list had no room for. */
static void say_more(nvbi_changes *x, paragraph *p, size_t n)
{
    nvbi_changes_word_count(x, 0, n);
    x->short_ = x->short_ || n;
    if (n)
        nvbi_changes_say(x, p->shape == NO_SHAPE ? NVBI_TELL_CHANGES_MORE : NVBI_TELL_ITEMS_MORE);
    end_paragraph(x, p);
}

/* One round: its rows, a list of items no longer than a person reads. */
static void say_round(nvbi_changes *x, const gathered *g, nvbi_topic t, shape round)
{
    size_t most = round == KEYS ? ROWS : ITEMS, shown = 0, hidden = 0;
    paragraph p = {NO_SHAPE, NULL};
    for (uint32_t i = g->first[t]; i != NVBI_NO_NAME; i = g->rows[i].next) {
        const row *r = &g->rows[i];
        key_of_lines *k = r->key == NVBI_NO_NAME ? NULL : &g->keys[r->key];
        bool many = k && k->rows >= rows_told(r->change);
        if (!of_round(shape_of(r), round) || (many && k->said))
            continue;
        if (shown == most) {
            hidden++;
            if (many)
                k->said = true;
            continue;
        }
        shown++;
        if (many)
            say_key(x, &p, k, r);
        else
            say_row(x, &p, r);
    }
    if (round == KEYS)
        end_paragraph(x, &p);
    say_more(x, &p, hidden);
}

static void rows_of(nvbi_changes *x, const gathered *g, nvbi_topic t)
{
    static const shape rounds[] = {KEYS, ITEMS_ADDED, ITEMS_LAPSED};
    for (size_t k = 0; k < sizeof rounds / sizeof *rounds; k++)
        say_round(x, g, t, rounds[k]);
}

static bool holds(const gathered *g, nvbi_topic t)
{
    return g->count[t] || (t == NVBI_TOPIC_INDICES && g->indices) ||
           nvbi_digest_holds(&g->digest, t);
}

/* What stands under one heading: the topics from `first` up to `end`. */
typedef struct section {
    nvbi_topic first, end;
    nvbi_tell title;
} section;

static void write_section(nvbi_changes *x, const gathered *g, const section *s)
{
    bool any = false;
    for (nvbi_topic t = s->first; t < s->end; t++)
        any = any || holds(g, t);
    if (!any)
        return;
    nvbi_changes_say(x, s->title);
    nvbi_changes_flush_hanging(x, 0, 0);
    for (nvbi_topic t = s->first; t < s->end; t++) {
        if (t == NVBI_TOPIC_INDICES && g->indices)
            nvbi_changes_indices(x);
        rows_of(x, g, t);
        nvbi_digest_say(x, &g->digest, t);
    }
    nvbi_changes_blank(x);
}

void nvbi_changes_content(nvbi_changes *x)
{
    static const section sections[] = {
        {NVBI_TOPIC_INDICES,   NVBI_TOPIC_STEPS,     NVBI_TELL_TOPIC_INDICES},
        {NVBI_TOPIC_STEPS,     NVBI_TOPIC_LINES,     NVBI_TELL_TOPIC_STEPS  },
        {NVBI_TOPIC_LINES,     NVBI_TOPIC_BENCHMARK, NVBI_TELL_TOPIC_LINES  },
        {NVBI_TOPIC_BENCHMARK, NVBI_TOPIC_COUNT,     NVBI_TELL_TOPIC_REST   }
    };
    gathered g;
    size_t n = nvb_comparison_changes(x->c);
    if (n == 0)
        return;
    if (!gather_all(x, &g) || g.digest.told == n) {
        nvbi_digest_release(x, &g.digest);
        return;
    }
    x->marks = g.marked;
    nvbi_changes_title(x, NVBI_TELL_TITLE_CONTENT);
    if (g.marked) {
        nvbi_changes_say(x, NVBI_TELL_NOTE_PROSE);
        nvbi_changes_flush_hanging(x, 0, 0);
    }
    nvbi_changes_blank(x);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        write_section(x, &g, &sections[i]);
    nvbi_digest_release(x, &g.digest);
    if (!x->short_)
        return;
    nvbi_changes_word_count(x, 0, n);
    nvbi_changes_say(x, x->letter ? NVBI_TELL_CONTENT_ALL_LETTER : NVBI_TELL_CONTENT_ALL);
    nvbi_changes_flush(x, 0);
}
