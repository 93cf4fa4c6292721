/* folder.c: see folder.h. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "cli/streams.h"
#include "digest.h"
#include "names.h"
#include "source.h"

/* No name of a document begins with a point. */
static const char temporary[] = ".navolgbaar.tmp";

/* A stream that was made and never written to: the run ended before its first checkpoint. */
static bool is_begun(int folder, const char *name)
{
    struct stat about;
    bool ours = strcmp(name, "overzicht.ndjson") == 0 || strcmp(name, "fouten.ndjson") == 0;
    return ours && fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(about.st_mode) && about.st_size == 0;
}

int batch_folder_is_vacant(const char *path, bool *vacant)
{
    *vacant = true;
    DIR *d = opendir(path);
    if (!d)
        return errno == ENOENT ? 0 : errno;
    for (struct dirent *e; *vacant && (e = readdir(d)) != NULL;)
        *vacant = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
                  strcmp(e->d_name, BATCH_OWN_FOLDER) == 0 || is_begun(dirfd(d), e->d_name);
    closedir(d);
    return 0;
}

static int make(const char *path, bool *made)
{
    *made = mkdir(path, 0777) == 0;
    if (*made || errno != EEXIST)
        return *made ? 0 : errno;
    struct stat about;
    return stat(path, &about) != 0 ? errno : S_ISDIR(about.st_mode) ? 0 : ENOTDIR;
}

int batch_folder_make(const char *path, bool *made)
{
    nvb_buffer own = NVB_BUFFER_INIT;
    bool ignored;
    int error = make(path, made);
    nvb_buffer_str(&own, path);
    nvb_buffer_str(&own, "/" BATCH_OWN_FOLDER);
    if (!error)
        error = own.failed ? ENOMEM : make(own.s, &ignored);
    nvb_buffer_release(&own);
    return error;
}

void batch_folder_init(batch_folder *f, const char *path)
{
    *f = (batch_folder){.path = path, .fd = -1};
}

static void leave(batch_folder *f)
{
    if (f->fd >= 0)
        close(f->fd);
    f->fd = -1;
    f->block = 0;
}

void batch_folder_release(batch_folder *f)
{
    leave(f);
    nvb_buffer_release(&f->name);
}

static uint64_t block_of(uint64_t number)
{
    return (number - 1) / BATCH_BLOCK + 1;
}

/* The path of the folder of a document in `name`. */
static void name_block(batch_folder *f, uint64_t number)
{
    nvb_buffer_cut(&f->name, 0);
    nvb_buffer_str(&f->name, f->path);
    nvb_buffer_byte(&f->name, '/');
    batch_block(&f->name, number);
}

static int enter(batch_folder *f, uint64_t number)
{
    bool made;
    if (f->block == block_of(number))
        return 0;
    leave(f);
    name_block(f, number);
    int error = f->name.failed ? ENOMEM : make(f->name.s, &made);
    if (error)
        return error;
    f->fd = open(f->name.s, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    f->block = f->fd >= 0 ? block_of(number) : 0;
    return f->fd >= 0 ? 0 : errno;
}

static int write_and_name(int folder, const char *name, const nvb_buffer *from)
{
    int fd = openat(folder, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno;
    int error = cli_streams_put(fd, from->s, from->n);
    if (close(fd) != 0 && !error)
        error = errno;
    if (!error && renameat(folder, temporary, folder, name) != 0)
        error = errno;
    if (error)
        unlinkat(folder, temporary, 0);
    return error;
}

int batch_folder_put(batch_folder *f,
                     uint64_t number,
                     const nvb_buffer *name,
                     const char *ending,
                     const nvb_buffer *from)
{
    int error = enter(f, number);
    if (error)
        return error;
    name_block(f, number);
    nvb_buffer_byte(&f->name, '/');
    size_t begin = f->name.n;
    nvb_buffer_bytes(&f->name, name->s, name->n);
    nvb_buffer_str(&f->name, ending);
    return f->name.failed ? ENOMEM : write_and_name(f->fd, f->name.s + begin, from);
}

void batch_folder_clean(batch_folder *f, uint64_t number)
{
    for (bool there = true; there; number += BATCH_BLOCK) {
        name_block(f, number);
        struct stat about;
        there = !f->name.failed && stat(f->name.s, &about) == 0;
        nvb_buffer_byte(&f->name, '/');
        nvb_buffer_str(&f->name, temporary);
        if (there && !f->name.failed)
            unlink(f->name.s);
    }
}

/* --- what is there --- */

/* 0, or why not: ENOMEM, or ENOENT. */
static int is_as_said(int fd, const nvb_written *file)
{
    static const size_t step = 256 * 1024;
    char digest[BATCH_DIGEST];
    nvb_buffer part = NVB_BUFFER_INIT;
    XXH3_state_t *state = XXH3_createState();
    uint64_t bytes = 0;
    bool memory = state && nvb_buffer_reserve(&part, step) && XXH3_128bits_reset(state) == XXH_OK;
    bool well = memory;
    for (ssize_t got = 1; well && got != 0;) {
        got = read(fd, part.s, step);
        if (got < 0 && errno == EINTR)
            continue;
        well = got >= 0;
        if (got > 0) {
            XXH3_128bits_update(state, part.s, (size_t)got);
            bytes += (uint64_t)got;
        }
    }
    if (well)
        batch_digest_text(digest, XXH3_128bits_digest(state));
    well = well && bytes == file->bytes && file->digest.n == BATCH_DIGEST - 1 &&
           memcmp(digest, file->digest.s, file->digest.n) == 0;
    XXH3_freeState(state);
    nvb_buffer_release(&part);
    return !memory ? ENOMEM : well ? 0 : ENOENT;
}

int batch_folder_holds(batch_folder *f, const nvb_written *file)
{
    struct stat about;
    nvb_buffer_cut(&f->name, 0);
    nvb_buffer_str(&f->name, f->path);
    nvb_buffer_byte(&f->name, '/');
    nvb_buffer_text(&f->name, file->name);
    int fd = f->name.failed ? -1 : open(f->name.s, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return f->name.failed || errno == ENOMEM ? ENOMEM : ENOENT;
    bool is_file =
        fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && (uint64_t)about.st_size == file->bytes;
    int error = is_file ? is_as_said(fd, file) : ENOENT;
    close(fd);
    return error;
}
