/*
 * offer.h: what an offer is audited with: which of the contracts is last year's, and what is
 * expected of its indices.
 */
#ifndef NVB_CLI_OFFER_H
#define NVB_CLI_OFFER_H

#include "session.h"

/* Of the contracts before the offer, all worked out, the newest: put next to it. The others are
 * named, since they would be lost in silence. NULL when it could not be read. */
const nvb_breakdown *cli_offer_previous(cli_session *s);
/* Works out the indices in the expectations by themselves, where the offer has indices of its own
 * to hold against them. False when a problem was added. */
bool cli_offer_expect(cli_session *s);
/* Whether something was put to the offer that it does not say: a base of last year, expectations.
 */
bool cli_offer_is_filled(const cli_session *s);
/* Works it out again as it was given: the rules ask what the other party wrote, not what we filled
 * in. False when memory is out. */
bool cli_offer_given(cli_session *s, const nvb_read_options *options);
/* Holds the rules against it. False when memory is out. */
bool cli_offer_check(cli_session *s);

#endif
