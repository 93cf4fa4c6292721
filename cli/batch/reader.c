/* reader.c: see reader.h. */
#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/streams.h"
#include "cli/words.h"
#include "digest.h"
#include "stop.h"

enum { STEP = 1 << 20, PATIENCE = 200 /* milliseconds */ };

static bool is_stdin(const batch_reader *r)
{
    return strcmp(r->name, "-") == 0;
}

static bool fail(const batch_reader *r, int error, nvb_diag *diag)
{
    const char *name = is_stdin(r) ? cli_word(CLI_W_STDIN, r->lang) : r->name;
    cli_streams_complain(diag, error, name, r->lang);
    return false;
}

bool batch_reader_open(batch_reader *r, const char *name, nvb_lang lang, nvb_diag *diag)
{
    *r = (batch_reader){.name = name, .lang = lang, .fd = -1};
    r->digest = XXH3_createState();
    if (!r->digest)
        return fail(r, ENOMEM, diag);
    XXH3_128bits_reset(r->digest);
    r->fd = is_stdin(r) ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (r->fd < 0 || fstat(r->fd, &about) != 0)
        return fail(r, errno, diag);
    return S_ISDIR(about.st_mode) ? fail(r, EISDIR, diag) : true;
}

void batch_reader_close(batch_reader *r)
{
    if (r->fd > STDERR_FILENO)
        close(r->fd);
    nvb_buffer_release(&r->bytes);
    XXH3_freeState(r->digest);
    *r = (batch_reader){.fd = -1};
}

bool batch_reader_is_file(const batch_reader *r, uint64_t *size)
{
    struct stat about;
    bool is_file = fstat(r->fd, &about) == 0 && S_ISREG(about.st_mode);
    *size = is_file ? (uint64_t)about.st_size : 0;
    return is_file;
}

bool batch_reader_rewind(batch_reader *r, nvb_diag *diag)
{
    if (lseek(r->fd, 0, SEEK_SET) != 0)
        return fail(r, errno, diag);
    nvb_buffer_cut(&r->bytes, 0);
    r->at = 0;
    r->passed = 0;
    r->ended = false;
    XXH3_128bits_reset(r->digest);
    return true;
}

/* Waits until there is something to read. False when the run was asked to end before there was: a
 * pipe may be silent for ever, and the signal may have gone to another thread. */
static bool await(const batch_reader *r)
{
    struct pollfd input = {.fd = r->fd, .events = POLLIN};
    int ready = 0;
    while (ready == 0 || (ready < 0 && errno == EINTR)) {
        ready = poll(&input, 1, PATIENCE);
        if (ready <= 0 && batch_is_stopped())
            return false;
    }
    return true;
}

bool batch_reader_fill(batch_reader *r, size_t n, nvb_diag *diag)
{
    while (!r->ended && r->bytes.n - r->at < n) {
        if (r->at > 0) {
            memmove(r->bytes.s, r->bytes.s + r->at, r->bytes.n - r->at);
            nvb_buffer_cut(&r->bytes, r->bytes.n - r->at);
            r->at = 0;
        }
        size_t wanted = n - r->bytes.n > STEP ? n - r->bytes.n : STEP;
        if (!nvb_buffer_reserve(&r->bytes, wanted))
            return fail(r, ENOMEM, diag);
        if (!await(r))
            return false;
        ssize_t got = read(r->fd, r->bytes.s + r->bytes.n, wanted);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(r, errno, diag);
        r->bytes.n += (size_t)got;
        r->bytes.s[r->bytes.n] = '\0';
        r->ended = got == 0;
    }
    return true;
}

nvb_text batch_reader_ahead(const batch_reader *r)
{
    return (nvb_text){r->bytes.s ? r->bytes.s + r->at : "", r->bytes.n - r->at};
}

void batch_reader_mix(batch_reader *r, const void *bytes, size_t n)
{
    XXH3_128bits_update(r->digest, bytes, n);
}

void batch_reader_pass(batch_reader *r, size_t n)
{
    batch_reader_mix(r, batch_reader_ahead(r).s, n);
    r->at += n;
    r->passed += n;
}

void batch_reader_digest(const batch_reader *r, char digest[BATCH_DIGEST])
{
    batch_digest_text(digest, XXH3_128bits_digest(r->digest));
}

/* --- lines --- */

/* Past the rest of a line that is too long to be held. */
static bool skip_line(batch_reader *r, batch_line *line, nvb_diag *diag)
{
    nvb_text ahead = batch_reader_ahead(r);
    line->text = (nvb_text){"", 0};
    for (const char *end = NULL; !end && ahead.n > 0; ahead = batch_reader_ahead(r)) {
        end = memchr(ahead.s, '\n', ahead.n);
        size_t n = end ? (size_t)(end - ahead.s) : ahead.n;
        line->length += n;
        line->ended = end != NULL;
        batch_reader_pass(r, n + line->ended);
        if (!end && !batch_reader_fill(r, 1, diag))
            return false;
    }
    return true;
}

bool batch_reader_line(batch_reader *r, batch_line *line, nvb_diag *diag)
{
    size_t seen = 0;
    *line = (batch_line){.length = 0};
    for (;;) {
        nvb_text ahead = batch_reader_ahead(r);
        const char *end = memchr(ahead.s + seen, '\n', ahead.n - seen);
        if (end || r->ended) {
            if (!end && ahead.n == 0)
                return false;
            line->text = (nvb_text){ahead.s, end ? (size_t)(end - ahead.s) : ahead.n};
            line->length = line->text.n;
            line->ended = end != NULL;
            batch_reader_pass(r, line->text.n + line->ended);
            return true;
        }
        if (ahead.n > BATCH_MAX_LINE)
            return skip_line(r, line, diag);
        seen = ahead.n;
        if (!batch_reader_fill(r, ahead.n + 1, diag))
            return false;
    }
}

/* --- a copy --- */

static bool write_all(int fd, nvb_text t)
{
    while (t.n > 0) {
        ssize_t put = write(fd, t.s, t.n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        t = (nvb_text){t.s + put, t.n - (size_t)put};
    }
    return true;
}

static bool fail_copy(const batch_reader *r, int fd, const char *path, nvb_diag *diag)
{
    char room[64];
    cli_complain(diag, NVB_E706, path, cli_why(errno, r->lang, room), NULL);
    if (fd >= 0)
        close(fd);
    return false;
}

bool batch_reader_spool(batch_reader *r, const char *path, nvb_diag *diag)
{
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || unlink(path) != 0)
        return fail_copy(r, fd, path, diag);
    for (;;) {
        if (!batch_reader_fill(r, 1, diag)) {
            close(fd);
            return false;
        }
        nvb_text ahead = batch_reader_ahead(r);
        if (ahead.n == 0)
            break;
        if (!write_all(fd, ahead))
            return fail_copy(r, fd, path, diag);
        batch_reader_pass(r, ahead.n);
    }
    if (r->fd > STDERR_FILENO)
        close(r->fd);
    r->fd = fd;
    return batch_reader_rewind(r, diag);
}
