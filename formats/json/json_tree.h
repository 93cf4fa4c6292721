/*
 * json_tree.h: trees of cJSON nodes, where each node knows what it is and where it came from.
 *
 * cJSON parses what json_scan.h let through. Three things are then kept in fields that cJSON does
 * not use itself:
 *
 *   valueint   the ordinal of the value: its number in document order, counted on through all texts
 * of a document. It survives merging, so that a node of the merged tree can be found back in the
 * file it was written in. type       above the kind of cJSON, the layer that wrote a node of a
 * merged step, and NVBI_MIXED.
 *
 * A tree that came from a text is never changed. Merging and setting make new nodes in an arena; a
 * new node may share its children with an old one (NVBI_OWN says that it does not), so a merge
 * costs what it changes, not what it keeps.
 *
 * A number is a string that begins with NVBI_NUMBER_TAG: nvbi_kind tells them apart, and nothing
 * else should look.
 */
#ifndef NVB_FORMATS_JSON_TREE_H
#define NVB_FORMATS_JSON_TREE_H

#include "core/arena.h"
#include "json_scan.h"

#include <cjson/cJSON.h>

enum {
    NVBI_LAYER_SHIFT = 16, /* 0 to 2: see nvbi_layer */
    NVBI_LAYERS = 3,
    NVBI_MIXED =
        1 << 20, /* the children have layers of their own; otherwise all are of the node's layer */
    NVBI_OWN = 1 << 21 /* the list of children belongs to this node alone and may be changed */
};

typedef enum nvbi_kind {
    NVBI_NULL,
    NVBI_BOOL,
    NVBI_NUMBER,
    NVBI_STRING,
    NVBI_LIST,
    NVBI_OBJECT
} nvbi_kind;

nvbi_kind nvbi_kind_of(const cJSON *node);
static inline unsigned nvbi_layer_of(const cJSON *node)
{
    return (unsigned)node->type >> NVBI_LAYER_SHIFT & 3U;
}
/* The text of a string or the digits of a number; borrowed from the node. */
nvb_text nvbi_node_text(const cJSON *node);
nvb_text nvbi_node_key(const cJSON *node);
/* The value of a key (exact case), or NULL; also when `object` is NULL or no object. */
const cJSON *nvbi_member(const cJSON *object, const char *key);
size_t nvbi_count(const cJSON *container);

/* Scans and parses. NULL when there are problems or memory is out; `diag` then says so. Ordinals
 * begin at *ordinal, which is moved on by the number of values. Free with cJSON_Delete. */
cJSON *nvbi_tree_parse(const nvb_source_file *file, int *ordinal, nvb_diag *diag);

/* A copy of one node with the same children; without a name unless it has one. NULL when memory is
 * out. */
cJSON *nvbi_node_copy(nvbi_arena *a, const cJSON *node);
/* A new string node; `name` may be NULL. Both texts are borrowed and NUL-terminated. */
cJSON *nvbi_node_string(nvbi_arena *a, nvb_text name, nvb_text value, int ordinal);
/* Makes the children of `node` its own, so that they can be changed; false when memory is out. The
 * node is one of the arena. */
bool nvbi_node_own(nvbi_arena *a, cJSON *node);
/* RFC 7396: `patch` merged onto `target` (NULL: nothing there yet). Nodes that come from the patch
 * are marked with `layer`. Neither is changed. An object found in both carries the ordinal of the
 * patch. NULL when memory is out. */
cJSON *nvbi_merge(nvbi_arena *a, const cJSON *target, const cJSON *patch, unsigned layer);

/* One token of a JSON Pointer, unescaped. */
typedef struct nvbi_tokens {
    nvb_text *item;
    size_t n;
} nvbi_tokens;

/* Splits a path; "" is the whole document. False when it is not a JSON Pointer or memory is out. */
bool nvbi_path_split(nvbi_arena *a, nvb_text path, nvbi_tokens *out);
/* The child a token names: a key of an object; of a list the item with that `id` or `code`, else
 * that position. */
const cJSON *nvbi_child(const cJSON *container, nvb_text token);
/* `base`, a slash and `token` with ~ and / escaped. */
nvb_text nvbi_path_join(nvbi_arena *a, nvb_text base, nvb_text token);

#endif
