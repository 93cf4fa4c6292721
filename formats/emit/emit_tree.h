/*
 * emit_tree.h: the figures of a breakdown as a tree for people: what hangs under what. Internal to
 * formats.
 *
 * The structure comes from the paths. Shown are five headings (indices, lines, groups, ceilings,
 * totals), under them what they list, and under that the figures; a part of a path that is neither
 * ("stappen", the component in a step) is no level of its own. Nodes are numbered: first all
 * figures, then lines, then the headings. It prints nothing (emit_tree.c does).
 */
#ifndef NVB_FORMATS_EMIT_TREE_H
#define NVB_FORMATS_EMIT_TREE_H

#include "navolgbaar/breakdown.h"

typedef enum nvbi_heading {
    NVBI_TREE_INDICES,
    NVBI_TREE_LINES,
    NVBI_TREE_GROUPS,
    NVBI_TREE_CEILINGS,
    NVBI_TREE_TOTALS,
    NVBI_TREE_HEADINGS
} nvbi_heading;

#define NVBI_NO_NODE UINT32_MAX

typedef struct nvbi_node {
    nvb_text path;
    const nvb_figure *figure;           /* NULL: a line or a heading */
    const nvb_line *line;               /* of a line's own node; NULL otherwise */
    uint32_t parent, first, last, next; /* NVBI_NO_NODE where there is none */
    bool heading;
    bool shown;
} nvbi_node;

typedef struct nvbi_tree {
    nvbi_node *nodes;
    uint32_t n;
    uint32_t headings; /* the number of the first heading */
} nvbi_tree;

/* False when memory is out. Release in either case. */
bool nvbi_tree_build(nvbi_tree *t, nvb_breakdown *b);
void nvbi_tree_release(nvbi_tree *t);
/* Marks the figures that are zero, and have nothing else beneath them, as not shown. */
void nvbi_tree_hide_zero(nvbi_tree *t);
/* The next node after `at` in the tree below (and with) `root`, at most `depth` levels down; *level
 * follows along (0 is the root). Nodes not shown are passed over. NVBI_NO_NODE at the end. */
uint32_t
nvbi_tree_next(const nvbi_tree *t, uint32_t root, uint32_t at, unsigned depth, unsigned *level);
/* True when `path` is `prefix` or lies beneath it. */
bool nvbi_path_within(nvb_text path, nvb_text prefix);

#endif
