/*
 * read_steps.c: the layers of steps: shared, group, line. See read.h, and decision 4 on documents.
 *
 * A step that no later layer changes is read once, however many lines take it: lines then share the
 * very structure, and lines that add and drop nothing share the whole list. A changed step is read
 * from the merged JSON, whose nodes know which layer wrote them, so that each number keeps the
 * place where it stands.
 */
#include "read.h"

#define NONE ((nvb_text){0})

/* `earlier`: the step before this layer changed it; NULL when it is new. */
static void parse(nvbi_reader *r, nvbi_layered *l, const nvb_step *earlier)
{
    nvb_step *s = NVBI_NEW(r->arena, nvb_step, 1);
    if (!s)
        return;
    nvbi_at at = {l->json, l->base, NVB_TEXT(""), nvbi_layer_of(l->json)};
    r->patching = at.layer;
    r->earlier = earlier;
    nvbi_read_object(r, &nvbi_shape_step, &at, s);
    r->patching = 0;
    r->earlier = NULL;
    s->path = l->base[0];
    l->step = s;
    r->work++;
}

/* A key that a patch removes leaves no trace in the merged step, so a slip in its name would go
 * unseen. */
static void check_removed_keys(nvbi_reader *r, const nvbi_at *patch)
{
    for (const cJSON *child = patch->json->child; child; child = child->next) {
        bool own = child->string[0] == 'x' && child->string[1] == '-';
        if (!own && nvbi_kind_of(child) == NVBI_NULL &&
            !nvbi_row_find(&nvbi_shape_step, nvbi_node_key(child)))
            nvbi_unknown_key(r, &nvbi_shape_step, patch, child);
    }
}

/* The steps one layer adds, with what is needed to see doubles. */
typedef struct layer_items {
    const nvbi_at *list;
    unsigned layer;
    const cJSON **node;
    nvb_text *id; /* s == NULL: none, or one that was there already */
    size_t n;
} layer_items;

static bool collect(nvbi_reader *r, const nvbi_at *list, unsigned layer, layer_items *out)
{
    size_t n = list ? nvbi_count(list->json) : 0, i = 0, position = 0;
    *out = (layer_items){.list = list, .layer = layer};
    if (n == 0)
        return true;
    out->node = NVBI_NEW(r->arena, const cJSON *, n);
    out->id = NVBI_NEW(r->arena, nvb_text, n);
    nvbi_key_entry *sorted = NVBI_NEW(r->arena, nvbi_key_entry, n);
    if (!out->node || !out->id || !sorted)
        return false;
    for (const cJSON *item = list->json->child; item; item = item->next, position++) {
        if (nvbi_kind_of(item) != NVBI_OBJECT) {
            nvbi_fault_item(r, NVB_E208, list, item, nvbi_item_token(r, item, NULL, position),
                            NVB_TEXT("stappen"), nvbi_shown(r->arena, item),
                            NVB_TEXT("{\"id\": ...}"));
            continue;
        }
        const cJSON *id = nvbi_member(item, "id");
        if (id && nvbi_kind_of(id) == NVBI_STRING)
            out->id[i] = nvbi_node_text(id);
        sorted[i] = (nvbi_key_entry){out->id[i], i};
        out->node[i++] = item;
    }
    out->n = i;
    nvbi_keys_sort(sorted, i);
    for (size_t k = 1; k < i; k++) {
        nvb_text id = sorted[k].text;
        if (id.n == 0 || !nvb_text_equal(sorted[k - 1].text, id))
            continue;
        nvbi_at at = nvbi_at_child(r, list, out->node[sorted[k].number], id);
        nvbi_fault_value(r, NVB_E228, &at, nvbi_member(at.json, "id"), NVB_TEXT("id"), id, NONE);
        out->id[sorted[k].number] = NONE;
    }
    return true;
}

/* A step without a `soort` that no earlier layer has: most likely its id was meant to be another.
 */
static bool misses_its_step(nvbi_reader *r, const nvbi_at *at, nvb_text id, const nvbi_steps *under)
{
    enum { COMPARED = 64 };
    const char *names[COMPARED];
    size_t n = under->n < COMPARED ? under->n : COMPARED;
    if (!nvb_text_given(id) || nvbi_member(at->json, "soort"))
        return false;
    for (size_t i = 0; i < n; i++)
        names[i] = under->steps[i]->id.s ? under->steps[i]->id.s : "";
    const char *near = nvbi_nearest(&(nvbi_words){names, n}, id);
    if (near)
        nvbi_fault_value(r, NVB_E247, at, nvbi_member(at->json, "id"), id, nvbi_str(near), NONE);
    return near != NULL;
}

/* One step of a layer: a patch onto the step it changes, or (`changed` NULL) a step of its own. */
static nvbi_layered read_item(nvbi_reader *r,
                              const layer_items *own,
                              size_t i,
                              const nvbi_layered *changed,
                              const nvbi_steps *under)
{
    const cJSON *node = own->node[i];
    nvbi_at at = nvbi_at_child(r, own->list, node, nvbi_item_token(r, node, "id", i));
    nvb_text path = nvbi_path_of(r, &at);
    if (!changed) {
        nvbi_layered l = {.id = own->id[i], .json = node};
        l.base[0] = l.base[1] = l.base[2] = path;
        if (!misses_its_step(r, &at, l.id, under))
            parse(r, &l, NULL);
        return l;
    }
    nvbi_layered l = *changed;
    check_removed_keys(r, &at);
    l.json = nvbi_merge(r->arena, changed->json, node, own->layer);
    l.base[own->layer] = path;
    if (l.json)
        parse(r, &l, changed->step);
    return l;
}

/* Puts the ids in order, for the layers that come after. */
static void sort_ids(nvbi_reader *r, nvbi_steps *out)
{
    out->sorted = NVBI_NEW(r->arena, nvbi_key_entry, out->n);
    if (!out->sorted) {
        out->n = 0;
        return;
    }
    for (size_t i = 0; i < out->n; i++)
        out->sorted[i] = (nvbi_key_entry){out->item[i].id, i};
    nvbi_keys_sort(out->sorted, out->n);
}

/* What of the steps underneath stays, in their order; *place tells where (NULL: where it was). */
static void copy_under(
    nvbi_reader *r, const nvbi_steps *under, const bool *dropped, nvbi_steps *out, size_t **place)
{
    *place = dropped ? NVBI_NEW(r->arena, size_t, under->n) : NULL;
    if (dropped && !*place)
        return;
    for (size_t i = 0; i < under->n; i++) {
        if (dropped)
            (*place)[i] = dropped[i] ? SIZE_MAX : out->n;
        if (dropped && dropped[i])
            continue;
        if (out->item)
            out->item[out->n] = under->item[i];
        out->steps[out->n++] = under->steps[i];
    }
    r->work += under->n;
}

/* The steps underneath with a layer laid over them. Only layers that get another one over them keep
 * more than the steps. */
static void overlay(nvbi_reader *r,
                    const nvbi_steps *under,
                    const bool *dropped,
                    const nvbi_at *list,
                    unsigned layer,
                    nvbi_steps *out)
{
    layer_items own;
    bool last = layer == NVBI_LAYERS - 1;
    size_t *place;
    if (!collect(r, list, layer, &own))
        return;
    *out = (nvbi_steps){
        .item = last ? NULL : NVBI_NEW(r->arena, nvbi_layered, under->n + own.n),
        .steps = NVBI_NEW(r->arena, const nvb_step *, under->n + own.n),
    };
    if (!out->steps || (!last && !out->item))
        return;
    copy_under(r, under, dropped, out, &place);
    for (size_t i = 0; i < own.n; i++) {
        const nvbi_key_entry *found =
            own.id[i].s && under->n ? nvbi_keys_find(under->sorted, under->n, own.id[i]) : NULL;
        size_t at = !found ? SIZE_MAX : place ? place[found->number] : found->number;
        nvbi_layered l =
            read_item(r, &own, i, at == SIZE_MAX ? NULL : &under->item[found->number], under);
        if (!l.step)
            continue;
        at = at == SIZE_MAX ? out->n++ : at;
        out->steps[at] = l.step;
        if (out->item)
            out->item[at] = l;
    }
    if (!last)
        sort_ids(r, out);
}

/* False, and a problem, when the value is not a list. */
static bool need_list(nvbi_reader *r, const nvbi_at *of, const cJSON *value, nvb_text advice)
{
    if (nvbi_kind_of(value) == NVBI_LIST)
        return true;
    nvbi_fault_value(r, NVB_E209, of, value, nvbi_node_key(value), nvbi_shown(r->arena, value),
                     advice);
    return false;
}

static void check_count(nvbi_reader *r, const nvbi_at *of, size_t n)
{
    if (n <= NVBI_MAX_STEPS)
        return;
    nvb_buffer count = NVB_BUFFER_INIT;
    nvb_buffer_uint(&count, n);
    nvbi_fault(r, NVB_E241, of, nvbi_take_buffer(r->arena, &count), NVB_TEXT("1000"), NONE);
}

void nvbi_read_shared_steps(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    static const nvbi_steps nothing;
    (void)target;
    if (!need_list(r, of, value, NVB_TEXT("[{\"id\": ...}]")))
        return;
    nvbi_at list = nvbi_at_child(r, of, value, nvbi_node_key(value));
    overlay(r, &nothing, NULL, &list, 0, &r->shared);
    check_count(r, &list, r->shared.n);
}

/* The value of a key that is there and not null. */
static const cJSON *given(const nvbi_at *of, const char *key)
{
    const cJSON *value = nvbi_member(of->json, key);
    return value && nvbi_kind_of(value) != NVBI_NULL ? value : NULL;
}

static void finish_group(nvbi_reader *r, const nvbi_at *at, uint64_t seen, void *target)
{
    const cJSON *value = given(at, "stappen");
    nvbi_steps *out = &r->groups[r->groups_read++];
    (void)seen;
    (void)target;
    *out = r->shared;
    if (!value || !need_list(r, at, value, NVB_TEXT("[{\"id\": ...}]")) || r->work > NVBI_MAX_WORK)
        return;
    nvbi_at list = nvbi_at_child(r, at, value, nvbi_node_key(value));
    overlay(r, &r->shared, NULL, &list, 1, out);
    check_count(r, &list, out->n);
}

static const nvbi_row group_rows[] = {
    NVBI_PLAIN("omschrijving", NVBI_V_WORDS, 0, offsetof(nvb_group, description)),
    NVBI_PLAIN("stappen", NVBI_V_KEPT, 0, 0),
};

static const nvbi_shape group_shape = {
    NVBI_ROWS(group_rows),
    sizeof(nvb_group),
    NULL,
    offsetof(nvb_group, id),
    offsetof(nvb_group, path),
    NULL,
    finish_group,
};

void nvbi_read_groups(nvbi_reader *r, const nvbi_at *of, const cJSON *value, void *target)
{
    nvb_proposal *p = target;
    if (!nvbi_need_object(r, of, value, NULL))
        return;
    nvbi_at map = nvbi_at_child(r, of, value, nvbi_node_key(value));
    size_t count = nvbi_count(value);
    const void *items = NULL;
    r->groups = NVBI_NEW(r->arena, nvbi_steps, count);
    r->group_ids = NVBI_NEW(r->arena, nvbi_key_entry, count);
    if (!r->groups || !r->group_ids)
        return;
    nvbi_read_map(r, &group_shape, &map, &items, &p->n_groups);
    p->groups = items;
    for (size_t i = 0; i < p->n_groups; i++)
        r->group_ids[i] = (nvbi_key_entry){p->groups[i].id, i};
    nvbi_keys_sort(r->group_ids, p->n_groups);
}

static nvb_text nth_step(const void *of, size_t i)
{
    return ((const nvbi_steps *)of)->item[i].id;
}

/* Which of the steps underneath a line drops; NULL when it drops none. `known`: all of them are
 * known here. */
static bool *read_without(nvbi_reader *r, const nvbi_at *line, const nvbi_steps *under, bool known)
{
    const cJSON *value = given(line, "zonder");
    bool *dropped = value ? NVBI_NEW(r->arena, bool, under->n + 1) : NULL;
    if (!dropped)
        return NULL;
    if (nvbi_kind_of(value) == NVBI_STRING &&
        nvb_text_equal(nvbi_node_text(value), NVB_TEXT("alle"))) {
        memset(dropped, 1, under->n);
        return dropped;
    }
    nvb_texts names = {0};
    if (!need_list(r, line, value, NVB_TEXT("[\"...\"]")))
        return NULL;
    nvbi_at list = nvbi_at_child(r, line, value, nvbi_node_key(value));
    if (!nvbi_read_names(r, &list, "zonder", &names))
        return NULL;
    size_t i = 0;
    for (const cJSON *item = value->child; item; item = item->next, i++) {
        const nvbi_key_entry *e =
            under->n ? nvbi_keys_find(under->sorted, under->n, names.items[i]) : NULL;
        if (e)
            dropped[e->number] = true;
        else if (known)
            nvbi_fault_item(r, NVB_E243, &list, item, nvbi_item_token(r, item, NULL, i),
                            names.items[i], nvbi_list_names(r->arena, nth_step, under, under->n),
                            NONE);
    }
    return names.n ? dropped : NULL;
}

/* Reports once that there is too much work in all, and says whether there is. */
static bool too_much(nvbi_reader *r, const nvbi_at *at)
{
    if (r->work <= NVBI_MAX_WORK)
        return false;
    if (!r->too_much)
        nvbi_fault(r, NVB_E242, at, NVB_TEXT("5000000"), NONE, NONE);
    r->too_much = true;
    return true;
}

void nvbi_line_steps(nvbi_reader *r, const nvbi_at *line, nvb_text group, nvb_buildup *out)
{
    const nvbi_steps *under = &r->shared;
    bool known = true;
    if (nvb_text_given(group)) {
        const nvbi_key_entry *e = nvbi_keys_find(r->group_ids, r->p->n_groups, group);
        known = e != NULL;
        under = e ? &r->groups[e->number] : under;
    }
    r->work++;
    if (too_much(r, line))
        return;
    const bool *dropped = read_without(r, line, under, known);
    const cJSON *own = given(line, "stappen");
    if (own && !need_list(r, line, own, NVB_TEXT("[{\"id\": ...}]")))
        own = NULL;
    if (!own && !dropped) {
        out->steps = under->steps;
        out->n_steps = under->n;
        r->work += under->n;
        return;
    }
    nvbi_at list = own ? nvbi_at_child(r, line, own, nvbi_node_key(own)) : *line;
    nvbi_steps all = {0};
    overlay(r, under, dropped, own ? &list : NULL, 2, &all);
    check_count(r, &list, all.n);
    out->steps = all.steps;
    out->n_steps = all.n;
}

void nvbi_own_steps(nvbi_reader *r, const nvbi_at *at, nvb_buildup *out)
{
    static const nvbi_steps nothing;
    const cJSON *own = given(at, "stappen");
    if (!own || !need_list(r, at, own, NVB_TEXT("[{\"id\": ...}]")) || too_much(r, at))
        return;
    nvbi_at list = nvbi_at_child(r, at, own, nvbi_node_key(own));
    nvbi_steps all = {0};
    overlay(r, &nothing, NULL, &list, 2, &all);
    check_count(r, &list, all.n);
    out->steps = all.steps;
    out->n_steps = all.n;
}

const nvb_fact *nvbi_fact_find(nvbi_reader *r, nvb_text id)
{
    size_t n = r->p->n_facts;
    if (n && !r->fact_ids) {
        r->fact_ids = NVBI_NEW(r->arena, nvbi_key_entry, n);
        if (!r->fact_ids)
            return NULL;
        for (size_t i = 0; i < n; i++)
            r->fact_ids[i] = (nvbi_key_entry){r->p->facts[i].id, i};
        nvbi_keys_sort(r->fact_ids, n);
    }
    const nvbi_key_entry *e = nvbi_keys_find(r->fact_ids, n, id);
    return e ? &r->p->facts[e->number] : NULL;
}
