// SPDX-License-Identifier: GPL-3.0-or-later
// From texts to clips: speak and trim, which is all that a plan needs to know; then polish, convert
// to 48 kHz, level, round to 16 bits, which only what is heard has to go through.
#ifndef LOOSEN_CLIP_MAKER_H
#define LOOSEN_CLIP_MAKER_H

#include "clip.h"
#include "narrator.h"
#include "timeline.h"

#define CLIP_MAKER_LUFS (-18.0) // of every clip, measured as played on both channels
#define CLIP_MAKER_PEAK_DB \
    (-2.3) // no sample of a clip is above: with a scene, too, the limiter rests

enum { CLIP_MAKER_MARK_MS = 5 }; // a clip's marks stand where their words begin, give or take this

struct clip_maker_config {
    struct narrator *narrator; // used by this call alone while it runs
    const struct text *texts;  // [count], borrowed for the call
    size_t count;
    bool clear; // without the dip at 3.2 kHz: for --clear
    bool later; // the clips are not finished: that is left to clip_maker_finish
};

struct clip_maker_report {
    size_t lost;    // clips with `lost` set
    size_t eased;   // clips of which single peaks were brought under CLIP_MAKER_PEAK_DB
    size_t quieter; // clips below CLIP_MAKER_LUFS because that would have taken more than 6 dB
    double cpu_s;   // processor time that all of it took, the narrator's included
};

// Speak every text. Clip u has 25 ms of silence in front of its first sound and behind its last, so
// that the engine's ramps cost no consonant; a lost one is silent for about as long as its words
// take. Its marks are places of texts[u]. *bank is owned by the caller. Blocks: to be called in a
// thread of its own when there is other work. `stop` (may be NULL) ends it after the clip in hand
// with STATUS_INTERRUPTED. Otherwise fails as narrator_speak does; then *bank is empty.
enum status clip_maker_speak(struct clip_bank *bank, struct clip_maker_report *report,
                             const struct clip_maker_config *config, const _Atomic int *stop,
                             struct error *error);

// Finish what `timeline` says of a bank that was spoken with `later`; its other clips stay as they
// are. Adds to the report. STATUS_NO_MEMORY: some of it is not finished.
enum status clip_maker_finish(struct clip_bank *bank, struct clip_maker_report *report,
                              const struct timeline *timeline, bool clear, struct error *error);

#endif
