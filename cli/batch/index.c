/* index.c: see index.h. The only file that knows SQLite. */
#include "index.h"

#include <stdio.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "cli/complain.h"

enum { ADD, LOOK_UP, STATEMENTS };

struct batch_index {
    sqlite3 *db;
    sqlite3_stmt *of[BATCH_TABLE_COUNT][STATEMENTS];
    sqlite3_stmt *orphans;
};

#define ONCE_ITEM(name, once) once,
static const bool once[] = {BATCH_TABLES(ONCE_ITEM)};

static bool fail(const batch_index *x, nvb_diag *diag)
{
    int code = x->db ? sqlite3_errcode(x->db) : SQLITE_NOMEM;
    if (code == SQLITE_NOMEM)
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
    else
        cli_complain(diag, NVB_E720, sqlite3_errmsg(x->db), NULL, NULL);
    return false;
}

static bool run(batch_index *x, const char *sql, nvb_diag *diag)
{
    return sqlite3_exec(x->db, sql, NULL, NULL, NULL) == SQLITE_OK || fail(x, diag);
}

static bool prepare(batch_index *x, sqlite3_stmt **to, const char *sql, nvb_diag *diag)
{
    return sqlite3_prepare_v2(x->db, sql, -1, to, NULL) == SQLITE_OK || fail(x, diag);
}

static bool open_table(batch_index *x, unsigned t, nvb_diag *diag)
{
    char sql[320];
    snprintf(sql, sizeof sql,
             "CREATE TABLE t%u(k BLOB%s,a INTEGER,n INTEGER,l INTEGER,o INTEGER)%s", t,
             once[t] ? " PRIMARY KEY" : "", once[t] ? " WITHOUT ROWID" : "");
    if (!run(x, sql, diag))
        return false;
    snprintf(sql, sizeof sql, "INSERT INTO t%u VALUES(?1,?2,?3,?4,?5)%s RETURNING o", t,
             once[t] ? " ON CONFLICT(k) DO UPDATE SET o=CASE o WHEN 0 THEN excluded.l ELSE o END"
                     : "");
    if (!prepare(x, &x->of[t][ADD], sql, diag))
        return false;
    snprintf(sql, sizeof sql, "SELECT a,n,l,o FROM t%u WHERE k=?1 ORDER BY a", t);
    return prepare(x, &x->of[t][LOOK_UP], sql, diag);
}

/* Nothing is to survive, so nothing is made to: no journal, no waiting for the disk. */
static const char settings[] = "PRAGMA journal_mode=OFF;PRAGMA synchronous=OFF;"
                               "PRAGMA locking_mode=EXCLUSIVE;PRAGMA temp_store=FILE;"
                               "PRAGMA cache_size=-8192;PRAGMA cache_spill=1;BEGIN";

batch_index *batch_index_new(nvb_diag *diag)
{
    batch_index *x = calloc(1, sizeof *x);
    if (!x) {
        cli_complain(diag, NVB_E901, NULL, NULL, NULL);
        return NULL;
    }
    bool fine = sqlite3_open("", &x->db) == SQLITE_OK ? run(x, settings, diag) : fail(x, diag);
    for (unsigned t = 0; fine && t < BATCH_TABLE_COUNT; t++)
        fine = open_table(x, t, diag);
    if (fine)
        return x;
    batch_index_free(x);
    return NULL;
}

void batch_index_free(batch_index *x)
{
    if (!x)
        return;
    for (unsigned t = 0; t < BATCH_TABLE_COUNT; t++)
        for (unsigned i = 0; i < STATEMENTS; i++)
            sqlite3_finalize(x->of[t][i]);
    sqlite3_finalize(x->orphans);
    sqlite3_close(x->db);
    free(x);
}

static bool bind_key(sqlite3_stmt *s, nvb_text key)
{
    sqlite3_reset(s);
    return sqlite3_bind_blob64(s, 1, key.s ? key.s : "", key.n, SQLITE_STATIC) == SQLITE_OK;
}

bool batch_index_add(
    batch_index *x, batch_table t, nvb_text key, const batch_entry *e, bool *twice, nvb_diag *diag)
{
    sqlite3_stmt *s = x->of[t][ADD];
    const uint64_t values[] = {e->at, e->length, e->line, e->other};
    bool fine = bind_key(s, key);
    for (int i = 0; fine && i < 4; i++)
        fine = sqlite3_bind_int64(s, i + 2, (sqlite3_int64)values[i]) == SQLITE_OK;
    fine = fine && sqlite3_step(s) == SQLITE_ROW;
    if (fine && twice)
        *twice = sqlite3_column_int64(s, 0) != 0;
    fine = fine && sqlite3_step(s) == SQLITE_DONE;
    bool result = fine || fail(x, diag);
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return result;
}

bool batch_index_sort(batch_index *x, batch_table t, nvb_diag *diag)
{
    char sql[80];
    snprintf(sql, sizeof sql, "CREATE INDEX i%u ON t%u(k,a,n,l,o)", (unsigned)t, (unsigned)t);
    return run(x, sql, diag);
}

bool batch_index_look_up(batch_index *x, batch_table t, nvb_text key, nvb_diag *diag)
{
    sqlite3_stmt *s = x->of[t][LOOK_UP];
    sqlite3_reset(s);
    /* A copy: it is looked at until the last entry is taken. */
    return sqlite3_bind_blob64(s, 1, key.s ? key.s : "", key.n, SQLITE_TRANSIENT) == SQLITE_OK ||
           fail(x, diag);
}

static void take(sqlite3_stmt *s, int from, batch_entry *e)
{
    *e = (batch_entry){
        .at = (uint64_t)sqlite3_column_int64(s, from),
        .length = (uint64_t)sqlite3_column_int64(s, from + 1),
        .line = (uint64_t)sqlite3_column_int64(s, from + 2),
        .other = (uint64_t)sqlite3_column_int64(s, from + 3),
    };
}

bool batch_index_next(batch_index *x, batch_table t, batch_entry *e, nvb_diag *diag)
{
    sqlite3_stmt *s = x->of[t][LOOK_UP];
    int step = sqlite3_step(s);
    if (step == SQLITE_ROW) {
        take(s, 0, e);
        return true;
    }
    if (step != SQLITE_DONE)
        fail(x, diag);
    sqlite3_reset(s);
    return false;
}

bool batch_index_find(batch_index *x, batch_table t, nvb_text key, batch_entry *e, nvb_diag *diag)
{
    bool found = batch_index_look_up(x, t, key, diag) && batch_index_next(x, t, e, diag);
    sqlite3_reset(x->of[t][LOOK_UP]);
    return found;
}

bool batch_index_orphans(batch_index *x, nvb_diag *diag)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT k,min(a),0,min(l),sum(o) FROM t%u r WHERE NOT EXISTS"
             "(SELECT 1 FROM t%u p WHERE p.k=r.k) GROUP BY k ORDER BY 2",
             (unsigned)BATCH_RUNS, (unsigned)BATCH_PROVIDERS);
    return prepare(x, &x->orphans, sql, diag);
}

bool batch_index_next_orphan(batch_index *x, nvb_text *key, batch_entry *e, nvb_diag *diag)
{
    int step = sqlite3_step(x->orphans);
    if (step != SQLITE_ROW)
        return step != SQLITE_DONE && fail(x, diag);
    *key =
        (nvb_text){sqlite3_column_blob(x->orphans, 0), (size_t)sqlite3_column_bytes(x->orphans, 0)};
    take(x->orphans, 1, e);
    return true;
}
