/* folder.c: see folder.h. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "complain.h"
#include "streams.h"
#include "words.h"

void cli_folder_path(nvb_buffer *to, const char *path, nvb_text name)
{
    nvb_buffer_str(to, path);
    if (to->n > 0 && to->s[to->n - 1] != '/')
        nvb_buffer_byte(to, '/');
    nvb_buffer_bytes(to, name.s, name.n);
}

/* 0 when there is nothing in it, ENOTEMPTY, or the errno of what went wrong. */
static int look_into(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        return errno;
    int error = 0;
    const struct dirent *entry;
    errno = 0;
    while (!error && (entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            error = ENOTEMPTY;
    if (!error)
        error = errno;
    closedir(folder);
    return error;
}

static void complain(int error, const char *path, nvb_lang lang, nvb_diag *diag)
{
    char room[64];
    if (error == ENOTEMPTY)
        cli_complain(diag, NVB_E841, path, NULL, NULL);
    else if (error == ENOTDIR)
        cli_complain(diag, NVB_E842, path, NULL, NULL);
    else
        cli_complain(diag, NVB_E706, path, cli_why(error, lang, room), "");
}

static bool write_file(const char *path, const nvb_source_file *file, nvb_lang lang, nvb_diag *diag)
{
    nvb_buffer name = NVB_BUFFER_INIT, bytes = NVB_BUFFER_INIT;
    cli_folder_path(&name, path, file->name);
    nvb_buffer_bytes(&bytes, file->bytes.s, file->bytes.n);
    bool done = !name.failed && !bytes.failed;
    if (!done)
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
    else
        done = cli_streams_write(&bytes, name.s, lang, diag);
    nvb_buffer_release(&bytes);
    nvb_buffer_release(&name);
    return done;
}

static void take_away(const char *path, const nvb_source_file *file)
{
    nvb_buffer name = NVB_BUFFER_INIT;
    cli_folder_path(&name, path, file->name);
    if (!name.failed)
        (void)unlink(name.s);
    nvb_buffer_release(&name);
}

static bool
fill(const char *path, const nvb_source_file *files, size_t n, nvb_lang lang, nvb_diag *diag)
{
    size_t done = 0;
    while (done < n && write_file(path, &files[done], lang, diag))
        done++;
    if (done == n)
        return true;
    while (done-- > 0)
        take_away(path, &files[done]);
    return false;
}

static bool
make(const char *path, const nvb_source_file *files, size_t n, nvb_lang lang, nvb_diag *diag)
{
    bool is_new = mkdir(path, 0777) == 0;
    int error = is_new ? 0 : errno;
    if (error == EEXIST)
        error = look_into(path);
    if (error) {
        complain(error, path, lang, diag);
        return false;
    }
    bool done = fill(path, files, n, lang, diag);
    if (!done && is_new)
        (void)rmdir(path);
    return done;
}

bool cli_folder_make(
    const char *path, const nvb_source_file *files, size_t n, nvb_lang lang, nvb_diag *diag)
{
    if (!*path) {
        cli_complain(diag, NVB_E706, path, cli_word(CLI_W_WHY_EMPTY, lang), "");
        return false;
    }
    /* Being stopped halfway would leave half of it: stopping waits. */
    sigset_t stopping, before;
    sigemptyset(&stopping);
    sigaddset(&stopping, SIGINT);
    sigaddset(&stopping, SIGTERM);
    sigaddset(&stopping, SIGHUP);
    sigprocmask(SIG_BLOCK, &stopping, &before);
    bool done = make(path, files, n, lang, diag);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return done;
}
