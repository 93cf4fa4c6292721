/*
 * emit_tree.c: `tree`: the figures as a drawn tree, names on the left and values in a column on the
 * right.
 *
 *     Prestaties
 *     └─ 12010  Consult                        € 11,51
 *        ├─ Basis                              € 10,99
 *        └─ Tarief                             € 11,51
 *
 * Every line is made twice: once to see how wide the page must be, at most 80 columns, and once to
 * print it.
 */
#include "emit_tree.h"

#include "formats/word/words.h"
#include "formats/word/layout.h"
#include "navolgbaar/formats.h"
#include "formats/word/wording.h"

enum {
    BRANCH = 3, /* columns of a branch */
    GAP = 2,    /* columns between name and value, at least */
    DEEPEST = 64
};

typedef struct picture {
    nvb_buffer *out;
    nvb_breakdown *breakdown;
    nvb_calc *calc;
    nvb_lang lang;
    nvbi_tree tree;
    unsigned depth;
    unsigned width;         /* of the page, once it was measured */
    nvb_buffer name, value; /* of the line being made */
    bool measuring;
} picture;

/* --- one line --- */

static void add_words(nvb_buffer *out, const char *before, const char *words, const char *after)
{
    nvb_buffer_str(out, before);
    nvb_buffer_str(out, words);
    nvb_buffer_str(out, after);
}

/* What a draft lacks and a condition that is not met change how a figure reads: they stand with its
 * name. */
static void add_remarks(const picture *p, nvb_buffer *out, const nvb_figure *f)
{
    const nvb_condition *condition = f->kind == NVB_FIG_STEP && f->step ? f->step->condition : NULL;
    if (condition && !condition->met)
        nvb_buffer_str(out,
                       p->lang == NVB_EN ? " (condition not met)" : " (voorwaarde niet voldaan)");
    if (!f->missing)
        return;
    add_words(out, " [", nvbi_emit_word(NVBI_EMIT_MISSING, p->lang), ": ");
    bool first = true;
    for (unsigned bit = 1; bit <= NVB_MISSING_DESCRIPTION; bit <<= 1) {
        if (!(f->missing & bit))
            continue;
        add_words(out, first ? "" : ", ", nvbi_word_missing(bit, p->lang), "");
        first = false;
    }
    nvb_buffer_byte(out, ']');
}

static void add_description(nvb_buffer *out, nvb_text description)
{
    if (!nvb_text_given(description) || description.n == 0)
        return;
    nvb_buffer_str(out, "  ");
    nvbi_word_safe(out, description);
}

static void name_figure(picture *p, const nvb_figure *f)
{
    nvbi_word_label_within(&p->name, f, p->lang);
    if (f->unit == NVB_UNITS && f->line && nvb_text_given(f->line->unit)) {
        nvb_buffer_str(&p->name, " (");
        nvbi_word_safe(&p->name, f->line->unit);
        nvb_buffer_byte(&p->name, ')');
    }
    if (f->kind == NVB_FIG_INDEX && f->index)
        add_description(&p->name, f->index->description);
    if (f->kind == NVB_FIG_CUT && f->ceiling)
        add_description(&p->name, f->ceiling->description);
    add_remarks(p, &p->name, f);
    nvbi_word_number(&p->value, p->calc, f->value, f->unit, p->lang);
}

/* A line of the contract: code, description, and the tariff it comes to. */
static void name_line(picture *p, const nvb_line *line)
{
    nvbi_word_safe(&p->name, line->code);
    add_description(&p->name, line->description);
    size_t i = (size_t)(line - nvb_breakdown_proposal(p->breakdown)->lines);
    const nvb_line_figures *figures = nvb_breakdown_line(p->breakdown, i);
    if (figures->tariff == NVB_NO_FIGURE)
        return;
    const nvb_figure *tariff = nvb_breakdown_at(p->breakdown, figures->tariff);
    nvbi_word_number(&p->value, p->calc, tariff->value, tariff->unit, p->lang);
}

static void name_node(picture *p, uint32_t node)
{
    static const nvbi_emit_word_id headings[NVBI_TREE_HEADINGS] = {
        [NVBI_TREE_INDICES] = NVBI_EMIT_INDICES,
        [NVBI_TREE_LINES] = NVBI_EMIT_LINES,
        [NVBI_TREE_GROUPS] = NVBI_EMIT_GROUPS,
        [NVBI_TREE_CEILINGS] = NVBI_EMIT_CEILINGS,
        [NVBI_TREE_TOTALS] = NVBI_EMIT_TOTALS};
    const nvbi_node *n = &p->tree.nodes[node];
    nvb_buffer_cut(&p->name, 0);
    nvb_buffer_cut(&p->value, 0);
    if (n->heading)
        nvb_buffer_str(&p->name, nvbi_emit_word(headings[node - p->tree.headings], p->lang));
    else if (n->line)
        name_line(p, n->line);
    else if (n->figure)
        name_figure(p, n->figure);
}

static bool has_next(const nvbi_tree *t, uint32_t node)
{
    for (uint32_t s = t->nodes[node].next; s != NVBI_NO_NODE; s = t->nodes[s].next)
        if (t->nodes[s].shown)
            return true;
    return false;
}

/* The branches before a name: those of the levels above go on where there is more to come. */
static void draw_branches(picture *p, uint32_t node, unsigned level)
{
    bool more[DEEPEST];
    uint32_t at = node;
    for (unsigned l = level; l > 0; l--, at = p->tree.nodes[at].parent)
        more[l - 1] = has_next(&p->tree, at);
    for (unsigned l = 0; l + 1 < level; l++)
        nvb_buffer_str(p->out, more[l] ? "│  " : "   ");
    if (level)
        nvb_buffer_str(p->out, more[level - 1] ? "├─ " : "└─ ");
}

static unsigned columns(const nvb_buffer *b)
{
    return b->n ? (unsigned)nvbi_word_width(b->s, b->n) : 0;
}

static void measure(picture *p, unsigned level)
{
    unsigned value = columns(&p->value);
    unsigned width = level * BRANCH + columns(&p->name) + (value ? GAP + value : 0);
    if (width > p->width)
        p->width = width;
}

/* A name too long for the page ends in "…"; it stands whole with `show`. */
static void print(picture *p, uint32_t node, unsigned level)
{
    draw_branches(p, node, level);
    size_t from = p->out->n;
    unsigned value = columns(&p->value), left = level * BRANCH + (value ? GAP + value : 0);
    unsigned room = p->width > left ? p->width - left : 1;
    if (columns(&p->name) > room) {
        nvb_buffer_bytes(p->out, p->name.s, nvbi_layout_fit(p->name.s, p->name.n, room - 1));
        nvb_buffer_str(p->out, "…");
    } else {
        nvb_buffer_bytes(p->out, p->name.s, p->name.n);
    }
    if (value) {
        nvbi_layout_pad(p->out, from, room + GAP);
        nvb_buffer_bytes(p->out, p->value.s, p->value.n);
    }
    nvb_buffer_byte(p->out, '\n');
}

/* --- the whole --- */

static void walk(picture *p, uint32_t root)
{
    unsigned level = 0;
    for (uint32_t at = root; at != NVBI_NO_NODE;) {
        name_node(p, at);
        if (p->measuring)
            measure(p, level);
        else
            print(p, at, level);
        /* A path has few parts; one that has more than can be drawn is cut there. */
        at = nvbi_tree_next(&p->tree, root, at, p->depth ? p->depth : DEEPEST, &level);
    }
}

/* Every heading with something under it; `depth` counts from what they list. */
static void walk_all(picture *p)
{
    bool first = true;
    for (uint32_t i = p->tree.headings; i < p->tree.n; i++) {
        if (p->tree.nodes[i].first == NVBI_NO_NODE)
            continue;
        if (!first && !p->measuring)
            nvb_buffer_byte(p->out, '\n');
        first = false;
        walk(p, i);
    }
}

/* All that lies under a path that is no node itself ("/prestaties/12010/stappen"); false when
 * nothing does. */
static bool walk_beneath(picture *p, nvb_text path)
{
    bool any = false;
    const nvbi_tree *t = &p->tree;
    for (uint32_t i = 0; i < t->n; i++) {
        const nvbi_node *n = &t->nodes[i];
        bool top = n->parent == NVBI_NO_NODE || !nvbi_path_within(t->nodes[n->parent].path, path);
        if (!n->figure || !top || !nvbi_path_within(n->path, path))
            continue;
        any = true;
        if (n->shown)
            walk(p, i);
    }
    return any;
}

static bool walk_from(picture *p, nvb_text path)
{
    while (path.n && path.s[path.n - 1] == '/')
        path.n--;
    if (path.n == 0) {
        walk_all(p);
        return true;
    }
    for (uint32_t i = p->tree.n; i-- > 0;) {
        const nvbi_node *n = &p->tree.nodes[i];
        bool there = n->figure || n->first != NVBI_NO_NODE;
        if (there && nvb_text_equal(n->path, path)) {
            walk(p, i);
            return true;
        }
    }
    return walk_beneath(p, path);
}

bool nvb_emit_tree(nvb_buffer *out, const nvb_explanation *e, const nvb_emit_options *o)
{
    picture p = {.out = out,
                 .breakdown = e->breakdown,
                 .calc = nvb_breakdown_calc(e->breakdown),
                 .lang = o->lang,
                 .depth = o->depth > DEEPEST ? 0 : o->depth,
                 .measuring = true};
    bool found = true;
    if (nvbi_tree_build(&p.tree, e->breakdown)) {
        if (o->hide_zero)
            nvbi_tree_hide_zero(&p.tree);
        found = walk_from(&p, o->path);
        if (p.width > NVBI_PAGE)
            p.width = NVBI_PAGE;
        p.measuring = false;
        if (found)
            walk_from(&p, o->path);
    } else {
        out->failed = true;
    }
    out->failed |= p.name.failed || p.value.failed;
    nvb_buffer_release(&p.name);
    nvb_buffer_release(&p.value);
    nvbi_tree_release(&p.tree);
    return found;
}
