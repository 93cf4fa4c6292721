/* json_tree.c: see json_tree.h. Parsing, ordinals, and the questions one may ask of a node. Merging
 * is in json_merge.c. */
#include "json_tree.h"

#include <limits.h>

#define NONE ((nvb_text){0})

nvbi_kind nvbi_kind_of(const cJSON *node)
{
    switch (node->type & 0xFF) {
    case cJSON_True:
    case cJSON_False:
        return NVBI_BOOL;
    case cJSON_String:
        return node->valuestring[0] == NVBI_NUMBER_TAG ? NVBI_NUMBER : NVBI_STRING;
    case cJSON_Array:
        return NVBI_LIST;
    case cJSON_Object:
        return NVBI_OBJECT;
    default:
        return NVBI_NULL;
    }
}

nvb_text nvbi_node_text(const cJSON *node)
{
    const char *s = node->valuestring;
    if (!s)
        return NVB_TEXT("");
    s += *s == NVBI_NUMBER_TAG;
    return (nvb_text){s, strlen(s)};
}

nvb_text nvbi_node_key(const cJSON *node)
{
    return node->string ? (nvb_text){node->string, strlen(node->string)} : NVB_TEXT("");
}

const cJSON *nvbi_member(const cJSON *object, const char *key)
{
    if (!object || nvbi_kind_of(object) != NVBI_OBJECT)
        return NULL;
    for (const cJSON *child = object->child; child; child = child->next)
        if (strcmp(child->string, key) == 0)
            return child;
    return NULL;
}

size_t nvbi_count(const cJSON *container)
{
    size_t n = 0;
    for (const cJSON *child = container->child; child; child = child->next)
        n++;
    return n;
}

/* Numbers the nodes in document order: a node before its children. */
static void number_nodes(cJSON *root, int first)
{
    cJSON *open[NVBI_MAX_DEPTH + 1];
    size_t depth = 0;
    cJSON *node = root;
    for (;;) {
        node->valueint = first++;
        if (node->child) {
            open[depth++] = node;
            node = node->child;
            continue;
        }
        while (depth > 0 && !node->next)
            node = open[--depth];
        if (depth == 0 && (node == root || !node->next))
            return;
        node = node->next;
    }
}

cJSON *nvbi_tree_parse(const nvb_source_file *file, int *ordinal, nvb_diag *diag)
{
    nvb_buffer text = NVB_BUFFER_INIT;
    size_t values;
    cJSON *root = NULL;
    if (nvbi_json_scan(&text, &values, file, diag)) {
        bool fits = values <= (size_t)(INT_MAX - *ordinal);
        root = fits ? cJSON_ParseWithLength(text.s, text.n + 1) : NULL;
        if (!root)
            nvb_diag_add(diag, NVB_E901, NONE, NONE, NONE, NONE);
    }
    nvb_buffer_release(&text);
    if (root) {
        number_nodes(root, *ordinal);
        *ordinal += (int)values;
    }
    return root;
}

cJSON *nvbi_node_copy(nvbi_arena *a, const cJSON *node)
{
    cJSON *copy = nvbi_arena_alloc(a, sizeof *copy);
    if (!copy)
        return NULL;
    *copy = *node;
    copy->type &= ~NVBI_OWN;
    copy->next = copy->prev = NULL;
    return copy;
}

cJSON *nvbi_node_string(nvbi_arena *a, nvb_text name, nvb_text value, int ordinal)
{
    cJSON *node = nvbi_arena_zalloc(a, 1, sizeof *node);
    char *key = nvb_text_given(name) ? nvbi_arena_alloc(a, name.n + 1) : NULL;
    char *text = nvbi_arena_alloc(a, value.n + 1);
    if (!node || !text || (nvb_text_given(name) && !key))
        return NULL;
    if (key) {
        memcpy(key, name.s, name.n);
        key[name.n] = '\0';
    }
    if (value.n)
        memcpy(text, value.s, value.n);
    text[value.n] = '\0';
    node->type = cJSON_String;
    node->string = key;
    node->valuestring = text;
    node->valueint = ordinal;
    return node;
}

bool nvbi_node_own(nvbi_arena *a, cJSON *node)
{
    if (node->type & NVBI_OWN)
        return true;
    cJSON *first = NULL, **next = &first;
    for (const cJSON *child = node->child; child; child = child->next) {
        *next = nvbi_node_copy(a, child);
        if (!*next)
            return false;
        next = &(*next)->next;
    }
    node->child = first;
    node->type |= NVBI_OWN;
    return true;
}

/* Reads ~0 and ~1; false for any other use of ~. */
static bool unescape(nvbi_arena *a, const char *s, size_t n, nvb_text *out)
{
    char *room = nvbi_arena_alloc(a, n + 1), *p = room;
    if (!room)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s[i] != '~') {
            *p++ = s[i];
            continue;
        }
        if (++i == n || (s[i] != '0' && s[i] != '1'))
            return false;
        *p++ = s[i] == '0' ? '~' : '/';
    }
    *p = '\0';
    *out = (nvb_text){room, (size_t)(p - room)};
    return true;
}

bool nvbi_path_split(nvbi_arena *a, nvb_text path, nvbi_tokens *out)
{
    size_t n = 0;
    for (size_t i = 0; i < path.n; i++)
        n += path.s[i] == '/';
    *out = (nvbi_tokens){n ? NVBI_NEW(a, nvb_text, n) : NULL, n};
    if (path.n == 0)
        return true;
    if (path.s[0] != '/' || !out->item)
        return false;
    size_t from = 1;
    for (size_t i = 0; i < n; i++) {
        const char *slash = memchr(path.s + from, '/', path.n - from);
        size_t to = slash ? (size_t)(slash - path.s) : path.n;
        if (!unescape(a, path.s + from, to - from, &out->item[i]))
            return false;
        from = to + 1;
    }
    return true;
}

static bool is_named(const cJSON *item, nvb_text name)
{
    const cJSON *id = nvbi_member(item, "id");
    if (!id)
        id = nvbi_member(item, "code");
    return id && nvbi_kind_of(id) == NVBI_STRING && nvb_text_equal(nvbi_node_text(id), name);
}

/* A position as JSON Pointer writes it: no leading zeros. */
static bool read_position(nvb_text token, size_t *position)
{
    if (token.n == 0 || token.n > 9 || (token.n > 1 && token.s[0] == '0'))
        return false;
    *position = 0;
    for (size_t i = 0; i < token.n; i++) {
        if (token.s[i] < '0' || token.s[i] > '9')
            return false;
        *position = *position * 10 + (size_t)(token.s[i] - '0');
    }
    return true;
}

static const cJSON *item_of(const cJSON *list, nvb_text token)
{
    for (const cJSON *item = list->child; item; item = item->next)
        if (is_named(item, token))
            return item;
    size_t position;
    if (!read_position(token, &position))
        return NULL;
    const cJSON *item = list->child;
    while (item && position--)
        item = item->next;
    return item;
}

const cJSON *nvbi_child(const cJSON *container, nvb_text token)
{
    nvbi_kind kind = nvbi_kind_of(container);
    if (kind == NVBI_LIST)
        return item_of(container, token);
    if (kind != NVBI_OBJECT)
        return NULL;
    for (const cJSON *child = container->child; child; child = child->next)
        if (nvb_text_equal(nvbi_node_key(child), token))
            return child;
    return NULL;
}

nvb_text nvbi_path_join(nvbi_arena *a, nvb_text base, nvb_text token)
{
    return nvbi_arena_pointer(a, base, "/", token);
}
