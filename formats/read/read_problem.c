/* read_problem.c: how the reader says what is wrong: paths, what was found, what was probably
 * meant. See read.h. */
#include "read.h"

enum { SHOWN = 40, NAMES = 12, LONGEST_GUESS = 48 };

unsigned nvbi_child_layer(const nvbi_at *of, const cJSON *child)
{
    return of->json->type & NVBI_MIXED ? nvbi_layer_of(child) : of->layer;
}

static nvb_text join(nvbi_reader *r, nvb_text base, nvb_text within)
{
    if (within.n == 0)
        return base;
    char *room = nvbi_arena_alloc(r->arena, base.n + within.n + 1);
    if (!room)
        return NVB_TEXT("");
    memcpy(room, base.s, base.n);
    memcpy(room + base.n, within.s, within.n);
    room[base.n + within.n] = '\0';
    return (nvb_text){room, base.n + within.n};
}

nvb_text nvbi_path_of(nvbi_reader *r, const nvbi_at *at)
{
    return join(r, at->base[at->layer], at->within);
}

nvb_text nvbi_path_below(nvbi_reader *r, const nvbi_at *at, const cJSON *child, nvb_text token)
{
    return nvbi_path_join(r->arena, join(r, at->base[nvbi_child_layer(at, child)], at->within),
                          token);
}

/* A step that many lines change would else repeat the problems of its earlier layer for each of
 * them. */
static bool said_before(const nvbi_reader *r, nvb_code code, nvb_text path)
{
    for (size_t i = 0; i < nvb_diag_kept(r->diag); i++) {
        const nvb_problem *p = nvb_diag_at(r->diag, i);
        if (p->code == code && nvb_text_equal(p->path, path))
            return true;
    }
    return false;
}

static void fault(nvbi_reader *r,
                  nvb_code code,
                  const cJSON *node,
                  unsigned layer,
                  bool at_key,
                  nvb_text path,
                  const nvb_text word[NVB_PROBLEM_WORDS])
{
    if (layer < r->patching && said_before(r, code, path))
        return;
    nvbi_document_problem(r->doc, r->diag, code, node, at_key, path, word[0], word[1], word[2]);
}

void nvbi_fault(
    nvbi_reader *r, nvb_code code, const nvbi_at *at, nvb_text w1, nvb_text w2, nvb_text w3)
{
    fault(r, code, at->json, at->layer, false, nvbi_path_of(r, at), (const nvb_text[]){w1, w2, w3});
}

void nvbi_fault_value(nvbi_reader *r,
                      nvb_code code,
                      const nvbi_at *of,
                      const cJSON *child,
                      nvb_text w1,
                      nvb_text w2,
                      nvb_text w3)
{
    nvbi_fault_item(r, code, of, child, nvbi_node_key(child), w1, w2, w3);
}

void nvbi_fault_key(nvbi_reader *r,
                    nvb_code code,
                    const nvbi_at *of,
                    const cJSON *child,
                    nvb_text w1,
                    nvb_text w2,
                    nvb_text w3)
{
    nvb_text path = nvbi_path_below(r, of, child, nvbi_node_key(child));
    fault(r, code, child, nvbi_child_layer(of, child), true, path, (const nvb_text[]){w1, w2, w3});
}

void nvbi_fault_item(nvbi_reader *r,
                     nvb_code code,
                     const nvbi_at *list,
                     const cJSON *item,
                     nvb_text token,
                     nvb_text w1,
                     nvb_text w2,
                     nvb_text w3)
{
    nvb_text path = nvbi_path_below(r, list, item, token);
    fault(r, code, item, nvbi_child_layer(list, item), false, path, (const nvb_text[]){w1, w2, w3});
}

/* At most `most` bytes of a text, not through a character. */
static size_t cut(nvb_text t, size_t most)
{
    if (t.n <= most)
        return t.n;
    while (most > 0 && ((unsigned char)t.s[most] & 0xC0U) == 0x80)
        most--;
    return most;
}

nvb_text nvbi_take_buffer(nvbi_arena *a, nvb_buffer *b)
{
    nvb_text t = b->n ? nvbi_arena_text(a, b->s, b->n) : (nvb_text){0};
    a->failed |= b->failed;
    nvb_buffer_release(b);
    return t;
}

nvb_text nvbi_shown(nvbi_arena *a, const cJSON *node)
{
    nvbi_kind kind = nvbi_kind_of(node);
    if (kind == NVBI_NULL)
        return NVB_TEXT("null");
    if (kind == NVBI_BOOL)
        return node->type & cJSON_True ? NVB_TEXT("true") : NVB_TEXT("false");
    if (kind == NVBI_OBJECT)
        return node->child ? NVB_TEXT("{\u2026}") : NVB_TEXT("{}");
    if (kind == NVBI_LIST)
        return node->child ? NVB_TEXT("[\u2026]") : NVB_TEXT("[]");
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_text t = nvbi_node_text(node);
    size_t n = cut(t, SHOWN);
    if (kind == NVBI_STRING)
        nvb_buffer_byte(&out, '"');
    nvb_buffer_bytes(&out, t.s, n);
    if (n < t.n)
        nvb_buffer_str(&out, "\u2026");
    if (kind == NVBI_STRING)
        nvb_buffer_byte(&out, '"');
    return nvbi_take_buffer(a, &out);
}

nvb_text nvbi_list_names(nvbi_arena *a, nvbi_nth_name name, const void *of, size_t n)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    for (size_t i = 0; i < n && i < NAMES; i++) {
        nvb_text t = name(of, i);
        if (i)
            nvb_buffer_str(&out, ", ");
        nvb_buffer_bytes(&out, t.s, cut(t, SHOWN));
    }
    if (n > NAMES)
        nvb_buffer_str(&out, ", \u2026");
    return nvbi_take_buffer(a, &out);
}

nvb_text nvbi_list_children(nvbi_arena *a, const cJSON *container)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    size_t i = 0;
    bool in_list = nvbi_kind_of(container) == NVBI_LIST;
    for (const cJSON *child = container->child; child && i <= NAMES; child = child->next, i++) {
        const cJSON *id = in_list ? nvbi_member(child, "id") : NULL;
        if (in_list && !id)
            id = nvbi_member(child, "code");
        nvb_text t = !in_list ? nvbi_node_key(child) : id ? nvbi_node_text(id) : (nvb_text){0};
        if (i)
            nvb_buffer_str(&out, ", ");
        if (i == NAMES)
            nvb_buffer_str(&out, "\u2026");
        else if (t.s)
            nvb_buffer_bytes(&out, t.s, cut(t, SHOWN));
        else
            nvb_buffer_uint(&out, i);
    }
    return nvbi_take_buffer(a, &out);
}

nvb_text nvbi_pair(nvbi_reader *r, const char *key, const char *example)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_buffer_byte(&out, '"');
    nvb_buffer_str(&out, key);
    nvb_buffer_str(&out, "\": ");
    nvb_buffer_str(&out, example ? example : "\"...\"");
    return nvbi_take_buffer(r->arena, &out);
}

nvb_text nvbi_form_of(nvbi_reader *r, const nvbi_shape *shape)
{
    nvb_buffer out = NVB_BUFFER_INIT;
    nvb_buffer_byte(&out, '{');
    for (int required = 1; required >= 0 && out.n == 1; required--) {
        for (size_t i = 0; i < shape->n && (required || out.n == 1); i++) {
            const nvbi_row *row = &shape->rows[i];
            if (!row->name || !row->example || (required && !(row->flags & NVBI_REQUIRED)))
                continue;
            nvb_buffer_str(&out, out.n > 1 ? ", " : "");
            nvb_buffer_text(&out, nvbi_pair(r, row->name, row->example));
        }
    }
    nvb_buffer_str(&out, out.n > 1 ? "}" : "\"...\": ...}");
    return nvbi_take_buffer(r->arena, &out);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Edits between two short texts, letters of either case being equal and two swapped neighbours one
 * edit. */
static unsigned distance(nvb_text a, nvb_text b)
{
    unsigned row[3][LONGEST_GUESS + 1];
    for (unsigned j = 0; j <= b.n; j++)
        row[0][j] = j;
    for (unsigned i = 1; i <= a.n; i++) {
        unsigned *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (unsigned j = 1; j <= b.n; j++) {
            char x = lower(a.s[i - 1]), y = lower(b.s[j - 1]);
            now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == lower(b.s[j - 2]) && lower(a.s[i - 2]) == y)
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return row[a.n % 3][b.n];
}

const char *nvbi_nearest(const nvbi_words *words, nvb_text text)
{
    if (text.n == 0 || text.n > LONGEST_GUESS)
        return NULL;
    const char *best = NULL;
    unsigned best_distance = text.n < 6 ? 2 : 3; /* one edit in a short word, two in a long one */
    for (size_t i = 0; i < words->n; i++) {
        nvb_text word = nvbi_str(words->item[i]);
        if (word.n > LONGEST_GUESS || word.n > text.n + 2 || text.n > word.n + 2)
            continue;
        unsigned d = distance(text, word);
        if (d < best_distance) {
            best_distance = d;
            best = words->item[i];
        }
    }
    return best;
}
