// SPDX-License-Identifier: GPL-3.0-or-later
// Which end a re-fit gets: the one that was chosen, if that can be. Else, in this order: with lines
// that fill long rests; an earlier one; and, but for more of what there is, whatever comes out.
#include "plan_refit.h"

#include "plan_request.h"
#include "refit.h"

#define EARLIER_STEP ((int64_t)FRAME_RATE) // in which an earlier end is looked for

// Look for the latest end before the one that was refused, in whole steps: first further and
// further from it, then between what is good and what is not.
static enum status fit_sooner(struct timeline *timeline, const struct plan_refit_config *config,
                              const struct refit_end *refused, struct error *error)
{
    const int64_t steps = refused->room / EARLIER_STEP;
    int64_t bad = 0, good = steps + 1;
    enum status status = STATUS_BAD_ARGUMENT;
    for (int64_t step = 1; good - bad > 1 && status != STATUS_NO_MEMORY;) {
        struct refit_end end = {.filler = refused->filler, .earlier = step * EARLIER_STEP};
        status = refit_to(timeline, config, &end, error);
        if (status == STATUS_OK)
            good = step;
        else
            bad = step;
        step = good > steps && 2 * step <= steps ? 2 * step : (bad + good) / 2;
    }
    return status == STATUS_NO_MEMORY ? status : good <= steps ? STATUS_OK : STATUS_BAD_ARGUMENT;
}

static enum status fit_otherwise(struct timeline *timeline, const struct plan_refit_config *config,
                                 struct refit_end end, struct error *error)
{
    enum status status = STATUS_BAD_ARGUMENT;
    if (config->present->ending == ENDING_RETURN) {
        end.filler = true;
        status = refit_to(timeline, config, &end, error);
    }
    if (status == STATUS_BAD_ARGUMENT)
        status = fit_sooner(timeline, config, &end, error);
    end.earlier = end.room;
    end.accepted = true;
    if (status == STATUS_BAD_ARGUMENT && config->request != PLAN_MORE)
        status = refit_to(timeline, config, &end, error);
    return status;
}

enum status plan_refit(struct timeline *timeline, const struct plan_refit_config *config,
                       struct error *error)
{
    struct timeline made = {.session = NULL};
    struct refit_end end = {.earlier = 0};
    struct error other;
    enum status status = refit_to(&made, config, &end, error);
    if (status == STATUS_BAD_ARGUMENT && end.sooner)
        status = fit_otherwise(&made, config, end, &other);
    if (status == STATUS_OK)
        *timeline = made;
    else
        timeline_free(&made);
    return status == STATUS_NO_MEMORY ? error_no_memory(error) : status;
}
