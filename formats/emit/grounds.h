/*
 * grounds.h: what a figure leans on: where it was computed from, why, and by which source.
 *
 *     nvbi_origins o;
 *     nvbi_origins_init(&o, breakdown);
 *     nvbi_origins_find(&o, figure);
 *     for (size_t i = 0; i < o.n; i++)
 *         use(o.items[i].path);
 *     nvbi_origins_release(&o);
 *
 * The JSON and the card of one figure take these from here, so that they agree. It writes nothing.
 */
#ifndef NVB_FORMATS_GROUNDS_H
#define NVB_FORMATS_GROUNDS_H

#include "navolgbaar/breakdown.h"

/* One thing a figure was computed from: a figure, or an input at its place in the proposal. */
typedef struct nvbi_origin {
    nvb_text path;
    const char *suffix;       /* comes after the path; "" nearly always */
    const nvb_figure *figure; /* NULL: an input */
    const nvb_term *term;     /* the operand it stands for; NULL where it only chose */
    const nvb_fact *fact;     /* NULL unless it is a fact about the provider */
    const nvb_input *input;   /* NULL unless no operand shows it: it chose, or lies behind one */
    nvb_unit unit;            /* of `input` */
} nvbi_origin;

/* What the figure last asked for came from, in the order of its terms, each path once. */
typedef struct nvbi_origins {
    nvb_breakdown *breakdown;
    nvbi_origin *items;
    size_t n, room;
    size_t n_inputs; /* of the items */
    uint32_t search; /* counts the figures asked for */
    uint32_t *seen;  /* per figure: the last search that found it */
    size_t *slots;   /* a table of the inputs, once they are many: item number plus 1 */
    size_t n_slots;
    bool failed; /* memory is out: items may lack some */
} nvbi_origins;

void nvbi_origins_init(nvbi_origins *o, nvb_breakdown *b);
void nvbi_origins_release(nvbi_origins *o);
void nvbi_origins_find(nvbi_origins *o, const nvb_figure *f);

/* The rest is absent (s == NULL, NULL, NVB_CATEGORY_COUNT) where it does not apply to a figure. */
nvb_text nvbi_figure_reason(const nvb_figure *f);
nvb_category nvbi_figure_category(const nvb_figure *f);
nvb_text nvbi_figure_source(const nvb_figure *f); /* id in bronnen */
const nvb_condition *nvbi_figure_condition(const nvb_figure *f);

#endif
