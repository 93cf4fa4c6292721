/* state.c: see state.h. A checkpoint is read by walking along what it must look like; anything else
 * was not written here. */
#include "state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/complain.h"
#include "cli/streams.h"
#include "cli/words.h"

static const char *const stream_keys[BATCH_STREAM_COUNT] = {
    [BATCH_RESULTS] = "resultaten", [BATCH_OVERVIEW] = "overzicht", [BATCH_ERRORS] = "fouten"};

/* --- writing --- */

static void put_number(nvb_buffer *to, const char *before, uint64_t v)
{
    nvb_buffer_str(to, before);
    nvb_buffer_uint(to, v);
}

static void put_reach(nvb_buffer *to, const char *key, const batch_reach *r)
{
    nvb_buffer_str(to, ",\n  \"");
    nvb_buffer_str(to, key);
    put_number(to, "\": {\"bytes\": ", r->bytes);
    nvb_buffer_str(to, ", \"xxh3\": \"");
    nvb_buffer_str(to, r->digest);
    nvb_buffer_str(to, "\"}");
}

static void print(nvb_buffer *to, const batch_state *s)
{
    nvb_buffer_str(to, "{\n  \"formaat\": \"navolgbaar/voortgang/1\",\n  \"instellingen\": \"");
    nvb_buffer_str(to, s->settings);
    put_number(to, "\",\n  \"nummer\": ", s->number);
    put_number(to, ",\n  \"goed\": ", s->good);
    put_number(to, ",\n  \"fout\": ", s->bad);
    put_reach(to, "invoer", &s->input);
    for (unsigned i = 0; i < BATCH_STREAM_COUNT; i++)
        put_reach(to, stream_keys[i], &s->stream[i]);
    nvb_buffer_str(to, ",\n  \"beleid\": \"");
    nvb_buffer_bytes(to, s->policies.s, s->policies.n);
    nvb_buffer_str(to, "\",\n  \"klaar\": ");
    nvb_buffer_str(to, s->finished ? "true\n}\n" : "false\n}\n");
}

/* 0, or the errno of what went wrong. */
static int replace(const nvb_buffer *text, const char *temporary, const char *path)
{
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return errno;
    int error = cli_streams_put(fd, text->s, text->n);
    if (close(fd) != 0 && !error)
        error = errno;
    if (!error && rename(temporary, path) != 0)
        error = errno;
    if (error)
        unlink(temporary);
    return error;
}

bool batch_state_write(const batch_state *s, const char *path, nvb_lang lang, nvb_diag *diag)
{
    char room[64];
    nvb_buffer text = NVB_BUFFER_INIT, temporary = NVB_BUFFER_INIT;
    print(&text, s);
    nvb_buffer_str(&temporary, path);
    nvb_buffer_str(&temporary, ".tmp");
    bool memory = !text.failed && !temporary.failed && temporary.s;
    int error = memory ? replace(&text, temporary.s, path) : ENOMEM;
    if (!memory)
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
    else if (error)
        cli_complain(diag, NVB_E706, path, cli_why(error, lang, room), "");
    nvb_buffer_release(&text);
    nvb_buffer_release(&temporary);
    return error == 0;
}

/* --- reading --- */

static bool take(const char **at, const char *literal)
{
    size_t n = strlen(literal);
    if (strncmp(*at, literal, n) != 0)
        return false;
    *at += n;
    return true;
}

static bool take_number(const char **at, const char *before, uint64_t *v)
{
    const char *p = *at;
    if (!take(&p, before) || *p < '0' || *p > '9')
        return false;
    for (*v = 0; *p >= '0' && *p <= '9'; p++) {
        if (*v > (UINT64_MAX - 9) / 10)
            return false;
        *v = *v * 10 + (uint64_t)(*p - '0');
    }
    *at = p;
    return true;
}

static bool take_digest(const char **at, char *to)
{
    for (unsigned i = 0; i < BATCH_DIGEST - 1; i++) {
        char c = (*at)[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
        to[i] = c;
    }
    to[BATCH_DIGEST - 1] = '\0';
    *at += BATCH_DIGEST - 1;
    return true;
}

static bool take_reach(const char **at, const char *key, batch_reach *r)
{
    return take(at, ",\n  \"") && take(at, key) && take_number(at, "\": {\"bytes\": ", &r->bytes) &&
           take(at, ", \"xxh3\": \"") && take_digest(at, r->digest) && take(at, "\"}");
}

static bool scan(batch_state *s, const char *at)
{
    bool well =
        take(&at, "{\n  \"formaat\": \"navolgbaar/voortgang/1\",\n  \"instellingen\": \"") &&
        take_digest(&at, s->settings) && take_number(&at, "\",\n  \"nummer\": ", &s->number) &&
        take_number(&at, ",\n  \"goed\": ", &s->good) &&
        take_number(&at, ",\n  \"fout\": ", &s->bad) && take_reach(&at, "invoer", &s->input);
    for (unsigned i = 0; well && i < BATCH_STREAM_COUNT; i++)
        well = take_reach(&at, stream_keys[i], &s->stream[i]);
    well = well && take(&at, ",\n  \"beleid\": \"");
    for (; well && (*at == '0' || *at == '1'); at++)
        nvb_buffer_byte(&s->policies, *at);
    well = well && take(&at, "\",\n  \"klaar\": ");
    s->finished = well && take(&at, "true");
    well = well && (s->finished || take(&at, "false")) && take(&at, "\n}\n") && *at == '\0';
    return well && !s->policies.failed && s->number == s->good + s->bad;
}

bool batch_state_read(batch_state *s, const char *path, nvb_lang lang, nvb_diag *diag)
{
    nvb_buffer text = NVB_BUFFER_INIT;
    *s = (batch_state){0};
    bool read = cli_streams_read(&text, path, lang, diag);
    bool well = read && text.s && scan(s, text.s);
    if (read && !well)
        cli_complain(diag, s->policies.failed ? NVB_E901 : NVB_E710, path, NULL, NULL);
    nvb_buffer_release(&text);
    return well;
}
