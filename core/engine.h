/*
 * engine.h: what the parts of the engine share while a breakdown is being built. Internal to core.
 *
 * The way: engine.c walks the proposal; engine_index.c works out indices; engine_price.c takes one
 * build-up from base to amount (a line, or a ceiling); engine_step.c takes one step;
 * engine_volume.c does volume and turnover; engine_total.c groups, ceilings, effective tariffs and
 * totals. All build with figures.c, which knows none of them.
 */
#ifndef NVB_CORE_ENGINE_H
#define NVB_CORE_ENGINE_H

#include "arena.h"
#include "names.h"
#include "navolgbaar/breakdown.h"

enum { NVBI_FEW_NAMES = 8 }; /* a step that names more others than this is worth a table */

enum { NVBI_CHUNK = 256 }; /* figures per chunk: they never move, so a pointer to one stays good */

struct nvb_breakdown {
    const nvb_proposal *proposal;
    nvb_calc *calc;
    nvbi_arena arena;
    bool bare;
    nvbi_arena formulas; /* of a bare breakdown: terms of the line under way, soon forgotten */
    nvb_figure **chunks;
    size_t n_chunks, room_chunks;
    uint32_t n;
    nvb_line_figures *lines;
    uint32_t *cuts, *ceiling_amounts, *indices, *groups;
    uint32_t total_before, total;
    nvbi_names paths;    /* built on the first find */
    uint32_t *use_start; /* built on the first uses: n + 1 offsets into `uses` */
    uint32_t *uses;
};

/* An index worked out: all as fractions (0.063), with the numbers of their figures. Figures that do
 * not exist: NVB_NO_FIGURE. */
typedef struct nvbi_index_part {
    nvb_num weight, after, provisional, combined, weighted;
    uint32_t after_figure, combined_figure, weighted_figure;
} nvbi_index_part;

typedef struct nvbi_index_work {
    const nvb_index *index;
    nvbi_index_part *parts; /* one per component */
    nvb_num total;
    uint32_t figure;
} nvbi_index_work;

typedef struct nvbi_engine {
    const nvb_proposal *p;
    nvb_breakdown *b;
    nvb_calc *calc;
    nvb_diag *diag;
    nvbi_index_work *indices;
    nvbi_names index_names, line_names, group_names, fact_names;
    bool failed; /* an error was added to diag, or memory is out */
} nvbi_engine;

/* A build-up under way: where it stands, and the figures it stands on. */
typedef struct nvbi_build {
    const nvb_buildup *plan;
    const nvb_line *line; /* one of these two */
    const nvb_ceiling *ceiling;
    nvb_text path;
    uint32_t *figures; /* basis, then every step: the first k of them make up a stand */
    nvb_num *values;   /* of those figures */
    uint32_t n;
    nvb_num stand;
    nvb_num indexed; /* stand just after the last index step so far */
    uint32_t n_indexed;
    nvbi_names ids; /* of the steps so far; kept only where a step names many others */
} nvbi_build;

/* What a build-up came to. */
typedef struct nvbi_built {
    uint32_t basis, limit, unrounded, rounding, amount;
    uint32_t *steps;
} nvbi_built;

/* The value of a figure; zero where there is none. */
static inline nvb_num nvbi_value_of(const nvb_breakdown *b, uint32_t figure)
{
    return figure == NVB_NO_FIGURE ? nvb_num_int(0) : nvb_breakdown_at(b, figure)->value;
}

/* --- breakdown.c --- */

/* Forgets all figures, keeping the memory. */
void nvbi_breakdown_clear(nvb_breakdown *b);

/* A step under way. */
typedef struct nvbi_step_work {
    nvbi_build *s;
    const nvb_step *step;
    const nvbi_index_work *index; /* NULL unless the step takes an index */
    nvb_num *weights;             /* per component of the index */
    nvb_num rate;                 /* fraction; or the amount */
    nvb_term rate_term;
    bool by_amount, no_base;
    const nvb_tread *tread;
    nvb_num over;   /* what the percentage is taken of */
    nvb_num raw;    /* signed, share included, before rounding */
    nvb_num figure; /* what the stand changes by */
} nvbi_step_work;

/* --- figures.c --- */

/* Makes room for the next chunk of figures; false when memory is out. */
bool nvbi_figures_room(nvb_breakdown *b);
/* Adds an empty figure under path + suffix (+ "/" + a name already escaped, when given). */
nvb_figure *nvbi_figure_add(nvbi_engine *e,
                            nvb_figure_kind kind,
                            nvb_unit unit,
                            nvb_text path,
                            const char *suffix,
                            nvb_text last);
static inline nvb_figure *nvbi_figure_at(const nvb_breakdown *b, uint32_t i)
{
    return &b->chunks[i / NVBI_CHUNK][i % NVBI_CHUNK];
}
/* Room for the terms of a figure; never NULL (a failed engine gives a scrap of its own). */
nvb_term *nvbi_terms(nvbi_engine *e, nvb_figure *f, size_t n);
/* The last part of a path, escaped as it stands there. */
nvb_text nvbi_path_last(nvb_text path);
/* Notes an arithmetic error of the calc, if any, as a problem at `path`. */
void nvbi_engine_watch(nvbi_engine *e, nvb_text path);
/* Rounds `before` and notes it on the figure; returns the rounded value. Percent figures: both in
 * percent. */
nvb_num nvbi_figure_round(nvbi_engine *e,
                          nvb_figure *f,
                          nvb_num before,
                          unsigned decimals,
                          nvb_mode mode,
                          nvb_rounded_what what);
/* A claim against what follows: adds E509 when they differ. Percent: both as fractions. */
void nvbi_claim(nvbi_engine *e, const nvb_input *claim, nvb_num follows, nvb_unit unit);
/* An array of one figure number, for a term. */
const uint32_t *nvbi_from(nvbi_engine *e, uint32_t figure);

/* Terms, by what they stand for. */
nvb_term nvbi_term_input(nvb_operator op, nvb_symbol s, nvb_unit u, const nvb_input *in);
nvb_term nvbi_term_figure(
    nvbi_engine *e, nvb_operator op, nvb_symbol s, nvb_unit u, nvb_num v, uint32_t figure);
nvb_term nvbi_term_constant(nvb_operator op, nvb_symbol s, nvb_unit u, nvb_num v);

/* --- engine_index.c --- */
void nvbi_index_run(nvbi_engine *e, size_t i);
/* The index at a line's own shares: writes the weights to `weights` (one per component) and the
 * terms to figure `f`; returns the total. */
nvb_num nvbi_index_own(nvbi_engine *e,
                       const nvbi_index_work *w,
                       const nvb_step *step,
                       nvb_num *weights,
                       nvb_figure *f);

/* --- engine_parts.c --- */

/* Adds an empty figure of the step: under its path, or a suffix below it. */
nvb_figure *nvbi_step_figure(nvbi_engine *e,
                             const nvbi_step_work *w,
                             nvb_figure_kind kind,
                             nvb_unit unit,
                             const char *suffix);
/* Adds the parts of a finished step `of`. */
void nvbi_step_parts(nvbi_engine *e, const nvbi_step_work *w, const nvb_figure *of);

/* --- engine_step.c --- */
void nvbi_step_run(nvbi_engine *e, nvbi_build *s, const nvb_step *step);

/* --- engine_price.c --- */
nvbi_built nvbi_price_run(nvbi_engine *e,
                          const nvb_buildup *plan,
                          const nvb_line *line,
                          const nvb_ceiling *ceiling);

/* --- engine_volume.c --- */
void nvbi_volume_run(nvbi_engine *e, const nvb_line *line, nvb_line_figures *out);

/* --- engine_total.c --- */
void nvbi_total_run(nvbi_engine *e);

#endif
