/* stream.c: see stream.h. */
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/streams.h"
#include "digest.h"

enum { KIB = 1024, ENOUGH = 256 * KIB };

static int begin(batch_outlet *o, const char *name)
{
    *o = (batch_outlet){.fd = -1};
    nvb_buffer_str(&o->name, name);
    o->digest = XXH3_createState();
    if (!o->digest || o->name.failed || XXH3_128bits_reset(o->digest) != XXH_OK)
        return ENOMEM;
    return 0;
}

/* What cannot be taken up again needs no digest, and it is a twentieth of the work. */
static void end_digest(batch_outlet *o)
{
    XXH3_freeState(o->digest);
    o->digest = NULL;
}

/* One process at a time. Where the file system knows no locks there are none. */
static int lock(int fd)
{
    return flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK ? EBUSY : 0;
}

static int open_named(batch_outlet *o, const char *name, int flags)
{
    int error = begin(o, name);
    if (error)
        return error;
    o->fd = open(name, flags | O_CLOEXEC, 0666);
    return o->fd < 0 ? errno : 0;
}

int batch_outlet_create(batch_outlet *o, const char *name)
{
    struct stat about;
    /* Of a pipe we must not be a reader ourselves: it would never be noticed that the other left.
     */
    bool is_file = stat(name, &about) != 0 || S_ISREG(about.st_mode);
    int error = open_named(o, name, is_file ? O_RDWR | O_CREAT : O_WRONLY);
    if (!is_file)
        end_digest(o);
    if (error || !is_file)
        return error;
    error = lock(o->fd);
    if (!error && fstat(o->fd, &about) != 0)
        error = errno;
    /* It was empty or not there; another run came first, and may have come to its end already. */
    return !error && about.st_size > 0 ? EBUSY : error;
}

int batch_outlet_reopen(batch_outlet *o, const char *name)
{
    int error = open_named(o, name, O_RDWR);
    return error ? error : lock(o->fd);
}

int batch_outlet_standard(batch_outlet *o, const char *name)
{
    int error = begin(o, name);
    o->fd = error ? -1 : STDOUT_FILENO;
    end_digest(o);
    return error;
}

int batch_outlet_flush(batch_outlet *o)
{
    int error = o->pending.failed ? ENOMEM : cli_streams_put(o->fd, o->pending.s, o->pending.n);
    nvb_buffer_cut(&o->pending, 0);
    return error;
}

int batch_outlet_append(batch_outlet *o, const char *s, size_t n)
{
    if (n == 0)
        return 0;
    if (o->digest)
        XXH3_128bits_update(o->digest, s, n);
    o->bytes += n;
    if (o->pending.n + n < ENOUGH) {
        nvb_buffer_bytes(&o->pending, s, n);
        return o->pending.failed ? ENOMEM : 0;
    }
    int error = batch_outlet_flush(o);
    return error ? error : cli_streams_put(o->fd, s, n);
}

void batch_outlet_reach(const batch_outlet *o, batch_reach *r)
{
    r->bytes = o->bytes;
    if (o->digest)
        batch_digest_text(r->digest, XXH3_128bits_digest(o->digest));
}

int batch_outlet_close(batch_outlet *o, bool drop)
{
    int error = o->fd >= 0 && !drop ? batch_outlet_flush(o) : 0;
    if (o->fd >= 0 && close(o->fd) != 0 && !error && errno != EINTR)
        error = errno;
    nvb_buffer_release(&o->name);
    nvb_buffer_release(&o->pending);
    XXH3_freeState(o->digest);
    *o = (batch_outlet){.fd = -1};
    return error;
}

/* --- walking along what is there --- */

/* Gives the whole lines at the beginning of `held`, and keeps the rest; before `seen` there is no
 * end of a line. */
static bool
give_lines(nvb_buffer *held, size_t seen, bool (*line)(void *of, nvb_text line), void *of)
{
    size_t from = 0;
    const char *end;
    bool on = true;
    while (on && (end = memchr(held->s + seen, '\n', held->n - seen)) != NULL) {
        seen = (size_t)(end - held->s) + 1;
        on = line(of, (nvb_text){held->s + from, seen - from});
        from = seen;
    }
    memmove(held->s, held->s + from, held->n - from);
    nvb_buffer_cut(held, held->n - from);
    return on;
}

batch_walk batch_outlet_walk(batch_outlet *o,
                             const batch_reach *r,
                             bool (*line)(void *of, nvb_text line),
                             void *of,
                             int *error)
{
    nvb_buffer held = NVB_BUFFER_INIT;
    batch_reach found;
    batch_walk result = BATCH_AS_IT_WAS;
    *error = 0;
    o->bytes = 0;
    XXH3_128bits_reset(o->digest);
    while (result == BATCH_AS_IT_WAS && o->bytes < r->bytes) {
        uint64_t left = r->bytes - o->bytes;
        size_t step = left < ENOUGH ? (size_t)left : ENOUGH;
        if (!nvb_buffer_reserve(&held, step)) {
            *error = ENOMEM;
            break;
        }
        ssize_t got = pread(o->fd, held.s + held.n, step, (off_t)o->bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            *error = errno;
        if (got <= 0) {
            result = BATCH_SHORTER;
            break;
        }
        XXH3_128bits_update(o->digest, held.s + held.n, (size_t)got);
        held.n += (size_t)got;
        o->bytes += (uint64_t)got;
        if (!line)
            nvb_buffer_cut(&held, 0);
        else if (!give_lines(&held, held.n - (size_t)got, line, of))
            result = BATCH_STOPPED;
    }
    nvb_buffer_release(&held);
    batch_outlet_reach(o, &found);
    if (result == BATCH_AS_IT_WAS && (*error || strcmp(found.digest, r->digest) != 0))
        result = BATCH_OTHER;
    return result;
}

int batch_outlet_cut(batch_outlet *o)
{
    struct stat about;
    if (fstat(o->fd, &about) != 0)
        return errno;
    if (about.st_size > (off_t)o->bytes && ftruncate(o->fd, (off_t)o->bytes) != 0)
        return errno;
    return lseek(o->fd, (off_t)o->bytes, SEEK_SET) < 0 ? errno : 0;
}
