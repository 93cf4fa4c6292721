/* run.c: see run.h. */
#include "run.h"

#include <pthread.h>
#include <stdlib.h>

#include "cli/complain.h"
#include "stop.h"

enum { SLOTS_PER_JOB = 2 };

typedef enum slot_state { SLOT_FREE, SLOT_TAKEN, SLOT_DONE } slot_state;

typedef struct slot {
    slot_state state;
    batch_record record;
    batch_result result;
} slot;

typedef struct ring {
    const batch_run_options *o;
    nvb_diag *diag;        /* under `lock` */
    pthread_mutex_t input; /* who holds it takes the next record */
    pthread_mutex_t lock;  /* of all that follows */
    pthread_cond_t freed;
    slot *slots;
    size_t n;
    uint64_t taken, written; /* records that came in, and that went out */
    bool writing;            /* somebody is at the output */
    bool ended;              /* nothing more is to be taken */
    bool failed;
} ring;

static void end(ring *r, bool failed)
{
    r->ended = true;
    r->failed = r->failed || failed;
    pthread_cond_broadcast(&r->freed);
}

/* What a worker or the source had to say, among the problems of the run. The lock is held. */
static void tell(ring *r, const nvb_diag *diag)
{
    if (!diag)
        cli_complain(r->diag, NVB_E901, NULL, NULL, NULL);
    for (size_t i = 0; diag && i < nvb_diag_kept(diag); i++) {
        const nvb_problem *p = nvb_diag_at(diag, i);
        nvb_diag_add(r->diag, p->code, p->path, p->word[0], p->word[1], p->word[2]);
    }
}

/* The next record, in the slot that is its turn; NULL at the end. One worker at a time: records are
 * taken in the order of the input. */
static slot *take(ring *r)
{
    slot *s = NULL;
    pthread_mutex_lock(&r->input);
    pthread_mutex_lock(&r->lock);
    slot *next = &r->slots[r->taken % r->n];
    while (!r->ended && next->state != SLOT_FREE)
        pthread_cond_wait(&r->freed, &r->lock);
    bool go = !r->ended && !batch_is_stopped();
    pthread_mutex_unlock(&r->lock);
    nvb_diag *diag = go ? nvb_diag_new() : NULL;
    bool got = diag && batch_source_next(r->o->source, &next->record, diag);
    pthread_mutex_lock(&r->lock);
    if (got) {
        next->state = SLOT_TAKEN;
        r->taken++;
        s = next;
    } else {
        bool failed = go && (!diag || nvb_diag_kept(diag) > 0);
        if (failed)
            tell(r, diag);
        end(r, failed);
    }
    pthread_mutex_unlock(&r->lock);
    pthread_mutex_unlock(&r->input);
    nvb_diag_free(diag);
    return s;
}

/* Writes what is done at the head of the ring. The lock is held, and let go while writing. */
static void write_done(ring *r)
{
    if (r->writing)
        return; /* whoever is at it sees this slot too */
    r->writing = true;
    for (;;) {
        slot *s = &r->slots[r->written % r->n];
        if (r->failed || r->written == r->taken || s->state != SLOT_DONE)
            break;
        pthread_mutex_unlock(&r->lock);
        bool well = batch_sink_put(r->o->sink, &s->record, &s->result);
        if (well && r->o->written)
            r->o->written(r->o->of, s->record.end);
        pthread_mutex_lock(&r->lock);
        if (!well)
            end(r, true);
        s->state = SLOT_FREE;
        r->written++;
        pthread_cond_broadcast(&r->freed);
    }
    r->writing = false;
}

static void *work(void *of)
{
    ring *r = of;
    nvb_diag *diag = nvb_diag_new();
    batch_worker *w = diag ? batch_worker_new(r->o->work) : NULL;
    for (slot *s; w && (s = take(r)) != NULL;) {
        bool well = batch_worker_run(w, &s->record, &s->result, diag);
        pthread_mutex_lock(&r->lock);
        s->state = SLOT_DONE;
        if (!well) {
            tell(r, diag);
            end(r, true);
        }
        write_done(r);
        pthread_mutex_unlock(&r->lock);
    }
    if (!w) {
        pthread_mutex_lock(&r->lock);
        tell(r, NULL);
        end(r, true);
        pthread_mutex_unlock(&r->lock);
    }
    batch_worker_free(w);
    nvb_diag_free(diag);
    return NULL;
}

static bool open_slots(ring *r)
{
    r->n = (size_t)r->o->jobs * SLOTS_PER_JOB;
    r->slots = calloc(r->n, sizeof *r->slots);
    bool well = r->slots != NULL;
    for (size_t i = 0; well && i < r->n; i++)
        well = batch_record_init(&r->slots[i].record) && batch_result_init(&r->slots[i].result);
    return well;
}

static void close_slots(ring *r)
{
    for (size_t i = 0; r->slots && i < r->n; i++) {
        batch_record_release(&r->slots[i].record);
        batch_result_release(&r->slots[i].result);
    }
    free(r->slots);
}

/* The calling thread is one of the workers: with one job there is no other. */
static void run_workers(ring *r)
{
    unsigned others = r->o->jobs - 1, started = 0;
    pthread_t *threads = calloc(others + 1, sizeof *threads);
    while (threads && started < others && pthread_create(&threads[started], NULL, work, r) == 0)
        started++;
    work(r);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}

bool batch_run(const batch_run_options *o, nvb_diag *diag)
{
    ring r = {.o = o, .diag = diag};
    pthread_mutex_init(&r.input, NULL);
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.freed, NULL);
    if (open_slots(&r)) {
        run_workers(&r);
    } else {
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
        r.failed = true;
    }
    close_slots(&r);
    pthread_cond_destroy(&r.freed);
    pthread_mutex_destroy(&r.lock);
    pthread_mutex_destroy(&r.input);
    return !r.failed && !batch_is_stopped();
}
