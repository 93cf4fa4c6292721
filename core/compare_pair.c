/*
 * compare_pair.c: which lines belong together. Decisions 43 to 45.
 *
 * Everything hangs on links: this old line goes on in that new line. They are read from `was` and
 * the codes of the later of the two documents, so that the same lines pair whichever is given
 * first. Links by new line make the pairs, links by old line tell what was split.
 */
#include "compare.h"

typedef struct link {
    uint32_t old_number, new_number;
} link;

typedef struct linking {
    nvb_comparison *c;
    nvbi_arena *scratch;
    nvbi_names codes; /* of the document that `was` speaks of */
    link *links;
    size_t n, room;
    uint32_t *taken;           /* per line of that document: 1 + the last line that took it */
    uint32_t *in_old, *in_new; /* links of each line */
} linking;

static bool add_link(linking *w, uint32_t was, uint32_t is, bool inverted)
{
    if (w->n == w->room) {
        size_t room = w->room ? w->room * 2 : 64;
        link *links = NVBI_NEW(w->scratch, link, room);
        if (!links)
            return false;
        if (w->n)
            memcpy(links, w->links, w->n * sizeof *links);
        w->links = links;
        w->room = room;
    }
    link l = inverted ? (link){is, was} : (link){was, is};
    w->links[w->n++] = l;
    w->in_old[l.old_number]++;
    w->in_new[l.new_number]++;
    return true;
}

static void warn_unknown(linking *w, const nvb_line *l, nvb_text code)
{
    nvb_text path = nvbi_arena_join(&w->c->arena, l->path, "/was");
    nvb_diag_add(w->c->diag, NVB_E602, path, code, w->c->old->reference, (nvb_text){0});
}

/* Links line `i` to the codes of its `was`; the number of those there are. A code counts once. */
static size_t link_was(linking *w, const nvb_line *l, uint32_t i, bool inverted, bool warn)
{
    size_t found = 0;
    for (size_t k = 0; k < l->n_was; k++) {
        uint32_t at = nvbi_names_find(&w->codes, l->was[k]);
        if (at == NVBI_NO_NAME) {
            if (warn)
                warn_unknown(w, l, l->was[k]);
            continue;
        }
        found++;
        if (w->taken[at] == i + 1)
            continue;
        w->taken[at] = i + 1;
        if (!add_link(w, at, i, inverted))
            return found;
    }
    return found;
}

static void link_line(linking *w, const nvb_line *l, uint32_t i, bool inverted, bool was_first)
{
    bool warn = w->c->may_claim && !inverted;
    if (was_first && link_was(w, l, i, inverted, warn))
        return;
    uint32_t own = nvbi_names_find(&w->codes, l->code);
    if (own != NVBI_NO_NAME)
        add_link(w, own, i, inverted);
    else if (!was_first)
        link_was(w, l, i, inverted, warn);
}

static bool make_links(linking *w)
{
    const nvb_proposal *a = w->c->old, *b = w->c->new_;
    bool rounds = a->year && a->year == b->year;
    bool inverted = rounds ? a->round > b->round : a->year && b->year && a->year > b->year;
    const nvb_proposal *from = inverted ? b : a, *to = inverted ? a : b;
    w->taken = NVBI_NEW(w->scratch, uint32_t, from->n_lines + 1);
    w->in_old = NVBI_NEW(w->scratch, uint32_t, a->n_lines + 1);
    w->in_new = NVBI_NEW(w->scratch, uint32_t, b->n_lines + 1);
    nvbi_name_lines(&w->codes, w->scratch, from);
    if (!w->taken || !w->in_old || !w->in_new || w->scratch->failed)
        return false;
    for (size_t i = 0; i < to->n_lines; i++)
        link_line(w, &to->lines[i], (uint32_t)i, inverted, !rounds);
    return !w->scratch->failed;
}

/* An old line that goes on in several lines, one of which comes from others as well: what is whose
 * cannot be told. */
static bool check_overlap(const linking *w)
{
    const nvb_proposal *a = w->c->old, *b = w->c->new_;
    uint32_t *first = NVBI_NEW(w->scratch, uint32_t, a->n_lines + 1);
    uint32_t *mixed = NVBI_NEW(w->scratch, uint32_t, a->n_lines + 1);
    bool fine = first && mixed;
    for (size_t k = 0; fine && k < w->n; k++)
        mixed[w->links[k].old_number] += w->in_new[w->links[k].new_number] > 1;
    bool clean = true;
    for (size_t k = 0; fine && k < w->n; k++) {
        uint32_t old = w->links[k].old_number, new_ = w->links[k].new_number;
        if (w->in_old[old] < 2 || !mixed[old])
            continue;
        if (!first[old]) {
            first[old] = new_ + 1;
            continue;
        }
        clean = false;
        nvb_diag_add(w->c->diag, NVB_E321,
                     nvbi_arena_join(&w->c->arena, b->lines[new_].path, "/was"), a->lines[old].code,
                     b->lines[first[old] - 1].code, b->lines[new_].code);
    }
    return fine && clean;
}

/* --- weights and shares --- */

static bool volume_of(const nvb_breakdown *b, uint32_t line, nvb_num *out)
{
    uint32_t figure = nvb_breakdown_line(b, line)->volume;
    *out = nvbi_value_of(b, figure);
    return figure != NVB_NO_FIGURE;
}

/* What each of several lines weighs by its volume, or all the same where that cannot be told. */
static bool
weigh(nvb_calc *calc, const nvb_breakdown *b, const uint32_t *lines, size_t n, nvb_num *out)
{
    nvb_num sum = nvb_num_int(0);
    bool all = true;
    for (size_t i = 0; i < n; i++) {
        all = volume_of(b, lines[i], &out[i]) && all;
        sum = nvb_num_add(calc, sum, out[i]);
    }
    bool by_volume = all && nvb_num_sign(sum) > 0;
    nvb_num same = nvb_num_div(calc, nvb_num_int(1), nvb_num_int((int64_t)n));
    for (size_t i = 0; i < n; i++)
        out[i] = by_volume ? nvb_num_div(calc, out[i], sum) : same;
    return by_volume;
}

static void
weigh_old(nvb_comparison *c, nvb_pair *p, nvb_old_line *old, uint32_t *lines, nvb_num *room)
{
    for (size_t i = 0; i < p->n_old; i++)
        lines[i] = old[i].number;
    bool by_volume = weigh(c->calc, c->old_side, lines, p->n_old, room);
    for (size_t i = 0; i < p->n_old; i++)
        old[i].weight = room[i];
    p->simple_mean = !by_volume;
    if (p->simple_mean)
        nvb_diag_add(c->diag, NVB_E608, p->new_line->path, p->code, c->old->reference,
                     (nvb_text){0});
}

static void note_names(nvb_comparison *c, nvb_pair *p)
{
    for (size_t i = 0; i < p->n_old; i++) {
        const nvb_line *old = p->old[i].line;
        nvb_text unit = p->new_line->unit;
        p->renamed |= !nvb_text_equal(old->code, p->code);
        if (p->other_unit || !old->unit.n || !unit.n || nvb_text_equal(old->unit, unit))
            continue;
        p->other_unit = true;
        nvb_diag_add(c->diag, NVB_E607, nvbi_arena_join(&c->arena, p->new_line->path, "/eenheid"),
                     unit, old->unit, c->old->reference);
    }
}

/* The parts of every old line that was split: its share goes to each pair by the volumes of their
 * new lines. */
static bool share_out(linking *w, const uint32_t *at, nvb_old_line *all)
{
    nvb_comparison *c = w->c;
    size_t n_old = c->old->n_lines;
    uint32_t *start = NVBI_NEW(w->scratch, uint32_t, n_old + 2);
    uint32_t *lines = NVBI_NEW(w->scratch, uint32_t, w->n + 1),
             *slot = NVBI_NEW(w->scratch, uint32_t, w->n + 1);
    nvb_num *share = NVBI_NEW(w->scratch, nvb_num, w->n + 1);
    if (!start || !lines || !slot || !share)
        return false;
    for (size_t i = 0; i < n_old; i++)
        start[i + 1] = start[i] + w->in_old[i];
    uint32_t *next = NVBI_NEW(w->scratch, uint32_t, n_old + 1);
    if (!next)
        return false;
    memcpy(next, start, n_old * sizeof *next);
    for (size_t k = 0; k < w->n; k++) {
        uint32_t to = next[w->links[k].old_number]++;
        lines[to] = w->links[k].new_number;
        slot[to] = at[k];
    }
    for (size_t i = 0; i < n_old; i++) {
        size_t n = start[i + 1] - start[i];
        if (n > 1)
            weigh(c->calc, c->new_side, lines + start[i], n, share + start[i]);
        for (size_t k = start[i]; k < start[i + 1]; k++) {
            all[slot[k]].share = n > 1 ? share[k] : nvb_num_int(1);
            c->pairs[lines[k]].split |= n > 1;
        }
    }
    return true;
}

/* --- the pairs --- */

/* Gives every new line its old ones, in the order of the links. */
static bool fill_new(linking *w, nvb_old_line *all)
{
    nvb_comparison *c = w->c;
    uint32_t *at = NVBI_NEW(w->scratch, uint32_t, w->n + 1),
             *next = NVBI_NEW(w->scratch, uint32_t, c->new_->n_lines + 1);
    uint32_t *lines = NVBI_NEW(w->scratch, uint32_t, w->n + 1);
    nvb_num *room = NVBI_NEW(w->scratch, nvb_num, w->n + 1);
    if (!at || !next || !lines || !room)
        return false;
    uint32_t sum = 0;
    for (size_t i = 0; i < c->new_->n_lines; i++) {
        next[i] = sum;
        c->pairs[i] = (nvb_pair){.code = c->new_->lines[i].code,
                                 .new_line = &c->new_->lines[i],
                                 .new_number = (uint32_t)i,
                                 .old = all + sum,
                                 .n_old = w->in_new[i]};
        sum += w->in_new[i];
    }
    for (size_t k = 0; k < w->n; k++) {
        at[k] = next[w->links[k].new_number]++;
        uint32_t old = w->links[k].old_number;
        all[at[k]] = (nvb_old_line){&c->old->lines[old], old, nvb_num_int(1), nvb_num_int(1)};
    }
    if (!share_out(w, at, all))
        return false;
    for (size_t i = 0; i < c->new_->n_lines; i++) {
        nvb_pair *p = &c->pairs[i];
        if (p->n_old > 1)
            weigh_old(c, p, all + (p->old - all), lines, room);
        note_names(c, p);
    }
    return true;
}

static void fill_lapsed(linking *w, nvb_old_line *all)
{
    nvb_comparison *c = w->c;
    nvb_pair *p = c->pairs + c->new_->n_lines;
    nvb_old_line *old = all + w->n;
    for (size_t i = 0; i < c->old->n_lines; i++) {
        if (w->in_old[i])
            continue;
        const nvb_line *l = &c->old->lines[i];
        *old = (nvb_old_line){l, (uint32_t)i, nvb_num_int(1), nvb_num_int(1)};
        *p++ = (nvb_pair){.code = l->code, .old = old++, .n_old = 1};
    }
    c->n_pairs = (size_t)(p - c->pairs);
}

bool nvbi_compare_pair(nvb_comparison *c)
{
    nvbi_arena scratch;
    nvbi_arena_init(&scratch);
    linking w = {.c = c, .scratch = &scratch};
    bool well = make_links(&w) && check_overlap(&w);
    if (well) {
        nvb_old_line *all = NVBI_NEW(&c->arena, nvb_old_line, w.n + c->old->n_lines + 1);
        c->pairs = NVBI_NEW(&c->arena, nvb_pair, c->new_->n_lines + c->old->n_lines + 1);
        well = all && c->pairs && fill_new(&w, all);
        if (well)
            fill_lapsed(&w, all);
    }
    c->arena.failed |= scratch.failed;
    nvbi_arena_release(&scratch);
    return well;
}
