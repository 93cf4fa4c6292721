/* stop.c: see stop.h. */
#include "stop.h"

#include <stdatomic.h>

static atomic_bool stopped; /* of atoms, a handler of signals may write those without a lock */

void batch_stop(void)
{
    stopped = true;
}

bool batch_is_stopped(void)
{
    return stopped;
}
