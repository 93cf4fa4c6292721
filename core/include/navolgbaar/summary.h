/*
 * summary.h: many documents in one view: what a purchasing manager signs for.
 *
 *     nvb_summary *s = nvb_summary_new();
 *     nvb_summary_add(s, &row);      (for each document, in the order of the input)
 *
 * Totals are exact sums. A summary keeps no documents: its size does not grow with their number.
 * The same rows in the same order give the same summary.
 *
 * A document has a difference when it was compared with a previous contract and both say volumes:
 * without volumes there is no turnover to compare. Tariffs are compared all the same.
 *
 * Ownership: it copies what it keeps of a row. It does not print, and knows no language.
 */
#ifndef NAVOLGBAAR_SUMMARY_H
#define NAVOLGBAAR_SUMMARY_H

#include "checks.h"

/* Bands of change in percent. X(lower bound), rising. A change belongs to the band it is in, the
 * lower bound included. No change at all is a band of its own, at the place of 0: so the one that
 * begins at 0 holds the smallest rises. */
#define NVB_BANDS(X) X(-10) X(-5) X(-2) X(0) X(2) X(4) X(6) X(8) X(10)
enum { NVB_BAND_BOUNDS = 9, NVB_BAND_COUNT = NVB_BAND_BOUNDS + 2, NVB_SUMMARY_TOP = 10 };

typedef struct nvb_band {
    bool has_low, has_high; /* false: open on that side */
    bool zero;              /* no change at all: low and high are 0 */
    int low, high;          /* percent; low is included, high is not */
} nvb_band;
/* i < NVB_BAND_COUNT, from the largest fall to the largest rise. */
NVB_API nvb_band nvb_band_at(size_t i);
/* The band of the change from `from` (above zero) to `to`. */
NVB_API size_t nvb_band_of(nvb_calc *calc, nvb_num from, nvb_num to);

/* What one document adds. Of a good one all but `codes` and what follows it; of a bad one the first
 * line and `codes` on. */
typedef struct nvb_summary_row {
    uint64_t number;                /* in the input, from 1 */
    nvb_text reference, code, name; /* kenmerk; AGB code and name of the provider */
    bool good;
    nvb_text insurer, policy; /* name; kenmerk; s == NULL: not said */
    int year;                 /* contractjaar; 0: not said */
    uint64_t lines, without_volume;
    bool has_turnover; /* some line has a volume */
    nvb_num turnover;  /* EUR, /totaal/omzet */
    /* --- against the previous contract --- */
    bool compared; /* there was one */
    nvb_text previous_reference;
    bool has_previous;                    /* some line of it has a volume */
    nvb_num previous;                     /* EUR, its /totaal/omzet */
    uint64_t pairs[NVB_PAIR_STATE_COUNT]; /* lines by what became of them, lapsed ones too */
    /* lines by the change of their tariff; those with a tariff above zero before and one now, for
     * the same unit */
    uint64_t bands[NVB_BAND_COUNT];
    /* --- what was looked at --- */
    uint64_t not_met, unknown; /* bit r: rule r came out so */
    uint64_t gaps;             /* of a draft */
    /* what a bad one was refused for, each once */
    const nvb_code *codes;
    size_t n_codes;
    /* of each of those the first place, and what is said there; NULL: not known */
    const nvb_place *places;
    const nvb_text *messages;
} nvb_summary_row;

/* One of the largest differences in turnover. */
typedef struct nvb_summary_top {
    uint64_t number;
    nvb_text reference, code, name;
    nvb_num previous, turnover, difference; /* EUR */
} nvb_summary_top;

/* The first document that was refused for a code. */
typedef struct nvb_summary_example {
    uint64_t number; /* 0: there is none */
    nvb_text reference, file, message;
    size_t line, column; /* 0: not known */
} nvb_summary_example;

typedef struct nvb_summary nvb_summary;

/* NULL when memory is out. */
NVB_API nvb_summary *nvb_summary_new(void);
NVB_API void nvb_summary_free(nvb_summary *s);
/* The row of a good document; texts and numbers are borrowed from what it is given. `changes`: NULL
 * when it was not compared; `diag` may be NULL. */
NVB_API nvb_summary_row nvb_summary_row_of(const nvb_breakdown *b,
                                           const nvb_checks *checks,
                                           const nvb_comparison *changes,
                                           const nvb_diag *diag,
                                           uint64_t number);
/* What a document with these problems was refused for: the codes of its errors or, when it has
 * none, of its gaps; each once, in the order of the table. Writes at most NVB_CODE_COUNT. */
NVB_API size_t nvb_summary_codes(const nvb_diag *diag, nvb_code *codes);

/* False when memory is out or a sum cannot be held (see number.h): the summary is then of no use.
 * Numbers of the row may live anywhere; those made with nvb_summary_calc are gone afterwards. */
NVB_API bool nvb_summary_add(nvb_summary *s, const nvb_summary_row *row);
/* Where the numbers of the summary live: for rows that are read from a text, and for printing. */
NVB_API nvb_calc *nvb_summary_calc(const nvb_summary *s);

/* --- counts of documents --- */
NVB_API uint64_t nvb_summary_good(const nvb_summary *s);
NVB_API uint64_t nvb_summary_bad(const nvb_summary *s);
NVB_API uint64_t nvb_summary_compared(const nvb_summary *s);    /* with a previous contract */
NVB_API uint64_t nvb_summary_differences(const nvb_summary *s); /* … that have a difference */
NVB_API uint64_t nvb_summary_drafts(const nvb_summary *s);      /* with gaps */
NVB_API uint64_t nvb_summary_unlawful(const nvb_summary *s);    /* some NVB_LEGAL rule is not met */
/* --- counts of lines --- */
NVB_API uint64_t nvb_summary_lines(const nvb_summary *s);
NVB_API uint64_t nvb_summary_without_volume(const nvb_summary *s);
NVB_API uint64_t nvb_summary_pairs(const nvb_summary *s, nvb_pair_state state);
/* --- who and when: the text all good documents share. *mixed: they say different things, or one
 * says nothing; the text is then that of the first that says one --- */
NVB_API nvb_text nvb_summary_insurer(const nvb_summary *s, bool *mixed);
NVB_API nvb_text nvb_summary_policy(const nvb_summary *s, bool *mixed);
/* The first and last contractjaar; 0 when none was said. */
NVB_API int nvb_summary_first_year(const nvb_summary *s);
NVB_API int nvb_summary_last_year(const nvb_summary *s);
/* --- sums, EUR --- */
NVB_API nvb_num nvb_summary_turnover(const nvb_summary *s);
/* Of the documents that have a difference alone: before, and now. */
NVB_API nvb_num nvb_summary_before(const nvb_summary *s);
NVB_API nvb_num nvb_summary_after(const nvb_summary *s);
/* --- the distribution: documents by the change of their turnover (of those with a difference, and
 * a turnover above zero before), lines by that of their tariff --- */
NVB_API uint64_t nvb_summary_documents_in(const nvb_summary *s, size_t band);
NVB_API uint64_t nvb_summary_lines_in(const nvb_summary *s, size_t band);
/* --- the documents whose turnover rose (or fell) most in euros, the most first; of equal ones the
 * first in the input --- */
NVB_API size_t nvb_summary_tops(const nvb_summary *s, bool fallen);
NVB_API const nvb_summary_top *nvb_summary_top_at(const nvb_summary *s, bool fallen, size_t i);
/* --- documents in which a rule came out not met, or unknown; documents refused for a code --- */
NVB_API uint64_t nvb_summary_not_met(const nvb_summary *s, nvb_rule r);
NVB_API uint64_t nvb_summary_unknown(const nvb_summary *s, nvb_rule r);
NVB_API uint64_t nvb_summary_errors(const nvb_summary *s, nvb_code c);
NVB_API const nvb_summary_example *nvb_summary_example_of(const nvb_summary *s, nvb_code c);

#endif
