// SPDX-License-Identifier: GPL-3.0-or-later
// Every region is counted by its rounds, and all pressure of a side by its time.
#include "pressing.h"

#include "body.h"
#include "rule.h"
#include "session_limits.h"

#include <stdio.h>

static void count_region(struct pressing *pressing, const struct node *contact, int64_t rounds,
                         struct diagnostics *list)
{
    struct text region = contact->as.contact.region;
    size_t i = 0;
    while (i < pressing->region_count && !text_equal(pressing->regions[i].name, region))
        i++;
    if (i == PRESSING_REGIONS_MAX)
        return;
    if (i == pressing->region_count) {
        pressing->regions[i].name = region;
        pressing->region_count++;
    }
    int64_t before = pressing->regions[i].rounds;
    pressing->regions[i].rounds += rounds;
    if (before <= LIMIT_ROUNDS && pressing->regions[i].rounds > LIMIT_ROUNDS) {
        char found[96];
        struct text quote = lexeme_quote(region);
        snprintf(found, sizeof found, "%.*s", TEXT_ARG(quote));
        rule_report(list, RULE_ROUNDS, contact->place, found);
    }
}

void pressing_add(struct pressing *pressing, const struct node *contact, int64_t rounds,
                  struct diagnostics *list)
{
    if (!body_tool_presses(contact->as.contact.tool))
        return;
    count_region(pressing, contact, rounds, list);
    // One pass of @sides serves one side; a contact outside serves both at once: either way each
    // side receives it once.
    int64_t room = SESSION_SIDE_MOST - pressing->frames;
    int64_t most = body_contact_most(contact);
    bool over = rounds > SESSION_SIDE_MOST / FRAME_RATE || most * rounds > room;
    if (!over)
        pressing->frames += most * rounds;
    if (!over || pressing->told)
        return;
    pressing->told = true;
    rule_report(list, RULE_BUDGET, contact->place, "with this, the contacts are");
}
