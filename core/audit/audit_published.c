/*
 * audit_published.c: the index figures of an offer against those that were published. What the
 * reference does not have is not judged.
 */
#include "audit.h"

enum { PER_COMPONENT = 3 }; /* figures of a component that a reference may have */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_name(nvb_text a, nvb_text b)
{
    bool same = a.n == b.n;
    for (size_t i = 0; same && i < a.n; i++)
        same = lower(a.s[i]) == lower(b.s[i]);
    return same;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* Whether a text has a name in it, as a word of its own. */
static bool has_word(nvb_text in, nvb_text name)
{
    for (size_t at = 0; name.n && at + name.n <= in.n; at++) {
        size_t end = at + name.n;
        bool alone =
            (at == 0 || !is_letter(in.s[at - 1])) && (end == in.n || !is_letter(in.s[end]));
        if (alone && same_name((nvb_text){in.s + at, name.n}, name))
            return true;
    }
    return false;
}

/* Whether a component says itself that it is that series; else it is only of its kind. */
static bool bears_name(const nvb_series *s, const nvb_index *x, const nvb_component *c)
{
    return has_word(c->id, s->id) || (s->kind == c->kind && has_word(x->description, s->id));
}

const nvb_series *nvbi_series_of(const nvb_audit *a, const nvb_component *c)
{
    const nvb_reference *r = a->in.reference;
    const nvb_series *only = NULL;
    size_t of_kind = 0;
    for (size_t i = 0; r && i < r->n; i++) {
        const nvb_series *s = &r->series[i];
        if (same_name(s->id, c->id))
            return s;
        if (s->kind != NVB_COST_KIND_COUNT && s->kind == c->kind) {
            of_kind++;
            only = s;
        }
    }
    return of_kind == 1 ? only : NULL;
}

/* A figure of the offer, and what it says it is. */
typedef struct offered {
    const nvb_input *input;
    const nvb_series *series;
    int year;
    nvb_stage stage;
    bool of_this_year; /* not what was used last year, which nacalculatie corrects */
    bool named;    /* the component bears the name of the series; else it is of its kind alone */
    bool expected; /* not the offer's, but what its reader expects */
} offered;

static bool is_figure(nvb_audit *a, const nvb_published *f, nvb_num value)
{
    return nvb_num_cmp(a->calc, f->percentage.value, value) == 0;
}

/* The last figure of that year and stage in the file; *matches: one of them is the offered one. */
static const nvb_published *last_of(nvb_audit *a, const offered *o, bool *matches)
{
    const nvb_published *last = NULL;
    *matches = false;
    for (size_t i = 0; i < o->series->n; i++) {
        const nvb_published *f = &o->series->figures[i];
        if (f->year != o->year || f->stage != o->stage)
            continue;
        last = f;
        *matches |= is_figure(a, f, o->input->value);
    }
    return last;
}

static int distance(int a, int b)
{
    return a > b ? a - b : b - a;
}

/* The figure of another year or stage that the offered one is: the nearest year, the latest of two
 * as near. */
static const nvb_published *other_figure(nvb_audit *a, const offered *o)
{
    const nvb_published *found = NULL;
    for (size_t i = 0; i < o->series->n; i++) {
        const nvb_published *f = &o->series->figures[i];
        if (!is_figure(a, f, o->input->value))
            continue;
        int away = distance(f->year, o->year), best = found ? distance(found->year, o->year) : 0;
        if (!found || away < best || (away == best && f->year > found->year))
            found = f;
    }
    return found;
}

static nvb_text stage_word(nvb_stage stage)
{
    const char *key = nvb_stage_key(stage);
    return (nvb_text){key, strlen(key)};
}

/* What came out of it; the same figure in several indices is one finding. */
typedef struct judged {
    offered o;
    nvb_finding_kind kind;
    const nvb_published *published, *is; /* what it should be; what it is, if anything published */
    bool said;
} judged;

typedef struct work {
    nvb_audit *a;
    judged *list;
    nvb_text *paths;
    size_t n;
} work;

static void hold(work *w, const offered *o)
{
    nvb_audit *a = w->a;
    if (!nvb_input_given(o->input) || !o->year)
        return;
    bool matches;
    const nvb_published *published = last_of(a, o, &matches);
    if (!published || is_figure(a, published, o->input->value) || (matches && !o->of_this_year))
        return;
    const nvb_published *is = matches ? published : other_figure(a, o);
    nvb_finding_kind kind = matches ? NVB_FOUND_OUTDATED
                            : is    ? NVB_FOUND_PUBLISHED_OTHER
                                    : NVB_FOUND_PUBLISHED;
    w->list[w->n++] = (judged){*o, kind, published, is, false};
}

static bool same_figure(nvb_audit *a, const judged *x, const judged *y)
{
    return x->kind == y->kind && x->o.series == y->o.series && x->o.year == y->o.year &&
           x->o.stage == y->o.stage && x->o.expected == y->o.expected &&
           nvb_num_cmp(a->calc, x->o.input->value, y->o.input->value) == 0;
}

static void report(work *w, size_t first)
{
    nvb_audit *a = w->a;
    const judged *j = &w->list[first];
    size_t n = 0;
    bool named = false;
    for (size_t i = first; i < w->n; i++)
        if (!w->list[i].said && same_figure(a, j, &w->list[i])) {
            named |= w->list[i].o.named;
            w->paths[n++] = w->list[i].o.input->path;
            w->list[i].said = true;
        }
    /* Another index of the same kind of cost may be meant; what the reader expects is no fault of
     * the offer. */
    bool serious = j->kind != NVB_FOUND_OUTDATED && named && !j->o.expected;
    nvb_gravity gravity = serious ? NVB_DOUBT : NVB_NOTE;
    nvb_finding *f = nvbi_found(a, j->kind, gravity, w->paths[0]);
    nvbi_found_paths(a, f, w->paths, n);
    f->word[0] = j->o.input->path;
    f->word[1] = j->o.series->id;
    f->word[2] = stage_word(j->o.stage);
    nvbi_found_number(f, 0, nvb_num_shift(a->calc, j->o.input->value, 2), NVB_PERCENT);
    nvbi_found_number(f, 1, nvb_num_shift(a->calc, j->published->percentage.value, 2), NVB_PERCENT);
    nvbi_found_count(f, 2, (size_t)j->o.year);
    if (!j->is)
        return;
    nvbi_found_count(f, 3, (size_t)j->is->year);
    f->word[3] = stage_word(j->is->stage);
}

static void hold_component(work *w, const nvb_index *x, const nvb_component *c)
{
    const nvb_series *s = nvbi_series_of(w->a, c);
    if (!s)
        return;
    int year = x->year ? x->year : w->a->p->year;
    bool named = bears_name(s, x, c), expected = x->expected;
    const offered held[PER_COMPONENT] = {
        {&c->provisional,      s, year,         NVB_STAGE_PROVISIONAL, true,  named, expected},
        {&c->last_provisional, s, c->last_year, NVB_STAGE_PROVISIONAL, false, named, expected},
        {&c->last_definitive,  s, c->last_year, NVB_STAGE_DEFINITIVE,  false, named, expected},
    };
    for (size_t n = 0; n < PER_COMPONENT; n++)
        hold(w, &held[n]);
}

void nvbi_audit_published(nvb_audit *a)
{
    size_t most = 0;
    for (size_t i = 0; i < a->p->n_indices; i++)
        most += a->p->indices[i].n_components * PER_COMPONENT;
    if (!a->in.reference || !most)
        return;
    work w = {.a = a};
    w.list = NVBI_NEW(&a->arena, judged, most);
    w.paths = NVBI_NEW(&a->arena, nvb_text, most);
    if (!w.list || !w.paths)
        return;
    for (size_t i = 0; i < a->p->n_indices; i++)
        for (size_t k = 0; k < a->p->indices[i].n_components; k++)
            hold_component(&w, &a->p->indices[i], &a->p->indices[i].components[k]);
    for (size_t i = 0; i < w.n; i++)
        if (!w.list[i].said)
            report(&w, i);
    nvbi_audit_watch(a, NVB_TEXT("/indexen"));
}
