/* emit_tree_nodes.c: the tree of nodes: building, hiding, walking. See emit_tree.h. */
#include "emit_tree.h"

#include <stdlib.h>

static const nvb_text heading_paths[NVBI_TREE_HEADINGS] = {
    [NVBI_TREE_INDICES] = {"/indexen",    8 },
      [NVBI_TREE_LINES] = {"/prestaties", 11},
    [NVBI_TREE_GROUPS] = {"/groepen",    8 },
      [NVBI_TREE_CEILINGS] = {"/plafonds",   9 },
    [NVBI_TREE_TOTALS] = {"/totaal",     7 },
};

bool nvbi_path_within(nvb_text path, nvb_text prefix)
{
    return path.n >= prefix.n && (prefix.n == 0 || memcmp(path.s, prefix.s, prefix.n) == 0) &&
           (path.n == prefix.n || path.s[prefix.n] == '/');
}

/* The path without its last part; empty at the top. */
static nvb_text above(nvb_text path)
{
    while (path.n && path.s[path.n - 1] != '/')
        path.n--;
    if (path.n)
        path.n--;
    return path;
}

static void hang(nvbi_tree *t, uint32_t node, uint32_t parent)
{
    t->nodes[node].parent = parent;
    if (t->nodes[parent].last == NVBI_NO_NODE)
        t->nodes[parent].first = node;
    else
        t->nodes[t->nodes[parent].last].next = node;
    t->nodes[parent].last = node;
}

/* The first numbers of the kinds of nodes. */
typedef struct numbering {
    uint32_t lines, headings, end;
} numbering;

static numbering number_nodes(const nvb_breakdown *b)
{
    const nvb_proposal *p = nvb_breakdown_proposal(b);
    numbering k;
    k.lines = (uint32_t)nvb_breakdown_count(b);
    k.headings = k.lines + (uint32_t)p->n_lines;
    k.end = k.headings + NVBI_TREE_HEADINGS;
    return k;
}

static void fill_nodes(nvbi_tree *t, const nvb_breakdown *b, const numbering *k)
{
    const nvb_proposal *p = nvb_breakdown_proposal(b);
    for (uint32_t i = 0; i < t->n; i++) {
        nvbi_node *node = &t->nodes[i];
        *node = (nvbi_node){.parent = NVBI_NO_NODE,
                            .first = NVBI_NO_NODE,
                            .last = NVBI_NO_NODE,
                            .next = NVBI_NO_NODE,
                            .shown = true};
        if (i < k->lines) {
            node->figure = nvb_breakdown_at(b, i);
            node->path = node->figure->path;
        } else if (i < k->headings) {
            node->line = &p->lines[i - k->lines];
            node->path = node->line->path;
        } else {
            node->path = heading_paths[i - k->headings];
            node->heading = true;
        }
    }
}

/* What the headings list, in the order of the document: a figure comes after all it needs, which is
 * another order. */
static void hang_items(nvbi_tree *t, const nvb_breakdown *b, const numbering *k)
{
    const nvb_proposal *p = nvb_breakdown_proposal(b);
    for (size_t i = 0; i < p->n_indices; i++) {
        uint32_t figure = nvb_breakdown_index(b, i);
        if (figure != NVB_NO_FIGURE)
            hang(t, figure, k->headings + NVBI_TREE_INDICES);
    }
    for (uint32_t i = k->lines; i < k->headings; i++)
        hang(t, i, k->headings + NVBI_TREE_LINES);
    for (size_t i = 0; i < p->n_ceilings; i++) {
        uint32_t figure = nvb_breakdown_cut(b, i);
        if (figure != NVB_NO_FIGURE)
            hang(t, figure, k->headings + NVBI_TREE_CEILINGS);
    }
}

/* The nearest figure above a figure in its path, or the line it belongs to; NVBI_NO_NODE when there
 * is neither. */
static uint32_t nearest_above(nvb_breakdown *b, const nvb_figure *f, const numbering *k)
{
    const nvb_proposal *p = nvb_breakdown_proposal(b);
    for (nvb_text path = above(f->path); path.n; path = above(path)) {
        const nvb_figure *over = nvb_breakdown_find(b, path);
        if (over)
            return over->number;
        if (f->line && nvb_text_equal(path, f->line->path))
            return k->lines + (uint32_t)(f->line - p->lines);
    }
    for (uint32_t i = 0; i < NVBI_TREE_HEADINGS; i++)
        if (nvbi_path_within(f->path, heading_paths[i]))
            return k->headings + i;
    return NVBI_NO_NODE;
}

bool nvbi_tree_build(nvbi_tree *t, nvb_breakdown *b)
{
    numbering k = number_nodes(b);
    *t = (nvbi_tree){.n = k.end, .headings = k.headings};
    t->nodes = malloc(t->n * sizeof *t->nodes);
    if (!t->nodes)
        return false;
    fill_nodes(t, b, &k);
    hang_items(t, b, &k);
    for (uint32_t i = 0; i < k.lines; i++) {
        if (t->nodes[i].parent != NVBI_NO_NODE)
            continue;
        uint32_t parent = nearest_above(b, t->nodes[i].figure, &k);
        if (parent != NVBI_NO_NODE)
            hang(t, i, parent);
    }
    return true;
}

void nvbi_tree_release(nvbi_tree *t)
{
    free(t->nodes);
    *t = (nvbi_tree){0};
}

void nvbi_tree_hide_zero(nvbi_tree *t)
{
    for (uint32_t i = 0; i < t->n; i++)
        if (t->nodes[i].figure)
            t->nodes[i].shown = false;
    for (uint32_t i = 0; i < t->n; i++) {
        const nvb_figure *f = t->nodes[i].figure;
        if (!f || nvb_num_sign(f->value) == 0)
            continue;
        for (uint32_t at = i; at != NVBI_NO_NODE && !t->nodes[at].shown; at = t->nodes[at].parent)
            t->nodes[at].shown = true;
    }
}

/* `node`, or the first sibling after it that is shown. */
static uint32_t shown_from(const nvbi_tree *t, uint32_t node)
{
    while (node != NVBI_NO_NODE && !t->nodes[node].shown)
        node = t->nodes[node].next;
    return node;
}

uint32_t
nvbi_tree_next(const nvbi_tree *t, uint32_t root, uint32_t at, unsigned depth, unsigned *level)
{
    if (depth == 0 || *level < depth) {
        uint32_t child = shown_from(t, t->nodes[at].first);
        if (child != NVBI_NO_NODE) {
            ++*level;
            return child;
        }
    }
    while (at != root) {
        uint32_t sibling = shown_from(t, t->nodes[at].next);
        if (sibling != NVBI_NO_NODE)
            return sibling;
        at = t->nodes[at].parent;
        --*level;
    }
    return NVBI_NO_NODE;
}
