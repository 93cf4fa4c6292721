/* read_rules.c: rules that more than one kind of object has. See read.h. */
#include "read.h"

#define NONE ((nvb_text){0})

bool nvbi_need_object(nvbi_reader *r,
                      const nvbi_at *of,
                      const cJSON *value,
                      const nvbi_shape *shape)
{
    if (nvbi_kind_of(value) == NVBI_OBJECT)
        return true;
    nvbi_fault_value(r, NVB_E208, of, value, nvbi_node_key(value), nvbi_shown(r->arena, value),
                     shape ? nvbi_form_of(r, shape) : NVB_TEXT("{\"naam\": ...}"));
    return false;
}

/* 'index', 'percentage', 'bedrag' */
static nvb_text quoted(nvbi_reader *r, const nvbi_row *rows, const unsigned *which, size_t n)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    for (size_t i = 0; i < n; i++) {
        nvb_buffer_str(&out, i ? ", '" : "'");
        nvb_buffer_str(&out, rows[which[i]].name);
        nvb_buffer_byte(&out, '\'');
    }
    return nvbi_take_buffer(r->arena, &out);
}

void nvbi_fault_beside(
    nvbi_reader *r, nvb_code code, const nvbi_at *at, const cJSON *child, nvb_text w1, nvb_text w2)
{
    if (nvbi_child_layer(at, child) < r->patching)
        nvbi_fault(r, code, at, w1, w2, NONE);
    else
        nvbi_fault_key(r, code, at, child, w1, w2, NONE);
}

void nvbi_refuse_both(
    nvbi_reader *r, const nvbi_at *at, uint64_t seen, const nvbi_row *rows, unsigned a, unsigned b)
{
    if (!nvbi_saw(seen, a) || !nvbi_saw(seen, b))
        return;
    const cJSON *first = nvbi_member(at->json, rows[a].name),
                *second = nvbi_member(at->json, rows[b].name);
    for (const cJSON *child = first; child; child = child->next) {
        if (child == second) {
            nvbi_fault_beside(r, NVB_E232, at, second, nvbi_str(rows[a].name),
                              nvbi_str(rows[b].name));
            return;
        }
    }
    nvbi_fault_beside(r, NVB_E232, at, first, nvbi_str(rows[b].name), nvbi_str(rows[a].name));
}

bool nvbi_one_of(nvbi_reader *r,
                 const nvbi_at *at,
                 uint64_t seen,
                 const nvbi_row *rows,
                 const unsigned *which,
                 size_t n)
{
    size_t given = 0;
    unsigned first = 0;
    for (size_t i = 0; i < n; i++) {
        if (!nvbi_saw(seen, which[i]))
            continue;
        if (given++)
            nvbi_refuse_both(r, at, seen, rows, first, which[i]);
        else
            first = which[i];
    }
    if (given == 0) {
        const nvbi_row *easiest = &rows[which[n > 2 ? 1 : 0]];
        nvb_text example = easiest->example ? nvbi_pair(r, easiest->name, easiest->example) : NONE;
        nvbi_fault(r, NVB_E231, at, quoted(r, rows, which, n), example, NONE);
    }
    return given == 1;
}

void nvbi_refuse_name(nvbi_reader *r, const nvbi_at *at, nvb_text id, const nvbi_words *reserved)
{
    nvb_buffer all = NVB_BUFFER_INIT;
    bool taken = false;
    for (size_t i = 0; i < reserved->n && nvb_text_given(id); i++)
        taken |= nvb_text_equal(id, nvbi_str(reserved->item[i]));
    if (!taken)
        return;
    for (size_t i = 0; i < reserved->n; i++) {
        nvb_buffer_str(&all, i ? ", " : "");
        nvb_buffer_str(&all, reserved->item[i]);
    }
    nvbi_fault_value(r, NVB_E229, at, nvbi_member(at->json, "id"), id, NVB_TEXT("id"),
                     nvbi_take_buffer(r->arena, &all));
}

static bool read_name(nvbi_reader *r,
                      const nvbi_at *list,
                      const cJSON *item,
                      size_t i,
                      const char *name,
                      nvb_text *out)
{
    nvb_text token = nvbi_item_token(r, item, NULL, i);
    bool is_text = nvbi_kind_of(item) == NVBI_STRING;
    *out = nvbi_node_text(item);
    if (is_text && !nvbi_is_blank(*out) && nvbi_name_fits(*out))
        return true;
    if (!is_text)
        nvbi_fault_item(r, NVB_E204, list, item, token, nvbi_str(name), nvbi_shown(r->arena, item),
                        NVB_TEXT("\"...\""));
    else
        nvbi_fault_item(r, nvbi_is_blank(*out) ? NVB_E234 : NVB_E240, list, item, token,
                        nvbi_str(name), NONE, NONE);
    return false;
}

bool nvbi_read_names(nvbi_reader *r, const nvbi_at *list, const char *name, nvb_texts *out)
{
    size_t n = nvbi_count(list->json), i = 0;
    nvb_text *items = NVBI_NEW(r->arena, nvb_text, n);
    nvbi_key_entry *sorted = NVBI_NEW(r->arena, nvbi_key_entry, n);
    const cJSON **nodes = NVBI_NEW(r->arena, const cJSON *, n);
    bool good = items && sorted && nodes;
    if (!good)
        return false;
    for (const cJSON *item = list->json->child; item; item = item->next, i++) {
        good &= read_name(r, list, item, i, name, &items[i]);
        sorted[i] = (nvbi_key_entry){items[i], i};
        nodes[i] = item;
    }
    nvbi_keys_sort(sorted, n);
    for (size_t k = 1; k < n && good; k++) {
        const nvbi_key_entry *e = &sorted[k];
        if (nvb_text_equal(sorted[k - 1].text, e->text))
            nvbi_fault_item(r, NVB_E244, list, nodes[e->number],
                            nvbi_item_token(r, nodes[e->number], NULL, e->number), e->text,
                            nvbi_str(name), NONE);
    }
    *out = (nvb_texts){items, n};
    return good;
}

void nvbi_check_ascending(
    nvbi_reader *r, nvbi_ascending *last, const cJSON *item, size_t i, const nvb_input *upper)
{
    if (!nvb_input_given(upper))
        return;
    const cJSON *node = nvbi_member(item, "tot");
    if (last->node && nvb_num_cmp(r->calc, last->value, upper->value) >= 0) {
        nvbi_at at = nvbi_at_child(r, last->list, item, nvbi_item_token(r, item, NULL, i));
        nvbi_fault_value(r, NVB_E235, &at, node, nvbi_shown(r->arena, node),
                         nvbi_shown(r->arena, last->node), NONE);
    }
    last->node = node;
    last->value = upper->value;
}
