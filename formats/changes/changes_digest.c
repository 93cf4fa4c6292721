/*
 * changes_digest.c: changes that are many and say little one by one, told together in a sentence;
 * see changes.h. The JSON has each of them.
 */
#include "changes.h"

static bool ends(nvb_text path, const char *with)
{
    size_t n = strlen(with);
    return path.n >= n && memcmp(path.s + path.n - n, with, n) == 0;
}

static bool begins(nvb_text path, const char *with)
{
    size_t n = strlen(with);
    return path.n >= n && memcmp(path.s, with, n) == 0;
}

static nvb_text tail(nvb_text path, const char *prefix)
{
    size_t n = strlen(prefix);
    return (nvb_text){path.s + n, path.n - n};
}

bool nvbi_digest_init(nvbi_changes *x, nvbi_digest *d)
{
    size_t n = nvb_comparison_changes(x->c), indices = 0;
    *d = (nvbi_digest){.other_sources = 0};
    for (size_t i = 0; i < n; i++)
        indices += begins(nvb_comparison_change(x->c, i)->path, "/indexen/");
    if (!nvbi_names_init(&d->replaced, &x->scratch, indices))
        return false;
    for (size_t i = 0; i < n; i++) {
        const nvb_change *c = nvb_comparison_change(x->c, i);
        if (c->kind == NVB_CHANGE_CHANGED && begins(c->path, "/indexen/") &&
            nvbi_changes_in_index(c) && nvbi_changes_subject(c->path).n == 0 && c->after.s)
            nvbi_names_add(&d->replaced, c->after, (uint32_t)i);
    }
    return !x->scratch.failed;
}

void nvbi_digest_release(nvbi_changes *x, nvbi_digest *d)
{
    x->said.failed = x->said.failed || d->statements.failed;
    nvb_buffer_release(&d->statements);
}

/* --- what is taken --- */

/* A step that uses the index that took the place of the one it used. */
static bool follows_index(nvbi_changes *x, const nvbi_digest *d, const nvb_change *c)
{
    uint32_t at = ends(c->path, "/index") && c->after.s ? nvbi_names_find(&d->replaced, c->after)
                                                        : NVBI_NO_NAME;
    return at != NVBI_NO_NAME && c->before.s &&
           nvb_text_equal(nvb_comparison_change(x->c, at)->before, c->before);
}

static int year_of(nvb_text t)
{
    int v = 0;
    for (size_t i = 0; i < t.n && i < 5; i++)
        v = v * 10 + (t.s[i] - '0');
    return t.n == 4 ? v : 0;
}

static bool told(const nvbi_changes *x, nvb_text path, const char *key, nvb_bridge_kind kind)
{
    size_t n = path.n - strlen(key);
    for (size_t i = 0; i < x->n_told; i++)
        if (x->told[i].kind == kind && nvb_text_equal(x->told[i].line, (nvb_text){path.s, n}))
            return true;
    return false;
}

static bool take_basis(nvbi_changes *x, nvbi_digest *d, const nvb_change *c)
{
    nvb_text code, rest;
    if (!nvbi_changes_line_of(c->path, &code, &rest))
        return false;
    if (ends(c->path, "/basis/jaar") && year_of(c->before) &&
        year_of(c->after) == year_of(c->before) + 1) {
        d->years++;
        return true;
    }
    bool shown =
        (ends(c->path, "/basis/percentage") &&
         told(x, c->path, "/basis/percentage", NVB_BRIDGE_BASIS_PERCENTAGE)) ||
        (ends(c->path, "/basis/bedrag") && told(x, c->path, "/basis/bedrag", NVB_BRIDGE_BASIS));
    d->told += shown;
    if (shown || !ends(c->path, "/basis/bedrag"))
        return shown;
    if (d->bases < NVBI_DIGEST_NAMES)
        d->codes[d->bases] = code;
    d->bases++;
    return true;
}

static bool digit(nvb_text t, size_t at)
{
    return at < t.n && t.s[at] >= '0' && t.s[at] <= '9';
}

/* The year that begins at `at`; 0 when none does. */
static int year_at(nvb_text t, size_t at)
{
    if (at + 4 > t.n || digit(t, at + 4) || (at > 0 && digit(t, at - 1)))
        return 0;
    for (size_t i = at; i < at + 4; i++)
        if (!digit(t, i))
            return 0;
    return year_of((nvb_text){t.s + at, 4});
}

/* The same text, but for years that are one later. */
static bool only_years(nvb_text before, nvb_text after)
{
    bool later = false;
    if (before.n != after.n)
        return false;
    for (size_t i = 0; i < after.n; i++) {
        int was = year_at(before, i), is = year_at(after, i);
        if (was && is == was + 1) {
            later = true;
            i += 3;
        } else if (before.s[i] != after.s[i]) {
            return false;
        }
    }
    return later;
}

static bool take_text(nvbi_digest *d, const nvb_change *c)
{
    bool taken = (c->prose || ends(c->path, "/titel")) && !nvbi_changes_in_index(c) &&
                 only_years(c->before, c->after);
    d->later_texts += taken;
    return taken;
}

static bool take_source(nvbi_digest *d, const nvb_change *c)
{
    if (!nvbi_changes_is_item(c->path) || c->kind == NVB_CHANGE_CHANGED)
        return false;
    if (c->kind == NVB_CHANGE_LAPSED) {
        d->lapsed_sources++;
        return true;
    }
    if (d->new_sources < NVBI_DIGEST_NAMES)
        d->titles[d->new_sources] = c->after;
    d->new_sources++;
    return true;
}

/* A contract owes no texts, and a price list has none: all of a proposal are new then. */
static bool take_statement(nvbi_changes *x, nvbi_digest *d, const nvb_change *c)
{
    if (c->kind != NVB_CHANGE_ADDED || x->old->kind != NVB_CONTRACT)
        return false;
    nvb_buffer_str(&d->statements, d->statements.n ? ", " : "");
    nvbi_changes_where(x, &d->statements, tail(c->path, "/toelichting"), false);
    return true;
}

bool nvbi_digest_take(nvbi_changes *x, nvbi_digest *d, const nvb_change *c)
{
    if (c->kind == NVB_CHANGE_CHANGED && !nvbi_changes_in_index(c) &&
        nvbi_changes_same_words(c->before, c->after)) {
        d->blank_texts++;
        return true;
    }
    if (c->kind == NVB_CHANGE_CHANGED && take_text(d, c))
        return true;
    if (begins(c->path, "/bronnen/"))
        return take_source(d, c);
    if (begins(c->path, "/toelichting/"))
        return take_statement(x, d, c);
    if (c->kind != NVB_CHANGE_CHANGED)
        return false;
    if (ends(c->path, "/bron") && !c->prose) {
        d->other_sources++;
        return true;
    }
    return follows_index(x, d, c) || take_basis(x, d, c);
}

/* --- how it is told --- */

bool nvbi_digest_holds(const nvbi_digest *d, nvbi_topic t)
{
    if (t == NVBI_TOPIC_SOURCES)
        return d->other_sources || d->new_sources || d->lapsed_sources;
    if (t == NVBI_TOPIC_STEPS)
        return d->years || d->bases;
    return t == NVBI_TOPIC_TEXTS && (d->statements.n || d->later_texts || d->blank_texts);
}

static void say(nvbi_changes *x, nvbi_tell s, size_t n)
{
    if (n == 0)
        return;
    nvbi_changes_word_count(x, 0, n);
    nvbi_changes_say(x, s);
}

void nvbi_changes_names(nvb_buffer *to, const nvb_text *names, size_t kept, size_t n)
{
    for (size_t i = 0; i < n && i < kept; i++) {
        nvb_buffer_str(to, i ? ", " : "");
        nvbi_changes_name(to, names[i]);
    }
    nvb_buffer_str(to, n > kept ? ", …" : "");
}

static void put_titles(nvbi_changes *x, const nvbi_digest *d)
{
    nvb_buffer *to = nvbi_changes_word(x, 1);
    for (size_t i = 0; i < d->new_sources && d->new_sources <= NVBI_DIGEST_NAMES; i++) {
        nvb_buffer_str(to, i ? "; " : "");
        nvbi_changes_label(to, d->titles[i]);
    }
    nvbi_changes_unmark(x, to, 0);
}

void nvbi_digest_say(nvbi_changes *x, const nvbi_digest *d, nvbi_topic t)
{
    if (t == NVBI_TOPIC_SOURCES) {
        nvb_buffer_str(&x->said, nvbi_digest_holds(d, t) ? "-" : "");
        put_titles(x, d);
        say(x, NVBI_TELL_NEW_SOURCES, d->new_sources);
        say(x, NVBI_TELL_LAPSED_SOURCES, d->lapsed_sources);
        say(x, NVBI_TELL_OTHER_SOURCES, d->other_sources);
    } else if (t == NVBI_TOPIC_STEPS) {
        nvb_buffer_str(&x->said, nvbi_digest_holds(d, t) ? "-" : "");
        say(x, NVBI_TELL_BASES_LATER, d->years);
        nvbi_changes_names(nvbi_changes_word(x, 1), d->codes, NVBI_DIGEST_NAMES, d->bases);
        nvb_buffer_str(nvbi_changes_word(x, 2), x->n_told ? "1" : "");
        say(x, NVBI_TELL_BASES_OTHER, d->bases);
    } else if (t == NVBI_TOPIC_TEXTS && nvbi_digest_holds(d, t)) {
        nvb_buffer_byte(&x->said, '-');
        say(x, NVBI_TELL_TEXTS_LATER, d->later_texts);
        say(x, NVBI_TELL_TEXTS_BLANK, d->blank_texts);
        nvbi_changes_word_text(x, 0, (nvb_text){d->statements.s, d->statements.n});
        if (d->statements.n)
            nvbi_changes_say(x, NVBI_TELL_STATEMENTS_NEW);
    }
    nvbi_changes_flush_hanging(x, 2, 2);
    for (unsigned k = 0; k < NVBI_CHANGES_WORDS; k++)
        nvbi_changes_word(x, k);
}
