// From texts to clips: speak, trim, polish, convert to 48 kHz, level, round to 16 bits.
#ifndef LOOSEN_VOICING_H
#define LOOSEN_VOICING_H

#include "clip.h"
#include "narrator.h"

#define VOICING_LUFS (-18.0)   // of every clip, measured as played on both channels
#define VOICING_PEAK_DB (-1.5) // no sample of a clip is above

enum { VOICING_MARK_MS = 5 }; // a clip's marks stand where their words begin, give or take this

struct voicing_config {
    struct narrator *narrator; // used by this call alone while it runs
    const struct text *texts;  // [count], borrowed for the call
    size_t count;
    bool clear; // without the dip at 3.2 kHz: for --clear
};

struct voicing_report {
    size_t lost;    // clips with `lost` set
    size_t eased;   // clips of which single peaks were brought under VOICING_PEAK_DB
    size_t quieter; // clips below VOICING_LUFS because that would have taken more than 6 dB
};

// Speak every text. Clip u has 25 ms of silence in front of its first sound and behind its last, so
// that the engine's ramps cost no consonant; a lost one is silent for about as long as its words
// take. Its marks are places of texts[u]. *bank is owned by the caller. Blocks: to be called in a
// thread of its own when there is other work. `stop` (may be NULL) ends it after the clip in hand with
// STATUS_INTERRUPTED. Otherwise fails as narrator_speak does; then *bank is empty.
enum status voicing_speak(struct clip_bank *bank, struct voicing_report *report,
                          const struct voicing_config *config, const _Atomic int *stop,
                          struct error *error);

#endif
