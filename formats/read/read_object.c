/* read_object.c: objects, lists and maps by their shape. See read.h. */
#include "read.h"

#define NONE ((nvb_text){0})

nvbi_at nvbi_at_child(nvbi_reader *r, const nvbi_at *of, const cJSON *child, nvb_text token)
{
    return (nvbi_at){child, of->base, nvbi_path_join(r->arena, of->within, token),
                     nvbi_child_layer(of, child)};
}

const nvbi_row *nvbi_row_find(const nvbi_shape *shape, nvb_text name)
{
    const nvbi_row *end = shape->rows + shape->n;
    for (const nvbi_row *row = shape->rows; row < end; row++)
        if (*row->name == *name.s && strcmp(row->name, name.s) == 0)
            return row;
    return NULL;
}

static nvb_text nth_key(const void *of, size_t i)
{
    const nvbi_shape *shape = of;
    return nvbi_str(shape->rows[i].name);
}

void nvbi_unknown_key(nvbi_reader *r,
                      const nvbi_shape *shape,
                      const nvbi_at *of,
                      const cJSON *child)
{
    const char *names[64];
    size_t n = 0;
    for (; n < shape->n && n < 64; n++)
        names[n] = shape->rows[n].name;
    nvb_text key = nvbi_node_key(child);
    const char *near = nvbi_nearest(&(nvbi_words){names, n}, key);
    if (key.n > 60) { /* a message is no place for a key that long */
        key.n = 60;
        while (key.n && ((unsigned char)key.s[key.n] & 0xC0U) == 0x80)
            key.n--;
    }
    if (near)
        nvbi_fault_key(r, NVB_E201, of, child, key, nvbi_str(near), NONE);
    else
        nvbi_fault_key(r, NVB_E202, of, child, key, nvbi_list_names(r->arena, nth_key, shape, n),
                       NONE);
}

static bool is_own_key(const cJSON *child)
{
    return child->string[0] == 'x' && child->string[1] == '-';
}

static void
report_missing(nvbi_reader *r, const nvbi_shape *shape, const nvbi_at *at, uint64_t seen)
{
    for (size_t i = 0; i < shape->n; i++) {
        const nvbi_row *row = &shape->rows[i];
        bool allowed = ((row->flags & NVBI_OFFER) && r->doc->audited) ||
                       (shape == &nvbi_shape_proposal && r->doc->indices_only);
        if ((row->flags & NVBI_REQUIRED) && !allowed && !nvbi_saw(seen, (unsigned)i))
            nvbi_fault(r, NVB_E203, at, nvbi_str(row->name), nvbi_pair(r, row->name, row->example),
                       NONE);
    }
}

static void
read_later(nvbi_reader *r, const nvbi_shape *shape, const nvbi_at *at, uint64_t seen, void *target)
{
    for (size_t i = 0; i < shape->n; i++) {
        const nvbi_row *row = &shape->rows[i];
        if (!(row->flags & NVBI_LATER) || !nvbi_saw(seen, (unsigned)i))
            continue;
        const cJSON *value = nvbi_member(at->json, row->name);
        if (value && nvbi_kind_of(value) != NVBI_NULL)
            nvbi_read_value(r, row, at, value, target);
    }
}

uint64_t nvbi_read_object(nvbi_reader *r, const nvbi_shape *shape, const nvbi_at *at, void *target)
{
    uint64_t seen = 0;
    if (shape->init)
        shape->init(target);
    if (shape->path != NVBI_NO_OFFSET)
        *(nvb_text *)(void *)((char *)target + shape->path) = nvbi_path_of(r, at);
    for (const cJSON *child = at->json->child; child; child = child->next) {
        if (is_own_key(child))
            continue;
        const nvbi_row *row = nvbi_row_find(shape, nvbi_node_key(child));
        if (!row) {
            nvbi_unknown_key(r, shape, at, child);
            continue;
        }
        seen |= (uint64_t)1 << (row - shape->rows);
        if (nvbi_kind_of(child) == NVBI_NULL)
            nvbi_fault_value(r, NVB_E230, at, child, nvbi_str(row->name), NONE, NONE);
        else if (!(row->flags & NVBI_LATER))
            nvbi_read_value(r, row, at, child, target);
    }
    read_later(r, shape, at, seen, target);
    report_missing(r, shape, at, seen);
    if (shape->after)
        shape->after(r, at, seen, target);
    return seen;
}

nvb_text nvbi_item_token(nvbi_reader *r, const cJSON *item, const char *id_key, size_t i)
{
    const cJSON *id = id_key ? nvbi_member(item, id_key) : NULL;
    if (id && nvbi_kind_of(id) == NVBI_STRING) {
        nvb_text name = nvbi_node_text(id);
        if (!nvbi_is_blank(name) && nvbi_name_fits(name))
            return name;
    }
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_buffer_uint(&out, i);
    return nvbi_take_buffer(r->arena, &out);
}

/* Reports each id that an earlier item of the list has too. */
static void report_doubles(
    nvbi_reader *r, const nvbi_shape *shape, const nvbi_at *list, nvbi_key_entry *ids, size_t n)
{
    if (n < 2)
        return;
    const cJSON **nodes = NVBI_NEW(r->arena, const cJSON *, n);
    if (!nodes)
        return;
    size_t i = 0;
    for (const cJSON *item = list->json->child; item && i < n; item = item->next) {
        const cJSON *id = nvbi_member(item, shape->id_key);
        if (id && nvbi_kind_of(id) == NVBI_STRING) {
            ids[i] = (nvbi_key_entry){nvbi_node_text(id), i};
            nodes[i++] = item;
        }
    }
    nvbi_keys_sort(ids, i);
    for (size_t k = 1; k < i; k++) {
        if (!nvb_text_equal(ids[k - 1].text, ids[k].text) || nvbi_is_blank(ids[k].text))
            continue;
        nvbi_at item = nvbi_at_child(r, list, nodes[ids[k].number], ids[k].text);
        nvbi_fault_value(r, NVB_E228, &item, nvbi_member(item.json, shape->id_key),
                         nvbi_str(shape->id_key), ids[k].text, NONE);
    }
}

void nvbi_read_list(
    nvbi_reader *r, const nvbi_shape *shape, const nvbi_at *at, const void **items, size_t *n)
{
    size_t count = nvbi_count(at->json), i = 0, position = 0;
    char *target = nvbi_arena_zalloc(r->arena, count, shape->size);
    if (!target)
        return;
    for (const cJSON *item = at->json->child; item; item = item->next, position++) {
        nvb_text token = nvbi_item_token(r, item, shape->id_key, position);
        if (nvbi_kind_of(item) != NVBI_OBJECT) {
            nvb_text name = nvbi_node_key(at->json);
            nvbi_fault_item(r, NVB_E208, at, item, token, name, nvbi_shown(r->arena, item),
                            nvbi_form_of(r, shape));
            continue;
        }
        nvbi_at place = nvbi_at_child(r, at, item, token);
        nvbi_read_object(r, shape, &place, target + i++ * shape->size);
    }
    *items = target;
    *n = i;
    if (shape->id_key) {
        nvbi_key_entry *ids = NVBI_NEW(r->arena, nvbi_key_entry, count);
        if (ids)
            report_doubles(r, shape, at, ids, count);
    }
}

/* The key of a map is an id; false when it cannot be one. */
static bool good_name(nvbi_reader *r, const nvbi_at *at, const cJSON *child)
{
    nvb_text key = nvbi_node_key(child);
    if (nvbi_is_blank(key))
        nvbi_fault_key(r, NVB_E234, at, child, nvbi_node_key(at->json), NONE, NONE);
    else if (!nvbi_name_fits(key))
        nvbi_fault(r, NVB_E240, at, nvbi_node_key(at->json), NONE, NONE);
    else
        return true;
    return false;
}

void nvbi_read_map(
    nvbi_reader *r, const nvbi_shape *shape, const nvbi_at *at, const void **items, size_t *n)
{
    size_t count = nvbi_count(at->json), i = 0;
    char *target = nvbi_arena_zalloc(r->arena, count, shape->size);
    if (!target)
        return;
    *items = target;
    for (const cJSON *child = at->json->child; child; child = child->next) {
        if (is_own_key(child) || !good_name(r, at, child))
            continue;
        nvb_text id = nvbi_node_key(child);
        nvbi_kind kind = nvbi_kind_of(child);
        if (kind != NVBI_OBJECT) {
            nvb_code code = kind == NVBI_NULL ? NVB_E230 : NVB_E208;
            nvbi_fault_value(r, code, at, child, id, nvbi_shown(r->arena, child),
                             nvbi_form_of(r, shape));
            continue;
        }
        char *item = target + i++ * shape->size;
        nvbi_at place = nvbi_at_child(r, at, child, id);
        if (shape->id != NVBI_NO_OFFSET)
            *(nvb_text *)(void *)(item + shape->id) = id;
        nvbi_read_object(r, shape, &place, item);
        *n = i;
    }
}
