/* streams.c: see streams.h. */
#include "streams.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "complain.h"
#include "words.h"

enum { MIB = 1024 * 1024, MAX_FILE = 256 * MIB, ATTEMPTS = 100 };

void cli_streams_prepare(void)
{
    /* Opened the wrong way round, so that reading or writing still fails as it would on a closed
     * one. */
    static const int modes[] = {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int fd = 0; fd < 3; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)open("/dev/null", modes[fd]);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

/* --- reading --- */

void cli_streams_complain(nvb_diag *diag, int error, const char *name, nvb_lang lang)
{
    char room[64];
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        cli_complain(diag, NVB_E701, name, NULL, NULL);
        return;
    case EISDIR:
        cli_complain(diag, NVB_E702, name, NULL, NULL);
        return;
    case EACCES:
    case EPERM:
        cli_complain(diag, NVB_E703, name, NULL, NULL);
        return;
    case EFBIG:
        cli_complain(diag, NVB_E704, name, NULL, NULL);
        return;
    case ENOMEM:
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
        return;
    default:
        cli_complain(diag, NVB_E705, name, cli_why(error, lang, room), NULL);
    }
}

/* 0, or the errno of what went wrong. */
static int read_all(nvb_buffer *to, int fd)
{
    struct stat about;
    size_t step = 64 * 1024;
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) {
        if (about.st_size > MAX_FILE)
            return EFBIG;
        step = (size_t)about.st_size +
               1; /* one more than there should be: the end shows in one read */
    }
    size_t begin = to->n;
    for (;;) {
        if (!nvb_buffer_reserve(to, step))
            return ENOMEM;
        ssize_t got = read(fd, to->s + to->n, step);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        to->n += (size_t)got;
        to->s[to->n] = '\0';
        if (got == 0)
            return 0;
        if (to->n - begin > MAX_FILE)
            return EFBIG;
        step = 64 * 1024;
    }
}

bool cli_streams_read(nvb_buffer *to, const char *name, nvb_lang lang, nvb_diag *diag)
{
    bool is_stdin = strcmp(name, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    int error = fd < 0 ? errno : read_all(to, fd);
    if (fd >= 0 && !is_stdin)
        close(fd);
    if (error)
        cli_streams_complain(diag, error, is_stdin ? cli_word(CLI_W_STDIN, lang) : name, lang);
    return error == 0;
}

/* --- writing --- */

bool cli_streams_are_same(const char *output, const char *input)
{
    struct stat out, in;
    bool is_stdin = strcmp(input, "-") == 0;
    if (stat(output, &out) != 0 || !S_ISREG(out.st_mode))
        return false;
    if ((is_stdin ? fstat(STDIN_FILENO, &in) : stat(input, &in)) != 0)
        return false;
    return out.st_dev == in.st_dev && out.st_ino == in.st_ino;
}

int cli_streams_put(int fd, const char *s, size_t n)
{
    while (n > 0) {
        ssize_t put = write(fd, s, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            /* Somebody else's end made it non-blocking: wait for room. */
            struct pollfd room = {.fd = fd, .events = POLLOUT};
            if (poll(&room, 1, -1) >= 0 || errno == EINTR)
                continue;
        }
        if (put < 0)
            return errno;
        s += put;
        n -= (size_t)put;
    }
    return 0;
}

void cli_streams_tell(const char *s, size_t n)
{
    if (s)
        (void)cli_streams_put(STDERR_FILENO, s, n);
}

static int write_and_close(int fd, const nvb_buffer *from)
{
    int error = cli_streams_put(fd, from->s, from->n);
    /* Only when closing does a network disk say that it was full after all. */
    if (close(fd) != 0 && !error && errno != EINTR)
        error = errno;
    return error;
}

static int write_through(int fd, const nvb_buffer *from, const char *temporary, const char *target)
{
    int error = cli_streams_put(fd, from->s, from->n);
    if (!error && fsync(fd) != 0 && errno != EINVAL)
        error = errno;
    if (close(fd) != 0 && !error)
        error = errno;
    if (!error && rename(temporary, target) != 0)
        error = errno;
    if (error)
        unlink(temporary);
    return error;
}

static bool is_still_at(int fd, const char *name)
{
    struct stat own, there;
    return fstat(fd, &own) == 0 && lstat(name, &there) == 0 && S_ISREG(there.st_mode) &&
           own.st_dev == there.st_dev && own.st_ino == there.st_ino;
}

/* The one temporary file of a target: one that was left is taken over. -1: somebody has it. */
static int take_over(const char *temporary)
{
    int fd = open(temporary, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && is_still_at(fd, temporary) &&
        ftruncate(fd, 0) == 0)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* `target` is where the name really leads; `mode` that of the file it replaces, or 0. */
static int replace_file(const nvb_buffer *from, const char *target, mode_t mode, bool keep)
{
    size_t room = strlen(target) + 48;
    char *temporary = malloc(room);
    if (!temporary)
        return ENOMEM;
    snprintf(temporary, room, "%s" CLI_STREAMS_TEMPORARY, target);
    int fd = keep ? take_over(temporary) : -1, error = EEXIST;
    for (unsigned i = 0; fd < 0 && error == EEXIST && i < ATTEMPTS; i++) {
        snprintf(temporary, room, "%s.%ld-%u.tmp", target, (long)getpid(), i);
        fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        error = fd < 0 ? errno : 0;
    }
    if (fd >= 0) {
        if (mode)
            (void)fchmod(fd, mode & 07777);
        error = write_through(fd, from, temporary, target);
    }
    free(temporary);
    return error;
}

static int write_file(const nvb_buffer *from, const char *name, bool keep)
{
    struct stat about;
    bool exists = stat(name, &about) == 0;
    if (!exists && errno == ELOOP)
        return ELOOP; /* a rename would replace a link that leads nowhere */
    if (exists && !S_ISREG(about.st_mode)) {
        int fd = open(name, O_WRONLY | O_CLOEXEC);
        return fd < 0 ? errno : write_and_close(fd, from);
    }
    if (exists && access(name, W_OK) != 0)
        return errno; /* a rename would go round the protection of the file */
    /* A link stays a link: what it leads to is replaced. */
    char *target = exists ? realpath(name, NULL) : NULL;
    int error = replace_file(from, target ? target : name, exists ? about.st_mode : 0, keep);
    free(target);
    return error;
}

/* Being stopped halfway must not leave the temporary file: stopping waits until the file is there.
 */
static int write_file_undisturbed(const nvb_buffer *from, const char *name, bool keep)
{
    sigset_t stopping, before;
    sigemptyset(&stopping);
    sigaddset(&stopping, SIGINT);
    sigaddset(&stopping, SIGTERM);
    sigaddset(&stopping, SIGHUP);
    sigprocmask(SIG_BLOCK, &stopping, &before);
    int error = write_file(from, name, keep);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return error;
}

static bool
write_named(const nvb_buffer *from, const char *name, bool keep, nvb_lang lang, nvb_diag *diag)
{
    char room[64];
    int error = write_file_undisturbed(from, name, keep);
    struct stat about;
    bool replaces = stat(name, &about) != 0 || S_ISREG(about.st_mode); /* not a device or a pipe */
    if (error == ENOMEM)
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
    else if (error)
        cli_complain(diag, NVB_E706, name, cli_why(error, lang, room),
                     replaces ? cli_word(CLI_W_LEFT_AS_IT_WAS, lang) : "");
    return error == 0;
}

bool cli_streams_write(const nvb_buffer *from, const char *name, nvb_lang lang, nvb_diag *diag)
{
    char room[64];
    if (name && !*name) {
        cli_complain(diag, NVB_E706, name, cli_word(CLI_W_WHY_EMPTY, lang), NULL);
        return false;
    }
    if (!name || strcmp(name, "-") == 0) {
        int error = write_and_close(STDOUT_FILENO, from);
        if (error)
            cli_complain(diag, NVB_E707, cli_why(error, lang, room), NULL, NULL);
        return error == 0;
    }
    return write_named(from, name, false, lang, diag);
}

/* Whether a file holds these bytes; when it cannot be read, it does not. */
static bool holds(const char *name, const nvb_buffer *from)
{
    struct stat about;
    nvb_buffer there = NVB_BUFFER_INIT;
    if (stat(name, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size != (off_t)from->n)
        return false;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    bool same = fd >= 0 && read_all(&there, fd) == 0 && there.n == from->n &&
                memcmp(there.s, from->s, from->n) == 0;
    if (fd >= 0)
        close(fd);
    nvb_buffer_release(&there);
    return same;
}

bool cli_streams_keep(const nvb_buffer *from, const char *name, nvb_lang lang, nvb_diag *diag)
{
    struct stat about;
    nvb_buffer temporary = NVB_BUFFER_INIT;
    nvb_buffer_str(&temporary, name);
    nvb_buffer_str(&temporary, CLI_STREAMS_TEMPORARY);
    bool left = !temporary.failed && lstat(temporary.s, &about) == 0;
    nvb_buffer_release(&temporary);
    return (!left && holds(name, from)) || write_named(from, name, true, lang, diag);
}
