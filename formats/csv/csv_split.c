/* csv_split.c: see csv_split.h. */
#include "csv_split.h"

/* The bytes of the line end at `at`: 0 when there is none, and also when the text stops right after
 * a carriage return whose line feed may still come. */
static size_t line_end(nvb_text t, size_t at, bool ended)
{
    if (t.s[at] == '\n')
        return 1;
    if (t.s[at] != '\r')
        return 0;
    if (at + 1 < t.n)
        return t.s[at + 1] == '\n' ? 2 : 1;
    return ended ? 1 : 0;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* The first line, whatever its quotes. */
static nvbi_csv_span first_line(nvb_text t, bool ended)
{
    size_t at = 0;
    while (at < t.n && !is_line_end(t.s[at]))
        at++;
    size_t end = at < t.n ? line_end(t, at, ended) : 0;
    if (end == 0 && !ended)
        return (nvbi_csv_span){0};
    return (nvbi_csv_span){.length = at + end, .lines = 1, .alone = true};
}

/* Past the quoted cell that opens at `at`; 0 when its end is not there. */
static size_t past_quoted(nvb_text t, size_t at, size_t *lines)
{
    size_t from = at++;
    while (at < t.n && at - from <= NVBI_CSV_MAX_CELL) {
        if (t.s[at] == '"') {
            if (at + 1 == t.n || t.s[at + 1] != '"')
                return at + 1;
            at += 2;
            continue;
        }
        bool pair = t.s[at] == '\r' && at + 1 < t.n && t.s[at + 1] == '\n';
        *lines += is_line_end(t.s[at]) && !pair;
        at++;
    }
    return 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Whether a quoted cell can have ended at `at`. */
static bool fits(nvb_text t, size_t at, char separator)
{
    while (at < t.n && is_blank(t.s[at]) && t.s[at] != separator)
        at++;
    return at == t.n || t.s[at] == separator || is_line_end(t.s[at]);
}

nvbi_csv_span nvbi_csv_split(nvb_text t, char separator, bool ended)
{
    size_t at = 0, lines = 0;
    bool fresh = true, alone = false; /* at the beginning of a cell; a quote where none can be */
    while (at < t.n && !is_line_end(t.s[at])) {
        char c = t.s[at];
        if (c == '"' && fresh) {
            size_t before = lines, past = past_quoted(t, at, &lines);
            bool undecided = past == 0 || past == t.n;
            if (undecided && !ended && t.n - at <= NVBI_CSV_MAX_CELL)
                return (nvbi_csv_span){0};
            if (past == 0 || (lines > before && !fits(t, past, separator)))
                return first_line(t, ended);
            at = past;
            fresh = false;
            continue;
        }
        alone = alone || c == '"';
        fresh = c == separator || (fresh && is_blank(c));
        at++;
    }
    size_t end = at < t.n ? line_end(t, at, ended) : 0;
    if (end == 0 && !ended)
        return (nvbi_csv_span){0};
    return (nvbi_csv_span){.length = at + end, .lines = lines + 1, .alone = alone};
}
