// SPDX-License-Identifier: GPL-3.0-or-later
// A re-fit under way, and the cut that it begins with: where the present plan is left, and what of
// it stays.
#ifndef LOOSEN_REFIT_CUT_H
#define LOOSEN_REFIT_CUT_H

#include "error.h"
#include "plan_refit_config.h"
#include "planner.h"
#include "rest_of_plan.h"

struct refit {
    const struct plan_refit_config *config;
    const struct timeline *present;
    struct planner planner;
    struct steps steps;
    struct rest_of_plan rest;
    int64_t swap;         // from here on the timeline may change
    int64_t at;           // where what follows is laid out
    int64_t settled;      // where the next re-fit may begin
    int64_t added;        // time that the request takes, frames
    struct event *events; // that stay, and what the re-fit adds to them
    size_t event_count;
};

// STATUS_BAD_ARGUMENT with a sentence for the listener.
enum status refit_cut_refuse(struct error *error, const char *text);

// Find the moment of the present plan that config->now_frame lies in. STATUS_BAD_ARGUMENT: the
// session has not begun, or only its end follows.
enum status refit_cut_locate(struct refit *refit, struct error *error);

// That moment.
struct moment *refit_cut_here(const struct refit *refit);

// Whether it lies in a touch, a movement or a breath that is led.
bool refit_cut_is_held(const struct refit *refit);

// The end of the breath that is led at the cut, frame; 0: there is none.
int64_t refit_cut_breath_end(const struct refit *refit);

// Choose how far the present plan is followed.
void refit_cut_leave(struct refit *refit);

// Keep what began before it is left, with room for two events more. STATUS_NO_MEMORY.
enum status refit_cut_keep_events(struct refit *refit, struct error *error);

// Where the next words may begin, frame.
int64_t refit_cut_next_word(const struct refit *refit);

#endif
