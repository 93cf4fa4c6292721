/*
 * changes_index.c: what changed in an index, in a few lines: the index itself, each component with
 * everything about it, and how it is calculated; see changes.h. The changes of an index stand
 * together, in the order of the document.
 */
#include "changes.h"

enum { SHOWN = 40 };

/* The changes of one index: those of the comparison from `first` to `end`. */
typedef struct block {
    size_t first, end;
    nvb_text path;
    const nvb_change *replaced; /* it takes the place of another */
    const nvb_index *index;     /* in the new document */
    size_t component;           /* of the index, the one under way */
} block;

static bool begins(nvb_text path, nvb_text with)
{
    return path.n > with.n && path.s[with.n] == '/' && memcmp(path.s, with.s, with.n) == 0;
}

/* "/indexen/<id>" of a path in it. */
static nvb_text index_path(nvb_text path)
{
    nvb_text rest = path, segment;
    nvbi_changes_segment(&rest, &segment);
    nvbi_changes_segment(&rest, &segment);
    return (nvb_text){path.s, path.n - rest.n};
}

bool nvbi_changes_in_index(const nvb_change *c)
{
    if (nvbi_changes_topic(c->path) != NVBI_TOPIC_INDICES)
        return false;
    return c->kind == NVB_CHANGE_CHANGED || index_path(c->path).n < c->path.n;
}

/* --- parts --- */

/* Ends what a line says so far, when it says something. */
static void part_begins(nvbi_changes *x, bool *some)
{
    if (*some)
        nvb_buffer_byte(&x->said, ';');
    *some = true;
}

static void say_part(nvbi_changes *x, const nvb_change *c, nvb_text label, bool *some)
{
    part_begins(x, some);
    nvbi_changes_where(x, nvbi_changes_word(x, 0), label, false);
    if (c->before.s)
        nvbi_changes_value(x, nvbi_changes_word(x, 1), c->path, c->before);
    if (c->after.s)
        nvbi_changes_value(x, nvbi_changes_word(x, 2), c->path, c->after);
    nvbi_changes_say(x, !c->before.s  ? NVBI_TELL_INDEX_PART_NEW
                        : !c->after.s ? NVBI_TELL_INDEX_PART_LAPSED
                                      : NVBI_TELL_INDEX_PART);
}

static nvb_text rest_of(const block *b, const nvb_change *c)
{
    return (nvb_text){c->path.s + b->path.n, c->path.n - b->path.n};
}

static bool of_part(nvb_text rest, const char *part)
{
    nvb_text first;
    return nvbi_changes_segment(&rest, &first) && first.n == strlen(part) &&
           memcmp(first.s, part, first.n) == 0;
}

static void end_line(nvbi_changes *x, unsigned indent)
{
    nvb_buffer_byte(&x->said, '.');
    nvbi_changes_flush_hanging(x, indent, 2);
}

/* --- the index itself --- */

static void put_total(nvbi_changes *x, unsigned k, const nvb_breakdown *b, uint32_t i)
{
    if (i == NVBI_NO_NAME || nvb_breakdown_index(b, i) == NVB_NO_FIGURE)
        return;
    const nvb_figure *f = nvb_breakdown_at(b, nvb_breakdown_index(b, i));
    nvbi_word_number(nvbi_changes_word(x, k), x->calc, f->value, f->unit, x->lang);
}

/* What its name already says when it takes the place of another is left out. */
static bool said_by_name(const block *b, const nvb_change *c, nvb_text rest)
{
    return c == b->replaced ||
           (b->replaced && (of_part(rest, "omschrijving") || of_part(rest, "jaar")));
}

static void say_head(nvbi_changes *x, const block *b, const nvbi_names names[2])
{
    nvb_text id, rest = b->path;
    nvbi_changes_segment(&rest, &id);
    nvbi_changes_segment(&rest, &id);
    nvb_text after = b->index ? b->index->id : id, before = after;
    bool some = true;
    if (b->replaced)
        before = b->replaced->before;
    nvbi_changes_where(x, nvbi_changes_word(x, 0), b->path, false);
    put_total(x, 2, nvb_comparison_new_side(x->c), nvbi_names_find(&names[1], after));
    put_total(x, 3, nvb_comparison_old(x->c), nvbi_names_find(&names[0], before));
    if (b->replaced)
        nvbi_changes_word_label(x, 1, before);
    nvb_text now = {x->word[2].s, x->word[2].n}, was = {x->word[3].s, x->word[3].n};
    nvbi_changes_say(x, b->replaced                ? NVBI_TELL_INDEX_REPLACED
                        : nvb_text_equal(now, was) ? NVBI_TELL_INDEX_SAME
                                                   : NVBI_TELL_INDEX_OTHER);
    for (size_t i = b->first; i < b->end; i++) {
        const nvb_change *c = nvb_comparison_change(x->c, i);
        nvb_text within = rest_of(b, c);
        if (!said_by_name(b, c, within) && !of_part(within, "componenten") &&
            !of_part(within, "methode") && !of_part(within, "afronding") &&
            (!of_part(within, "bron") || c->kind != NVB_CHANGE_CHANGED))
            say_part(x, c, within, &some);
    }
    end_line(x, 2);
}

/* --- components --- */

/* "/indexen/<id>/componenten/<id>" */
static nvb_text component_path(const block *b, const nvb_change *c)
{
    nvb_text rest = rest_of(b, c), segment;
    nvbi_changes_segment(&rest, &segment);
    nvbi_changes_segment(&rest, &segment);
    return (nvb_text){c->path.s, c->path.n - rest.n};
}

/* In the order of the document: found by going on from the last. */
static const nvb_component *component_at(block *b, nvb_text path)
{
    for (size_t i = b->component; b->index && i < b->index->n_components; i++) {
        if (!nvb_text_equal(b->index->components[i].path, path))
            continue;
        b->component = i;
        return &b->index->components[i];
    }
    return NULL;
}

/* The figures of another year than before are not held against those. */
static void say_last_year(nvbi_changes *x, const nvb_component *k, bool *some)
{
    const nvb_input *figures[] = {&k->last_provisional, &k->last_definitive};
    part_begins(x, some);
    nvb_buffer_uint(nvbi_changes_word(x, 0), (unsigned)k->last_year);
    for (unsigned i = 0; i < 2; i++)
        nvbi_word_number(nvbi_changes_word(x, i + 1), x->calc,
                         nvb_num_shift(x->calc, figures[i]->value, 2), NVB_PERCENT, x->lang);
    nvbi_changes_say(x, NVBI_TELL_INDEX_LAST_YEAR);
}

static bool has_last_year(const nvb_component *k)
{
    return k && k->last_year > 0 && nvb_input_given(&k->last_provisional) &&
           nvb_input_given(&k->last_definitive);
}

/* One component: its changes from `at`; returns where the next begins. */
static size_t say_component(nvbi_changes *x, block *b, size_t at)
{
    nvb_text path = component_path(b, nvb_comparison_change(x->c, at));
    const nvb_component *k = component_at(b, path);
    bool other_year = false, some = false;
    nvbi_changes_where(x, &x->said, (nvb_text){path.s + b->path.n, path.n - b->path.n}, false);
    nvb_buffer_byte(&x->said, ':');
    size_t from = x->said.n;
    for (; at < b->end; at++) {
        const nvb_change *c = nvb_comparison_change(x->c, at);
        if (!begins(c->path, path) && !nvb_text_equal(c->path, path))
            break;
        nvb_text rest = {c->path.s + path.n, c->path.n - path.n};
        bool last = of_part(rest, "vorig");
        /* A nacalculatie that was given follows from the figures of last year now. */
        bool year = last && rest.n == sizeof "/vorig/jaar" - 1 && has_last_year(k);
        if (year)
            say_last_year(x, k, &some);
        other_year = other_year || year;
        bool calculated = has_last_year(k) && !c->after.s && of_part(rest, "nacalculatie");
        if (!calculated && !(last && other_year) &&
            !(of_part(rest, "bron") && c->kind == NVB_CHANGE_CHANGED))
            say_part(x, c, rest, &some);
    }
    if (x->said.n > from)
        end_line(x, 4);
    nvb_buffer_cut(&x->said, 0);
    return at;
}

/* --- how it is calculated --- */

static void say_method(nvbi_changes *x, const block *b)
{
    bool some = false;
    for (size_t i = b->first; i < b->end; i++) {
        const nvb_change *c = nvb_comparison_change(x->c, i);
        nvb_text rest = rest_of(b, c), label = rest, first;
        bool method = of_part(rest, "methode");
        if (!method && !of_part(rest, "afronding"))
            continue;
        if (!some)
            nvbi_changes_say(x, NVBI_TELL_INDEX_METHOD);
        if (method)
            nvbi_changes_segment(&label, &first);
        say_part(x, c, label, &some);
    }
    if (some)
        end_line(x, 4);
}

/* --- all of them --- */

static bool gather_names(nvbi_changes *x, nvbi_names names[2])
{
    const nvb_proposal *p[2] = {x->old, x->new_};
    for (size_t side = 0; side < 2; side++) {
        if (!nvbi_names_init(&names[side], &x->scratch, p[side]->n_indices))
            return false;
        for (size_t i = 0; i < p[side]->n_indices; i++)
            nvbi_names_add(&names[side], p[side]->indices[i].id, (uint32_t)i);
    }
    return true;
}

/* What there is to say of it beside a source that differs, which is told with the others. */
static bool worth_saying(const nvb_change *c)
{
    nvb_text rest = c->path, segment = {"", 0};
    while (nvbi_changes_segment(&rest, &segment)) {
    }
    return c->kind != NVB_CHANGE_CHANGED || segment.n != 4 || memcmp(segment.s, "bron", 4) != 0;
}

static const nvb_index *new_index(nvbi_changes *x, const block *b, const nvbi_names *names)
{
    nvb_text rest = b->path, id;
    nvbi_changes_segment(&rest, &id);
    nvbi_changes_segment(&rest, &id);
    uint32_t at = nvbi_names_find(names, b->replaced ? b->replaced->after : id);
    return at == NVBI_NO_NAME ? NULL : &x->new_->indices[at];
}

static void say_index(nvbi_changes *x, block *b, const nvbi_names names[2])
{
    bool worth = false;
    for (size_t i = b->first; i < b->end; i++) {
        const nvb_change *c = nvb_comparison_change(x->c, i);
        worth = worth || worth_saying(c);
        if (nvb_text_equal(c->path, b->path))
            b->replaced = c;
    }
    if (!worth)
        return;
    b->index = new_index(x, b, &names[1]);
    say_head(x, b, names);
    for (size_t i = b->first; i < b->end;) {
        if (of_part(rest_of(b, nvb_comparison_change(x->c, i)), "componenten"))
            i = say_component(x, b, i);
        else
            i++;
    }
    say_method(x, b);
}

void nvbi_changes_indices(nvbi_changes *x)
{
    nvbi_names names[2];
    size_t n = nvb_comparison_changes(x->c), shown = 0;
    if (!gather_names(x, names))
        return;
    for (size_t i = 0; i < n;) {
        const nvb_change *c = nvb_comparison_change(x->c, i);
        if (!nvbi_changes_in_index(c)) {
            i++;
            continue;
        }
        block b = {.first = i, .path = index_path(c->path)};
        for (; i < n; i++) {
            c = nvb_comparison_change(x->c, i);
            if (!nvb_text_equal(c->path, b.path) && !begins(c->path, b.path))
                break;
        }
        b.end = i;
        if (shown++ < SHOWN)
            say_index(x, &b, names);
    }
}
