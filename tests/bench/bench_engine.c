/*
 * bench_engine.c: lines per second of reading, computing, checking and writing, each on its own, in
 * memory, on one core.
 *
 *     bench_engine [ROUNDS]        a table
 *     bench_engine --dump FOLDER   the generated proposals as files, for the baseline
 *
 * `arithmetic` does with bare numbers what the engine must compute for a line; what the engine
 * takes above that is the tree: paths, formulas, origins. `copy` copies the bytes that were
 * written: the floor under any writer. Every figure is the median of the rounds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench_set.h"
#include "navolgbaar/formats.h"
#include "navolgbaar/validate.h"

enum { PROPOSALS = 40, LINES = 50, ALL_LINES = PROPOSALS * LINES, MAX_ROUNDS = 101 };

typedef enum stage { READ, ARITHMETIC, ENGINE, CHECKS, WRITE, COPY, RELEASE, STAGES } stage;

static const char *const stage_names[STAGES] = {"read",  "arithmetic", "engine", "checks",
                                                "write", "copy",       "release"};

typedef struct work {
    nvb_buffer text[PROPOSALS], out;
    nvb_diag *diag;
    nvb_document *document[PROPOSALS];
    nvb_breakdown *breakdown; /* one for all, in the same memory: as in a run over many documents */
    char *copy;
    size_t bytes, figures;
    double seconds[STAGES][MAX_ROUNDS];
} work;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void give_up(const char *why)
{
    fprintf(stderr, "bench_engine: %s\n", why);
    exit(1);
}

static void read_one(work *w, unsigned i)
{
    nvb_source_file file = {
        NVB_TEXT("bench"), {w->text[i].s, w->text[i].n}
    };
    w->document[i] = nvb_document_read(&file, NULL, w->diag);
    if (!w->document[i] || !nvb_document_proposal(w->document[i]) ||
        !nvb_proposal_validate(nvb_document_proposal(w->document[i]), w->diag))
        give_up("the proposal is refused");
}

static nvb_num percent(nvb_calc *c, const char *text)
{
    nvb_num n;
    nvb_num_parse_percent(c, &n, (nvb_text){text, strlen(text)});
    return n;
}

/* What a component brings: g w n and g w v (1 + n). */
static nvb_num component(nvb_calc *c, nvb_num base, nvb_num w, nvb_num n, nvb_num v)
{
    nvb_num weighted = nvb_num_mul(c, base, w);
    nvb_num after = nvb_num_mul(c, weighted, n);
    nvb_num factor = nvb_num_mul(c, v, nvb_num_add(c, nvb_num_int(1), n));
    return nvb_num_add(c, after, nvb_num_mul(c, weighted, factor));
}

/* All sums of one proposal, without a tree; the total, so that nothing can be left out by the
 * compiler. */
static nvb_num arithmetic(nvb_calc *c, const nvb_proposal *p)
{
    nvb_num w1 = percent(c, "76.55"), v1 = percent(c, "4.94"), n1 = percent(c, "0.38");
    nvb_num w2 = percent(c, "23.45"), v2 = percent(c, "2.51"), n2 = percent(c, "0.16");
    nvb_num up = percent(c, "1.5"), down = percent(c, "0.75"), amount = percent(c, "35");
    nvb_num one = nvb_num_int(1), total = nvb_num_int(0);
    nvb_num c1 =
        nvb_num_sub(c, nvb_num_mul(c, nvb_num_add(c, one, n1), nvb_num_add(c, one, v1)), one);
    nvb_num c2 =
        nvb_num_sub(c, nvb_num_mul(c, nvb_num_add(c, one, n2), nvb_num_add(c, one, v2)), one);
    nvb_num index = nvb_num_add(c, nvb_num_mul(c, w1, c1), nvb_num_mul(c, w2, c2));
    for (size_t i = 0; i < p->n_lines; i++) {
        const nvb_line *line = &p->lines[i];
        nvb_num base = line->price.basis.amount.value, indexed = nvb_num_mul(c, base, index);
        nvb_num parts =
            nvb_num_add(c, component(c, base, w1, n1, v1), component(c, base, w2, n2, v2));
        if (nvb_num_cmp(c, parts, indexed) != 0)
            give_up("the parts do not add up to the step");
        nvb_num stand = nvb_num_add(c, base, indexed);
        nvb_num discount = nvb_num_neg(c, nvb_num_mul(c, stand, down));
        stand = nvb_num_add(c, stand, nvb_num_mul(c, base, up));
        stand = nvb_num_add(c, nvb_num_add(c, stand, discount), amount);
        nvb_num tariff = nvb_num_round(c, stand, 2, NVB_ARITHMETIC);
        nvb_num rounding = nvb_num_sub(c, tariff, stand);
        nvb_num turnover =
            nvb_num_round(c, nvb_num_mul(c, tariff, line->volume.count.value), 2, NVB_ARITHMETIC);
        total = nvb_num_add(c, total, nvb_num_add(c, turnover, nvb_num_sub(c, rounding, rounding)));
    }
    return total;
}

/* The engine and the bare numbers must have computed the same. */
static void compare(nvb_calc *c, nvb_breakdown *b, nvb_num total)
{
    const nvb_figure *f = nvb_breakdown_find(b, NVB_TEXT("/totaal/omzet"));
    if (!f || nvb_num_cmp(c, f->value, total) != 0)
        give_up("engine and arithmetic differ");
}

/* What of a proposal is alive while it is worked on: as in a real run, one at a time. */
typedef struct one {
    const nvb_document *document;
    nvb_checks *checks;
} one;

static void run_stage(work *w, stage s, one *o, nvb_calc *calc)
{
    nvb_emit_options options = {.lang = NVB_NL};
    switch (s) {
    case ARITHMETIC:
        arithmetic(calc, nvb_document_proposal(o->document));
        return;
    case ENGINE:
        if (!w->breakdown)
            w->breakdown = nvb_breakdown_new(nvb_document_proposal(o->document), NULL, w->diag);
        else if (!nvb_breakdown_renew(w->breakdown, nvb_document_proposal(o->document), w->diag))
            give_up("the engine refuses");
        return;
    case CHECKS:
        o->checks = nvb_checks_new(w->breakdown, NULL, w->diag);
        return;
    case WRITE: {
        nvb_explanation e = {o->document, w->breakdown, o->checks, w->diag, NULL, false};
        nvb_buffer_cut(&w->out, 0);
        nvb_emit_json(&w->out, &e, &options);
        return;
    }
    case COPY:
        memcpy(w->copy, w->out.s, w->out.n);
        return;
    case RELEASE:
        nvb_checks_free(o->checks);
        return;
    case READ:
    case STAGES:
        return;
    }
}

static void run_one(work *w, unsigned round, unsigned i, nvb_calc *calc)
{
    one o = {w->document[i], NULL};
    for (stage s = ARITHMETIC; s < STAGES; s++) {
        if (s == COPY && !w->copy) {
            w->copy = malloc(w->out.n * 2); /* all are about as long */
            if (!w->copy || w->out.failed)
                give_up("out of memory");
        }
        if (s == RELEASE) {
            w->bytes += w->out.n;
            w->figures += nvb_breakdown_count(w->breakdown);
            compare(calc, w->breakdown, arithmetic(calc, nvb_document_proposal(o.document)));
        }
        double begin = now();
        run_stage(w, s, &o, calc);
        w->seconds[s][round] += now() - begin;
    }
}

static void run_round(work *w, unsigned round)
{
    nvb_calc *calc = nvb_calc_new(0);
    w->bytes = w->figures = 0;
    double begin = now();
    for (unsigned i = 0; i < PROPOSALS; i++)
        read_one(w, i);
    w->seconds[READ][round] = now() - begin;
    for (unsigned i = 0; i < PROPOSALS; i++)
        run_one(w, round, i, calc);
    nvb_calc_free(calc);
    for (unsigned i = 0; i < PROPOSALS; i++)
        nvb_document_free(w->document[i]);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void row(const char *name, double seconds)
{
    printf("%-16s %12.0f lines/s %10.2f us/line\n", name, ALL_LINES / seconds,
           seconds / ALL_LINES * 1e6);
}

static void report(work *w, unsigned rounds)
{
    double median[STAGES], both[MAX_ROUNDS];
    size_t read = 0;
    for (unsigned r = 0; r < rounds; r++)
        both[r] = w->seconds[ENGINE][r] + w->seconds[WRITE][r] + w->seconds[RELEASE][r];
    for (stage s = READ; s < STAGES; s++) {
        qsort(w->seconds[s], rounds, sizeof(double), by_size);
        median[s] = w->seconds[s][rounds / 2];
    }
    qsort(both, rounds, sizeof(double), by_size);
    for (unsigned i = 0; i < PROPOSALS; i++)
        read += w->text[i].n;
    printf("%d proposals of %d lines, median of %u rounds, one core\n", PROPOSALS, LINES, rounds);
    printf("a line: %.1f figures, %.0f bytes read, %.0f bytes written\n",
           (double)w->figures / ALL_LINES, (double)read / ALL_LINES, (double)w->bytes / ALL_LINES);
    for (stage s = READ; s < STAGES; s++)
        row(stage_names[s], median[s]);
    row("tree", median[ENGINE] - median[ARITHMETIC]);
    row("engine+write", both[rounds / 2]);
    printf("%-16s %12.1f MB/s written\n", "write", (double)w->bytes / median[WRITE] / 1e6);
    printf("%-16s %12.1f times the copy of the same bytes\n", "write",
           median[WRITE] / median[COPY]);
}

static void dump(const work *w, const char *folder)
{
    for (unsigned i = 0; i < PROPOSALS; i++) {
        char name[4096];
        snprintf(name, sizeof name, "%s/%02u.json", folder, i);
        FILE *f = fopen(name, "wb");
        if (!f || fwrite(w->text[i].s, 1, w->text[i].n, f) != w->text[i].n || fclose(f) != 0)
            give_up("cannot write the proposals");
    }
}

int main(int argc, char **argv)
{
    static work w;
    for (unsigned i = 0; i < PROPOSALS; i++)
        bench_proposal(&w.text[i], i, LINES);
    w.diag = nvb_diag_new();
    if (!w.diag)
        give_up("out of memory");
    if (argc == 3 && strcmp(argv[1], "--dump") == 0) {
        dump(&w, argv[2]);
    } else {
        unsigned long rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 15;
        rounds = rounds < 1 ? 1 : rounds > MAX_ROUNDS ? MAX_ROUNDS : rounds;
        for (unsigned r = 0; r < rounds; r++)
            run_round(&w, r);
        report(&w, (unsigned)rounds);
    }
    for (unsigned i = 0; i < PROPOSALS; i++) {
        nvb_buffer_release(&w.text[i]);
    }
    nvb_breakdown_free(w.breakdown);
    nvb_buffer_release(&w.out);
    free(w.copy);
    nvb_diag_free(w.diag);
    return 0;
}
