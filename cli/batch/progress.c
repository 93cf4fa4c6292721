/* progress.c: see progress.h. */
#include "progress.h"

#include <time.h>
#include <unistd.h>

#include "cli/streams.h"
#include "cli/words.h"

enum { ON_TERMINAL = 200, ELSEWHERE = 5000 }; /* milliseconds between two lines */

/* --- the line --- */

/* 1234567 as 1.234.567, or in English 1,234,567. */
static void put_number(nvb_buffer *out, uint64_t v, nvb_lang lang)
{
    uint64_t unit = 1;
    while (v / unit >= 1000)
        unit *= 1000;
    nvb_buffer_uint(out, v / unit);
    for (v %= unit, unit /= 1000; unit > 0; v %= unit, unit /= 1000) {
        nvb_buffer_byte(out, lang == NVB_EN ? ',' : '.');
        nvb_buffer_byte(out, (char)('0' + v / unit / 100));
        nvb_buffer_byte(out, (char)('0' + v / unit / 10 % 10));
        nvb_buffer_byte(out, (char)('0' + v / unit % 10));
    }
}

static void two_digits(nvb_buffer *out, uint64_t v)
{
    nvb_buffer_byte(out, (char)('0' + v / 10));
    nvb_buffer_byte(out, (char)('0' + v % 10));
}

/* 0:36, 12:05, 1:02:03 */
static void put_time(nvb_buffer *out, uint64_t seconds)
{
    if (seconds >= 3600) {
        nvb_buffer_uint(out, seconds / 3600);
        nvb_buffer_byte(out, ':');
        two_digits(out, seconds / 60 % 60);
    } else {
        nvb_buffer_uint(out, seconds / 60);
    }
    nvb_buffer_byte(out, ':');
    two_digits(out, seconds % 60);
}

/* a * b / c without losing what does not fit in between. */
static uint64_t scaled(uint64_t a, uint64_t b, uint64_t c)
{
    while (b > 0 && a > UINT64_MAX / b) {
        a = a > b ? a / 2 : a;
        b = a > b ? b : b / 2;
        c = c / 2 ? c / 2 : 1;
    }
    return a * b / c;
}

void batch_progress_line(nvb_buffer *out, const batch_progress_numbers *n, nvb_lang lang)
{
    bool is_known = n->size > 0 && n->bytes > 0 && n->bytes <= n->size;
    uint64_t now = n->done - n->began, bytes = n->bytes - n->began_bytes;
    put_number(out, n->done, lang);
    if (is_known) {
        nvb_buffer_str(out, cli_word(CLI_W_OF_ABOUT, lang));
        put_number(out, scaled(n->done, n->size, n->bytes), lang);
        nvb_buffer_str(out, " (");
        nvb_buffer_uint(out, scaled(100, n->bytes, n->size));
        nvb_buffer_str(out, "%)");
    } else {
        nvb_buffer_str(out, cli_word(CLI_W_DONE, lang));
    }
    if (n->milliseconds > 0) {
        nvb_buffer_str(out, ", ");
        put_number(out, scaled(now, 1000, n->milliseconds), lang);
        nvb_buffer_str(out, cli_word(CLI_W_PER_SECOND, lang));
    }
    nvb_buffer_str(out, ", ");
    put_number(out, n->bad, lang);
    nvb_buffer_str(out, cli_word(n->bad == 1 ? CLI_W_ONE_ERROR : CLI_W_ERRORS, lang));
    if (is_known && bytes > 0 && n->milliseconds > 0) {
        nvb_buffer_str(out, ", ");
        nvb_buffer_str(out, cli_word(CLI_W_LEFT_BEFORE, lang));
        put_time(out, (scaled(n->size - n->bytes, n->milliseconds, bytes) + 500) / 1000);
        nvb_buffer_str(out, cli_word(CLI_W_LEFT_AFTER, lang));
    }
}

/* --- telling it --- */

static uint64_t clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void batch_progress_begin(batch_progress *p,
                          cli_progress asked,
                          nvb_lang lang,
                          uint64_t size,
                          uint64_t done,
                          uint64_t bytes)
{
    bool on_terminal = isatty(STDERR_FILENO) == 1;
    *p = (batch_progress){
        .shown = asked == CLI_PROGRESS_ALWAYS || (asked == CLI_PROGRESS_AUTO && on_terminal),
        .on_terminal = on_terminal,
        .lang = lang,
        .numbers = {.size = size, .began = done, .began_bytes = bytes},
        .began_at = clock_now()
    };
    p->told_at = p->began_at;
}

/* On a terminal the line takes the place of the one before, and what that had more is blanked. */
static void show(batch_progress *p)
{
    nvb_buffer_cut(&p->line, 0);
    if (p->on_terminal)
        nvb_buffer_byte(&p->line, '\r');
    batch_progress_line(&p->line, &p->numbers, p->lang);
    size_t width = p->line.n;
    if (!p->on_terminal)
        nvb_buffer_byte(&p->line, '\n');
    else if (width < p->width)
        nvb_buffer_repeat(&p->line, ' ', p->width - width);
    p->width = width;
    if (!p->line.failed)
        cli_streams_tell(p->line.s, p->line.n);
}

void batch_progress_tell(batch_progress *p, uint64_t done, uint64_t bad, uint64_t bytes)
{
    if (!p->shown)
        return;
    uint64_t now = clock_now();
    p->numbers.done = done;
    p->numbers.bad = bad;
    p->numbers.bytes = bytes;
    p->numbers.milliseconds = now - p->began_at;
    if (now - p->told_at < (p->on_terminal ? ON_TERMINAL : ELSEWHERE))
        return;
    p->told_at = now;
    show(p);
}

void batch_progress_end(batch_progress *p)
{
    if (p->shown && p->numbers.done > 0) {
        show(p);
        if (p->on_terminal)
            cli_streams_tell("\n", 1);
    }
    p->shown = false;
    nvb_buffer_release(&p->line);
}
