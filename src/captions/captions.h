// SPDX-License-Identifier: GPL-3.0-or-later
// What is said and heard in a session as captions: one list of cues, from which VTT, SRT, LRC and
// the transcript are printed (captions_print.h).
//
// Measures as subtitlers keep them: two lines of 42 characters, 1 to 7 seconds, a gap of two film
// frames between cues. A cue holds a sentence; a longer one is cut, best behind a comma. A cue
// stays for up to a second of the pause behind it; how fast it must be read is up to the voice.
#ifndef LOOSEN_CAPTIONS_H
#define LOOSEN_CAPTIONS_H

#include "caption_clip.h"
#include "error.h"
#include "timeline.h"

struct captions_config {
    const struct timeline *timeline;
    const struct utterances *utterances;
    const struct caption_clip *clips; // [utterances->count]
    struct text scene;                // heard from the beginning on; empty: none
    bool scene_stays;                 // whatever the script asks for
};

enum cue_type {
    CUE_SPEECH, // a sentence or a part of one
    CUE_BREATH, // a phase of a paced breath
    CUE_SWELL,  // a breath goes on under a touch
    CUE_SOUND,  // a scene or chime begins
    CUE_QUIET,  // a long quiet begins
};

struct caption_cue {
    enum cue_type type;
    int64_t start_frame; // whole milliseconds, as the end
    int64_t end_frame;
    struct text text; // one line, without brackets; lines are those of caption_line
    int section;      // index into session.sections
    bool continues;   // CUE_SPEECH: the utterance of the cue before goes on
    bool inhales;     // CUE_BREATH: a breath begins
    const struct caption_word
        *words; // CUE_SPEECH: those whose time is known; may begin before the cue
    size_t word_count;
};

struct captions {
    struct arena arena;
    struct caption_cue *cues; // ascending, without overlap, between 0 and timeline->total_frames
    size_t count;
};

// Make the cues. The texts of all CUE_SPEECH in order are the shown texts of all that is spoken,
// both with a blank between one and the next; cues of the other types stand where speech leaves
// a second or more, and time enough to read them. STATUS_NO_MEMORY or STATUS_OK. Free with
// captions_free; borrows utterances and session.
enum status captions_build(struct captions *captions, const struct captions_config *config,
                           struct error *error);
void captions_free(struct captions *captions);

#endif
