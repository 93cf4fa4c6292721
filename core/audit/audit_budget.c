/*
 * audit_budget.c: how much an audit tries. Work is counted (nvb_calc_work, and what the engine
 * makes), never timed, so that the same offer gives the same audit on every machine. Searching
 * indices gets a part of it, each table of readings most of what is then left. A run that is under
 * way is finished; none starts once the budget is spent.
 */
#include "audit.h"

/* What takes somewhat less than a second. */
#define BUDGET UINT64_C(100000000)

enum {
    OF_INDICES = 3,  /* one in so many goes to indices, at most */
    PER_FIGURE = 24, /* what a figure takes besides its arithmetic */
    PER_LINE = 48    /* and a line */
};

uint64_t nvbi_budget_left(const nvb_audit *a)
{
    return a->spent < BUDGET ? BUDGET - a->spent : 0;
}

bool nvbi_budget_allows(const nvbi_trial *t)
{
    bool left = nvbi_budget_left(t->a) > 0 && t->spent < t->share;
    t->a->exhausted |= !left;
    return left;
}

uint64_t nvbi_budget_mark(const nvbi_trial *t)
{
    const nvb_breakdown *work = t->room.work;
    return nvb_calc_work(t->a->calc) + (work ? nvb_calc_work(work->calc) : 0);
}

void nvbi_budget_spend(nvbi_trial *t, uint64_t from)
{
    uint64_t figures = t->room.work ? t->room.work->n : 0, till = nvbi_budget_mark(t);
    uint64_t work = PER_LINE * (uint64_t)(t->part.n_lines + 1) + PER_FIGURE * figures;
    work += till > from ? till - from : 0;
    t->spent += work;
    t->a->spent += work;
}

uint64_t nvbi_budget_of_search(const nvb_audit *a)
{
    uint64_t most = BUDGET / OF_INDICES, left = nvbi_budget_left(a);
    uint64_t room = a->searched < most ? most - a->searched : 0;
    return nvb_calc_work(a->calc) + (room < left ? room : left);
}

bool nvbi_budget_searched(nvb_audit *a, uint64_t from, uint64_t until)
{
    uint64_t till = nvb_calc_work(a->calc);
    a->searched += till - from;
    a->spent += till - from;
    a->exhausted |= till >= until;
    return till < until;
}
