/* sink_places.c: where the streams of a run stand, and whether those places are free. */
#include "sink_own.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/words.h"

batch_target batch_sink_target(const batch_sink_options *o)
{
    struct stat about;
    if (o->folder)
        return BATCH_FOLDER;
    if (strcmp(o->ndjson, "-") == 0)
        return BATCH_PIPE;
    return stat(o->ndjson, &about) != 0 || S_ISREG(about.st_mode) ? BATCH_FILE : BATCH_PIPE;
}

static void join(nvb_buffer *to, const char *a, const char *b)
{
    nvb_buffer_cut(to, 0);
    nvb_buffer_str(to, a);
    nvb_buffer_str(to, b);
}

bool batch_place_stream(nvb_buffer *to, const batch_sink_options *o, batch_stream which)
{
    batch_target target = batch_sink_target(o);
    switch (which) {
    case BATCH_RESULTS:
        join(to, o->ndjson ? o->ndjson : "", "");
        return target != BATCH_FOLDER;
    case BATCH_OVERVIEW:
        if (target == BATCH_FOLDER)
            join(to, o->folder, "/overzicht.ndjson");
        else
            join(to, o->ndjson, ".overzicht.ndjson");
        return target != BATCH_PIPE;
    case BATCH_ERRORS:
        if (o->errors)
            join(to, o->errors, "");
        else if (target == BATCH_FOLDER)
            join(to, o->folder, "/fouten.ndjson");
        else
            join(to, o->ndjson, ".fouten.ndjson");
        return true;
    case BATCH_STREAM_COUNT:
        break;
    }
    return false;
}

bool batch_place_state(nvb_buffer *to, const batch_sink_options *o)
{
    batch_target target = batch_sink_target(o);
    if (target == BATCH_FOLDER)
        join(to, o->folder, "/" BATCH_OWN_FOLDER "/voortgang.json");
    else
        join(to, o->ndjson, ".voortgang.json");
    return target != BATCH_PIPE;
}

bool batch_place_complain(const batch_sink_options *o, const char *name, int error, nvb_diag *diag)
{
    char room[64];
    const char *why = cli_why(error, o->lang, room);
    if (error == ENOMEM)
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
    else if (error == EBUSY)
        cli_complain(diag, NVB_E713, name, NULL, NULL);
    else if (batch_sink_target(o) == BATCH_PIPE)
        cli_complain(diag, strcmp(name, "-") == 0 ? NVB_E707 : NVB_E706,
                     strcmp(name, "-") == 0 ? why : name, why, "");
    else
        cli_complain(diag, NVB_E706, name, why, cli_word(CLI_W_GO_ON_LATER, o->lang));
    return false;
}

/* --- what is ours --- */

enum { LINKS = 40, PATH_MOST = 4096 };

/* Where a link leads, as a path of its own; nothing when it is none. */
static void follow(const char *path, nvb_buffer *to)
{
    nvb_buffer target = NVB_BUFFER_INIT;
    ssize_t n = nvb_buffer_reserve(&target, PATH_MOST) ? readlink(path, target.s, PATH_MOST) : -1;
    const char *slash = strrchr(path, '/');
    nvb_buffer_cut(to, 0);
    if (n > 0 && target.s[0] != '/' && slash)
        nvb_buffer_bytes(to, path, (size_t)(slash - path) + 1);
    if (n > 0)
        nvb_buffer_bytes(to, target.s, (size_t)n);
    nvb_buffer_release(&target);
}

/* Adds the last part of a path to where its folder is. */
static void descend(nvb_buffer *to, const char *part)
{
    while (strcmp(part, "..") == 0 && to->n > 1 && to->s[to->n - 1] != '/')
        nvb_buffer_cut(to, to->n - 1);
    if (strcmp(part, ".") == 0 || strcmp(part, "..") == 0)
        return;
    if (to->n > 0 && to->s[to->n - 1] != '/')
        nvb_buffer_byte(to, '/');
    nvb_buffer_str(to, part);
}

/* A path without links and dots, also of what is not there yet, in folders that are not there yet,
 * or at the end of a link that leads nowhere yet; to be freed. */
static char *plain_path(const char *path, unsigned links)
{
    nvb_buffer next = NVB_BUFFER_INIT, found = NVB_BUFFER_INIT;
    char *whole = realpath(path, NULL);
    size_t n = strlen(path);
    if (whole || n == 0 || n >= PATH_MOST || strcmp(path, ".") == 0)
        return whole;
    if (links > 0)
        follow(path, &next);
    if (next.n > 0) {
        whole = plain_path(next.s, links - 1);
        nvb_buffer_release(&next);
        return whole;
    }
    while (n > 1 && path[n - 1] == '/')
        n--;
    size_t end = n;
    while (n > 0 && path[n - 1] != '/')
        n--;
    nvb_buffer_bytes(&next, n ? path : ".", n > 1 ? n - 1 : 1);
    char *folder = next.s ? plain_path(next.s, links) : NULL;
    nvb_buffer_str(&found, folder ? folder : "");
    nvb_buffer_cut(&next, 0);
    nvb_buffer_bytes(&next, path + n, end - n);
    descend(&found, next.s ? next.s : "");
    bool well = folder && !next.failed && !found.failed;
    nvb_buffer_release(&next);
    free(folder);
    if (!well)
        nvb_buffer_release(&found);
    return found.s;
}

/* Whether two names lead to one file; or, with `within`, whether `a` lies in folder `b`. */
static bool is_one(const char *a, const char *b, bool within)
{
    char *pa = plain_path(a, LINKS), *pb = plain_path(b, LINKS);
    size_t n = pb ? strlen(pb) : 0;
    bool one = pa && pb && strncmp(pa, pb, n) == 0 &&
               (pa[n] == '\0' || (within && (pa[n] == '/' || pb[n - 1] == '/')));
    free(pa);
    free(pb);
    return one;
}

bool batch_sink_owns(const batch_sink_options *o, const char *path, bool is_errors)
{
    static const char *const endings[] = {"", ".tmp"};
    nvb_buffer name = NVB_BUFFER_INIT;
    bool own = o->folder && is_one(path, o->folder, true);
    for (unsigned i = 0; i < BATCH_STREAM_COUNT; i++) {
        bool itself = is_errors && i == BATCH_ERRORS;
        own = own || (!itself && batch_place_stream(&name, o, (batch_stream)i) && name.s &&
                      is_one(path, name.s, false));
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        bool has_state = batch_place_state(&name, o);
        nvb_buffer_str(&name, endings[i]);
        own = own || (has_state && name.s && is_one(path, name.s, false));
    }
    nvb_buffer_release(&name);
    return own;
}

/* --- are they free --- */

/* To begin: it is not there, or empty. A device or a pipe takes what cannot be gone on with. */
static bool is_free(const batch_sink_options *o, batch_stream which, nvb_diag *diag)
{
    struct stat about;
    nvb_buffer name = NVB_BUFFER_INIT;
    bool free_ = true;
    bool lasts = batch_sink_target(o) != BATCH_PIPE;
    if (batch_place_stream(&name, o, which) && name.s && strcmp(name.s, "-") != 0 &&
        stat(name.s, &about) == 0) {
        bool is_file = S_ISREG(about.st_mode);
        if (is_file && about.st_size > 0)
            cli_complain(diag, o->resume ? NVB_E711 : NVB_E823, name.s, NULL, NULL);
        else if (!is_file && lasts)
            cli_complain(diag, NVB_E824, name.s, NULL, NULL);
        free_ = is_file ? about.st_size == 0 : !lasts;
    }
    nvb_buffer_release(&name);
    return free_;
}

/* Nothing was begun yet, so there is nothing to go on with. */
static bool complain_folder(const batch_sink_options *o, int error, nvb_diag *diag)
{
    char room[64];
    if (error == ENOTDIR)
        cli_complain(diag, NVB_E835, o->folder, NULL, NULL);
    else if (error == ENOMEM)
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
    else
        cli_complain(diag, NVB_E706, o->folder, cli_why(error, o->lang, room), "");
    return false;
}

static bool is_vacant(const batch_sink_options *o, bool has_state, nvb_diag *diag)
{
    bool vacant = true;
    int error = o->folder ? batch_folder_is_vacant(o->folder, &vacant) : 0;
    if (error)
        return complain_folder(o, error, diag);
    if (!vacant || has_state)
        cli_complain(diag, o->resume ? NVB_E711 : NVB_E823, o->folder ? o->folder : o->ndjson,
                     has_state ? "--resume" : NULL, NULL);
    return vacant && !has_state;
}

bool batch_sink_prepare(const batch_sink_options *o, bool *made, nvb_diag *diag)
{
    struct stat about;
    nvb_buffer path = NVB_BUFFER_INIT;
    bool has_state = batch_place_state(&path, o) && path.s && stat(path.s, &about) == 0;
    nvb_buffer_release(&path);
    *made = false;
    if (o->resume && has_state)
        return true;
    if (!is_vacant(o, has_state, diag))
        return false;
    bool well = true;
    for (unsigned i = 0; i < BATCH_STREAM_COUNT; i++)
        if (!o->folder || i == BATCH_ERRORS)
            well = is_free(o, (batch_stream)i, diag) && well;
    int error = well && o->folder ? batch_folder_make(o->folder, made) : 0;
    return error ? complain_folder(o, error, diag) : well;
}

void batch_sink_unprepare(const batch_sink_options *o, bool made)
{
    nvb_buffer own = NVB_BUFFER_INIT;
    if (!o->folder)
        return;
    join(&own, o->folder, "/" BATCH_OWN_FOLDER);
    if (!own.failed)
        rmdir(own.s);
    if (made)
        rmdir(o->folder);
    nvb_buffer_release(&own);
}
